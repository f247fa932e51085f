"""The pages of a framework: its own, that of its meetings and that of what its committees decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages.addresses import FRAMEWORK
from api.pages.asking import Asking, asking
from api.pages.framework_addresses import DECISIONS, MEETINGS
from api.pages.framework_view import framework_at
from api.pages.frameworks import framework_decisions_page, framework_meetings_page, framework_page
from api.pages.messages import messages_of
from api.pages.shell import page
from api.pages.unchanged import unless_unchanged
from domain.policy import READ_CONVENTION

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """Put them on the application."""
    for path, endpoint in (("", framework), (MEETINGS, meetings), (DECISIONS, decisions)):
        address = f"{FRAMEWORK}/{{which}}{path}"
        app.add_api_route(address, endpoint, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def framework(request: Request, which: str, visitor: Reader) -> Response:
    """Who signed the convention of the département, and whom does it follow?"""
    return _drawn(request, visitor, "framework.html", lambda ask: framework_page(framework_at(ask, which)))


@policy(READ_CONVENTION)
def meetings(request: Request, which: str, visitor: Reader) -> Response:
    """What is to be prepared, held or read again by its committees?"""
    return _drawn(request, visitor, "meetings.html", lambda ask: framework_meetings_page(framework_at(ask, which)))


@policy(READ_CONVENTION)
def decisions(request: Request, which: str, visitor: Reader) -> Response:
    """What did its committees decide, and what became of it?"""

    def made(ask: Asking) -> object:
        return framework_decisions_page(framework_at(ask, which), request.query_params)

    return _drawn(request, visitor, "decisions.html", made)


def _drawn(request: Request, visitor: Visitor, template: str, made: Callable[[Asking], object]) -> Response:
    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            return page(request, visitor, template, made(ask), messages=messages_of(request, visitor))

    return unless_unchanged(request, visitor, draw)
