"""The database, opened with the guarantees the log needs.

Everyone else gets an `Engine` from here. On both databases `engine.begin()` is for what writes and `engine.connect()`
for what only reads; on SQLite the first takes the write lock at once, so that a decision is never made on rows that
another process is changing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
import pysqlite3.dbapi2 as sqlite
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Dialect, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from workflows.pools import LOCK_WAIT_SECONDS, Pool, WritingApart
from workflows.unavailable import DatabaseUnavailable, as_unavailable, means_unavailable

__all__ = [
    "LOCK_WAIT_SECONDS",
    "DatabaseUnavailable",
    "UnsafeDatabase",
    "create_database_engine",
    "inserting",
    "means_unavailable",
    "refuse_unsafe_sqlite",
    "waiting",
    "write_ahead",
    "writing_at_once",
]

IDLE_SECONDS: Final = 30
"""How long PostgreSQL leaves a transaction open in which nothing is asked: whoever opened it stands still or is gone,
and others wait for what it holds."""

ANSWER_SECONDS: Final = 30.0
"""How long PostgreSQL may say nothing at all before its connection counts as lost. Longer than a wait for a lock."""

LONG_SECONDS: Final = 6 * 3600.0
"""The same for what reads or changes the whole log: nobody waits for a page meanwhile."""

# A host that is gone says nothing either: the system looks after that, and after 20 s gives the connection up.
_TO_POSTGRES: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}

_AT_ONCE_MILLISECONDS: Final = 100
"""How long what is not worth waiting for waits on PostgreSQL for a row that another writes."""

_CACHE_KIBIBYTES: Final = 16_384
"""What a connection to SQLite keeps of the file: the pages where keys of chance go are not read again each time."""


class UnsafeDatabase(Exception):
    """The database engine, of this `version`, has a known defect that can corrupt the log."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"SQLite {version} can corrupt a database in WAL mode: "
            "3.51.3 or later is needed (or 3.50.7, 3.44.6 and later of their branches)"
        )
        self.version = version


class _AnsweringConnection(psycopg.Connection[Any]):
    """A connection that is lost when the server says nothing for `answer_within` seconds.

    A frozen server keeps its connections open, acknowledges what it is sent and never answers: neither TCP nor a time
    limit that the server keeps itself ends such a wait.
    """

    answer_within = ANSWER_SECONDS

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """See psycopg; the connection is closed when the time is over."""
        try:
            return super().wait(gen, interval, self.answer_within if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:  # the answer has not come
                self.close()
            raise


@contextmanager
def writing_at_once(engine: Engine) -> Iterator[Connection]:
    """A transaction for what is not worth waiting for: raises DatabaseUnavailable when SQLite is being written.

    On PostgreSQL writers do not exclude each other, except from the rows that both write.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_AT_ONCE_MILLISECONDS}ms'")
            yield connection
        return
    with engine.connect() as connection, waiting(connection, 0), connection.execution_options(writing=True).begin():
        yield connection


@contextmanager
def waiting(connection: Connection, seconds: int) -> Iterator[Any]:
    """The driver's connection to SQLite, whose statements wait so long for another process."""
    driver: Any = connection.connection.dbapi_connection
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout = {seconds * 1000}")
    try:
        yield driver
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}")


def inserting(bind: Engine | Connection, table: Table) -> postgresql.Insert | sqlite_dialect.Insert:
    """An INSERT that may say what is done where the row is there already: each database has a class of its own."""
    return inserting_into(bind.dialect.name, table)


def inserting_into(database: str, table: Table) -> postgresql.Insert | sqlite_dialect.Insert:
    """The same for a kind of database."""
    return postgresql.insert(table) if database == "postgresql" else sqlite_dialect.insert(table)


