"""What is recorded of a contestation, and which ones are open: a contested fact keeps its effect until it is mended.

A contestation is said beside the fact, in the fact's own stream; it is known by the event that says it. Nothing is
folded of it: what counts of a history, and what the history leads to, is the same with it and without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final
from uuid import UUID

from domain.kernel import CORRECTION, Aggregate, Case, Event, Settling, event
from domain.values import Code

KEPT: Final = Code("KEPT")
CORRECTED: Final = Code("CORRECTED")
ANNULLED: Final = Code("ANNULLED")
OUTCOMES: Final = (KEPT, CORRECTED, ANNULLED)
"""How a contestation is resolved: the fact is kept, corrected, or annulled."""


class Contesting(Event):
    """What every event about a contestation has in common. What is said is the envelope's `reason`."""

    def apply(self, aggregate: Aggregate) -> None:
        """Nothing: a fact has its effect until it is mended, contested or not."""


@event("contestation.record-contested")
class RecordContested(Contesting):
    """A partner contests a fact of this stream: `target_id` is the event. Its reason and documents say why."""

    target_id: UUID
    partner_id: UUID


@event("contestation.contestation-answered")
class ContestationAnswered(Contesting):
    """Somebody concerned answers; the discussion goes on."""

    contestation_id: UUID


@event("contestation.contestation-resolved")
class ContestationResolved(Contesting):
    """The fact is kept, for a reason; or `settled_by` mended it, and whoever did resolved the contestation by it."""

    contestation_id: UUID
    outcome: Code
    settled_by: UUID | None


@event("contestation.contestation-withdrawn")
class ContestationWithdrawn(Contesting):
    """Whoever contested takes it back."""

    contestation_id: UUID


def closes(one: Event, contestation: RecordContested) -> bool:
    """Whether an event resolves or withdraws a contestation."""
    ends = isinstance(one, ContestationResolved | ContestationWithdrawn)
    return ends and one.contestation_id == contestation.envelope.event_id  # type: ignore[attr-defined]


def open_ones(history: Sequence[Event]) -> list[RecordContested]:
    """The contestations of a stream that nobody resolved or withdrew, the oldest first."""
    closed = {one.contestation_id for one in history if isinstance(one, ContestationResolved | ContestationWithdrawn)}
    return [one for one in history if isinstance(one, RecordContested) and one.envelope.event_id not in closed]


def contesting(history: Iterable[Event], contestation_id: UUID) -> RecordContested | None:
    """A contestation of a stream, open or closed, None where there is no such one."""
    found = (one for one in history if isinstance(one, RecordContested) and one.envelope.event_id == contestation_id)
    return next(found, None)


def resolve_mended(state: Aggregate, case: Case, cause: Settling, kind: Code, fallen: Collection[UUID]) -> None:
    """Record that contestations of what was just mended in a stream are resolved by that; nothing where none is open.

    `kind`: by an `ANNULMENT` or a `CORRECTION` of `cause.target_id`. `fallen`: what counts no more in this stream.
    """
    for one in open_ones(case.streams.history(state.id)):
        corrected = kind == CORRECTION and one.target_id == cause.target_id
        if corrected or one.target_id in fallen:
            state.record(
                ContestationResolved,
                case,
                contestation_id=one.envelope.event_id,
                outcome=CORRECTED if corrected else ANNULLED,
                settled_by=cause.envelope.event_id,
            )
