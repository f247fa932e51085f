"""Roles given to people, on a territory or on a whole framework: dated facts, several per person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    EndsBeforeStart,
    Event,
    Level,
    RoleHeld,
    command,
    event,
    record_from,
)
from domain.partners import Partner
from domain.roles import FRAMEWORK_ROLES, PARTNER_ROLES, TERRITORY_ROLES, Assignment
from domain.territories import Territory
from domain.values import Code, InvalidValue


@dataclass(frozen=True)
class UnknownRole(BrokenRule):
    """The role does not exist at this level (R33)."""

    RULE = "R33"
    LEVEL = Level.HARD
    FIELD = "role"
    role: str


class _RoleAssigned(Event):
    """What both levels have in common: who holds what, for whom, until when."""

    role: Code
    person_id: UUID
    partner_id: UUID | None
    ends_on: date | None

    def apply(self, aggregate: Territory | FrameworkConvention) -> None:
        """Keep the assignment; several per person are usual."""
        aggregate.assignments.append(
            Assignment(self.role, self.person_id, self.partner_id, self.occurred_on, self.ends_on)
        )


@event("territory.territory-role-assigned")
class TerritoryRoleAssigned(_RoleAssigned):
    """A person holds a role on this territory from `occurred_on` to `ends_on`."""


@event("framework.framework-role-assigned")
class FrameworkRoleAssigned(_RoleAssigned):
    """A person holds a role on the whole framework from `occurred_on` to `ends_on`."""


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

    def assign(
        self,
        state: Territory | FrameworkConvention,
        case: Case,
        roles: tuple[Code, ...],
    ) -> None:
        """Check that the role exists here and is not held already, then record it. Raises `Refused`."""
        case.breaks_if(self.role not in roles, UnknownRole(self.role))
        if self.partner_id is not None:
            case.find(Partner, self.partner_id, "partner_id")
        if self.ends_on is not None and self.ends_on < case.occurred_on:
            case.broken(EndsBeforeStart("ends_on", case.occurred_on, self.ends_on))
        held = any(
            (one.role, one.person_id, one.partner_id) == (self.role, self.person_id, self.partner_id)
            and one.holds_on(case.occurred_on)
            for one in state.assignments
        )
        case.breaks_if(held, AlreadyExists(self.role))
        case.settle()
        record_from(self, state, case)


@command(Territory, records=TerritoryRoleAssigned)
@dataclass(frozen=True, kw_only=True)
class AssignTerritoryRole(_AssignRole):
    """Give a person a role on the territory, for a partner where the role speaks for one."""

    def decide(self, state: Territory, case: Case) -> None:
        self.assign(state, case, TERRITORY_ROLES)


@command(FrameworkConvention, records=FrameworkRoleAssigned)
@dataclass(frozen=True, kw_only=True)
class AssignFrameworkRole(_AssignRole):
    """Give a person a role on the whole framework."""

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        self.assign(state, case, FRAMEWORK_ROLES)


def is_recorded(
    held: RoleHeld,
    stream: Aggregate | None,
    person_id: UUID,
    today: date,
    *,
    territory_id: UUID | None,
    framework_id: UUID | None,
) -> bool:
    """Whether a role is recorded in the stream that it names, is held today, and reaches what is concerned.

    A role on a framework reaches that framework and the territories it follows, never another's.
    """
    if isinstance(stream, FrameworkConvention):
        reaches = framework_id in (None, stream.id) and (territory_id is None or territory_id in stream.territories)
    else:
        reaches = isinstance(stream, Territory)
    return reaches and any(
        (one.role, one.person_id, one.partner_id) == (held.role, person_id, held.partner_id) and one.holds_on(today)
        for one in stream.assignments  # type: ignore[union-attr]
    )
