"""Which territories, partners, frameworks and methods are known? What forms propose and imports compare with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Date, Index, Integer, Row, Text, Uuid, select

from domain.frameworks import (
    FrameworkConventionOpened,
    FrameworkConventionSigned,
    Heading,
    TerritoryAttached,
)
from domain.method import MethodProfile
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import Commune, PerimeterChanged, TerritoryRegistered
from domain.values import Code, PublicName, ValidityPeriod
from projections.engine import Batch, Codes, Facts, Ids, Method, Projection

known = Projection("known", 1)

territories_table = known.table(
    "territories",
    Column("territory_id", Uuid, primary_key=True),
    Column("siren", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("legal_form", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("communes", Codes, nullable=False),  # [insee, siren, name, population]
    Column("version", Integer, nullable=False),
    Index(None, "siren", unique=True),
)
partners_table = known.table(
    "partners",
    Column("partner_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("siren", Text),
    Column("territory_id", Uuid),
)
frameworks_table = known.table(
    "frameworks",
    Column("framework_id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("headings", Facts, nullable=False),
    Column("signatories", Ids, nullable=False),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date, nullable=False),
)
framework_signatures = known.table(
    "framework_signatures",
    Column("framework_id", Uuid, primary_key=True),
    Column("partner_id", Uuid, primary_key=True),
    Column("signed_on", Date, nullable=False),
)
attachments = known.table(
    "attachments",
    Column("framework_id", Uuid, primary_key=True),
    Column("territory_id", Uuid, primary_key=True),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
)
methods = known.table(
    "methods",
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("profile", Method, nullable=False),
)


@known.when(TerritoryRegistered)
def _registered(batch: Batch, event: TerritoryRegistered) -> None:
    batch.put(
        territories_table,
        territory_id=event.originator_id,
        siren=event.siren,
        name=event.name,
        legal_form=event.legal_form,
        department=event.department,
        communes=_rows(event.communes),
        version=event.originator_version,
    )


@known.when(PerimeterChanged)
def _changed(batch: Batch, event: PerimeterChanged) -> None:
    batch.change(
        territories_table,
        territory_id=event.originator_id,
        name=event.name,
        legal_form=event.legal_form,
        communes=_rows(event.communes),
        version=event.originator_version,
    )


def _rows(communes: Iterable[Commune]) -> list[list[Any]]:
    return [[one.insee, one.siren, one.name, one.population] for one in communes]


@known.when(PartnerRegistered)
def _partner(batch: Batch, event: PartnerRegistered) -> None:
    batch.put(
        partners_table,
        partner_id=event.originator_id,
        kind=event.kind,
        name=event.name,
        siren=event.siren,
        territory_id=event.home_territory_id,
    )


@known.when(FrameworkConventionOpened)
def _framework(batch: Batch, event: FrameworkConventionOpened) -> None:
    batch.put(
        frameworks_table,
        framework_id=event.originator_id,
        name=event.name,
        department=event.department,
        headings={"headings": [[one.heading, one.text] for one in event.headings]},
        signatories=event.signatories,
        profile_name=event.profile_name,
        profile_version=event.profile_version,
        effective_from=event.period.effective_from,
        effective_to=event.period.effective_to,
    )


@known.when(FrameworkConventionSigned)
def _signed(batch: Batch, event: FrameworkConventionSigned) -> None:
    batch.put(
        framework_signatures,
        framework_id=event.originator_id,
        partner_id=event.partner_id,
        signed_on=event.occurred_on,
    )


@known.when(TerritoryAttached)
def _attached(batch: Batch, event: TerritoryAttached) -> None:
    batch.put(
        attachments,
        framework_id=event.originator_id,
        territory_id=event.attached_territory_id,
        position=batch.position,
    )


@known.when(MethodProfilePublished)
def _method(batch: Batch, event: MethodProfilePublished) -> None:
    batch.put(methods, name=event.profile.name, version=event.profile.version, profile=event.profile)


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TerritoryKnown:
    """A territory with its present perimeter; `version` is its stream's, to send back with a change."""

    territory_id: UUID
    siren: Code
    name: PublicName
    legal_form: Code
    department: Code
    communes: tuple[Commune, ...]
    version: int

    @property
    def population(self) -> int:
        """The sum of its communes' municipal populations."""
        return sum(commune.population for commune in self.communes)


