"""The action plan as validated by the steering committee, on exact content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.state import ActionSheet
from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.complete_plans import ExcludedTheme, check_complete, check_themes
from domain.convention.counting import Signing, voided_by
from domain.convention.deciding import ConventionCommand
from domain.convention.priorities import NoPriorityChosen, PrioritiesChosen
from domain.convention.state import ALL_COVERS, COVERS, TerritorialConvention
from domain.convention.texts import AdoptedText, TextsAdopted
from domain.convention.themes import check_known
from domain.kernel import (
    BrokenRule,
    Case,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    unique,
)
from domain.method import MethodProfile
from domain.steering import PLAN_VALIDATED, DecisionReference
from domain.values import SHA256_PATTERN, Code, InvalidValue, LocalId, Prose, Sha256


@dataclass(frozen=True)
class AmendmentNeedsSignatures(BrokenRule):
    """R22: what every required signatory has signed changes by an amendment that they sign, not by another adoption."""

    RULE = "R22"
    LEVEL = Level.HARD
    FIELD = "text_covers"
    covers: tuple[Code, ...]


@dataclass(frozen=True)
class SheetOfWithdrawnPriority(BrokenRule):
    """R11: a plan is made of the sheets of live priorities."""

    RULE = "R11"
    LEVEL = Level.HARD
    FIELD = "sheets"
    sheets: tuple[UUID, ...]


@dataclass(frozen=True)
class SheetsAfterPlan(BrokenRule):
    """Actions of the plan were written down after it was validated: most often typed later; told."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "sheets"
    validated_on: date
    drafted_on: date


@dataclass(frozen=True)
class PlanSheet:
    """One action of the validated plan: its stream, its priority and its title of that day, and the fingerprint of all
    that was adopted of it."""

    sheet_id: UUID
    priority_id: LocalId
    title: Prose
    content_sha256: Sha256


@event("convention.action-plan-validated")
class ActionPlanValidated(Event):
    """The committee validated the plan: its sheets, the hash of their exact content, and the text to sign.

    `plan_hash`: sha256 over the sorted fingerprints of its sheets, so that any later change shows. `text_sha256`: the
    document that will be signed; `text_covers`: what it covers (convention, plan). `indicators_promised_by`: until when
    every action that has no indicator is to have one; `excluded_themes`: what the territory leaves aside of the themes
    that the method wants.
    """

    sheets: tuple[PlanSheet, ...]
    plan_hash: Sha256
    text_sha256: Sha256
    text_covers: tuple[Code, ...]
    indicators_promised_by: date | None
    excluded_themes: tuple[ExcludedTheme, ...]
    decided_in: DecisionReference

    def apply(self, convention: TerritorialConvention) -> None:
        """The text becomes the adopted one."""
        for cover in self.text_covers:
            served = frozenset(sheet.priority_id for sheet in self.sheets)
            sheets = frozenset(sheet.sheet_id for sheet in self.sheets)
            text = AdoptedText(self.text_sha256, self.plan_hash, self.occurred_on, served, sheets)
            TextsAdopted.of(convention).by_cover[cover] = text


