"""Where the reviews of a convention are read: beside its other pages, and by everybody once one is public."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.access import PUBLIC, Visitor, person_allowed, policy, services_of, texts_for
from api.pages.addresses import COMMITTEE, REVIEWS, TERRITORY
from api.pages.asking import asking
from api.pages.conventions import convention_at, territory_at
from api.pages.reviewing.addresses import PUBLIC_REVIEWS
from api.pages.reviewing.page import reviews_page
from api.pages.reviewing.paper import review_paper
from api.pages.shell import page
from api.pages.territory_bar import bar_of
from api.pages.territory_routes import drawn
from api.pages.unchanged import unless_unchanged, unless_unchanged_there
from api.pages.view import view_of
from domain.kernel import Actor
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream
from projections.engine import Dossier
from projections.what_reviews_saw import Review, reviews
from projections.which_facts_do_not_count import reason_of
from workflows.application import UnknownStream

Reader = Annotated[Visitor, Depends(person_allowed)]
BASES: Final = (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}")


def install(app: FastAPI) -> None:
    """The page, with and without the name of a convention."""
    for base in BASES:
        app.add_api_route(base + REVIEWS, here, methods=["GET"], include_in_schema=False, response_model=None)
        one = f"{base}{REVIEWS}/{{review_id}}"
        app.add_api_route(one, paper, methods=["GET"], include_in_schema=False, response_model=None)
    public = f"{PUBLIC_REVIEWS}/{{convention_id}}/{{review_id}}"
    app.add_api_route(public, public_paper, methods=["GET"], include_in_schema=False, response_model=None)


@policy(READ_CONVENTION)
def here(request: Request) -> Response:
    """What do the reviews of a convention say, and what does the next one lack?"""
    siren, which = request.path_params["siren"], request.path_params.get("which")

    def draw(visitor: Visitor) -> HTMLResponse:
        with asking(request, visitor) as ask:
            return drawn(ask, request, COMMITTEE, territory_at(ask, siren), which, reviews_page, template="reviews")

    return unless_unchanged_there(request, territory_stream(siren), draw)


@policy(READ_CONVENTION)
def paper(request: Request, siren: str, review_id: UUID, visitor: Reader) -> Response:
    """What did the committee see at one review, and what did it decide and adjust? One page, to be printed."""
    which = request.path_params.get("which")

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            territory_id = territory_at(ask, siren)
            convention_id = convention_at(ask, territory_id, which)
            if convention_id is None:
                raise UnknownStream(siren)
            view = view_of(ask, convention_id)
            one = _review(view.dossier, ask.today, review_id)
            why = () if one.cause is None else (view.told.rule(reason_of(one, one.cause)),)
            bar = bar_of(ask, territory_id, view.home, COMMITTEE, view.told.situation.status)
            return page(request, visitor, "review.html", review_paper(ask, view.dossier, one, view.home, why), bar=bar)

    return unless_unchanged(request, visitor, draw, territory_id=territory_stream(siren))


@policy(PUBLIC)
def public_paper(request: Request, convention_id: UUID, review_id: UUID) -> Response:
    """The same for everybody, once it was published to the public; any other does not exist."""
    nobody = Visitor(Actor(UUID(int=0), ()), texts_for(request, services_of(request)))
    with asking(request, nobody) as ask:
        dossier = ask.dossiers((convention_id,)).get(convention_id)
        if dossier is None or dossier.convention.is_annulled:
            raise UnknownStream(str(review_id))
        one = _review(dossier, ask.today, review_id)
        if not one.is_public:
            raise UnknownStream(str(review_id))
        answer = page(request, None, "review.html", review_paper(ask, dossier, one, None))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _review(dossier: Dossier, today: date, review_id: UUID) -> Review:
    """A review of a convention. Raises `UnknownStream`."""
    found = next((one for one in reviews(dossier, today) if one.review_id == review_id), None)
    if found is None:
        raise UnknownStream(str(review_id))
    return found
