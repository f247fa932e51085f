"""What bodies do together: said once, recorded in the journal of each, where whoever acts may do so in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.assignments import as_recorded
from domain.entitlement import entitling_role, may_see
from domain.kernel import Case, Command, Level, NotEntitled, RoleHeld, UnknownReference, record_from
from domain.steering.body import SteeringBody
from domain.values import PublicName


@dataclass(frozen=True)
class BodyNotYours(NotEntitled):
    """R33: what several bodies do together is done by whoever may do it in each of them."""

    RULE = "R33"
    LEVEL = Level.HARD
    body: PublicName


def bodies_asked(command: Command, bodies: Iterable[UUID], case: Case, field_name: str) -> tuple[SteeringBody, ...]:
    """The other bodies that an act names: what whoever acts may not see is unknown to them."""
    found = []
    for one in bodies:
        body = case.streams.find(SteeringBody, one)
        if body is None or not may_see(case.context.actor.roles, body.territory_id, body.whole_framework_id):
            case.broken(UnknownReference(field_name, str(one)))
        else:
            found.append(body)
    return ours(command, found, case)


def ours(command: Command, bodies: Iterable[SteeringBody], case: Case) -> tuple[SteeringBody, ...]:
    """The same bodies; refused by the name of each in which whoever acts may not do so: nothing is recorded anywhere
    then."""
    found = tuple(bodies)
    for body in found:
        case.streams.rely_on(body)
        case.breaks_if(not _may(command, body, case), BodyNotYours(command.NAME, body.name))
    return found


def record_in_each(command: Command, state: SteeringBody, others: tuple[SteeringBody, ...], case: Case) -> None:
    """Record it for the body and, as its consequence, for those that meet with it."""
    own = record_from(command, state, case)
    assert command.RECORDS is not None
    bodies = {state.id, *(one.id for one in others)}
    for one in others:
        said: dict[str, Any] = {name: getattr(command, name) for name in command.SHARED}
        if "joint_with" in said:
            said["joint_with"] = tuple(sorted(bodies - {one.id}))
        one.record(command.RECORDS, case, caused_by=own, **said)
        case.streams.change(one)


def _may(command: Command, body: SteeringBody, case: Case) -> bool:
    """Whether some role allows it for that body, as the stream that records the role says now (R33)."""
    actor, places = case.context.actor, (body.territory_id, body.whole_framework_id)

    def holds(held: RoleHeld) -> bool:
        if held.recorded_in is None:
            return True
        now = as_recorded(held, case.streams.standing(held.recorded_in), actor.actor_id, case.context.today)
        return now is not None and now.reaches(*places)

    candidates = list(actor.roles)
    while (found := entitling_role(command.NAME, candidates, places[0], framework_id=places[1])) is not None:
        if holds(found):
            return True
        candidates.remove(found)
    return False
