"""What would the next meeting discuss? The agenda that what waits proposes: nobody is bound to it.

First what was decided and ages, then the minutes that wait to be approved, what only the committee can do, what was
recommended and nobody decided, what was decided since and waits, what a review adjusted and nobody did, and what is
late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.steering import DecisionReference
from domain.steering.minutes import Minutes
from domain.values import Code, Prose
from projections.engine import Dossier
from projections.how_a_convention_does.known import Known
from projections.saying import Said
from projections.what_became_of_adjustments import LATE, adjustments
from projections.what_became_of_decisions import TO_FOLLOW, DecisionStanding, still_open
from projections.what_comes_next import awaited, to_decide
from projections.what_is_recommended import recommendations, undecided
from projections.what_the_committee_decided import Meeting

MINUTES: Final = Code("MINUTES")
TO_DECIDE: Final = Code("TO_DECIDE")
DECIDED: Final = Code("DECIDED")
ADJUSTED: Final = Code("ADJUSTED")
OVERDUE: Final = Code("OVERDUE")
RECOMMENDED: Final = Code("RECOMMENDED")
AGENDA_REASONS: Final = (MINUTES, TO_DECIDE, RECOMMENDED, DECIDED, ADJUSTED, OVERDUE)


@dataclass(frozen=True)
class AgendaPoint:
    """One point that waits, and why it does. It is told by the `text` of what was decided or recommended; by the day of
    a meeting (`held_on`), where its minutes wait; else by `what` is awaited."""

    why: Code
    what: Said | None = None
    text: Prose | None = None
    held_on: date | None = None
    reference: DecisionReference | None = None
    event_id: UUID | None = None
    days_late: int = 0


def proposed_agenda(
    known: Known, held: Sequence[Meeting], decided: Iterable[DecisionStanding], dossier: Dossier, today: date
) -> tuple[AgendaPoint, ...]:
    """The points, in the order in which a meeting would take them; `held`: the meetings that there were, `decided`:
    what became of all that was decided."""
    adjusted = tuple(_adjusted(dossier, today))
    told = {one.reference for one in adjusted}
    waiting = [one for one in still_open(decided) if one.reference not in told]
    decide = to_decide(known)
    asked = {one.what for one in decide}
    late = (one for one in awaited(known) if one.days_late and one.what not in asked)
    return (
        *_decided((one for one in waiting if one.state in TO_FOLLOW), today),
        *_minutes(held, dossier),
        *(AgendaPoint(TO_DECIDE, one.what, days_late=one.days_late) for one in decide),
        *_recommended(dossier, today),
        *_decided((one for one in waiting if one.state not in TO_FOLLOW), today),
        *adjusted,
        *(AgendaPoint(OVERDUE, one.what, days_late=one.days_late) for one in late),
    )


def _minutes(held: Sequence[Meeting], dossier: Dossier) -> Iterator[AgendaPoint]:
    bodies = {one.id: one for one in dossier.bodies}
    for one in held:
        minutes = Minutes.of(bodies[one.body.body_id]).of_meeting.get(one.meeting_id)
        if minutes is not None and minutes.approved_on is None:
            yield AgendaPoint(MINUTES, held_on=one.held_on, event_id=one.event_id)


def _decided(found: Iterable[DecisionStanding], today: date) -> Iterator[AgendaPoint]:
    for one in found:
        age = max((today - one.decided_on).days, 0)
        yield AgendaPoint(DECIDED, None, one.text, one.decided_on, one.reference, one.event_id, age)


def _recommended(dossier: Dossier, today: date) -> Iterator[AgendaPoint]:
    """What is recommended to a body, and waits for its decision."""
    for one in undecided(recommendations(dossier, today)):
        if one.to_body_id is not None:
            age = max((today - one.issued_on).days, 0)
            yield AgendaPoint(RECOMMENDED, None, one.text, one.issued_on, None, one.event_id, age)


def _adjusted(dossier: Dossier, today: date) -> Iterator[AgendaPoint]:
    for one in adjustments(dossier, today):
        if one.state == LATE and one.due_on is not None:
            yield AgendaPoint(ADJUSTED, None, one.text, None, one.reference, None, (today - one.due_on).days)
