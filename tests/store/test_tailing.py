"""Following the log while it is written: nothing is overtaken, nothing is missed."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent
from sqlalchemy import Engine

from benchmarks.tail import follow
from workflows.database import DatabaseUnavailable, create_database_engine
from workflows.log import AppendedRow, PostgresLog
from workflows.store import SqlAlchemyApplicationRecorder

pytestmark = pytest.mark.postgres


@pytest.fixture
def postgres(migrated_postgres_url: str) -> Iterator[Engine]:
    engine = create_database_engine(migrated_postgres_url)
    yield engine
    engine.dispose()


def row() -> AppendedRow:
    return AppendedRow(uuid4(), 1, "ctg.test.happened", "{}")


@pytest.mark.slow
def test_eight_writers_and_a_reader_that_misses_none(migrated_postgres_url: str) -> None:
    outcome = follow(migrated_postgres_url, writers=8, seconds=1.5)
    assert outcome.appended >= 8 * 10
    assert (outcome.seen, outcome.missed, outcome.misplaced) == (outcome.appended, 0, 0)


def test_a_reader_waits_for_a_smaller_position_that_is_not_committed_yet(postgres: Engine) -> None:
    """The larger one is visible first; a reader that took it would never come back for the smaller."""
    log = PostgresLog(postgres)
    seen: list[int] = []
    with postgres.begin() as slow:
        (first,) = log.append_within(slow, [row()])
        (second,) = log.append([row()])
        assert first < second
        assert log.last_position() == second
        reader = threading.Thread(target=lambda: seen.extend(found[0] for found in log.read(0, 10)))
        reader.start()
        reader.join(timeout=0.5)
        assert reader.is_alive()
        assert not seen
    reader.join(timeout=60)
    assert seen == [first, second]


def test_a_position_that_dies_holds_nobody_up(postgres: Engine) -> None:
    log = PostgresLog(postgres)
    with postgres.connect() as slow:
        (dead,) = log.append_within(slow, [row()])
        slow.rollback()
    (kept,) = log.append([row()])
    assert dead < kept
    assert [found[0] for found in log.read(0, 10)] == [kept]


def test_a_reader_that_has_all_disturbs_no_writer(postgres: Engine) -> None:
    """It asks for the barrier only when there is something new: here a writer is at work and the reader returns."""
    log = PostgresLog(postgres)
    (position,) = log.append([row()])
    assert len(log.read(0, 10)) == 1
    with postgres.begin() as slow:
        log.append_within(slow, [row()])
        assert log.read(position, 10) == []  # the barrier would wait for the writer until it is unavailability


def test_writers_do_not_wait_for_each_other(postgres: Engine) -> None:
    """Nor does who records several events at once: the opening of a convention stops nobody."""
    log = PostgresLog(postgres)
    with postgres.begin() as slow:
        (first,) = log.append_within(slow, [row()])
        positions = [first, *log.append([row()]), *log.append([row(), row(), row()])]
    assert positions == sorted(positions)


def test_a_barrier_that_cannot_be_passed_is_unavailability(postgres: Engine) -> None:
    log = PostgresLog(postgres)
    with postgres.begin() as stuck:
        log.append_within(stuck, [row()])
        with log.engine.begin() as impatient:
            impatient.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
            with pytest.raises(DatabaseUnavailable):
                log.append_within(impatient, [row(), row()])


def test_a_lost_connection_is_unavailability_once(postgres: Engine, migrated_postgres_url: str) -> None:
    """After a restart of the server the first command is told to come back, and the next one works."""
    recorder = SqlAlchemyApplicationRecorder(postgres)
    stream = uuid4()
    recorder.insert_events([StoredEvent(stream, 1, "ctg.test.happened", b"{}")])
    other = create_database_engine(migrated_postgres_url)
    with other.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"  # an autovacuum worker is a superuser's to end
        )
    other.dispose()
    with pytest.raises(DatabaseUnavailable):
        recorder.insert_events([StoredEvent(stream, 2, "ctg.test.happened", b"{}")])
    assert recorder.insert_events([StoredEvent(stream, 2, "ctg.test.happened", b"{}")])
    assert len(recorder.select_events(stream)) == 2