@dataclass(frozen=True)
class PartnerKnown:
    """An institution; `territory_id` where it is a local one."""

    partner_id: UUID
    kind: Code
    name: PublicName
    siren: Code | None
    territory_id: UUID | None


@dataclass(frozen=True)
class FrameworkKnown:
    """A departmental framework: its partners, who signed when, the territories it follows."""

    framework_id: UUID
    name: PublicName
    department: Code
    headings: tuple[Heading, ...]
    signatories: tuple[UUID, ...]
    signed_on: dict[UUID, date]
    profile_name: Code
    profile_version: int
    period: ValidityPeriod
    territories: tuple[UUID, ...]


def territories(connection: Connection, territory_ids: Iterable[UUID] | None = None) -> tuple[TerritoryKnown, ...]:
    """Territories by name (None: all)."""
    asked = select(territories_table).order_by(territories_table.c.name, territories_table.c.siren)
    if territory_ids is not None:
        asked = asked.where(territories_table.c.territory_id.in_(list(territory_ids)))
    return tuple(_territory(row) for row in connection.execute(asked))


def territory(connection: Connection, territory_id: UUID) -> TerritoryKnown | None:
    """One territory, None when it is not registered."""
    return next(iter(territories(connection, [territory_id])), None)


def by_siren(connection: Connection, siren: str) -> TerritoryKnown | None:
    """One territory by its SIREN, None when it is not registered."""
    row = connection.execute(select(territories_table).where(territories_table.c.siren == siren)).first()
    return _territory(row) if row is not None else None


def partners(connection: Connection, partner_ids: Iterable[UUID] | None = None) -> tuple[PartnerKnown, ...]:
    """Partners by name (None: all)."""
    asked = select(partners_table).order_by(partners_table.c.name, partners_table.c.partner_id)
    if partner_ids is not None:
        asked = asked.where(partners_table.c.partner_id.in_(list(partner_ids)))
    return tuple(
        PartnerKnown(row.partner_id, row.kind, row.name, row.siren, row.territory_id)
        for row in connection.execute(asked)
    )


def frameworks(connection: Connection) -> tuple[FrameworkKnown, ...]:
    """The frameworks by name."""
    signed: dict[UUID, dict[UUID, date]] = {}
    for row in connection.execute(select(framework_signatures)):
        signed.setdefault(row.framework_id, {})[row.partner_id] = row.signed_on
    followed: dict[UUID, list[UUID]] = {}
    for row in connection.execute(select(attachments).order_by(attachments.c.position)):
        followed.setdefault(row.framework_id, []).append(row.territory_id)
    return tuple(
        FrameworkKnown(
            framework_id=row.framework_id,
            name=row.name,
            department=row.department,
            headings=tuple(Heading(Code(heading), text) for heading, text in row.headings["headings"]),
            signatories=row.signatories,
            signed_on=signed.get(row.framework_id, {}),
            profile_name=row.profile_name,
            profile_version=row.profile_version,
            period=ValidityPeriod(row.effective_from, row.effective_to),
            territories=tuple(followed.get(row.framework_id, ())),
        )
        for row in connection.execute(select(frameworks_table).order_by(frameworks_table.c.name))
    )


def profiles(connection: Connection) -> tuple[MethodProfile, ...]:
    """The published methods, by name then version."""
    asked = select(methods.c.profile).order_by(methods.c.name, methods.c.version)
    return tuple(connection.execute(asked).scalars())


def profile(connection: Connection, name: str, version: int) -> MethodProfile | None:
    """One published method, None when it is unknown."""
    return connection.execute(
        select(methods.c.profile).where(methods.c.name == name, methods.c.version == version)
    ).scalar()


def _territory(row: Row[Any]) -> TerritoryKnown:
    return TerritoryKnown(
        row.territory_id,
        row.siren,
        row.name,
        row.legal_form,
        row.department,
        tuple(Commune(insee, siren, name, population) for insee, siren, name, population in row.communes),
        row.version,
    )
