"""The addresses of the pages: read, sign in, change language; every act has its form (`doing.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import (
    LANGUAGE_COOKIE,
    PUBLIC,
    Visitor,
    believe_the_clock,
    person_allowed,
    person_of,
    policy,
    services_of,
)
from api.file_answers import file_answer
from api.pages import (
    account,
    decision_routes,
    doing,
    failures,
    framework_routes,
    indicator,
    joining,
    network_routes,
    proposing,
    sheet_routes,
    stuck_reactions,
    territory_routes,
)
from api.pages.across_page import across_page
from api.pages.addresses import COMMITTEE, DEPARTMENT, DEPARTMENT_THEMES, PARTNER, SEARCH
from api.pages.aid import ROUTES as AID
from api.pages.answering import routes as answering
from api.pages.asking import FILES, asking
from api.pages.beginning.addresses import ROUTES as BEGINNING
from api.pages.beginning.steps import is_beginning
from api.pages.calendars import feed as calendar
from api.pages.calendars.page import ROUTES as CALENDARS
from api.pages.coming_back import local_address
from api.pages.conventions import current_of, home_of_territory
from api.pages.department import TO_CHECK, Asked, department_page
from api.pages.forms.places import RECORDS, page_of
from api.pages.lines import doing as lines
from api.pages.messages import messages_of
from api.pages.methods.migrating import ROUTES as MIGRATING
from api.pages.methods.reading import ROUTES as METHODS
from api.pages.partner import routes as partner_routes
from api.pages.people.addresses import ROUTES as PEOPLE
from api.pages.people.tabs import STUCK
from api.pages.rehearsing import page as rehearsal
from api.pages.reviewing import routes as reviewing_routes
from api.pages.roles import taken_alone
from api.pages.search import Asked as SearchAsked
from api.pages.search import search_page
from api.pages.shell import ACCOUNT, BEGIN, SIGN_IN, SIGN_OUT, WORK, acts, only_territory, page, spoken_for
from api.pages.signing_in import sign_in, sign_in_form, sign_out
from api.pages.sitting import routes as sitting_routes
from api.pages.tables import routes as table_routes
from api.pages.unchanged import unless_unchanged
from api.pages.work import work_page
from domain.policy import MANAGE_ACCOUNTS, READ_CONVENTION, READ_DEPARTMENT
from domain.roles import COMMITTEE_CHAIR, COMMITTEE_MEMBER, ELECTED_REFERENT
from workflows.texts import LANGUAGES

COMMITTEE_ROLES: Final = frozenset((COMMITTEE_MEMBER, COMMITTEE_CHAIR, ELECTED_REFERENT))

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """Put the pages on the application."""
    # First those that are opened most: each address is looked for among all, one after the other.
    territory_routes.install(app)
    proposing.install(app)
    joining.install(app)
    table_routes.install(app)
    partner_routes.install(app)
    sheet_routes.install(app)
    reviewing_routes.install(app)
    sitting_routes.install(app)
    indicator.install(app)
    routes: tuple[tuple[str, str, Callable[..., object]], ...] = (
        ("GET", "/", home),
        ("GET", SIGN_IN, sign_in_form),
        ("POST", SIGN_IN, sign_in),
        ("POST", SIGN_OUT, sign_out),
        ("GET", ACCOUNT, account.show),
        ("POST", ACCOUNT, account.act),
        ("GET", "/langue/{code}", choose_language),
        ("GET", WORK, work),
        ("GET", DEPARTMENT, department),
        ("GET", DEPARTMENT_THEMES, department_themes),
        ("GET", SEARCH, search),
        ("GET", f"/{RECORDS}/{{stream_id}}", record),
        ("GET", f"{FILES}/{{sha256}}", file),
        ("GET", STUCK, stuck_reactions.show),
        ("POST", STUCK, stuck_reactions.act),
    )
    for method, path, endpoint in (*routes, *AID, *PEOPLE, *MIGRATING, *METHODS, *BEGINNING, *CALENDARS):
        # Whoever leaves may always do so, and whoever comes in is told on the page to sign in.
        writes = method == "POST" and path not in (SIGN_IN, SIGN_OUT)
        app.add_api_route(
            path,
            endpoint,
            methods=[method],
            include_in_schema=False,
            response_model=None,
            dependencies=[Depends(believe_the_clock)] if writes else [],
        )
    territory_routes.install(app)
    joining.install(app)
    table_routes.install(app)
    partner_routes.install(app)
    sheet_routes.install(app)
    reviewing_routes.install(app)
    decision_routes.install(app)
    framework_routes.install(app)
    network_routes.install(app)
    indicator.install(app)
    answering.install(app)
    calendar.install(app)
    rehearsal.install(app)
    doing.install(app)
    lines.install(app)
    failures.install(app)


@policy(PUBLIC)
def home(request: Request) -> Response:
    """Home by role: a partner's own page, what waits for whoever acts, the committee's page; else the territories."""
    visitor = person_of(request)
    if visitor.may(MANAGE_ACCOUNTS):
        with asking(request, visitor) as ask:
            if is_beginning(ask):
                return RedirectResponse(BEGIN, 303)
    if (partner_id := spoken_for(visitor)) is not None:
        return RedirectResponse(f"{PARTNER}/{partner_id}", 303)
    if acts(visitor):
        return work(request, visitor)
    territory_id = only_territory(visitor)
    if territory_id is None:
        return RedirectResponse(DEPARTMENT, 303)
    with asking(request, visitor) as ask:
        found = home_of_territory(ask, territory_id)
        sits = any(one.role in COMMITTEE_ROLES for one in visitor.actor.roles)
        has_pages = current_of(ask, territory_id) is not None
        return RedirectResponse(found.page(COMMITTEE) if sits and has_pages else found.today, 303)


@policy(READ_DEPARTMENT)
def work(request: Request, visitor: Reader) -> Response:
    """What must I do?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            context, told = work_page(ask), taken_alone(ask, visitor.territories)
        return page(request, visitor, "work.html", context, messages=(*messages_of(request, visitor), *told))

    return unless_unchanged(request, visitor, draw)


