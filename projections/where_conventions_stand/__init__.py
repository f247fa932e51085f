"""Where does each convention stand, and since when?

Phase and flags are derived here from milestones and today, never stored (domain.md 4.1). A territory without any
convention is `NOT_COVERED`. `REVIEW_LATE` belongs to the sheet of deadlines: whoever shows both adds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, select

from domain.method import MethodProfile
from domain.values import (
    Code,
    PublicName,
    ValidityPeriod,
)
from projections.where_conventions_stand.phases import IN_FORCE, NOT_COVERED, PHASES, Milestone, phases_reached
from projections.where_conventions_stand.rows import (
    attachments,
    conventions,
    milestones,
    partners,
    profiles,
    standing,
    territories,
)

__all__ = [
    "NOT_COVERED",
    "PHASES",
    "PLAN_MISSING",
    "REVIEW_LATE",
    "ConventionStanding",
    "Milestone",
    "PhaseReached",
    "Standing",
    "convention",
    "conventions_of",
    "departments",
    "methods_of",
    "milestones_of",
    "standing",
    "territory_of",
]

PLAN_MISSING = Code("PLAN_MISSING")
"""The convention is signed and its plan is not."""
REVIEW_LATE = Code("REVIEW_LATE")
"""An annual review is past its day: added by whoever also asks `what_is_due`."""


@dataclass(frozen=True)
class Standing:
    """One territory and its convention, if it has one: `phase` (a code) and the day it began."""

    territory_id: UUID
    siren: Code
    territory_name: PublicName
    legal_form: Code
    department: Code
    population: int
    convention_id: UUID | None
    holder_ids: tuple[UUID, ...]
    holder_names: tuple[PublicName, ...]
    period: ValidityPeriod | None
    phase: Code
    since: date | None
    flags: tuple[Code, ...]
    last_fact_on: date | None
    last_recorded_at: datetime | None


@dataclass(frozen=True)
class PhaseReached:
    """A phase of the method and the day the convention entered it, None when it has not."""

    phase: Code
    since: date | None


@dataclass(frozen=True)
class ConventionStanding:
    """One convention in full. `milestones` are in the order of their business dates."""

    standing: Standing
    convention_id: UUID
    territory_id: UUID
    framework_id: UUID | None
    opened_on: date
    profile_name: Code
    profile_version: int
    communes: tuple[Code, ...]
    themes: tuple[Code, ...]
    successor_of: UUID | None
    sub_perimeter_of: UUID | None
    version: int
    phases: tuple[PhaseReached, ...]
    milestones: tuple[Milestone, ...]


def departments(
    connection: Connection,
    territory_ids: Iterable[UUID] | None,
    today: date,
    *,
    department: str | None = None,
    framework_id: UUID | None = None,
) -> tuple[Standing, ...]:
    """One line for each territory, by name: its current convention, or `NOT_COVERED`.

    `territory_ids` None means all; the others narrow to a département, to a framework's territories. The current
    convention is the one in force, else the latest to take effect.
    """
    asked = _territories(territory_ids, department, framework_id)
    places = connection.execute(asked).all()
    own: dict[UUID, list[Standing]] = {}
    for one in _standings(connection, places, today):
        own.setdefault(one.territory_id, []).append(one)
    return tuple(
        max(own[place.territory_id], key=_currency) if place.territory_id in own else _not_covered(place)
        for place in places
    )


def conventions_of(connection: Connection, territory_ids: Iterable[UUID] | None, today: date) -> tuple[Standing, ...]:
    """One line for each convention of these territories (None: of all), by territory then first day."""
    places = connection.execute(_territories(territory_ids, None, None)).all()
    order = {place.territory_id: number for number, place in enumerate(places)}
    found = _standings(connection, places, today)
    return tuple(sorted(found, key=lambda one: (order[one.territory_id], _first_day(one))))


def convention(connection: Connection, convention_id: UUID, today: date) -> ConventionStanding | None:
    """One convention with its milestones; None when there is no such convention."""
    row = connection.execute(select(conventions).where(conventions.c.convention_id == convention_id)).first()
    if row is None:
        return None
    place = connection.execute(select(territories).where(territories.c.territory_id == row.territory_id)).one()
    facts = _milestones(connection, [convention_id]).get(convention_id, [])
    profile = _profiles(connection)[row.profile_name, row.profile_version]
    names = _names(connection, map(UUID, row.holders))
    reached = phases_reached(row.opened_on, row.effective_to, facts, profile, today)
    return ConventionStanding(
        standing=_standing(place, row, facts, reached, names),
        convention_id=convention_id,
        territory_id=row.territory_id,
        framework_id=row.framework_id,
        opened_on=row.opened_on,
        profile_name=row.profile_name,
        profile_version=row.profile_version,
        communes=row.communes,
        themes=row.themes,
        successor_of=row.successor_of,
        sub_perimeter_of=row.sub_perimeter_of,
        version=row.stream_version,
        phases=tuple(PhaseReached(phase, reached.get(phase)) for phase in PHASES),
        milestones=tuple(facts),
    )


def milestones_of(connection: Connection, convention_ids: Iterable[UUID]) -> Mapping[UUID, tuple[Milestone, ...]]:
    """The facts of several conventions, each in the order of their business dates."""
    return {one: tuple(facts) for one, facts in _milestones(connection, list(convention_ids)).items()}


def methods_of(connection: Connection, convention_ids: Iterable[UUID]) -> Mapping[UUID, MethodProfile]:
    """The method each of several conventions is pinned to."""
    known = _profiles(connection)
    asked = select(conventions.c.convention_id, conventions.c.profile_name, conventions.c.profile_version)
    rows = connection.execute(asked.where(conventions.c.convention_id.in_(list(convention_ids))))
    return {row.convention_id: known[row.profile_name, row.profile_version] for row in rows}


def territory_of(connection: Connection, convention_id: UUID) -> UUID | None:
    """The territory of a convention, for access control."""
    return connection.execute(
        select(conventions.c.territory_id).where(conventions.c.convention_id == convention_id)
    ).scalar()


def _standing(
    place: Row[Any],
    row: Row[Any],
    facts: Sequence[Milestone],
    reached: dict[Code, date],
    names: dict[UUID, PublicName],
) -> Standing:
    phase = next(one for one in reversed(PHASES) if one in reached)
    kinds = {one.kind for one in facts}
    return Standing(
        territory_id=place.territory_id,
        siren=place.siren,
        territory_name=place.name,
        legal_form=place.legal_form,
        department=place.department,
        population=place.population,
        convention_id=row.convention_id,
        holder_ids=tuple(map(UUID, row.holders)),
        holder_names=tuple(names[UUID(one)] for one in row.holders),
        period=ValidityPeriod(row.effective_from, row.effective_to),
        phase=phase,
        since=reached[phase],
        flags=(PLAN_MISSING,) if "convention-signed" in kinds and "action-plan-signed" not in kinds else (),
        last_fact_on=max((one.occurred_on for one in facts), default=None),
        last_recorded_at=max((one.recorded_at for one in facts), default=None),
    )


def _not_covered(place: Row[Any]) -> Standing:
    return Standing(
        territory_id=place.territory_id,
        siren=place.siren,
        territory_name=place.name,
        legal_form=place.legal_form,
        department=place.department,
        population=place.population,
        convention_id=None,
        holder_ids=(),
        holder_names=(),
        period=None,
        phase=NOT_COVERED,
        since=None,
        flags=(),
        last_fact_on=None,
        last_recorded_at=None,
    )


def _first_day(one: Standing) -> date:
    return one.period.effective_from if one.period else date.min


def _currency(one: Standing) -> tuple[bool, date]:
    return one.phase == IN_FORCE, _first_day(one)


# --- rows -------------------------------------------------------------------------------------------------------------


def _territories(
    territory_ids: Iterable[UUID] | None, department: str | None, framework_id: UUID | None
) -> Select[Any]:
    asked = select(territories).order_by(territories.c.name, territories.c.siren)
    if territory_ids is not None:
        asked = asked.where(territories.c.territory_id.in_(list(territory_ids)))
    if department is not None:
        asked = asked.where(territories.c.department == department)
    if framework_id is not None:
        followed = select(attachments.c.territory_id).where(attachments.c.framework_id == framework_id)
        asked = asked.where(territories.c.territory_id.in_(followed))
    return asked


def _standings(connection: Connection, places: Sequence[Row[Any]], today: date) -> list[Standing]:
    by_id = {place.territory_id: place for place in places}
    rows = connection.execute(select(conventions).where(conventions.c.territory_id.in_(list(by_id)))).all()
    facts = _milestones(connection, [row.convention_id for row in rows])
    methods = _profiles(connection)
    names = _names(connection, (UUID(one) for row in rows for one in row.holders))
    found = []
    for row in rows:
        own = facts.get(row.convention_id, [])
        reached = phases_reached(
            row.opened_on, row.effective_to, own, methods[row.profile_name, row.profile_version], today
        )
        found.append(_standing(by_id[row.territory_id], row, own, reached, names))
    return found


def _milestones(connection: Connection, convention_ids: Sequence[UUID]) -> dict[UUID, list[Milestone]]:
    asked = (
        select(milestones)
        .where(milestones.c.convention_id.in_(convention_ids))
        .order_by(milestones.c.occurred_on, milestones.c.position)
    )
    found: dict[UUID, list[Milestone]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.convention_id, []).append(
            Milestone(
                row.event_id,
                Code(row.topic.removeprefix("ctg.convention.")),
                row.occurred_on,
                row.recorded_at,
                row.actor_id,
                row.actor_role,
                row.on_behalf_of,
                row.reason,
                row.evidence,
                row.irregularities,
                row.facts,
            )
        )
    return found


def _profiles(connection: Connection) -> dict[tuple[str, int], MethodProfile]:
    return {(row.name, row.version): row.profile for row in connection.execute(select(profiles))}


def _names(connection: Connection, partner_ids: Iterable[UUID]) -> dict[UUID, PublicName]:
    rows = connection.execute(select(partners).where(partners.c.partner_id.in_(list(partner_ids))))
    return {row.partner_id: row.name for row in rows}
