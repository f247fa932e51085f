"""The addresses under those of the plan of a territory: why it is there, and each sheet."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response

from api.access import Visitor, person_allowed, policy
from api.pages.addresses import PATHS, PLAN, TERRITORY
from api.pages.asking import asking
from api.pages.conventions import convention_at, territory_at
from api.pages.messages import messages_of
from api.pages.plan.names import codes_of, numbers_of, sheet_named
from api.pages.plan.sheet_page import sheet_page
from api.pages.plan.why_page import why_page
from api.pages.shell import page
from api.pages.territory_bar import bar_of, is_sure
from api.pages.territory_routes import drawn, redirect
from api.pages.unchanged import unless_unchanged
from api.pages.view import View, view_of
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream
from workflows.application import UnknownStream

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """A page for each sheet, with and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        app.add_api_route(
            f"{base}{PATHS[PLAN]}/pourquoi", why, methods=["GET"], include_in_schema=False, response_model=None
        )
        address = f"{base}{PATHS[PLAN]}/{{sheet_code}}"
        app.add_api_route(address, sheet, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def sheet(request: Request, siren: str, sheet_code: str, visitor: Reader) -> Response:
    """One sheet: who, until when, why, and what became of it; by another name of it, straight to its own."""
    which = request.path_params.get("which")

    def draw() -> Response:
        with asking(request, visitor) as ask:
            territory_id = territory_at(ask, siren)
            convention_id = convention_at(ask, territory_id, which)
            if convention_id is None or ask.dossier(convention_id).convention.is_annulled:
                raise UnknownStream(sheet_code)
            view = view_of(ask, convention_id)
            sheet_id, name = _named(view, sheet_code)
            if name != sheet_code:
                return redirect(request, view.home.sheet(name))
            bar = bar_of(ask, territory_id, view.home, PLAN, view.told.situation.status)
            context = sheet_page(view, sheet_id)
            answer = page(request, visitor, "sheet.html", context, messages=messages_of(request, visitor), bar=bar)
            if not is_sure(ask):
                answer.headers["Cache-Control"] = "no-store"
            return answer

    return unless_unchanged(request, visitor, draw, territory_id=territory_stream(siren))


@policy(READ_CONVENTION)
def why(request: Request, siren: str, visitor: Reader) -> Response:
    """What became of what was said: the chain from findings to results, and where it breaks."""
    which = request.path_params.get("which")

    def draw() -> Response:
        with asking(request, visitor) as ask:
            return drawn(ask, request, PLAN, territory_at(ask, siren), which, why_page, template="why")

    return unless_unchanged(request, visitor, draw, territory_id=territory_stream(siren))


def _named(view: View, code: str) -> tuple[UUID, str]:
    """The sheet that an address names, and its name of today. Raises `UnknownStream`."""
    numbers = numbers_of(view)
    found = sheet_named(code, numbers)
    if found is None:
        raise UnknownStream(code)
    return found, codes_of(numbers)[found]
