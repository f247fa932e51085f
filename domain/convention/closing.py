"""The end of a convention's file: closed once its term is past, or before it was ever signed.

A signed convention binds its signatories until its term: the committee binds nobody (R08) and does not end it sooner.
One that was never signed binds nobody: the committee gives it up, and its perimeter is free.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar import add_days
from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.closed import Closing
from domain.convention.counting import Signing
from domain.convention.deciding import ConventionCommand
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.kernel import BrokenRule, Case, Event, Level, Surroundings, command, event, record_from, required_text
from domain.method import MethodProfile
from domain.perimeters import release
from domain.steering import CONVENTION_GIVEN_UP, DecisionReference
from domain.values import Prose


@dataclass(frozen=True)
class TermNotReached(BrokenRule):
    """R08: a signed convention runs until its term, whatever the committee decides: it binds nobody."""

    RULE = "R08"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "occurred_on"
    effective_to: date

    @property
    def opens_on(self) -> date:
        return add_days(self.effective_to, 1)


@dataclass(frozen=True)
class ClosingUndecided(BrokenRule):
    """R08: a convention that was never signed is given up before its term by a decision of the committee."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"


@event("convention.convention-closed")
class ConventionClosed(Event):
    """The file is closed on `occurred_on`, and why; decided where, when it was given up before its term."""

    motive: Prose
    decided_in: DecisionReference | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        Closing.of(convention).closed_on = self.occurred_on


@command(TerritorialConvention, records=ConventionClosed)
@dataclass(frozen=True, kw_only=True)
class CloseConvention(ConventionCommand):
    """Close a convention: nothing is expected any more, nobody is reminded; one never signed frees its perimeter."""

    motive: Prose
    decided_in: DecisionReference | None = None

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R08: a signed convention waits for its term."""
        ends_on = state.period.effective_to
        case.breaks_if(_is_signed(state) and case.occurred_on <= ends_on, TermNotReached(ends_on))

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """Before its term, a decision of the committee to give it up."""
        if not _is_signed(state) and case.occurred_on <= state.period.effective_to:
            decision_awaited(case, around, CONVENTION_GIVEN_UP, state.home_territory_id, profile.deciding_bodies)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        if self.decided_in is not None:
            kinds = profile.deciding_bodies
            check_decision(case, self.decided_in, CONVENTION_GIVEN_UP, state.home_territory_id, kinds)
        elif not _is_signed(state):
            case.breaks_if(case.occurred_on <= state.period.effective_to, ClosingUndecided())
        self.settle(state, case)
        record_from(self, state, case)
        if not _is_signed(state):
            release(case, state.id, tuple(state.communes))


def _is_signed(state: TerritorialConvention) -> bool:
    return CONVENTION in Signing.of(state).signed_on
