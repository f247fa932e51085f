"""Read models built beside those that answer: by several at once, under readers, and by the release that follows."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import BigInteger, Column, Engine, Text, func, inspect, select

from domain.kernel import Event
from domain.steering import RecordMeeting, SteeringMeetingHeld
from domain.values import LocalId
from projections.engine import (
    Batch,
    NotPrepared,
    NotRebuilt,
    Projection,
    Projections,
    RebuildUnderWay,
    rebuilding,
    tables,
)
from tests.projections.story import NOON, Story
from workflows.application import Steering
from workflows.database import create_database_engine


def two_tables(version: int, *, broken: bool = False) -> Projection:
    """A question that reads two tables, as a page does."""
    made = Projection("paired", version)
    tables = [
        made.table(name, Column("position", BigInteger, primary_key=True), Column("meeting", Text, nullable=False))
        for name in ("first", "second")
    ]

    @made.when(SteeringMeetingHeld)
    def _met(batch: Batch, event: SteeringMeetingHeld) -> None:
        for table in tables:
            batch.put(table, position=batch.position, meeting=None if broken else event.meeting_id)

    return made


def following(engine: Engine, projection: Projection) -> Projections:
    steering = Steering(engine)
    return Projections(engine, steering.read_events, lambda: NOON, (projection,), steering.log.safe_position)


def count(engine: Engine, projection: Projection) -> list[int]:
    with engine.connect() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in projection.metadata.sorted_tables
        ]


@pytest.fixture
def met(engine: Engine) -> Story:
    """A story with three meetings, told before any read model was there."""
    story = Story(engine, Projections(engine, lambda after, limit: [], lambda: NOON, ()))
    story.set_up()
    for number in (2, 3):
        story.meet(f"m{number}", date(2024, number, 1))
    return story


@pytest.mark.usefixtures("met")
def test_a_read_model_that_is_there_is_never_empty(engine: Engine) -> None:
    """A process of the new release finds nothing at all until `prepare` has brought it to the log's end."""
    first = two_tables(1)
    projections = following(engine, first)
    assert projections.unprepared() == ["paired"]
    seen: list[list[str]] = []

    def read(after: int, limit: int) -> list[tuple[int, Event]]:
        seen.append(inspect(engine).get_table_names())
        return Steering(engine).read_events(after, limit)

    Projections(engine, read, lambda: NOON, (first,)).prepare()
    assert not [names for names in seen if "paired_v1_first" in names]
    assert (projections.unprepared(), projections.status()[0].lag) == ([], 0)
    assert count(engine, first) == [3, 3]


@pytest.mark.usefixtures("met")
def test_the_old_version_answers_until_the_new_one_is_whole(engine: Engine) -> None:
    old, new = two_tables(1), two_tables(2)
    before = following(engine, old)
    before.prepare()
    after = following(engine, new)
    with pytest.raises(NotPrepared):
        after.catch_up()
    after.prepare()
    assert count(engine, old) == count(engine, new) == [3, 3]
    assert before.catch_up(), "the release that is still running is not disturbed"
    assert after.retired() == ["paired_v1"]
    assert after.retire() == ["paired_v1"]
    assert "paired_v1_first" not in inspect(engine).get_table_names()
    assert (after.retired(), after.retire()) == ([], [])


@pytest.mark.usefixtures("met")
def test_a_new_version_that_fails_takes_no_place(engine: Engine) -> None:
    old = two_tables(1)
    following(engine, old).prepare()
    failing = following(engine, two_tables(2, broken=True))
    with pytest.raises(NotRebuilt, match="paired_v2"):
        failing.prepare()
    assert failing.unprepared() == ["paired"]
    assert count(engine, old) == [3, 3]
    following(engine, two_tables(2)).prepare()


@pytest.mark.parametrize("missing", [True, False])
def test_several_that_build_at_once_lead_to_one_whole_read_model(engine: Engine, met: Story, *, missing: bool) -> None:
    projection = two_tables(1)
    if not missing:
        following(engine, projection).prepare()
    failures: list[BaseException] = []
    url = engine.url.render_as_string(hide_password=False)

    def go() -> None:
        own = create_database_engine(url)
        try:
            for _ in range(4):
                if missing:
                    following(own, projection).prepare()
                else:
                    following(own, projection).rebuild("paired")
                if count(own, projection) < [3, 3]:
                    raise AssertionError("an empty one was put in its place")
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    met.meet("m4", date(2024, 4, 1))
    assert following(engine, projection).catch_up()
    assert count(engine, projection) == [4, 4]
    assert not [name for name in inspect(engine).get_table_names() if name.endswith("_next")]


