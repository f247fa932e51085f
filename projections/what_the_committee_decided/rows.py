"""Bodies, meetings and decisions, what cites them, waivers and reviews, as rows."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Text, Uuid

from domain.convention.counting import ConventionSigned
from domain.convention.opening import ConventionOpened
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ReviewDone
from domain.convention.waivers import WaiverGranted
from domain.profiles import MethodProfilePublished
from domain.steering import (
    SteeringBodyConstituted,
    SteeringDecisionRecorded,
    SteeringMeetingHeld,
)
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
