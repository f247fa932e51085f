"""Priorities withdrawn: in the steering committee, for a reason, as long as no signed plan serves them (R09, R22)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.counting import Signing, voided_by
from domain.convention.deciding import ConventionCommand, NothingToTakeBack, is_of_before
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import PLAN, TerritorialConvention
from domain.convention.texts import TextsAdopted
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.steering import PRIORITY_WITHDRAWN, DecisionReference
from domain.values import LocalId, Prose


@dataclass(frozen=True)
class PriorityIsSigned(BrokenRule):
    """R22: the plan that serves the priority is signed by every required signatory: an amendment withdraws it."""

    RULE = "R22"
    CODE = "amendment-needs-signatures"
    LEVEL = Level.HARD
    FIELD = "priority_id"


@event("convention.priority-withdrawn")
class PriorityWithdrawn(Event):
    """The committee withdrew a priority on `occurred_on`, and why; the plan that serves it stands no more."""

    priority_id: LocalId
    motive: Prose
    decided_in: DecisionReference

    def apply(self, convention: TerritorialConvention) -> None:
        """Free its rank; keep its id."""
        priorities = PrioritiesChosen.of(convention)
        priorities.ranks.pop(self.priority_id, None)
        priorities.withdrawn.add(self.priority_id)
        TextsAdopted.of(convention).withdraw(self.priority_id)


@command(TerritorialConvention, records=PriorityWithdrawn)
@dataclass(frozen=True, kw_only=True)
class WithdrawPriority(ConventionCommand):
    """Withdraw a priority; the action sheets written for it stay, and no plan takes them any more (R11)."""

    priority_id: LocalId
    motive: Prose
    decided_in: DecisionReference

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R22: once the signed plan serves every priority, they change by an amendment only."""
        live = PrioritiesChosen.of(state).ranks
        case.breaks_if(live and all(_is_signed(state, one) for one in live), PriorityIsSigned())

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A live priority; a decision of the committee."""
        case.breaks_if(not PrioritiesChosen.of(state).ranks, NothingToTakeBack("priority_id"))
        decision_awaited(case, around, PRIORITY_WITHDRAWN, state.home_territory_id, profile.deciding_bodies)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        chosen = PrioritiesChosen.of(state)
        case.breaks_if(self.priority_id in chosen.withdrawn, AlreadyExists(self.priority_id))
        chosen_on = chosen.chosen_on.get(self.priority_id)
        if chosen_on is None:
            case.broken(UnknownReference("priority_id", self.priority_id))
        elif chosen_on > case.occurred_on:
            case.broken(DatesDoNotFit("priority_id", chosen_on, case.occurred_on))
        signed = any(not _is_signed(state, one) for one in chosen.ranks) and _is_signed(state, self.priority_id)
        case.breaks_if(signed, PriorityIsSigned())  # where all of them are, `closed` has said it
        plan = TextsAdopted.of(state).by_cover.get(PLAN)
        if plan is not None and self.priority_id in plan.priorities:
            voided = voided_by(state, (PLAN,))
            case.broken(*([voided] if voided is not None else []))
        check_decision(case, self.decided_in, PRIORITY_WITHDRAWN, state.home_territory_id, profile.deciding_bodies)
        self.settle(state, case)
        record_from(self, state, case)


def _is_signed(state: TerritorialConvention, priority_id: LocalId) -> bool:
    """Whether a signed plan serves it."""
    if PLAN not in Signing.of(state).signed_on:
        return False
    plan = TextsAdopted.of(state).plan
    if plan is None:  # of what was signed before a take-over (R34), those that had been chosen by then
        return is_of_before(state, PrioritiesChosen.of(state).chosen_on[priority_id])
    return priority_id in plan.priorities