@pytest.mark.usefixtures("met")
def test_what_another_began_again_is_not_put_in_place_empty(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the last event applied and the swap."""
    projection = two_tables(1)
    swap, again = rebuilding._put_in_place, iter((True,))

    def late(engine: Engine, projection: Projection, reached: int) -> bool:
        if next(again, False):
            with engine.begin() as connection:
                tables.drop(connection, projection.key + tables.BESIDE)
                tables.create(connection, projection, tables.BESIDE)
        return swap(engine, projection, reached)

    monkeypatch.setattr(rebuilding, "_put_in_place", late)
    following(engine, projection).prepare()
    assert count(engine, projection) == [3, 3]


def test_what_is_further_is_not_replaced_by_what_is_behind(engine: Engine, met: Story) -> None:
    """Whatever the builder read, the one that answers may have gone on meanwhile."""
    projection = two_tables(1)
    current = following(engine, projection)
    current.prepare()

    def read(after: int, limit: int) -> list[tuple[int, Event]]:
        found = met.steering.read_events(after, limit)
        if not found:
            return []
        if len(told) < 2:  # each time the builder has read to the end, one more event is recorded and shown
            told.append(f"late{len(told)}")
            met.steering.execute(meeting(met, told[-1]), met.context(met.pilot))
            current.catch_up()
        return found

    told: list[str] = []
    before = count(engine, projection)
    Projections(engine, read, lambda: NOON, (projection,)).rebuild("paired")
    assert len(told) == 2
    assert count(engine, projection) == [number + 2 for number in before]
    assert current.status()[0].lag == 0


def meeting(story: Story, meeting_id: str) -> RecordMeeting:
    return RecordMeeting(stream_id=story.body, meeting_id=LocalId(meeting_id + uuid.uuid4().hex))


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


@pytest.fixture
def postgres(migrated_postgres_url: str) -> Iterator[Engine]:
    engine = create_database_engine(migrated_postgres_url)
    yield engine
    engine.dispose()


@pytest.mark.postgres
def test_a_swap_gives_way_to_a_reader_that_waits_for_it(postgres: Engine) -> None:
    """The reader holds one table and then asks for the other, which the swap has taken: the swap lets go."""
    projection = two_tables(1)
    projections = following(postgres, projection)
    projections.prepare()
    first, second = projection.metadata.sorted_tables
    errors: list[BaseException] = []
    ended = threading.Event()

    def rebuild() -> None:
        try:
            projections.rebuild("paired")
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)
        ended.set()

    with postgres.connect() as reader:
        reader.execute(select(second))
        builder = threading.Thread(target=rebuild)
        builder.start()
        _until(
            postgres,
            "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        assert list(reader.execute(select(first))) == []
        assert list(reader.execute(select(second))) == []
    builder.join(60)
    assert ended.is_set()
    assert errors == []


def _until(engine: Engine, asked: str) -> None:
    """Wait until a count is no longer 0; the test's own limit ends it."""
    pause = threading.Event()
    while True:
        with engine.connect() as connection:
            if connection.exec_driver_sql(asked).scalar_one():
                return
        pause.wait(0.01)


@pytest.mark.postgres
def test_a_reader_that_never_lets_go_leaves_the_old_one(postgres: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "SWAP_ATTEMPTS", 2)
    projection = two_tables(1)
    projections = following(postgres, projection)
    projections.prepare()
    with postgres.connect() as reader:
        reader.execute(select(projection.metadata.sorted_tables[0]))
        with pytest.raises(NotRebuilt, match="read without a pause"):
            projections.rebuild("paired")
    assert count(postgres, projection) == [0, 0]


@pytest.mark.postgres
@pytest.mark.parametrize("act", [lambda one: one.rebuild("paired"), lambda one: one.retire()])
def test_who_waits_too_long_for_another_rebuild_is_told(
    postgres: Engine, monkeypatch: pytest.MonkeyPatch, act: Callable[[Projections], object]
) -> None:
    monkeypatch.setattr(rebuilding, "OTHER_REBUILD_SECONDS", 0.0)
    projections = following(postgres, two_tables(1))
    projections.prepare()
    with rebuilding.alone(postgres), pytest.raises(RebuildUnderWay):
        act(projections)
