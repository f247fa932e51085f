"""Arithmetic on civil dates: periods, working days, due dates and the steps around them.

Pure: public holidays are given (a set of dates, or the `PublicHolidays` of `workflows/calendar.py`), like today.
Results stay inside what a date can hold, so that an absurd date typed by someone meets a rule, not a crash.
"""

from __future__ import annotations

import calendar
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Final

from domain.method import ANNIVERSARY, DeadlineRule, DurationRule, Period, ReviewRule, Step
from domain.values import Code

SATURDAY = 5

_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day when it is shorter: 31 August + 6 months is 28 or 29 February."""
    if months == 0:
        return day
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > date.max.year:
        return date.max
    if years < date.min.year:
        return date.min
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """`days` calendar days later (earlier when negative)."""
    if days == 0:
        return day
    return date.fromordinal(min(max(day.toordinal() + days, _FIRST), _LAST))


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself when it is worked, else the first worked day after it."""
    while not is_working_day(day, holidays) and day < date.max:
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, holidays: Container[date]) -> date:
    """The `count`-th worked day after `day` (before it when negative); the day itself is not counted."""
    step = 1 if count >= 0 else -1
    remaining = abs(count)
    while remaining and date.min < day < date.max:
        day += timedelta(days=step)
        remaining -= is_working_day(day, holidays)
    return day


def add_period(day: date, period: Period, holidays: Container[date]) -> date:
    """Months first (clamped to the end of the month), then calendar days, then working days."""
    return add_working_days(add_days(add_months(day, period.months), period.days), period.working_days, holidays)


def is_older_than(day: date, months: int, on: date) -> bool:
    """Whether on the date `on` more than `months` months have passed since `day` (the very day is not older)."""
    return add_months(day, months) < on


# --- deadlines ------------------------------------------------------------------------------------------------------


class StepKind(Enum):
    """What a dated step is: a reminder to whoever must act, an escalation to whoever can unblock."""

    REMINDER = "reminder"
    ESCALATION = "escalation"

    __hash__ = object.__hash__  # members are single, and looked up by the thousand


@dataclass(frozen=True)
class DatedStep:
    """One message of a deadline on its date."""

    id: Code
    """Stable inside the deadline: `reminder-60`, `escalation+15`."""
    on: date
    kind: StepKind
    recipients: tuple[Code, ...]


def due_on(rule: DeadlineRule, trigger_date: date, holidays: Container[date]) -> date:
    """When a deadline triggered on `trigger_date` falls due; moved to a working day when the rule says so."""
    day = add_period(trigger_date, rule.offset, holidays)
    return next_working_day(day, holidays) if rule.moves else day


def steps(rule: DeadlineRule, trigger_date: date, holidays: Container[date]) -> tuple[DatedStep, ...]:
    """The messages of a deadline triggered on `trigger_date`, in order of date; of one date, escalations come last.

    Each counts from the trigger and moves by itself: a holiday on the due date moves no other message. One that falls
    on a day off moves like the due date, but a reminder sent before never moves past it (domain.md 4.4, D11).
    """
    unmoved = add_period(trigger_date, rule.offset, holidays)
    due = next_working_day(unmoved, holidays) if rule.moves else unmoved
    dated = [
        DatedStep(
            id=_step_id(kind, step.offset_days),
            on=_step_date(rule, step, unmoved, due, holidays),
            kind=kind,
            recipients=step.recipients,
        )
        for kind, kind_steps in ((StepKind.REMINDER, rule.reminders), (StepKind.ESCALATION, rule.escalations))
        for step in kind_steps
    ]
    return tuple(sorted(dated, key=lambda step: step.on))


@cache
def _step_id(kind: StepKind, offset_days: int) -> Code:
    return Code(f"{kind.value}{offset_days:+d}")


def _step_date(rule: DeadlineRule, step: Step, unmoved: date, due: date, holidays: Container[date]) -> date:
    day = add_days(unmoved, step.offset_days)
    if rule.moves:
        moved = next_working_day(day, holidays)
        day = moved if step.offset_days > 0 else min(moved, due)
    return day


def days_late(due: date, on: date) -> int:
    """Calendar days between a due date and the day it was met, or today; 0 when in time."""
    return max(0, (on - due).days)


# --- the years of a convention --------------------------------------------------------------------------------------


def eve_of_anniversary(day: date, years: int) -> date:
    """The last day of so many years counted from a day: 29 February 2024 and five years end on 28 February 2029."""
    anniversary = add_months(day, 12 * years)
    return anniversary if anniversary.day < day.day else add_days(anniversary, -1)


def default_end(rule: DurationRule, effective_from: date) -> date:
    """The last day proposed for a convention taking effect on `effective_from` (R02)."""
    if rule.default_end == ANNIVERSARY:
        return eve_of_anniversary(effective_from, rule.default_years)
    return date(min(effective_from.year + rule.default_years - 1, date.max.year), 12, 31)


def duration_is_allowed(rule: DurationRule, effective_from: date, effective_to: date) -> bool:
    """Whether a convention running from a day to a day, both included, is neither too short nor too long (R02)."""
    shortest = eve_of_anniversary(effective_from, rule.min_years)
    longest = eve_of_anniversary(effective_from, rule.max_years)
    return effective_from < effective_to and shortest <= effective_to <= longest


def middle_of(first: date, last: date) -> date:
    """The day half-way between two others."""
    return first + (last - first) / 2


@dataclass(frozen=True)
class ReviewPeriod:
    """One period that an annual review covers, both days included."""

    code: Code
    """`2025`, or `2025-2026` when it straddles two civil years."""
    first: date
    last: date


def ending_from(rule: ReviewRule, first: date, last: date) -> date:
    """The first day on which a period is ending: its last quarter begins, by the method (R20)."""
    return max(first, add_months(add_days(last, 1), -rule.ending_months))


def review_periods(rule: ReviewRule, effective_from: date, effective_to: date) -> tuple[ReviewPeriod, ...]:
    """The periods to review between two dates, in order: civil years cut to the convention, or its anniversaries."""
    periods: list[ReviewPeriod] = []
    first = effective_from
    while first <= effective_to:
        if rule.period == ANNIVERSARY:
            last = eve_of_anniversary(effective_from, len(periods) + 1)
        else:
            last = date(first.year, 12, 31)
        last = min(last, effective_to)
        code = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
        periods.append(ReviewPeriod(Code(code), first, last))
        if last == date.max:
            break
        first = add_days(last, 1)
    return tuple(periods)
