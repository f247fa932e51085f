"""Are the sheets moving? Where each one of a plan stands today, in one word, and what presses; the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.action_sheets.state import ABANDONED, TO_START
from domain.action_sheets.state import DONE as ACTION_DONE
from domain.action_sheets.state import POSTPONED as ACTION_POSTPONED
from domain.method import MethodProfile
from domain.values import Code
from projections.where_the_plan_stands import (
    NO_DATES,
    NO_OWNER,
    NO_STATUS,
    NOT_DONE,
    STEP_NOT_DONE,
    SheetStanding,
)
from projections.where_the_plan_stands import NOT_STARTED as NOT_BEGUN

LATE: Final = Code("LATE")
WATCH: Final = Code("WATCH")
ON_TIME: Final = Code("ON_TIME")
NOT_STARTED: Final = Code("NOT_STARTED")
DONE: Final = Code("DONE")
LAID_ASIDE: Final = Code("LAID_ASIDE")
UNKNOWN: Final = Code("UNKNOWN")
"""Of before a take-over (R34), and nobody said how it stands, who owns it or when it runs: no fault."""
STANDINGS: Final = (LATE, WATCH, ON_TIME, NOT_STARTED, UNKNOWN, DONE, LAID_ASIDE)
"""From the worst on; what was laid aside is no fault and comes last."""

SILENT: Final = Code("SILENT")
BEHIND: Final = Code("BEHIND")
CAUSES: Final = (NOT_DONE, STEP_NOT_DONE, NOT_BEGUN, NO_OWNER, NO_DATES, SILENT, BEHIND, NO_STATUS)
"""What presses of a sheet: the first of these is told."""


@dataclass(frozen=True)
class SheetMoving:
    """A sheet, how it stands, what presses and since which day; `points_behind`: its progress against the time passed.

    What is watched because something is not known has no day.
    """

    sheet: SheetStanding
    standing: Code
    cause: Code | None = None
    since: date | None = None
    days: int = 0
    points_behind: int = 0


def moving(sheets: Iterable[SheetStanding], method: MethodProfile, today: date) -> tuple[SheetMoving, ...]:
    """How each stands, the worst first: the longest late, then those that begin earlier."""
    most = method.thresholds.behind_points
    return tuple(sorted((_moving(one, most, today) for one in sheets), key=_order))


def _moving(sheet: SheetStanding, most_behind: int, today: date) -> SheetMoving:
    if not sheet.is_live or sheet.status == ABANDONED:
        return SheetMoving(sheet, LAID_ASIDE)
    if sheet.status == ACTION_DONE:
        return SheetMoving(sheet, DONE)
    if sheet.late:
        first = min(sheet.late, key=lambda one: CAUSES.index(one.cause))
        return SheetMoving(sheet, LATE, first.cause, first.since, (today - first.since).days)
    lacking = next((one for one in (NO_OWNER, NO_DATES) if one in sheet.lacks and one not in sheet.unknown), None)
    if lacking is not None:
        return SheetMoving(sheet, WATCH, lacking)
    if sheet.silent_since is not None and sheet.calendar is not None:
        heard = max(sheet.reported_on or sheet.calendar.effective_from, sheet.followed_from)
        return SheetMoving(sheet, WATCH, SILENT, heard, (today - heard).days)
    if (behind := points_behind(sheet, today)) > most_behind:
        return SheetMoving(sheet, WATCH, BEHIND, points_behind=behind)
    if sheet.unknown:
        return SheetMoving(sheet, UNKNOWN, sheet.unknown[0])
    return SheetMoving(sheet, NOT_STARTED if sheet.status in (TO_START, ACTION_POSTPONED) else ON_TIME)


def points_behind(sheet: SheetStanding, today: date) -> int:
    """How many points its progress is behind the share of its time that has passed; 0 where nobody told it since it is
    followed."""
    if sheet.progress_percent is None or sheet.calendar is None:
        return 0
    if sheet.reported_on is not None and sheet.reported_on < sheet.followed_from:
        return 0
    return max(0, round(100 * time_passed(sheet, today)) - sheet.progress_percent)


def time_passed(sheet: SheetStanding, today: date) -> float:
    """Which share of its time has passed."""
    if sheet.calendar is None:
        return 0.0
    first, last = sheet.calendar.effective_from, sheet.calendar.effective_to
    return min(max(((today - first).days + 1) / ((last - first).days + 1), 0.0), 1.0)


def _order(one: SheetMoving) -> tuple[int, int, date]:
    calendar = one.sheet.calendar
    first = calendar.effective_from if calendar is not None else date.max
    return STANDINGS.index(one.standing), -max(one.days, one.points_behind), first
