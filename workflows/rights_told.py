"""What the security journal is told of commands: roles given, ended and passed on, and what no role allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Final
from uuid import UUID

from domain.kernel import EVENTS, Command, Context, Event, NotEntitled, Refused
from workflows.security import Act, Why, tell

_ACTS: Final = {
    "role-assigned": Act.ROLE_GIVEN,
    "role-confirmed": Act.ROLE_CONFIRMED,
    "role-ended": Act.ROLE_ENDED,
    "role-handed-over": Act.ROLE_HANDED_OVER,
}
"""By the last words of a topic."""

_FIELDS: Final = ("role", "person_id", "successor_id", "partner_id", "ends_on")

ROLE_ACTS: Final[Mapping[str, Act]] = {
    topic: act
    for topic, kind in EVENTS.items()
    for words, act in _ACTS.items()
    if topic.endswith(f"-{words}") and "person_id" in {one.name for one in fields(kind)}
}
"""Those of roles that people hold: which partner leads gives nobody a right."""


def tell_roles(events: Iterable[Event]) -> None:
    """Tell of the roles that were just recorded."""
    for event in events:
        act = ROLE_ACTS.get(event.TOPIC)
        if act is not None:
            about = {name.removesuffix("_id"): getattr(event, name, None) for name in _FIELDS}
            tell(act, **about, stream=event.originator_id, recorded=event.envelope.event_id)


def tell_refused(command: Command, context: Context, territory_id: UUID | None, refused: Refused | None) -> None:
    """Tell of a command that no role of the actor allows (R33), or, without `refused`, on what they may not see."""
    if refused is not None and not any(isinstance(rule, NotEntitled) for rule in refused.broken):
        return
    why = Why.UNSEEN if refused is None else Why.NOT_ENTITLED
    tell(Act.ACCESS, why, action=command.NAME, actor=context.actor.actor_id, territory=territory_id)
