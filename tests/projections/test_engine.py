"""The engine: exactly once, failures that stop one question only, rebuilds beside the one that answers."""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Engine, Text, event, func, inspect, select

from domain.kernel import Event
from domain.steering import RecordMeeting, SteeringMeetingHeld
from domain.values import LocalId
from projections import ALL
from projections.engine import Batch, NotPrepared, Projection, Projections, UnknownProjection, as_of, replay
from projections.where_conventions_stand import convention
from tests.projections.racing import applications, run, seen
from tests.projections.story import NOON, Story
from workflows.application import Steering
from workflows.codec import UnreadableEvent
from workflows.database import DatabaseUnavailable, create_database_engine
from workflows.log import AppendedRow


def _content(engine: Engine, projections: Sequence[Projection] = ALL) -> dict[str, str]:
    """A hash of the rows of each table, whatever their order on disk."""
    found = {}
    with engine.connect() as connection:
        for table in (table for one in projections for table in one.metadata.sorted_tables):
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def _told(engine: Engine, projections: Projections) -> Story:
    story = Story(engine, projections)
    story.until_signed()
    story.assign("PILOT", uuid.uuid4(), date(2024, 1, 1))
    story.sign(story.cpam, date(2025, 2, 20))
    story.review(2025, date(2026, 3, 20))
    return story


def _meetings(story: Story, number: int) -> int:
    """More events; the position of the last one."""
    position = 0
    for _ in range(number):
        position = story.steering.execute(
            RecordMeeting(stream_id=story.body, meeting_id=LocalId(uuid.uuid4().hex)), story.context(story.pilot)
        ).position
    return position


def test_every_projection_follows_the_log(engine: Engine, projections: Projections) -> None:
    story = _told(engine, projections)
    last = story.steering.log.safe_position()
    assert [(one.position, one.lag, one.error) for one in projections.status()] == [(last, 0, None)] * len(ALL)
    with engine.connect() as connection:
        for table in (table for one in ALL for table in one.metadata.sorted_tables):
            if table.name not in _NOT_IN_THE_STORY:
                assert connection.execute(select(func.count()).select_from(table)).scalar_one() > 0, table.name


_NOT_IN_THE_STORY = {
    "standing_v1_attachments",
    "roles_v1_attachments",
    "known_v1_attachments",
    "known_v1_frameworks",
    "known_v1_framework_signatures",
    "crossed_v1_waivers",
    "decided_v1_waivers",
}


def test_one_batch_or_many_lead_to_the_same_rows(engine: Engine, projections: Projections) -> None:
    story = _told(engine, projections)  # caught up after each command
    events = story.steering.read_events(0, 10_000)
    again = replay(events, ALL)
    assert _content(again) == _content(engine)
    again.dispose()


def test_a_replay_of_the_beginning_shows_how_things_stood(engine: Engine, projections: Projections) -> None:
    story = _told(engine, projections)
    until = date(2024, 6, 4)
    then = replay(as_of(story.steering.read_events(0, 10_000), occurred_by=until), ALL)
    with then.connect() as connection:
        found = convention(connection, story.convention, until)
    then.dispose()
    assert found is not None
    assert found.standing.phase == "PRIORITISATION"
    assert list(as_of(story.steering.read_events(0, 10_000), recorded_by=datetime(2026, 1, 1, tzinfo=UTC))) == []


def test_a_rebuild_gives_the_same_rows_and_the_old_one_answers_meanwhile(
    engine: Engine, projections: Projections
) -> None:
    story = _told(engine, projections)
    before = _content(engine)
    answered = []

    def read(after: int, limit: int) -> list[tuple[int, Event]]:
        answered.append(_content(engine) == before)
        return story.steering.read_events(after, 7)

    careful = Projections(engine, read, lambda: NOON, ALL)
    for projection in ALL:
        careful.rebuild(projection.name)
    assert len(answered) > len(ALL) * 2
    assert all(answered)
    assert _content(engine) == before
    assert not [name for name in inspect(engine).get_table_names() if name.endswith("_next")]
    story.meet("m9", date(2026, 5, 4))
    assert _content(engine) != before
    assert {one.lag for one in projections.status()} == {0}
    for projection in ALL:  # and once more on top of the renamed tables
        projections.rebuild(projection.name)
    with pytest.raises(UnknownProjection):
        projections.rebuild("nonsense")


