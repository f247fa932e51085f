"""What an act says can be said by its form: nothing that a person types there is passed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from api.examples import example_of
from api.pages.acts import FORMS
from api.pages.forms.options import Options
from api.pages.forms.record import Form
from api.pages.forms.refilled import typed_of
from api.pages.forms.submission import read
from api.schemas import inside, model_of
from domain.territories import RegisterTerritory, territory_stream
from domain.values import Prose
from workflows.texts import Texts

NOWHERE = UUID("00000000-0000-4000-8000-000000000001")
READ_BY_TYPE = [form for form in FORMS if form.read is None and form.dated]


def text_of(prose: Prose) -> str:
    return str(prose)


@pytest.mark.parametrize("form", READ_BY_TYPE, ids=[form.name for form in READ_BY_TYPE])
def test_what_an_act_says_can_be_typed_in_its_form(form: Form[Any]) -> None:
    example = {name: value for name, value in example_of(form.command).items() if name != "reason"}
    stream = territory_stream(example["siren"]) if form.command is RegisterTerritory else NOWHERE
    said = inside(form.command, model_of(form.command).model_validate(example), stream_id=stream)
    typed = typed_of(said, (), Options(), text_of)
    again = read(form, stream, typed, {}, Texts("fr"))
    assert again.command is not None, again.errors
    assert typed_of(again.command, (), Options(), text_of) == typed
