"""What a one-time link opens: the page where a guest accepts, or somebody who forgot their password chooses another.

Showing the page spends nothing: programs that read letters before people do follow their links. A link that opens
nothing answers alike, whatever became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import PUBLIC, policy, services_of, texts_for
from api.nearness import asked_from_here
from api.pages import failures
from api.pages.contexts import Phrase
from api.pages.fields import FieldError, TextField
from api.pages.posting import posted
from api.pages.shell import page
from api.pages.signing_in import LONGEST_PASSWORD, keep_session, open_session
from api.pages.turns import TURNS
from workflows.delivery.about_accounts import PATHS
from workflows.links import Link, LinkSpent, Purpose
from workflows.passwords import PASSWORD_MAXIMUM, PASSWORD_MINIMUM, WeakPassword
from workflows.security import Act, Why, tell

ENDED: Final = "link-ended"
"""The topic of the page of a link that opens nothing."""

BOUNDS: Final = {"least": str(PASSWORD_MINIMUM), "most": str(PASSWORD_MAXIMUM)}


@dataclass(frozen=True, slots=True)
class ChoosePasswordPage:
    """``choose-password.html``: whose account it is, until when the link opens, and the password to choose."""

    action: str
    purpose: str
    name: str
    identifier: str
    until: datetime
    fields: tuple[TextField, ...]
    errors: tuple[FieldError, ...] = ()


def opened_by(purpose: Purpose) -> tuple[tuple[str, str, Callable[..., object]], ...]:
    """The addresses of the links of a purpose."""

    @policy(PUBLIC)
    def show(request: Request, token: str) -> Response:
        """Whose account is it, and which password will it have?"""
        return _answer(request, purpose, token)

    @policy(PUBLIC)
    async def choose(request: Request, token: str) -> Response:
        """Set the password, spend the link and go in."""
        values = dict(await posted(request, most=20))
        if TURNS.full:
            return await run_in_threadpool(failures.error_page, request, 503)
        return await TURNS.run(partial(_choose, request, purpose, token, values))

    address = f"{PATHS[purpose]}/{{token}}"
    return (("GET", address, show), ("POST", address, choose))


def _answer(request: Request, purpose: Purpose, token: str) -> Response:
    link = services_of(request).links.find(token, purpose, services_of(request).clock.now())
    return _page(request, link, {}) if link is not None else ended(request)


def _choose(request: Request, purpose: Purpose, token: str, values: Mapping[str, str]) -> Response:
    services, now = services_of(request), services_of(request).clock.now()
    link = services.links.find(token, purpose, now)
    if link is None:
        return ended(request)
    texts = texts_for(request, services)
    new, again = (values.get(name, "")[:LONGEST_PASSWORD] for name in ("new", "again"))
    if new != again:
        return _page(request, link, {"again": texts.t("page.account.differs")})
    try:
        services.accounts.choose_password(link, new, now)
    except WeakPassword as weak:
        return _page(request, link, {"new": texts.t(f"cli.error.weak-password.{weak.weakness}", **BOUNDS)})
    except LinkSpent:
        return ended(request)
    if services.is_demonstration and not asked_from_here(request):
        tell(Act.SIGN_IN, Why.NOT_LOOPBACK)
        return RedirectResponse("/connexion", 303)
    answer = RedirectResponse("/", 303)
    keep_session(answer, services, open_session(request, link.account_id, now))
    tell(Act.SIGN_IN, account_id=link.account_id)
    return answer


def _page(request: Request, link: Link, wrong: Mapping[str, str]) -> Response:
    services = services_of(request)
    account = services.accounts.account(link.account_id)
    person = services.vault.person(account.person_id)
    context = ChoosePasswordPage(
        action=request.url.path,
        purpose=link.purpose.value,
        name=person.name if person is not None else "",
        identifier=account.login,
        until=link.expires_at,
        fields=(
            _field("new", wrong, Phrase("page.account.new.help", BOUNDS)),
            _field("again", wrong),
        ),
        errors=tuple(FieldError(text, name) for name, text in wrong.items()),
    )
    return secret_page(request, "choose-password.html", context, status=422 if wrong else 200)


def secret_page(request: Request, template: str, context: object, *, status: int) -> Response:
    """A page whose address is a secret."""
    answer = page(request, None, template, context, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def ended(request: Request) -> Response:
    """The page of a link that opens nothing."""
    return failures.error_page(request, 404, topic=ENDED)


def _field(name: str, wrong: Mapping[str, str], help_: Phrase | None = None) -> TextField:
    return TextField(
        name,
        Phrase(f"page.link.{name}"),
        help=help_,
        error=wrong.get(name),
        required=True,
        input_type="password",
        autocomplete="new-password",
        max_length=PASSWORD_MAXIMUM,
    )
