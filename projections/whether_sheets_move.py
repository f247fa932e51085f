"""Are the sheets moving? Where each one of a plan stands today, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.values import Code
from projections.what_the_plan_rests_on import Sheet

LATE: Final = Code("LATE")
WATCH: Final = Code("WATCH")
ON_TIME: Final = Code("ON_TIME")
NOT_STARTED: Final = Code("NOT_STARTED")
DONE: Final = Code("DONE")
LAID_ASIDE: Final = Code("LAID_ASIDE")
STANDINGS: Final = (LATE, WATCH, ON_TIME, NOT_STARTED, DONE, LAID_ASIDE)
"""From the worst on; what was laid aside is no fault and comes last."""


@dataclass(frozen=True)
class SheetMoving:
    """A sheet, how it stands, and since how many days it should have ended."""

    sheet: Sheet
    standing: Code
    days_late: int = 0


def moving(sheets: Iterable[Sheet], today: date) -> tuple[SheetMoving, ...]:
    """Where each stands by its dates, the worst first: the longest late, then those that begin earlier."""
    return tuple(sorted((_moving(one, today) for one in sheets), key=_order))


def _moving(sheet: Sheet, today: date) -> SheetMoving:
    if not sheet.is_live:
        return SheetMoving(sheet, LAID_ASIDE)
    if sheet.calendar is None:
        return SheetMoving(sheet, NOT_STARTED)
    if sheet.calendar.effective_to < today:
        return SheetMoving(sheet, LATE, (today - sheet.calendar.effective_to).days)
    return SheetMoving(sheet, NOT_STARTED if sheet.calendar.effective_from > today else ON_TIME)


def _order(one: SheetMoving) -> tuple[int, int, date]:
    calendar = one.sheet.calendar
    return STANDINGS.index(one.standing), -one.days_late, calendar.effective_from if calendar is not None else date.max
