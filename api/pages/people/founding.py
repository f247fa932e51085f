"""Where the first administrator comes in: by a link that the operator was shown, on an instance nobody administers.

Showing the page spends nothing. Whoever sends it well is signed in, and comes to what comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, Literal, TypeAlias

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import PUBLIC, policy, services_of, texts_for
from api.pages import failures
from api.pages.contexts import Phrase
from api.pages.fields import FieldError, TextField
from api.pages.people.by_link import BOUNDS, ended, secret_page
from api.pages.posting import posted
from api.pages.shell import BEGIN
from api.pages.signing_in import LONGEST_IDENTIFIER, LONGEST_PASSWORD, keep_session, open_session
from api.pages.turns import TURNS
from workflows.founding import FOUNDING
from workflows.inviting import Guest
from workflows.links import FoundingLink, LinkSpent
from workflows.logins import LoginTaken, UnusableLogin
from workflows.passwords import PASSWORD_MAXIMUM, WeakPassword
from workflows.people import NAME_MAXIMUM
from workflows.security import Act, tell


@dataclass(frozen=True, slots=True)
class FirstAdministratorPage:
    """``first-administrator.html``: who administers the instance, and until when the link opens."""

    action: str
    until: datetime
    fields: tuple[TextField, ...]
    errors: tuple[FieldError, ...] = ()


@policy(PUBLIC)
def show(request: Request, token: str) -> Response:
    """Who is the first administrator?"""
    services = services_of(request)
    link = services.founding.opened_by(token, services.clock.now())
    return _page(request, link, {}, {}) if link is not None else ended(request)


@policy(PUBLIC)
async def begin(request: Request, token: str) -> Response:
    """Open their account, spend the link and go in."""
    values = dict(await posted(request, most=20))
    if TURNS.full:
        return await run_in_threadpool(failures.error_page, request, 503)
    return await TURNS.run(partial(_begin, request, token, values))


def _begin(request: Request, token: str, values: Mapping[str, str]) -> Response:
    services, texts = services_of(request), texts_for(request, services_of(request))
    now = services.clock.now()
    link = services.founding.opened_by(token, now)
    if link is None:
        return ended(request)
    name, email = (values.get(field, "")[:LONGEST_IDENTIFIER].strip() for field in ("name", "email"))
    new, again = (values.get(field, "")[:LONGEST_PASSWORD] for field in ("new", "again"))
    if new != again:
        return _page(request, link, values, {"again": texts.t("page.account.differs")})
    try:
        account_id = services.founding.found(link, Guest(name=name, email=email, language=texts.language), new, now)
    except WeakPassword as weak:
        return _page(request, link, values, {"new": texts.t(f"cli.error.weak-password.{weak.weakness}", **BOUNDS)})
    except LinkSpent:
        return ended(request)
    except (LoginTaken, UnusableLogin, ValueError):
        return _page(request, link, values, {"name" if not name else "email": texts.t("page.invite.unusable")})
    answer = RedirectResponse(BEGIN, 303)
    keep_session(answer, services, open_session(request, account_id, now))
    tell(Act.SIGN_IN, account_id=account_id)
    return answer


def _page(request: Request, link: FoundingLink, typed: Mapping[str, str], wrong: Mapping[str, str]) -> Response:
    context = FirstAdministratorPage(
        action=request.url.path,
        until=link.expires_at,
        fields=tuple(_field(name, kind, completion, typed, wrong) for name, kind, completion in _FIELDS),
        errors=tuple(FieldError(text, name) for name, text in wrong.items()),
    )
    return secret_page(request, "first-administrator.html", context, status=422 if wrong else 200)


_Kind: TypeAlias = Literal["text", "email", "password"]

_FIELDS: Final[tuple[tuple[str, _Kind, str], ...]] = (
    ("name", "text", "name"),
    ("email", "email", "username"),
    ("new", "password", "new-password"),
    ("again", "password", "new-password"),
)


def _field(name: str, kind: _Kind, completion: str, typed: Mapping[str, str], wrong: Mapping[str, str]) -> TextField:
    secret = kind == "password"
    helps = {"email": Phrase("page.link.email.help"), "new": Phrase("page.account.new.help", BOUNDS)}
    return TextField(
        name,
        Phrase(f"page.link.{name}"),
        value="" if secret else typed.get(name, "")[:LONGEST_IDENTIFIER],
        help=helps.get(name),
        error=wrong.get(name),
        required=True,
        input_type=kind,
        autocomplete=completion,
        max_length=PASSWORD_MAXIMUM if secret else NAME_MAXIMUM,
    )


ROUTES: Final[tuple[tuple[str, str, Callable[..., object]], ...]] = (
    ("GET", f"{FOUNDING}/{{token}}", show),
    ("POST", f"{FOUNDING}/{{token}}", begin),
)
