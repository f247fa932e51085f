"""When a plan is complete (R11), and which themes it owes (R12): what a committee validates lacks nothing, or says so.

Each lack is a rule of its own under one code, so that whoever validates sees the whole list at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.describing import Description, priorities_of
from domain.action_sheets.following import Progress
from domain.action_sheets.state import ABANDONED, ActionSheet
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.indicators.of_sheets import has_a_start, speaking_of
from domain.kernel import BrokenRule, Case, EndsBeforeStart, Level, Streams, required_text
from domain.method import MethodProfile
from domain.values import Code, LocalId, Prose, ValidityPeriod


@dataclass(frozen=True)
class PlanIncomplete(BrokenRule):
    """R11: every live priority has an action in the plan."""

    RULE = "R11"
    LEVEL = Level.WAIVABLE
    FIELD = "sheets"
    MENDED_BY = "draft-action-sheet"
    priorities: tuple[LocalId, ...]


@dataclass(frozen=True)
class SheetsWithoutOwner(BrokenRule):
    """R11: every action has one owner."""

    RULE = "R11"
    CODE = PlanIncomplete.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "sheets"
    MENDED_BY = "assign-action-owner"
    sheets: tuple[UUID, ...]


@dataclass(frozen=True)
class SheetsWithoutDates(BrokenRule):
    """R11: every action has dates."""

    RULE = "R11"
    CODE = PlanIncomplete.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "sheets"
    MENDED_BY = "schedule-action"
    sheets: tuple[UUID, ...]


@dataclass(frozen=True)
class SheetsOutsideConvention(BrokenRule):
    """R11: the dates of every action are inside those of the convention."""

    RULE = "R11"
    CODE = PlanIncomplete.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "sheets"
    MENDED_BY = "schedule-action"
    sheets: tuple[UUID, ...]
    convention: ValidityPeriod


@dataclass(frozen=True)
class SheetsWithoutIndicator(BrokenRule):
    """R11: every action has an indicator, or one is promised by a day: the same for all that have none."""

    RULE = "R11"
    CODE = PlanIncomplete.CODE
    LEVEL = Level.WAIVABLE
    FIELD = "indicators_promised_by"
    sheets: tuple[UUID, ...]


@dataclass(frozen=True)
class ThemeNotCovered(BrokenRule):
    """R12: a theme that the method wants is served by a priority or an action of the plan, or excluded, and why."""

    RULE = "R12"
    LEVEL = Level.WAIVABLE
    FIELD = "excluded_themes"
    themes: tuple[Code, ...]


@dataclass(frozen=True)
class ExcludedTheme:
    """A theme that the method wants and that the territory leaves aside, and why."""

    theme: Code
    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "excluded_themes")


def check_complete(
    convention: TerritorialConvention, sheets: Sequence[ActionSheet], promised_by: date | None, case: Case
) -> None:
    """R11, all that is missing at once. An action that was given up serves no priority, and owes nothing more."""
    going = [one for one in sheets if Progress.of(one).status != ABANDONED]
    served = {priority for one in going for priority in priorities_of(one)}
    without = tuple(sorted(one for one in PrioritiesChosen.of(convention).ranks if one not in served))
    case.breaks_if(without, PlanIncomplete(without))
    ownerless = _ids(one for one in going if one.owner_id is None)
    case.breaks_if(ownerless, SheetsWithoutOwner(ownerless))
    undated = _ids(one for one in going if one.calendar is None)
    case.breaks_if(undated, SheetsWithoutDates(undated))
    period = convention.period
    outside = _ids(one for one in going if one.calendar is not None and not _inside(one.calendar, period))
    case.breaks_if(outside, SheetsOutsideConvention(outside, period))
    unmeasured = _ids(one for one in going if not has_indicator(one, case.streams))
    case.breaks_if(unmeasured and promised_by is None, SheetsWithoutIndicator(unmeasured))
    if promised_by is not None and promised_by < case.occurred_on:
        case.broken(EndsBeforeStart("indicators_promised_by", case.occurred_on, promised_by))


def check_themes(
    convention: TerritorialConvention,
    sheets: Iterable[ActionSheet],
    excluded: Iterable[ExcludedTheme],
    profile: MethodProfile,
    case: Case,
) -> None:
    """R12: of the themes that the method wants, each is served or excluded."""
    chosen = PrioritiesChosen.of(convention)
    covered = {theme for one in chosen.ranks for theme in chosen.themes_of.get(one, ())}
    covered.update(theme for one in sheets for theme in Description.of(one).themes)
    covered.update(one.theme for one in excluded)
    missing = tuple(one for one in profile.mandatory_themes if one not in covered)
    case.breaks_if(missing, ThemeNotCovered(missing))


def has_indicator(sheet: ActionSheet, streams: Streams) -> bool:
    """Whether some indicator speaks of an action, and says where it starts from or by when that will be known."""
    return any(has_a_start(one) for one in speaking_of(sheet, streams))


def _ids(sheets: Iterable[ActionSheet]) -> tuple[UUID, ...]:
    return tuple(one.id for one in sheets)


def _inside(calendar: ValidityPeriod, period: ValidityPeriod) -> bool:
    return period.effective_from <= calendar.effective_from and calendar.effective_to <= period.effective_to
