"""What the roles that somebody holds allow: the table of `domain/policy.py`, read for a place, a partner, oneself.

Deny by default: what the table does not allow in a role that reaches there is allowed to nobody (R33).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from uuid import UUID

from domain.kernel import RoleHeld
from domain.policy import INSTANCE_ROLES, READ_CONVENTION, Scope, lines_of
from domain.roles import BEARER
from domain.values import Code

MOST_REMEMBERED: Final = 4096
"""Answers of the policy that a process remembers: each follows from the table and the roles alone."""


def entitled_role(
    action: str,
    held: Iterable[RoleHeld],
    territory_id: UUID | None = None,
    partner_id: UUID | None = None,
    *,
    framework_id: UUID | None = None,
    own: bool = False,
) -> Code | None:
    """In which of the roles held the action is allowed, None when in none.

    `territory_id`: the territory concerned; `framework_id`: the framework, for what belongs to the whole of one;
    without both: the instance. `partner_id`: the partner whose own record it is. `own`: it is about whoever acts.
    """
    found = entitling_role(action, held, territory_id, partner_id, framework_id=framework_id, own=own)
    return found.role if found is not None else None


def entitling_role(
    action: str,
    held: Iterable[RoleHeld],
    territory_id: UUID | None = None,
    partner_id: UUID | None = None,
    *,
    framework_id: UUID | None = None,
    own: bool = False,
) -> RoleHeld | None:
    """As `entitled_role`: the role itself, with where it is held."""
    return _entitling_role(action, tuple(held), territory_id, framework_id, partner_id, own)


@lru_cache(maxsize=MOST_REMEMBERED)
def _entitling_role(
    action: str,
    held: tuple[RoleHeld, ...],
    territory_id: UUID | None,
    framework_id: UUID | None,
    partner_id: UUID | None,
    own: bool,
) -> RoleHeld | None:
    for permission in lines_of(action):
        for one in held:
            if (
                one.role in permission.roles
                and (not one.by_link or _by_link(action, one))
                and (permission.scope is not Scope.OWN or own)
                and (permission.scope is not Scope.PARTNER or (partner_id is not None and one.partner_id == partner_id))
                and _reaches(permission.scope, one, territory_id, framework_id)
            ):
                return one
    return None


def _by_link(action: str, held: RoleHeld) -> bool:
    """Whether a link that narrows a role lets it do that: one of its acts, and that a link may do at all. What the acts
    are about may be read."""
    return (action in held.by_link or action == READ_CONVENTION) and any(
        BEARER in one.roles for one in lines_of(action)
    )


def _reaches(scope: Scope, held: RoleHeld, territory_id: UUID | None, framework_id: UUID | None) -> bool:
    """Whether a role is held where a line of the table wants it. Where it reaches is said by `RoleHeld.reaches`."""
    if held.on_instance:
        return held.role in INSTANCE_ROLES
    if scope is Scope.INSTANCE:
        return False
    if scope is Scope.FRAMEWORK:
        # What is nobody's in particular (a partner of the register) is done by whoever steers some framework.
        common = territory_id is None and framework_id is None
        return held.framework_id is not None and (common or held.reaches(territory_id, framework_id))
    return held.reaches(territory_id, framework_id)


def may_see(held: Iterable[RoleHeld], territory_id: UUID | None, framework_id: UUID | None) -> bool:
    """Whether what belongs to a territory, or to a framework as a whole, exists for whoever holds these roles."""
    if territory_id is None and framework_id is None:
        return True
    visible = visible_territories(held)
    if visible is None:
        return True
    if territory_id is not None:
        return territory_id in visible
    return any(one.reaches(None, framework_id) and not one.on_instance for one in held)


def visible_territories(held: Iterable[RoleHeld]) -> frozenset[UUID] | None:
    """The territories whose conventions may be read, None when all may; the others do not exist (404)."""
    return _visible_territories(tuple(held))


@lru_cache(maxsize=MOST_REMEMBERED)
def _visible_territories(held: tuple[RoleHeld, ...]) -> frozenset[UUID] | None:
    territories: set[UUID] = set()
    for one in held:
        if entitled_role(READ_CONVENTION, (one,), one.territory_id, framework_id=one.framework_id) is not None:
            if one.on_instance:
                return None
            territories |= one.follows if one.territory_id is None else {one.territory_id}
    return frozenset(territories)
