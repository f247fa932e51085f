"""What did the committee decide? Its bodies, meetings and decisions, the waivers it granted, the reviews it held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from domain.convention.reviews import Review as DoneReview
from domain.convention.reviews import why_not_counted
from domain.kernel import Irregularity
from domain.steering import (
    DecisionReference,
)
from domain.values import Code, Evidence, LocalId, Prose, PublicName, ValidityPeriod
from projections.what_the_committee_decided.rows import (
    bodies_table,
    conventions,
    decisions,
    meetings_table,
    profiles,
    reviews_table,
    uses,
    waivers_table,
)


@dataclass(frozen=True)
class Body:
    """A committee or group of a territory; `mandated_by` the committee that lets it decide in its place."""

    body_id: UUID
    territory_id: UUID | None
    kind: Code
    name: PublicName
    mandated_by: UUID | None
    constituted_on: date


@dataclass(frozen=True)
class DecisionUse:
    """What cites a decision: a priority, a plan, a waiver."""

    convention_id: UUID
    topic: Code
    event_id: UUID


@dataclass(frozen=True)
class DecisionTaken:
    """One decision of a meeting, and what was founded on it so far (nothing: it waits for its act)."""

    reference: DecisionReference
    kind: Code
    text: Prose
    uses: tuple[DecisionUse, ...]


@dataclass(frozen=True)
class Meeting:
    """One meeting; people are counted (`attendance` None: nobody counted them), not named."""

    body: Body
    meeting_id: LocalId
    event_id: UUID
    held_on: date
    attendance: int | None
    partners_present: tuple[UUID, ...]
    evidence: tuple[Evidence, ...]
    decisions: tuple[DecisionTaken, ...]


@dataclass(frozen=True)
class WaiverInForce:
    """A rule set aside; `subject` limits it to a theme or a forum. `in_force` on the day asked about."""

    event_id: UUID
    rule: Code
    subject: Code | None
    motive: Prose
    granted_on: date
    expires_on: date
    decided_in: DecisionReference
    in_force: bool


@dataclass(frozen=True)
class Review:
    """One review. `why_not`: why it does not count and meets no deadline, None when it counts (R20); the marks it was
    recorded with stay. `users_heard`: None when nobody counted."""

    event_id: UUID
    review_id: UUID
    kind: Code
    period: ValidityPeriod
    held_on: date
    body_id: UUID
    meeting_id: LocalId
    action_statuses: tuple[tuple[UUID, Code], ...]
    decisions: tuple[LocalId, ...]
    users_heard: int | None
    summary: Prose | None
    published_on: date | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    why_not: Code | None


def bodies(connection: Connection, territory_id: UUID | None) -> tuple[Body, ...]:
    """The committees and groups of a territory, oldest first (None: those of the framework)."""
    asked = (
        select(bodies_table)
        .where(bodies_table.c.territory_id == territory_id)
        .order_by(bodies_table.c.constituted_on, bodies_table.c.name)
    )
    return tuple(_body(row) for row in connection.execute(asked))


def meetings(connection: Connection, territory_id: UUID | None) -> tuple[Meeting, ...]:
    """The meetings of a territory's committees with their decisions, the latest first."""
    known = {one.body_id: one for one in bodies(connection, territory_id)}
    cited: dict[DecisionReference, list[DecisionUse]] = {}
    for row in connection.execute(select(uses).where(uses.c.body_id.in_(known)).order_by(uses.c.position)):
        cited.setdefault(_reference(row), []).append(DecisionUse(row.convention_id, row.topic, row.event_id))
    taken: dict[tuple[UUID, LocalId], list[DecisionTaken]] = {}
    for row in connection.execute(
        select(decisions).where(decisions.c.body_id.in_(known)).order_by(decisions.c.position)
    ):
        reference = _reference(row)
        taken.setdefault((row.body_id, row.meeting_id), []).append(
            DecisionTaken(reference, row.kind, row.text, tuple(cited.get(reference, ())))
        )
    asked = (
        select(meetings_table)
        .where(meetings_table.c.body_id.in_(known))
        .order_by(meetings_table.c.held_on.desc(), meetings_table.c.position.desc())
    )
    return tuple(
        Meeting(
            known[row.body_id],
            row.meeting_id,
            row.event_id,
            row.held_on,
            row.attendance,
            row.partners_present,
            row.evidence,
            tuple(taken.get((row.body_id, row.meeting_id), ())),
        )
        for row in connection.execute(asked)
    )


def meetings_of_convention(connection: Connection, convention_id: UUID) -> tuple[Meeting, ...]:
    """The meetings of the committees that steer a convention's territory, the latest first."""
    home = connection.execute(
        select(conventions.c.territory_id).where(conventions.c.convention_id == convention_id)
    ).scalar()
    return meetings(connection, home) if home is not None else ()


def waivers(connection: Connection, convention_id: UUID, today: date) -> tuple[WaiverInForce, ...]:
    """The rules set aside for a convention, in force or expired, oldest first."""
    asked = select(waivers_table).where(waivers_table.c.convention_id == convention_id)
    return tuple(
        WaiverInForce(
            row.event_id,
            row.rule,
            row.subject,
            row.motive,
            row.granted_on,
            row.expires_on,
            _reference(row),
            row.granted_on <= today <= row.expires_on,
        )
        for row in connection.execute(asked.order_by(waivers_table.c.granted_on, waivers_table.c.position))
    )


def reviews(connection: Connection, convention_id: UUID) -> tuple[Review, ...]:
    """The reviews of a convention, oldest first."""
    asked = select(reviews_table).where(reviews_table.c.convention_id == convention_id)
    home = connection.execute(
        select(conventions, profiles.c.profile)
        .join(
            profiles,
            (profiles.c.name == conventions.c.profile_name) & (profiles.c.version == conventions.c.profile_version),
        )
        .where(conventions.c.convention_id == convention_id)
    ).first()
    return tuple(
        Review(
            event_id=row.event_id,
            review_id=row.review_id,
            kind=row.kind,
            period=ValidityPeriod(row.first, row.last),
            held_on=row.held_on,
            body_id=row.body_id,
            meeting_id=row.meeting_id,
            action_statuses=tuple((UUID(sheet), Code(status)) for sheet, status in row.action_statuses),
            decisions=row.decisions,
            users_heard=row.users_heard,
            summary=row.summary,
            published_on=row.published_on,
            evidence=row.evidence,
            irregularities=row.irregularities,
            why_not=_why_not(home, row),
        )
        for row in connection.execute(asked.order_by(reviews_table.c.held_on, reviews_table.c.position))
    )


def _why_not(home: Row[Any] | None, row: Row[Any]) -> Code | None:
    assert home is not None, "a review is of a convention that was opened"
    done = DoneReview(row.review_id, row.kind, ValidityPeriod(row.first, row.last), row.held_on)
    return why_not_counted(done, ValidityPeriod(home.effective_from, home.effective_to), home.signed_on, home.profile)


def _body(row: Row[Any]) -> Body:
    return Body(row.body_id, row.territory_id, row.kind, row.name, row.mandated_by, row.constituted_on)


def _reference(row: Row[Any]) -> DecisionReference:
    return DecisionReference(row.body_id, row.meeting_id, row.decision_id)
