"""Two processes on one store, each with a memory of its own, and a convention on which both act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, select

from domain.convention.state import TerritorialConvention
from domain.kernel import Actor, Aggregate, Command, Context, Event, RoleHeld
from domain.roles import ADMINISTRATOR, PILOT
from domain.steering import Decision, RecordMeeting
from domain.values import Code, LocalId, Prose, local_id
from tests.properties.test_any_sequence_of_commands import BODY, CONVENTION_ID, OPENED, TERRITORY, TODAY, surroundings
from workflows.answers import Answer
from workflows.application import Steering
from workflows.schema import streams

ANYBODY = Actor(UUID(int=42), (RoleHeld(ADMINISTRATOR), RoleHeld(PILOT, TERRITORY)))


def circumstances(**more: Any) -> Context:
    """Someone entitled to everything here, with a request of its own."""
    whole = Context(actor=ANYBODY, today=TODAY, now=datetime(2027, 6, 30, 9, tzinfo=UTC), idempotency_key=str(uuid4()))
    return replace(whole, **more)


class Process(Steering):
    """A process that counts the streams it reads."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.read: list[UUID] = []

    def load(self, stream_id: UUID) -> Aggregate | None:
        """See `Steering`."""
        self.read.append(stream_id)
        return super().load(stream_id)

    def act(self, command: Command, **more: Any) -> Answer:
        """Execute; `read` then holds what this command read."""
        self.read.clear()
        return self.execute(command, circumstances(**more))


def opened(engine: Engine, *more: Command) -> Process:
    """A process that has told everything up to the opened convention, and more."""
    process = Process(engine)
    for command in (*surroundings(), *more):
        process.act(command)
    return process


def meeting(meeting_id: str, kind: str = "OTHER", day: date = OPENED) -> RecordMeeting:
    """A meeting with one decision, `d`, of this kind."""
    decision = Decision(local_id("d"), Code(kind), Prose(f"Décision de {meeting_id}"))
    return RecordMeeting(stream_id=BODY, meeting_id=LocalId(meeting_id), decisions=(decision,), occurred_on=day)


def of(steering: Steering, stream_id: UUID) -> list[Event]:
    """The facts of a stream, in the order of the log."""
    return [event for _, event in steering.read_events(0, 10_000) if event.originator_id == stream_id]


def stand_alike(steering: Steering) -> None:
    """Assert that what is remembered is what the log leads to, and that no stream has a gap."""
    events = [event for _, event in steering.read_events(0, 10_000)]
    lengths: dict[UUID, int] = {}
    for event in sorted(events, key=lambda one: one.originator_version):
        assert event.originator_version == lengths.get(event.originator_id, 0) + 1, "a gap"
        lengths[event.originator_id] = event.originator_version
    with steering.engine.connect() as connection:
        heads = {row.stream_id: row.version for row in connection.execute(select(streams))}
    assert heads == lengths
    for stream_id in lengths:
        remembered = steering.memory.take(stream_id)
        if remembered is None:
            continue
        steering.memory.put([remembered])
        if remembered.version == lengths[stream_id]:
            assert vars(remembered) == vars(steering.load(stream_id)), type(remembered).__name__


def convention_of(steering: Steering) -> TerritorialConvention:
    """The convention as it stands."""
    found = steering.load(CONVENTION_ID)
    assert isinstance(found, TerritorialConvention)
    return found


@contextmanager
def overtaken_by(process: Process, other: Process, command: Command) -> Iterator[list[int]]:
    """Once, between what `process` decides next and its append, `other` executes a command."""
    append, times = process.append, [0]

    def slow(*given: Any) -> None:
        times[0] += 1
        if times[0] == 1:
            other.act(command)
        append(*given)

    process.append = slow  # type: ignore[method-assign, assignment]
    try:
        yield times
    finally:
        process.append = append  # type: ignore[method-assign]
