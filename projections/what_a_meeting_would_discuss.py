"""What would the next meeting discuss? The agenda that what waits proposes: nobody is bound to it.

First the minutes that wait to be approved, then what only the committee can do, what was decided and waits, what a
review adjusted and nobody did, and what is late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from projections.what_comes_next import awaited, to_decide
from projections.what_the_committee_decided import Meeting, unfollowed

MINUTES: Final = Code("MINUTES")
TO_DECIDE: Final = Code("TO_DECIDE")
DECIDED: Final = Code("DECIDED")
ADJUSTED: Final = Code("ADJUSTED")
OVERDUE: Final = Code("OVERDUE")
AGENDA_REASONS: Final = (MINUTES, TO_DECIDE, DECIDED, ADJUSTED, OVERDUE)


@dataclass(frozen=True)
class AgendaPoint:
    """One point that waits, and why it does. It is told by the `text` of a decision, where it is one; by the day of a
    meeting (`held_on`), where its minutes wait; else by `what` is awaited."""

    why: Code
    what: Said | None = None
    text: Prose | None = None
    held_on: date | None = None
    reference: DecisionReference | None = None
    event_id: UUID | None = None
    days_late: int = 0


def proposed_agenda(known: Known, held: Sequence[Meeting], dossier: Dossier, today: date) -> tuple[AgendaPoint, ...]:
    """The points, in the order in which a meeting would take them; `held`: the meetings that there were."""
    decide = to_decide(known)
    asked = {one.what for one in decide}
    late = (one for one in awaited(known) if one.days_late and one.what not in asked)
    return (
        *_minutes(held, dossier),
        *(AgendaPoint(TO_DECIDE, one.what, days_late=one.days_late) for one in decide),
        *_decided(held, today),
        *_adjusted(dossier, today),
        *(AgendaPoint(OVERDUE, one.what, days_late=one.days_late) for one in late),
    )


def _minutes(held: Sequence[Meeting], dossier: Dossier) -> Iterator[AgendaPoint]:
    bodies = {one.id: one for one in dossier.bodies}
    for one in held:
        minutes = Minutes.of(bodies[one.body.body_id]).of_meeting.get(one.meeting_id)
        if minutes is not None and minutes.approved_on is None:
            yield AgendaPoint(MINUTES, held_on=one.held_on, event_id=one.event_id)


def _decided(held: Sequence[Meeting], today: date) -> Iterator[AgendaPoint]:
    """The decisions that nothing followed, the oldest first."""
    for meeting, one in reversed(unfollowed(held)):
        age = max((today - meeting.held_on).days, 0)
        yield AgendaPoint(DECIDED, None, one.text, meeting.held_on, one.reference, meeting.event_id, age)


def _adjusted(dossier: Dossier, today: date) -> Iterator[AgendaPoint]:
    for one in adjustments(dossier, today):
        if one.state == LATE and one.due_on is not None:
            yield AgendaPoint(ADJUSTED, None, one.text, None, one.reference, None, (today - one.due_on).days)
