"""Who acts, and in what circumstances."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from domain.kernel.events import Origin
from domain.values import Code, Evidence, Prose


@dataclass(frozen=True)
class RoleHeld:
    """A role that someone holds today: on one territory, on one framework, or on this instance when neither is named.

    `follows`: the territories that a framework follows, which a role on it reaches. `recorded_in`: the stream of the
    territory or framework that records it, which is asked again when the role is used; None for what is looked up at
    each request (administrator, key of a tool) and for the engine. `by_link`: the acts to which a one-time link narrows
    it, none for a role whose holder has come in.
    """

    role: Code
    territory_id: UUID | None = None
    partner_id: UUID | None = None
    framework_id: UUID | None = None
    follows: frozenset[UUID] = frozenset()
    recorded_in: UUID | None = None
    by_link: frozenset[Code] = frozenset()

    @property
    def on_instance(self) -> bool:
        """Whether it is held on no territory and on no framework, but on this installation."""
        return self.territory_id is None and self.framework_id is None

    def reaches(self, territory_id: UUID | None, framework_id: UUID | None) -> bool:
        """Whether what belongs to a territory, else to a framework as a whole, is within its reach (R33).

        The one place where scopes are compared: a territory's role reaches that territory, a framework's that framework
        and the territories it follows, never another's.
        """
        if self.on_instance:
            return True
        if territory_id is not None:
            return territory_id == self.territory_id or territory_id in self.follows
        return framework_id is not None and framework_id == self.framework_id


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person, a partner's tool or the engine itself; ids only, no name."""

    actor_id: UUID
    roles: tuple[RoleHeld, ...]
    is_tool: bool = False
    """Whether it is other software, with a key: what only people do for one another is refused to it."""


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
