"""Where does each convention stand, and since when?

Phase and flags are derived here from milestones and today, never stored (domain.md 4.1). A territory without any
convention is `NOT_COVERED`. `REVIEW_LATE` belongs to the sheet of deadlines: whoever shows both adds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.convention.counting import ActionPlanSigned, ConventionSigned, Signing
from domain.convention.opening import ConventionOpened, TermsStated
from domain.convention.renewing import Renewal
from domain.convention.state import CONVENTION
from domain.convention.taking_over import ConventionTakenOver
from domain.values import (
    Code,
    PublicName,
    ValidityPeriod,
)
from projections.engine import Dossier
from projections.where_conventions_stand.milestones import Milestone, milestones
from projections.where_conventions_stand.phases import (
    ANNULLED,
    CLOSED,
    IN_FORCE,
    NOT_COVERED,
    PHASES,
    UNKNOWN,
    phases_reached,
)
from projections.where_coverage_is_missing import EVERYTHING, Covering, Gap, coverage
from projections.which_partners_and_places_are_known import TerritoryKnown

__all__ = [
    "ANNULLED",
    "CLOSED",
    "IN_FORCE",
    "NOT_COVERED",
    "PHASES",
    "PLAN_MISSING",
    "RENEWING",
    "REVIEW_LATE",
    "TO_CHECK",
    "UNKNOWN",
    "ConventionStanding",
    "Milestone",
    "PhaseReached",
    "Standing",
    "convention",
    "current",
    "departments",
    "gap_of",
    "milestones",
    "standing",
    "untold",
]

RENEWING = Code("RENEWING")
"""What follows the convention is prepared, and does not take its place yet."""
PLAN_MISSING = Code("PLAN_MISSING")
"""The convention is signed and its plan is not."""
TO_CHECK = Code("TO_CHECK")
"""What is said of a convention may be of before the last facts, or could not be made."""
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
    signed_on: date | None = None
    successor_of: UUID | None = None
    is_partial: bool = False
    gap: Gap | None = None
    """Of the line of a territory: the days on which nothing covers it today."""


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
    territories: Iterable[TerritoryKnown], standings: Iterable[Standing], today: date
) -> tuple[Standing, ...]:
    """One line for each of these territories, in their order: its current convention, or `NOT_COVERED`; that too where
    one has ended and nothing that is signed follows it yet (`gap`).

    The current convention is the one in force, else the latest to take effect of those that are not closed.
    """
    own: dict[UUID, list[Standing]] = {}
    for one in standings:
        own.setdefault(one.territory_id, []).append(one)
    return tuple(
        _with_gap(own[place.territory_id], today) if place.territory_id in own else _not_covered(place)
        for place in territories
    )


def _with_gap(standings: list[Standing], today: date) -> Standing:
    shown, gap = current(standings), gap_of(standings, today)
    return shown if gap is None else replace(shown, gap=gap, flags=(NOT_COVERED, *shown.flags))


def gap_of(standings: Iterable[Standing], today: date) -> Gap | None:
    """The days within which today is, on which none of a territory's conventions covers it; None where one does, or
    none ever did. One on a part of the perimeter of another changes nothing."""
    whole = (one for one in standings if one.period is not None and not one.is_partial)
    found = [
        Covering(
            one.convention_id or one.territory_id,
            one.period,
            one.signed_on,
            EVERYTHING,
            one.successor_of if one.phase != CLOSED else None,
        )
        for one in whole
        if one.period is not None
    ]
    return coverage(found, today).gap_on(today)


def current(standings: Iterable[Standing]) -> Standing:
    """The one of a territory's conventions that stands for it: the one in force, else the latest to take effect that is
    not closed, else the latest."""
    return max(standings, key=_currency)


def untold(place: TerritoryKnown, convention_id: UUID) -> Standing:
    """The line of a convention that cannot be read now: no more than where it is."""
    return replace(_not_covered(place), convention_id=convention_id, phase=UNKNOWN, flags=(TO_CHECK,))


def standing(dossier: Dossier, today: date) -> Standing:
    """Where a convention stands, in one line."""
    state, place = dossier.convention, dossier.territory
    opened = _opened(dossier)
    reached = phases_reached(dossier, today)
    phase = ANNULLED if state.is_annulled else next(one for one in reversed(PHASES) if one in reached)
    signed = any(dossier.facts(ConventionSigned)) and not any(dossier.facts(ActionPlanSigned))
    return Standing(
        territory_id=place.id,
        siren=place.siren,
        territory_name=place.name,
        legal_form=place.legal_form,
        department=place.department,
        population=sum(commune.population for commune in place.communes),
        convention_id=state.id,
        holder_ids=opened.holder_ids,
        holder_names=tuple(dossier.register.partners[one].name for one in opened.holder_ids),
        period=state.period,
        phase=phase,
        since=reached.get(phase),
        flags=_flags(dossier, plan_missing=signed, closed=phase == CLOSED),
        last_fact_on=max([one.event.envelope.occurred_on for one in dossier.own]),
        last_recorded_at=max([one.event.timestamp for one in dossier.streams[dossier.convention_id].recorded]),
        signed_on=Signing.of(state).signed_on.get(CONVENTION),
        successor_of=state.successor_of,
        is_partial=state.sub_perimeter_of is not None,
    )


def convention(dossier: Dossier, today: date) -> ConventionStanding:
    """One convention with its milestones."""
    state = dossier.convention
    opened = _opened(dossier)
    reached = phases_reached(dossier, today)
    return ConventionStanding(
        standing=standing(dossier, today),
        convention_id=state.id,
        territory_id=state.territory_id,
        framework_id=opened.framework_id,
        opened_on=state.opened_on,
        profile_name=opened.profile_name,
        profile_version=opened.profile_version,
        communes=opened.communes,
        themes=opened.themes,
        successor_of=opened.successor_of,
        sub_perimeter_of=opened.sub_perimeter_of,
        version=state.version,
        phases=tuple(PhaseReached(phase, reached.get(phase)) for phase in PHASES),
        milestones=milestones(dossier),
    )


def _flags(dossier: Dossier, *, plan_missing: bool, closed: bool) -> tuple[Code, ...]:
    renewal = Renewal.of(dossier.convention)
    renewing = renewal.started_on is not None and renewal.renewed_on is None and not closed
    flags = ((RENEWING, renewing), (PLAN_MISSING, plan_missing))
    return tuple(flag for flag, is_so in flags if is_so)


def _opened(dossier: Dossier) -> TermsStated:
    """The terms under which it was opened, or taken over."""
    kind: type[TermsStated] = ConventionTakenOver if dossier.convention.taken_over_on is not None else ConventionOpened
    ((_, opened),) = dossier.facts(kind)
    return opened


def _not_covered(place: TerritoryKnown) -> Standing:
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


def _currency(one: Standing) -> tuple[bool, bool, date]:
    starts = one.period.effective_from if one.period else date.min  # what is untold comes last
    return one.phase == IN_FORCE, one.phase != CLOSED and one.period is not None, starts
