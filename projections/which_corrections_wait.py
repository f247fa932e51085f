"""Which corrections wait for a second person, and which waited in vain (R28)?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.kernel import CorrectionProposed, Event
from domain.proposals import is_waiting, lapsed
from domain.values import Code, Prose
from projections.engine import Dossier


@dataclass(frozen=True)
class Proposal:
    """Somebody proposes to mend a milestone; nothing changes until somebody else confirms it.

    `target_id`: the event that is said to be mistaken; `cascade`: what would fall with it; `says`: what would stand in
    its place, nothing for an annulment. It lapses after `lapses_on`.
    """

    proposal_id: UUID
    stream_id: UUID
    target_id: UUID
    kind: Code
    cascade: tuple[UUID, ...]
    says: tuple[UUID, ...]
    proposed_by: UUID
    proposed_at: datetime
    reason: Prose | None
    lapses_on: date


def waiting(dossier: Dossier, today: date) -> tuple[Proposal, ...]:
    """The proposals on everything about a convention that somebody may still confirm, the oldest first."""
    return _proposals(dossier, lambda history: [one for one in _made(history) if is_waiting(one, history, today)])


def in_vain(dossier: Dossier, today: date) -> tuple[Proposal, ...]:
    """Those whose last day is past, while that is not recorded yet."""
    return _proposals(dossier, lambda history: lapsed(history, today))


def _made(history: Iterable[Event]) -> list[CorrectionProposed]:
    return [one for one in history if isinstance(one, CorrectionProposed)]


def _proposals(dossier: Dossier, chosen: Callable[[list[Event]], list[CorrectionProposed]]) -> tuple[Proposal, ...]:
    found = []
    for stream in dossier.streams.values():
        if stream.corrected is not None:
            history = [entry.event for entry in stream.recorded]
            for one in chosen(history):
                said = stream.corrected.said_by(one.envelope.event_id)
                found.append(_proposal(one, tuple(each.envelope.event_id for each in said)))
    return tuple(sorted(found, key=lambda one: one.proposed_at))


def _proposal(one: CorrectionProposed, says: tuple[UUID, ...]) -> Proposal:
    envelope = one.envelope
    return Proposal(
        envelope.event_id,
        one.originator_id,
        one.target_id,
        one.kind,
        one.cascade,
        says,
        envelope.actor_id,
        one.recorded_at,
        envelope.reason,
        one.lapses_on,
    )
