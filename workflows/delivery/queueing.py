"""From the log to the outbox: whoever a reminder or an escalation names gets a letter, each exactly once, and so does
whoever a correction waits for or was proposed by, and whoever answered by a link.

A reaction with a position of its own in the log. The position is moved by compare-and-set in the transaction that
queues the letters, so any number of workers may follow the log; a letter's id comes from what is said and to whom.
Whether a letter is still meant is asked when it leaves (`office.py`), not here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from workflows.application import Steering
from workflows.codec import UnreadableEvent
from workflows.delivery.about_acts import RECEIPT
from workflows.delivery.letters import Letter
from workflows.delivery.office import FAMILIES
from workflows.delivery.outbox import enqueue
from workflows.following import known_position, move, position

NAME: Final = "letters"
"""Under which it keeps its position in the table `tracking`."""

BATCH: Final = 500
"""Events read, and letters queued for, in one transaction."""

SETTLING: Final = timedelta(minutes=5)
"""How long a letter waits at least, so that what comes together for one person leaves together."""

WANTED_AT_ONCE: Final = frozenset({RECEIPT})
"""The kinds of letters that somebody waits for: they do not."""


def queue_letters(steering: Steering, now: datetime) -> int:
    """Queue the letters of what was recorded since the last time, and say how many.

    Raises `UnreadableEvent` for an event this release cannot read: the position stays before it, nothing is skipped.
    """
    queued = 0
    while True:
        before = position(steering.engine, NAME)
        events = steering.read_events(before, BATCH)
        if not events:
            return queued
        letters = [
            letter for _, event in events for family in FAMILIES for letter in family.letters_of(steering, event)
        ]
        with steering.engine.begin() as connection:
            if move(connection, NAME, before, events[-1][0]):
                queued += sum(enqueue(connection, letter, now, _leaves_at(letter, now)) for letter in letters)


def _leaves_at(letter: Letter, now: datetime) -> datetime:
    return now if letter.kind in WANTED_AT_ONCE else now + SETTLING


def unreadable(steering: Steering) -> str | None:
    """What keeps the log's next events from being read, None when they can be: letters then wait before it."""
    try:
        steering.read_events(known_position(steering.engine, NAME) or 0, BATCH)
    except UnreadableEvent as error:
        return str(error)
    return None
