"""Which deadlines moved, from which day to which, and because of what?

Nothing is kept: the sheet is asked again of what was known after each record. What gives no news is left out: its day
moves with every fact.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from domain.agenda import Occurrence
from domain.kernel import Event, Settling
from domain.values import Code
from projections.engine import Dossier, after_each
from projections.what_is_due import due_days, sheet


@dataclass(frozen=True)
class DayFixed:
    """A day on which a deadline was due: since when that was recorded, by which event, of what kind (`topic`);
    `mended_id`: the event that it corrects or annuls, where it does."""

    due_on: date
    recorded_at: datetime
    event_id: UUID
    topic: Code
    mended_id: UUID | None


@dataclass(frozen=True)
class MovedDeadline:
    """A deadline that had several days in turn, the first one first; the last one is the day that it has now."""

    id: Code
    occurrence: Occurrence
    partner_id: UUID | None
    days: tuple[DayFixed, ...]


def moved(dossier: Dossier, today: date, holidays: Container[date]) -> tuple[MovedDeadline, ...]:
    """The deadlines of the sheet that moved, in its order."""
    had: dict[Occurrence, tuple[DayFixed, ...]] = {}
    for _, act in groupby(after_each(dossier), key=lambda one: _act(one[0])):
        had |= _after_act(had, list(act), today, holidays)
    return tuple(
        MovedDeadline(line.id, line.occurrence, line.partner_id, had[line.occurrence])
        for line in sheet(dossier, today, holidays)
        if len(had.get(line.occurrence, ())) > 1
    )


def _act(event: Event) -> tuple[UUID, datetime]:
    """What was recorded together: a correction takes back and says again, and moves once."""
    return event.envelope.correlation_id, event.recorded_at


def _after_act(
    had: dict[Occurrence, tuple[DayFixed, ...]],
    act: list[tuple[Event, Dossier]],
    today: date,
    holidays: Container[date],
) -> dict[Occurrence, tuple[DayFixed, ...]]:
    """The days that deadlines have had after an act. The event that fixed one is that after which it had its day; of a
    correction, the correction."""
    mending = next((event for event, _ in act if isinstance(event, Settling)), None)
    now: dict[Occurrence, DayFixed] = {}
    for event, then in act:
        days = due_days(then, today, holidays)
        now = {
            one: now[one] if one in now and now[one].due_on == day else _fixed(day, mending or event)
            for one, day in days.items()
        }
    return {
        one: (*had.get(one, ()), fixed)
        for one, fixed in now.items()
        if one not in had or had[one][-1].due_on != fixed.due_on
    }


def _fixed(day: date, event: Event) -> DayFixed:
    mended_id = event.target_id if isinstance(event, Settling) else None
    return DayFixed(day, event.recorded_at, event.envelope.event_id, Code(event.TOPIC), mended_id)
