"""The action plan as validated by the steering committee, on exact content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from domain.action_sheets import ActionSheet
from domain.convention.counting import record_consequences
from domain.convention.state import COVERS, ConventionCommand, TerritorialConvention
from domain.kernel import Case, Event, UnknownReference, command, event, unique
from domain.method import MethodProfile
from domain.steering import DecisionReference, check_decision
from domain.values import SHA256_PATTERN, Code, InvalidValue, LocalId, Prose, Sha256


@dataclass(frozen=True)
class PlanSheet:
    """One action of the validated plan: its stream, its priority and its title of that day."""

    sheet_id: UUID
    priority_id: LocalId
    title: Prose


@event("convention.action-plan-validated")
class ActionPlanValidated(Event):
    """The committee validated the plan: its sheets, the hash of their exact content, and the text to sign.

    `plan_hash`: sha256 over the sorted lines `<sheet stream>:<version>`, so that any later change shows.
    `text_sha256`: the document that will be signed; `text_covers`: what it covers (convention, plan).
    """

    sheets: tuple[PlanSheet, ...]
    plan_hash: Sha256
    text_sha256: Sha256
    text_covers: tuple[Code, ...]
    decided_in: DecisionReference

    def apply(self, convention: TerritorialConvention) -> None:
        """The text becomes the adopted one."""
        convention.plan_versions.append(self.plan_hash)
        for cover in self.text_covers:
            convention.adopted_texts[cover] = self.text_sha256


@command(TerritorialConvention)
@dataclass(frozen=True, kw_only=True)
class ValidateActionPlan(ConventionCommand):
    """Validate the plan made of these action sheets, and adopt the text to sign."""

    sheets: tuple[UUID, ...]
    text_sha256: Sha256
    text_covers: tuple[Code, ...] = COVERS
    decided_in: DecisionReference

    def __post_init__(self) -> None:
        unique((str(sheet) for sheet in self.sheets), "sheets")
        if not self.sheets:
            raise InvalidValue("at-least-one", field="sheets")
        if not SHA256_PATTERN.fullmatch(self.text_sha256):
            raise InvalidValue("sha256", field="text_sha256", value=self.text_sha256)
        check_covers(self.text_covers, "text_covers")

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        check_decision(case, self.decided_in, state.home_territory_id, profile.deciding_bodies)
        sheets: list[ActionSheet] = []
        for sheet_id in self.sheets:
            sheet = case.find(ActionSheet, sheet_id, "sheets")
            if sheet is not None:
                case.breaks_if(sheet.convention_id != state.id, UnknownReference("sheets", str(sheet_id)))
                sheets.append(sheet)
        self.settle(state, case)
        lines = sorted(f"{sheet.id}:{sheet.version}" for sheet in sheets)
        validated = state.record(
            ActionPlanValidated,
            case,
            sheets=tuple(PlanSheet(sheet.id, sheet.priority_id, sheet.title) for sheet in sheets),
            plan_hash=Sha256(hashlib.sha256("\n".join(lines).encode()).hexdigest()),
            text_sha256=self.text_sha256,
            text_covers=self.text_covers,
            decided_in=self.decided_in,
        )
        record_consequences(state, case, validated, not_before=validated.occurred_on)


def check_covers(covers: tuple[Code, ...], field_name: str) -> None:
    """At least one known thing is covered, each once. Raises `InvalidValue`."""
    unique(covers, field_name)
    if not covers:
        raise InvalidValue("at-least-one", field=field_name)
    for cover in covers:
        if cover not in COVERS:
            raise InvalidValue("unknown-code", field=field_name, value=cover, allowed=COVERS)
