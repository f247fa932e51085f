"""What every act on an opened convention has in common: its method weighs the rules, its waivers set some aside."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from domain.convention.closed import check_open
from domain.convention.methods_followed import method_on
from domain.convention.state import TerritorialConvention
from domain.convention.waived import WaiversGranted
from domain.kernel import (
    BrokenRule,
    Case,
    Command,
    DatedBeforeOpening,
    DecidedBeforeOpening,
    Level,
    Surroundings,
    UnknownReference,
    Weighed,
)
from domain.method import MethodProfile
from domain.profiles import PublishedProfile, profile_stream


@dataclass(frozen=True)
class NothingToTakeBack(BrokenRule):
    """The act takes back what another one recorded (an announced forum, a priority, a mandate), and there is none.

    Unlike `NothingToCite` no act comes first: whoever has nothing to take back has nothing to do.
    """

    RULE = ""
    CODE = UnknownReference.CODE
    LEVEL = Level.HARD
    field: str


@dataclass(frozen=True)
class TakenOver(BrokenRule):
    """R34: what is dated before the take-over of its convention is kept as it is said, and nobody is reminded of it.

    Dated on that very day it was known then, of whatever day before.
    """

    RULE = "R34"
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    occurred_on: date
    as_of: date


NEVER_EASED: Final = frozenset({"", "R01", "R03", "R31", "R32", "R33"})
"""The rules that hold before a take-over too: who may act, what may be said of people, what the log keeps, which
perimeter is whose, that nothing is dated in the future."""


def eased_before_take_over(rule: BrokenRule) -> bool:
    """R34: whether a rule is only told of what is dated before the take-over."""
    return rule.RULE not in NEVER_EASED and not rule.CONTRADICTS


def is_of_before(state: TerritorialConvention, day: date) -> bool:
    """R34: whether a day is before the take-over of a convention, or that of it: what was known by then."""
    return state.taken_over_on is not None and day <= state.taken_over_on


def ease_before(state: TerritorialConvention, case: Case) -> bool:
    """R34: whether what a case decides, beside a convention or on it, is of before its take-over: then its rules are
    told, not enforced."""
    as_of = state.taken_over_on
    if as_of is None or case.occurred_on > as_of:
        return False
    case.breaks_if(case.occurred_on < as_of, TakenOver(case.occurred_on, as_of))
    case.eases = eased_before_take_over
    return True


@dataclass(frozen=True, kw_only=True)
class ConventionCommand(Command):
    """Base of the commands on an opened convention. `OF_BEFORE`: whether it is about what came before a take-over, so
    that this goes without saying. `MAY_BE_OF_BEFORE`: whether it is offered on a convention taken over whatever its
    rules say of today, because it tells a detail of what was."""

    OF_BEFORE: ClassVar[bool] = False
    MAY_BE_OF_BEFORE: ClassVar[bool] = False

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of this act today, whatever its form says.

        Asks the functions that `decide` calls, and changes nothing.
        """
        profile = pinned_profile(case, *state.profile_key)
        cls.check_open(state, case)
        cls.closed(state, case, profile)
        cls.uncited(state, case, profile, around)
        if cls.MAY_BE_OF_BEFORE and state.taken_over_on is not None:
            case.eases = eased_before_take_over
        granted = WaiversGranted.of(state)
        return case.weighed(lambda rule: granted.set_aside(rule, case.occurred_on))

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """Add to the case the rules that refuse this act today however its form is filled in; none by default."""

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """Add to the case what this act would have to cite and that is not recorded yet; nothing by default."""

    def decide(self, state: TerritorialConvention, case: Case) -> None:
        """Bring the method, see whether the act is open, then decide."""
        profile = pinned_profile(case, *state.profile_key)
        if self.OF_BEFORE and is_of_before(state, case.occurred_on):
            case.eases = eased_before_take_over
        elif not ease_before(state, case) and case.occurred_on < state.opened_on:
            before = DatedBeforeOpening if self.records_a_fact() else DecidedBeforeOpening
            case.broken(before(case.occurred_on, state.opened_on))
        self.check_open(state, case)
        self.closed(state, case, profile)
        self.milestone(state, case, profile)

    @classmethod
    def check_open(cls, state: TerritorialConvention, case: Case) -> None:
        """A closed convention takes no decision; a fact is recorded, which whoever records it is told."""
        check_open(state, case, is_fact=cls.records_a_fact())

    @abstractmethod
    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """Check the rules of this milestone and record it. Raises `Refused`."""

    def settle(self, state: TerritorialConvention, case: Case) -> None:
        """Weigh the broken rules with the convention's waivers. Raises `Refused`."""
        granted = WaiversGranted.of(state)
        case.settle(lambda rule: granted.set_aside(rule, case.occurred_on))


def profile_on(state: TerritorialConvention, day: date, case: Case) -> MethodProfile:
    """The method that a convention followed on a day: what is of that day is judged by it."""
    name, version = method_on(state, day)
    published = case.streams.find(PublishedProfile, profile_stream(name, version))
    assert published is not None, f"profile {name} v{version} is cited but not published"
    return published.profile


def pinned_profile(case: Case, name: str, version: int) -> MethodProfile:
    """The published profile that a convention is pinned to; the log always holds it."""
    published = case.streams.find(PublishedProfile, profile_stream(name, version))
    assert published is not None, f"profile {name} v{version} is cited but not published"
    case.profile = published.profile
    return published.profile
