"""The log as rows: appending to it and reading it back, on SQLite and on PostgreSQL.

Nothing here knows an event's class nor the event store library: `workflows/store.py` gives this the library's shape.

Positions order the log. A save's positions are consecutive and in the order of its events. They may have gaps (a save
that was refused), and on PostgreSQL they are given out before the commit, so a larger one may be visible first: whoever
reads the log in order must stay at or below `safe_position()`, under which nothing can appear any more.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias
from uuid import UUID

import psycopg
import sqlalchemy.exc
from sqlalchemy import Connection, Dialect, Engine, Table

from workflows import schema

AppendedRow: TypeAlias = tuple[UUID, int, str, str]
"""stream, version, topic, state (JSON)."""

LogRow: TypeAlias = tuple[int, UUID, int, str, bytes]
"""position, stream, version, topic, state (JSON, the very bytes that proofs hash)."""

Beside: TypeAlias = Sequence[tuple[Table, Mapping[str, Any]]]
"""Rows written in the transaction of the events: table and values; every row of a table has the same columns."""

_APPEND_LOCK: Final = 0x4354475F4C4F47  # "CTG_LOG": appends share it, the readers' barrier takes it alone


class VersionTaken(Exception):
    """Another save has already given a stream one of these versions."""


class IdempotencyKeyTaken(Exception):
    """The command sent under this key is already recorded: its answer is in the table `idempotency`."""


class EventLog(ABC):
    """Appending to the log and reading it, in the words of one database."""

    mark: str
    """How the database's driver writes a bound value."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._processors: dict[str, dict[str, Callable[[Any], Any] | None]] = {}

    def append(self, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        """Write events, and the rows beside them, in one transaction of its own; the events' positions.

        Raises VersionTaken, IdempotencyKeyTaken (which wins when both hold) or
        `workflows.database.DatabaseUnavailable`; then nothing is
        written, unless the connection was lost while committing.
        """
        with self._appending() as connection:
            return self.append_within(connection, rows, beside)

    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        """`append` within the transaction of `connection`, which must write nothing else before."""
        try:
            return self._append(connection, rows, beside)
        except sqlalchemy.exc.IntegrityError as error:
            taken = self._table_of_taken_key(error)
            if taken == schema.idempotency.name:
                raise IdempotencyKeyTaken(str(error.orig)) from error
            if taken == schema.events.name:
                raise VersionTaken(str(error.orig)) from error
            raise

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
    def _appending(self) -> Any:
        """A context manager giving the connection to append on, and committing."""

    @abstractmethod
    def _append(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside) -> list[int]:
        """Execute the append."""

    @abstractmethod
    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """The rows of a query, on a connection of its own."""

    @abstractmethod
    def _stored_id(self, stream_id: UUID) -> Any:
        """A stream id as the driver wants it."""

    @abstractmethod
    def _known_id(self, stored: Any) -> UUID:
        """A stream id from what the driver gave."""

    @staticmethod
    @abstractmethod
    def _table_of_taken_key(error: sqlalchemy.exc.IntegrityError) -> str | None:
        """The table whose unique key was taken, None when the error is about something else."""

    def _bound(self, table: Table, values: Mapping[str, Any]) -> list[Any]:
        """The values as the driver wants them."""
        known = self._processors.setdefault(table.name, {})
        bound = []
        for name, value in values.items():
            if name not in known:
                kind = table.c[name].type.dialect_impl(self.engine.dialect)
                known[name] = kind.bind_processor(self.engine.dialect)
            process = known[name]
            bound.append(value if process is None else process(value))
        return bound


class SqliteLog(EventLog):
    """One writer at a time: positions are given out in the order of the commits."""

    mark = "?"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._inserts: dict[tuple[str, ...], str] = {}

    def safe_position(self) -> int:
        return self.last_position() or 0

    def _ceiling(self, after: int) -> int:  # noqa: ARG002 - what can be seen is complete, wherever the reader is
        return 2**63 - 1

    def _appending(self) -> Any:
        return self.engine.begin()

    def _append(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside) -> list[int]:
        for table, values in beside:
            connection.exec_driver_sql(self._insert_beside(table, values), tuple(self._bound(table, values)))
        if not rows:
            return []
        result = connection.exec_driver_sql(
            "INSERT INTO events (stream_id, version, topic, state) VALUES (?, ?, ?, ?)",
            [(stream_id.hex, version, topic, state) for stream_id, version, topic, state in rows]
            if len(rows) > 1
            else (rows[0][0].hex, *rows[0][1:]),
        )
        if len(rows) == 1:
            return [int(result.lastrowid)]
        last = int(connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one())
        return list(range(last - len(rows) + 1, last + 1))

    def _insert_beside(self, table: Table, values: Mapping[str, Any]) -> str:
        shape = (table.name, *values)
        if shape not in self._inserts:
            marks = ", ".join("?" * len(values))
            self._inserts[shape] = f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({marks})"
        return self._inserts[shape]

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.exec_driver_sql(sql, tuple(values)))

    def _stored_id(self, stream_id: UUID) -> str:
        return stream_id.hex

    def _known_id(self, stored: str) -> UUID:
        return UUID(hex=stored)

    @staticmethod
    def _table_of_taken_key(error: sqlalchemy.exc.IntegrityError) -> str | None:
        # SQLite names the columns of the key, each with its table, after the sentence
        sentence, _, columns = str(error.orig).rpartition(": ")
        return columns.partition(".")[0] if sentence == "UNIQUE constraint failed" else None


