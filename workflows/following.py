"""How far a reader has followed the log, moved by compare-and-set: any number of workers may follow it together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, select, update

from workflows.database import inserting
from workflows.schema import tracking


def known_position(engine: Engine, name: str) -> int | None:
    """How far the log was followed under a name, None before anybody began."""
    asked = select(tracking.c.notification_id).where(tracking.c.application_name == name)
    with engine.connect() as connection:
        return connection.execute(asked).scalar()


def position(engine: Engine, name: str, begins: Callable[[], int] = lambda: 0) -> int:
    """The same; the first who asks begins where they say, at 0 unless they say it."""
    found = known_position(engine, name)
    if found is not None:
        return found
    start: Mapping[str, object] = {"application_name": name, "notification_id": begins()}
    with engine.begin() as connection:
        connection.execute(inserting(connection, tracking).values(start).on_conflict_do_nothing())
    return known_position(engine, name) or 0


def move(connection: Connection, name: str, before: int, after: int) -> bool:
    """Move the position, first thing of the transaction; False when another worker already took these events."""
    moved = (
        update(tracking)
        .where(tracking.c.application_name == name, tracking.c.notification_id == before)
        .values(notification_id=after)
    )
    return connection.execute(moved).rowcount == 1
