"""From the log to the outbox: whoever a reminder or an escalation names gets a letter, each exactly once, and so does
whoever a correction waits for or was proposed by.

A reaction with a position of its own in the log. The position is moved by compare-and-set in the transaction that
queues the letters, so any number of workers may follow the log; a letter's id comes from what is said and to whom.
Whether a letter is still meant is asked when it leaves (`office.py`), not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.application import Steering
from workflows.codec import UnreadableEvent
from workflows.delivery.office import FAMILIES
from workflows.delivery.outbox import enqueue
from workflows.schema import tracking

NAME: Final = "letters"
"""Under which it keeps its position in the table `tracking`."""

BATCH: Final = 500
"""Events read, and letters queued for, in one transaction."""

SETTLING: Final = timedelta(minutes=5)
"""How long a letter waits at least, so that what comes together for one person leaves together."""


def queue_letters(steering: Steering, now: datetime) -> int:
    """Queue the letters of what was recorded since the last time, and say how many.

    Raises `UnreadableEvent` for an event this release cannot read: the position stays before it, nothing is skipped.
    """
    queued = 0
    while True:
        position = _position(steering)
        events = steering.read_events(position, BATCH)
        if not events:
            return queued
        letters = [
            letter for _, event in events for family in FAMILIES for letter in family.letters_of(steering, event)
        ]
        with steering.engine.begin() as connection:
            if _move(connection, position, events[-1][0]):
                queued += sum(enqueue(connection, letter, now, now + SETTLING) for letter in letters)


def unreadable(steering: Steering) -> str | None:
    """What keeps the log's next events from being read, None when they can be: letters then wait before it."""
    try:
        steering.read_events(_known_position(steering) or 0, BATCH)
    except UnreadableEvent as error:
        return str(error)
    return None


def _known_position(steering: Steering) -> int | None:
    """How far the log was followed, None before anybody began."""
    asked = select(tracking.c.notification_id).where(tracking.c.application_name == NAME)
    with steering.engine.connect() as connection:
        return connection.execute(asked).scalar()


def _position(steering: Steering) -> int:
    """The same; the first who asks begins at 0."""
    position = _known_position(steering)
    if position is not None:
        return position
    with steering.engine.begin() as connection:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        start: Mapping[str, object] = {"application_name": NAME, "notification_id": 0}
        connection.execute(dialect.insert(tracking).values(start).on_conflict_do_nothing())
    return _known_position(steering) or 0


def _move(connection: Connection, before: int, after: int) -> bool:
    """Move the position, first thing of the transaction; False when another worker already took these events."""
    moved = (
        update(tracking)
        .where(tracking.c.application_name == NAME, tracking.c.notification_id == before)
        .values(notification_id=after)
    )
    return connection.execute(moved).rowcount == 1
