"""The one way in: `execute(command, context)`. The only application of the event-sourcing library."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias, TypeVar, cast
from uuid import UUID, uuid4

import msgspec
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import EventStore, InfrastructureFactory, Mapper, Recording, StoredEvent
from eventsourcing.utils import Environment, EnvType
from sqlalchemy import Engine, insert, select

import domain  # noqa: F401 - registers every aggregate, event and command
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
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
    UnknownReference,
    VersionConflict,
)
from domain.policy import entitled_role, visible_territories
from domain.wellformed import check_form
from workflows import codec, schema
from workflows.answers import (
    REQUESTS,
    Answer,
    IdempotencyKeyReused,
    answer_of,
    from_json,
    record_key,
    request_hash,
    to_json,
    with_position,
)
from workflows.collecting import without_collector
from workflows.database import DatabaseUnavailable
from workflows.instants import to_text
from workflows.log import AppendedRow, Beside, IdempotencyKeyTaken, VersionTaken
from workflows.people import Vault
from workflows.store import SqlAlchemyApplicationRecorder, StoreFactory

MAX_ATTEMPTS: Final = 12
"""How often a decision is made again on fresh state before the caller is asked to come back later."""

GIVES_A_ROLE: Final = (AssignTerritoryRole, AssignFrameworkRole)

AggregateT = TypeVar("AggregateT", bound=Aggregate)


Change: TypeAlias = tuple[Places, tuple[Event, ...]]
"""What a decision adds to one stream, and where that stream then belongs."""


class UnknownStream(LookupError):
    """There is no such thing, or it belongs to a territory that the actor may not see (404 either way)."""


class _Mapper(Mapper[UUID]):
    def __init__(self) -> None:
        """No transcoder, cipher or compressor: the codec does it all."""

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        assert isinstance(stored_event.originator_id, UUID)
        return codec.decode(
            stored_event.topic, stored_event.originator_id, stored_event.originator_version, stored_event.state
        )


class _SealingEventStore(EventStore[UUID]):
    """Writes the key that seals an event's prose in the transaction of the event."""

    def append(self, changes: Iterable[Change], beside: Beside) -> int:
        """Append events and the rows beside them in one transaction; the position of the last event.

        Raises as `workflows.log.EventLog.append` does.
        """
        written = list(beside)
        rows = []
        for places, events in changes:
            for event in events:
                state, key = codec.encode(event)
                stream_id, version, envelope = event.originator_id, event.originator_version, event.envelope
                when, who = envelope.occurred_on, envelope.actor_id
                text = state.decode()
                rows.append(
                    AppendedRow(stream_id, version, event.TOPIC, text, *places, when, who, corrects=event.CORRECTS)
                )
                if key is not None:
                    written.append(Vault.key_rows(envelope.event_id, key))
        positions = cast(SqlAlchemyApplicationRecorder, self.recorder).log.append(rows, written)
        return positions[-1]

    def put(self, domain_events: Sequence[Any], **kwargs: Any) -> list[Recording[UUID]]:
        """The library's own way to the store, kept working for what it does by itself."""
        self.append([(Places(), tuple(domain_events))], kwargs.get("beside", ()))
        return []


def _replay(aggregate: Any, events: Iterable[Any]) -> Any:
    """Bring an aggregate up to date. The library's own loop checks a protocol at each event, at ten times the cost."""
    for event in events:
        aggregate = event.mutate(aggregate)
    return aggregate


