"""The addresses of the pages: read, sign in, change language; every act has its form (`doing.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import (
    LANGUAGE_COOKIE,
    PUBLIC,
    Visitor,
    person_allowed,
    person_of,
    policy,
    services_of,
)
from api.pages import account, administration, doing, failures
from api.pages.annulled import annulled_page
from api.pages.asking import Asking, asking
from api.pages.audit import Asked, audit_page
from api.pages.committee import committee_page
from api.pages.contexts import Message
from api.pages.convention import convention_page
from api.pages.department import TO_CHECK, department_page
from api.pages.forms.places import RECORDS, page_of
from api.pages.messages import messages_of
from api.pages.roles import taken_alone
from api.pages.shell import ACCOUNT, DEPARTMENT, SIGN_IN, SIGN_OUT, TERRITORY, only_territory, page
from api.pages.signing_in import local_address, sign_in, sign_in_form, sign_out
from api.pages.territory import convention_href, territory_page
from api.pages.unchanged import unless_unchanged
from domain.policy import READ_AUDIT_TRAIL, READ_CONVENTION, READ_DEPARTMENT
from workflows.texts import LANGUAGES

Reader = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """Put the pages on the application."""
    routes: tuple[tuple[str, str, Callable[..., object]], ...] = (
        ("GET", "/", home),
        ("GET", SIGN_IN, sign_in_form),
        ("POST", SIGN_IN, sign_in),
        ("POST", SIGN_OUT, sign_out),
        ("GET", ACCOUNT, account.show),
        ("POST", ACCOUNT, account.act),
        ("GET", "/langue/{code}", choose_language),
        ("GET", DEPARTMENT, department),
        ("GET", "/territoires/{place_id}", territory),
        ("GET", f"/{RECORDS}/{{stream_id}}", record),
        ("GET", "/conventions/{convention_id}", convention),
        ("GET", "/conventions/{convention_id}/comite", committee),
        ("GET", "/conventions/{convention_id}/journal", audit),
        ("GET", "/administration", administration.accounts),
        ("GET", "/administration/droits", administration.policy_table),
    )
    for method, path, endpoint in routes:
        # Whoever leaves may always do so, and whoever comes in is told on the page to sign in.
        writes = method == "POST" and path not in (SIGN_IN, SIGN_OUT)
        app.add_api_route(
            path,
            endpoint,
            methods=[method],
            include_in_schema=False,
            response_model=None,
            dependencies=[Depends(failures.believe_the_clock)] if writes else [],
        )
    doing.install(app)
    failures.install(app)


@policy(PUBLIC)
def home(request: Request) -> Response:
    """Straight to the answer: the département, or the one convention of whoever reads one territory only."""
    visitor = person_of(request)
    territory_id = only_territory(visitor)
    if territory_id is None:
        return RedirectResponse(DEPARTMENT, 303)
    with asking(request, visitor) as ask:
        return RedirectResponse(convention_href(ask, territory_id) or f"{TERRITORY}/{territory_id}", 303)


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

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            context, told = department_page(ask), taken_alone(ask, visitor.territories)
        messages = (*messages_of(request, visitor), *told)
        answer = page(request, visitor, "department.html", context, messages=messages)
        if any(row.reason == TO_CHECK for row in context.rows):
            answer.headers["Cache-Control"] = "no-store"  # said otherwise soon, although nothing is recorded
        return answer

    return unless_unchanged(request, visitor, draw)


@policy(READ_CONVENTION)
def territory(request: Request, place_id: UUID, visitor: Reader) -> Response:
    """Which convention does the territory have, or what comes before its first?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            context, told = territory_page(ask, place_id), taken_alone(ask, (place_id,))
        return page(request, visitor, "territory.html", context, messages=(*messages_of(request, visitor), *told))

    return unless_unchanged(request, visitor, draw)


@policy(READ_CONVENTION)
def record(request: Request, stream_id: UUID, visitor: Reader) -> Response:
    """Straight to the page that shows what an event was recorded on."""
    with asking(request, visitor) as ask:
        found = page_of(ask, stream_id)
    return RedirectResponse(f"{found}?{request.url.query}" if request.url.query else found, 303)


@policy(READ_CONVENTION)
def convention(request: Request, convention_id: UUID, visitor: Reader) -> Response:
    """Where does the convention stand, what is missing and why?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            annulled = annulled_page(ask, convention_id)
            if annulled is not None:
                return page(request, visitor, "annulled.html", annulled, messages=messages_of(request, visitor))
            context, told = convention_page(ask, convention_id), _told_of(ask, convention_id)
        return page(request, visitor, "convention.html", context, messages=(*messages_of(request, visitor), *told))

    return unless_unchanged(request, visitor, draw, convention_id=convention_id)


@policy(READ_CONVENTION)
def committee(request: Request, convention_id: UUID, visitor: Reader) -> Response:
    """What does the steering committee need to see and decide?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            annulled = annulled_page(ask, convention_id)
            if annulled is not None:
                return page(request, visitor, "annulled.html", annulled)
            context, told = committee_page(ask, convention_id), _told_of(ask, convention_id)
            return page(request, visitor, "committee.html", context, messages=told)

    return unless_unchanged(request, visitor, draw, convention_id=convention_id)


@policy(READ_AUDIT_TRAIL)
def audit(
    request: Request,
    convention_id: UUID,
    visitor: Reader,
    du: str = "",
    au: str = "",
    fait: str = "",
    par: str = "",
    suite: str = "",
    vers: str = "",
) -> Response:
    """Who recorded what, when, on which evidence?"""

    def draw() -> HTMLResponse:
        with asking(request, visitor) as ask:
            context = audit_page(ask, convention_id, Asked(du, au, fait, par, suite, vers))
            return page(request, visitor, "audit.html", context, messages=_told_of(ask, convention_id))

    return unless_unchanged(request, visitor, draw, convention_id=convention_id)


def _told_of(ask: Asking, convention_id: UUID) -> tuple[Message, ...]:
    """What every page of a convention tells of its territory's roles."""
    return taken_alone(ask, (ask.territory_of(convention_id),))
