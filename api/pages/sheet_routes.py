"""The addresses under those of the plan of a territory: why it is there, and each sheet."""

from __future__ import annotations

from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.access import Visitor, policy
from api.pages.addresses import PATHS, PLAN, TERRITORY
from api.pages.asking import Asking, asking
from api.pages.conventions import convention_at, territory_at
from api.pages.drawing import Made, answered
from api.pages.messages import messages_of
from api.pages.plan.names import codes_of, numbers_of, sheet_named
from api.pages.plan.sheet_page import sheet_page
from api.pages.plan.why_page import why_page
from api.pages.territory_routes import drawn, redirect
from api.pages.unchanged import unless_unchanged_there
from api.pages.view import View, view_of
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream
from workflows.application import UnknownStream


class _CalledOtherwise(Exception):
    """A sheet has another name than the one it was asked by."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def install(app: FastAPI) -> None:
    """A page for each sheet, with and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        app.add_api_route(
            f"{base}{PATHS[PLAN]}/pourquoi", why, methods=["GET"], include_in_schema=False, response_model=None
        )
        address = f"{base}{PATHS[PLAN]}/{{sheet_code}}"
        app.add_api_route(address, sheet, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def sheet(request: Request) -> Response:
    """One sheet: who, until when, why, and what became of it; by another name of it, straight to its own."""
    siren, sheet_code = request.path_params["siren"], request.path_params["sheet_code"]
    which = request.path_params.get("which")

    def draw(visitor: Visitor) -> Response:
        with asking(request, visitor) as ask:
            territory_id = territory_at(ask, siren)

            def make(reader: Asking) -> Made:
                convention_id = convention_at(reader, territory_id, which)
                if convention_id is None or reader.dossier(convention_id).convention.is_annulled:
                    raise UnknownStream(sheet_code)
                view = view_of(reader, convention_id)
                sheet_id, name = _named(view, sheet_code)
                if name != sheet_code:
                    raise _CalledOtherwise(view.home.sheet(name))
                return Made("sheet.html", sheet_page(view, sheet_id), view.home, view.told.situation.status)

            told = messages_of(request, visitor)
            try:
                return answered(ask, request, territory_id, PLAN, make, messages=told)
            except _CalledOtherwise as other:
                return redirect(request, other.address)

    return unless_unchanged_there(request, territory_stream(siren), draw)


@policy(READ_CONVENTION)
def why(request: Request) -> Response:
    """What became of what was said: the chain from findings to results, and where it breaks."""
    siren, which = request.path_params["siren"], request.path_params.get("which")

    def draw(visitor: Visitor) -> Response:
        with asking(request, visitor) as ask:
            return drawn(ask, request, PLAN, territory_at(ask, siren), which, why_page, template="why")

    return unless_unchanged_there(request, territory_stream(siren), draw)


def _named(view: View, code: str) -> tuple[UUID, str]:
    """The sheet that an address names, and its name of today. Raises `UnknownStream`."""
    numbers = numbers_of(view)
    found = sheet_named(code, numbers)
    if found is None:
        raise UnknownStream(code)
    return found, codes_of(numbers)[found]
