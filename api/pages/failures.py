"""When a page cannot be given: a plain page that says what, where and how to mend it; and the guards of forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.access import Forbidden, NotSignedIn, Visitor, person_of
from api.errors import RETRY_AFTER_SECONDS
from api.pages.contexts import ErrorPage, KeptForm
from api.pages.shell import SIGN_IN, page
from domain.values import InvalidValue
from workflows.application import UnknownStream
from workflows.database import DatabaseUnavailable

ErrorStatus = Literal[400, 401, 403, 404, 409, 413, 422, 500, 503]
SAME_SITE = frozenset({"same-origin", "none"})


class CrossSite(Exception):
    """A form was sent from another site, or without the token of the session (403)."""


def refuse_cross_site(request: Request) -> None:
    """Refuse a form that another site sent, by what the browser says of it. Raises `CrossSite`."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None and fetched not in SAME_SITE:
        raise CrossSite
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise CrossSite


def check_csrf(visitor: Visitor, token: str) -> None:
    """Refuse a form without the token of the session that shows it. Raises `CrossSite`."""
    if visitor.session is None or not visitor.session.accepts(token):
        raise CrossSite


def error_page(
    request: Request, status: ErrorStatus, details: tuple[str, ...] = (), kept: KeptForm | None = None
) -> HTMLResponse:
    """The plain page of an error; for whoever is signed in, with their navigation."""
    visitor: Visitor | None
    try:
        visitor = person_of(request)
    except (NotSignedIn, DatabaseUnavailable):
        visitor = None
    answer = page(request, visitor, "error.html", ErrorPage(status, "/", details, kept=kept), status=status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def install(app: FastAPI) -> None:
    """Answer the errors of the pages."""

    def shows(status: ErrorStatus) -> Callable[[Request, Exception], Response]:
        return lambda request, error: error_page(request, status)

    def on_not_signed_in(request: Request, error: Exception) -> Response:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = here if request.method == "GET" else request.url.path
        return RedirectResponse(f"{SIGN_IN}?next={quote(back, safe='')}", 303)

    def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        known: dict[int, ErrorStatus] = {403: 403, 404: 404, 405: 404, 413: 413, 503: 503}
        return error_page(request, known.get(error.status_code, 400))

    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        NotSignedIn: on_not_signed_in,
        HTTPException: on_http,
        CrossSite: shows(403),
        Forbidden: shows(403),
        UnknownStream: shows(404),
        InvalidValue: shows(400),
        RequestValidationError: shows(404),  # an address whose id is no id
        DatabaseUnavailable: shows(503),
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
