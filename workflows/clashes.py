"""What a date clashes with: a day off, school holidays, the calendars of councils and votes. Each is a notice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from domain.calendar import SATURDAY
from domain.council_calendars import council_clashes
from domain.method import MethodProfile
from domain.values import Code
from workflows.calendar import PublicHolidays
from workflows.school_calendar import FIXED_UNTIL, is_school_holiday

WEEKEND: Final = Code("WEEKEND")
PUBLIC_HOLIDAY: Final = Code("PUBLIC_HOLIDAY")
SCHOOL_HOLIDAYS: Final = Code("SCHOOL_HOLIDAYS")
SCHOOL_HOLIDAYS_PROVISIONAL: Final = Code("SCHOOL_HOLIDAYS_PROVISIONAL")
"""In a year that no order of the ministry has fixed yet."""


def clashes(
    day: date, department: str, method: MethodProfile, partner_kinds: Collection[str] | None = None
) -> tuple[Code, ...]:
    """What a day clashes with in a département under a method: codes of the vocabulary `clash`.

    `partner_kinds`: whose councils and reserve to look at; those of anybody when not given.
    """
    found: list[Code] = []
    if day.weekday() >= SATURDAY:
        found.append(WEEKEND)
    if day in PublicHolidays(department):
        found.append(PUBLIC_HOLIDAY)
    if method.calendars.school_holidays and is_school_holiday(day, department):
        found.append(SCHOOL_HOLIDAYS if day <= FIXED_UNTIL else SCHOOL_HOLIDAYS_PROVISIONAL)
    return (*found, *council_clashes(day, method.calendars, partner_kinds))
