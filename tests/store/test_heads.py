"""The head of a stream: an append goes on from the version it says, and nothing that was relied on has moved."""

import threading
import time
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select

from workflows import schema
from workflows.log import AppendedRow, EventLog, Guard, VersionTaken
from workflows.store import SqlAlchemyApplicationRecorder

CONVENTION, TERRITORY, FRAMEWORK = (uuid4() for _ in range(3))


@pytest.fixture
def log(engine: Engine) -> EventLog:
    return SqlAlchemyApplicationRecorder(engine).log


def row(stream: UUID, version: int, **more: object) -> AppendedRow:
    return AppendedRow(stream, version, "ctg.steering-body.met", "{}", **more)  # type: ignore[arg-type]


def head(engine: Engine, stream: UUID) -> dict[str, object] | None:
    with engine.connect() as connection:
        found = connection.execute(select(schema.streams).where(schema.streams.c.stream_id == stream)).mappings()
        return next((dict(one) for one in found), None)


def versions(log: EventLog) -> list[tuple[UUID, int]]:
    return [(stream, version) for _, stream, version, _, _ in log.read(0, 100)]


def test_a_head_says_what_its_stream_is_about(log: EventLog, engine: Engine) -> None:
    stream = uuid4()
    places = {"convention_id": CONVENTION, "territory_id": TERRITORY, "framework_id": FRAMEWORK}
    log.append([row(stream, 1, **places), row(stream, 2, **places)])
    whole = {"stream_id": stream, "kind": "steering-body", "version": 2, **places, "fold_from": 0, "touched": 3}
    whole |= {"last_event_id": None, "register_version": None}
    assert head(engine, stream) == whole
    with engine.begin() as connection:
        connection.execute(schema.streams.update().values(touched=0))
    log.append([row(stream, 3)])
    assert head(engine, stream) == whole | {"version": 3}, "touched again, and it still belongs where it did"
    elsewhere = uuid4()
    log.append([row(stream, 4, territory_id=elsewhere, corrects=True)])
    assert head(engine, stream) == whole | {"version": 4, "territory_id": elsewhere, "fold_from": 4}
    last = uuid4()
    log.append([row(stream, 5), row(stream, 6, event_id=last)])
    assert head(engine, stream) == whole | {
        "version": 6,
        "territory_id": elsewhere,
        "fold_from": 4,
        "last_event_id": last,
    }


def test_what_the_register_sums_moves_with_its_streams(log: EventLog, engine: Engine) -> None:
    stream = uuid4()
    for version in (1, 2):
        log.append([AppendedRow(stream, version, "ctg.territory.named", "{}")])
        found = head(engine, stream)
        assert found is not None
        assert found["register_version"] == version


def test_moving_a_head_writes_none_of_its_indexes(log: EventLog, engine: Engine) -> None:
    """They are many, and PostgreSQL writes all of a row's anew when one of their columns changes."""
    if engine.dialect.name == "sqlite":
        pytest.skip("cannot apply: SQLite writes only the indexes that change")
    stream = uuid4()
    with engine.connect() as connection, connection.begin():
        for version in (1, 2, 3):
            log.append_within(connection, [row(stream, version, convention_id=CONVENTION, territory_id=TERRITORY)])
        moved = "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'streams'"
        assert tuple(connection.exec_driver_sql(moved).one()) == (2, 2)


def test_an_append_asks_nothing_of_the_table_of_locks_that_all_share(log: EventLog, engine: Engine) -> None:
    """A process locks sixteen relations by itself, indexes included; for each one more, all writers meet."""
    if engine.dialect.name == "sqlite":
        pytest.skip("cannot apply: SQLite locks the file")
    stream, key = uuid4(), {"key": bytes(16), "request_hash": b"", "answer": "{}", "day": date(2026, 6, 1)}
    log.append([row(stream, 1)])
    beside = [(schema.idempotency, key), (schema.vault_keys, {"subject_id": stream, "key": bytes(32)})]
    shared = "SELECT relation::regclass::text FROM pg_locks WHERE locktype = 'relation' AND NOT fastpath AND pid = %s"
    for _ in range(50):  # a table that is being made, be it in another database, sends some of the others there
        with engine.connect() as own, engine.connect() as other:
            log.append_within(own, [row(stream, 2)], beside)
            pid = own.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            if not (found := other.exec_driver_sql(shared, (pid,)).all()):
                break
        time.sleep(0.1)
    assert found == []


def test_a_stream_never_has_a_gap(log: EventLog, engine: Engine) -> None:
    """Nor does who remembers more than a restored store holds make one."""
    stream, unknown = uuid4(), uuid4()
    log.append([row(stream, 1)])
    for rows in ([row(stream, 3)], [row(unknown, 2)], [row(uuid4(), 1), row(stream, 3)], [row(stream, 1)]):
        with pytest.raises(VersionTaken):
            log.append(rows)
    assert versions(log) == [(stream, 1)]
    assert head(engine, unknown) is None


