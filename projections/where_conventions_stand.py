"""Where does each convention stand, and since when?

Phase and flags are derived here from milestones and today, never stored (domain.md 4.1). A territory without any
convention is `NOT_COVERED`. `REVIEW_LATE` belongs to the sheet of deadlines: whoever shows both adds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Date, Index, Integer, Row, Select, Text, Uuid, select

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
from domain.convention.state import Forum, SharedDiagnosis, Waiver
from domain.convention.waivers import WaiverGranted
from domain.frameworks import TerritoryAttached
from domain.kernel import Event, Irregularity
from domain.method import MethodProfile
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import PerimeterChanged, TerritoryRegistered
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
    ValidityPeriod,
)
from projections.engine import (
    Batch,
    Codes,
    Method,
    Projection,
    empty_convention,
    envelope_columns,
    envelope_values,
)

NOT_COVERED = Code("NOT_COVERED")
PREPARATION = Code("PREPARATION")
DIAGNOSIS = Code("DIAGNOSIS")
FORUMS = Code("FORUMS")
PRIORITISATION = Code("PRIORITISATION")
PLANNING = Code("PLANNING")
SIGNING = Code("SIGNING")
IN_FORCE = Code("IN_FORCE")
EXPIRED = Code("EXPIRED")

PLAN_MISSING = Code("PLAN_MISSING")
"""The convention is signed and its plan is not."""
REVIEW_LATE = Code("REVIEW_LATE")
"""An annual review is past its day: added by whoever also asks `what_is_due`."""

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
    Column("holder_id", Uuid, nullable=False),
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
        holder_id=event.holder_id,
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


# --- answers ----------------------------------------------------------------------------------------------------------


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
    holder_id: UUID | None
    holder_name: PublicName | None
    period: ValidityPeriod | None
    phase: Code
    since: date | None
    flags: tuple[Code, ...]
    last_fact_on: date | None
    last_recorded_at: datetime | None


@dataclass(frozen=True)
class Milestone:
    """One fact of the chain. `kind` is its topic without `ctg.convention.`; `facts` its payload, prose sealed."""

    event_id: UUID
    position: int
    kind: Code
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    facts: dict[str, Any]


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
    names = _names(connection, [row.holder_id])
    reached = _phases(row, facts, profile, today)
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
        phases=tuple(PhaseReached(phase, reached.get(phase)) for phase in _ORDER),
        milestones=tuple(facts),
    )


def territory_of(connection: Connection, convention_id: UUID) -> UUID | None:
    """The territory of a convention, for access control."""
    return connection.execute(
        select(conventions.c.territory_id).where(conventions.c.convention_id == convention_id)
    ).scalar()


# --- derivations ------------------------------------------------------------------------------------------------------

_ORDER = (PREPARATION, DIAGNOSIS, FORUMS, PRIORITISATION, PLANNING, SIGNING, IN_FORCE, EXPIRED)


def _phases(row: Row[Any], facts: Sequence[Milestone], profile: MethodProfile, today: date) -> dict[Code, date]:
    """The day each phase was entered (its entry condition of domain.md 2.1), for those that were."""

    def first(*kinds: str) -> date | None:
        return min((one.occurred_on for one in facts if one.kind in kinds), default=None)

    entered: dict[Code, date | None] = {
        PREPARATION: row.opened_on,
        DIAGNOSIS: first("engagement-confirmed"),
        FORUMS: first("diagnosis-shared"),
        PRIORITISATION: _first_crossed_on(facts, profile),
        PLANNING: first("priority-chosen"),
        SIGNING: first("action-plan-validated", "signature-recorded", "mandate-recorded"),
        IN_FORCE: first("activated"),
        EXPIRED: row.effective_to + timedelta(days=1) if today > row.effective_to else None,
    }
    return {phase: day for phase, day in entered.items() if day is not None}


def _first_crossed_on(facts: Sequence[Milestone], profile: MethodProfile) -> date | None:
    """The day a first theme was crossed by forums that count, or R06 was waived (R04, R07)."""
    state = empty_convention()
    days: list[tuple[date, frozenset[Code]]] = []
    for one in facts:
        if one.kind == "diagnosis-shared":
            state.diagnoses.append(SharedDiagnosis(one.facts["diagnosis_version"], one.occurred_on, frozenset()))
        elif one.kind == "waiver-granted":
            expires_on = date.fromisoformat(one.facts["expires_on"])
            state.waivers.append(Waiver(one.facts["rule"], one.facts["subject"], expires_on))
        elif one.kind == "forum-held":
            themes = frozenset(Code(theme) for theme in one.facts["themes"])
            cells = frozenset(
                Cell(Expertise(cell["expertise"]), AnalysisSide(cell["side"])) for cell in one.facts["cells_covered"]
            )
            attendance = Attendance(**one.facts["attendance_by_expertise"])
            state.forums[LocalId(one.facts["forum_id"])] = Forum(themes, one.occurred_on, attendance, cells)
            days.append((one.occurred_on, themes))
    found = [one.occurred_on for one in facts if one.kind == "waiver-granted" and one.facts["rule"] == "R06"]
    for day, themes in days:
        held = frozenset(
            forum_id for forum_id, forum in state.forums.items() if forum.held_on is not None and forum.held_on <= day
        )
        if any(state.missing_for_crossing(theme, profile, held) == (frozenset(), frozenset()) for theme in themes):
            found.append(day)
    return min(found, default=None)


def _standing(
    place: Row[Any],
    row: Row[Any],
    facts: Sequence[Milestone],
    reached: dict[Code, date],
    names: dict[UUID, PublicName],
) -> Standing:
    phase = next(one for one in reversed(_ORDER) if one in reached)
    kinds = {one.kind for one in facts}
    return Standing(
        territory_id=place.territory_id,
        siren=place.siren,
        territory_name=place.name,
        legal_form=place.legal_form,
        department=place.department,
        population=place.population,
        convention_id=row.convention_id,
        holder_id=row.holder_id,
        holder_name=names.get(row.holder_id),
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
        holder_id=None,
        holder_name=None,
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
    names = _names(connection, [row.holder_id for row in rows])
    found = []
    for row in rows:
        own = facts.get(row.convention_id, [])
        reached = _phases(row, own, methods[row.profile_name, row.profile_version], today)
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
                row.position,
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


def _names(connection: Connection, partner_ids: Sequence[UUID]) -> dict[UUID, PublicName]:
    rows = connection.execute(select(partners).where(partners.c.partner_id.in_(partner_ids)))
    return {row.partner_id: row.name for row in rows}
