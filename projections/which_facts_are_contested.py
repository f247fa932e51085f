"""Which facts are contested? By which partner and why, what was answered, what became of each contestation (R28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.contested import (
    ANNULLED,
    CORRECTED,
    KEPT,
    ContestationAnswered,
    ContestationResolved,
    ContestationWithdrawn,
    Contesting,
    RecordContested,
    closes,
)
from domain.kernel import Event
from domain.values import Code, Evidence
from projections.engine import History, Stream
from projections.which_mistakes_are_mended import Said

OPEN: Final = Code("OPEN")
WITHDRAWN: Final = Code("WITHDRAWN")
STATES: Final = (OPEN, KEPT, CORRECTED, ANNULLED, WITHDRAWN)
"""What a contestation may have become: nobody resolved it yet; the fact was kept, corrected or annulled; taken back."""


@dataclass(frozen=True)
class Answered:
    """What somebody answered, with the documents joined."""

    said: Said
    on_behalf_of: UUID | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Contestation:
    """A partner contests a fact. `said`: who recorded that, when and why; `evidence`: the documents joined.

    `contested_on`: the day on which that was recorded, `heard_on` the day of the last answer, or the same.
    `stream_id`, `target_id`: the fact, and where it stands. `closed`: who resolved it or took it back, None while it is
    open; `settled_by`: the event that corrected or annulled the fact, where one did.
    """

    said: Said
    stream_id: UUID
    target_id: UUID
    partner_id: UUID
    evidence: tuple[Evidence, ...]
    answers: tuple[Answered, ...]
    state: Code
    contested_on: date
    heard_on: date
    closed: Said | None
    settled_by: UUID | None

    @property
    def contestation_id(self) -> UUID:
        """The event that contests."""
        return self.said.event_id

    @property
    def is_open(self) -> bool:
        """Whether nobody resolved it or took it back."""
        return self.state == OPEN


def contestations(history: History) -> tuple[Contestation, ...]:
    """Every contestation on the streams of a history, the oldest first."""
    found = [one for stream in history.streams.values() for one in stream.once(_there)]
    return tuple(sorted(found, key=lambda one: (one.said.at, one.contestation_id)))


def _there(stream: Stream) -> tuple[Contestation, ...]:
    return tuple(on_stream([each.event for each in stream.recorded]))


def still_contested(history: History) -> frozenset[UUID]:
    """The facts of a history that a partner contests, and that nobody resolved yet, by their events."""
    return frozenset(one.target_id for one in contestations(history) if one.is_open)


def on_stream(events: Iterable[Event]) -> Iterator[Contestation]:
    """Those of one stream, in its order."""
    said = [one for one in events if isinstance(one, Contesting)]
    for one in said:
        if isinstance(one, RecordContested):
            yield _contestation(one, said)


def _contestation(one: RecordContested, said: Sequence[Contesting]) -> Contestation:
    about = one.envelope.event_id
    closing = next((each for each in said if closes(each, one)), None)
    resolved = closing if isinstance(closing, ContestationResolved) else None
    state = WITHDRAWN if isinstance(closing, ContestationWithdrawn) else resolved.outcome if resolved else OPEN
    answers = [each for each in said if isinstance(each, ContestationAnswered) and each.contestation_id == about]
    return Contestation(
        _said(one),
        one.originator_id,
        one.target_id,
        one.partner_id,
        one.envelope.evidence,
        tuple(Answered(_said(each), each.envelope.on_behalf_of, each.envelope.evidence) for each in answers),
        state,
        one.recorded_on,
        max(each.recorded_on for each in (one, *answers)),
        _said(closing) if closing is not None else None,
        resolved.settled_by if resolved is not None else None,
    )


def _said(event: Event) -> Said:
    envelope = event.envelope
    return Said(envelope.event_id, event.recorded_at, envelope.actor_id, envelope.actor_role, envelope.reason)
