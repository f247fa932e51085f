"""Where meetings have pages of their own: on a territory, for its convention, and on a whole framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed
from api.pages.addresses import FRAMEWORK, MEETINGS, PATHS, TERRITORY
from api.pages.asking import Asking, asking
from api.pages.contexts.sittings import AgendaLine
from api.pages.conventions import convention_at, territory_at
from api.pages.framework_addresses import MEETINGS as OF_FRAMEWORK
from api.pages.framework_view import FrameworkView, framework_at
from api.pages.frameworks import proposed_there
from api.pages.meetings import proposed_lines
from api.pages.messages import messages_of
from api.pages.shell import page
from api.pages.steered import SteeredView
from api.pages.territory_routes import drawn
from api.pages.unchanged import unless_unchanged, unless_unchanged_there
from api.pages.view import View, view_of
from domain.territories import territory_stream
from workflows.application import UnknownStream

BASES: Final = (
    f"{TERRITORY}/{{siren}}{PATHS[MEETINGS]}",
    f"{TERRITORY}/{{siren}}/c/{{which}}{PATHS[MEETINGS]}",
    f"{FRAMEWORK}/{{which}}{OF_FRAMEWORK}",
)
"""The pages of meetings below which each of them has its own."""
SIREN: Final = "siren"
"""What only the address of a territory names."""


def view_at(request: Request, ask: Asking) -> SteeredView:
    """The place of an address. Raises `UnknownStream` for one that may not be read, or is not known."""
    named = request.path_params
    if SIREN not in named:
        return framework_at(ask, named["which"])
    convention_id = convention_at(ask, territory_at(ask, named[SIREN]), named.get("which"))
    if convention_id is None:
        raise UnknownStream(named[SIREN])
    return view_of(ask, convention_id)


def shown_at(
    request: Request, ask: Asking, made: Callable[[SteeredView], object], template: str, code: int = 200
) -> HTMLResponse:
    """A page of that place, drawn each time: it holds forms."""
    named = request.path_params
    if SIREN in named:
        place, which = territory_at(ask, named[SIREN]), named.get("which")
        return drawn(ask, request, MEETINGS, place, which, made, template=template, code=code, holds_form=True)
    context, told = made(framework_at(ask, named["which"])), messages_of(request, ask.visitor)
    return page(request, ask.visitor, f"{template}.html", context, status=code, messages=told)


def unless_unchanged_at(request: Request, made: Callable[[SteeredView], object], template: str) -> Response:
    """That page, or word that the one which the browser kept still holds. Raises as `person_allowed` does."""

    def draw(visitor: Visitor) -> HTMLResponse:
        with asking(request, visitor) as ask:
            return shown_at(request, ask, made, template)

    if SIREN in request.path_params:
        return unless_unchanged_there(request, territory_stream(request.path_params[SIREN]), draw)
    visitor = person_allowed(request)
    return unless_unchanged(request, visitor, lambda: draw(visitor))


def proposed_at(view: SteeredView) -> Iterator[AgendaLine]:
    """The agenda that is proposed there: on a framework, what was decided and waits."""
    if isinstance(view, View):
        return proposed_lines(view)
    assert isinstance(view, FrameworkView), view
    return proposed_there(view)
