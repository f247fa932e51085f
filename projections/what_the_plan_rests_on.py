"""What does the plan rest on? Diagnoses and findings, forums, priorities, action sheets, the plans validated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.adapting import PlanAdapted
from domain.convention.complete_reviews import of_before
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PrioritiesChosen, PriorityChosen
from domain.convention.themes import named
from domain.convention.withdrawing import PriorityWithdrawn
from domain.kernel import Irregularity
from domain.steering import DecisionReference
from domain.values import (
    Code,
    Evidence,
    LocalId,
    Prose,
    PublicName,
    Sha256,
    Theme,
    ValidityPeriod,
)
from projections import what_still_stands
from projections.engine import Dossier
from projections.which_forums_there_are import ForumTold, forums


@dataclass(frozen=True)
class FindingMade:
    """An asset or a constraint, as the diagnosis words it."""

    finding_id: LocalId
    theme: Theme
    kind: Code
    statement: Prose


@dataclass(frozen=True)
class Diagnosis:
    """A version of the diagnosis as it was shared; `participation`: how many people by what means."""

    event_id: UUID
    version: int
    shared_on: date
    themes: tuple[Theme, ...]
    findings: tuple[FindingMade, ...]
    recipients: tuple[UUID, ...]
    channel: Code
    participation: tuple[tuple[Code, int], ...]
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]


@dataclass(frozen=True)
class Priority:
    """A priority and what it was founded on. `withdrawn_on`: since when it is one no more, and `motive` why."""

    event_id: UUID
    priority_id: LocalId
    title: Prose
    themes: tuple[Theme, ...]
    rank: int | None
    chosen_on: date
    findings: tuple[LocalId, ...]
    forums: tuple[LocalId, ...]
    ends_served: tuple[Code, ...]
    alternatives: tuple[Prose, ...]
    decided_in: DecisionReference | None
    communes: tuple[Code, ...]
    withdrawn_on: date | None = None
    motive: Prose | None = None


@dataclass(frozen=True)
class Sheet:
    """An action sheet; `in_plan`: listed in the plan validated last, if it stands; `is_live`: its priority is."""

    sheet_id: UUID
    priority_id: LocalId
    title: Prose
    owner_id: UUID | None
    owner_name: PublicName | None
    calendar: ValidityPeriod | None
    in_plan: bool
    is_live: bool


@dataclass(frozen=True)
class Plan:
    """A plan as validated: its sheets, the hash of their content, the text to sign. `stands`: no priority that it
    serves was withdrawn since."""

    event_id: UUID
    validated_on: date
    sheets: tuple[UUID, ...]
    plan_hash: Sha256
    text_sha256: Sha256
    text_covers: tuple[Code, ...]
    decided_in: DecisionReference
    stands: bool


@dataclass(frozen=True)
class PlanBasis:
    """Everything, each part oldest first; priorities by rank, those without rank, then those withdrawn, last."""

    diagnoses: tuple[Diagnosis, ...]
    forums: tuple[ForumTold, ...]
    priorities: tuple[Priority, ...]
    sheets: tuple[Sheet, ...]
    plans: tuple[Plan, ...]


def basis(dossier: Dossier) -> PlanBasis:
    """What the plan of a convention rests on; empty parts where nothing was recorded."""
    standing = {one.envelope.event_id for one in what_still_stands.plans(dossier).facts}
    plans = tuple(_plan(event, event.envelope.event_id in standing) for _, event in dossier.facts(ActionPlanValidated))
    return PlanBasis(
        tuple(_diagnosis(event, dossier) for _, event in dossier.facts(DiagnosisShared)),
        forums(dossier),
        priorities(dossier),
        _sheets(dossier, planned(dossier) if not plans or plans[-1].stands else frozenset()),
        plans,
    )


def priorities(dossier: Dossier) -> tuple[Priority, ...]:
    """The priorities by rank, those without rank, then those withdrawn, last."""
    withdrawn = what_still_stands.withdrawals(dossier)
    chosen = (_priority(event, withdrawn.get(event.priority_id), dossier) for _, event in dossier.facts(PriorityChosen))
    return tuple(sorted(chosen, key=lambda one: (one.withdrawn_on is not None, one.rank is None, one.rank or 0)))


def planned(dossier: Dossier) -> frozenset[UUID]:
    """The sheets of the plan validated last, or known at a take-over, as it was adapted since."""
    found = [one for entry in dossier.own if isinstance(one := entry.event, ActionPlanValidated | PlanAdapted)]
    if found:
        return frozenset(one.sheet_id for one in found[-1].sheets)
    return frozenset(one.id for one in of_before(dossier.convention, dossier.sheets))


def _themes(codes: Iterable[Code], dossier: Dossier) -> tuple[Theme, ...]:
    return tuple(named(dossier.convention, one) for one in codes)


def _diagnosis(event: DiagnosisShared, dossier: Dossier) -> Diagnosis:
    return Diagnosis(
        event_id=event.envelope.event_id,
        version=event.diagnosis_version,
        shared_on=event.occurred_on,
        themes=_themes(event.themes, dossier),
        findings=tuple(
            FindingMade(one.finding_id, named(dossier.convention, one.theme), one.kind, one.statement)
            for one in event.findings
        ),
        recipients=event.recipients,
        channel=event.channel,
        participation=tuple((one.kind, one.count) for one in event.participation),
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )


def _priority(event: PriorityChosen, withdrawn: PriorityWithdrawn | None, dossier: Dossier) -> Priority:
    return Priority(
        event_id=event.envelope.event_id,
        priority_id=event.priority_id,
        title=event.title,
        themes=_themes(event.themes, dossier),
        rank=event.rank,
        chosen_on=event.occurred_on,
        findings=event.findings,
        forums=event.forums,
        ends_served=event.ends_served,
        alternatives=event.alternatives,
        decided_in=event.decided_in,
        communes=event.communes,
        withdrawn_on=withdrawn.occurred_on if withdrawn is not None else None,
        motive=withdrawn.motive if withdrawn is not None else None,
    )


def _sheets(dossier: Dossier, in_plan: frozenset[UUID]) -> tuple[Sheet, ...]:
    partners = dossier.register.partners
    live = PrioritiesChosen.of(dossier.convention).ranks
    return tuple(
        Sheet(
            one.id,
            one.priority_id,
            one.title,
            one.owner_id,
            partners[one.owner_id].name if one.owner_id is not None and one.owner_id in partners else None,
            one.calendar,
            one.id in in_plan,
            one.priority_id in live,
        )
        for one in dossier.sheets
    )


def _plan(event: ActionPlanValidated, stands: bool) -> Plan:
    return Plan(
        event.envelope.event_id,
        event.occurred_on,
        tuple(one.sheet_id for one in event.sheets),
        event.plan_hash,
        event.text_sha256,
        event.text_covers,
        event.decided_in,
        stands,
    )