@policy(PUBLIC)
def choose_language(request: Request, code: str, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:  # noqa: A002
    """Keep the language for a year, and come back."""
    answer = RedirectResponse(local_address(next), 303)
    if code in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE,
            code,
            max_age=365 * 24 * 3600,
            secure=services_of(request).https,
            httponly=True,
            samesite="lax",
        )
    return answer


# --- what people read -----------------------------------------------------------------------------------------------


@policy(READ_DEPARTMENT)
def department(request: Request, visitor: Reader) -> Response:
    """Where do the territories stand?"""
    asked = Asked(*(request.query_params.get(name, "") for name in ("etat", "nom", "tri", "page")))

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            context, told = department_page(ask, asked), taken_alone(ask, visitor.territories)
        messages = (*messages_of(request, visitor), *told)
        answer = page(request, visitor, "department.html", context, messages=messages)
        if any(row.reason == TO_CHECK for row in context.rows):
            answer.headers["Cache-Control"] = "no-store"  # said otherwise soon, although nothing is recorded
        return answer

    return unless_unchanged(request, visitor, draw)


@policy(READ_DEPARTMENT)
def department_themes(request: Request, visitor: Reader) -> Response:
    """Which themes are crossed, and where?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            return page(request, visitor, "across.html", across_page(ask, request.query_params.get("page", "")))

    return unless_unchanged(request, visitor, draw)


@policy(READ_CONVENTION)
def search(request: Request, visitor: Reader) -> Response:
    """What is known under some words?"""
    asked = SearchAsked(*(request.query_params.get(name, "") for name in ("q", "quoi", "ou", "page")))

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            return page(request, visitor, "search.html", search_page(ask, asked))

    return unless_unchanged(request, visitor, draw)


@policy(READ_CONVENTION)
def record(request: Request, stream_id: UUID, visitor: Reader) -> Response:
    """Straight to the page that shows what an event was recorded on."""
    with asking(request, visitor) as ask:
        found = page_of(ask, stream_id)
    return territory_routes.redirect(request, found)


@policy(READ_CONVENTION)
def file(request: Request, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")], visitor: Reader) -> Response:
    """A file kept as evidence, to be saved."""
    return file_answer(request, visitor, sha256)
