"""The signatories, texts, mandates and signatures of each convention, as rows."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, Text, Time, Uuid

from domain.convention.opening import ConventionOpened
from domain.convention.plan import ActionPlanValidated
from domain.convention.signing import MandateRecorded, SignatureRecorded
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from projections.engine import (
    Batch,
    Codes,
    EvidenceList,
    Irregularities,
    Method,
    Projection,
    Sealed,
)

missing = Projection("missing", 1)

_POSITION = BigInteger().with_variant(Integer, "sqlite")

partners = missing.table("partners", Column("partner_id", Uuid, primary_key=True), Column("name", Text, nullable=False))
profiles = missing.table(
    "profiles",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)
conventions = missing.table(
    "conventions",
    Column("convention_id", Uuid, primary_key=True),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
)
signatories = missing.table(
    "signatories",
    Column("convention_id", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("partner_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("required", Boolean, nullable=False),
)
texts = missing.table(
    "texts",
    Column("convention_id", Uuid, primary_key=True),
    Column("covers", Text, primary_key=True),
    Column("text_sha256", Text, nullable=False),
    Column("adopted_on", Date, nullable=False),
    Column("plan_hash", Text, nullable=False),
)
mandates = missing.table(
    "mandates",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("partner_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("covers", Codes, nullable=False),
    Column("fits", Boolean, nullable=False),
    Column("adopted_on", Date, nullable=False),
    Column("executory_on", Date),
    Column("executory_at", Time),
    Column("reference", Sealed),
    Column("evidence", EvidenceList, nullable=False),
    Column("irregularities", Irregularities, nullable=False),
)
signed = missing.table(
    "signatures",
    Column("convention_id", Uuid, primary_key=True),
    Column("position", _POSITION, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("partner_id", Uuid, nullable=False),
    Column("covers", Codes, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("signed_at", Time),
    Column("evidence", EvidenceList, nullable=False),
    Column("irregularities", Irregularities, nullable=False),
)


@missing.when(PartnerRegistered)
def _partner(batch: Batch, event: PartnerRegistered) -> None:
    batch.put(partners, partner_id=event.originator_id, name=event.name)


@missing.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(profiles, name=event.profile.name, version=event.profile.version, profile=event.profile)


@missing.when(ConventionOpened)
def _opened(batch: Batch, event: ConventionOpened) -> None:
    batch.put(
        conventions,
        convention_id=event.originator_id,
        profile_name=event.profile_name,
        profile_version=event.profile_version,
    )
    for place, one in enumerate(event.signatories):
        batch.put(
            signatories,
            convention_id=event.originator_id,
            place=place,
            partner_id=one.partner_id,
            kind=one.kind,
            required=one.required,
        )


@missing.when(ActionPlanValidated)
def _adopted(batch: Batch, event: ActionPlanValidated) -> None:
    for cover in event.text_covers:
        batch.put(
            texts,
            convention_id=event.originator_id,
            covers=cover,
            text_sha256=event.text_sha256,
            adopted_on=event.occurred_on,
            plan_hash=event.plan_hash,
        )


@missing.when(MandateRecorded)
def _mandate(batch: Batch, event: MandateRecorded) -> None:
    batch.put(
        mandates,
        convention_id=event.originator_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        partner_id=event.partner_id,
        kind=event.kind,
        covers=event.covers,
        fits=event.fits,
        adopted_on=event.occurred_on,
        executory_on=event.executory_on,
        executory_at=event.executory_at,
        reference=event.reference,
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )


@missing.when(SignatureRecorded)
def _signature(batch: Batch, event: SignatureRecorded) -> None:
    batch.put(
        signed,
        convention_id=event.originator_id,
        position=batch.position,
        event_id=event.envelope.event_id,
        partner_id=event.partner_id,
        covers=event.covers,
        text_sha256=event.text_sha256,
        signed_on=event.occurred_on,
        signed_at=event.signed_at,
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
    )