class PostgresLog(EventLog):
    """Writers in parallel, one statement and one round trip per append, and a barrier for the readers.

    Appends of one event hold an advisory lock together; a reader takes it alone for a moment, so that whatever had a
    position when it asked is committed or dead when it gets the lock. A save of several events takes it alone too: its
    positions are then consecutive. No table is locked and nothing is notified: both would serialise the commits.
    """

    mark = "%s"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._statements: dict[tuple[Any, ...], str] = {}
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

    def _appending(self) -> Any:
        return self._autocommit.connect()

    def _append(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside) -> list[int]:
        tables: dict[Table, list[Mapping[str, Any]]] = {}
        for table, values in beside:
            tables.setdefault(table, []).append(values)
        bound: list[Any] = [_APPEND_LOCK]
        for table, inserted in tables.items():
            bound += _columns([self._bound(table, values) for values in inserted])
        if rows:
            bound += _columns(rows)
        elif not tables:
            return []
        shape = (min(len(rows), 2), *((table.name, *inserted[0]) for table, inserted in tables.items()))
        statement = self._statements.get(shape)
        if statement is None:
            names = {table: tuple(inserted[0]) for table, inserted in tables.items()}
            statement = self._statements[shape] = _append_statement(len(rows), names, connection.dialect)
        return [position for (position,) in connection.exec_driver_sql(statement, tuple(bound))]

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._autocommit.connect() as connection:
            return list(connection.exec_driver_sql(sql, tuple(values)))

    def _stored_id(self, stream_id: UUID) -> UUID:
        return stream_id

    def _known_id(self, stored: UUID) -> UUID:
        return stored

    @staticmethod
    def _table_of_taken_key(error: sqlalchemy.exc.IntegrityError) -> str | None:
        return error.orig.diag.table_name if isinstance(error.orig, psycopg.errors.UniqueViolation) else None


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The same values, an array for each column."""
    return [list(column) for column in zip(*rows, strict=True)]


def _append_statement(events: int, beside: Mapping[Table, Sequence[str]], dialect: Dialect) -> str:
    """The one statement of an append; each part waits for the one before it.

    The lock must come first: whoever waits for a key that another append holds must not keep that one from the lock.
    """
    lock = "pg_advisory_xact_lock" if events > 1 else "pg_advisory_xact_lock_shared"
    parts = [f"held AS MATERIALIZED (SELECT {lock}(%s) IS NOT NULL AS lock)"]
    conditions = ["held.lock"]
    for table, names in beside.items():
        arrays = ", ".join(f"%s::{table.c[name].type.compile(dialect)}[]" for name in names)
        listed = ", ".join(names)
        parts.append(
            f"beside_{table.name} AS (INSERT INTO {table.name} ({listed}) "
            f"SELECT {', '.join(f'v.{name}' for name in names)} FROM held, unnest({arrays}) AS v({listed}) "
            "WHERE held.lock RETURNING 1)"
        )
        conditions.append(f"(SELECT count(*) FROM beside_{table.name}) >= 0")
    if not events:
        return f"WITH {', '.join(parts)} SELECT 0 WHERE false"
    parts.append(
        "appended AS (INSERT INTO events (stream_id, version, topic, state) "
        "SELECT v.stream_id, v.version, v.topic, v.state "
        "FROM held, unnest(%s::uuid[], %s::int[], %s::text[], %s::text[]) "
        "WITH ORDINALITY AS v(stream_id, version, topic, state, place) "
        f"WHERE {' AND '.join(conditions)} ORDER BY v.place RETURNING position)"
    )
    return f"WITH {', '.join(parts)} SELECT position FROM appended"