def test_a_rebuild_that_was_interrupted_can_be_made_again(engine: Engine, projections: Projections) -> None:
    story = _told(engine, projections)
    before = _content(engine)
    calls = []

    def stop_midway(after: int, limit: int) -> list[tuple[int, Event]]:
        calls.append(after)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return story.steering.read_events(after, 7)

    with pytest.raises(KeyboardInterrupt):
        Projections(engine, stop_midway, lambda: NOON, ALL).rebuild("standing")
    assert _content(engine) == before
    projections.rebuild("standing")
    assert _content(engine) == before


def _fragile(version: int, *, broken: bool) -> Projection:
    projection = Projection("fragile", version)
    table = projection.table(
        "meetings", Column("position", BigInteger, primary_key=True), Column("meeting", Text, nullable=False)
    )

    @projection.when(SteeringMeetingHeld)
    def _met(batch: Batch, event: SteeringMeetingHeld) -> None:
        if broken and event.meeting_id == "m2":
            raise ValueError(f"no room for {event.meeting_id}")
        batch.put(table, position=batch.position, meeting=event.meeting_id)

    return projection


@pytest.mark.parametrize("in_rows", [False, True])
def test_a_projection_that_fails_stops_alone(lite: Engine, in_rows: bool) -> None:
    failing = _fragile(1, broken=not in_rows)
    if in_rows:
        (table,) = failing.metadata.sorted_tables

        @failing.when(SteeringMeetingHeld)
        def _impossible(batch: Batch, event: SteeringMeetingHeld) -> None:
            if event.meeting_id == "m2":
                batch.put(table, position=batch.position, meeting=None)

    steering = Steering(lite)
    projections = Projections(lite, steering.read_events, lambda: NOON, (failing, *ALL), steering.log.safe_position)
    projections.prepare()
    story = Story(lite, projections)
    story.set_up()
    reached = projections.status()[0].position
    story.meet("m2", date(2024, 2, 1))
    story.meet("m3", date(2024, 3, 1))
    first, *others = projections.status()
    assert first.failed_at == NOON
    assert first.position == reached
    assert first.lag > 0
    assert first.error is not None
    assert ("writing rows up to" if in_rows else "ctg.steering-body.steering-meeting-held at") in first.error
    assert "no room" not in first.error
    assert {(one.lag, one.failed_at) for one in others} == {(0, None)}
    assert projections.wait_for(steering.log.safe_position(), timeout=0)

    with pytest.raises(RuntimeError, match="fragile_v1 cannot be rebuilt"):
        projections.rebuild("fragile")
    mended = Projections(lite, steering.read_events, lambda: NOON, (_fragile(1, broken=False),))
    mended.rebuild("fragile")
    (status,) = mended.status()
    assert (status.failed_at, status.error, status.lag) == (None, None, 0)
    with lite.connect() as connection:
        (table,) = _fragile(1, broken=False).metadata.sorted_tables
        asked = select(table.c.meeting).order_by(table.c.position)
        assert list(connection.execute(asked).scalars()) == ["m1", "m2", "m3"]


def test_a_number_that_no_column_holds_stops_one_projection_only(engine: Engine) -> None:
    """The driver of SQLite tells it by an OverflowError, PostgreSQL by an error of its own."""
    failing = Projection("oversized", 1)
    table = failing.table("meetings", Column("position", BigInteger, primary_key=True), Column("size", BigInteger))

    @failing.when(SteeringMeetingHeld)
    def _met(batch: Batch, _event: SteeringMeetingHeld) -> None:
        batch.put(table, position=batch.position, size=10**30)

    steering = Steering(engine)
    projections = Projections(engine, steering.read_events, lambda: NOON, (failing, *ALL), steering.log.safe_position)
    projections.prepare()
    Story(engine, projections).set_up()
    first, *others = projections.status()
    assert first.failed_at == NOON
    assert first.error is not None
    assert "writing rows up to" in first.error
    assert {(one.lag, one.failed_at) for one in others} == {(0, None)}


