"""Which mistakes are mended? What became of every event: whether it counts, what stands in its place, what is proposed.

Nothing that was recorded is ever hidden: an event that counts no more is told with what mended it, by whom and why
(R28), and with the mistake it fell with (R29).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from domain.kernel import (
    ANNULMENT,
    CORRECTION,
    RECORDED_BY,
    Command,
    Corrected,
    CorrectionLapsed,
    CorrectionProposed,
    CorrectionRefused,
    Event,
    EventAnnulled,
    EventCorrected,
    Settling,
)
from domain.mending import is_mendable
from domain.proposals import closes, is_waiting
from domain.replaying import command_of
from domain.values import Code, Prose
from projections.engine import History, Stream

COUNTS: Final = Code("COUNTS")
CORRECTED: Final = Code("CORRECTED")
ANNULLED: Final = Code("ANNULLED")
FALLEN: Final = Code("FALLEN")
ONLY_PROPOSED: Final = Code("ONLY_PROPOSED")
STANDS: Final = (COUNTS, CORRECTED, ANNULLED, FALLEN, ONLY_PROPOSED)
"""What an event may be: it counts; another one stands in its place; it was annulled; it fell with another one; it is
said by a proposal that nobody confirmed."""

WAITING: Final = Code("WAITING")
CONFIRMED: Final = Code("CONFIRMED")
REFUSED: Final = Code("REFUSED")
LAPSED: Final = Code("LAPSED")
OVERTAKEN: Final = Code("OVERTAKEN")
STATES: Final = (WAITING, CONFIRMED, REFUSED, LAPSED, OVERTAKEN)
"""What became of a proposal; overtaken: the mistake was mended otherwise meanwhile."""

_OF_THE_ACT: Final = ("stream_id",)


@dataclass(frozen=True)
class Said:
    """Who said something about a mistake, when, in what role, and why."""

    event_id: UUID
    at: datetime
    by: UUID
    role: Code
    reason: Prose | None


@dataclass(frozen=True)
class Change:
    """A field of the act that is said otherwise; values are those of the command."""

    field: Code
    was: Any
    now: Any


@dataclass(frozen=True)
class Proposal:
    """A milestone is said to be mistaken; nothing changes until another person confirms it.

    `kind`: `ANNULMENT` or `CORRECTION`; `cascade`: what would fall with it; `says`: what would stand in its place.
    """

    said: Said
    stream_id: UUID
    target_id: UUID
    kind: Code
    state: Code
    lapses_on: date
    cascade: tuple[UUID, ...]
    says: tuple[UUID, ...]
    changes: tuple[Change, ...]
    closed: Said | None

    @property
    def proposal_id(self) -> UUID:
        """The event that proposes."""
        return self.said.event_id


@dataclass(frozen=True)
class Mended:
    """How an event came to count no more: what was said of it, and who confirmed it where that took two.

    `target_id`: the mistake itself, which what fell with it is told by.
    """

    kind: Code
    target_id: UUID
    said: Said
    confirmed: Said | None
    replaced_by: UUID | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Fate:
    """What became of one event.

    `act`: the command that records it and may say it again, where somebody may say that it was mistaken. `instead_of`:
    the event in whose place it stands, or would.
    """

    stream_id: UUID
    event_id: UUID
    stands: Code
    mended: Mended | None = None
    instead_of: UUID | None = None
    proposal: Proposal | None = None
    act: Code | None = None

    @property
    def may_be_mended(self) -> bool:
        """Whether it counts, somebody records it, and nothing is proposed about it yet."""
        return self.stands == COUNTS and self.act is not None and self.proposal is None


def fates(history: History, today: date) -> dict[UUID, Fate]:
    """What became of every event of a history, by its id."""
    return {
        fate.event_id: fate
        for stream in history.streams.values()
        for fate in (_Reading(stream, today).fates() if stream.corrected is not None else _all_count(stream))
    }


def proposals(history: History, today: date) -> tuple[Proposal, ...]:
    """Every proposal ever made on the streams of a history, the oldest first."""
    readings = (_Reading(one, today) for one in history.streams.values() if one.corrected is not None)
    return tuple(sorted((one for each in readings for one in each.proposals.values()), key=lambda one: one.said.at))


def changes(was: Command | None, now: Command | None) -> tuple[Change, ...]:
    """What is said otherwise, field by field, in the order of the act."""
    if was is None or now is None or type(was) is not type(now):
        return ()
    names = [one.name for one in dataclasses.fields(now) if one.name not in _OF_THE_ACT]
    pairs = ((name, getattr(was, name), getattr(now, name)) for name in names)
    return tuple(Change(Code(name), before, after) for name, before, after in pairs if not _alike(before, after))


def _alike(was: Any, now: Any) -> bool:
    """Whether two values say the same: several ones ticked in another order do."""
    several = isinstance(was, tuple) and isinstance(now, tuple) and len(was) == len(now)
    return was == now or (several and all(one in now for one in was) and all(one in was for one in now))


def acts_of(event: Event) -> Code | None:
    """The command that may say an event again, None for what nobody may call a mistake."""
    return Code(RECORDED_BY[type(event)].NAME) if is_mendable(event) else None


def _all_count(stream: Stream) -> Iterator[Fate]:
    for entry in stream.recorded:
        event = entry.event
        yield Fate(event.originator_id, event.envelope.event_id, COUNTS, act=acts_of(event))


class _Reading:
    """One stream in which mistakes were spoken of."""

    def __init__(self, stream: Stream, today: date) -> None:
        assert stream.corrected is not None
        self.events = [entry.event for entry in stream.recorded]
        self.corrected: Corrected = stream.corrected
        self.today = today
        self.by_id = {one.envelope.event_id: one for one in self.events}
        self.settling = [one for one in self.events if isinstance(one, Settling)]
        self._said = {
            event.envelope.event_id: one
            for one in self.events
            if isinstance(one, EventCorrected | CorrectionProposed)
            for event in self.corrected.said_by(one.envelope.event_id)
        }
        self.proposals = {
            one.envelope.event_id: self._proposal(one) for one in self.events if isinstance(one, CorrectionProposed)
        }

    def fates(self) -> Iterator[Fate]:
        """What became of each event."""
        for event in self.events:
            yield self._fate(event)

    def _fate(self, event: Event) -> Fate:
        event_id = event.envelope.event_id
        saying = self._said.get(event_id)
        instead_of = getattr(saying, "target_id", None)
        proposal = self.proposals.get(saying.envelope.event_id) if saying is not None else None
        if proposal is not None and proposal.state != CONFIRMED:
            return Fate(event.originator_id, event_id, ONLY_PROPOSED, instead_of=instead_of, proposal=proposal)
        settled = next((one for one in self.settling if event_id == one.target_id or event_id in one.fallen), None)
        if settled is None:
            waiting = (one for one in self.proposals.values() if one.state == WAITING and one.target_id == event_id)
            found = next(waiting, None)
            return Fate(
                event.originator_id, event_id, COUNTS, instead_of=instead_of, proposal=found, act=acts_of(event)
            )
        mended = self._mended(settled)
        stands = FALLEN
        if event_id == settled.target_id:
            stands = ANNULLED if isinstance(settled, EventAnnulled) else CORRECTED
        return Fate(event.originator_id, event_id, stands, mended, instead_of)

    def _mended(self, settled: Settling) -> Mended:
        proposal = self.proposals.get(settled.proposal_id) if settled.proposal_id is not None else None
        saying = proposal.proposal_id if proposal is not None else settled.envelope.event_id
        said = self.corrected.said_by(saying)
        return Mended(
            CORRECTION if isinstance(settled, EventCorrected) else ANNULMENT,
            settled.target_id,
            proposal.said if proposal is not None else _said(settled),
            _said(settled) if proposal is not None else None,
            said[0].envelope.event_id if said else None,
            self._changes(settled.target_id, said),
        )

    def _proposal(self, one: CorrectionProposed) -> Proposal:
        said = self.corrected.said_by(one.envelope.event_id)
        closing = next((each for each in self.events if closes(each, one)), None)
        state = WAITING if is_waiting(one, self.events, self.today) else LAPSED
        if isinstance(closing, CorrectionRefused):
            state = REFUSED
        elif isinstance(closing, Settling):
            state = CONFIRMED if closing.proposal_id == one.envelope.event_id else OVERTAKEN
        return Proposal(
            _said(one),
            one.originator_id,
            one.target_id,
            one.kind,
            state,
            one.lapses_on,
            one.cascade,
            tuple(each.envelope.event_id for each in said),
            self._changes(one.target_id, said) if one.kind == CORRECTION else (),
            _said(closing) if closing is not None and not isinstance(closing, CorrectionLapsed) else None,
        )

    def _changes(self, target_id: UUID, said: Sequence[Event]) -> tuple[Change, ...]:
        target = self.by_id.get(target_id)
        if target is None or not said:
            return ()
        return changes(command_of(target, self._with(target)), command_of(said[0], said[1:]))

    def _with(self, target: Event) -> list[Event]:
        """What the act recorded beside its own event."""
        saying = self._said.get(target.envelope.event_id)
        if saying is not None:
            return [one for one in self.corrected.said_by(saying.envelope.event_id) if one is not target]
        return [
            one
            for one in self.events
            if one.envelope.causation_id == target.envelope.event_id
            and not one.DERIVED
            and not one.CORRECTS
            and type(one) not in RECORDED_BY
        ]


def _said(event: Event) -> Said:
    envelope = event.envelope
    return Said(envelope.event_id, event.recorded_at, envelope.actor_id, envelope.actor_role, envelope.reason)
