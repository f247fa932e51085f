"""The log as rows: appending to it and reading it back, on SQLite and on PostgreSQL.

Statements go to the driver's connection, lent by the engine's pool: on so short a path, the engine's own execution
costs half as much again as the append itself (`benchmarks/append.py`).

Nothing here knows an event's class nor the event store library: `workflows/store.py` gives this the library's shape.

Positions order the log. A save's positions are consecutive and in the order of its events. They may have gaps (a save
that was refused), and on PostgreSQL they are given out before the commit, so a larger one may be visible first: whoever
reads the log in order must stay at or below `safe_position()`, under which nothing can appear any more.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Dialect, Engine, Table

from workflows import schema
from workflows.database import DatabaseUnavailable, means_unavailable

AppendedRow: TypeAlias = tuple[UUID, int, str, str]
"""stream, version, topic, state (JSON)."""

LogRow: TypeAlias = tuple[int, UUID, int, str, bytes]
"""position, stream, version, topic, state (JSON, the very bytes that proofs hash)."""

Beside: TypeAlias = Sequence[tuple[Table, Mapping[str, Any]]]
"""Rows written in the transaction of the events: table and values; every row of a table has the same columns."""

Driver: TypeAlias = psycopg.Connection[tuple[Any, ...]]
"""A connection to PostgreSQL, without SQLAlchemy around it."""

_APPEND_LOCK: Final = 0x4354475F4C4F47  # "CTG_LOG": appends share it, the readers' barrier takes it alone
_SQLITE_INSERT: Final = "INSERT INTO events (stream_id, version, topic, state) VALUES (?, ?, ?, ?)"


class VersionTaken(Exception):
    """Another save has already given a stream one of these versions."""


class IdempotencyKeyTaken(Exception):
    """The command sent under this key is already recorded: its answer is in the table `idempotency`."""


class RowRefused(Exception):
    """The database refuses a row for another reason, which deciding again will not mend: an error of the program."""


class EventLog(ABC):
    """Appending to the log and reading it, in the words of one database."""

    mark: str
    """How the database's driver writes a bound value."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._processors: dict[str, dict[str, Callable[[Any], Any] | None]] = {}

    @abstractmethod
    def append(self, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        """Write events, and the rows beside them, in one transaction of its own; the events' positions.

        Raises VersionTaken, IdempotencyKeyTaken (which wins when both hold), RowRefused or
        `workflows.database.DatabaseUnavailable`; then nothing is written, unless the connection was lost while
        committing.
        """

    @abstractmethod
    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        """`append` within the transaction of `connection`, which must have written nothing before."""

    def select_stream(
        self, stream_id: UUID, *, after: int | None, up_to: int | None, descending: bool, limit: int | None
    ) -> list[tuple[int, str, str]]:
        """(version, topic, state) of a stream's events with after < version <= up_to, in order of version."""
        sql = f"SELECT version, topic, state FROM events WHERE stream_id = {self.mark}"
        values: list[Any] = [self._stored_id(stream_id)]
        if after is not None:
            sql += f" AND version > {self.mark}"
            values.append(after)
        if up_to is not None:
            sql += f" AND version <= {self.mark}"
            values.append(up_to)
        sql += " ORDER BY version DESC" if descending else " ORDER BY version"
        if limit is not None:
            sql += f" LIMIT {self.mark}"
            values.append(limit)
        return self._read(sql, values)

    def read(self, after: int, limit: int, *, up_to: int | None = None, topics: Sequence[str] = ()) -> list[LogRow]:
        """At most `limit` events with after < position <= up_to, in order, none of which can be overtaken later."""
        found: list[LogRow] = []
        while len(found) < limit and (up_to is None or after < up_to):
            ceiling = self._ceiling(after)
            if ceiling <= after:
                break
            if up_to is not None:
                ceiling = min(ceiling, up_to)
            found += self._read_between(after, ceiling, topics, limit - len(found))
            after = ceiling  # a batch cut short by an older ceiling goes on, so that a short batch means the end
        return found

    def _read_between(self, after: int, up_to: int, topics: Sequence[str], limit: int) -> list[LogRow]:
        mark = self.mark
        sql = f"SELECT position, stream_id, version, topic, state FROM events WHERE position > {mark}"
        sql += f" AND position <= {mark}"
        if topics:
            sql += f" AND topic IN ({', '.join([mark] * len(topics))})"
        sql += f" ORDER BY position LIMIT {mark}"
        known = self._known_id
        return [
            (position, known(stream), version, topic, state.encode())
            for position, stream, version, topic, state in self._read(sql, [after, up_to, *topics, limit])
        ]

    def last_position(self) -> int | None:
        """The largest position that can be seen now, None for an empty log. Not safe to read up to: `safe_position`."""
        ((position,),) = self._read("SELECT max(position) FROM events", [])
        return None if position is None else int(position)

    @abstractmethod
    def safe_position(self) -> int:
        """A position under which every event is visible now or never will be; 0 for an empty log."""

    @abstractmethod
    def _ceiling(self, after: int) -> int:
        """The position a reader that is at `after` may read up to."""

    @abstractmethod
    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """The rows of a query, on a connection of its own."""

    @abstractmethod
    def _stored_id(self, stream_id: UUID) -> Any:
        """A stream id as the driver wants it."""

    @abstractmethod
    def _known_id(self, stored: Any) -> UUID:
        """A stream id from what the driver gave."""

    def _bound(self, table: Table, columns: Iterable[str], values: Mapping[str, Any]) -> list[Any]:
        """The values of these columns as the driver wants them. Raises KeyError when one is missing."""
        known = self._processors.setdefault(table.name, {})
        bound = []
        for name in columns:
            if name not in known:
                kind = table.c[name].type.dialect_impl(self.engine.dialect)
                known[name] = kind.bind_processor(self.engine.dialect)
            process = known[name]
            bound.append(values[name] if process is None else process(values[name]))
        return bound


class SqliteLog(EventLog):
    """One writer at a time: positions are given out in the order of the commits."""

    mark = "?"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._inserts: dict[tuple[str, ...], str] = {}

    def safe_position(self) -> int:
        return self.last_position() or 0

    def _ceiling(self, after: int) -> int:
        return 2**63 - 1

    def append(self, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        with self._lent() as driver:
            driver.execute("BEGIN IMMEDIATE")
            positions = self._append(driver, rows, beside)
            driver.execute("COMMIT")
            return positions

    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        return self._append(connection.connection.driver_connection, rows, beside)

    def _append(self, driver: Any, rows: Sequence[AppendedRow], beside: Beside) -> list[int]:
        positions = []
        try:
            for table, values in beside:
                driver.execute(self._insert_beside(table, values), self._bound(table, values, values))
            for stream_id, version, topic, state in rows:
                positions.append(driver.execute(_SQLITE_INSERT, (stream_id.hex, version, topic, state)).lastrowid)
        except sqlite.IntegrityError as error:
            # SQLite names the columns of the key, each with its table, after the sentence
            sentence, _, columns = str(error).rpartition(": ")
            table_name = columns.partition(".")[0] if sentence == "UNIQUE constraint failed" else None
            raise _refusal(table_name, str(error)) from error
        return positions

    @contextmanager
    def _lent(self) -> Iterator[Any]:
        """A connection of the pool, on which an open transaction is rolled back when it is given back."""
        lent = self.engine.raw_connection()
        try:
            yield lent.driver_connection
        except sqlite.Error as error:
            if means_unavailable(error):
                raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
            raise
        finally:
            lent.close()

    def _insert_beside(self, table: Table, values: Mapping[str, Any]) -> str:
        shape = (table.name, *values)
        if shape not in self._inserts:
            marks = ", ".join("?" * len(values))
            self._inserts[shape] = f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({marks})"
        return self._inserts[shape]

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._lent() as driver:
            rows: list[Any] = driver.execute(sql, values).fetchall()
            return rows

    def _stored_id(self, stream_id: UUID) -> str:
        return stream_id.hex

    def _known_id(self, stored: str) -> UUID:
        return UUID(hex=stored)


class PostgresLog(EventLog):
    """Writers in parallel, one statement and one round trip per append, and a barrier for the readers.

    Appends of one event hold an advisory lock together; a reader takes it alone for a moment, so that whatever had a
    position when it asked is committed or dead when it gets the lock. A save of several events takes it alone too: its
    positions are then consecutive. No table is locked and nothing is notified: both would serialise the commits.
    """

    mark = "%s"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._statements: dict[tuple[_Insert, ...], bytes] = {}
        self._known_safe = 0
        self._barrier = threading.Lock()

    def safe_position(self) -> int:
        """Pass the barrier.

        The maximum is of the moment before the lock, which is what makes it safe: those who then had a smaller
        position were holding the lock, and have let it go.
        """
        with self._barrier:  # the readers of one process ask one after the other
            ((position, _),) = self._read(
                "SELECT (SELECT max(position) FROM events), pg_advisory_xact_lock(%s) IS NULL", [_APPEND_LOCK]
            )
            self._known_safe = max(self._known_safe, position or 0)
        return self._known_safe

    def _ceiling(self, after: int) -> int:
        if after < self._known_safe:
            return self._known_safe
        last = self.last_position()
        # Asking first whether there is anything new keeps an idle reader from disturbing the writers.
        return after if last is None or last <= after else self.safe_position()

    def append(self, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        with self._autocommit() as driver:
            return self._append(driver, rows, beside)

    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        return self._append(driver, rows, beside)

    def _append(self, driver: Driver, rows: Sequence[AppendedRow], beside: Beside) -> list[int]:
        inserts: list[_Insert] = []
        bound: list[Any] = [_APPEND_LOCK]
        for table, group in _by_table(beside).items():
            columns = tuple(group[0])
            inserts.append(_Insert(table, columns, several=len(group) > 1))
            bound += _arguments([self._bound(table, columns, values) for values in group])
        if rows:
            inserts.append(_Insert(schema.events, ("stream_id", "version", "topic", "state"), several=len(rows) > 1))
            bound += _arguments(rows)
        elif not inserts:
            return []
        shape = tuple(inserts)
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = _append_statement(shape, self.engine.dialect).encode()
        try:
            return [position for (position,) in driver.execute(statement, bound).fetchall()]
        except psycopg.errors.UniqueViolation as error:
            raise _refusal(error.diag.table_name, str(error)) from error
        except psycopg.IntegrityError as error:
            raise _refusal(None, str(error)) from error
        except psycopg.OperationalError as error:
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._autocommit() as driver:
            return driver.execute(sql.encode(), values).fetchall()

    @contextmanager
    def _autocommit(self) -> Iterator[Driver]:
        """A connection of the pool on which each statement is its own transaction, in one round trip."""
        lent = self.engine.raw_connection()
        driver = lent.driver_connection
        assert isinstance(driver, psycopg.Connection)
        try:
            driver.autocommit = True
            yield driver
        except psycopg.OperationalError as error:
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
        finally:
            if driver.closed:
                lent.invalidate()
                self.engine.dispose()  # the others of the pool were lost with it
            else:
                driver.autocommit = False
                lent.close()

    def _stored_id(self, stream_id: UUID) -> UUID:
        return stream_id

    def _known_id(self, stored: UUID) -> UUID:
        return stored


def _refusal(table_of_taken_key: str | None, message: str) -> Exception:
    """What the refusal of a row means."""
    if table_of_taken_key == schema.idempotency.name:
        return IdempotencyKeyTaken(message)
    return VersionTaken(message) if table_of_taken_key == schema.events.name else RowRefused(message)


class _Insert(NamedTuple):
    """Rows to insert, by their shape: arguments are bound one by one for a row, as an array by column for several."""

    table: Table
    columns: tuple[str, ...]
    several: bool


def _by_table(beside: Beside) -> dict[Table, list[Mapping[str, Any]]]:
    tables: dict[Table, list[Mapping[str, Any]]] = {}
    for table, values in beside:
        tables.setdefault(table, []).append(values)
    return tables


def _arguments(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """What is bound for an `_Insert`: arrays cost five times as much as values, so one row goes without."""
    return rows[0] if len(rows) == 1 else [list(column) for column in zip(*rows, strict=True)]


def _append_statement(inserts: Sequence[_Insert], dialect: Dialect) -> str:
    """The one statement of an append; each part waits for those before it, the events come last.

    The lock must come first: whoever waits for a key that another append holds must not keep that one from the lock.
    """
    alone = inserts[-1].table is schema.events and inserts[-1].several
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    parts = [f"held AS MATERIALIZED (SELECT {lock}(%s) IS NOT NULL AS lock)"]
    conditions = ["held.lock"]
    for table, columns, several in inserts:
        types = [table.c[name].type.compile(dialect) for name in columns]
        if several:
            chosen = ", ".join(f"v.{name}" for name in columns)
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            source = f", unnest({arrays}) WITH ORDINALITY AS v({', '.join(columns)}, place)"
            order = " ORDER BY v.place"
        else:
            chosen, source, order = ", ".join(f"%s::{kind}" for kind in types), "", ""
        answer = "position" if table is schema.events else "1"
        parts.append(
            f"into_{table.name} AS (INSERT INTO {table.name} ({', '.join(columns)}) SELECT {chosen} FROM held{source} "
            f"WHERE {' AND '.join(conditions)}{order} RETURNING {answer})"
        )
        conditions.append(f"(SELECT count(*) FROM into_{table.name}) >= 0")
    positions = "position FROM into_events" if inserts[-1].table is schema.events else "0 WHERE false"
    return f"WITH {', '.join(parts)} SELECT {positions}"
