"""What is confirmed before it is recorded: the terms of a convention, and a fact that would have no effect.

One step: what would be recorded and what follows it are told, and whoever is mistaken goes back to the form with all
that was typed. Nothing is recorded before; what the rules refuse is refused at once, as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Phrase
from api.pages.contexts.taking_over import ConfirmPage
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed
from domain.kernel import Command
from workflows import bulk
from workflows.answers import Answer
from workflows.bulk import Line
from workflows.texts.rules import explain

CONFIRMED: Final = "_confirmed"
BACK: Final = "_to_form"
_UNKEPT: Final = frozenset({"csrf_token", CONFIRMED, BACK})


def to_confirm(
    ask: Asking, form: Form[Any], place_id: UUID | None, typed: Typed, lines: Sequence[Line], at: int
) -> ConfirmPage | None:
    """What is to be confirmed of an act, the line `at` of some; None for one that is recorded at once, or refused."""
    command, others = lines[at].command, [*lines[:at], *lines[at + 1 :]]
    if form.confirms is None and not _is_early(ask, form, place_id, command):
        return None
    weighed = bulk.weighed(ask.services.steering, lines)
    if not all(isinstance(one, Answer) for one in weighed):
        return None
    told = tuple(dict.fromkeys(text for one in weighed if isinstance(one, Answer) for text in _told(ask, one)))
    hidden = tuple((name, one) for name, values in typed.values.items() if name not in _UNKEPT for one in values)
    if form.confirms is None:
        return ConfirmPage(
            Phrase("page.confirm.early"),
            Phrase("page.confirm.early.text"),
            Phrase("page.confirm.anyway"),
            Phrase("page.confirm.change-day"),
            told=told,
            hidden=hidden,
        )
    confirmed = form.confirms(form.place.case(ask, place_id), [one.command for one in others], command)
    if confirmed is None:
        return None
    summed, following = confirmed
    return ConfirmPage(
        Phrase(f"page.confirm.{form.name}"),
        Phrase("page.confirm.text"),
        Phrase(f"command.{form.name}"),
        Phrase("page.confirm.back"),
        summed,
        told,
        following,
        hidden,
    )


def _told(ask: Asking, answer: Answer) -> Iterator[str]:
    """What the rules would tell of a line."""
    for rule in (*answer.irregular, *answer.notices):
        said = explain(ask.texts, rule, ask.name)
        yield f"{said.text} {said.remedy}".strip()


def _is_early(ask: Asking, form: Form[Any], place_id: UUID | None, command: Command) -> bool:
    """Whether a fact is dated before the work on its convention began: it would be kept, and have no effect (R03)."""
    if place_id is None or form.place.at(ask, place_id) is not CONVENTION or command.occurred_on is None:
        return False
    convention = ask.dossier(place_id).convention
    return convention.taken_over_on is None and command.occurred_on < convention.opened_on
