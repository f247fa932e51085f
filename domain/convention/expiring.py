"""The end of a term: recorded once it has passed, by the engine. The phase follows from the days alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar import add_days
from domain.convention.closed import Closing
from domain.convention.extended import Expiry, lapsed_cover, perimeter_of
from domain.convention.state import TerritorialConvention
from domain.kernel import BrokenRule, Case, Command, Event, Level, command, event
from domain.perimeters import registers_of, reserve


@dataclass(frozen=True)
class TermStillToCome(BrokenRule):
    """R02: a convention has not ended before the last day of its term is over."""

    RULE = "R02"
    LEVEL = Level.HARD
    effective_to: date

    @property
    def opens_on(self) -> date:
        return add_days(self.effective_to, 1)


@event("convention.convention-expired")
class ConventionExpired(Event):
    """The term passed: `effective_to` was its last day, `occurred_on` the first day without the convention."""

    effective_to: date

    def apply(self, convention: TerritorialConvention) -> None:
        """It is recorded; the extension that all have not signed by then has lapsed."""
        Expiry.of(convention).ended_on = self.effective_to


@command(TerritorialConvention, internal=True)
@dataclass(frozen=True, kw_only=True)
class ExpireConvention(Command):
    """Record that the term of a convention has passed. Sent by the engine, as often as it likes: what is recorded, or
    closed, stays as it is."""

    def decide(self, state: TerritorialConvention, case: Case) -> None:
        ends_on = state.period.effective_to
        case.breaks_if(case.context.today <= ends_on, TermStillToCome(ends_on))
        case.settle()
        if not Expiry.is_recorded(state) and Closing.of(state).closed_on is None:
            state.record(ConventionExpired, case, occurred_on=add_days(ends_on, 1), effective_to=ends_on)
            if lapsed_cover(state) is not None:  # R01: the days that it would have added are free again
                reserve(case, registers_of(case, state.communes), perimeter_of(state))
