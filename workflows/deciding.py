"""One decision: the streams it looks at, the role it is made in, what it records, and what it relies on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar, cast
from uuid import UUID

from domain.assignments import AssignFrameworkRole, AssignTerritoryRole, is_recorded
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    Case,
    Command,
    Context,
    Event,
    NotEntitled,
    Places,
    Refused,
    RoleHeld,
    UnknownReference,
    VersionConflict,
)
from domain.policy import entitling_role, visible_territories
from domain.values import Code
from workflows import codec, states
from workflows.answers import Answer, answer_of
from workflows.log import AppendedRow, Guard, KeptState
from workflows.memory import Memory
from workflows.people import KeyRing

_NOT_ASKED: Final = object()

GIVES_A_ROLE: Final = (AssignTerritoryRole, AssignFrameworkRole)

AggregateT = TypeVar("AggregateT", bound=Aggregate)

Read: TypeAlias = Callable[[UUID], Aggregate | None]
"""Loads the state of a stream as the log has it now."""


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

    def __init__(self, read: Read, memory: Memory | None) -> None:
        self._read = read
        self._memory = memory
        self._found: dict[UUID, Aggregate | None] = {}
        self._seen: dict[UUID, Guard] = {}
        self._changed: list[Aggregate] = []
        self._moved: dict[UUID, Aggregate] = {}
        self._corrected: set[UUID] = set()
        self.remembered = False
        """Whether some state was not read now, so that a refusal may be of the past."""
        self.territory_id: UUID | None = None
        self.role = Code("")
        """Where and in what role the last decision was made, as far as it came."""

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        found = self.standing(stream_id)
        return found if isinstance(found, kind) else None

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """What is recorded in a stream, of whatever kind."""
        known = self._found.get(stream_id, _NOT_ASKED)
        if known is not _NOT_ASKED:
            return cast(Aggregate | None, known)
        found = self._memory.take(stream_id) if self._memory is not None else None
        if found is None:
            found = self._read(stream_id)
            if found is not None and not found.CHANGES and self._memory is not None:
                self._memory.put((found,))
        elif found.CHANGES:
            self.remembered = True
        self._found[stream_id] = found
        if found is None or found.CHANGES:
            version, last = (found.version, found.last_event_id) if found is not None else (0, None)
            self._seen[stream_id] = Guard(stream_id, version, last)
        return found

    def change(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`."""
        self._changed.append(aggregate)

    def collect(self, decided: Aggregate) -> Iterator[Change]:
        """What one decision changes, in its order; the next decision finds the streams as it leaves them."""
        aggregates = [decided, *self._changed]
        self._changed = []
        for aggregate in aggregates:
            self._found[aggregate.id] = aggregate
            events = tuple(cast(list[Event], aggregate.pending_events))
            if events:
                self._moved[aggregate.id] = aggregate
                aggregate.pending_events.clear()
                aggregate.last_event_id = events[-1].envelope.event_id
                if any(event.CORRECTS for event in events):
                    self._corrected.add(aggregate.id)
                yield Change(aggregate.places(), events)

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
        ]

    def keep(self, memory: Memory) -> None:
        """Give the states to the memory: all that changed them is in the log."""
        owned = [state for state in self._found.values() if state is not None and state.CHANGES]
        if self._corrected:
            owned = [state for state in owned if state.id not in self._corrected]
        memory.put(owned)


@dataclass(frozen=True)
class Decided:
    """What came of a decision: the answer, and what to append."""

    answer: Answer
    changes: list[Change]


def decide(
    command: Command, context: Context, desk: Desk, ring: KeyRing | None, knows_person: Callable[[UUID], bool]
) -> Decided:
    """Decide a command on the streams of a desk.

    Without a `ring` nothing is sealed, and nothing may be kept of it. Raises `UnknownStream` and `Refused`; what is on
    the desk may then be half changed.
    """
    state = desk.find(command.AGGREGATE, command.stream_id)
    territory_id = command.scope(state)
    desk.territory_id, desk.role = territory_id, Code("")
    _refuse_hidden(command, context, desk, territory_id)
    desk.role = _role(command, context, territory_id, desk).role
    context = context.in_role(desk.role)
    actual = state.version if state is not None else 0
    expected = (context.expected_version, *context.or_versions)
    if context.expected_version is not None and actual not in expected:
        raise Refused(VersionConflict(context.expected_version, actual))
    if state is None and desk.standing(command.stream_id) is not None:
        raise Refused(AlreadyExists(str(command.stream_id)))  # something of another kind
    case = Case(context, desk, command.occurred_on, ring.seal if ring is not None else None)
    if isinstance(command, GIVES_A_ROLE) and not knows_person(command.person_id):
        case.broken(UnknownReference("person_id", str(command.person_id)))
    decided = command.decide(state, case) or state
    assert decided is not None
    changes = list(desk.collect(decided))
    events = tuple(event for change in changes for event in change.events)
    told = (tuple(case.notices), tuple(case.waived)) if events else ((), ())
    return Decided(answer_of(command.stream_id, decided.version, events, *told), changes)


def _refuse_hidden(command: Command, context: Context, desk: Desk, territory_id: UUID | None) -> None:
    visible = visible_territories(context.actor.roles)
    # What stands under the id comes first: a command that starts a stream names a territory of its own.
    standing = desk.standing(command.stream_id)
    concerned = (standing.territory_id if standing is not None else None, territory_id)
    hidden = visible is not None and any(one is not None and one not in visible for one in concerned)
    missing = not isinstance(standing, command.AGGREGATE) and not command.STARTS
    if hidden or missing:
        raise UnknownStream(str(command.stream_id))


def _role(command: Command, context: Context, territory_id: UUID | None, desk: Desk) -> RoleHeld:
    """The role in which the command is allowed, as the stream that records it says today. Raises `Refused`.

    What the door knew of the roles may be of a moment ago: what is decided on is the stream, which the append guards.
    """
    actor, represented = context.actor, context.on_behalf_of

    def holds(held: RoleHeld) -> bool:
        if held.recorded_in is None:
            return True
        stream = desk.standing(held.recorded_in)
        framework_id = command.stream_id if command.AGGREGATE is FrameworkConvention else None
        return is_recorded(
            held, stream, actor.actor_id, context.today, territory_id=territory_id, framework_id=framework_id
        )

    candidates = list(actor.roles)
    while (found := entitling_role(command.NAME, candidates, territory_id, command.acting_partner)) is not None:
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
