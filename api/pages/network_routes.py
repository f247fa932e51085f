"""The three pages of a convention of objectives and means, beside the page of its framework."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages.addresses import FRAMEWORK
from api.pages.asking import asking
from api.pages.framework_view import FrameworkView, framework_at
from api.pages.messages import messages_of
from api.pages.network import CONTROL, DELEGATION, STRATEGY, control_page, delegation_page, strategy_page
from api.pages.shell import page
from api.pages.unchanged import unless_unchanged
from domain.policy import READ_CONVENTION

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """Put them on the application."""
    for path, endpoint in ((STRATEGY, strategy), (DELEGATION, delegation), (CONTROL, control)):
        address = f"{FRAMEWORK}/{{which}}{path}"
        app.add_api_route(address, endpoint, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def strategy(request: Request, which: str, visitor: Reader) -> Response:
    """What does the network aim at, with which means?"""
    return _drawn(request, which, visitor, "network_strategy.html", strategy_page)


@policy(READ_CONVENTION)
def delegation(request: Request, which: str, visitor: Reader) -> Response:
    """Who delegated what to the network, within which limits, until when?"""
    return _drawn(request, which, visitor, "network_delegation.html", delegation_page)


@policy(READ_CONVENTION)
def control(request: Request, which: str, visitor: Reader) -> Response:
    """What is reported to the network, what is late, what was decided?"""
    return _drawn(request, which, visitor, "network_control.html", control_page)


def _drawn(
    request: Request, which: str, visitor: Visitor, template: str, made: Callable[[FrameworkView], object]
) -> Response:
    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            return page(
                request, visitor, template, made(framework_at(ask, which)), messages=messages_of(request, visitor)
            )

    return unless_unchanged(request, visitor, draw)
