"""The log on PostgreSQL: writers in parallel, one statement for an append, a barrier for the readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine, Table

from workflows.database import DatabaseUnavailable
from workflows.log.base import EventLog
from workflows.log.lending import Lending
from workflows.log.rows import AppendedRow, Beside, Guard, KeptState, LogRow, VersionTaken, heads_of, refusal
from workflows.log.statement import STATE_STATEMENT, Shape, Written, append_statement

Driver: TypeAlias = psycopg.Connection[tuple[Any, ...]]
"""A connection to PostgreSQL, without SQLAlchemy around it."""

_APPEND_LOCK: Final = 0x4354475F4C4F47  # "CTG_LOG": appends share it, the readers' barrier takes it alone


class PostgresLog(EventLog):
    """The log in a PostgreSQL database.

    Appends of one event hold an advisory lock together; a reader takes it alone for a moment, so that whatever had a
    position when it asked is committed or dead when it gets the lock. A save of several events takes it alone too: its
    positions are then consecutive. No table is locked and nothing is notified: both would serialise the commits.
    """

    mark = "%s"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._statements: dict[Shape, bytes] = {}
        self._connections = Lending(engine, _autocommitting, lambda driver: not driver.closed)
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
    ) -> list[int]:
        with self._autocommit() as driver:
            return self._append(driver, rows, beside, guards, states)

    def keep(self, state: KeptState) -> None:
        self._read(STATE_STATEMENT, list(state))

    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        return self._append(driver, rows, beside, (), ())

    def _append(
        self,
        driver: Driver,
        rows: Sequence[AppendedRow],
        beside: Beside,
        guards: Sequence[Guard],
        states: Sequence[KeptState],
    ) -> list[int]:
        if not rows and not beside:
            return []
        shape, bound = self._written(rows, beside, guards, states)
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = append_statement(shape, self.engine.dialect).encode()
        try:
            found = driver.execute(statement, bound).fetchone()
            return list(found[0]) if found is not None else []
        except psycopg.errors.UniqueViolation as error:
            raise refusal(error.diag.table_name, str(error)) from error
        except psycopg.IntegrityError as error:
            raise refusal(None, str(error)) from error
        except (psycopg.errors.DivisionByZero, psycopg.errors.DeadlockDetected) as error:
            # A head or a guard is not at the version decided on; two who rely on each other's streams end so too.
            raise VersionTaken(str(error)) from error
        except psycopg.OperationalError as error:
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error

    def _written(
        self, rows: Sequence[AppendedRow], beside: Beside, guards: Sequence[Guard], states: Sequence[KeptState]
    ) -> tuple[Shape, list[Any]]:
        """The shape of the statement, and its values in the order in which it binds them.

        The number of rows that a part must have is bound by the part that waits for it, after its own values.
        """
        bound: list[Any] = [_APPEND_LOCK]
        written: list[Written] = []
        for table, group in _by_table(beside).items():
            columns = tuple(group[0])
            written.append(Written(table, columns, several=len(group) > 1))
            bound += _arguments([self._bound(table, columns, values) for values in group])
        heads, relied = heads_of(rows, guards)
        seen = [guard for guard in relied if guard.version > 0]
        absent = [guard.stream_id for guard in relied if guard.version == 0]
        waited_for: list[Any] = []
        if seen:
            bound += _arguments(seen)
            waited_for.append(len(seen))
        if absent:
            waited_for.append(absent)
        moved = [(head.stream_id, *head[2:]) for head in heads if head.before is not None]
        started = [(head.stream_id, head.kind, *head[4:]) for head in heads if head.before is None]
        if moved:
            bound += [*_arguments(moved), *waited_for]
            waited_for = [len(moved)]
        if started:
            bound += [*_arguments(started), *waited_for]
            waited_for = []
        if rows:
            bound += [*_arguments([row[:9] for row in rows]), *waited_for]
        if states:
            bound += _arguments(states)
        shape = Shape(
            tuple(written),
            guards=min(len(seen), 2),
            absent=bool(absent),
            moved=min(len(moved), 2),
            started=min(len(started), 2),
            states=min(len(states), 2),
            events=min(len(rows), 2),
        )
        return shape, bound

    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._autocommit() as driver:
            found = driver.execute(sql.encode(), values)
            return found.fetchall() if found.description is not None else []

    @contextmanager
    def _autocommit(self) -> Iterator[Driver]:
        """A connection on which each statement is its own transaction, in one round trip."""
        with self._connections.lent() as driver:
            try:
                yield driver
            except psycopg.OperationalError as error:
                raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
            finally:
                if driver.closed:
                    self.engine.dispose()  # the others were lost with it

    def _stored_id(self, stream_id: UUID) -> UUID:
        return stream_id

    def _known_rows(self, rows: list[Any]) -> list[LogRow]:
        return rows

    def _known_id(self, stored: UUID) -> UUID:
        return stored


def _autocommitting(driver: Driver) -> None:
    driver.autocommit = True


def _by_table(beside: Beside) -> dict[Table, list[Mapping[str, Any]]]:
    tables: dict[Table, list[Mapping[str, Any]]] = {}
    for table, values in beside:
        tables.setdefault(table, []).append(values)
    return tables


def _arguments(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """What is bound for rows: one by one for a single row, as an array by column for several (five times as dear)."""
    return rows[0] if len(rows) == 1 else [list(column) for column in zip(*rows, strict=True)]