def test_a_database_that_goes_away_is_no_fault_of_a_projection(engine: Engine, projections: Projections) -> None:
    quiet = Projections(engine, lambda after, limit: [], lambda: NOON, ())
    Story(engine, quiet).set_up()

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO"):
            raise DatabaseUnavailable("the disk is full") from engine.dialect.loaded_dbapi.OperationalError()

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(DatabaseUnavailable):
        projections.catch_up()
    event.remove(engine, "before_cursor_execute", fail)
    assert {one.failed_at for one in projections.status()} == {None}
    assert projections.catch_up()
    assert {one.lag for one in projections.status()} == {0}


def test_what_cannot_be_read_is_told_once_for_all(engine: Engine, projections: Projections) -> None:
    story = _told(engine, projections)
    assert projections.unreadable() is None
    story.steering.log.log.append([AppendedRow(uuid.uuid4(), 1, "ctg.later.release", "{}")])
    with pytest.raises(UnreadableEvent):
        projections.catch_up()
    told = projections.unreadable()
    assert told is not None
    assert told.startswith("UnreadableEvent (")


def test_who_waits_does_not_wait_for_longer_than_said(lite: Engine) -> None:
    """Neither for the whole log, nor for another thread that is reading it."""
    steering = Steering(lite)
    Story(lite, Projections(lite, lambda after, limit: [], lambda: NOON, ())).set_up()
    (sample, *_) = steering.read_events(0, 1)
    hold, reading = threading.Event(), threading.Event()
    asked: list[int] = []

    def endless(after: int, limit: int) -> list[tuple[int, Event]]:
        asked.append(after)
        reading.set()
        hold.wait()
        return [(after + number, sample[1]) for number in range(1, limit + 1)]

    projections = Projections(lite, endless, lambda: NOON, (seen,))
    Projections(lite, lambda after, limit: [], lambda: NOON, (seen,)).prepare()
    other = threading.Thread(target=lambda: projections.wait_for(10**9, timeout=0.01))
    other.start()
    reading.wait()
    assert not projections.wait_for(10**9, timeout=0.01)  # the other thread stands still, and holds its turn
    hold.set()
    other.join()  # ends after the batch that it had begun
    assert asked == [0]


