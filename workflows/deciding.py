"""One decision: the streams it looks at, the role it is made in, what it records, and what it relies on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar, cast
from uuid import UUID

from domain.assignments import as_recorded
from domain.corrections import correct, right_to_correct
from domain.entitlement import entitling_role, may_see
from domain.kernel import (
    ANYBODY,
    Aggregate,
    AlreadyExists,
    Case,
    Command,
    Context,
    DoesNotFit,
    Event,
    NotEntitled,
    NotForKeys,
    People,
    Places,
    Refused,
    RoleHeld,
    UnknownReference,
    VersionConflict,
    folded,
    ids_in,
    renamed,
)
from domain.partners import Partner
from domain.values import Code
from workflows import codec, states
from workflows.answers import Answer, answer_of
from workflows.log import AppendedRow, Guard, KeptState
from workflows.memory import Memory
from workflows.people import KeyRing

_NOT_ASKED: Final = object()

AggregateT = TypeVar("AggregateT", bound=Aggregate)


class Log(Protocol):
    """What decisions read of the log, as it is now."""

    def load(self, stream_id: UUID) -> Aggregate | None:
        """The state of a stream, None when nothing was recorded there."""

    def events_of(self, stream_id: UUID) -> list[Event]:
        """Every event of a stream, in order."""

    def streams_beside(self, kind: str, convention_id: UUID) -> list[UUID]:
        """The streams of a kind about a convention."""

    def streams_of(self, kind: str) -> list[UUID]:
        """Every stream of a kind."""

    def events_on(self, territory_id: UUID) -> list[Event]:
        """Every event recorded on a territory, in the order of the log."""

    def events_naming(self, some_id: UUID) -> list[Event]:
        """Every event that names an id, in the order of the log."""


class UnknownStream(LookupError):
    """There is no such thing, or it belongs to a territory that the actor may not see (404 either way)."""


@dataclass(frozen=True)
class Change:
    """What a decision adds to one stream, and where that stream then belongs."""

    places: Places
    events: tuple[Event, ...]


class Desk:
    """The streams that decisions look at, each once, and those they change: all of them are theirs until the end.

    Without a `memory` everything is read now.
    """

    def __init__(self, log: Log, memory: Memory | None) -> None:
        self._log = log
        self._memory = memory
        self._found: dict[UUID, Aggregate | None] = {}
        self._seen: dict[UUID, Guard] = {}
        self._changed: list[Aggregate] = []
        self._moved: dict[UUID, Aggregate] = {}
        self._corrected: set[UUID] = set()
        self._written: list[Event] = []
        self.remembered = False
        """Whether some state was not read now, so that a refusal may be of the past."""
        self.territory_id: UUID | None = None
        self.role = Code("")
        """Where and in what role the last decision was made, as far as it came."""

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        found = self.standing(stream_id)
        return found if isinstance(found, kind) and not found.is_annulled else None

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """What is recorded in a stream, of whatever kind, annulled or not."""
        known = self._found.get(stream_id, _NOT_ASKED)
        if known is not _NOT_ASKED:
            return cast(Aggregate | None, known)
        found = self._memory.take(stream_id) if self._memory is not None else None
        if found is None:
            found = self._log.load(stream_id)
            if found is not None and not found.CHANGES and self._memory is not None:
                self._memory.put((found,))
        else:
            self.remembered = True
        self._found[stream_id] = found
        if found is None:
            self._seen[stream_id] = Guard(stream_id, 0)
        elif found.CHANGES:
            self.rely_on(found)
        return found

    def rely_on(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`. What never changes may be gone too: the store was put back to before."""
        if aggregate.id not in self._seen and aggregate.id not in self._moved:
            self._seen[aggregate.id] = Guard(aggregate.id, aggregate.version, aggregate.last_event_id)

    def change(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`."""
        if all(one is not aggregate for one in self._changed):
            self._changed.append(aggregate)

    def history(self, stream_id: UUID) -> list[Event]:
        """See `domain.kernel.Streams`."""
        self.standing(stream_id)  # so that the append finds it as it was read here
        return [*self._log.events_of(stream_id), *(one for one in self._written if one.originator_id == stream_id)]

    def beside(self, kind: type[AggregateT], convention_id: UUID) -> list[AggregateT]:
        """See `domain.kernel.Streams`."""
        moved = [one.id for one in self._moved.values() if isinstance(one, kind)]
        known = {*self._log.streams_beside(kind.TOPIC.removeprefix("ctg."), convention_id), *moved}
        found = (self.find(kind, one) for one in sorted(known))
        return [one for one in found if one is not None and one.places().convention_id == convention_id]

    def following(self, kind: type[AggregateT], territory_id: UUID) -> list[AggregateT]:
        """See `domain.kernel.Streams`."""
        known = (self.find(kind, one) for one in sorted(self._log.streams_of(kind.TOPIC.removeprefix("ctg."))))
        return [one for one in known if one is not None and one.follows(territory_id)]

    def on_territory(self, territory_id: UUID) -> list[Event]:
        """See `domain.kernel.Streams`."""
        recorded = self._log.events_on(territory_id)
        here = {one.originator_id for one in recorded}
        return [*recorded, *(one for one in self._written if one.originator_id in here)]

    def mentioning(self, some_id: UUID) -> list[Event]:
        """See `domain.kernel.Streams`."""
        return [one for one in self._log.events_naming(some_id) if one.originator_id != some_id]

    def collect(self, decided: Aggregate) -> Iterator[Change]:
        """What one decision changes, in its order; the next decision finds the streams as it leaves them."""
        aggregates = list({id(one): one for one in (decided, *self._changed)}.values())
        self._changed = []
        for aggregate in aggregates:
            self._found[aggregate.id] = aggregate
            events = tuple(cast(list[Event], aggregate.pending_events))
            if events:
                self._moved[aggregate.id] = aggregate
                aggregate.pending_events.clear()
                aggregate.last_event_id = events[-1].envelope.event_id
                self._written += events
                if any(event.CORRECTS for event in events) or aggregate.is_annulled:
                    self._corrected.add(aggregate.id)
                    self._found[aggregate.id] = self._folded_again(aggregate)
                yield Change(aggregate.places(), events)

    def _folded_again(self, aggregate: Aggregate) -> Aggregate | None:
        """What a stream is with the correction that was just decided."""
        now = folded(self.history(aggregate.id))
        if now is not None and aggregate.last_event_id is not None:
            now.last_event_id = aggregate.last_event_id
        return now

    def seen(self) -> list[Guard]:
        """The streams that were looked at and may change, as they were seen."""
        return list(self._seen.values())

    def to_keep(self) -> list[KeptState]:
        """The states that came to a version at which they are kept."""
        return [
            states.kept(state)
            for stream_id, state in self._moved.items()
            if stream_id in self._seen
            and states.passes(self._seen[stream_id].version, state.version)
            and stream_id not in self._corrected
            and not state.is_annulled
        ]

    def keep(self, memory: Memory) -> None:
        """Give the states to the memory: all that changed them is in the log."""
        owned = [state for state in self._found.values() if state is not None]
        if self._corrected:
            owned = [state for state in owned if state.id not in self._corrected]
        memory.put(owned)


@dataclass(frozen=True)
class Decided:
    """What came of a decision: the answer, and what to append."""

    answer: Answer
    changes: list[Change]


def decide(command: Command, context: Context, desk: Desk, ring: KeyRing | None, people: People = ANYBODY) -> Decided:
    """Decide a command on the streams of a desk. What names a partner that another one answers for means that one.

    Without a `ring` nothing is sealed, and nothing may be kept of it. Raises `UnknownStream` and `Refused`; what is on
    the desk may then be half changed.
    """
    try:
        return _decide(command, context, desk, ring, people)
    except Refused as refused:
        # Looked at only now: of all that is decided, next to nothing names such a partner.
        if not any(isinstance(one, UnknownReference | DoesNotFit | NotEntitled) for one in refused.broken):
            raise
        again = _of_kept_partners(command, desk)
        if again is command:
            raise
        return _decide(again, context, desk, ring, people)


def _of_kept_partners(command: Command, desk: Desk) -> Command:
    """The command with each partner that was merged into another one replaced by it."""
    names: dict[UUID, UUID] = {}
    for one in ids_in(command):
        if one == command.stream_id:
            continue
        found, seen = desk.standing(one), one
        while isinstance(found, Partner) and found.merged_into is not None:
            seen = found.merged_into
            found = desk.standing(seen)
        if seen != one:
            names[one] = seen
    return renamed(command, names) if names else command


def _decide(command: Command, context: Context, desk: Desk, ring: KeyRing | None, people: People) -> Decided:
    # What is said of records is said of those of what was annulled too.
    state = desk.find(command.AGGREGATE, command.stream_id)
    if command.AGGREGATE is Aggregate:
        state = desk.standing(command.stream_id)
    territory_id = command.scope(state)
    framework_id = command.whole_framework(state)
    desk.territory_id, desk.role = territory_id, Code("")
    _refuse_hidden(command, context, desk, territory_id, framework_id)
    desk.role = _role(command, context, desk, territory_id, framework_id).role
    context = context.in_role(desk.role)
    actual = state.version if state is not None else 0
    expected = (context.expected_version, *context.or_versions)
    if context.expected_version is not None and actual not in expected:
        raise Refused(VersionConflict(context.expected_version, actual))
    before = desk.standing(command.stream_id) if state is None else None
    if before is not None and not (before.is_annulled and isinstance(before, command.AGGREGATE)):
        raise Refused(AlreadyExists(str(command.stream_id)))  # something of another kind
    sealing = (ring.seal, people, ring.open) if ring is not None else (None, people, None)
    case = Case(context, desk, command.occurred_on, *sealing)
    decided = _corrected(command, state, case) if context.corrects is not None else command.decide(state, case) or state
    assert decided is not None
    if before is not None:
        decided = _begun_again(before, decided)
    changes = list(desk.collect(decided))
    events = tuple(event for change in changes for event in change.events)
    told = (tuple(case.notices), tuple(case.waived), tuple(case.irregular)) if events else ()
    return Decided(answer_of(command.stream_id, decided.version, events, *told), changes)


def _corrected(command: Command, state: Aggregate | None, case: Case) -> Aggregate:
    if state is None:
        raise UnknownStream(str(command.stream_id))
    correct(command, state, case)
    return state


def _begun_again(before: Aggregate, anew: Aggregate) -> Aggregate:
    """What was opened by mistake is opened again: its stream goes on, with another beginning."""
    for event in anew.pending_events:
        before.append(cast(Event, event))
    return before


def _refuse_hidden(
    command: Command, context: Context, desk: Desk, territory_id: UUID | None, framework_id: UUID | None
) -> None:
    # What stands under the id comes first: a command that starts a stream names a territory of its own.
    standing = desk.standing(command.stream_id)
    roles = context.actor.roles
    hidden = not _is_seen(command, roles, territory_id, framework_id) or (
        standing is not None and not _is_seen(command, roles, standing.territory_id, standing.whole_framework_id)
    )
    missing = not isinstance(standing, command.AGGREGATE) and not command.STARTS
    if hidden or missing:
        raise UnknownStream(str(command.stream_id))


def _is_seen(
    command: Command, roles: tuple[RoleHeld, ...], territory_id: UUID | None, framework_id: UUID | None
) -> bool:
    """Whether a place exists for whoever holds these roles: they may read it, or do there what they ask, as anybody may
    who proposes something to a territory without reading it."""
    if may_see(roles, territory_id, framework_id):
        return True
    return territory_id is not None and entitling_role(command.NAME, roles, territory_id) is not None


def _role(
    command: Command, context: Context, desk: Desk, territory_id: UUID | None, framework_id: UUID | None
) -> RoleHeld:
    """The role in which the command is allowed, as the stream that records it says today. Raises `Refused`.

    What the door knew of the roles may be of a moment ago: what is decided on is the stream, which the append guards.
    """
    actor, represented = context.actor, context.on_behalf_of
    if command.OF_PEOPLE and actor.is_tool:
        raise Refused(NotForKeys(command.NAME))
    corrects = context.corrects
    right = command.right(desk, actor)
    if corrects is not None:
        right = right_to_correct(command, desk, actor, corrects.target_id)

    def holds(held: RoleHeld) -> bool:
        if held.recorded_in is None:
            return True
        now = as_recorded(held, desk.standing(held.recorded_in), actor.actor_id, context.today)
        return now is not None and (common or now.reaches(territory_id, framework_id))

    common = territory_id is None and framework_id is None
    candidates = list(actor.roles)
    while (
        found := entitling_role(
            right.action, candidates, territory_id, right.partner_id, framework_id=framework_id, own=right.own
        )
    ) is not None:
        if not holds(found):
            candidates.remove(found)
            continue
        if represented is None or any(one.partner_id == represented and holds(one) for one in actor.roles):
            return found
        break
    raise Refused(NotEntitled(command.NAME))


def rows_of(changes: Iterable[Change]) -> Iterator[tuple[AppendedRow, bytes | None]]:
    """The events to write, each with the key of its texts when they were not sealed before."""
    for change in changes:
        for event in change.events:
            state, key = codec.encode(event)
            envelope = event.envelope
            yield (
                AppendedRow(
                    event.originator_id,
                    event.originator_version,
                    event.TOPIC,
                    state.decode(),
                    *change.places,
                    envelope.occurred_on,
                    envelope.actor_id,
                    corrects=event.CORRECTS,
                    event_id=envelope.event_id,
                ),
                key,
            )
