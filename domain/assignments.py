"""Roles given to people, on a territory or on a whole framework: dated facts, several per person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Actor,
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    EndsBeforeStart,
    Event,
    Level,
    NotEntitled,
    Right,
    RoleHeld,
    Streams,
    UnknownReference,
    command,
    event,
    record_from,
)
from domain.partners import Partner
from domain.policy import GIVE_PILOT, GIVE_VOICE
from domain.roles import ADMINISTRATOR, FRAMEWORK_ROLES, PARTNER_ROLES, PILOT, PILOTS, TERRITORY_ROLES, Assignment
from domain.territories import Territory
from domain.values import Code, InvalidValue

Place = Territory | FrameworkConvention
"""Where roles are held."""


@dataclass(frozen=True)
class UnknownRole(BrokenRule):
    """The role does not exist at this level (R33)."""

    RULE = "R33"
    LEVEL = Level.HARD
    FIELD = "role"
    role: str


@dataclass(frozen=True)
class GivenToOneself(NotEntitled):
    """R33: nobody gives a role to themselves, nor confirms their own."""

    RULE = "R33"
    CODE = NotEntitled.CODE
    LEVEL = Level.HARD


@dataclass(frozen=True)
class TakenAlone(BrokenRule):
    """R33: the only administrator took the role of pilot; it is told until a second person confirms it."""

    RULE = "R33"
    LEVEL = Level.NOTICE


@dataclass(frozen=True)
class RoleNotHeld(BrokenRule):
    """What is ended, handed over or confirmed is a role that is held."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "assignment_id"
    assignment_id: UUID


def right_to_give(act: str, role: Code, partner_id: UUID | None) -> Right:
    """Who may give or end a role by some act: a pilot and a partner's voices have lines of their own."""
    if role in PILOTS:
        return Right(GIVE_PILOT)
    return Right(GIVE_VOICE, partner_id) if role in PARTNER_ROLES else Right(act)


def assigned(place: Aggregate | None, assignment_id: UUID) -> Assignment | None:
    """A role by the event that gave it."""
    roles = place.assignments if isinstance(place, Place) else ()
    return next((one for one in roles if one.assignment_id == assignment_id), None)


def replaced(place: Place, assignment_id: UUID, **changes: object) -> None:
    """Change what is known of a role that was given."""
    place.assignments = [
        replace(one, **changes) if one.assignment_id == assignment_id else one  # type: ignore[arg-type]
        for one in place.assignments
    ]


def held_by(place: Place, role: Code, person_id: UUID, partner_id: UUID | None, day: date) -> bool:
    """Whether a person holds a role there that day."""
    return any(
        (one.role, one.person_id, one.partner_id) == (role, person_id, partner_id) and one.holds_on(day)
        for one in place.assignments
    )


def check_receiver(case: Case, place: Place, role: Code, person_id: UUID, field: str, act: str) -> None:
    """Whoever receives a role is somebody, and somebody else than who gives it.

    But the only administrator of an instance may take PILOT, once on a territory (R33).
    """
    case.breaks_if(not case.people.knows(person_id), UnknownReference(field, str(person_id)))
    if person_id == case.context.actor.actor_id:
        once = role == PILOT and not any(one.taken for one in place.assignments)
        alone = case.context.role == ADMINISTRATOR and case.people.is_only_administrator(person_id)
        case.broken(TakenAlone() if once and alone else GivenToOneself(act))


class _RoleAssigned(Event):
    """What both levels have in common: who holds what, for whom, until when."""

    role: Code
    person_id: UUID
    partner_id: UUID | None
    ends_on: date | None

    def apply(self, aggregate: Territory | FrameworkConvention) -> None:
        """Keep the assignment; several per person are usual."""
        aggregate.assignments.append(given(self, self.role, self.person_id, self.partner_id, self.ends_on))
        if isinstance(aggregate, Territory):
            aggregate.settle_roles()


def given(event: Event, role: Code, person_id: UUID, partner_id: UUID | None, ends_on: date | None) -> Assignment:
    """A role as an event gives it."""
    return Assignment(
        event.envelope.event_id,
        role,
        person_id,
        partner_id,
        event.occurred_on,
        ends_on,
        event.recorded_on,
        event.envelope.actor_id,
    )


@event("territory.territory-role-assigned")
class TerritoryRoleAssigned(_RoleAssigned):
    """A person holds a role on this territory from `occurred_on` to `ends_on`."""


