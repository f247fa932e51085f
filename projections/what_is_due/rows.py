"""What can start or meet a deadline, as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Text, Uuid

from domain.convention.counting import ActionPlanSigned, ConventionSigned
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumConvened, ForumHeld
from domain.convention.opening import ConventionOpened, EngagementConfirmed
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ReviewDone
from domain.convention.signing import ConventionActivated, MandateRecorded, SignatureRecorded
from domain.convention.waivers import WaiverGranted
from domain.kernel import Event
from domain.profiles import MethodProfilePublished
from projections.engine import Batch, Codes, Facts, Method, Projection

due = Projection("due", 1)

profiles = due.table(
    "profiles",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)
conventions = due.table(
    "conventions",
    Column("convention_id", Uuid, primary_key=True),
    Column("territory_id", Uuid, nullable=False),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date, nullable=False),
    Column("signatories", Codes, nullable=False),  # [partner, kind, required] in the order of the list
    Index(None, "territory_id"),
)
facts = due.table(
    "facts",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("topic", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("detail", Facts, nullable=False),
)


@due.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(profiles, name=event.profile.name, version=event.profile.version, profile=event.profile)


@due.when(ConventionOpened)
def _opened(batch: Batch, event: ConventionOpened) -> None:
    batch.put(
        conventions,
        convention_id=event.originator_id,
        territory_id=event.home_territory_id,
        profile_name=event.profile_name,
        profile_version=event.profile_version,
        effective_from=event.period.effective_from,
        effective_to=event.period.effective_to,
        signatories=[[str(one.partner_id), one.kind, one.required] for one in event.signatories],
    )
    _fact(batch, event)


@due.when(EngagementConfirmed, ForumConvened, PriorityChosen, ActionPlanSigned, ConventionSigned, ConventionActivated)
def _fact(batch: Batch, event: Event) -> None:
    _keep(batch, event)


@due.when(DiagnosisShared)
def _diagnosis(batch: Batch, event: DiagnosisShared) -> None:
    _keep(batch, event, version=event.diagnosis_version)


@due.when(ForumHeld)
def _forum(batch: Batch, event: ForumHeld) -> None:
    _keep(batch, event, forum=event.forum_id)


@due.when(WaiverGranted)
def _waiver(batch: Batch, event: WaiverGranted) -> None:
    _keep(batch, event, rule=event.rule, subject=event.subject, expires_on=event.expires_on)


@due.when(ActionPlanValidated)
def _plan(batch: Batch, event: ActionPlanValidated) -> None:
    _keep(batch, event, text=event.text_sha256, plan=event.plan_hash, covers=event.text_covers)


@due.when(MandateRecorded)
def _mandate(batch: Batch, event: MandateRecorded) -> None:
    _keep(
        batch,
        event,
        partner=event.partner_id,
        kind=event.kind,
        covers=event.covers,
        fits=event.fits,
        executory_on=event.executory_on,
        executory_at=event.executory_at,
    )


@due.when(SignatureRecorded)
def _signature(batch: Batch, event: SignatureRecorded) -> None:
    _keep(
        batch,
        event,
        partner=event.partner_id,
        covers=event.covers,
        text=event.text_sha256,
        signed_at=event.signed_at,
    )


@due.when(ReviewDone)
def _review(batch: Batch, event: ReviewDone) -> None:
    _keep(
        batch,
        event,
        review=event.review_id,
        kind=event.kind,
        first=event.period.effective_from,
        last=event.period.effective_to,
    )


def _keep(batch: Batch, event: Event, **detail: Any) -> None:
    """What has no effect (R03) starts nothing and meets nothing."""
    if event.withheld:
        return
    batch.put(
        facts,
        convention_id=event.originator_id,
        position=batch.position,
        topic=event.TOPIC,
        event_id=event.envelope.event_id,
        occurred_on=event.occurred_on,
        detail=detail,
    )
