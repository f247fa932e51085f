"""What did the committee decide? Its bodies, meetings and decisions, the waivers it granted, the reviews it held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Date, Index, Integer, Row, Text, Uuid, select

from domain.convention.counting import ConventionSigned
from domain.convention.opening import ConventionOpened
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ReviewDone, why_not_counted
from domain.convention.state import Review as DoneReview
from domain.convention.waivers import WaiverGranted
from domain.kernel import Irregularity
from domain.profiles import MethodProfilePublished
from domain.steering import (
    DecisionReference,
    SteeringBodyConstituted,
    SteeringDecisionRecorded,
    SteeringMeetingHeld,
)
from domain.values import Code, Evidence, LocalId, Prose, PublicName, ValidityPeriod
from projections.engine import Batch, Codes, EvidenceList, Ids, Irregularities, Method, Projection, Sealed

decided = Projection("decided", 1)

_POSITION = BigInteger().with_variant(Integer, "sqlite")

bodies_table = decided.table(
    "bodies",
    Column("body_id", Uuid, primary_key=True),
    Column("territory_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("mandated_by", Uuid),
    Column("constituted_on", Date, nullable=False),
    Index(None, "territory_id"),
)
meetings_table = decided.table(
    "meetings",
    Column("body_id", Uuid, primary_key=True),
    Column("meeting_id", Text, primary_key=True),
    Column("position", _POSITION, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("attendance", Integer),
    Column("partners_present", Ids, nullable=False),
    Column("evidence", EvidenceList, nullable=False),
)
decisions = decided.table(
    "decisions",
    Column("body_id", Uuid, primary_key=True),
    Column("meeting_id", Text, primary_key=True),
    Column("decision_id", Text, primary_key=True),
    Column("position", _POSITION, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Sealed, nullable=False),
)
uses = decided.table(  # what cites a decision
    "uses",
    Column("body_id", Uuid, primary_key=True),
    Column("meeting_id", Text, primary_key=True),
    Column("decision_id", Text, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("convention_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
)
profiles = decided.table(
    "profiles",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)
conventions = decided.table(
    "conventions",
    Column("convention_id", Uuid, primary_key=True),
    Column("territory_id", Uuid, nullable=False),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date, nullable=False),
    Column("signed_on", Date),
)
waivers_table = decided.table(
    "waivers",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("rule", Text, nullable=False),
    Column("subject", Text),
    Column("motive", Sealed, nullable=False),
    Column("granted_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("meeting_id", Text, nullable=False),
    Column("decision_id", Text, nullable=False),
)
reviews_table = decided.table(
    "reviews",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("review_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("meeting_id", Text, nullable=False),
    Column("action_statuses", Codes, nullable=False),  # [sheet, status]
    Column("decisions", Codes, nullable=False),
    Column("users_heard", Integer),
    Column("summary", Sealed),
    Column("published_on", Date),
    Column("evidence", EvidenceList, nullable=False),
    Column("irregularities", Irregularities, nullable=False),
)


@decided.when(SteeringBodyConstituted)
def _constituted(batch: Batch, event: SteeringBodyConstituted) -> None:
    batch.put(
        bodies_table,
        body_id=event.originator_id,
        territory_id=event.home_territory_id,
        kind=event.kind,
        name=event.name,
        mandated_by=event.mandated_by,
        constituted_on=event.occurred_on,
    )


@decided.when(SteeringMeetingHeld)
def _met(batch: Batch, event: SteeringMeetingHeld) -> None:
    batch.put(
        meetings_table,
        body_id=event.originator_id,
        meeting_id=event.meeting_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        held_on=event.occurred_on,
        attendance=event.attendance,
        partners_present=event.partners_present,
        evidence=event.envelope.evidence,
    )


@decided.when(SteeringDecisionRecorded)
def _decision(batch: Batch, event: SteeringDecisionRecorded) -> None:
    batch.put(
        decisions,
        body_id=event.originator_id,
        meeting_id=event.meeting_id,
        decision_id=event.decision_id,
        position=batch.position,
        kind=event.kind,
        text=event.text,
    )


@decided.when(ConventionOpened)
def _opened(batch: Batch, event: ConventionOpened) -> None:
    batch.put(
        conventions,
        convention_id=event.originator_id,
        territory_id=event.home_territory_id,
        profile_name=event.profile_name,
        profile_version=event.profile_version,
        effective_from=event.period.effective_from,
        effective_to=event.period.effective_to,
    )


@decided.when(ConventionSigned)
def _signed(batch: Batch, event: ConventionSigned) -> None:
    batch.change(conventions, convention_id=event.originator_id, signed_on=event.occurred_on)


@decided.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(profiles, name=event.profile.name, version=event.profile.version, profile=event.profile)


@decided.when(PriorityChosen, ActionPlanValidated, WaiverGranted)
def _used(batch: Batch, event: PriorityChosen | ActionPlanValidated | WaiverGranted) -> None:
    batch.put(
        uses,
        body_id=event.decided_in.body_id,
        meeting_id=event.decided_in.meeting_id,
        decision_id=event.decided_in.decision_id,
        position=batch.position,
        convention_id=event.originator_id,
        topic=event.TOPIC,
        event_id=event.envelope.event_id,
    )


@decided.when(WaiverGranted)
def _waived(batch: Batch, event: WaiverGranted) -> None:
    batch.put(
        waivers_table,
        convention_id=event.originator_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        rule=event.rule,
        subject=event.subject,
        motive=event.motive,
        granted_on=event.occurred_on,
        expires_on=event.expires_on,
        body_id=event.decided_in.body_id,
        meeting_id=event.decided_in.meeting_id,
        decision_id=event.decided_in.decision_id,
    )


@decided.when(ReviewDone)
def _reviewed(batch: Batch, event: ReviewDone) -> None:
    batch.put(
        reviews_table,
        convention_id=event.originator_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        review_id=event.review_id,
        kind=event.kind,
        first=event.period.effective_from,
        last=event.period.effective_to,
        held_on=event.occurred_on,
        body_id=event.body_id,
        meeting_id=event.meeting_id,
        action_statuses=[[str(one.sheet_id), one.status] for one in event.action_statuses],
        decisions=event.decisions,
        users_heard=event.users_heard,
        summary=event.summary,
        published_on=event.published_on,
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )


# --- answers ----------------------------------------------------------------------------------------------------------


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
