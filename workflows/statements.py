"""Short statements that read, in the driver's words: having them asked costs ten times as much as SQLite's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection

from workflows.database import DatabaseUnavailable, means_unavailable

IDS_AT_ONCE: Final = 1_000
"""Ids that one statement asks for: below the limit of both databases."""


def rows_of(connection: Connection, sql: str, bound: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
    """The rows of a short statement, within the transaction of `connection`. Raises DatabaseUnavailable."""
    if connection.dialect.name != "sqlite":
        return connection.exec_driver_sql(sql, tuple(bound)).all()
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    try:
        rows: list[Sequence[Any]] = driver.execute(sql, bound).fetchall()
    except sqlite.Error as error:
        if means_unavailable(error):
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
        raise
    return rows


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
