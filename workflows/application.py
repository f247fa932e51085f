"""The one way in: `execute(command, context)`. The only application of the event-sourcing library."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final, cast
from uuid import UUID, uuid4

import msgspec
from eventsourcing.application import Application
from eventsourcing.persistence import EventStore, InfrastructureFactory, Mapper, Recording, StoredEvent
from eventsourcing.utils import Environment, EnvType
from sqlalchemy import Engine, insert

import domain  # noqa: F401 - registers every aggregate, event and command
from domain.kernel import ANYBODY, Aggregate, Command, Context, Event, People, Places, Refused
from domain.wellformed import check_form
from workflows import codec, schema, states
from workflows.answers import Answer, KeptAnswers, Weighing
from workflows.clock_watch import ClockWatch
from workflows.collecting import without_collector
from workflows.database import DatabaseUnavailable
from workflows.deciding import Change, Decided, Desk, UnknownStream, decide, rows_of
from workflows.instants import to_text
from workflows.log import Beside, IdempotencyKeyTaken, VersionTaken
from workflows.memory import Memory
from workflows.people import KeyRing, Vault
from workflows.rights_told import tell_refused, tell_roles
from workflows.store import SqlAlchemyApplicationRecorder, StoreFactory
from workflows.unavailable import Overtaken

__all__ = ["MAX_ATTEMPTS", "Steering", "UnknownStream"]

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS: Final = 12
"""How often a decision is made again on fresh state before the caller is asked to come back later."""


class _Mapper(Mapper[UUID]):
    def __init__(self) -> None:
        """No transcoder, cipher or compressor: the codec does it all."""

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        assert isinstance(stored_event.originator_id, UUID)
        return codec.decode(
            stored_event.topic, stored_event.originator_id, stored_event.originator_version, stored_event.state
        )


class _OurEventStore(EventStore[UUID]):
    """The library's own way to the store, kept working for what it does by itself."""

    def put(self, domain_events: Sequence[Any], **kwargs: Any) -> list[Recording[UUID]]:
        """Append events that say nothing of where they belong, each with the key of its texts."""
        rows, beside = [], []
        for event, (row, key) in zip(domain_events, rows_of([Change(Places(), tuple(domain_events))]), strict=True):
            rows.append(row)
            if key is not None:
                beside.append(Vault.key_rows(event.envelope.event_id, key))
        cast(SqlAlchemyApplicationRecorder, self.recorder).log.append(rows, beside)
        return []


def spread_out(attempt: int) -> None:
    """Someone appended to one of the streams first: let the writers fall out of step before deciding again."""
    time.sleep(random.uniform(0, 0.002 * 2 ** min(attempt, 6)))  # noqa: S311


