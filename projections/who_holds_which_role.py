"""Who holds which role, on which territory or framework, on a given day? Person ids only: names are in the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.assignments import role_in
from domain.kernel import RoleHeld
from domain.values import Code
from projections.engine import Given, Register


@dataclass(frozen=True)
class Holder:
    """A role held by a person, for a partner where it speaks for one. `territory_id` None: on the framework.

    `assignment_id`: the event that gave it; `awaits_confirmation`: its holder took it alone, and nobody confirmed it.
    """

    person_id: UUID
    role: Code
    partner_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None
    starts_on: date
    ends_on: date | None
    assignment_id: UUID
    awaits_confirmation: bool = False


def roles_of(register: Register, person_id: UUID, day: date) -> tuple[RoleHeld, ...]:
    """The rights of a person that day: what was recorded by then, a framework's role with what it follows."""
    given = (one for one in register.given.get(person_id, ()) if one.assignment.grants_on(day))
    return tuple(dict.fromkeys(role_in(register.place(one), one.assignment) for one in given))


def role_holders(
    register: Register, territory_id: UUID, role: Code | Iterable[Code] | None, day: date
) -> tuple[Holder, ...]:
    """Who holds a role (or one of several; None: any) on a territory that day, framework roles included.

    A framework's roles reach the territories it follows.
    """
    wanted = None if role is None else {role} if isinstance(role, str) else set(role)
    return tuple(one for one in _held(register.given_on(territory_id), day) if wanted is None or one.role in wanted)


def framework_holders(register: Register, framework_id: UUID, day: date) -> tuple[Holder, ...]:
    """Who holds a role on a framework that day, the oldest first."""
    given = (Given(one, None, framework_id) for one in register.frameworks[framework_id].assignments)
    return _held(sorted(given, key=lambda one: one.assignment.starts_on), day)


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
            one.assignment.assignment_id,
            one.assignment.awaits_confirmation,
        )
        for one in given
        if one.assignment.holds_on(day)
    )
