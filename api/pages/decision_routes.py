"""The list of decisions of a territory, with and without the name of a convention."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, policy
from api.pages.addresses import COMMITTEE, TERRITORY
from api.pages.asking import asking
from api.pages.contexts import Act, Phrase
from api.pages.conventions import territory_at
from api.pages.deciding.addresses import DECISIONS, decisions_of
from api.pages.deciding.page import decisions_page
from api.pages.territory_routes import drawn
from api.pages.unchanged import unless_unchanged_there
from api.pages.view import View
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream


def install(app: FastAPI) -> None:
    """The page, with and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        app.add_api_route(base + DECISIONS, here, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def here(request: Request) -> Response:
    """What was decided, and what became of it?"""
    siren, which = request.path_params["siren"], request.path_params.get("which")

    def made(view: View) -> object:
        above = Act(Phrase("page.reviews.committee"), view.home.page(COMMITTEE))
        return decisions_page(view, request.query_params, view.territory, decisions_of(view.home), above)

    def draw(visitor: Visitor) -> HTMLResponse:
        with asking(request, visitor) as ask:
            return drawn(ask, request, COMMITTEE, territory_at(ask, siren), which, made, template="decisions")

    return unless_unchanged_there(request, territory_stream(siren), draw)
