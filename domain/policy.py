"""Who may do and read what: the one table (role x action x scope), shown to the administrator, denying by default.

R33: a partner (or its tool) writes only what is its own; milestones are recorded by the pilot, a co-pilot or the
cooperation officer of that territory. Each act on an opened convention is such a milestone; every other action has its
line. An action that is not in the table is allowed to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Final
from uuid import UUID

from domain.kernel import COMMANDS, Command, RoleHeld
from domain.roles import (
    ADMINISTRATOR,
    AUDITOR,
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    DATA_OWNER,
    DATA_PROTECTION_CONTACT,
    ELECTED_REFERENT,
    ENGINE,
    FORUM_ANIMATOR,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    MEETING_SECRETARY,
    PARTNER_ROLES,
    PILOT,
)
from domain.values import Code


class Scope(Enum):
    """Where a role must be held for the action."""

    TERRITORY = "territory"
    """On the territory concerned, or on the whole framework for a role that is held there."""
    FRAMEWORK = "framework"
    """On the whole framework."""
    INSTANCE = "instance"
    """On this installation."""
    PARTNER = "partner"
    """For the partner whose record it is, on the territory concerned or everywhere."""


@dataclass(frozen=True)
class Permission:
    """These roles may do this action in this scope."""

    action: Code
    roles: tuple[Code, ...]
    scope: Scope


MOST_REMEMBERED: Final = 4096
"""Answers of the policy that a process remembers: each follows from the table and the roles alone."""

READ_DEPARTMENT = Code("read-department")
READ_CONVENTION = Code("read-convention")
READ_AUDIT_TRAIL = Code("read-audit-trail")
READ_REFERENCE = Code("read-reference")
READ_POLICY = Code("read-policy")
CONVENTIONS: Final = "conventions"
"""Where the API keeps the streams of conventions."""

MANAGE_ACCOUNTS = Code("manage-accounts")
OPEN_ACROSS_TERRITORIES = Code("open-across-territories")
"""Opening a convention whose perimeter reaches beyond its territory (several EPCI, a commune of another)."""

_STEERS = (PILOT, CO_PILOT, COOPERATION_OFFICER)
_FRAMEWORK = (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT)
_COMMITTEE = (COMMITTEE_CHAIR, COMMITTEE_MEMBER, ELECTED_REFERENT)
_LOCAL = (
    *_STEERS,
    *_COMMITTEE,
    *PARTNER_ROLES,
    CAF_ADVISER,
    MEETING_SECRETARY,
    FORUM_ANIMATOR,
    DATA_OWNER,
    DATA_PROTECTION_CONTACT,
    AUDITOR,
)
_READERS = (*_LOCAL, *_FRAMEWORK)


def _allow(actions: str, roles: tuple[Code, ...], scope: Scope) -> tuple[Permission, ...]:
    return tuple(Permission(Code(action), roles, scope) for action in actions.split())


_AROUND_CONVENTIONS: Final = (
    *_allow("publish-method-profile register-territory change-perimeter", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow(
        "register-partner open-framework-convention sign-framework-convention attach-territory"
        " assign-framework-role assign-territory-role",
        (ADMINISTRATOR,),
        Scope.INSTANCE,
    ),
    *_allow(
        "register-partner sign-framework-convention attach-territory assign-framework-role assign-territory-role",
        _FRAMEWORK,
        Scope.FRAMEWORK,
    ),
    *_allow("assign-territory-role", (PILOT, CO_PILOT), Scope.TERRITORY),
    *_allow("constitute-steering-body open-convention open-across-territories", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("constitute-steering-body open-convention draft-action-sheet", _STEERS, Scope.TERRITORY),
)
_OTHERS: Final = (
    *_allow("record-meeting", (*_STEERS, MEETING_SECRETARY), Scope.TERRITORY),
    *_allow("record-meeting", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow(
        "record-mandate record-mandate-refusal record-mandate-withdrawal record-signature", PARTNER_ROLES, Scope.PARTNER
    ),
    # Who may have recorded a fact may say that it was mistaken: that right is asked too (`Command.right`).
    *_allow("annul-event", (*_STEERS, MEETING_SECRETARY), Scope.TERRITORY),
    *_allow("annul-event", _FRAMEWORK, Scope.FRAMEWORK),
    *_allow("annul-event", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow("confirm-correction refuse-correction", (*_STEERS, CAF_ADVISER), Scope.TERRITORY),
    # Whoever may not read a territory is told that it does not exist; the engine looks at all of them.
    *_allow("read-convention sweep-agenda lapse-correction", (ENGINE,), Scope.INSTANCE),
    *_allow("read-department read-convention read-audit-trail read-reference", _READERS, Scope.TERRITORY),
    *_allow("read-department read-convention read-audit-trail read-reference", (ADMINISTRATOR,), Scope.INSTANCE),
    *_allow("read-policy manage-accounts", (ADMINISTRATOR,), Scope.INSTANCE),
)


def _is_milestone(command: type[Command]) -> bool:
    """Whether people record it on a convention that is open (R33); what the engine sends by itself is not theirs."""
    return command.AGGREGATE.COLLECTION == CONVENTIONS and not command.STARTS and not command.INTERNAL


@cache
def permissions() -> tuple[Permission, ...]:
    """The whole table, once the domain is imported."""
    milestones = (one.NAME for one in COMMANDS.values() if _is_milestone(one))
    return (*_AROUND_CONVENTIONS, *_allow(" ".join(milestones), _STEERS, Scope.TERRITORY), *_OTHERS)


@cache
def lines_of(action: str) -> tuple[Permission, ...]:
    """What the table says of one action."""
    return tuple(one for one in permissions() if one.action == action)


def entitled_role(
    action: str, held: Iterable[RoleHeld], territory_id: UUID | None = None, partner_id: UUID | None = None
) -> Code | None:
    """In which of the roles held the action is allowed, None when in none.

    `territory_id`: the territory concerned, None for what belongs to the whole framework or instance.
    `partner_id`: the partner whose own record it is.
    """
    found = entitling_role(action, held, territory_id, partner_id)
    return found.role if found is not None else None


def entitling_role(
    action: str, held: Iterable[RoleHeld], territory_id: UUID | None = None, partner_id: UUID | None = None
) -> RoleHeld | None:
    """As `entitled_role`: the role itself, with where it is held."""
    return _entitling_role(action, tuple(held), territory_id, partner_id)


@lru_cache(maxsize=MOST_REMEMBERED)
def _entitling_role(
    action: str, held: tuple[RoleHeld, ...], territory_id: UUID | None, partner_id: UUID | None
) -> RoleHeld | None:
    for permission in lines_of(action):
        for one in held:
            if one.role in permission.roles and _reaches(permission.scope, one, territory_id, partner_id):
                return one
    return None


def _reaches(scope: Scope, held: RoleHeld, territory_id: UUID | None, partner_id: UUID | None) -> bool:
    everywhere = held.territory_id is None and (
        held.reach is None or territory_id is None or territory_id in held.reach
    )
    if scope in (Scope.INSTANCE, Scope.FRAMEWORK):
        return everywhere
    here = everywhere or (territory_id is not None and held.territory_id == territory_id)
    if scope is Scope.PARTNER:
        return here and partner_id is not None and held.partner_id == partner_id
    return here


def visible_territories(held: Iterable[RoleHeld]) -> frozenset[UUID] | None:
    """The territories whose conventions may be read, None when all may; the others do not exist (404)."""
    return _visible_territories(tuple(held))


@lru_cache(maxsize=MOST_REMEMBERED)
def _visible_territories(held: tuple[RoleHeld, ...]) -> frozenset[UUID] | None:
    territories: set[UUID] = set()
    for one in held:
        if entitled_role(READ_CONVENTION, (one,), one.territory_id) is not None:
            if one.territory_id is not None:
                territories.add(one.territory_id)
            elif one.reach is not None:
                territories |= one.reach
            else:
                return None
    return frozenset(territories)
