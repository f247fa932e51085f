"""What is known of a convention from before it was taken over (R34): the milestones it had passed, each by its day.

What nobody knows the day of is held to have happened before the take-over: no rule asks it again, nothing is derived
from its day. Later it may be dated, or its paper joined, and nothing else moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from domain.calendar import review_periods
from domain.convention.counting import Signing
from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand, is_of_before, profile_on
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.opening import Engagement
from domain.convention.reviewed import ANNUAL, NOT_A_PERIOD, Review, ReviewsDone
from domain.convention.state import COVERS, TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    DoesNotFit,
    EndsBeforeStart,
    Event,
    Level,
    Part,
    command,
    event,
    part,
    record_from,
)
from domain.method import MethodProfile
from domain.values import Code, InvalidValue, ValidityPeriod, deterministic_id

ENGAGEMENT: Final = Code("ENGAGEMENT")
DIAGNOSIS: Final = Code("DIAGNOSIS")
FORUMS: Final = Code("FORUMS")
PRIORITIES: Final = Code("PRIORITIES")
PLAN: Final = Code("PLAN")
SIGNED: Final = Code("SIGNED")
IN_FORCE: Final = Code("IN_FORCE")
REVIEW: Final = Code("REVIEW")
MILESTONES: Final = (ENGAGEMENT, DIAGNOSIS, FORUMS, PRIORITIES, PLAN, SIGNED, IN_FORCE, REVIEW)
"""What a convention that runs has passed, in the order of the method; a review is of one period."""
MONEY: Final = Code("MONEY")
MEASURES: Final = Code("MEASURES")
KNOWN_SINCE: Final = (MONEY, MEASURES)
"""What is recorded bit by bit, and no milestone: its day is the first from which all of it is known here."""
FACTS: Final = (*MILESTONES, *KNOWN_SINCE)
"""All that may be known of before, or not."""
IN_ORDER: Final = (ENGAGEMENT, DIAGNOSIS, FORUMS, PRIORITIES, PLAN, SIGNED)
"""Those of which each usually comes after the one before."""
COUNTED: Final = (FORUMS, PRIORITIES, PLAN)
"""Those of which there may be several: of a plan, its actions."""

Fact = tuple[Code, date | None]
"""A milestone, and for a review the first day of its period."""


@dataclass(frozen=True)
class NotTakenOver(BrokenRule):
    """R34: only a convention that was taken over has facts of before; any other records each by its own act."""

    RULE = "R34"
    LEVEL = Level.HARD


@dataclass(frozen=True)
class AfterTakeOver(BrokenRule):
    """R34: what happened after the take-over is recorded by its own act, under the rules of the method."""

    RULE = "R34"
    LEVEL = Level.HARD
    FIELD = "occurred_on"
    fact: Code
    occurred_on: date
    as_of: date


@dataclass(frozen=True)
class KnownAfterTakeOver(BrokenRule):
    """R34: the same, of one of the facts that a take-over tells; `field`: which line of it."""

    RULE = "R34"
    CODE = AfterTakeOver.CODE
    LEVEL = Level.HARD
    field: str
    fact: Code
    occurred_on: date
    as_of: date


@dataclass(frozen=True)
class EarlierFactDated(BrokenRule):
    """R34: the fact has a day already: another one is a correction; on the same day, a paper is joined to it."""

    RULE = "R34"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "occurred_on"
    fact: Code
    known_on: date


@dataclass(frozen=True)
class EarlierFactsOutOfOrder(BrokenRule):
    """R34: the fact is dated before one that usually comes first: kept, and told, since a slip looks the same."""

    RULE = "R34"
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    fact: Code
    occurred_on: date
    after: Code
    after_on: date


@part(TerritorialConvention, "earlier")
@dataclass
class EarlierFacts(Part):
    """The day of each milestone that is known from before a take-over, since when money and measures are; reviews by
    the first day of their period."""

    known_on: dict[Code, date] = field(default_factory=dict)
    reviewed_on: dict[date, date] = field(default_factory=dict)

    def day_of(self, fact: Fact) -> date | None:
        """The day of a fact, None while nobody knows it."""
        milestone, period_starts_on = fact
        return self.reviewed_on.get(period_starts_on) if period_starts_on is not None else self.known_on.get(milestone)


@event("convention.earlier-fact-recorded")
class EarlierFactRecorded(Event):
    """A milestone of before the take-over is known to have been passed on `occurred_on`; `count`: how many there were.
    Of money and measures: they are known from that day on.

    Said again of the same day, with its paper.
    """

    fact: Code
    period: ValidityPeriod | None
    count: int | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep its day, and what follows from it as from any fact of its kind."""
        earlier, day = EarlierFacts.of(convention), self.occurred_on
        if self.period is not None:
            if self.period.effective_from not in earlier.reviewed_on:
                review_id = deterministic_id("earlier-review", convention.id, self.period.effective_from)
                ReviewsDone.of(convention).reviews.append(Review(review_id, ANNUAL, self.period, day, earlier=True))
            earlier.reviewed_on[self.period.effective_from] = day
        else:
            earlier.known_on[self.fact] = day
        if self.fact in _EFFECTS:
            _EFFECTS[self.fact](convention, day)
        if self.fact not in KNOWN_SINCE:
            convention.opened_on = min(convention.opened_on, day)


