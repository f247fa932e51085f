"""The log as rows: appending to it and reading it back, on SQLite and on PostgreSQL.

Statements go to the driver's connection, lent by the engine's pool: on so short a path, the engine's own execution
costs half as much again as the append itself (`benchmarks/append.py`).

Nothing here knows an event's class nor the event store library: `workflows/store.py` gives this the library's shape.

Positions order the log. A save's positions are in the order of its events, and consecutive where it asks for that. They
may have gaps (a save that was refused), and on PostgreSQL they are given out before the commit, so a larger one may be
visible first: whoever reads the log in order must stay at or below `safe_position()`, under which nothing can appear
any more.

An append is one transaction: the idempotency key, the guards (streams that the decision relied on, still at the version
it saw), the rows beside, the heads of the streams (each still at the version that the events go on from), the events,
and now and then the state that they lead to.
"""

from workflows.log.base import EventLog
from workflows.log.postgres import PostgresLog
from workflows.log.rows import (
    AppendedRow,
    Beside,
    Guard,
    IdempotencyKeyTaken,
    KeptState,
    LogRow,
    PlacedRow,
    RowRefused,
    StreamRow,
    VersionTaken,
)
from workflows.log.sqlite import SqliteLog

__all__ = [
    "AppendedRow",
    "Beside",
    "EventLog",
    "Guard",
    "IdempotencyKeyTaken",
    "KeptState",
    "LogRow",
    "PlacedRow",
    "PostgresLog",
    "RowRefused",
    "SqliteLog",
    "StreamRow",
    "VersionTaken",
]
