"""When a page cannot be given: a plain page that says what, where and how to mend it; and the guards of forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from api.access import Forbidden, NotSignedIn, Visitor, person_of, services_of, texts_for
from api.errors import RETRY_AFTER_SECONDS, http_problem
from api.guard import STATIC_PREFIX
from api.pages.contexts import ErrorPage, KeptForm, Reserved
from api.pages.shell import SIGN_IN, page
from domain.policy import MANAGE_ACCOUNTS, lines_of
from domain.roles import BEARER, ENGINE, PUBLIC
from domain.values import InvalidValue
from workflows.application import UnknownStream
from workflows.clock_watch import ClockInDoubt
from workflows.codec import UnreadableEvent
from workflows.database import DatabaseUnavailable
from workflows.file_folder import FileLost
from workflows.security import Act, Why, tell

ErrorStatus = Literal[400, 401, 403, 404, 405, 409, 413, 422, 500, 503]
SAME_ORIGIN = "same-origin"
BY_THE_PERSON = "none"
"""What the browser says of a request that no page sent: an address typed, a bookmark."""

API_PREFIX = "/api/"
UNHELD = (ENGINE, BEARER, PUBLIC)
"""Roles that nobody holds: whoever was refused is not sent to them."""


class CrossSite(Exception):
    """A form was sent from another site, or without the token of the session (403)."""


def refuse_cross_site(request: Request) -> None:
    """Refuse a form that another site sent, by what the browser says of it. Raises `CrossSite`.

    The browser compares origins itself and says so in Sec-Fetch-Site. One that does not is believed when its Origin is
    the host that was asked, or the public address of the instance, which a proxy may have put another host behind.
    """
    fetched = request.headers.get("sec-fetch-site")
    if fetched == SAME_ORIGIN:
        return
    if fetched not in (None, BY_THE_PERSON):
        raise CrossSite
    origin = request.headers.get("origin")
    asked = (request.headers.get("host"), services_of(request).base_url.partition("://")[2].partition("/")[0])
    if origin is not None and origin.partition("://")[2] not in asked:
        raise CrossSite


def check_csrf(visitor: Visitor, token: str) -> None:
    """Refuse a form without the token of the session that shows it. Raises `CrossSite`."""
    if visitor.session is None or not visitor.session.accepts(token):
        raise CrossSite


def methods_at(request: Request) -> tuple[str, ...]:
    """The methods that some page answers at this address, whatever the one that was sent."""
    matching = (one for one in request.app.routes if isinstance(one, Route))
    found = {
        method
        for route in matching
        if route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
    if "GET" in found or request.url.path.startswith(STATIC_PREFIX):
        found |= {"GET", "HEAD"}
    return tuple(sorted(found))


def error_page(
    request: Request,
    status: ErrorStatus,
    details: tuple[str, ...] = (),
    kept: KeptForm | None = None,
    topic: str | None = None,
    reserved: Reserved | None = None,
) -> HTMLResponse:
    """The plain page of an error, told by the texts of its status or of a `topic`.

    It has the navigation of whoever is signed in; under the address of a file it is the same for everybody, because a
    cache may keep what it believes to be a file.
    """
    visitor: Visitor | None = None
    try:
        if not request.url.path.startswith(STATIC_PREFIX):
            visitor = person_of(request)
    except (NotSignedIn, DatabaseUnavailable, UnreadableEvent):
        pass  # whoever it is, the page is drawn
    shown = ErrorPage(status, "/", details, kept=kept, topic=topic, reserved=reserved)
    answer = page(request, visitor, "error.html", shown, status=status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _reserved(action: str) -> Reserved | None:
    """Who may do what was refused, by the policy table; None for an action that it does not know."""
    roles = tuple(dict.fromkeys(role for one in lines_of(action) for role in one.roles if role not in UNHELD))
    return Reserved(action == MANAGE_ACCOUNTS or action.startswith("read-"), roles) if roles else None


def install(app: FastAPI) -> None:
    """Answer the errors of the pages."""

    def shows(status: ErrorStatus) -> Callable[[Request, Exception], Response]:
        return lambda request, error: error_page(request, status)

    def on_not_signed_in(request: Request, error: Exception) -> Response:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = here if request.method == "GET" else request.url.path
        after = f"?next={quote(back, safe='')}" if "GET" in methods_at(request) else ""
        return RedirectResponse(f"{SIGN_IN}{after}", 303)

    def on_forbidden(request: Request, error: Exception) -> Response:
        assert isinstance(error, Forbidden)
        tell(Act.ACCESS, Why.NOT_ENTITLED, action=error.action)
        return error_page(request, 403, reserved=_reserved(error.action))

    def on_cross_site(request: Request, error: Exception) -> Response:
        tell(Act.FORM, Why.OTHER_SITE)
        return error_page(request, 403, topic="other-site")

    def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.scope["path"].startswith(API_PREFIX):  # beside every operation, but asked by a tool
            return http_problem(error, texts_for(request, services_of(request)))
        known: dict[int, ErrorStatus] = {403: 403, 404: 404, 405: 405, 413: 413, 503: 503}
        answer = error_page(request, known.get(error.status_code, 400))
        if error.status_code == 405:
            answer.headers["Allow"] = ", ".join(methods_at(request))
        return answer

    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        NotSignedIn: on_not_signed_in,
        HTTPException: on_http,
        CrossSite: on_cross_site,
        Forbidden: on_forbidden,
        UnknownStream: shows(404),
        InvalidValue: shows(400),
        RequestValidationError: shows(404),  # an address whose id is no id
        DatabaseUnavailable: shows(503),
        FileLost: lambda request, error: error_page(request, 503, topic="file-lost"),
        UnreadableEvent: lambda request, error: error_page(request, 503, topic="later-release"),
        ClockInDoubt: lambda request, error: error_page(request, 503, topic="clock-in-doubt"),
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
