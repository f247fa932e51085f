"""Who the engine is when it acts by itself, and in what circumstances."""

from __future__ import annotations

from typing import Final

from domain.kernel import Actor, Context, Event, Origin, RoleHeld
from domain.roles import ENGINE
from domain.values import Clock, deterministic_id

ENGINE_ACTOR: Final = Actor(deterministic_id("actor", "engine"), (RoleHeld(ENGINE),))
"""Who records reminders and what follows by itself, under an id that is the same everywhere."""


def by_itself(clock: Clock, cause: Event | None = None, key: str | None = None) -> Context:
    """The circumstances of a command of the engine's own: what it follows from, and the key that has it come once."""
    if cause is None:
        return Context(actor=ENGINE_ACTOR, today=clock.today(), now=clock.now(), origin=Origin.REACTION)
    return Context(
        actor=ENGINE_ACTOR,
        today=clock.today(),
        now=clock.now(),
        origin=Origin.REACTION,
        causation_id=cause.envelope.event_id,
        correlation_id=cause.envelope.correlation_id,
        idempotency_key=key,
    )