@pytest.mark.parametrize("count", [1, 3])
def test_another_history_of_the_same_length_is_told_apart(log: EventLog, count: int) -> None:
    """A backup was restored, and others have written since: who remembers what was lost may not go on from it."""
    streams, lost, last = [uuid4() for _ in range(count)], uuid4(), uuid4()
    log.append([row(stream, 1, event_id=last) for stream in streams])
    for guards in ([Guard(stream, 1, lost) for stream in streams], [Guard(streams[-1], 1, lost)]):
        with pytest.raises(VersionTaken):
            log.append([row(stream, 2) for stream in streams], guards=guards)
        with pytest.raises(VersionTaken):
            log.append([row(uuid4(), 1)], guards=guards)
    seen = [Guard(stream, 1, last) for stream in streams]
    log.append([row(uuid4(), 1)], guards=seen)
    log.append([row(stream, 2) for stream in streams], guards=seen)


def test_several_streams_go_on_together_or_not_at_all(log: EventLog, engine: Engine) -> None:
    old = [uuid4() for _ in range(3)]
    new = [uuid4() for _ in range(2)]
    log.append([row(stream, 1) for stream in old])
    log.append([*(row(stream, 1) for stream in new), *(row(stream, 2) for stream in old), row(old[0], 3)])
    assert [head(engine, stream)["version"] for stream in (*old, *new)] == [3, 2, 2, 1, 1]  # type: ignore[index]
    with pytest.raises(VersionTaken):
        log.append([row(old[0], 4), row(old[1], 2), row(uuid4(), 1)])
    assert len(versions(log)) == 9


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_relied_on_must_not_have_moved(log: EventLog, count: int) -> None:
    streams = [uuid4() for _ in range(count)]
    log.append([row(stream, 1) for stream in streams])
    seen = [Guard(stream, 1) for stream in streams]
    log.append([row(uuid4(), 1)], guards=seen)
    log.append([row(streams[-1], 2)])
    before = versions(log)
    with pytest.raises(VersionTaken):
        log.append([row(uuid4(), 1)], guards=seen)
    assert versions(log) == before


def test_what_was_not_there_must_not_have_come(log: EventLog) -> None:
    stream, other = uuid4(), uuid4()
    log.append([row(other, 1)])
    log.append([row(uuid4(), 1)], guards=[Guard(stream, 0), Guard(other, 1)])
    log.append([row(stream, 1)])
    with pytest.raises(VersionTaken):
        log.append([row(uuid4(), 1)], guards=[Guard(stream, 0), Guard(other, 1)])


def at_once(*acts: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    return threads


def test_whoever_relies_on_a_stream_waits_for_who_changes_it(log: EventLog, engine: Engine) -> None:
    """And is refused when the change is committed, not when it dies."""
    if engine.dialect.name == "sqlite":
        pytest.skip("cannot apply: SQLite has one writer at a time")
    stream = uuid4()
    log.append([row(stream, 1)])
    told: list[str] = []

    def rely() -> None:
        try:
            log.append([row(uuid4(), 1)], guards=[Guard(stream, 1)])
            told.append("kept")
        except VersionTaken:
            told.append("moved")

    with engine.connect() as slow:
        log.append_within(slow, [row(stream, 2)])
        (waiting,) = at_once(rely)
        waiting.join(timeout=0.3)
        assert told == []
        slow.rollback()
    waiting.join(timeout=60)
    with engine.begin() as slow:
        log.append_within(slow, [row(stream, 2)])
        (waiting,) = at_once(rely)
        waiting.join(timeout=0.3)
        assert told == ["kept"]
    waiting.join(timeout=60)
    assert told == ["kept", "moved"]


def test_two_who_rely_on_each_others_streams_both_end(log: EventLog) -> None:
    """Each changes what the other relies on: at most one is kept, the other decides again."""
    first, second = uuid4(), uuid4()
    log.append([row(first, 1), row(second, 1)])
    for version in range(2, 12):
        start = threading.Barrier(2)
        kept: list[UUID] = []

        def change(
            mine: UUID, other: UUID, version: int = version, start: threading.Barrier = start, kept: list[UUID] = kept
        ) -> None:
            start.wait()
            try:
                log.append([row(mine, version)], guards=[Guard(other, version - 1)])
                kept.append(mine)
            except VersionTaken:
                pass

        for thread in at_once(lambda: change(first, second), lambda: change(second, first)):
            thread.join(timeout=30)
        assert len(kept) <= 1
        log.append([row(one, version) for one in (first, second) if one not in kept])
