"""The addresses of a territory's pages: one place that reads them, and the older ones by id that lead there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages import addresses
from api.pages.addresses import PATHS, TERRITORY
from api.pages.annulled import annulled_page
from api.pages.asking import Asking, asking
from api.pages.audit import Journal, audit_page
from api.pages.audit_asked import asked_in
from api.pages.audit_table import table_of
from api.pages.committee import committee_page
from api.pages.conventions import convention_at, home_of, home_of_territory, territory_at
from api.pages.diagnosis import diagnosis_page
from api.pages.documents import documents_page
from api.pages.drawing import Made, answered
from api.pages.meetings import meetings_page
from api.pages.messages import messages_of
from api.pages.money import money_page
from api.pages.partners import partners_page
from api.pages.plan.asked import asked_in as plan_asked_in
from api.pages.plan.page import plan_page
from api.pages.results import results_page
from api.pages.roles import taken_alone
from api.pages.territory import territory_page
from api.pages.today import today_page
from api.pages.unchanged import unless_unchanged_there
from api.pages.view import View, view_of
from domain.policy import READ_AUDIT_TRAIL, READ_CONVENTION
from domain.territories import territory_stream
from workflows.application import UnknownStream

Reader = Annotated[Visitor, Depends(person_allowed)]

BY_ID: Final = {"": addresses.TODAY, "/comite": addresses.COMMITTEE, "/journal": addresses.JOURNAL}
"""The pages that a convention once had under its id, and which of today's they are."""


MAKERS: Final[dict[str, Callable[[View, Request], Any]]] = {
    addresses.TODAY: lambda view, request: today_page(view),
    addresses.COMMITTEE: lambda view, request: committee_page(view),
    addresses.MEETINGS: lambda view, request: meetings_page(view),
    addresses.DIAGNOSIS: lambda view, request: diagnosis_page(view),
    addresses.PLAN: lambda view, request: plan_page(view, plan_asked_in(request.query_params)),
    addresses.RESULTS: lambda view, request: results_page(view),
    addresses.MONEY: lambda view, request: money_page(view, request.query_params),
    addresses.PARTNERS: lambda view, request: partners_page(view),
    addresses.DOCUMENTS: lambda view, request: documents_page(view, request.query_params.get("joint", "")),
    addresses.JOURNAL: lambda view, request: audit_page(view, asked_in(request.query_params)),
}


def install(app: FastAPI) -> None:
    """A route for each page, with and without the name of a convention, and for each older address."""
    for name, path in PATHS.items():
        shown = _endpoint(name)
        for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
            app.add_api_route(base + path, shown, methods=["GET"], include_in_schema=False, response_model=None)
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        table = f"{base}{PATHS[addresses.JOURNAL]}.csv"
        app.add_api_route(table, journal_table, methods=["GET"], include_in_schema=False, response_model=None)
    for path, name in BY_ID.items():
        moved = _moved(name)
        address = f"/conventions/{{convention_id}}{path}"
        app.add_api_route(address, moved, methods=["GET"], include_in_schema=False, response_model=None)
    moved_territory = ("/territoires/{place_id}", territory)
    app.add_api_route(*moved_territory, methods=["GET"], include_in_schema=False, response_model=None)


def _endpoint(name: str) -> Callable[..., Response]:
    @policy(READ_AUDIT_TRAIL if name == addresses.JOURNAL else READ_CONVENTION)
    def show(request: Request) -> Response:
        siren, which = request.path_params["siren"], request.path_params.get("which")

        def draw(visitor: Visitor) -> HTMLResponse:
            with asking(request, visitor) as ask:
                return drawn(ask, request, name, territory_at(ask, siren), which)

        return unless_unchanged_there(request, territory_stream(siren), draw)

    show.__doc__ = f"The page of a territory that is named {name}."
    return show


def drawn(
    ask: Asking,
    request: Request,
    name: str,
    territory_id: UUID,
    which: str | None,
    made: Callable[[View], object] | None = None,
    *,
    template: str | None = None,
    code: int = 200,
    holds_form: bool = False,
) -> HTMLResponse:
    """A page of a territory, answered under a `code`; `made` in the place of what it mostly shows,
    by a `template` of its own; one that `holds_form` is drawn each time."""
    told = (*messages_of(request, ask.visitor), *taken_alone(ask, (territory_id,)))

    def make(reader: Asking) -> Made:
        convention_id = convention_at(reader, territory_id, which)
        if convention_id is None:
            here = home_of_territory(reader, territory_id)
            return Made("territory.html", territory_page(reader, territory_id, name), here)
        annulled = annulled_page(reader, convention_id)
        if annulled is not None and name != addresses.JOURNAL:
            return Made("annulled.html", annulled, home_of(reader, convention_id))
        view = view_of(reader, convention_id)
        context = made(view) if made is not None else MAKERS[name](view, request)
        status = view.told.situation.status if annulled is None else None
        return Made(f"{template or name}.html", context, view.home, status)

    own_form = holds_form or name == addresses.DOCUMENTS
    return answered(ask, request, territory_id, name, make, messages=told, code=code, holds_form=own_form)


@policy(READ_AUDIT_TRAIL)
def journal_table(request: Request, siren: str, visitor: Reader) -> Response:
    """The facts of a journal that its filters keep, as a table to save."""
    with asking(request, visitor) as ask:
        convention_id = convention_at(ask, territory_at(ask, siren), request.path_params.get("which"))
        if convention_id is None:
            raise UnknownStream(siren)
        written = table_of(Journal(view_of(ask, convention_id), asked_in(request.query_params)))
    headers = {"Content-Disposition": f'attachment; filename="journal-{siren}.csv"', "Cache-Control": "no-store"}
    # The mark at its head tells spreadsheets that it is UTF-8.
    return Response(written.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _moved(name: str) -> Callable[..., Response]:
    @policy(READ_AUDIT_TRAIL if name == addresses.JOURNAL else READ_CONVENTION)
    def moved(request: Request, convention_id: UUID, visitor: Reader) -> Response:
        with asking(request, visitor) as ask:
            return redirect(request, home_of(ask, convention_id).page(name))

    moved.__doc__ = f"Straight to where the page {name} of a convention is."
    return moved


@policy(READ_CONVENTION)
def territory(request: Request, place_id: UUID, visitor: Reader) -> Response:
    """Straight to the page of a territory."""
    with asking(request, visitor) as ask:
        ask.visitor.look_at(place_id)
        if place_id not in ask.register.territories:
            raise UnknownStream(str(place_id))
        return redirect(request, home_of_territory(ask, place_id).today)


def redirect(request: Request, address: str) -> RedirectResponse:
    """There, with all that was asked here."""
    query = request.url.query
    return RedirectResponse(f"{address}?{query}" if query else address, 303)