@event("framework.framework-role-assigned")
class FrameworkRoleAssigned(_RoleAssigned):
    """A person holds a role on the whole framework from `occurred_on` to `ends_on`."""


@event("territory.territory-role-confirmed")
class TerritoryRoleConfirmed(Event):
    """A second person confirmed a role that its holder had taken alone."""

    assignment_id: UUID
    role: Code
    person_id: UUID

    def apply(self, territory: Territory) -> None:
        """It is told no more."""
        replaced(territory, self.assignment_id, confirmed_by=self.envelope.actor_id)


@dataclass(frozen=True, kw_only=True)
class _AssignRole(Command):
    """What giving a role has in common at both levels."""

    role: Code
    person_id: UUID
    partner_id: UUID | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.role in PARTNER_ROLES and self.partner_id is None:
            raise InvalidValue("partner-required", field="partner_id", value=self.role)

    def right(self, streams: Streams, actor: Actor) -> Right:
        """A pilot and a partner's voices are given from above."""
        return right_to_give(self.NAME, self.role, self.partner_id)

    def assign(self, state: Place, case: Case, roles: tuple[Code, ...]) -> None:
        """Check that the role exists here and is not held already, then record it. Raises `Refused`."""
        case.breaks_if(self.role not in roles, UnknownRole(self.role))
        check_receiver(case, state, self.role, self.person_id, "person_id", self.NAME)
        if self.partner_id is not None:
            case.find(Partner, self.partner_id, "partner_id")
        if self.ends_on is not None and self.ends_on < case.occurred_on:
            case.broken(EndsBeforeStart("ends_on", case.occurred_on, self.ends_on))
        held = held_by(state, self.role, self.person_id, self.partner_id, case.occurred_on)
        case.breaks_if(held, AlreadyExists(self.role))
        case.settle()
        record_from(self, state, case)


@command(Territory, of_people=True, records=TerritoryRoleAssigned)
@dataclass(frozen=True, kw_only=True)
class AssignTerritoryRole(_AssignRole):
    """Give a person a role on the territory, for a partner where the role speaks for one. A key gives none."""

    def decide(self, state: Territory, case: Case) -> None:
        self.assign(state, case, TERRITORY_ROLES)


@command(FrameworkConvention, of_people=True, records=FrameworkRoleAssigned)
@dataclass(frozen=True, kw_only=True)
class AssignFrameworkRole(_AssignRole):
    """Give a person a role on the whole framework. A key gives none."""

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        self.assign(state, case, FRAMEWORK_ROLES)


@command(Territory, of_people=True, records=TerritoryRoleConfirmed, derived=("role", "person_id"))
@dataclass(frozen=True, kw_only=True)
class ConfirmTerritoryRole(Command):
    """Confirm, as a second person, the role of pilot that the only administrator took. A key confirms none."""

    assignment_id: UUID

    def decide(self, state: Territory, case: Case) -> None:
        one = assigned(state, self.assignment_id)
        if one is None or not one.awaits_confirmation or not one.holds_on(case.occurred_on):
            case.broken(RoleNotHeld(self.assignment_id))
        elif one.person_id == case.context.actor.actor_id:
            case.broken(GivenToOneself(self.NAME))
        case.settle()
        assert one is not None
        record_from(self, state, case, role=one.role, person_id=one.person_id)


# --- what a role gives ------------------------------------------------------------------------------------------------


def role_in(place: Place, one: Assignment) -> RoleHeld:
    """A role as access control wants it: a framework's reaches what the framework follows, never another's."""
    if isinstance(place, Territory):
        return RoleHeld(one.role, place.id, one.partner_id, recorded_in=place.id)
    follows = frozenset(place.territories)
    return RoleHeld(one.role, None, one.partner_id, framework_id=place.id, follows=follows, recorded_in=place.id)


def as_recorded(held: RoleHeld, place: Aggregate | None, person_id: UUID, today: date) -> RoleHeld | None:
    """A role as the stream that it names records it today; None when it grants it no more, or never did."""
    found: Iterable[Assignment] = place.assignments if isinstance(place, Place) else ()
    wanted = (held.role, person_id, held.partner_id)
    for one in found:
        if (one.role, one.person_id, one.partner_id) == wanted and one.grants_on(today):
            return role_in(place, one)  # type: ignore[arg-type]
    return None
