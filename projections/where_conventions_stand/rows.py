"""Territories, conventions and their milestones, as rows."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Text, Uuid

from domain.convention.counting import ActionPlanSigned, ConventionSigned
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumConvened, ForumHeld
from domain.convention.opening import ConventionOpened, EngagementConfirmed
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ReviewDone
from domain.convention.signing import (
    ConventionActivated,
    MandateRecorded,
    SignatureRecorded,
)
from domain.convention.waivers import WaiverGranted
from domain.frameworks import TerritoryAttached
from domain.kernel import Event
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import PerimeterChanged, TerritoryRegistered
from projections.engine import (
    Batch,
    Codes,
    Method,
    Projection,
    envelope_columns,
    envelope_values,
)

standing = Projection("standing", 1)

territories = standing.table(
    "territories",
    Column("territory_id", Uuid, primary_key=True),
    Column("siren", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("legal_form", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("population", Integer, nullable=False),
    Column("communes", Integer, nullable=False),
    Index(None, "department"),
    Index(None, "siren"),
)
attachments = standing.table(
    "attachments",
    Column("framework_id", Uuid, primary_key=True),
    Column("territory_id", Uuid, primary_key=True),
)
partners = standing.table(
    "partners", Column("partner_id", Uuid, primary_key=True), Column("name", Text, nullable=False)
)
profiles = standing.table(
    "profiles",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)
conventions = standing.table(
    "conventions",
    Column("convention_id", Uuid, primary_key=True),
    Column("territory_id", Uuid, nullable=False),
    Column("framework_id", Uuid),
    Column("holders", Codes, nullable=False),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date, nullable=False),
    Column("communes", Codes, nullable=False),
    Column("themes", Codes, nullable=False),
    Column("successor_of", Uuid),
    Column("sub_perimeter_of", Uuid),
    Column("stream_version", Integer, nullable=False),
    Index(None, "territory_id"),
)
milestones = standing.table(
    "milestones",
    Column("convention_id", Uuid, primary_key=True),
    *envelope_columns(),
)


@standing.when(TerritoryRegistered)
def _registered(batch: Batch, event: TerritoryRegistered) -> None:
    batch.put(
        territories,
        territory_id=event.originator_id,
        siren=event.siren,
        name=event.name,
        legal_form=event.legal_form,
        department=event.department,
        population=sum(commune.population for commune in event.communes),
        communes=len(event.communes),
    )


@standing.when(PerimeterChanged)
def _perimeter_changed(batch: Batch, event: PerimeterChanged) -> None:
    batch.change(
        territories,
        territory_id=event.originator_id,
        name=event.name,
        legal_form=event.legal_form,
        population=sum(commune.population for commune in event.communes),
        communes=len(event.communes),
    )


@standing.when(TerritoryAttached)
def _attached(batch: Batch, event: TerritoryAttached) -> None:
    batch.put(attachments, framework_id=event.originator_id, territory_id=event.attached_territory_id)


@standing.when(PartnerRegistered)
def _partner(batch: Batch, event: PartnerRegistered) -> None:
    batch.put(partners, partner_id=event.originator_id, name=event.name)


@standing.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(profiles, name=event.profile.name, version=event.profile.version, profile=event.profile)


@standing.when(ConventionOpened)
def _opened(batch: Batch, event: ConventionOpened) -> None:
    batch.put(
        conventions,
        convention_id=event.originator_id,
        territory_id=event.home_territory_id,
        framework_id=event.framework_id,
        holders=[str(one) for one in event.holder_ids],
        profile_name=event.profile_name,
        profile_version=event.profile_version,
        opened_on=event.occurred_on,
        effective_from=event.period.effective_from,
        effective_to=event.period.effective_to,
        communes=event.communes,
        themes=event.themes,
        successor_of=event.successor_of,
        sub_perimeter_of=event.sub_perimeter_of,
        stream_version=event.originator_version,
    )


@standing.when(
    ConventionOpened,
    EngagementConfirmed,
    DiagnosisShared,
    ForumConvened,
    ForumHeld,
    PriorityChosen,
    ActionPlanValidated,
    MandateRecorded,
    SignatureRecorded,
    ConventionSigned,
    ActionPlanSigned,
    ConventionActivated,
    ReviewDone,
    WaiverGranted,
)
def _milestone(batch: Batch, event: Event) -> None:
    batch.put(milestones, convention_id=event.originator_id, **envelope_values(batch.position, event))
    batch.change(conventions, convention_id=event.originator_id, stream_version=event.originator_version)
