"""Who holds which role, on which territory or framework, on a given day? Person ids only: names are in the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Date, Index, Integer, Row, Select, Text, Uuid, or_, select

from domain.assignments import FrameworkRoleAssigned, TerritoryRoleAssigned
from domain.frameworks import TerritoryAttached
from domain.kernel import RoleHeld
from domain.values import Code
from projections.engine import Batch, Projection

roles = Projection("roles", 1)

assignments = roles.table(
    "assignments",
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("territory_id", Uuid),  # null: on the whole framework
    Column("framework_id", Uuid),
    Column("role", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("partner_id", Uuid),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Index(None, "person_id"),
    Index(None, "territory_id", "role"),
    Index(None, "framework_id", "role"),
)
attachments = roles.table(
    "attachments",
    Column("territory_id", Uuid, primary_key=True),
    Column("framework_id", Uuid, primary_key=True),
)


@roles.when(TerritoryRoleAssigned)
def _on_territory(batch: Batch, event: TerritoryRoleAssigned) -> None:
    _assigned(batch, event, territory_id=event.originator_id)


@roles.when(FrameworkRoleAssigned)
def _on_framework(batch: Batch, event: FrameworkRoleAssigned) -> None:
    _assigned(batch, event, framework_id=event.originator_id)


def _assigned(batch: Batch, event: TerritoryRoleAssigned | FrameworkRoleAssigned, **place: UUID) -> None:
    batch.put(
        assignments,
        position=batch.position,
        role=event.role,
        person_id=event.person_id,
        partner_id=event.partner_id,
        starts_on=event.occurred_on,
        ends_on=event.ends_on,
        **place,
    )


@roles.when(TerritoryAttached)
def _attached(batch: Batch, event: TerritoryAttached) -> None:
    batch.put(attachments, territory_id=event.attached_territory_id, framework_id=event.originator_id)


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


def roles_of(connection: Connection, person_id: UUID, day: date) -> tuple[RoleHeld, ...]:
    """The roles a person holds that day, as access control wants them."""
    asked = _held(day).where(assignments.c.person_id == person_id)
    held = (RoleHeld(row.role, row.territory_id, row.partner_id) for row in connection.execute(asked))
    return tuple(dict.fromkeys(held))


def role_holders(
    connection: Connection, territory_id: UUID, role: Code | Iterable[Code] | None, day: date
) -> tuple[Holder, ...]:
    """Who holds a role (or one of several; None: any) on a territory that day, framework roles included.

    A framework's roles reach the territories it follows.
    """
    followed_by = select(attachments.c.framework_id).where(attachments.c.territory_id == territory_id)
    asked = _held(day).where(
        or_(assignments.c.territory_id == territory_id, assignments.c.framework_id.in_(followed_by))
    )
    if role is not None:
        asked = asked.where(assignments.c.role.in_([role] if isinstance(role, str) else list(role)))
    return tuple(_holder(row) for row in connection.execute(asked))


def holders_of(connection: Connection, territory_ids: Iterable[UUID], day: date) -> Mapping[UUID, tuple[Holder, ...]]:
    """Who holds a role on each of several territories that day, framework roles included."""
    wanted = list(territory_ids)
    followed_by: dict[UUID, list[UUID]] = {}
    for row in connection.execute(select(attachments).where(attachments.c.territory_id.in_(wanted))):
        followed_by.setdefault(row.framework_id, []).append(row.territory_id)
    asked = _held(day).where(
        or_(assignments.c.territory_id.in_(wanted), assignments.c.framework_id.in_(list(followed_by)))
    )
    found: dict[UUID, list[Holder]] = {one: [] for one in wanted}
    for row in connection.execute(asked):
        reached = followed_by[row.framework_id] if row.territory_id is None else [row.territory_id]
        for territory_id in reached:
            found[territory_id].append(_holder(row))
    return {one: tuple(holders) for one, holders in found.items()}


def roles_held_by(connection: Connection, person_id: UUID, day: date) -> tuple[Holder, ...]:
    """The roles a person holds that day, each with its place and its days."""
    return tuple(_holder(row) for row in connection.execute(_held(day).where(assignments.c.person_id == person_id)))


def _holder(row: Row[Any]) -> Holder:
    return Holder(
        row.person_id, row.role, row.partner_id, row.territory_id, row.framework_id, row.starts_on, row.ends_on
    )


def _held(day: date) -> Select[Any]:
    """The assignments in force that day, both ends included, oldest first."""
    return (
        select(assignments)
        .where(assignments.c.starts_on <= day, or_(assignments.c.ends_on.is_(None), assignments.c.ends_on >= day))
        .order_by(assignments.c.starts_on, assignments.c.position)
    )