@command(TerritorialConvention, records=ActionPlanValidated, derived=("sheets", "plan_hash", "text_covers"))
@dataclass(frozen=True, kw_only=True)
class ValidateActionPlan(ConventionCommand):
    """Validate the plan made of these action sheets, and adopt the text to sign.

    `text_covers`: what that text covers; empty: all that is not signed yet. `indicators_promised_by`: one day for all
    the actions that have no indicator yet (R11).
    """

    sheets: tuple[UUID, ...]
    text_sha256: Sha256
    text_covers: tuple[Code, ...] = ()
    indicators_promised_by: date | None = None
    excluded_themes: tuple[ExcludedTheme, ...] = ()
    decided_in: DecisionReference

    def __post_init__(self) -> None:
        unique((str(sheet) for sheet in self.sheets), "sheets")
        if not self.sheets:
            raise InvalidValue("at-least-one", field="sheets")
        if not SHA256_PATTERN.fullmatch(self.text_sha256):
            raise InvalidValue("sha256", field="text_sha256", value=self.text_sha256)
        unique((one.theme for one in self.excluded_themes), "excluded_themes")
        if self.text_covers:
            check_covers(self.text_covers, "text_covers", COVERS)

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its sheets by their ids."""
        return {"sheets": tuple(one.sheet_id for one in event.sheets)}

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R22: once all is signed, the text changes by an amendment only."""
        signed = signed_covers(state)
        case.breaks_if(len(signed) == len(COVERS), AmendmentNeedsSignatures(signed))

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """Action sheets, which a priority comes before; a decision of the committee."""
        case.breaks_if(not PrioritiesChosen.of(state).ranks, NoPriorityChosen())
        live = PrioritiesChosen.of(state).ranks
        drafted = any(one.convention_id == state.id and one.priority_id in live for one in around.states(ActionSheet))
        case.breaks_if(not drafted, NothingToCite("sheets", DraftActionSheet.NAME))
        decision_awaited(case, around, PLAN_VALIDATED, state.home_territory_id, profile.deciding_bodies)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        check_decision(case, self.decided_in, PLAN_VALIDATED, state.home_territory_id, profile.deciding_bodies)
        signed = signed_covers(state)
        covers = self.text_covers or tuple(cover for cover in COVERS if cover not in signed)
        replaced = tuple(cover for cover in covers if cover in signed)
        case.breaks_if(replaced and len(signed) < len(COVERS), AmendmentNeedsSignatures(replaced))
        sheets: list[ActionSheet] = []
        for sheet_id in self.sheets:
            sheet = case.find(ActionSheet, sheet_id, "sheets")
            if sheet is not None:
                case.breaks_if(sheet.convention_id != state.id, UnknownReference("sheets", str(sheet_id)))
                sheets.append(sheet)
        case.breaks_if(not PrioritiesChosen.of(state).ranks, NoPriorityChosen())
        withdrawn = PrioritiesChosen.of(state).withdrawn
        without = tuple(sheet.id for sheet in sheets if sheet.priority_id in withdrawn)
        case.breaks_if(without, SheetOfWithdrawnPriority(without))
        later = max((sheet.drafted_on for sheet in sheets), default=case.occurred_on)
        case.breaks_if(later > case.occurred_on, SheetsAfterPlan(case.occurred_on, later))
        check_complete(state, sheets, self.indicators_promised_by, case)
        check_known((one.theme for one in self.excluded_themes), "excluded_themes", state, profile, case)
        check_themes(state, sheets, self.excluded_themes, profile, case)
        voided = voided_by(state, covers, self.text_sha256)
        case.broken(*([voided] if voided is not None else []))
        self.settle(state, case)
        lines = adopted(sheets)
        validated = record_from(self, state, case, sheets=lines, plan_hash=hash_of(lines), text_covers=covers)
        state.follow_up(case, validated)


def adopted(sheets: Iterable[ActionSheet]) -> tuple[PlanSheet, ...]:
    """What a plan adopts of its sheets, as they stand."""
    return tuple(PlanSheet(one.id, one.priority_id, one.title, one.content_sha256) for one in sheets)


def hash_of(sheets: Iterable[PlanSheet]) -> Sha256:
    """The fingerprint of a whole plan."""
    return Sha256(hashlib.sha256("\n".join(sorted(one.content_sha256 for one in sheets)).encode()).hexdigest())


def signed_covers(state: TerritorialConvention) -> tuple[Code, ...]:
    """What is signed by every required signatory already."""
    return tuple(cover for cover in COVERS if cover in Signing.of(state).signed_on)


def check_covers(covers: tuple[Code, ...], field_name: str, allowed: tuple[Code, ...] = ALL_COVERS) -> None:
    """At least one known thing is covered, each once. Raises `InvalidValue`."""
    unique(covers, field_name)
    if not covers:
        raise InvalidValue("at-least-one", field=field_name)
    for cover in covers:
        if cover not in allowed:
            raise InvalidValue("unknown-code", field=field_name, value=cover, allowed=allowed)
