"""From the log to the outbox: whoever a reminder or an escalation names gets a letter, each exactly once, and so does
whoever a correction waits for or was proposed by.

A reaction with a position of its own in the log. The position is moved by compare-and-set in the transaction that
queues the letters, so any number of workers may follow the log; a letter's id comes from what is said and to whom.
A missed due day has no letter of its own: the steps of the deadline tell of it. What still waits to be sent about a
convention leaves no more once it is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.agenda import Agenda, ReminderEscalated, ReminderSent
from domain.convention.closing import ConventionClosed
from domain.kernel import Event, Mending
from domain.values import deterministic_id
from workflows.application import Steering
from workflows.codec import UnreadableEvent
from workflows.delivery.about_corrections import letters_about
from workflows.delivery.outbox import close_letters_about, enqueue
from workflows.schema import tracking

NAME: Final = "letters"
"""Under which it keeps its position in the table `tracking`."""

BATCH: Final = 500
"""Events read, and letters queued for, in one transaction."""

_Letter = tuple[UUID, UUID, str, dict[str, str]]


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
        letters = [letter for _, event in events for letter in _letters(steering, event)]
        with steering.engine.begin() as connection:
            if _move(connection, position, events[-1][0]):
                queued += sum(enqueue(connection, *letter, now) for letter in letters)
                for _, event in events:
                    if isinstance(event, ConventionClosed):
                        close_letters_about(connection, _page_of(event.originator_id), now)


def unreadable(steering: Steering) -> str | None:
    """What keeps the log's next events from being read, None when they can be: letters then wait before it."""
    try:
        steering.read_events(_known_position(steering) or 0, BATCH)
    except UnreadableEvent as error:
        return str(error)
    return None


def _letters(steering: Steering, event: Event) -> Iterator[_Letter]:
    """The letters that an event asks for."""
    if isinstance(event, ReminderSent | ReminderEscalated):
        yield from _reminders(steering, event)
    elif isinstance(event, Mending):
        yield from letters_about(steering, event)


def _reminders(steering: Steering, event: ReminderSent | ReminderEscalated) -> Iterator[_Letter]:
    """One letter for each person named."""
    agenda = steering.load(event.originator_id)
    assert isinstance(agenda, Agenda), f"{event.TOPIC} outside an agenda"
    kind = "reminder" if isinstance(event, ReminderSent) else "escalation"
    parameters = {
        "deadline": str(event.occurrence.deadline),
        "due_on": event.due_on.isoformat(),
        "territory_id": str(agenda.home_territory_id),
        "path": _page_of(agenda.subject_id),
    }
    for person_id in dict.fromkeys(event.recipients):
        yield deterministic_id(event.message_id, person_id), person_id, kind, parameters


def _page_of(convention_id: UUID | None) -> str:
    """The page that a letter leads to."""
    return f"/conventions/{convention_id}"


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
