"""Diagnoses, findings, forums, priorities, sheets and plans, as rows."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Text, Uuid

from domain.action_sheets import ActionSheetDrafted
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumConvened, ForumHeld
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.partners import PartnerRegistered
from projections.engine import Batch, Codes, EvidenceList, Facts, Ids, Irregularities, Projection, Sealed

basis_of_plan = Projection("basis", 1)

_POSITION = BigInteger().with_variant(Integer, "sqlite")

partners = basis_of_plan.table(
    "partners", Column("partner_id", Uuid, primary_key=True), Column("name", Text, nullable=False)
)
diagnoses = basis_of_plan.table(
    "diagnoses",
    Column("convention_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("shared_on", Date, nullable=False),
    Column("themes", Codes, nullable=False),
    Column("recipients", Ids, nullable=False),
    Column("channel", Text, nullable=False),
    Column("participation", Codes, nullable=False),  # [kind, count]
    Column("evidence", EvidenceList, nullable=False),
    Column("irregularities", Irregularities, nullable=False),
)
findings = basis_of_plan.table(
    "findings",
    Column("convention_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("finding_id", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("theme", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("statement", Sealed, nullable=False),
)
forums = basis_of_plan.table(
    "forums",
    Column("convention_id", Uuid, primary_key=True),
    Column("forum_id", Text, primary_key=True),
    Column("position", _POSITION, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("themes", Codes, nullable=False),
    Column("format", Text, nullable=False),
    Column("planned_on", Date),
    Column("place", Sealed),
    Column("held_on", Date),
    Column("technical", Integer),
    Column("political", Integer),
    Column("usage", Integer),
    Column("cells", Codes),  # [expertise, side]
    Column("outputs", Facts),
    Column("animators", Ids),
    Column("evidence", EvidenceList),
    Column("irregularities", Irregularities),
)
priorities = basis_of_plan.table(
    "priorities",
    Column("convention_id", Uuid, primary_key=True),
    Column("priority_id", Text, primary_key=True),
    Column("position", _POSITION, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("title", Sealed, nullable=False),
    Column("theme", Text, nullable=False),
    Column("rank", Integer),
    Column("chosen_on", Date, nullable=False),
    Column("findings", Codes, nullable=False),
    Column("forums", Codes, nullable=False),
    Column("ends_served", Codes, nullable=False),
    Column("alternatives", Facts, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("meeting_id", Text, nullable=False),
    Column("decision_id", Text, nullable=False),
    Column("communes", Codes, nullable=False),
)
sheets = basis_of_plan.table(
    "sheets",
    Column("sheet_id", Uuid, primary_key=True),
    Column("convention_id", Uuid, nullable=False),
    Column("position", _POSITION, nullable=False),
    Column("priority_id", Text, nullable=False),
    Column("title", Sealed, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Index(None, "convention_id"),
)
plans = basis_of_plan.table(
    "plans",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("validated_on", Date, nullable=False),
    Column("sheets", Ids, nullable=False),
    Column("plan_hash", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("text_covers", Codes, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("meeting_id", Text, nullable=False),
    Column("decision_id", Text, nullable=False),
)


@basis_of_plan.when(PartnerRegistered)
def _partner(batch: Batch, event: PartnerRegistered) -> None:
    batch.put(partners, partner_id=event.originator_id, name=event.name)


@basis_of_plan.when(DiagnosisShared)
def _diagnosis(batch: Batch, event: DiagnosisShared) -> None:
    batch.put(
        diagnoses,
        convention_id=event.originator_id,
        version=event.diagnosis_version,
        event_id=event.envelope.event_id,
        shared_on=event.occurred_on,
        themes=event.themes,
        recipients=event.recipients,
        channel=event.channel,
        participation=[[one.kind, one.count] for one in event.participation],
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )
    for place, finding in enumerate(event.findings):
        batch.put(
            findings,
            convention_id=event.originator_id,
            version=event.diagnosis_version,
            finding_id=finding.finding_id,
            place=place,
            theme=finding.theme,
            kind=finding.kind,
            statement=finding.statement,
        )


@basis_of_plan.when(ForumConvened)
def _convened(batch: Batch, event: ForumConvened) -> None:
    batch.put(
        forums,
        convention_id=event.originator_id,
        forum_id=event.forum_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        themes=event.themes,
        format=event.format,
        planned_on=event.planned_on,
        place=event.place,
        evidence=(),
        irregularities=(),
    )


@basis_of_plan.when(ForumHeld)
def _held(batch: Batch, event: ForumHeld) -> None:
    told = event.attendance_by_expertise
    batch.merge(  # a forum that was convened keeps its planned day
        forums,
        convention_id=event.originator_id,
        forum_id=event.forum_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        themes=event.themes,
        format=event.format,
        place=event.place,
        held_on=event.occurred_on,
        technical=told.technical,
        political=told.political,
        usage=told.usage,
        cells=[[cell.expertise.value, cell.side.value] for cell in event.cells_covered],
        outputs={"texts": event.outputs},
        animators=event.animators,
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )


@basis_of_plan.when(PriorityChosen)
def _chosen(batch: Batch, event: PriorityChosen) -> None:
    batch.put(
        priorities,
        convention_id=event.originator_id,
        priority_id=event.priority_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        title=event.title,
        theme=event.theme,
        rank=event.rank,
        chosen_on=event.occurred_on,
        findings=event.findings,
        forums=event.forums,
        ends_served=event.ends_served,
        alternatives={"texts": event.alternatives},
        body_id=event.decided_in.body_id,
        meeting_id=event.decided_in.meeting_id,
        decision_id=event.decided_in.decision_id,
        communes=event.communes,
    )


@basis_of_plan.when(ActionSheetDrafted)
def _drafted(batch: Batch, event: ActionSheetDrafted) -> None:
    batch.put(
        sheets,
        sheet_id=event.originator_id,
        convention_id=event.convention_id,
        position=batch.position,
        priority_id=event.priority_id,
        title=event.title,
        owner_id=event.owner_id,
        starts_on=event.calendar.effective_from,
        ends_on=event.calendar.effective_to,
    )


@basis_of_plan.when(ActionPlanValidated)
def _validated(batch: Batch, event: ActionPlanValidated) -> None:
    batch.put(
        plans,
        convention_id=event.originator_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        validated_on=event.occurred_on,
        sheets=[one.sheet_id for one in event.sheets],
        plan_hash=event.plan_hash,
        text_sha256=event.text_sha256,
        text_covers=event.text_covers,
        body_id=event.decided_in.body_id,
        meeting_id=event.decided_in.meeting_id,
        decision_id=event.decided_in.decision_id,
    )