class _LoadedStreams:
    """The streams that one decision looks at, each loaded once, and those it changes."""

    def __init__(self, steering: Steering) -> None:
        self._steering = steering
        self._found: dict[UUID, Aggregate | None] = {}
        self._changed: list[Aggregate] = []

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        if stream_id not in self._found:
            self._found[stream_id] = self._steering.load(stream_id)
        found = self._found[stream_id]
        return found if isinstance(found, kind) else None

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """What is recorded in a stream that was looked for, of whatever kind."""
        return self._found[stream_id]

    def change(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`."""
        self._changed.append(aggregate)

    def collect(self, decided: Aggregate) -> tuple[Change, ...]:
        """What one decision changes, in its order; the next decision finds the streams as it leaves them."""
        aggregates = [decided, *self._changed]
        self._changed = []
        self._found.update((aggregate.id, aggregate) for aggregate in aggregates)
        changes = ((one.places(), tuple(cast(Event, event) for event in one.collect_events())) for one in aggregates)
        return tuple(change for change in changes if change[1])


def _spread_out(attempt: int) -> None:
    """Someone appended to one of the streams first: let the writers fall out of step before deciding again."""
    time.sleep(random.uniform(0, 0.002 * 2 ** min(attempt, 6)))  # noqa: S311


class Steering(Application[UUID]):
    """Decides commands against the log and appends what they lead to.

    `on_recorded(position)` is called after each append, when the events are already safe, and before an answer is said
    again (then with the log's end): the projections catch up.
    `knows_person(person_id)` says whether the vault knows someone: people are not in the log, and a role given to
    nobody would stay there for ever.
    """

    def __init__(
        self,
        engine: Engine,
        on_recorded: Callable[[int], None] = lambda position: None,
        knows_person: Callable[[UUID], bool] = lambda person_id: True,
    ) -> None:
        self.engine = engine
        self.on_recorded = on_recorded
        self.knows_person = knows_person
        self._requests_sealed_by: bytes | None = None
        super().__init__()

    # --- the library's shape ------------------------------------------------------------------------------------------

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Nothing of the process environment: settings are read in one place only."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> InfrastructureFactory:
        """Our recorders."""
        return cast(InfrastructureFactory, StoreFactory(env, self.engine))

    def construct_mapper(self) -> Mapper[UUID]:
        """Our codec."""
        return _Mapper()

    def construct_event_store(self) -> EventStore[UUID]:
        """Our event store."""
        return _SealingEventStore(self.mapper, self.recorder)

    @property
    def log(self) -> SqlAlchemyApplicationRecorder:  # type: ignore[override]
        """The recorder, to read the log in order."""
        return cast(SqlAlchemyApplicationRecorder, self.recorder)

    # --- reading ------------------------------------------------------------------------------------------------------

    def load(self, stream_id: UUID) -> Aggregate | None:
        """The aggregate of a stream as it stands, None when nothing was recorded there."""
        try:
            found: Any = self.repository.get(stream_id, projector_func=_replay)
        except AggregateNotFoundError:
            return None
        return cast(Aggregate, found)

    def read_events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The events of the log after a position, in order, with their positions. Raises `UnreadableEvent`."""
        with without_collector():
            return [
                (position, codec.decode(topic, stream_id, version, state))
                for position, stream_id, version, topic, state in self.log.read_log(after, limit)
            ]

    # --- the one way in -----------------------------------------------------------------------------------------------

    def execute(self, command: Command, context: Context) -> Answer:
        """Check the right, load, decide, append; decide again on fresh state when someone was faster.

        Raises `InvalidValue` for what is malformed (400), `UnknownStream` (404), `Refused` with all broken rules (422;
        403 for R33; 409 for R31 on a version),
        `IdempotencyKeyReused` (422), `DatabaseUnavailable` (503). Nothing is appended then.
        """
        asked = request_hash(command, context, self._request_key()) if context.idempotency_key else b""
        if context.idempotency_key and (kept := self._kept_answer(context, asked)) is not None:
            return self._said_again(kept)
        for attempt in range(MAX_ATTEMPTS):
            try:
                return self._attempt(command, context, asked)
            except IdempotencyKeyTaken:
                kept = self._kept_answer(context, asked)
                assert kept is not None, "a taken key has an answer: both are written in one transaction"
                return self._said_again(kept)
            except VersionTaken:
                _spread_out(attempt)
        raise DatabaseUnavailable(f"{command.NAME}: {MAX_ATTEMPTS} decisions in a row were overtaken")

    def execute_all(self, commands: Sequence[Command], context: Context) -> tuple[Answer, ...]:
        """Decide commands in order, each on what those before it led to, and append it all in one transaction.

        All or nothing: one refusal, and nothing is appended. Raises as `execute` does, and ValueError for a context
        with an idempotency key or an expected version, which speak of one command.
        """
        if context.idempotency_key or context.expected_version is not None:
            raise ValueError("an idempotency key or an expected version belongs to one command")
        for attempt in range(MAX_ATTEMPTS):
            streams = _LoadedStreams(self)
            try:
                decided = [self._decide(command, context, streams)[:2] for command in commands]
                changes = tuple(change for _, those in decided for change in those)
                if not changes:
                    return tuple(answer for answer, _ in decided)
                position = cast(_SealingEventStore, self.events).append(changes, ())
            except VersionTaken:
                _spread_out(attempt)
                continue
            self.on_recorded(position)
            return tuple(with_position(answer, position) for answer, _ in decided)
        raise DatabaseUnavailable(f"{MAX_ATTEMPTS} decisions in a row were overtaken")

    def _said_again(self, kept: Answer) -> Answer:
        """A kept answer, once people can read what it tells of: who recorded it may have died before they could."""
        self.on_recorded(self.log.max_notification_id() or 0)
        return kept

    def _attempt(self, command: Command, context: Context, asked: bytes) -> Answer:
        answer, changes, context = self._decide(command, context, _LoadedStreams(self))
        if not changes:
            return answer
        beside: Beside = []
        if context.idempotency_key:
            beside = [(schema.idempotency, self._idempotency_row(context, asked, answer))]
        position = cast(_SealingEventStore, self.events).append(changes, beside)
        self.on_recorded(position)
        return with_position(answer, position)

    def _decide(
        self, command: Command, context: Context, streams: _LoadedStreams
    ) -> tuple[Answer, tuple[Change, ...], Context]:
        """The answer, what to append (`streams` knows what it leads to) and the context with its role."""
        check_form(command)
        state = streams.find(command.AGGREGATE, command.stream_id)
        territory_id = command.scope(state)
        visible = visible_territories(context.actor.roles)
        # What stands under the id comes first: a command that starts a stream names a territory of its own.
        standing = streams.standing(command.stream_id)
        concerned = (standing.territory_id if standing is not None else None, territory_id)
        hidden = visible is not None and any(one is not None and one not in visible for one in concerned)
        if hidden or (state is None and not command.STARTS):
            raise UnknownStream(str(command.stream_id))
        case: Case | None = None
        try:
            context = replace(context, role=self._role(command, context, territory_id))
            actual = state.version if state is not None else 0
            if context.expected_version is not None and context.expected_version != actual:
                raise Refused(VersionConflict(context.expected_version, actual))
            if state is None and standing is not None:
                raise Refused(AlreadyExists(str(command.stream_id)))  # something of another kind
            case = Case(context, streams, command.occurred_on)
            if isinstance(command, GIVES_A_ROLE) and not self.knows_person(command.person_id):
                case.broken(UnknownReference("person_id", str(command.person_id)))
            decided = command.decide(state, case) or state
        except Refused as refused:
            # The same request, sent twice at once, may have been done between the first look and the decision.
            key = context.idempotency_key
            if key and self.kept_answer(context.actor.actor_id, key) is not None:
                raise IdempotencyKeyTaken(key) from refused
            self._keep_refusal(command, context, territory_id, refused)
            raise
        assert decided is not None
        changes = streams.collect(decided)
        events = tuple(event for _, those in changes for event in those)
        answer = answer_of(command.stream_id, decided.version, events)
        if events:
            answer = replace(answer, notices=tuple(case.notices), waived=tuple(case.waived))
        return answer, changes, context

    @staticmethod
    def _role(command: Command, context: Context, territory_id: UUID | None) -> Any:
        role = entitled_role(command.NAME, context.actor.roles, territory_id, command.acting_partner)
        represented = {held.partner_id for held in context.actor.roles}
        if role is None or (context.on_behalf_of is not None and context.on_behalf_of not in represented):
            raise Refused(NotEntitled(command.NAME))
        return role

    # --- idempotency and refusals -------------------------------------------------------------------------------------

    @staticmethod
    def _idempotency_row(context: Context, asked: bytes, answer: Answer) -> dict[str, Any]:
        return {
            "key": record_key(context.actor.actor_id, str(context.idempotency_key)),
            "request_hash": asked,
            "answer": to_json(answer),
            "day": context.today,
        }

    def _request_key(self) -> bytes:
        """The vault's key of the requests' hashes, read once."""
        if self._requests_sealed_by is None:
            self._requests_sealed_by = Vault(self.engine).own_key(REQUESTS)
        return self._requests_sealed_by

    def kept_answer(self, actor_id: UUID, key: str) -> Answer | None:
        """What was answered to an actor under a key, to be said again; None when nothing was."""
        table = schema.idempotency
        with self.engine.connect() as connection:
            kept = connection.execute(select(table.c.answer).where(table.c.key == record_key(actor_id, key))).scalar()
        return from_json(kept) if kept is not None else None

    def _kept_answer(self, context: Context, asked: bytes) -> Answer | None:
        table = schema.idempotency
        key = record_key(context.actor.actor_id, str(context.idempotency_key))
        with self.engine.connect() as connection:
            row = connection.execute(select(table.c.request_hash, table.c.answer).where(table.c.key == key)).first()
        if row is None:
            return None
        if row.request_hash != asked:
            raise IdempotencyKeyReused(str(context.idempotency_key))
        return from_json(row.answer)

    def _keep_refusal(self, command: Command, context: Context, territory_id: UUID | None, refused: Refused) -> None:
        """Refused commands go to a table of their own, never to the log (SC2)."""
        rules = [
            {"rule": one.RULE, "code": one.CODE, "text_key": one.TEXT_KEY, "parameters": one.parameters}
            for one in refused.broken
        ]
        with self.engine.begin() as connection:
            connection.execute(
                insert(schema.refusals).values(
                    id=uuid4(),
                    recorded_at=to_text(context.now),
                    actor_id=str(context.actor.actor_id),
                    actor_role=context.role or (context.actor.roles[0].role if context.actor.roles else None),
                    command=command.NAME,
                    stream_id=command.stream_id,
                    territory_id=territory_id,
                    rules=msgspec.json.encode(rules).decode(),
                )
            )