def known_since(convention: TerritorialConvention, fact: Code) -> date:
    """The first day from which all that there is of the money, or of the measures, is recorded here: of what is before
    it, nobody knows more than is written. Of a convention that began here, always."""
    as_of = convention.taken_over_on
    return EarlierFacts.of(convention).known_on.get(fact, as_of) if as_of is not None else date.min


def is_unknown(convention: TerritorialConvention, fact: Code, day: date) -> bool:
    """R34: whether nobody knows if there was any money, or any measure, for what is of a day before a take-over."""
    return is_of_before(convention, day) and fact not in EarlierFacts.of(convention).known_on


def hold_as_passed(convention: TerritorialConvention) -> None:
    """R34: a convention that runs has shared a diagnosis, was signed by its signatories and is in force, on whatever
    days: as long as nobody knows them, the first day of its term stands for them."""
    start = convention.period.effective_from
    DiagnosesShared.of(convention).shared_on.append(start)
    ForumsHeld.of(convention).share_diagnosis(date.min)
    _signed(convention, start)
    _in_force(convention, start)


def _engaged(convention: TerritorialConvention, day: date) -> None:
    Engagement.of(convention).engaged_on = day


def _shared(convention: TerritorialConvention, day: date) -> None:
    DiagnosesShared.of(convention).shared_on[:1] = [day]


def _signed(convention: TerritorialConvention, day: date) -> None:
    signing = Signing.of(convention)
    signing.signed_on.update(dict.fromkeys(COVERS, day))
    signing.taken_over = dict.fromkeys(signing.taken_over or convention.signatories, day)


def _in_force(convention: TerritorialConvention, day: date) -> None:
    Signing.of(convention).activated_on = day


_EFFECTS: Final[Mapping[Code, Callable[[TerritorialConvention, date], None]]] = {
    ENGAGEMENT: _engaged,
    DIAGNOSIS: _shared,
    SIGNED: _signed,
    IN_FORCE: _in_force,
}
"""What the day of a milestone moves in the state of its family."""


@dataclass(frozen=True, kw_only=True)
class EarlierFact:
    """What is said of one milestone of before, or since when its money or measures are known: which, of which period
    where it is a review, how many where it is counted. Raises `InvalidValue` for what cannot be said of it."""

    fact: Code
    period_starts_on: date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if self.fact not in FACTS:
            raise InvalidValue("unknown-code", field="fact", value=self.fact, allowed=FACTS)
        if (self.fact == REVIEW) != (self.period_starts_on is not None):
            raise InvalidValue("period-of-review", field="period_starts_on")
        if self.count is not None and (self.count < 1 or self.fact not in COUNTED):
            raise InvalidValue("count-of-fact", field="count")

    def check(self, state: TerritorialConvention, case: Case) -> ValidityPeriod | None:
        """Add to the case what is wrong with it on its day; the period that a review is of, by the method under which
        the convention was taken over."""
        as_of, day = state.taken_over_on, case.occurred_on
        case.breaks_if(as_of is not None and day > as_of, AfterTakeOver(self.fact, day, as_of or day))
        earlier = EarlierFacts.of(state)
        known_on = earlier.day_of((self.fact, self.period_starts_on))
        if known_on is not None:
            said_again = known_on == day and case.context.evidence
            case.breaks_if(not said_again, EarlierFactDated(self.fact, known_on))
        if self.period_starts_on is None:
            self._check_order(earlier, case)
            return None
        method = profile_on(state, as_of or day, case)
        periods = review_periods(method.review, state.period.effective_from, state.period.effective_to)
        period = next((one for one in periods if one.first == self.period_starts_on), None)
        if period is None:
            case.broken(DoesNotFit("period_starts_on", self.period_starts_on.isoformat(), NOT_A_PERIOD))
            return None
        case.breaks_if(day < period.first, EndsBeforeStart("occurred_on", period.first, day))
        return ValidityPeriod(period.first, period.last)

    def _check_order(self, earlier: EarlierFacts, case: Case) -> None:
        """Told when it comes before what usually precedes it, or after what usually follows."""
        if self.fact not in IN_ORDER:
            return
        place = IN_ORDER.index(self.fact)
        for other, day in earlier.known_on.items():
            if other in IN_ORDER[:place] and day > case.occurred_on:
                case.broken(EarlierFactsOutOfOrder(self.fact, case.occurred_on, other, day))
            elif other in IN_ORDER[place + 1 :] and day < case.occurred_on:
                case.broken(EarlierFactsOutOfOrder(other, day, self.fact, case.occurred_on))


@command(TerritorialConvention, records=EarlierFactRecorded, derived=("period",))
@dataclass(frozen=True, kw_only=True)
class RecordEarlierFact(EarlierFact, ConventionCommand):
    """Date a fact of before the take-over, or join its paper; `occurred_on` is the day it happened.

    `period_starts_on`: of a review, the first day of its period. `count`: how many forums, priorities, or actions of
    the plan. Of money and measures it is the first day from which they are known.
    """

    OF_BEFORE = True

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """The period of a review by its first day."""
        return {"period_starts_on": event.period.effective_from if event.period is not None else None}

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R34: of a convention that began here nothing is of before."""
        case.breaks_if(state.taken_over_on is None, NotTakenOver())

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        period = self.check(state, case)
        self.settle(state, case)
        record_from(self, state, case, period=period)
