"""What every act on an action sheet that was drafted has in common: its convention is open, its method weighs."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date

from domain.action_sheets.state import ActionSheet
from domain.convention.closed import check_not_closed, check_open
from domain.convention.deciding import ease_before, pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import BrokenRule, Case, Command, Level, NothingToCite, Surroundings, Weighed
from domain.method import MethodProfile
from domain.values import InvalidValue, ValidityPeriod


@dataclass(frozen=True)
class OutsideConvention(BrokenRule):
    """R11: the dates of an action are inside those of its convention; told when they are written, for dates move."""

    RULE = "R11"
    LEVEL = Level.NOTICE
    FIELD = "starts_on"
    calendar: ValidityPeriod
    convention: ValidityPeriod


@dataclass(frozen=True)
class NothingChanged(BrokenRule):
    """The sheet says all of this already, in the same words: nothing would change."""

    RULE = ""
    LEVEL = Level.HARD


def check_period(starts_on: date | None, ends_on: date | None) -> None:
    """Both days of a period are known, or neither, in their order. Raises `InvalidValue`."""
    if (starts_on is None) != (ends_on is None):
        raise InvalidValue("period-half", field="starts_on" if starts_on is None else "ends_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise InvalidValue("period-reversed", field="ends_on")


def check_inside(calendar: ValidityPeriod, convention: TerritorialConvention, case: Case) -> None:
    """R11, told: an action that leaves the dates of its convention."""
    period = convention.period
    outside = calendar.effective_from < period.effective_from or calendar.effective_to > period.effective_to
    case.breaks_if(outside, OutsideConvention(calendar, period))


@dataclass(frozen=True, kw_only=True)
class SheetCommand(Command):
    """Base of the commands on a sheet that was drafted."""

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`, whatever the sheet."""
        check_open(state, case, is_fact=cls.records_a_fact())
        if not any(one.convention_id == state.id for one in around.states(ActionSheet)):
            # Of a closed convention nothing is drafted any more either.
            case.broken(check_not_closed(state) or NothingToCite("stream_id", "draft-action-sheet"))
        return case.weighed()

    def decide(self, state: ActionSheet, case: Case) -> None:
        """Bring the convention and its method, see whether the act is open, then decide."""
        convention = case.find(TerritorialConvention, state.convention_id, "convention_id")
        if convention is None:
            case.settle()
            return
        profile = pinned_profile(case, *convention.profile_key)
        ease_before(convention, case)
        check_open(convention, case, is_fact=self.records_a_fact())
        self.act(state, convention, case, profile)

    @abstractmethod
    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """Check the rules of this act and record it. Raises `Refused`."""
