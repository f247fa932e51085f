"""What does the plan rest on? Diagnoses and findings, forums, priorities, action sheets, the plans validated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from domain.kernel import Irregularity
from domain.steering import DecisionReference
from domain.values import (
    AnalysisSide,
    Attendance,
    Cell,
    Code,
    Evidence,
    Expertise,
    LocalId,
    Prose,
    PublicName,
    Sha256,
    ValidityPeriod,
)
from projections.what_the_plan_rests_on.rows import diagnoses, findings, forums, partners, plans, priorities, sheets


@dataclass(frozen=True)
class FindingMade:
    """An asset or a constraint, as the diagnosis words it."""

    finding_id: LocalId
    theme: Code
    kind: Code
    statement: Prose


@dataclass(frozen=True)
class Diagnosis:
    """A version of the diagnosis as it was shared; `participation`: how many people by what means."""

    event_id: UUID
    version: int
    shared_on: date
    themes: tuple[Code, ...]
    findings: tuple[FindingMade, ...]
    recipients: tuple[UUID, ...]
    channel: Code
    participation: tuple[tuple[Code, int], ...]
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]


@dataclass(frozen=True)
class ForumTold:
    """A forum: announced for `planned_on`, held on `held_on`, one of them perhaps unknown. People are counted."""

    event_id: UUID
    forum_id: LocalId
    themes: tuple[Code, ...]
    format: Code
    planned_on: date | None
    held_on: date | None
    place: Prose | None
    attendance: Attendance | None
    cells: tuple[Cell, ...]
    outputs: tuple[Prose, ...]
    animators: tuple[UUID, ...]
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]


@dataclass(frozen=True)
class Priority:
    """A priority and what it was founded on."""

    event_id: UUID
    priority_id: LocalId
    title: Prose
    theme: Code
    rank: int | None
    chosen_on: date
    findings: tuple[LocalId, ...]
    forums: tuple[LocalId, ...]
    ends_served: tuple[Code, ...]
    alternatives: tuple[Prose, ...]
    decided_in: DecisionReference
    communes: tuple[Code, ...]


@dataclass(frozen=True)
class Sheet:
    """An action sheet; `in_plan`: listed in the plan validated last."""

    sheet_id: UUID
    priority_id: LocalId
    title: Prose
    owner_id: UUID
    owner_name: PublicName | None
    calendar: ValidityPeriod
    in_plan: bool


@dataclass(frozen=True)
class Plan:
    """A plan as validated: its sheets, the hash of their content, the text to sign."""

    event_id: UUID
    validated_on: date
    sheets: tuple[UUID, ...]
    plan_hash: Sha256
    text_sha256: Sha256
    text_covers: tuple[Code, ...]
    decided_in: DecisionReference


@dataclass(frozen=True)
class PlanBasis:
    """Everything, each part oldest first; priorities by rank, those without rank last."""

    diagnoses: tuple[Diagnosis, ...]
    forums: tuple[ForumTold, ...]
    priorities: tuple[Priority, ...]
    sheets: tuple[Sheet, ...]
    plans: tuple[Plan, ...]


def basis(connection: Connection, convention_id: UUID) -> PlanBasis:
    """What the plan of a convention rests on; empty parts where nothing was recorded."""
    found_plans = tuple(
        Plan(
            row.event_id,
            row.validated_on,
            row.sheets,
            row.plan_hash,
            row.text_sha256,
            row.text_covers,
            _reference(row),
        )
        for row in connection.execute(
            select(plans).where(plans.c.convention_id == convention_id).order_by(plans.c.position)
        )
    )
    return PlanBasis(
        _diagnoses(connection, convention_id),
        _forums(connection, convention_id),
        _priorities(connection, convention_id),
        _sheets(connection, convention_id, frozenset(found_plans[-1].sheets) if found_plans else frozenset()),
        found_plans,
    )


def _diagnoses(connection: Connection, convention_id: UUID) -> tuple[Diagnosis, ...]:
    made: dict[int, list[FindingMade]] = {}
    for row in connection.execute(
        select(findings).where(findings.c.convention_id == convention_id).order_by(findings.c.place)
    ):
        made.setdefault(row.version, []).append(FindingMade(row.finding_id, row.theme, row.kind, row.statement))
    asked = select(diagnoses).where(diagnoses.c.convention_id == convention_id).order_by(diagnoses.c.version)
    return tuple(
        Diagnosis(
            event_id=row.event_id,
            version=row.version,
            shared_on=row.shared_on,
            themes=row.themes,
            findings=tuple(made.get(row.version, ())),
            recipients=row.recipients,
            channel=row.channel,
            participation=tuple((Code(kind), count) for kind, count in row.participation),
            evidence=row.evidence,
            irregularities=row.irregularities,
        )
        for row in connection.execute(asked)
    )


def _forums(connection: Connection, convention_id: UUID) -> tuple[ForumTold, ...]:
    rows = connection.execute(select(forums).where(forums.c.convention_id == convention_id)).all()
    return tuple(_forum(row) for row in sorted(rows, key=lambda row: (row.held_on or row.planned_on, row.position)))


def _forum(row: Row[Any]) -> ForumTold:
    return ForumTold(
        event_id=row.event_id,
        forum_id=row.forum_id,
        themes=row.themes,
        format=row.format,
        planned_on=row.planned_on,
        held_on=row.held_on,
        place=row.place,
        attendance=Attendance(row.technical, row.political, row.usage) if row.held_on else None,
        cells=tuple(Cell(Expertise(expertise), AnalysisSide(side)) for expertise, side in row.cells or ()),
        outputs=tuple(row.outputs.get("texts", ())),
        animators=row.animators or (),
        evidence=row.evidence,
        irregularities=row.irregularities,
    )


def _priorities(connection: Connection, convention_id: UUID) -> tuple[Priority, ...]:
    rows = connection.execute(
        select(priorities).where(priorities.c.convention_id == convention_id).order_by(priorities.c.position)
    )
    found = [
        Priority(
            event_id=row.event_id,
            priority_id=row.priority_id,
            title=row.title,
            theme=row.theme,
            rank=row.rank,
            chosen_on=row.chosen_on,
            findings=row.findings,
            forums=row.forums,
            ends_served=row.ends_served,
            alternatives=tuple(row.alternatives["texts"]),
            decided_in=_reference(row),
            communes=row.communes,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0)))


def _sheets(connection: Connection, convention_id: UUID, in_plan: frozenset[UUID]) -> tuple[Sheet, ...]:
    asked = (
        select(sheets, partners.c.name)
        .outerjoin(partners, partners.c.partner_id == sheets.c.owner_id)
        .where(sheets.c.convention_id == convention_id)
        .order_by(sheets.c.position)
    )
    return tuple(
        Sheet(
            row.sheet_id,
            row.priority_id,
            row.title,
            row.owner_id,
            row.name,
            ValidityPeriod(row.starts_on, row.ends_on),
            row.sheet_id in in_plan,
        )
        for row in connection.execute(asked)
    )


def _reference(row: Row[Any]) -> DecisionReference:
    return DecisionReference(row.body_id, row.meeting_id, row.decision_id)
