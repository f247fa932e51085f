"""Deadlines silenced: muted by the committee, or met elsewhere on proof."""

from __future__ import annotations

from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import Bounds, named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Cited, Form
from api.pages.forms.typed import SEPARATOR
from domain.agenda import Occurrence, agenda_stream
from domain.silencing import SILENCES, SilenceDeadline
from domain.steering import REMINDERS_SUSPENDED
from projections import what_is_due
from workflows.texts.facts import awaited


def _open_deadlines(case: ConventionCase) -> Choices:
    """What is still expected, with its day."""
    ask = case.ask
    holidays = ask.services.holidays.of(case.dossier.territory.department)
    sheet = what_is_due.sheet(case.dossier, ask.today, holidays)
    texts = ask.texts
    return named(
        (
            value_of(one.occurrence),
            texts.t("page.form.deadline", what=awaited(texts, one.occurrence, ask.name), due_on=one.due_on),
        )
        for one in sheet
        if one.is_open
    )


def value_of(occurrence: Occurrence) -> str:
    """A deadline as the list of the form names it."""
    return SEPARATOR.join((occurrence.deadline, str(occurrence.subject_id), occurrence.key))


SILENCE_DEADLINE = Form(
    command=SilenceDeadline,
    place=CONVENTION,
    sections=("deadlines",),
    own_motive=True,
    stream_at=agenda_stream,
    fixed={"silence": words("silence", SILENCES)},
    choices={"occurrence": _open_deadlines},
    cites=Cited(REMINDERS_SUSPENDED, by_mandated=False),
    bounds={"until": lambda case: Bounds(earliest=case.ask.today)},
    example={"silence": "MET_ELSEWHERE"},
    hidden=lambda case: {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    },
)

FORMS = (SILENCE_DEADLINE,)
