"""What an append promises: all or nothing, with the rows beside it, in order, and never changed afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy.exc
from eventsourcing.persistence import DataError, IntegrityError, StoredEvent
from sqlalchemy import Engine, Table, func, select

from workflows import schema
from workflows.answers import record_key
from workflows.log import RowRefused
from workflows.store import IdempotencyKeyTaken, SqlAlchemyApplicationRecorder


@pytest.fixture
def recorder(engine: Engine) -> SqlAlchemyApplicationRecorder:
    return SqlAlchemyApplicationRecorder(engine)


def event(stream: UUID, version: int, state: bytes = b"{}") -> StoredEvent:
    return StoredEvent(stream, version, "ctg.test.happened", state)


def answer(key: str, sender: int = 1) -> tuple[Table, Mapping[str, Any]]:
    return schema.idempotency, {
        "key": record_key(UUID(int=sender), key, bytes(32)),
        "request_hash": bytes(64),
        "answer": '{"position":1}',
        "day": date(2026, 1, 1),
    }


def vault_key(subject: UUID) -> tuple[Table, Mapping[str, Any]]:
    return schema.vault_keys, {"subject_id": subject, "key": bytes(range(32))}


def count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@contextmanager
def nothing_written(engine: Engine) -> Iterator[None]:
    tables = (schema.events, schema.streams, schema.idempotency, schema.vault_keys)
    before = [count(engine, table) for table in tables]
    yield
    assert [count(engine, table) for table in tables] == before


def test_rows_beside_are_written_with_the_events(recorder: SqlAlchemyApplicationRecorder, engine: Engine) -> None:
    stream, subjects = uuid4(), [uuid4(), uuid4()]
    positions = recorder.insert_events(
        [event(stream, 1), event(stream, 2)], beside=[answer("a"), *map(vault_key, subjects)]
    )
    assert positions == [1, 2]
    with engine.connect() as connection:
        kept = connection.execute(select(schema.vault_keys.c.subject_id, schema.vault_keys.c.key)).all()
        assert {row.subject_id for row in kept} == set(subjects)
        assert {row.key for row in kept} == {bytes(range(32))}
        assert connection.execute(select(schema.idempotency.c.answer)).scalar_one() == '{"position":1}'


def test_a_taken_version_keeps_nothing(recorder: SqlAlchemyApplicationRecorder, engine: Engine) -> None:
    stream = uuid4()
    recorder.insert_events([event(stream, 1)])
    with nothing_written(engine), pytest.raises(IntegrityError):
        recorder.insert_events([event(uuid4(), 1), event(stream, 1)], beside=[answer("a"), vault_key(uuid4())])


def test_a_taken_idempotency_key_keeps_nothing(recorder: SqlAlchemyApplicationRecorder, engine: Engine) -> None:
    recorder.insert_events([event(uuid4(), 1)], beside=[answer("a")])
    with nothing_written(engine), pytest.raises(IdempotencyKeyTaken):
        recorder.insert_events([event(uuid4(), 1)], beside=[answer("a"), vault_key(uuid4())])
    recorder.insert_events([event(uuid4(), 1)], beside=[answer("a", sender=2)])


def test_a_repeated_command_is_told_from_a_conflict(recorder: SqlAlchemyApplicationRecorder) -> None:
    """The same command sent again has both its key and its version taken: the key is what matters."""
    stream = uuid4()
    recorder.insert_events([event(stream, 1)], beside=[answer("a")])
    with pytest.raises(IdempotencyKeyTaken):
        recorder.insert_events([event(stream, 1)], beside=[answer("a")])


def test_another_broken_row_is_no_conflict(recorder: SqlAlchemyApplicationRecorder, engine: Engine) -> None:
    """It would be decided again for ever."""
    subject = uuid4()
    recorder.insert_events([], beside=[vault_key(subject)])
    with nothing_written(engine), pytest.raises(RowRefused):
        recorder.insert_events([event(uuid4(), 1)], beside=[vault_key(subject)])
    with nothing_written(engine), pytest.raises(RowRefused):
        recorder.insert_events([event(uuid4(), 1)], beside=[(schema.vault_keys, {"subject_id": uuid4(), "key": None})])


def test_rows_beside_may_name_their_columns_in_any_order(
    recorder: SqlAlchemyApplicationRecorder, engine: Engine
) -> None:
    first, second = uuid4(), uuid4()
    recorder.insert_events(
        [],
        beside=[
            (schema.vault_keys, {"subject_id": first, "key": b"1"}),
            (schema.vault_keys, {"key": b"2", "subject_id": second}),
        ],
    )
    with engine.connect() as connection:
        kept = connection.execute(select(schema.vault_keys.c.subject_id, schema.vault_keys.c.key))
        assert {tuple(row) for row in kept} == {(first, b"1"), (second, b"2")}


def test_rows_alone_may_be_written(recorder: SqlAlchemyApplicationRecorder, engine: Engine) -> None:
    """A refused command has an answer too, and no event."""
    assert recorder.insert_events([], beside=[answer("a")]) == []
    assert count(engine, schema.idempotency) == 1


def test_a_saves_events_follow_each_other(recorder: SqlAlchemyApplicationRecorder) -> None:
    first, second = uuid4(), uuid4()
    saved = [event(second, 1), event(first, 1), event(second, 2), event(first, 2)]
    positions = recorder.insert_events(saved)
    assert [(row[1], row[2]) for row in recorder.read_log(0, 10)] == [
        (stored.originator_id, stored.originator_version) for stored in saved
    ]
    assert [row[0] for row in recorder.read_log(0, 10)] == positions


def test_the_stored_bytes_are_those_given(recorder: SqlAlchemyApplicationRecorder) -> None:
    state = '{"name":"Communauté de communes — « Ténarèze » 🐎","tab":"\\u0000"}'.encode()
    stream = uuid4()
    recorder.insert_events([event(stream, 1, state)])
    assert recorder.select_events(stream)[0].state == state
    assert recorder.read_log(0, 1)[0][4].encode() == state


@pytest.mark.parametrize("stored", [event(uuid4(), 1, b"\xff"), StoredEvent("not-a-uuid", 1, "topic", b"{}")])
def test_what_the_log_cannot_keep_is_refused(recorder: SqlAlchemyApplicationRecorder, stored: StoredEvent) -> None:
    with pytest.raises(DataError):
        recorder.insert_events([stored])


def test_reading_goes_on_after_what_was_written_meanwhile(recorder: SqlAlchemyApplicationRecorder) -> None:
    """A short batch means the end of the log, also when the reader remembers an older end."""
    stream = uuid4()
    recorder.insert_events([event(stream, version) for version in range(1, 6)])
    assert len(recorder.read_log(0, 3)) == 3
    recorder.insert_events([event(stream, version) for version in range(6, 11)])
    assert [row[2] for row in recorder.read_log(3, 100)] == list(range(4, 11))
    assert recorder.read_log(10, 100) == []
    assert recorder.safe_position() == 10


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET topic = 'other'",
        "UPDATE events SET topic = topic WHERE position = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE version = 1",
        "TRUNCATE events",
        "TRUNCATE events CASCADE",
        "INSERT OR REPLACE INTO events (position, stream_id, version, topic, state)"
        " SELECT position, stream_id, version, 'other', state FROM events",
        "REPLACE INTO events (stream_id, version, topic, state) SELECT stream_id, version, 'other', state FROM events",
    ],
)
def test_the_database_refuses_to_change_an_event(
    recorder: SqlAlchemyApplicationRecorder, engine: Engine, change: str
) -> None:
    stream = uuid4()
    recorder.insert_events([event(stream, 1)])
    postgres = engine.dialect.name == "postgresql"
    if change.startswith("TRUNCATE") and not postgres:
        pytest.skip("cannot apply: SQLite has no TRUNCATE")
    if "REPLACE" in change and postgres:
        pytest.skip("cannot apply: PostgreSQL has no REPLACE")
    if postgres:  # as the owner who gives himself the rights back: the triggers are the guard
        with engine.begin() as connection:
            connection.exec_driver_sql("GRANT ALL ON events TO CURRENT_USER")
    with pytest.raises(sqlalchemy.exc.DBAPIError, match=r"immutable|UNIQUE"), engine.begin() as connection:
        connection.exec_driver_sql(change)
    assert recorder.select_events(stream) == [event(stream, 1)]


@pytest.mark.parametrize("change", ["UPDATE events SET topic = 'x'", "DELETE FROM events", "TRUNCATE events"])
@pytest.mark.postgres
def test_the_owner_has_no_right_to_change_events(migrated_postgres_url: str, change: str) -> None:
    engine = sqlalchemy.create_engine(migrated_postgres_url)
    with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"), engine.begin() as connection:
        connection.exec_driver_sql(change)
    engine.dispose()
