"""The log on PostgreSQL: writers in parallel, one statement for an append, a barrier for the readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine, Table

from workflows.database import DatabaseUnavailable
from workflows.log.asking import Asked, Driver, Statement
from workflows.log.base import EventLog
from workflows.log.lending import Lending
from workflows.log.rows import AppendedRow, Beside, Guard, KeptState, LogRow, VersionTaken, heads_of, refusal
from workflows.log.statement import Shape, Written, append_statement, state_statement

_APPEND_LOCK: Final = 0x4354475F4C4F47  # "CTG_LOG": appends share it, the readers' barrier takes it alone

_STATE: Final = state_statement()

_PLANNED_ONCE: Final = ("SET plan_cache_mode = force_generic_plan", "SET enable_seqscan = off")
"""Each statement of the log finds its rows by a key, whatever the values and however few rows there were when it was
prepared."""


class PostgresLog(EventLog):
    """The log in a PostgreSQL database.

    Appends hold an advisory lock together; a reader takes it alone for a moment, so that whatever had a position when
    it asked is committed or dead when it gets the lock. A save whose positions are to be consecutive takes it alone
    too, and all the other writers wait for its commit. No table is locked and nothing is notified: both would serialise
    the commits.
    """

    mark = "%s"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._statements: dict[Shape, Statement] = {}
        self._readers = Lending(engine, _asked, _is_open)
        self._writers = Lending(engine, _asked, _is_open)
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

    def append(
        self,
        rows: Sequence[AppendedRow],
        beside: Beside = (),
        guards: Sequence[Guard] = (),
        states: Sequence[KeptState] = (),
        *,
        consecutive: bool = False,
    ) -> list[int]:
        if not rows and not beside:
            return []
        statement, values = self._stated(rows, beside, guards, states, alone=consecutive and len(rows) > 1)
        with self._writers.lent() as asked:
            try:
                positions = _positions(asked.prepared(statement, values))
            except psycopg.Error as error:
                _refuse(error)
            finally:
                if asked.driver.closed:
                    self.engine.dispose()  # the others were lost with it
        self.stirred.set()
        return positions

    def keep(self, state: KeptState) -> None:
        with self._autocommit(self._writers) as asked:
            asked.prepared(_STATE, state)

    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        if not rows and not beside:
            return []
        connection.exec_driver_sql("SELECT 1")  # which has the driver begin the transaction
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        statement, values = self._stated(rows, beside, (), (), alone=len(rows) > 1)
        try:
            return _positions(Asked(driver).once(statement, values))
        except psycopg.Error as error:
            _refuse(error)

    def _stated(
        self,
        rows: Sequence[AppendedRow],
        beside: Beside,
        guards: Sequence[Guard],
        states: Sequence[KeptState],
        *,
        alone: bool,
    ) -> tuple[Statement, list[Any]]:
        shape, values = self._written(rows, beside, guards, states, alone=alone)
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = append_statement(shape, self.engine.dialect, _APPEND_LOCK)
        return statement, values

    def _written(
        self,
        rows: Sequence[AppendedRow],
        beside: Beside,
        guards: Sequence[Guard],
        states: Sequence[KeptState],
        *,
        alone: bool,
    ) -> tuple[Shape, list[Any]]:
        """The shape of the statement, and its values in the order in which it binds them."""
        values: list[Any] = []
        written: list[Written] = []
        for table, group in _by_table(beside).items():
            columns = tuple(group[0])
            written.append(Written(table, columns, several=len(group) > 1))
            values += _arguments([[one[name] for name in columns] for one in group])
        heads, relied = heads_of(rows, guards)
        seen = [guard for guard in relied if guard.version > 0]
        absent = [guard.stream_id for guard in relied if guard.version == 0]
        if seen:
            values += _arguments(seen)
        if absent:
            values.append(absent)
        moved = [(head.stream_id, *head[2:]) for head in heads if head.before is not None]
        started = [(head.stream_id, head.kind, *head[4:]) for head in heads if head.before is None]
        if moved:
            values += _arguments(moved)
        if started:
            values += _arguments(started)
        if len(rows) == 1:
            (row,) = rows
            values += (row.topic, row.state, row.occurred_on, row.actor_id)
        elif rows:
            values += _arguments([row[:9] for row in rows])
        if states:
            values += _arguments(states)
        shape = Shape(
            alone,
            tuple(written),
            guards=min(len(seen), 2),
            absent=bool(absent),
            moved=min(len(moved), 2),
            started=min(len(started), 2),
            states=min(len(states), 2),
            events=min(len(rows), 2),
        )
        return shape, values

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._autocommit(self._readers) as asked:
            return asked.driver.execute(sql.encode(), values).fetchall()

    @contextmanager
    def _autocommit(self, lending: Lending) -> Iterator[Asked]:
        """A connection on which each statement is its own transaction, in one round trip."""
        with lending.lent() as asked:
            try:
                yield asked
            except psycopg.OperationalError as error:
                raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
            finally:
                if asked.driver.closed:
                    self.engine.dispose()

    def _stored_id(self, stream_id: UUID) -> UUID:
        return stream_id

    def _known_rows(self, rows: list[Any]) -> list[LogRow]:
        return rows

    def _known_id(self, stored: UUID) -> UUID:
        return stored


def _is_open(asked: Asked) -> bool:
    return not asked.driver.closed


def _asked(driver: Driver) -> Asked:
    driver.autocommit = True
    for setting in _PLANNED_ONCE:
        driver.execute(setting.encode())
    return Asked(driver)


def _refuse(error: psycopg.Error) -> NoReturn:
    """Raise what an error of the driver means for an append."""
    if isinstance(error, psycopg.errors.UniqueViolation):
        raise refusal(error.diag.table_name, str(error)) from error
    if isinstance(error, psycopg.IntegrityError):
        raise refusal(None, str(error)) from error
    if isinstance(error, psycopg.errors.DivisionByZero | psycopg.errors.DeadlockDetected):
        # A head or a guard is not at the version decided on; two who rely on each other's streams end so too.
        raise VersionTaken(str(error)) from error
    if isinstance(error, psycopg.OperationalError):
        raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
    raise error


def _positions(row: tuple[bytes, ...] | None) -> list[int]:
    return [int(position) for position in row[0].split(b",")] if row is not None else []


def _by_table(beside: Beside) -> dict[Table, list[Mapping[str, Any]]]:
    tables: dict[Table, list[Mapping[str, Any]]] = {}
    for table, values in beside:
        tables.setdefault(table, []).append(values)
    return tables


def _arguments(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """What is bound for rows: one by one for a single row, as an array by column for several (five times as dear)."""
    return rows[0] if len(rows) == 1 else [list(column) for column in zip(*rows, strict=True)]
