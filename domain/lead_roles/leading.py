"""Who leads on a territory or on a whole framework, as rules look at it: one stream for each of these places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from domain.cited_decisions import check_decision
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    CreatedEvent,
    EndsBeforeStart,
    Level,
    Places,
    UnknownReference,
    aggregate,
    event,
)
from domain.method import MethodProfile
from domain.partners import Partner
from domain.steering import DeciderNotEntitled, DecisionReference, SteeringBody
from domain.steering.deciding import OTHER
from domain.values import Code, LocalId, deterministic_id

LEAD: Final = Code("LEAD")
COORDINATOR: Final = Code("COORDINATOR")
KINDS: Final = (LEAD, COORDINATOR)
"""Whoever leads (chef de file), and whoever assembles what others do there (ensemblier, coordonnateur)."""

COORDINATING: Final = tuple(map(Code, ("CCAS", "CIAS", "UDCCAS")))
"""The kinds of partners that coordinate local actors (S0)."""


def lead_roles_stream(place_id: UUID) -> UUID:
    """The stream that says who leads on a territory or on a framework."""
    return deterministic_id("lead-roles", place_id)


@dataclass(frozen=True)
class CannotCoordinate(BrokenRule):
    """Local actors are coordinated by a CCAS, a CIAS or their union."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "partner_id"
    partner_kind: Code
    partner_kinds: tuple[Code, ...]


@dataclass(frozen=True)
class LeadRoleContestedStill(BrokenRule):
    """Who leads is contested: that is resolved before anything else of it changes."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "lead_id"
    MENDED_BY = "resolve-lead-role"
    since: date


@dataclass(frozen=True)
class LeadRoleOver(BrokenRule):
    """Nobody leads it any more: it ended."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "lead_id"
    over_on: date


@dataclass(frozen=True)
class LeadsAlready(BrokenRule):
    """The partner leads it already."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "partner_id"
    partner_id: UUID


class Dispute(NamedTuple):
    """A partner contests who leads: what it wants instead, since when, and the day on which that was settled."""

    lead_id: LocalId
    partner_id: UUID
    wish: Code
    since: date
    actor_id: UUID
    closed_on: date | None = None


class Lead(NamedTuple):
    """One lead role. `theme`: None for the whole place. `holders`: several share it; nobody, where it was left open."""

    kind: Code
    theme: Code | None
    convention_id: UUID | None
    holders: tuple[UUID, ...]
    since: date
    over_on: date | None = None


@aggregate("lead-role", "lead-roles")
class LeadRoles(Aggregate):
    """Who leads on one territory, or on one framework as a whole."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    leads: dict[LocalId, Lead]
    disputes: dict[LocalId, Dispute]

    def __init__(self) -> None:
        self.home_territory_id = None
        self.home_framework_id = None
        self.leads = {}
        self.disputes = {}

    @property
    def territory_id(self) -> UUID | None:
        """The territory on which they lead."""
        return self.home_territory_id

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework on the whole of which they lead."""
        return self.home_framework_id

    def places(self) -> Places:
        """Where they lead."""
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)

    def change(self, lead_id: LocalId, changed: Callable[[Lead], Lead]) -> None:
        """Put a lead role in the place of one; of one that was annulled there is nothing to change."""
        if (lead := self.leads.get(lead_id)) is not None:
            found = changed(lead)
            self.leads[lead_id] = found._replace(holders=tuple(dict.fromkeys(found.holders)))

    def close(self, contestation_id: LocalId, on: date) -> None:
        """A contestation of it is settled."""
        if (known := self.disputes.get(contestation_id)) is not None:
            self.disputes[contestation_id] = known._replace(closed_on=on)

    def open_disputes(self, lead_id: LocalId) -> tuple[Dispute, ...]:
        """What is contested of a lead role and not settled, the oldest first."""
        return tuple(one for one in self.disputes.values() if one.lead_id == lead_id and one.closed_on is None)

    def holding(self, kind: Code, theme: Code | None) -> tuple[LocalId, Lead] | None:
        """The lead role that somebody holds on a theme, or on all of them."""
        found = ((one, lead) for one, lead in self.leads.items() if (lead.kind, lead.theme) == (kind, theme))
        return next(((one, lead) for one, lead in found if lead.over_on is None and lead.holders), None)

    def known(self, lead_id: LocalId, case: Case) -> Lead | None:
        """A lead role that is not over, begun by the day of the act; else what is wrong is broken."""
        lead = self.leads.get(lead_id)
        if lead is None:
            case.broken(UnknownReference("lead_id", lead_id))
            return None
        case.breaks_if(lead.over_on is not None, LeadRoleOver(lead.over_on or lead.since))
        if case.occurred_on < lead.since:
            case.broken(EndsBeforeStart("occurred_on", lead.since, case.occurred_on))
        return lead

    def check_settled(self, lead_id: LocalId, case: Case) -> None:
        """Nothing is contested of it."""
        for one in self.open_disputes(lead_id)[:1]:
            case.broken(LeadRoleContestedStill(one.since))


@event("lead-role.lead-roles-begun")
class LeadRolesBegun(CreatedEvent):
    """Somebody is said to lead there for the first time."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None

    def apply(self, roles: LeadRoles) -> None:
        """Keep where."""
        roles.home_territory_id = self.home_territory_id
        roles.home_framework_id = self.home_framework_id


def check_holder(kind: Code, partner_id: UUID, case: Case, field: str = "partner_id") -> None:
    """The partner is known, and may coordinate where that is what it would do."""
    partner = case.find(Partner, partner_id, field)
    if partner is not None and kind == COORDINATOR:
        case.breaks_if(partner.kind not in COORDINATING, CannotCoordinate(partner.kind, COORDINATING))


def method_of(home: Places, convention_id: UUID | None, case: Case) -> MethodProfile | None:
    """The method of the place: of the convention there, else of the framework; None where that is not known."""
    if home.framework_id is not None:
        framework = case.find(FrameworkConvention, home.framework_id, "home_framework_id")
        return pinned_profile(case, *framework.profile) if framework is not None else None
    convention = convention_of(home, convention_id, case)
    return pinned_profile(case, *convention.profile_key) if convention is not None else None


def convention_of(home: Places, convention_id: UUID | None, case: Case) -> TerritorialConvention | None:
    """The convention that an act names, of its territory."""
    if convention_id is None:
        return None
    found = case.find(TerritorialConvention, convention_id, "convention_id")
    if found is not None and found.home_territory_id != home.territory_id:
        case.broken(UnknownReference("convention_id", str(convention_id)))
        return None
    return found


def check_cited(home: Places, reference: DecisionReference, method: MethodProfile | None, case: Case) -> None:
    """R08: the decision that says so was taken there, by a body entitled to it, on something no other act rests on."""
    if method is None:
        case.broken(UnknownReference("decided_in", reference.word))
        return
    body = case.find(SteeringBody, reference.body_id, "decided_in")
    if body is None:
        return
    if body.places() != home:
        case.broken(DeciderNotEntitled(body.kind))
        return
    check_decision(case, reference, OTHER, body.home_territory_id, method.deciding_bodies)
