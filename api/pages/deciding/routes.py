"""The list of decisions of a territory, with and without the name of a convention."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages.addresses import COMMITTEE, TERRITORY
from api.pages.asking import asking
from api.pages.conventions import convention_at, territory_at
from api.pages.deciding.addresses import DECISIONS
from api.pages.deciding.page import decisions_page
from api.pages.messages import messages_of
from api.pages.shell import page
from api.pages.territory_bar import bar_of, is_sure
from api.pages.unchanged import unless_unchanged
from api.pages.view import view_of
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream
from workflows.application import UnknownStream

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """The page, with and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        app.add_api_route(base + DECISIONS, here, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def here(request: Request, siren: str, visitor: Reader) -> Response:
    """What was decided, and what became of it?"""
    which = request.path_params.get("which")

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            territory_id = territory_at(ask, siren)
            convention_id = convention_at(ask, territory_id, which)
            if convention_id is None or ask.dossier(convention_id).convention.is_annulled:
                raise UnknownStream(siren)
            view = view_of(ask, convention_id)
            bar = bar_of(ask, territory_id, view.home, COMMITTEE, view.told.situation.status)
            made = decisions_page(view, request.query_params)
            answer = page(request, visitor, "decisions.html", made, messages=messages_of(request, visitor), bar=bar)
            if not is_sure(ask):
                answer.headers["Cache-Control"] = "no-store"  # soon otherwise, without a record
            return answer

    return unless_unchanged(request, visitor, draw, territory_id=territory_stream(siren))