class Steering(Application[UUID]):
    """Decides commands against the log and appends what they lead to.

    `people` answers what decisions ask about people, who are not in the log. `watch`: which clocks are believed; all
    are without it.
    """

    def __init__(self, engine: Engine, people: People = ANYBODY, watch: ClockWatch | None = None) -> None:
        self.engine = engine
        self.people = people
        self.vault = Vault(engine)
        self._watch = watch
        self.memory = Memory()
        self.answers = KeptAnswers(engine)
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
        return _OurEventStore(self.mapper, self.recorder)

    @property
    def log(self) -> SqlAlchemyApplicationRecorder:  # type: ignore[override]
        """The recorder, to read the log in order."""
        return cast(SqlAlchemyApplicationRecorder, self.recorder)

    # --- reading ------------------------------------------------------------------------------------------------------

    def load(self, stream_id: UUID) -> Aggregate | None:
        """The aggregate of a stream as the log has it now, None when nothing was recorded there.

        Raises `UnreadableEvent`.
        """
        try:
            found, folded = self._load(stream_id, list(states.folds()))
        except states.UnusableState:
            found, folded = self._load(stream_id, [])
        if folded > states.KEEP_EVERY and found is not None and found.CHANGES and not found.is_annulled:
            with suppress(DatabaseUnavailable):  # whoever loads it next folds as much
                self.log.log.keep(states.kept(found))
        return found

    def _load(self, stream_id: UUID, folds: list[str]) -> tuple[Aggregate | None, int]:
        """The state, and how many events were folded for it. Raises `UnusableState`."""
        state: Aggregate | None = None
        events = []
        for row in self.log.log.load(stream_id, folds):
            if row.is_event:
                events.append(codec.decode(row.name, stream_id, row.version, row.state))
            else:
                state = states.restored(row.name, stream_id, row.version, row.last_event_id, row.state)
        return states.fold(state, events), len(events)

    def events_of(self, stream_id: UUID) -> list[Event]:
        """Every event of a stream, in order. Raises `UnreadableEvent`."""
        rows = self.log.log.select_stream(stream_id, after=None, up_to=None, descending=False, limit=None)
        return [codec.decode(topic, stream_id, version, state) for version, topic, state in rows]

    def streams_beside(self, kind: str, convention_id: UUID) -> list[UUID]:
        """The streams of a kind about a convention."""
        return self.log.log.beside(kind, convention_id)

    def streams_of(self, kind: str) -> list[UUID]:
        """Every stream of a kind."""
        return self.log.log.of_kind(kind)

    def events_on(self, territory_id: UUID) -> list[Event]:
        """Every event recorded on a territory, in the order of the log. Raises `UnreadableEvent`."""
        with without_collector():
            return [event for _, event in codec.decode_log(self.log.log.on_territory(territory_id))]

    def events_naming(self, some_id: UUID) -> list[Event]:
        """Every event whose payload names an id, in the order of the log: all of it is gone through.

        Raises `UnreadableEvent`.
        """
        return [event for _, event in codec.decode_log(self.log.log.naming(str(some_id)))]

    def read_events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The events of the log after a position, in order, with their positions. Raises `UnreadableEvent`."""
        with without_collector():
            return codec.decode_log(self.log.read_log(after, limit))

    # --- the one way in -----------------------------------------------------------------------------------------------

    def execute(self, command: Command, context: Context) -> Answer:
        """Check the right, decide on what this process remembers, append; decide again when someone was faster.

        A refusal, a 404 and an answer without events are said only on states read now, and after the key was looked up:
        the same request may have been done before.

        Raises `InvalidValue` for what is malformed (400), `UnknownStream` (404), `Refused` with all broken rules (422;
        403 for R33; 409 for R31 on a version),
        `IdempotencyKeyReused` (422), `UnreadableEvent`, `ClockInDoubt` and `DatabaseUnavailable` (503). Nothing is
        appended then.
        """
        check_form(command)
        self.believe(context)
        asked = self.answers.hash_of(command, context)
        memory: Memory | None = self.memory
        for attempt in range(MAX_ATTEMPTS):
            desk, ring = Desk(self, memory), KeyRing(self.vault)
            try:
                decided = decide(command, context, desk, ring, self.people)
                if decided.changes:
                    beside = self.answers.rows(context, asked, decided.answer)
                    self.append(decided.changes, desk, ring, beside)
                    return decided.answer
                kept = self.answers.same(context, asked)
                if kept is None and not desk.remembered:
                    return decided.answer
            except (Refused, UnknownStream) as refused:
                kept = self.answers.same(context, asked)
                if kept is None and not desk.remembered:
                    if isinstance(refused, Refused):
                        self.keep_refusal(command, context, desk, refused)
                    else:
                        tell_refused(command, context, desk.territory_id, None)
                    raise
            except IdempotencyKeyTaken:
                kept = self.answers.same(context, asked)
                assert kept is not None, "a taken key has an answer: both are written in one transaction"
            except VersionTaken:
                kept = None
                self.memory.doubt()
                if memory is None:
                    spread_out(attempt)
            except DatabaseUnavailable:
                raise
            except Exception as error:
                if not desk.remembered:
                    raise
                # A store that was put back to before no longer holds what remembered states rest on.
                _logger.warning("%s is decided again on states read now: %r", command.NAME, type(error))
                kept = None
            if kept is not None:
                return kept
            memory = None
        raise Overtaken(f"{command.NAME}: {MAX_ATTEMPTS} decisions in a row were overtaken")

    def execute_all(self, commands: Sequence[Command], context: Context) -> tuple[Answer, ...]:
        """Decide commands in order, each on what those before it led to, and append it all in one transaction.

        All or nothing: one refusal, and nothing is appended. Raises as `execute` does, and ValueError for a context
        with an idempotency key or an expected version, which speak of one command.
        """
        if context.idempotency_key or context.expected_version is not None:
            raise ValueError("an idempotency key or an expected version belongs to one command")
        self.believe(context)
        for command in commands:
            check_form(command)
        for attempt in range(MAX_ATTEMPTS):
            desk, ring = Desk(self, None), KeyRing(self.vault)
            decided: list[Decided] = []
            for command in commands:
                try:
                    decided.append(decide(command, context, desk, ring, self.people))
                except Refused as refused:
                    self.keep_refusal(command, context, desk, refused)
                    raise
            changes = [change for one in decided for change in one.changes]
            if not changes:
                return tuple(one.answer for one in decided)
            try:
                self.append(changes, desk, ring)
            except VersionTaken:
                spread_out(attempt)
                continue
            return tuple(one.answer for one in decided)
        raise Overtaken(f"{MAX_ATTEMPTS} decisions in a row were overtaken")

    def believe(self, context: Context) -> None:
        """What is recorded at a wrong instant stays so for ever. Raises `ClockInDoubt`."""
        if self._watch is not None:
            self._watch.require(context.now)

    def append(self, changes: list[Change], desk: Desk, ring: KeyRing, beside: Beside = ()) -> None:
        """Write what was decided, and remember the states that it leads to."""
        rows = []
        for row, key in rows_of(changes):
            assert key is None, "texts are sealed when they are recorded"
            rows.append(row)
        self.log.log.append(rows, [*beside, *ring.rows()], desk.seen(), desk.to_keep())
        desk.keep(self.memory)
        for change in changes:
            tell_roles(change.events)

    def kept_answer(self, actor_id: UUID, key: str) -> Answer | None:
        """What was answered to an actor under a key, to be said again; None when nothing was."""
        return self.answers.find(actor_id, key)

    def kept_answers(self, actor_id: UUID, keys: Iterable[str]) -> list[Answer]:
        """What was answered to an actor under these keys, up to the first one under which nothing was."""
        return self.answers.found(actor_id, keys)

    def weigh(self, command: Command, context: Context) -> Weighing:
        """What would come of a command now, on states read now. Nothing is recorded, not even a refusal.

        Raises `InvalidValue`, `UnknownStream`, `UnreadableEvent` and `DatabaseUnavailable` as `execute` does.
        """
        check_form(command)
        try:
            decided = decide(command, context, Desk(self, None), None, self.people)
        except Refused as refused:
            return Weighing(refused=refused.broken)
        answer = decided.answer
        return Weighing((), answer.notices, answer.waived, answer.irregularities, answer.irregular)

    def keep_refusal(self, command: Command, context: Context, desk: Desk, refused: Refused) -> None:
        """Refused commands go to a table of their own, never to the log (SC2), without what was typed in them."""
        tell_refused(command, context, desk.territory_id, refused)
        rules = [{"rule": one.RULE, "code": one.CODE, "text_key": one.TEXT_KEY} for one in refused.broken]
        with self.engine.begin() as connection:
            connection.execute(
                insert(schema.refusals).values(
                    id=uuid4(),
                    recorded_at=to_text(context.now),
                    actor_id=str(context.actor.actor_id),
                    actor_role=desk.role or (context.actor.roles[0].role if context.actor.roles else None),
                    command=command.NAME,
                    stream_id=command.stream_id,
                    territory_id=desk.territory_id,
                    rules=msgspec.json.encode(rules).decode(),
                )
            )
