"""Opening and migrating the database: safe versions only, once, by any number of processes, never backwards."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pysqlite3.dbapi2 as sqlite
import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from workflows import schema
from workflows.database import (
    DatabaseUnavailable,
    UnsafeDatabase,
    create_database_engine,
    refuse_unsafe_sqlite,
    waiting,
)
from workflows.log import AppendedRow
from workflows.migrating import NewerStore, NotMigrated, is_migrated, migrate, require_migrated
from workflows.store import SqlAlchemyApplicationRecorder

ROOT = Path(__file__).parents[2]
MIGRATE = (
    "import sys; from workflows.database import *; from workflows.migrating import migrate; "
    "migrate(create_database_engine(sys.argv[1]))"
)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_a_sqlite_that_can_corrupt_the_log_is_refused(version: tuple[int, int, int]) -> None:
    with pytest.raises(UnsafeDatabase, match=r"SQLite 3\.\d+\.\d+ can corrupt"):
        refuse_unsafe_sqlite(version)


@pytest.mark.parametrize("version", [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_repaired_sqlite_is_accepted(version: tuple[int, int, int]) -> None:
    refuse_unsafe_sqlite(version)


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="not mysql"):
        create_database_engine("mysql://somewhere/else")


def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str) -> None:
    engine = create_database_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("SELECT sqlite_version()").scalar() == sqlite.sqlite_version
    engine.dispose()


def test_the_tables_are_those_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_an_unmigrated_store_says_what_to_do(empty_engine: Engine) -> None:
    assert not is_migrated(empty_engine)
    with pytest.raises(NotMigrated, match="ctg migrate"):
        require_migrated(empty_engine)
    migrate(empty_engine)
    require_migrated(empty_engine)


def test_a_newer_store_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (migrate, require_migrated, is_migrated):
        with pytest.raises(NewerStore, match="9999"):
            act(engine)


@pytest.mark.slow
def test_eight_processes_may_migrate_at_once(empty_url: str) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", MIGRATE, empty_url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    complaints = [process.communicate(timeout=250)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 8, complaints
    engine = create_database_engine(empty_url)
    assert is_migrated(engine)
    engine.dispose()


def test_a_locked_sqlite_is_unavailable(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("cannot apply: nothing locks a whole PostgreSQL database")
    other = sqlite.connect(engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 0  # readers go on
    with (
        pytest.raises(DatabaseUnavailable),
        engine.connect() as connection,
        waiting(connection, 0),
        connection.execution_options(writing=True).begin(),
    ):
        pytest.fail("two writers at once")
    other.close()
    with engine.begin() as connection:
        connection.execute(schema.instance.insert().values(name="a", value="b"))


def test_a_missing_directory_is_unavailable(tmp_path: Path) -> None:
    engine = create_database_engine(f"sqlite:///{tmp_path / 'nowhere' / 'store.db'}")
    with pytest.raises(DatabaseUnavailable), engine.connect():
        pytest.fail("there is no such directory")


@pytest.mark.postgres
def test_a_lost_postgres_is_unavailable_and_comes_back(migrated_postgres_url: str) -> None:
    engine = create_database_engine(migrated_postgres_url)
    killer = create_database_engine(migrated_postgres_url)
    with engine.connect() as connection:
        process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with killer.connect() as other:
            other.exec_driver_sql("SELECT pg_terminate_backend(%s, 5000)", (process,))
        with pytest.raises(DatabaseUnavailable):
            connection.exec_driver_sql("SELECT 1")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
    killer.dispose()


def as_soon_as_it_answers(ask: Callable[[], int]) -> int:
    """What it answers, on a machine that is busy for longer than anybody should wait too."""
    while True:
        with suppress(DatabaseUnavailable):
            return ask()


@pytest.mark.postgres
def test_a_postgres_that_says_nothing_is_unavailable_and_comes_back(migrated_postgres_url: str) -> None:
    """As one that is frozen: here it sleeps, and waits for a lock, for longer than anybody should wait for it."""
    engine = create_database_engine(migrated_postgres_url, answer_within=0.3)
    recorder = SqlAlchemyApplicationRecorder(engine)
    with pytest.raises(DatabaseUnavailable), engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(60)")
    other = create_database_engine(migrated_postgres_url)
    with other.begin() as connection:
        recorder.log.append_within(connection, [AppendedRow(uuid4(), 1, "ctg.test.happened", "{}")])
        with pytest.raises(DatabaseUnavailable):
            recorder.safe_position()
    other.dispose()
    assert as_soon_as_it_answers(recorder.safe_position) == 1
    engine.dispose()


@pytest.mark.postgres
def test_an_unreachable_postgres_is_unavailable(tmp_path: Path) -> None:
    engine = create_database_engine(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(DatabaseUnavailable), engine.connect():
        pytest.fail("there is no server there")


def test_a_wrong_statement_is_not_called_unavailability(engine: Engine) -> None:
    with pytest.raises(sqlalchemy.exc.DBAPIError, match="nowhere"), engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")


def test_what_is_read_before_writing_cannot_change_meanwhile(sqlite_url: str) -> None:
    """`begin` takes the write lock before the first read, so that two counters cannot both read 0."""
    engine = create_database_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
        other = sqlite.connect(engine.url.database, isolation_level=None, timeout=0)
        with pytest.raises(sqlite.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    engine.dispose()
