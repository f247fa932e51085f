"""What falls when a mistake is mended: what came after it is decided again, with and without it (R29).

There is no second rule book: the commands that later events tell of are decided anew by the same rules. What is refused
without the mistaken fact but not with it depended on it; what other facts refuse, or what has changed since, is not its
doing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from domain.kernel import (
    RECORDED_BY,
    Aggregate,
    Case,
    Command,
    Context,
    Corrected,
    Counting,
    CreatedEvent,
    Event,
    Origin,
    Refused,
    Streams,
)
from domain.partner_keys import PartnerKey
from domain.perimeters import PerimeterRegister
from domain.values import InvalidValue

AggregateT = TypeVar("AggregateT", bound=Aggregate)


class World:
    """The streams of a territory as a history leads them to be; all others as they stand."""

    def __init__(self, beyond: Streams, own: Iterable[UUID]) -> None:
        self._beyond = beyond
        self._own = frozenset(own)
        self._states: dict[UUID, Any] = {}

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        found = self.standing(stream_id)
        return found if isinstance(found, kind) and not found.is_annulled else None

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """See `domain.kernel.Streams`. Perimeters and keys are as others left them: those of here are taken again."""
        if stream_id in self._states or stream_id in self._own:
            return self._states.get(stream_id)
        found = self._beyond.standing(stream_id)
        if isinstance(found, PerimeterRegister):
            found = self._states[stream_id] = copy.copy(found)
            found.__dict__["_pending_events"] = []
            found.reservations = {one: kept for one, kept in found.reservations.items() if one not in self._own}
        elif isinstance(found, PartnerKey):
            found = self._states[stream_id] = copy.copy(found)
            found.__dict__["_pending_events"] = []
            found.partners = [one for one in found.partners if one not in self._own]
        return found

    def beside(self, kind: type[AggregateT], convention_id: UUID) -> Sequence[AggregateT]:
        """See `domain.kernel.Streams`."""
        beyond = [one for one in self._beyond.beside(kind, convention_id) if one.id not in self._own]
        own = (self.find(kind, one) for one in self._own | self._states.keys())
        here = [one for one in own if one is not None and one.places().convention_id == convention_id]
        return sorted({one.id: one for one in (*beyond, *here)}.values(), key=lambda one: one.id)

    def following(self, kind: type[AggregateT], territory_id: UUID) -> Sequence[AggregateT]:
        """See `domain.kernel.Streams`."""
        known = (self.find(kind, one.id) for one in self._beyond.following(kind, territory_id))
        return [one for one in known if one is not None]

    def rely_on(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`."""
        if aggregate.id not in self._states and aggregate.id not in self._own:
            self._beyond.rely_on(aggregate)

    def change(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`."""
        aggregate.pending_events.clear()
        self._states[aggregate.id] = aggregate

    def history(self, stream_id: UUID) -> Sequence[Event]:
        """Nothing is corrected in the middle of a replay."""
        raise AssertionError(f"a replayed decision reads no history: {stream_id}")

    on_territory = mentioning = history

    def apply(self, event: Event) -> None:
        """Let an event stand as it was recorded."""
        state = self._states.get(event.originator_id)
        if state is None:
            if isinstance(event, CreatedEvent):
                self._states[event.originator_id] = event.mutate(None)
        else:
            event.apply(state)

    def decide(self, command: Command, case: Case) -> tuple[Event, ...]:
        """Decide a command on what stands here, and let stand what it records. Raises `Refused`."""
        state = self.find(command.AGGREGATE, command.stream_id)
        if state is None and not command.STARTS:
            raise Refused
        decided = command.decide(state, case) or state
        assert decided is not None
        recorded = tuple(decided.pending_events)
        self.change(decided)
        return recorded  # type: ignore[return-value]


@dataclass(frozen=True)
class Mended:
    """What a history would be with a mistake mended.

    `fallen`: the events that count no more, the mistaken one first. `said`: what stands in its place. `follows`: the
    streams in which other things follow by themselves.
    """

    fallen: tuple[Event, ...]
    said: tuple[Event, ...] = ()
    follows: frozenset[UUID] = frozenset()


class _Turn(NamedTuple):
    """An event in its turn, with what its command recorded beside it."""

    event: Event
    with_it: tuple[Event, ...]
    settled: tuple[Event, ...]
    """What followed from it by itself, and counts."""


@dataclass
class _Replay:
    """One course of things."""

    world: World
    derived: list[Event] = field(default_factory=list)

    def decides(self, command: Command, context: Context, sealing: Case | None = None) -> tuple[Event, ...]:
        case = sealing or Case(context, self.world, command.occurred_on)
        recorded = self.world.decide(command, case)
        self.derived += [one for one in recorded if one.DERIVED]
        return tuple(one for one in recorded if not one.DERIVED)


def mended(
    history: Sequence[Event], target: Event, case: Case, say: Command | None, sealed_case: Callable[[World], Case]
) -> Mended:
    """What falls when `target` is left out, or when `say` is said in its place.

    `history`: every event of the territory, or of the stream where there is none, in the order of the log.
    `sealed_case`: the case in which `say` is decided. Raises `Refused` when it cannot be said.
    """
    turns = turns_of(history)
    place = next(number for number, turn in enumerate(turns) if _same(turn.event, target))
    own = {one.originator_id for one in history}
    before, after = _Replay(World(case.streams, own)), _Replay(World(case.streams, own))
    for turn in turns[:place]:
        for one in (turn.event, *turn.with_it, *turn.settled):
            before.world.apply(one)
            after.world.apply(one)
    mistaken = turns[place]
    _again(before, mistaken, case.context)
    said = after.decides(say, case.context, sealed_case(after.world)) if say is not None else ()
    fallen = [target, *mistaken.with_it]
    for turn in turns[place + 1 :]:
        if turn.event.DERIVED:
            continue
        if not _again(before, turn, case.context):
            for one in (turn.event, *turn.with_it):
                after.world.apply(one)
        elif not _stands(after, turn, case.context):
            fallen += (turn.event, *turn.with_it)
    changed = [one for one in before.derived if not _among(one, after.derived)]
    changed += [one for one in after.derived if not _among(one, before.derived)]
    settled = [one for turn in turns[place:] for one in turn.settled]
    fallen += [one for one in settled if any(_of_one_kind(one, each) for each in changed)]
    fallen += _brought_by(fallen, turns[place + 1 :])
    follows = {one.originator_id for one in changed}
    return Mended(tuple(fallen), said, frozenset(follows))


def _brought_by(fallen: Collection[Event], turns: Iterable[_Turn]) -> list[Event]:
    """What the engine recorded because of something that falls: it falls too, and comes again with its cause."""
    gone = {one.envelope.event_id for one in fallen}
    brought: list[Event] = []
    for turn in turns:
        envelope = turn.event.envelope
        if envelope.origin is Origin.REACTION and envelope.causation_id in gone and envelope.event_id not in gone:
            brought += (turn.event, *turn.with_it)
            gone.add(envelope.event_id)
    return brought


def parted(history: Sequence[Event], replaced: Collection[Event], case: Case) -> Mended:
    """What falls on a territory when twins are two again; `replaced`: what said in its streams that they are one.

    What was recorded before that was decided on two, and stands; what came after is decided again on two.
    """
    causes = {one.envelope.event_id for one in replaced}
    together = {turn.event.envelope.event_id: turn for turn in turns_of(history)}
    apart = turns_of([one for one in history if one.envelope.event_id not in causes])
    since = {one.envelope.event_id for one in dropwhile(lambda one: one.envelope.event_id not in causes, history)}
    own = {one.originator_id for one in history}
    before, after = _Replay(World(case.streams, own)), _Replay(World(case.streams, own))
    fallen: list[Event] = []
    for turn in apart:
        joined = together.get(turn.event.envelope.event_id)
        ours = (turn.event, *turn.with_it, *turn.settled)
        if turn.event.envelope.event_id not in since:
            for one in ours:
                after.world.apply(one)
            for one in (joined.event, *joined.with_it, *joined.settled) if joined is not None else ():
                before.world.apply(one)
        elif turn.event.DERIVED:
            if turn.event.envelope.causation_id in causes:
                before.world.apply(turn.event)
                fallen.append(turn.event)
        elif joined is None or not _again(before, joined, case.context):
            for one in (turn.event, *turn.with_it):
                after.world.apply(one)
        elif not _stands(after, turn, case.context):
            fallen += (turn.event, *turn.with_it)
    changed = [one for one in before.derived if not _among(one, after.derived)]
    changed += [one for one in after.derived if not _among(one, before.derived)]
    settled = [one for turn in apart if turn.event.envelope.event_id in since for one in turn.settled]
    fallen += [one for one in settled if one not in fallen and any(_of_one_kind(one, each) for each in changed)]
    fallen += _brought_by(fallen, apart)
    follows = {one.originator_id for one in (*changed, *(one for one in fallen if one.DERIVED))}
    return Mended(tuple(fallen), (), frozenset(follows))


def turns_of(history: Sequence[Event]) -> list[_Turn]:
    """What counts of a history, in its order, each act with what it recorded beside it."""
    streams: dict[UUID, list[Event]] = {}
    for one in history:
        streams.setdefault(one.originator_id, []).append(one)
    counting: dict[int, list[Counting]] = {}
    for events in streams.values():
        for each in Corrected(events).counting():
            counting.setdefault(id(each.place), []).append(each)
    ordered = [each.event for one in history for each in counting.get(id(one), ())]
    acts = {one.envelope.event_id: one for one in ordered if type(one) in RECORDED_BY}
    beside: dict[UUID, list[Event]] = {}
    alone = []
    for one in ordered:
        act = acts.get(one.envelope.causation_id) if one.envelope.causation_id is not None else None
        if type(one) not in RECORDED_BY and act is not None and act.originator_id == one.originator_id:
            beside.setdefault(act.envelope.event_id, []).append(one)
        else:
            alone.append(one)
    return [_turn(one, beside.get(one.envelope.event_id, ())) for one in alone]


def _turn(event: Event, beside: Sequence[Event]) -> _Turn:
    if event.DERIVED:
        return _Turn(event, (), (event,))
    with_it = tuple(one for one in beside if not one.DERIVED)
    return _Turn(event, with_it, tuple(one for one in beside if one.DERIVED))


def command_of(event: Event, with_it: Sequence[Event]) -> Command | None:
    """The command that an event tells of, None for what no command says."""
    kind = RECORDED_BY.get(type(event))
    try:
        return kind.again(event, with_it) if kind is not None else None
    except InvalidValue:
        return None  # said under rules of form that are no more


def _again(replay: _Replay, turn: _Turn, context: Context) -> bool:
    """Let a turn happen once more; whether its command was decided, or the event had to be taken as it is."""
    if _stands(replay, turn, context):
        return True
    for one in (turn.event, *turn.with_it):
        replay.world.apply(one)
    return False


def _stands(replay: _Replay, turn: _Turn, context: Context) -> bool:
    command = command_of(turn.event, turn.with_it)
    if command is None:
        return False
    try:
        replay.decides(command, context)
    except Refused:
        return False
    return True


def _same(one: Event, other: Event) -> bool:
    return one.envelope.event_id == other.envelope.event_id


def _among(one: Event, others: Iterable[Event]) -> bool:
    return any(_of_one_kind(one, each) and _said(one) == _said(each) for each in others)


def _of_one_kind(one: Event, other: Event) -> bool:
    return type(one) is type(other) and one.originator_id == other.originator_id


def _said(one: Event) -> dict[str, Any]:
    """What an event says, whenever and in whatever place it says it."""
    of_the_log = ("timestamp", "envelope", "originator_version")
    said = {name: each for name, each in vars(one).items() if name not in of_the_log}
    return {**said, "occurred_on": one.occurred_on}
