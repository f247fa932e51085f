"""When the database does not answer: what its errors mean, told alike for both databases."""

from __future__ import annotations

from typing import Final

import pysqlite3.dbapi2 as sqlite
import sqlalchemy.exc
from sqlalchemy.engine import ExceptionContext

SQLITE_NOTADB: Final = 26
"""Which the module does not name."""

# Primary result codes by which SQLite says "not now" or "not any more", never "your statement is wrong".
_SQLITE_UNAVAILABLE: Final = frozenset(
    {
        sqlite.SQLITE_BUSY,
        sqlite.SQLITE_LOCKED,
        sqlite.SQLITE_READONLY,
        sqlite.SQLITE_IOERR,
        sqlite.SQLITE_CORRUPT,
        sqlite.SQLITE_FULL,
        sqlite.SQLITE_CANTOPEN,
        sqlite.SQLITE_PROTOCOL,
        SQLITE_NOTADB,
    }
)


class DatabaseUnavailable(Exception):
    """The database is locked, lost or full; nothing of the interrupted transaction is kept. Doors answer 503.

    When the connection is lost while committing, nobody can tell whether the transaction was kept: retry with the same
    idempotency key.
    """


class Overtaken(DatabaseUnavailable):
    """Somebody else was faster each time: the database answers, and the same may be asked again later."""


def as_unavailable(context: ExceptionContext) -> BaseException | None:
    """What the error becomes: DatabaseUnavailable when the database is locked, lost or full, else itself."""
    error = context.original_exception
    if isinstance(error, sqlite.Error):
        gone = means_unavailable(error)
    else:
        gone = context.is_disconnect or isinstance(context.sqlalchemy_exception, sqlalchemy.exc.OperationalError)
    return DatabaseUnavailable(f"the database is locked or lost: {error}") if gone else None


def means_unavailable(error: BaseException) -> bool:
    """Whether an error of the SQLite driver says that the database is locked, lost or full."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _SQLITE_UNAVAILABLE