def create_database_engine(url: str, *, reading_only: bool = False, answer_within: float = ANSWER_SECONDS) -> Engine:
    """The engine for `sqlite:///path` or `postgresql://…`; `sqlite://` alone is a throw-away database in memory.

    With `reading_only` a SQLite file is left as it is, and may be one that this process is not allowed to write.
    A statement to which PostgreSQL has answered nothing after `answer_within` seconds raises DatabaseUnavailable.

    Raises UnsafeDatabase when SQLite has the defect of its write-ahead log, ValueError for another kind of database.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        refuse_unsafe_sqlite(sqlite.sqlite_version_info)
        in_memory = parsed.database in (None, "", ":memory:")
        if reading_only and not in_memory:
            parsed = _for_reading(parsed)
        engine = _open_sqlite(parsed, in_memory=in_memory, reading_only=reading_only)
    elif backend == "postgresql":
        made = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            poolclass=Pool,
            pool_size=5,
            max_overflow=5,
            pool_timeout=LOCK_WAIT_SECONDS,
            skip_autocommit_rollback=True,
            hide_parameters=True,  # an error repeats no value: a log or a traceback would keep it
            isolation_level="READ COMMITTED",  # the readers' barrier sees a stale snapshot under anything stricter
            connect_args=_TO_POSTGRES,
        )

        def connect(_dialect: Dialect, _entry: ConnectionPoolEntry, positional: Any, named: Any) -> Any:
            connection = _AnsweringConnection.connect(*positional, **named)
            connection.answer_within = answer_within
            try:
                _prepare_postgres(connection)
            except BaseException:
                connection.close()  # nobody else has it yet: left open it would be until memory is tidied up
                raise
            return connection

        engine = WritingApart(made)
        event.listen(engine, "do_connect", connect)
    else:
        raise ValueError(f"the database must be sqlite:///path or postgresql://…, not {backend}")
    event.listen(engine, "handle_error", as_unavailable)
    return engine


def refuse_unsafe_sqlite(version: tuple[int, int, int]) -> None:
    """Raise UnsafeDatabase for a SQLite whose write-ahead log can be corrupted by two connections.

    The defect is in 3.7.0 to 3.51.2; 3.44.6 and 3.50.7 carry the repair too.
    """
    repaired_branch = (version[:2] == (3, 50) and version >= (3, 50, 7)) or (
        version[:2] == (3, 44) and version >= (3, 44, 6)
    )
    if version < (3, 51, 3) and not repaired_branch:
        raise UnsafeDatabase(".".join(map(str, version)))


def _for_reading(url: URL) -> URL:
    """The address of a SQLite file, opened without the right to change it."""
    path = Path(str(url.database))
    query = {"uri": "true", "mode": "ro"}
    if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        query["immutable"] = "1"  # SQLite could not make the files with which readers and writers of a log agree
    return url.set(database=f"file:{quote(str(path))}", query=query)


def _open_sqlite(url: URL, *, in_memory: bool, reading_only: bool) -> Engine:
    pool: dict[str, Any] = (
        {"poolclass": StaticPool}
        if in_memory
        else {"poolclass": Pool, "pool_size": 5, "max_overflow": 5, "pool_timeout": LOCK_WAIT_SECONDS}
    )
    made = create_engine(
        url,
        module=sqlite,
        connect_args={"timeout": LOCK_WAIT_SECONDS, "cached_statements": 256, "check_same_thread": False},
        **pool,
    )
    engine = WritingApart(made)
    event.listen(engine, "connect", _prepare_reader if reading_only else _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_reader(connection: sqlite.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own: `_begin_sqlite` does
    connection.execute("PRAGMA synchronous=FULL")  # an acknowledged fact survives a power cut: never lower


def _prepare_sqlite(connection: sqlite.Connection, entry: ConnectionPoolEntry) -> None:
    _prepare_reader(connection, entry)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if pages == 0:
        write_ahead(connection)  # nobody's file yet; another's is changed by `migrate` only
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
    # Rows move between pages when others come: without this, copies of destroyed keys would stay where they were.
    connection.execute("PRAGMA secure_delete=ON")


def write_ahead(connection: sqlite.Connection) -> None:
    """Have readers and the writer not wait for each other; the file remembers it."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode not in ("wal", "memory"):
        connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    if writing:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN")  # takes no lock, and waits for nobody: there is no error to tell


def _prepare_postgres(connection: psycopg.Connection[Any]) -> None:
    autocommit = connection.autocommit
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{LOCK_WAIT_SECONDS}s'")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
    connection.autocommit = autocommit
