"""Taking over a convention that already runs: its terms, and what is known of what it has passed (R34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.convention.earlier import EarlierFact, EarlierFactRecorded, KnownAfterTakeOver, hold_as_passed
from domain.convention.opening import DERIVED_TERMS, StatesTerms, TermsStated
from domain.convention.state import TerritorialConvention
from domain.kernel import BrokenRule, Case, Level, Refused, command, event, unique
from domain.method import MethodProfile
from domain.values import Evidence, ValidityPeriod


@dataclass(frozen=True)
class TakenOverInFuture(BrokenRule):
    """R03: the day as of which a convention is taken over cannot be to come."""

    RULE = "R03"
    CODE = "bad-business-date"
    LEVEL = Level.HARD
    FIELD = "as_of"
    as_of: date
    today: date


@dataclass(frozen=True)
class NotRunningThen(BrokenRule):
    """R34: only a convention that runs is taken over: one that has still to begin is opened as a new one."""

    RULE = "R34"
    LEVEL = Level.HARD
    FIELD = "as_of"
    as_of: date
    effective_from: date
    effective_to: date


@event("convention.convention-taken-over")
class ConventionTakenOver(TermsStated):
    """A convention that already ran is followed here as of a day: before it everything is kept as it is said."""

    as_of: date

    def apply(self, convention: TerritorialConvention) -> None:
        """Take the terms; what a running convention has passed is held as passed."""
        super().apply(convention)
        convention.taken_over_on = self.as_of
        convention.opened_on = self.period.effective_from
        hold_as_passed(convention)


@dataclass(frozen=True, kw_only=True)
class KnownFact(EarlierFact):
    """A milestone that was passed: on a day, with its papers where there are any; no day: nobody knows."""

    on: date | None = None
    evidence: tuple[Evidence, ...] = ()


@command(TerritorialConvention, starts=True, records=ConventionTakenOver, derived=DERIVED_TERMS)
@dataclass(frozen=True, kw_only=True)
class TakeOverConvention(StatesTerms):
    """Take over a convention that already runs, as of a day: its terms as at an opening, and what is known of its past.

    `known`: the milestones that it has passed; one without a day, or not named, is unknown, and nobody is reminded of
    it. Each dated one is a fact of its own, corrected and annulled by itself.
    """

    as_of: date
    known: tuple[KnownFact, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        unique((f"{one.fact} {one.period_starts_on or ''}".strip() for one in self.known), "known")

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """As an opening; what it has passed are facts of their own."""
        return {**super().said_otherwise(event, caused), "known": ()}

    def decide(self, state: TerritorialConvention | None, case: Case) -> TerritorialConvention:
        today = case.context.today
        case.breaks_if(self.as_of > today, TakenOverInFuture(self.as_of, today))
        for number, one in enumerate(self.known):
            if one.on is not None and one.on > self.as_of:
                case.broken(KnownAfterTakeOver(f"known.{number}.on", one.fact, one.on, self.as_of))
        started = super().decide(state, case)
        opened: Any = started.pending_events[0]
        broken: list[BrokenRule] = []
        for day, one in sorted(((one.on, one) for one in self.known if one.on is not None), key=lambda pair: pair[0]):
            own = case.proving(one.evidence, day)
            period = one.check(started, own)
            try:
                own.settle()
            except Refused as refused:
                broken += refused.broken
                continue
            said: dict[str, Any] = {"fact": one.fact, "period": period, "count": one.count}
            started.record(EarlierFactRecorded, own, caused_by=opened, **said)
        if broken:
            raise Refused(*broken)
        return started

    def check_period(self, period: ValidityPeriod, profile: MethodProfile, case: Case) -> None:
        """R02; R34: it runs on the day as of which it is taken over."""
        super().check_period(period, profile, case)
        runs = period.effective_from <= self.as_of <= period.effective_to
        case.breaks_if(not runs, NotRunningThen(self.as_of, period.effective_from, period.effective_to))
