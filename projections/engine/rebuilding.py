"""A read model built from the log beside the one that answers, then put in its place in one transaction."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, func, select, update

from domain.kernel import Event
from projections.engine.applying import Overtaken, apply
from projections.engine.projection import Projection
from projections.engine.tables import BESIDE, create, drop, positions, table_names, tables_of

REBUILD_BATCH: Final = 2_000
"""Events per transaction when rebuilding: nobody waits for a commit in between."""

OTHER_REBUILD_SECONDS: Final = 120.0
"""How long a rebuild waits for the one that another process is making."""

SWAP_ATTEMPTS: Final = 30
"""How often a swap gives way to the readers of the old tables before it gives up, about a quarter of a minute."""

_REBUILD_LOCK: Final = 0x4354475F524244  # "CTG_RBD"

# What PostgreSQL says of a statement that waited too long: cancelled, no lock, or taken out of a circle of waiters.
_GAVE_WAY: Final = frozenset({"57014", "55P03", "40P01"})


class RebuildUnderWay(Exception):
    """Another process is building a read model of this database, and has not ended in time."""


class NotRebuilt(RuntimeError):
    """The new read model fails too, or its place was never free; the old one still answers."""


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """One at a time builds or drops read models of a PostgreSQL database. Raises `RebuildUnderWay`.

    On SQLite the compare-and-set of the positions is enough: those who build the same one help each other.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    deadline = time.monotonic() + OTHER_REBUILD_SECONDS
    # A transaction of its own, so that the lock goes with it; it is idle for as long as the building takes.
    with engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        while not connection.execute(select(func.pg_try_advisory_xact_lock(_REBUILD_LOCK))).scalar_one():
            if time.monotonic() >= deadline:
                raise RebuildUnderWay(f"waited {OTHER_REBUILD_SECONDS:.0f} s")
            time.sleep(0.1)
        yield


def build(
    engine: Engine,
    read_events: Callable[[int, int], list[tuple[int, Event]]],
    clock: Callable[[], datetime],
    projection: Projection,
    *,
    anew: bool,
) -> None:
    """Build a read model beside the one that answers (or where there is none), then put it in its place.

    Unless it is to be built `anew`, one that is there already is left alone. Raises `NotRebuilt`, `RebuildUnderWay`.
    """
    beside = projection.key + BESIDE
    with alone(engine):
        with engine.begin() as connection:
            if not anew and _row(connection, projection.key) is not None:
                return
            drop(connection, beside)
            create(connection, projection, BESIDE)
        while True:
            with engine.connect() as connection:
                row = _row(connection, beside)
            if row is None:
                return  # another process put it in its place (SQLite)
            if row.failed_at is not None:
                raise NotRebuilt(f"{projection.key} cannot be rebuilt: {row.error}")
            reached = row.position
            events = read_events(reached, REBUILD_BATCH)
            if events:
                try:
                    with engine.begin() as connection:
                        apply(connection, {beside: (projection, BESIDE)}, reached, events, clock)
                except Overtaken:
                    continue
                reached = events[-1][0]
            if len(events) < REBUILD_BATCH and _put_in_place(engine, projection, reached):
                return


def _put_in_place(engine: Engine, projection: Projection, reached: int) -> bool:
    """`_swapped`, again and again while the readers of the old tables come first. Raises `NotRebuilt`."""
    for attempt in range(SWAP_ATTEMPTS):
        try:
            with engine.begin() as connection:
                return _swapped(connection, projection, reached)
        except Exception as error:
            if getattr(error.__cause__, "sqlstate", None) not in _GAVE_WAY:
                raise
        time.sleep(random.uniform(0.01, 0.02 * 2 ** min(attempt, 5)))  # noqa: S311
    raise NotRebuilt(f"{projection.key} cannot be rebuilt: its tables are being read without a pause")


def _swapped(connection: Connection, projection: Projection, reached: int) -> bool:
    """Swap if the new one is still where it was seen and the old one is not further; False otherwise."""
    # Changes nothing, but nobody moves the old one while its row is held.
    connection.execute(update(positions).where(positions.c.key == projection.key).values(key=projection.key))
    old, built = _row(connection, projection.key), _row(connection, projection.key + BESIDE)
    if built is None or built.failed_at is not None or built.position < reached:
        return False
    if old is not None and built.position < old.position:
        return False
    _lock_all(connection, tables_of(connection, projection.key))
    drop(connection, projection.key)
    for table in projection.metadata.sorted_tables:
        connection.exec_driver_sql(f"ALTER TABLE {table.name}{BESIDE} RENAME TO {table.name}")
    connection.execute(
        update(positions)
        .where(positions.c.key == projection.key + BESIDE)
        .values(key=projection.key, tables=table_names(projection, ""))
    )
    return True


def _lock_all(connection: Connection, names: Sequence[str]) -> None:
    """Take the tables for oneself, or fail before a reader that waits for one of them could be given up for it.

    A reader holds what it has read until its answer is whole, so it and the swap may wait for each other. PostgreSQL
    looks for such circles only after `deadlock_timeout`; half of it is how long all these locks may take together.
    """
    if connection.dialect.name != "postgresql" or not names:
        return
    before = connection.exec_driver_sql("SHOW statement_timeout").scalar_one()
    connection.exec_driver_sql(
        "SELECT set_config('statement_timeout', (setting::int / 2)::text, true) FROM pg_settings"
        " WHERE name = 'deadlock_timeout'"
    )
    quote = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"LOCK TABLE {', '.join(map(quote, names))} IN ACCESS EXCLUSIVE MODE")
    connection.execute(select(func.set_config("statement_timeout", before, True)))


def _row(connection: Connection, key: str) -> Row[Any] | None:
    return connection.execute(select(positions).where(positions.c.key == key)).first()