def test_racing_threads_apply_each_event_once(engine: Engine) -> None:
    steering = Steering(engine)
    quiet = Projections(engine, steering.read_events, lambda: NOON, ())
    quiet.prepare()
    Story(engine, quiet).set_up()
    (sample, *_) = steering.read_events(0, 1)
    told = [(position, sample[1]) for position in range(1, 4_001)]

    def read(after: int, limit: int) -> list[tuple[int, Event]]:
        return told[after : after + min(limit, 100)]

    runners = [Projections(engine, read, lambda: NOON, (seen,)) for _ in range(4)]
    runners[0].prepare()

    def race(projections: Projections) -> None:
        while projections.status()[0].position < len(told):
            projections.catch_up()

    threads = [threading.Thread(target=race, args=(one,)) for one in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert _positions(engine) == Counter(range(1, len(told) + 1))


def _positions(engine: Engine) -> Counter[int]:
    with engine.connect() as connection:
        return Counter(connection.execute(select(applications.c.position)).scalars())


@pytest.mark.slow
def test_eight_processes_prepare_at_once_and_apply_each_event_once(engine: Engine) -> None:
    steering = Steering(engine)
    quiet = Projections(engine, steering.read_events, lambda: NOON, ())
    quiet.prepare()
    story = Story(engine, quiet)
    story.set_up()
    last = steering.log.safe_position() + 300
    url = engine.url.render_as_string(hide_password=False)
    start = multiprocessing.get_context("spawn")
    runners = [start.Process(target=run, args=(url, last, 60.0)) for _ in range(8)]
    for runner in runners:
        runner.start()
    while _meetings(story, 10) < last:
        pass
    for runner in runners:
        runner.join(90)
    assert [runner.exitcode for runner in runners] == [0] * 8
    recorded = [position for position, _ in steering.read_events(0, 10_000)]
    found = _positions(engine)
    assert set(found.values()) == {1}
    assert found.keys() <= set(recorded)
    assert found.keys() >= {position for position in recorded if position <= last}


def test_who_waits_reads_what_they_wrote(engine: Engine, projections: Projections) -> None:
    quiet = Projections(engine, lambda after, limit: [], lambda: NOON, ())
    story = Story(engine, quiet)
    story.set_up()
    position = _meetings(story, 1)
    assert not projections.wait_for(position, timeout=0)
    assert projections.wait_for(position, timeout=10)
    assert {one.position for one in projections.status()} == {position}


def test_what_nobody_prepared_is_not_mistaken_for_up_to_date(lite: Engine) -> None:
    steering = Steering(lite)
    unprepared = Projections(lite, steering.read_events, lambda: NOON, ALL)
    assert {one.position for one in unprepared.status()} == {0}
    Projections(lite, steering.read_events, lambda: NOON, (seen,)).prepare()
    with pytest.raises(NotPrepared):
        unprepared.wait_for(0, timeout=0)
    with pytest.raises(NotPrepared):
        unprepared.catch_up()


@pytest.mark.postgres
def test_only_one_process_leads_on_postgresql(migrated_postgres_url: str) -> None:
    engine = create_database_engine(migrated_postgres_url)
    steering = Steering(engine)
    other = Projections(engine, steering.read_events, lambda: NOON, ALL)
    other.prepare()
    led: list[bool] = []

    def read(after: int, limit: int) -> list[tuple[int, Event]]:
        led.append(other.catch_up())  # another process, while this one leads
        return []

    assert Projections(engine, read, lambda: NOON, ALL).catch_up()
    assert led == [False]
    assert other.catch_up()
    engine.dispose()


@pytest.mark.postgres
def test_a_leader_that_stands_still_is_left_behind(migrated_postgres_url: str) -> None:
    """A frozen process keeps its turn only until the database ends what it left open."""
    frozen, alive = (create_database_engine(migrated_postgres_url) for _ in range(2))
    with alive.connect() as connection:
        assert connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one() == "30s"
    event.listen(frozen, "connect", _impatient)
    steering = Steering(alive)
    others = Projections(alive, steering.read_events, lambda: NOON, ALL, steering.log.safe_position)
    others.prepare()
    Story(alive, Projections(alive, lambda after, limit: [], lambda: NOON, ())).set_up()
    leading, thaw = threading.Event(), threading.Event()

    def stand_still(after: int, limit: int) -> list[tuple[int, Event]]:
        leading.set()
        thaw.wait()
        return steering.read_events(after, limit)

    raised: list[Exception] = []

    def lead() -> None:
        try:
            Projections(frozen, stand_still, lambda: NOON, ALL).catch_up()
        except DatabaseUnavailable as lost:
            raised.append(lost)

    leader = threading.Thread(target=lead)
    leader.start()
    leading.wait()
    while not others.catch_up():
        pass
    assert {one.lag for one in others.status()} == {0}
    before = _content(alive)
    thaw.set()
    leader.join()
    assert len(raised) == 1, "its turn was over, and it says so"
    assert _content(alive) == before, "nothing is applied twice"
    frozen.dispose()
    alive.dispose()


def _impatient(connection: Any, _entry: object) -> None:
    connection.execute("SET idle_in_transaction_session_timeout = '200ms'")
    connection.commit()
