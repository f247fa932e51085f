"""The closed vocabularies of the commands' fields, for the description of the API.

The domain checks them; a method profile opens no word of them. A word that a profile brings (a theme, the kind of a
mandate) is not here: what is allowed depends on the convention.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Final

from api.pages.acts import FORMS
from api.pages.forms.record import Form
from domain.values import Code


def by_field(form: Form[Any], said: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    """What a form says by the path of a field (`findings.kind`), by the names of its dataclass and of the field."""
    for path, value in said.items():
        kind: Any = form.command
        *outer, name = path.split(".")
        for one in outer:
            kind = next(filter(dataclasses.is_dataclass, typing.get_args(typing.get_type_hints(kind)[one])))
        yield (kind.__name__, name), value


CLOSED: Final[Mapping[tuple[str, str], tuple[Code, ...]]] = {
    place: tuple(Code(choice.value) for choice in choices)
    for form in FORMS
    for place, choices in by_field(form, form.fixed)
}
"""By the name of the dataclass and of its field; the words of a list where the field is one."""
