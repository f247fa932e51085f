# No `from __future__ import annotations` here: FastAPI reads the signatures below.
"""Bodies and their meetings over the API: who sits, who was invited and comes, what was held and written down."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.means_answers import Cursor, Limit, one_of, page_of
from api.reading import PAGE, Asker, ConventionId, about_convention, opened, reading
from api.schemas import Id
from api.steering_answers import FrameworkId, of_framework
from domain.policy import READ_CONVENTION
from projections.engine import Steered
from projections.which_meetings_there_are import MEETING_STATES, MeetingTold, body_register, sittings
from projections.which_places_are_vacant import vacant_on_framework, vacant_places

ByBody = Annotated[Id | None, Query(description="L’instance qui se réunit")]
ByState = Annotated[str | None, Query(max_length=20, description="Où en est la réunion")]


@dataclass(frozen=True)
class Sittings:
    """A page of meetings: those to come by their day, then those that are over, the latest first; `next_cursor` asks
    for the following page, null at the end."""

    meetings: tuple[MeetingTold, ...]
    next_cursor: str | None


@policy(READ_CONVENTION)
def sittings_of_convention(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    body_id: ByBody = None,
    state: ByState = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """The meetings of the bodies of the territory: planned, convened with what was answered, held, written down."""
    place = about_convention(request, visitor, convention_id)
    return _sittings(request, place, body_id, state, limit, cursor)


@policy(READ_CONVENTION)
def sittings_of_framework(
    request: Request,
    framework_id: FrameworkId,
    visitor: Asker,
    body_id: ByBody = None,
    state: ByState = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """The meetings of the bodies of the whole framework: planned, convened, held, written down."""
    return _sittings(request, of_framework(request, visitor, framework_id), body_id, state, limit, cursor)


def _sittings(
    request: Request, place: Steered, body_id: UUID | None, state: str | None, limit: int, cursor: str | None
) -> Any:
    one_of(state, MEETING_STATES, "state")
    kept = [
        one
        for one in sittings(place, services_of(request).clock.today())
        if (body_id is None or one.body_id == body_id) and (state is None or one.state == state)
    ]
    page, following = page_of(kept, lambda one: f"{one.body_id.hex}:{one.meeting_id}", limit, cursor)
    with reading(request) as connection:
        return opened(request, connection, Sittings(page, following))


@policy(READ_CONVENTION)
def bodies_of_convention(request: Request, convention_id: ConventionId, visitor: Asker) -> Any:
    """The bodies of the territory: their seats, who sits there, their quorum, their rhythm."""
    found = body_register(about_convention(request, visitor, convention_id), services_of(request).clock.today())
    with reading(request) as connection:
        return opened(request, connection, found)


@policy(READ_CONVENTION)
def vacant_on_territory(request: Request, convention_id: ConventionId, visitor: Asker) -> Any:
    """The roles and seats of the territory that have nobody today: since when, and what left them empty."""
    here = about_convention(request, visitor, convention_id)
    return vacant_places(here.territory, here.bodies, services_of(request).clock.today(), here.method)


@policy(READ_CONVENTION)
def vacant_on_whole_framework(request: Request, framework_id: FrameworkId, visitor: Asker) -> Any:
    """The roles and seats of the whole framework that have nobody today: since when, and what left them empty."""
    here = of_framework(request, visitor, framework_id)
    return vacant_on_framework(here.framework.assignments, here.bodies, services_of(request).clock.today())
