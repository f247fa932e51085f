"""Roles that end by an act or pass to somebody else, at once: whoever held one has its rights no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.assignments import (
    Place,
    RoleNotHeld,
    assigned,
    check_receiver,
    given,
    held_by,
    replaced,
    right_to_give,
)
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Actor,
    AlreadyExists,
    Case,
    Command,
    EndsBeforeStart,
    Event,
    Right,
    Streams,
    command,
    event,
    record_from,
)
from domain.roles import Assignment
from domain.territories import Territory
from domain.values import Code


class _RoleEnded(Event):
    """Who held what, for whom; on `occurred_on` no more."""

    assignment_id: UUID
    role: Code
    person_id: UUID
    partner_id: UUID | None

    def apply(self, aggregate: Territory | FrameworkConvention) -> None:
        """It is held no more."""
        replaced(aggregate, self.assignment_id, ended_on=self.occurred_on)


class _RoleHandedOver(Event):
    """A role passed from `person_id` to `successor_id` on `occurred_on`, for as long as it was given."""

    assignment_id: UUID
    role: Code
    person_id: UUID
    partner_id: UUID | None
    successor_id: UUID
    ends_on: date | None

    def apply(self, aggregate: Territory | FrameworkConvention) -> None:
        """The one holds it no more, the other does."""
        replaced(aggregate, self.assignment_id, ended_on=self.occurred_on)
        aggregate.assignments.append(given(self, self.role, self.successor_id, self.partner_id, self.ends_on))
        if isinstance(aggregate, Territory):
            aggregate.settle_roles()


@event("territory.territory-role-ended")
class TerritoryRoleEnded(_RoleEnded):
    """A role on this territory ended."""


@event("framework.framework-role-ended")
class FrameworkRoleEnded(_RoleEnded):
    """A role on the whole framework ended."""


@event("territory.territory-role-handed-over")
class TerritoryRoleHandedOver(_RoleHandedOver):
    """A role on this territory passed to somebody else."""


@event("framework.framework-role-handed-over")
class FrameworkRoleHandedOver(_RoleHandedOver):
    """A role on the whole framework passed to somebody else."""


_OF_ROLE = ("role", "person_id", "partner_id")


@dataclass(frozen=True, kw_only=True)
class _AboutRole(Command):
    """What ending and handing over have in common. `assignment_id`: the event that gave the role."""

    assignment_id: UUID

    def _held(self, state: Place, case: Case) -> Assignment | None:
        """The role, when it is held on the day of the act; what keeps it from ending."""
        one = assigned(state, self.assignment_id)
        if one is not None and case.occurred_on < one.starts_on:
            case.broken(EndsBeforeStart("occurred_on", one.starts_on, case.occurred_on))
        elif one is None or not one.holds_on(case.occurred_on):
            case.broken(RoleNotHeld(self.assignment_id))
        return one


def right_to_end(act: str, one: Assignment, actor: Actor) -> Right:
    """Whoever may give a role may end it, and whoever holds it may give it up."""
    if one.person_id == actor.actor_id:
        return Right(act, own=True)
    return right_to_give(act, one.role, one.partner_id)


@dataclass(frozen=True, kw_only=True)
class _EndRole(_AboutRole):
    """What ending a role has in common at both levels."""

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Whoever may give it, and whoever holds it."""
        one = assigned(streams.standing(self.stream_id), self.assignment_id)
        return right_to_end(self.NAME, one, actor) if one is not None else Right(self.NAME)

    def end(self, state: Place, case: Case) -> None:
        """Record it. Raises `Refused`."""
        one = self._held(state, case)
        case.settle()
        assert one is not None
        record_from(self, state, case, **{name: getattr(one, name) for name in _OF_ROLE})


@dataclass(frozen=True, kw_only=True)
class _HandOverRole(_AboutRole):
    """What handing a role over has in common at both levels."""

    successor_id: UUID

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Whoever may give it: holding it is not enough."""
        one = assigned(streams.standing(self.stream_id), self.assignment_id)
        return right_to_give(self.NAME, one.role, one.partner_id) if one is not None else Right(self.NAME)

    def hand_over(self, state: Place, case: Case) -> None:
        """Record it. Raises `Refused`."""
        one = self._held(state, case)
        if one is not None:
            check_receiver(case, state, Code(""), self.successor_id, "successor_id", self.NAME)
            there = held_by(state, one.role, self.successor_id, one.partner_id, case.occurred_on)
            case.breaks_if(there, AlreadyExists(one.role))
        case.settle()
        assert one is not None
        record_from(self, state, case, ends_on=one.ends_on, **{name: getattr(one, name) for name in _OF_ROLE})


@command(Territory, of_people=True, records=TerritoryRoleEnded, derived=_OF_ROLE)
@dataclass(frozen=True, kw_only=True)
class EndTerritoryRole(_EndRole):
    """End a role on the territory, at once. Whoever holds it may give it up; a key ends none."""

    def decide(self, state: Territory, case: Case) -> None:
        self.end(state, case)


@command(FrameworkConvention, of_people=True, records=FrameworkRoleEnded, derived=_OF_ROLE)
@dataclass(frozen=True, kw_only=True)
class EndFrameworkRole(_EndRole):
    """End a role on the whole framework, at once. Whoever holds it may give it up; a key ends none."""

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        self.end(state, case)


@command(Territory, of_people=True, records=TerritoryRoleHandedOver, derived=(*_OF_ROLE, "ends_on"))
@dataclass(frozen=True, kw_only=True)
class HandOverTerritoryRole(_HandOverRole):
    """Hand a role on the territory over to somebody else, at once and for as long as it was given. A key does not."""

    def decide(self, state: Territory, case: Case) -> None:
        self.hand_over(state, case)


@command(FrameworkConvention, of_people=True, records=FrameworkRoleHandedOver, derived=(*_OF_ROLE, "ends_on"))
@dataclass(frozen=True, kw_only=True)
class HandOverFrameworkRole(_HandOverRole):
    """Hand a role on the whole framework over to somebody else, at once and for as long as it was given."""

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        self.hand_over(state, case)
