"""Who acts, and in what circumstances."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from domain.kernel.events import Origin
from domain.values import Code, Evidence, Prose


@dataclass(frozen=True)
class RoleHeld:
    """A role that someone holds today: on one territory, or on the whole framework when `territory_id` is None.

    `recorded_in`: the stream of the territory or framework that records it, which is asked again when the role is used;
    None for what is looked up at each request (administrator, key of a tool) and for the engine. `reach`: the
    territories that a framework's role reaches, those it follows; None: all of them.
    """

    role: Code
    territory_id: UUID | None = None
    partner_id: UUID | None = None
    recorded_in: UUID | None = None
    reach: frozenset[UUID] | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person, a partner's tool or the engine itself; ids only, no name."""

    actor_id: UUID
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True)
class Correcting:
    """The command says again what an event says wrongly. `cascade`: what the person agrees to see fall with it."""

    target_id: UUID
    cascade: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Context:
    """The circumstances of one command, given by the door that received it.

    `role` is empty until the policy has said in which of the actor's roles the command is allowed.
    `expected_version`: the one that the caller decided on; any of `or_versions` would do as well.
    `idempotency_key` is required by the doors of people and tools; the engine's own commands have deterministic ids.
    """

    actor: Actor
    today: date
    now: datetime
    role: Code = Code("")
    on_behalf_of: UUID | None = None
    reason: Prose | None = None
    evidence: tuple[Evidence, ...] = ()
    correlation_id: UUID = field(default_factory=uuid4)
    causation_id: UUID | None = None
    expected_version: int | None = None
    or_versions: tuple[int, ...] = ()
    corrects: Correcting | None = None
    idempotency_key: str | None = None
    origin: Origin = Origin.PERSON

    def in_role(self, role: Code) -> Context:
        """The same circumstances, in this role. Made at each decision: `replace` goes through every field."""
        copy = object.__new__(Context)
        object.__setattr__(copy, "__dict__", {**vars(self), "role": role})
        return copy
