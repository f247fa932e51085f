"""Signing in and out. What was typed in a form whose session had ended goes along, and is given back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import (
    PUBLIC,
    NotSignedIn,
    Visitor,
    believe_the_clock,
    cookie_name,
    person_of,
    policy,
    services_of,
    texts_for,
)
from api.browsers import browser_of
from api.errors import RETRY_AFTER_SECONDS
from api.nearness import asked_from_here
from api.pages import demonstration, failures
from api.pages.coming_back import local_address
from api.pages.contexts import KeptForm, Phrase, ResumePage, SignInPage
from api.pages.posting import posted
from api.pages.shell import SIGN_IN, page
from api.pages.turns import TURNS
from api.services import Services
from workflows.clock_watch import ClockInDoubt
from workflows.database import DatabaseUnavailable
from workflows.security import Act, Why, tell
from workflows.sessions import SESSION_ABSOLUTE, OpenedSession

KEPT = "kept."
"""Before the names of a form that goes along while its author signs in again."""

LOST = "lost"
"""The names of the files that came with it, which are not kept."""

ENDED, NOT_NOW = "page.sign-in.expired", "page.sign-in.not-now"
TITLES = {ENDED: "page.sign-in.ended", "page.sign-in.busy": NOT_NOW, "page.sign-in.clock": NOT_NOW}
"""What is said above the reason: nobody was refused whose session ended, or whom the server cannot serve."""

LONGEST_IDENTIFIER = 200
LONGEST_PASSWORD = 500
LONGEST_ADDRESS = 2_000


@policy(PUBLIC)
def sign_in_form(request: Request) -> HTMLResponse:
    """The form to sign in; `next` is where to go afterwards."""
    error = ENDED if _has_ended(request) else None
    return sign_in_page(request, request.query_params.get("next", "/"), error=error, status=200)


def _has_ended(request: Request) -> bool:
    """Whether the browser still holds a session that is none any more."""
    if cookie_name(services_of(request).https) not in request.cookies:
        return False
    try:
        person_of(request)
    except NotSignedIn:
        return True
    return False


def sign_in_page(
    request: Request,
    next_href: str,
    *,
    identifier: str = "",
    error: str | None = None,
    kept: KeptForm | None = None,
    status: int = 401,
) -> HTMLResponse:
    """The page to sign in, with what must not be lost meanwhile."""
    services = services_of(request)
    offered = status != 503 and asked_from_here(request)
    accounts = demonstration.demonstration_accounts(services) if offered else ()
    why = error or (ENDED if kept else None)
    context = SignInPage(
        action=SIGN_IN,
        identifier=identifier,
        next_href=local_address(next_href[:LONGEST_ADDRESS]),
        error=Phrase(why) if why else None,
        error_title=Phrase(TITLES[why]) if why in TITLES else None,
        demo_accounts=accounts,
        demo_password=services.demonstration_password if accounts else None,
        kept=kept,
    )
    return page(request, None, "sign-in.html", context, status=status)


@policy(PUBLIC)
async def sign_in(request: Request) -> Response:
    """Open a session; a wrong password, an unknown and a locked account answer alike."""
    pairs = await posted(request, most=5_000)
    if TURNS.full:
        return await run_in_threadpool(_come_back, request, pairs)
    return await TURNS.run(partial(_sign_in, request, pairs))


def _sign_in(request: Request, pairs: list[tuple[str, str]]) -> Response:
    try:
        believe_the_clock(request)
        return _opened(request, pairs)
    except ClockInDoubt:
        return _come_back(request, pairs, "page.sign-in.clock")
    except DatabaseUnavailable:
        return _come_back(request, pairs)


def _come_back(request: Request, pairs: list[tuple[str, str]], why: str = "page.sign-in.busy") -> Response:
    """The page to sign in, when nobody can be let in just now: with all that was typed, but the password."""
    identifier, next_href, kept = _typed(pairs)
    answer = sign_in_page(request, next_href, identifier=identifier, error=why, kept=kept, status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _typed(pairs: list[tuple[str, str]]) -> tuple[str, str, KeptForm | None]:
    """Who signs in, where they go afterwards, and the form that goes along."""
    values = dict(pairs)
    next_href = local_address(values.get("next", "/")[:LONGEST_ADDRESS])
    typed = tuple((name.removeprefix(KEPT), value) for name, value in pairs if name.startswith(KEPT))
    files = tuple(value for name, value in pairs if name == LOST)
    kept = KeptForm(next_href, typed, files) if typed else None
    return values.get("identifier", "")[:LONGEST_IDENTIFIER], next_href, kept


def _opened(request: Request, pairs: list[tuple[str, str]]) -> Response:
    services, values = services_of(request), dict(pairs)
    identifier, next_href, kept = _typed(pairs)
    if services.is_demonstration and not asked_from_here(request):
        # Its passwords are published: whoever is not on this machine would be anybody.
        tell(Act.SIGN_IN, Why.NOT_LOOPBACK)
        return sign_in_page(request, next_href, identifier=identifier, error="page.sign-in.demo-elsewhere", kept=kept)
    now = services.clock.now()
    account = services.accounts.verify(identifier, values.get("password", "")[:LONGEST_PASSWORD], now)
    if account is None:
        return sign_in_page(request, next_href, identifier=identifier, error="page.sign-in.wrong", kept=kept)
    opened = open_session(request, account.account_id, now)
    tell(Act.SIGN_IN, account_id=account.account_id)
    answer: Response = RedirectResponse(next_href, 303)
    if kept is not None:
        actor = services.actor_of_person(account.person_id, is_administrator=account.is_administrator)
        visitor = Visitor(actor, texts_for(request, services), services.sessions.find(opened.token, now))
        answer = page(request, visitor, "resume.html", ResumePage(kept))
    keep_session(answer, services, opened)
    return answer


def open_session(request: Request, account_id: UUID, now: datetime) -> OpenedSession:
    """A session of the browser that asks, for an account whose password was right at `now`."""
    browser, system = browser_of(request.headers.get("user-agent", ""))
    return services_of(request).sessions.open(account_id, now, browser=browser, system=system)


def keep_session(answer: Response, services: Services, opened: OpenedSession) -> None:
    """Have the browser keep a session: never read by scripts, never sent along from other sites."""
    answer.set_cookie(
        cookie_name(services.https),
        opened.token,
        max_age=int(SESSION_ABSOLUTE.total_seconds()),
        httponly=True,
        secure=services.https,
        samesite="lax",
    )


@policy(PUBLIC)
async def sign_out(request: Request) -> Response:
    """Close the session."""
    values = dict(await posted(request, most=20))
    return await run_in_threadpool(_sign_out, request, values.get("csrf_token", ""))


def _sign_out(request: Request, csrf_token: str) -> Response:
    services = services_of(request)
    visitor = person_of(request)
    failures.check_csrf(visitor, csrf_token)
    name = cookie_name(services.https)
    services.sessions.close(request.cookies[name])
    tell(Act.SIGN_OUT)
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(name, secure=services.https, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'  # the pages that the browser kept
    return answer
