"""The addresses of a partner: on a convention, beside its other pages, and on all territories."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import Visitor, person_allowed, policy
from api.pages.addresses import PARTNER, PARTNERS, PATHS, TERRITORY
from api.pages.asking import asking
from api.pages.conventions import convention_at, territory_at
from api.pages.messages import messages_of
from api.pages.partner import asking as by_link
from api.pages.partner.everywhere import partner_everywhere
from api.pages.partner.here import partner_here
from api.pages.partner.words import known_partner
from api.pages.shell import page
from api.pages.territory_bar import bar_of, is_sure
from api.pages.unchanged import unless_unchanged
from api.pages.view import view_of
from domain.policy import READ_CONVENTION, READ_DEPARTMENT
from domain.territories import territory_stream
from workflows.application import UnknownStream

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """A partner's page, with and without the name of a convention, and its home."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        address = f"{base}{PATHS[PARTNERS]}/{{partner_id}}"
        app.add_api_route(address, here, methods=["GET"], include_in_schema=False, response_model=None)
    by_link.install(app)
    address = f"{PARTNER}/{{partner_id}}"
    app.add_api_route(address, everywhere, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def here(request: Request, siren: str, partner_id: UUID, visitor: Reader) -> Response:
    """What is expected of a partner on a convention, and what does it wait for?"""
    which = request.path_params.get("which")

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            territory_id = territory_at(ask, siren)
            convention_id = convention_at(ask, territory_id, which)
            if convention_id is None or ask.dossier(convention_id).convention.is_annulled:
                raise UnknownStream(str(partner_id))
            view = view_of(ask, convention_id)
            context = partner_here(view, known_partner(ask, partner_id))
            bar = bar_of(ask, territory_id, view.home, PARTNERS, view.told.situation.status)
            answer = page(request, visitor, "partner.html", context, messages=messages_of(request, visitor), bar=bar)
            if context.by_link is not None or not is_sure(ask):
                answer.headers["Cache-Control"] = "no-store"  # soon otherwise, without a record
            return answer

    return unless_unchanged(request, visitor, draw, territory_id=territory_stream(siren))


@policy(READ_DEPARTMENT)
def everywhere(request: Request, partner_id: UUID, visitor: Reader) -> Response:
    """Where is a partner expected, and what does it wait for?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            context = partner_everywhere(ask, known_partner(ask, partner_id))
            return page(request, visitor, "partner.html", context, messages=messages_of(request, visitor))

    return unless_unchanged(request, visitor, draw)
