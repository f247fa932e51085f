"""Who holds which role, on which territory or framework, on a given day? Person ids only: names are in the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import RoleHeld
from domain.values import Code
from projections.engine import Given, Register


@dataclass(frozen=True)
class Holder:
    """A role held by a person, for a partner where it speaks for one. `territory_id` None: on the framework."""

    person_id: UUID
    role: Code
    partner_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None
    starts_on: date
    ends_on: date | None


def roles_of(register: Register, person_id: UUID, day: date) -> tuple[RoleHeld, ...]:
    """The roles a person holds that day, as access control wants them: a framework's reaches what it follows."""
    return tuple(dict.fromkeys(_as_right(register, one) for one in roles_held_by(register, person_id, day)))


def _as_right(register: Register, one: Holder) -> RoleHeld:
    if one.framework_id is None:
        return RoleHeld(one.role, one.territory_id, one.partner_id, recorded_in=one.territory_id)
    reach = frozenset(register.frameworks[one.framework_id].territories)
    return RoleHeld(one.role, None, one.partner_id, recorded_in=one.framework_id, reach=reach)


def role_holders(
    register: Register, territory_id: UUID, role: Code | Iterable[Code] | None, day: date
) -> tuple[Holder, ...]:
    """Who holds a role (or one of several; None: any) on a territory that day, framework roles included.

    A framework's roles reach the territories it follows.
    """
    wanted = None if role is None else {role} if isinstance(role, str) else set(role)
    return tuple(one for one in _held(register.given_on(territory_id), day) if wanted is None or one.role in wanted)


def holders_of(register: Register, territory_ids: Iterable[UUID], day: date) -> Mapping[UUID, tuple[Holder, ...]]:
    """Who holds a role on each of several territories that day, framework roles included."""
    return {one: role_holders(register, one, None, day) for one in territory_ids}


def roles_held_by(register: Register, person_id: UUID, day: date) -> tuple[Holder, ...]:
    """The roles a person holds that day, each with its place and its days."""
    return _held(register.given.get(person_id, ()), day)


def _held(given: Iterable[Given], day: date) -> tuple[Holder, ...]:
    """The roles in force that day, both ends included."""
    return tuple(
        Holder(
            one.assignment.person_id,
            one.assignment.role,
            one.assignment.partner_id,
            one.territory_id,
            one.framework_id,
            one.assignment.starts_on,
            one.assignment.ends_on,
        )
        for one in given
        if one.assignment.holds_on(day)
    )
