"""The papers of a joint meeting are opened by whoever may read it: on the territory of each body that convenes it."""

from __future__ import annotations

from uuid import UUID

from api.services import Services
from domain.kernel import Command, Context
from domain.steering import SteeringBody
from domain.steering.planning import ConveneMeeting, Planned
from workflows.files import COMMON


def open_to_each_body(services: Services, command: Command, context: Context) -> None:
    """Once it is convened: what is joined belongs to each of its bodies. May be repeated."""
    if not isinstance(command, ConveneMeeting) or not context.evidence:
        return
    body = services.steering.load(command.stream_id)
    if not isinstance(body, SteeringBody):
        return
    planned = Planned.of(body).meetings.get(command.meeting_id)
    together = planned.joint_with if planned is not None else ()
    others = {_place(one) for one in map(services.steering.load, together) if _is_convened(one, command)}
    for one in context.evidence if others else ():
        services.files.belongs_too(one.sha256, _place(body), sorted(others))


def _is_convened(body: object, command: ConveneMeeting) -> bool:
    """Whether it meets with the others, by what was recorded in its own journal."""
    if not isinstance(body, SteeringBody):
        return False
    planned = Planned.of(body).meetings.get(command.meeting_id)
    return planned is not None and command.stream_id in planned.joint_with and planned.convened_on is not None


def _place(body: object) -> UUID:
    assert isinstance(body, SteeringBody), body
    return body.territory_id or body.whole_framework_id or COMMON
