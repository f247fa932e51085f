"""The log on SQLite: one writer at a time, so that positions are given out in the order of the commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final
from uuid import UUID

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, Table

from workflows.database import DatabaseUnavailable, means_unavailable
from workflows.log.base import EventLog
from workflows.log.lending import Lending
from workflows.log.rows import AppendedRow, Beside, Guard, KeptState, LogRow, VersionTaken, heads_of, refusal
from workflows.schema import TOUCHED

_EVENT: Final = (
    "INSERT INTO events (stream_id, version, topic, state, convention_id, territory_id, framework_id, occurred_on,"
    " actor_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NEW_HEAD: Final = (
    "INSERT INTO streams (stream_id, kind, version, last_event_id, convention_id, territory_id, framework_id,"
    f" fold_from, register_version, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {TOUCHED})"
)
_HEAD: Final = (
    "UPDATE streams SET version = ?, last_event_id = ?, fold_from = max(?, fold_from), register_version = ?"
    " WHERE stream_id = ? AND version = ? AND last_event_id IS coalesce(?, last_event_id)"
    " RETURNING touched, convention_id, territory_id, framework_id"
)
# Where a stream belongs may change, and is never forgotten. Apart, and only where something differs: SQLite writes the
# indexes of a column anew that is set, be it to what it was, which would be four pages more in most commits.
_ABOUT: Final = (
    f"UPDATE streams SET touched = {TOUCHED}, convention_id = coalesce(?, convention_id),"
    " territory_id = coalesce(?, territory_id), framework_id = coalesce(?, framework_id) WHERE stream_id = ?"
)
_STATE: Final = (
    "INSERT INTO states (stream_id, fold, version, last_event_id, state) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (stream_id, fold) DO UPDATE SET version = excluded.version, last_event_id = excluded.last_event_id,"
    " state = excluded.state WHERE states.version < excluded.version"
)
_SEEN: Final = "SELECT version, last_event_id FROM streams WHERE stream_id = ?"


class SqliteLog(EventLog):
    """The log in a SQLite file."""

    mark = "?"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._inserts: dict[tuple[str, ...], str] = {}
        self._processors: dict[tuple[str, ...], list[tuple[str, Callable[[Any], Any] | None]]] = {}
        self._readers = Lending(engine, lambda driver: driver, _is_clean)
        self._writers = Lending(engine, lambda driver: driver, _is_clean)

    def safe_position(self) -> int:
        return self.last_position() or 0

    def _ceiling(self, after: int) -> int:
        return 2**63 - 1

    def append(
        self,
        rows: Sequence[AppendedRow],
        beside: Beside = (),
        guards: Sequence[Guard] = (),
        states: Sequence[KeptState] = (),
        *,
        consecutive: bool = False,
    ) -> list[int]:
        with self._lent(self._writers) as driver:
            cursor = driver.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            positions = self._append(cursor, rows, beside, guards)
            for state in states:
                cursor.execute(_STATE, _state(state))
            cursor.execute("COMMIT")
        self.stirred.set()
        return positions

    def keep(self, state: KeptState) -> None:
        with self._lent(self._readers) as driver:  # it waits for nobody
            (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
            driver.execute("PRAGMA busy_timeout = 0")
            try:
                driver.execute(_STATE, _state(state))
            finally:
                driver.execute(f"PRAGMA busy_timeout = {patience}")

    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        driver: Any = connection.connection.driver_connection
        return self._append(driver.cursor(), rows, beside, ())

    def _append(self, cursor: Any, rows: Sequence[AppendedRow], beside: Beside, guards: Sequence[Guard]) -> list[int]:
        positions = []
        try:
            for table, values in beside:
                cursor.execute(self._insert_beside(table, values), self._bound(table, values, values))
            heads, relied = heads_of(rows, guards)
            for guard in relied:
                version, last = cursor.execute(_SEEN, (guard.stream_id.hex,)).fetchone() or (0, None)
                if version != guard.version or (guard.last_event_id is not None and guard.last_event_id.hex != last):
                    raise VersionTaken(f"{guard.stream_id} is no longer at version {guard.version}")
            for head in heads:
                places = (_hex(head.convention_id), _hex(head.territory_id), _hex(head.framework_id))
                stream, last = head.stream_id.hex, _hex(head.last_event_id)
                if head.before is None:
                    cursor.execute(_NEW_HEAD, (stream, head.kind, head.version, last, *places, *head[-2:]))
                else:
                    expected = (stream, head.before, _hex(head.after))
                    moved = cursor.execute(_HEAD, (head.version, last, *head[-2:], *expected)).fetchall()
                    if not moved:
                        raise VersionTaken(f"{head.stream_id} is not at version {head.before}")
                    (about,) = moved
                    if about != (TOUCHED, *places):
                        cursor.execute(_ABOUT, (*places, stream))
            for row in rows:
                positions.append(cursor.execute(_EVENT, _event(row)).lastrowid)
        except sqlite.IntegrityError as error:
            # SQLite names the columns of the key, each with its table, after the sentence
            sentence, _, columns = str(error).rpartition(": ")
            table_name = columns.partition(".")[0] if sentence == "UNIQUE constraint failed" else None
            raise refusal(table_name, str(error)) from error
        return positions

    @contextmanager
    def _lent(self, lending: Lending) -> Iterator[Any]:
        """A connection, on which an open transaction is rolled back when it is given back."""
        try:
            with lending.lent() as driver:
                yield driver
        except sqlite.Error as error:
            if means_unavailable(error):
                raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
            raise

    def _insert_beside(self, table: Table, values: Mapping[str, Any]) -> str:
        shape = (table.name, *values)
        if shape not in self._inserts:
            marks = ", ".join("?" * len(values))
            self._inserts[shape] = f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({marks})"
        return self._inserts[shape]

    def _bound(self, table: Table, columns: Iterable[str], values: Mapping[str, Any]) -> list[Any]:
        """The values of these columns as the driver wants them. Raises KeyError when one is missing."""
        shape = (table.name, *columns)
        known = self._processors.get(shape)
        if known is None:
            dialect = self.engine.dialect
            kinds = ((name, table.c[name].type.dialect_impl(dialect)) for name in shape[1:])
            known = self._processors[shape] = [(name, kind.bind_processor(dialect)) for name, kind in kinds]
        return [values[name] if process is None else process(values[name]) for name, process in known]

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._lent(self._readers) as driver:
            rows: list[Any] = driver.execute(sql, values).fetchall()
            return rows

    def _stored_id(self, stream_id: UUID) -> str:
        return stream_id.hex

    def _known_rows(self, rows: list[Any]) -> list[LogRow]:
        known = {stored: UUID(hex=stored) for stored in {row[1] for row in rows}}
        return [(position, known[stored], version, topic, state) for position, stored, version, topic, state in rows]

    def _known_id(self, stored: str) -> UUID:
        return UUID(hex=stored)


def _is_clean(driver: Any) -> bool:
    try:
        if driver.in_transaction:
            driver.rollback()
    except sqlite.Error:
        return False
    return True


def _event(row: AppendedRow) -> tuple[Any, ...]:
    return (
        row.stream_id.hex,
        row.version,
        row.topic,
        row.state,
        _hex(row.convention_id),
        _hex(row.territory_id),
        _hex(row.framework_id),
        _day(row.occurred_on),
        _hex(row.actor_id),
    )


def _state(state: KeptState) -> tuple[Any, ...]:
    return (state.stream_id.hex, state.fold, state.version, _hex(state.last_event_id), state.state)


def _hex(one: UUID | None) -> str | None:
    return None if one is None else one.hex


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
