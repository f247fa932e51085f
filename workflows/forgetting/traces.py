"""Where a database keeps for a while what it destroyed, and how that is cleared.

SQLite overwrites what is deleted (`secure_delete`) and empties its write-ahead log. PostgreSQL leaves the bytes in the
pages of a table after `VACUUM`; only `VACUUM FULL`, which writes a new file, leaves none. Its transaction log (pg_wal),
archives, replicas and backups are out of reach from here: the operator's guide says so.
"""

from __future__ import annotations

import re
from time import sleep
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workflows import schema
from workflows.database import LONG_SECONDS, DatabaseUnavailable
from workflows.people import Vault

LARGEST_REWRITTEN: Final = 256 << 20
"""Bytes of a table that is written anew at once: nobody records anything for the seconds that it takes."""

_LOOKED_AT_SECONDS: Final = 1.0
"""PostgreSQL takes its samples by itself (autovacuum), and looks at an old state for as long: no news for anybody."""

WRITE_AHEAD_LOG: Final = "wal"

_TABLES: Final = tuple(
    one.name for one in (schema.vault_keys, schema.people, schema.accounts, schema.api_keys, schema.idempotency)
)
"""What forgetting changes that could still be read."""


def clear_traces(engine: Engine, vault: Vault) -> tuple[str, ...]:
    """Clear what is left of what was forgotten; where something could not be cleared now.

    On SQLite `wal`, where a reader still holds the old state; on PostgreSQL the names of tables that are in use, and
    still are a moment later, or are too large to be written anew while others wait.
    """
    if engine.dialect.name == "sqlite":
        return () if vault.flush_traces() else (WRITE_AHEAD_LOG,)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lent: Any = connection.connection.driver_connection
        lent.answer_within = LONG_SECONDS
        connection.detach()  # so that nobody else gets it from the pool
        sizes = {
            table: connection.exec_driver_sql("SELECT pg_total_relation_size(%s::regclass)", (table,)).scalar_one()
            for table in _TABLES
        }
        large = {table for table, size in sizes.items() if size > LARGEST_REWRITTEN}
        used = [table for table in _TABLES if table not in large and not _written_anew(connection, lent, table)]
        if used:
            sleep(_LOOKED_AT_SECONDS)
            used = [table for table in used if not _written_anew(connection, lent, table)]
    return tuple(table for table in _TABLES if table in large or table in used)


def _written_anew(connection: Connection, driver: psycopg.Connection[Any], table: str) -> bool:
    """Write a table anew; False when it was in use, or when an old reader had rows kept that are dead."""
    dead: list[int] = []

    def heard(said: psycopg.errors.Diagnostic) -> None:
        # "DETAIL: 0 dead row versions cannot be removed yet", in the language of the server.
        number = re.search(r"\d+", said.message_detail or "")
        if number is not None:
            dead.append(int(number[0]))

    driver.add_notice_handler(heard)
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table}")
    except (DatabaseUnavailable, DBAPIError):
        return False
    finally:
        driver.remove_notice_handler(heard)
    return not any(dead)
