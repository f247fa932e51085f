"""Corrections: what is recorded of a mistake, and what of a history counts once the mistake is known (R28, R29).

Nothing that was appended is touched. A corrected fact is said again whole by an event of its own kind, recorded with
the correction, which stands in the place of the first one; an annulled fact is left out, and what fell with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from domain.kernel.aggregates import Aggregate
from domain.kernel.events import CreatedEvent, Event, event
from domain.kernel.renaming import renamed_event
from domain.values import Code

ANNULMENT: Final = Code("ANNULMENT")
CORRECTION: Final = Code("CORRECTION")


class Mending(Event):
    """What every event about a mistake has in common. Its motive is the envelope's `reason`."""

    CORRECTS = True

    def apply(self, aggregate: Aggregate) -> None:
        """Nothing by itself: the history is folded again without what it leaves out."""


class Settling(Mending):
    """A mistake is mended: `target_id` is the event that was mistaken, of this stream or of another one.

    `fallen`: the events of this stream that count no more. `proposal_id`: the proposal that a second person confirmed,
    None where none was needed.
    """

    target_id: UUID
    fallen: tuple[UUID, ...]
    proposal_id: UUID | None


@event("correction.event-annulled")
class EventAnnulled(Settling):
    """A fact or a decision was recorded by mistake, or fell with the one it rested on."""


@event("correction.event-corrected")
class EventCorrected(Settling):
    """A fact or a decision is said again: by the events that this one, or its proposal, is the cause of."""


@event("correction.correction-proposed")
class CorrectionProposed(Mending):
    """Somebody proposes to mend a milestone; until another person confirms it nothing changes (R28).

    `kind`: `ANNULMENT`, or `CORRECTION`, which is then said by the events that this one is the cause of. `cascade`:
    what would fall, in whatever stream. It lapses after `lapses_on`.
    """

    target_id: UUID
    kind: Code
    cascade: tuple[UUID, ...]
    lapses_on: date


@event("correction.correction-refused")
class CorrectionRefused(Mending):
    """Another person refused a proposal."""

    proposal_id: UUID


@event("correction.correction-lapsed")
class CorrectionLapsed(Mending):
    """Nobody confirmed or refused a proposal in time: it is as if it had never been made."""

    proposal_id: UUID


@event("correction.twin-replaced")
class TwinReplaced(Mending):
    """Two ids turned out to name one thing: all that this stream says of `twin_id` is said of `kept_id`.

    `left_out`: the events of this stream that count no more, because what they say of the twin is said of what is kept.
    It is undone by being annulled.
    """

    twin_id: UUID
    kept_id: UUID
    left_out: tuple[UUID, ...]


class Counting(NamedTuple):
    """An event that counts, and the one that first stood in its place: itself, unless it was corrected."""

    event: Event
    place: Event


class Corrected:
    """The history of one stream, read with what is known today of its mistakes."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self._fallen: set[UUID] = set()
        self._replaced: dict[UUID, UUID] = {}
        self._said: dict[UUID, list[Event]] = {}
        self._cause_of: dict[UUID, UUID] = {}
        for one in events:
            self._note(one)
        self._names: dict[UUID, UUID] = {}
        self._left_out: set[UUID] = set()
        for one in events:
            if isinstance(one, TwinReplaced) and one.envelope.event_id not in self._fallen:
                self._names = {twin: _last(one, kept) for twin, kept in self._names.items()}
                self._names[one.twin_id] = one.kept_id
                self._left_out.update(one.left_out)

    def _note(self, one: Event) -> None:
        event_id, cause = one.envelope.event_id, one.envelope.causation_id
        if isinstance(one, EventCorrected | CorrectionProposed):
            self._said[event_id] = []
        elif cause is not None and not one.DERIVED and not isinstance(one, Mending):
            cause = self._cause_of.get(cause, cause)
            if cause in self._said:
                self._cause_of[event_id] = cause
                self._said[cause].append(one)
        if isinstance(one, Settling):
            self._fallen.update(one.fallen)
        if isinstance(one, EventCorrected):
            self._replaced[one.target_id] = one.proposal_id or event_id

    def said_by(self, mending_id: UUID) -> tuple[Event, ...]:
        """What a correction, or the proposal of one, says in the place of what was mistaken."""
        return tuple(self._named(one) for one in self._said.get(mending_id, ()))

    def counting(self) -> tuple[Counting, ...]:
        """What counts, in the order of the log, each correction in the place of what it corrects.

        What opens a stream always stands, annulled too: there would be nothing to say it of. It gives way to another
        opening that came after it.
        """
        found: list[Counting] = []
        openings = [one for one in self.events if isinstance(one, CreatedEvent)]
        for one in self.events:
            if isinstance(one, Mending) or one.envelope.event_id in self._cause_of:
                continue
            now = self._now(one)
            if not now and one is self.events[0] and not self._begun_again(openings):
                now = (one,)
            found += (Counting(self._named(each), one) for each in now)
        return tuple(found)

    def first_said(self, event_id: UUID) -> UUID:
        """The event in whose place one stands: itself, unless it corrects another one."""
        return next(
            (one.place.envelope.event_id for one in self.counting() if one.event.envelope.event_id == event_id),
            event_id,
        )

    def annulled(self) -> tuple[Event, ...]:
        """What counted once and was annulled, or fell with something else."""
        return tuple(one for one in self.events if one.envelope.event_id in self._fallen)

    @property
    def is_annulled(self) -> bool:
        """Whether the stream counts no more as a whole: what opened it was annulled, and nothing opened it again."""
        return not any(isinstance(one.event, CreatedEvent) and self.counts(one.event) for one in self.counting())

    def counts(self, one: Event) -> bool:
        """Whether an event neither fell nor was replaced."""
        event_id = one.envelope.event_id
        return not any(event_id in gone for gone in (self._fallen, self._replaced, self._left_out))

    def _begun_again(self, openings: Iterable[Event]) -> bool:
        return any(self._now(one) for one in openings if one.envelope.event_id not in self._cause_of)

    def _named(self, one: Event) -> Event:
        """An event of the things that it names under the ids that are kept."""
        return renamed_event(one, self._names) if self._names else one

    def _now(self, one: Event) -> tuple[Event, ...]:
        """What stands where this event stood."""
        event_id = one.envelope.event_id
        if event_id in self._fallen or event_id in self._left_out:
            return ()
        mending = self._replaced.get(event_id)
        if mending is None:
            return (one,)
        return tuple(now for said in self._said[mending] for now in self._now(said))


def _last(one: TwinReplaced, kept: UUID) -> UUID:
    return one.kept_id if kept == one.twin_id else kept


def is_mended(events: Iterable[Event]) -> bool:
    """Whether anything was said of a mistake in a history: if not, all of it counts as it stands."""
    return any(one.CORRECTS for one in events)


def folded(events: Sequence[Event]) -> Aggregate | None:
    """The state that a whole history leads to, by what counts of it; None for a history without a beginning."""
    corrected = Corrected(events)
    state: Any = None
    for one, _ in corrected.counting():
        if state is None:
            if not isinstance(one, CreatedEvent):
                return None
            state = one.mutate(None)
        else:
            one.apply(state)
    if state is not None:
        state.version, state.modified_on = events[-1].originator_version, events[-1].timestamp
        state.is_annulled = corrected.is_annulled
    return cast("Aggregate | None", state)
