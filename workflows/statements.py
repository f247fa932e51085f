"""Short statements that read, in the driver's words: having them asked costs ten times as much as SQLite's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Dialect, Engine, Select
from sqlalchemy.sql.compiler import SQLCompiler

from workflows.database import DatabaseUnavailable, means_unavailable

IDS_AT_ONCE: Final = 1_000
"""Ids that one statement asks for: below the limit of both databases."""


@contextmanager
def glancing(engine: Engine) -> Iterator[Connection]:
    """A connection for short statements that need not see one moment: each is asked for itself.

    Beginning and ending a transaction costs more than such an answer; on PostgreSQL it is two trips more.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            yield connection.execution_options(glancing=True)
        else:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


def rows_of(connection: Connection, sql: str, bound: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
    """The rows of a short statement, within the transaction of `connection` unless it is a `glancing` one.

    Raises DatabaseUnavailable.
    """
    if connection.dialect.name != "sqlite":
        return connection.exec_driver_sql(sql, tuple(bound)).all()
    if not connection.in_transaction() and "glancing" not in connection.get_execution_options():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    try:
        rows: list[Sequence[Any]] = driver.execute(sql, bound).fetchall()
    except sqlite.Error as error:
        if means_unavailable(error):
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
        raise
    return rows


class Constant:
    """A statement that is always the same but for the texts it is given, put into SQLite's words once."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._sql = ""
        self._given: Sequence[str] = ()
        self._columns: list[tuple[str, Callable[[Any], Any] | None]] = []

    def first(self, connection: Connection, **given: str) -> dict[str, Any] | None:
        """Its first row, by the names of the columns; None when there is none. Raises DatabaseUnavailable."""
        if connection.dialect.name != "sqlite":
            found = connection.execute(self._statement, given).mappings().first()
            return dict(found) if found is not None else None
        if not self._sql:
            self._put_into_words(connection.dialect)
        rows = rows_of(connection, self._sql, [given[name] for name in self._given])
        return next(map(self._named, rows), None)

    def _put_into_words(self, dialect: Dialect) -> None:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        columns = [(str(one.key), one.type.dialect_impl(dialect)) for one in self._statement.selected_columns]
        self._columns = [(name, kind.result_processor(dialect, None)) for name, kind in columns]
        self._given = compiled.positiontup or ()
        self._sql = compiled.string  # last: whoever sees it finds the rest

    def _named(self, row: Sequence[Any]) -> dict[str, Any]:
        known = zip(self._columns, row, strict=True)
        return {name: one if process is None else process(one) for (name, process), one in known}


def rows_among(connection: Connection, sql: str, ids: Iterable[UUID]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement for some ids, few at a time: its `{}` stands for `IN (…)`, and its first column is the id
    by which each was found."""
    is_sqlite = connection.dialect.name == "sqlite"
    known = {one.hex if is_sqlite else one: one for one in ids}
    wanted = list(known)
    for start in range(0, len(wanted), IDS_AT_ONCE):
        some = wanted[start : start + IDS_AT_ONCE]
        marks = ", ".join(["?" if is_sqlite else "%s"] * len(some))
        for found, *others in rows_of(connection, sql.format(f"IN ({marks})"), some):
            yield (known[found], *others)
