"""Whether a database holds together: its pages, what it says of streams, and every text that is kept in it.

SQLite checks itself. PostgreSQL cannot in one command: every row is read whole, as a dump would, and what its own
checksums found is asked. A byte that changes inside a text without breaking it is found by neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from workflows import schema
from workflows.database import waiting
from workflows.unavailable import SQLITE_NOTADB, DatabaseUnavailable

_MOST: Final = 3
"""Faults that are told: the first ones say enough."""

_HEADS: Final = (
    "SELECT count(*) FROM (SELECT stream_id, count(*) AS found, min(version) AS first, max(version) AS last"
    " FROM events GROUP BY stream_id) e LEFT JOIN streams s ON s.stream_id = e.stream_id"
    " WHERE s.version IS NULL OR s.version <> e.last OR e.found <> e.last - e.first + 1"
)
_CORRUPT: Final = frozenset({sqlite.SQLITE_CORRUPT, SQLITE_NOTADB})


def damage_of(engine: Engine) -> str | None:
    """What does not hold together any more, in the words of the database; None where all does.

    Raises DatabaseUnavailable where that cannot be asked.
    """
    if engine.dialect.name == "postgresql":
        return _told(_of_postgres(engine))
    try:
        with engine.connect() as connection, waiting(connection, 0) as driver:
            return damage_of_sqlite(driver)
    except DatabaseUnavailable as error:
        # What never was a database is not damaged: another file is meant.
        if _is_damage(error.__cause__) and getattr(error.__cause__, "sqlite_errorcode", None) != SQLITE_NOTADB:
            return str(error.__cause__)
        raise


def damage_of_file(file: Path) -> str | None:
    """The same of a SQLite file that nobody else has open."""
    connection = sqlite.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return damage_of_sqlite(connection)
    finally:
        connection.close()


def damage_of_sqlite(connection: Any) -> str | None:
    """The same on a connection of the driver. Raises its errors that say nothing of damage."""
    try:
        return _told(_of_sqlite(connection))
    except sqlite.DatabaseError as error:
        if _is_damage(error):
            return str(error)
        raise


def _is_damage(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite.OperationalError) and "decode" in str(error)  # a text that is none
    return code & 0xFF in _CORRUPT


def _of_sqlite(connection: Any) -> Iterator[str]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
        if said != "ok":
            yield str(said)
    tables = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        for _ in connection.execute('SELECT * FROM "{}"'.format(table.replace('"', '""'))):
            pass  # read whole: a text that is none cannot be
    if {schema.events.name, schema.streams.name} <= set(tables):
        ((broken,),) = connection.execute("SELECT count(*) FROM events WHERE NOT json_valid(state)").fetchall()
        if broken:
            yield f"events that are no JSON: {broken}"
        ((streams,),) = connection.execute(_HEADS).fetchall()
        if streams:
            yield f"streams whose events are not all there: {streams}"


def _of_postgres(engine: Engine) -> Iterator[str]:
    try:
        with engine.connect() as connection:
            failures = connection.exec_driver_sql(
                "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
            ).scalar()
            if failures:
                yield f"pages whose checksum is wrong: {failures}"
            names = set(engine.dialect.get_table_names(connection))
            for table in schema.metadata.sorted_tables:
                if table.name in names:
                    connection.exec_driver_sql(f"SELECT count(length(t::text)) FROM {table.name} t")
            if {schema.events.name, schema.streams.name} <= names:
                connection.exec_driver_sql("SELECT count(state::json) FROM events")
                streams = connection.exec_driver_sql(_HEADS).scalar_one()
                if streams:
                    yield f"streams whose events are not all there: {streams}"
    except DBAPIError as error:
        if not isinstance(error.orig, psycopg.InternalError | psycopg.DataError):
            raise
        yield " ".join(str(error.orig).split("\n")[0].split())


def _told(faults: Iterator[str]) -> str | None:
    found = [said for _, said in zip(range(_MOST), faults, strict=False)]
    return "; ".join(found) or None
