"""A signed plan adapted where the change is minor: whoever the method says decides, and nobody signs again (R22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.complete_plans import check_complete
from domain.convention.counting import Signing
from domain.convention.deciding import ConventionCommand, is_of_before
from domain.convention.plan import (
    ActionPlanValidated,
    AmendmentNeedsSignatures,
    PlanSheet,
    SheetOfWithdrawnPriority,
    ValidateActionPlan,
    adopted,
    hash_of,
)
from domain.convention.priorities import PrioritiesChosen
from domain.convention.said_again import says_what_was_adopted
from domain.convention.state import PLAN, TerritorialConvention
from domain.convention.texts import AdoptedText, TextsAdopted
from domain.kernel import (
    BrokenRule,
    Case,
    Event,
    Level,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
    unique,
)
from domain.method import MethodProfile
from domain.steering import PLAN_ADAPTED, DecisionReference
from domain.values import InvalidValue, LocalId, Prose, Sha256


@dataclass(frozen=True)
class PlanNotSignedYet(BrokenRule):
    """R22: a plan that is not signed is validated anew; only a signed one is adapted."""

    RULE = "R22"
    CODE = "amendment-not-allowed"
    LEVEL = Level.HARD
    MENDED_BY = ValidateActionPlan.NAME


@dataclass(frozen=True)
class SubstantialChange(BrokenRule):
    """R22: another set of priorities than was signed is no minor change: the required signatories sign it."""

    RULE = "R22"
    CODE = AmendmentNeedsSignatures.CODE
    LEVEL = Level.HARD
    FIELD = "sheets"
    priorities: tuple[LocalId, ...]


@dataclass(frozen=True)
class NothingToAdapt(BrokenRule):
    """The plan says this already: its sheets are those that were adopted, as they were."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "sheets"


@event("convention.plan-adapted")
class PlanAdapted(Event):
    """The plan that is signed was adapted: its sheets as they are now, why, and where it was decided."""

    sheets: tuple[PlanSheet, ...]
    plan_hash: Sha256
    motive: Prose
    decided_in: DecisionReference

    def apply(self, convention: TerritorialConvention) -> None:
        """The same text, and the plan that it is read with from now on."""
        texts, sheets = TextsAdopted.of(convention), frozenset(one.sheet_id for one in self.sheets)
        if PLAN in texts.by_cover:
            texts.by_cover[PLAN] = replace(texts.by_cover[PLAN], plan_hash=self.plan_hash, sheets=sheets)
        elif convention.taken_over_on is not None:
            served = frozenset(one.priority_id for one in self.sheets)
            texts.adapted = AdoptedText(Sha256(""), self.plan_hash, self.occurred_on, served, sheets)


@command(TerritorialConvention, records=PlanAdapted, derived=("sheets", "plan_hash"))
@dataclass(frozen=True, kw_only=True)
class AdaptPlan(ConventionCommand):
    """Adapt the signed plan to what its sheets say now. Another set of priorities takes an amendment."""

    sheets: tuple[UUID, ...]
    motive: Prose
    decided_in: DecisionReference

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        unique((str(sheet) for sheet in self.sheets), "sheets")
        if not self.sheets:
            raise InvalidValue("at-least-one", field="sheets")

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its sheets by their ids."""
        return {"sheets": tuple(one.sheet_id for one in event.sheets)}

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R22: there is a signed plan, be it one that was signed before a take-over (R34)."""
        known = TextsAdopted.of(state).plan is not None or state.taken_over_on is not None
        signed = PLAN in Signing.of(state).signed_on and known
        case.breaks_if(not signed, PlanNotSignedYet())

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A decision of whoever the method lets adapt a plan."""
        decision_awaited(case, around, PLAN_ADAPTED, state.home_territory_id, profile.adapting_bodies)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        check_decision(case, self.decided_in, PLAN_ADAPTED, state.home_territory_id, profile.adapting_bodies)
        sheets: list[ActionSheet] = []
        for sheet_id in self.sheets:
            sheet = case.find(ActionSheet, sheet_id, "sheets")
            if sheet is not None:
                case.breaks_if(sheet.convention_id != state.id, UnknownReference("sheets", str(sheet_id)))
                sheets.append(sheet)
        withdrawn = PrioritiesChosen.of(state).withdrawn
        without = tuple(sheet.id for sheet in sheets if sheet.priority_id in withdrawn)
        case.breaks_if(without, SheetOfWithdrawnPriority(without))
        plan, lines = TextsAdopted.of(state).plan, adopted(sheets)
        moved = tuple(sorted(self._moved(state, {one.priority_id for one in sheets}, plan)))
        case.breaks_if(moved, SubstantialChange(moved))
        case.breaks_if(plan is not None and self._says_it_already(state, sheets, plan, case), NothingToAdapt())
        check_complete(state, sheets, case.occurred_on, case)  # indicators were promised with the plan
        self.settle(state, case)
        record_from(self, state, case, sheets=lines, plan_hash=hash_of(lines))

    @staticmethod
    def _says_it_already(
        state: TerritorialConvention, sheets: Sequence[ActionSheet], plan: AdoptedText, case: Case
    ) -> bool:
        """Whether its sheets say what was adopted: by their fingerprints, else word for word."""
        if plan.plan_hash is None or hash_of(adopted(sheets)) == plan.plan_hash:
            return plan.plan_hash is not None
        history = case.streams.history(state.id)
        adoptions = [one.sheets for one in history if isinstance(one, ActionPlanValidated | PlanAdapted)]
        return says_what_was_adopted(sheets, plan.plan_hash, adoptions, case)

    @staticmethod
    def _moved(state: TerritorialConvention, served: set[LocalId], plan: AdoptedText | None) -> set[LocalId]:
        """The priorities that are served otherwise than was signed; of what was signed before a take-over nobody knows
        more than those that had been chosen by then."""
        if plan is not None:
            return served ^ plan.priorities
        chosen_on = PrioritiesChosen.of(state).chosen_on
        return {one for one in served if one in chosen_on and not is_of_before(state, chosen_on[one])}
