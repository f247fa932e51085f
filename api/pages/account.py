"""What somebody sees of their own account, and of no other: where they are signed in, and their password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import SIGNED_IN, Visitor, person_allowed, policy, services_of
from api.pages import failures
from api.pages.coming_back import DONE
from api.pages.contexts import Message, Phrase
from api.pages.digest_choice import RHYTHM, SECTION, choose_rhythm, rhythm_field
from api.pages.fields import FieldError, RadioField, TextField
from api.pages.posting import posted
from api.pages.shell import ACCOUNT, page
from api.pages.signing_in import LONGEST_PASSWORD, keep_session, open_session
from api.pages.turns import TURNS
from workflows.passwords import PASSWORD_MAXIMUM, PASSWORD_MINIMUM, WeakPassword, refuse_weak
from workflows.security import Act
from workflows.sessions import Session

Person = Annotated[Visitor, Depends(person_allowed)]

PASSWORD: Final = "mot-de-passe"  # noqa: S105 - the name of an act
CLOSE: Final = "fermer"
CLOSE_OTHERS: Final = "fermer-les-autres"

_JUST_NOW: Final = timedelta(minutes=5)
"""How long a change is told as what was just done: the address alone proves nothing."""

_BOUNDS: Final = {"least": str(PASSWORD_MINIMUM), "most": str(PASSWORD_MAXIMUM)}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One browser in which the reader is signed in; ``handle`` names it in the form that closes it."""

    handle: str
    browser: str
    operating_system: str
    opened_at: datetime
    seen_at: datetime
    present: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """``account.html``: the reader's sessions, this one first, how often they get a digest, and the form that changes
    the password."""

    action: str
    identifier: str
    sessions: tuple[SessionRow, ...]
    rhythm: RadioField
    password_since: datetime
    fields: tuple[TextField, ...]
    errors: tuple[FieldError, ...] = ()


@policy(SIGNED_IN)
def show(request: Request, visitor: Person) -> HTMLResponse:
    """Where am I signed in, and since when is my password what it is?"""
    return _page(request, visitor)


@policy(SIGNED_IN)
async def act(request: Request) -> Response:
    """Change the password, close one session, or all but the present one."""
    values = dict(await posted(request, most=20))
    done = partial(_act, request, values)
    if values.get("act") != PASSWORD:
        return await run_in_threadpool(done)
    if TURNS.full:
        return await run_in_threadpool(failures.error_page, request, 503)
    return await TURNS.run(done)


def _act(request: Request, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    session = visitor.session
    assert session is not None, "whoever has its token has a session"
    acts: Mapping[str, Callable[[], Response]] = {
        PASSWORD: lambda: _change_password(request, visitor, session, values),
        CLOSE: lambda: _close(request, session, values.get("session", "")),
        CLOSE_OTHERS: lambda: _close_others(request, session),
        RHYTHM: lambda: _choose_rhythm(request, session, values),
    }
    asked = acts.get(values.get("act", ""))
    return asked() if asked is not None else failures.error_page(request, 400)


def _close(request: Request, session: Session, handle: str) -> Response:
    if handle != session.session_hash:  # this one is closed by signing out
        services_of(request).sessions.close_listed(session.account_id, handle)
    return RedirectResponse(ACCOUNT, 303)


def _choose_rhythm(request: Request, session: Session, values: Mapping[str, str]) -> Response:
    if not choose_rhythm(services_of(request), session.person_id, values):
        return failures.error_page(request, 400)
    return RedirectResponse(f"{ACCOUNT}#{SECTION}", 303)


def _close_others(request: Request, session: Session) -> Response:
    services_of(request).sessions.close_others(session.account_id, session.session_hash)
    return RedirectResponse(ACCOUNT, 303)


def _change_password(request: Request, visitor: Visitor, session: Session, values: Mapping[str, str]) -> Response:
    """Ask for the present password, set the new one, and go on in a new session: a stolen cookie ends here too."""
    services, now = services_of(request), services_of(request).clock.now()
    present, new = (values.get(name, "")[:LONGEST_PASSWORD] for name in ("present", "new"))
    account = services.accounts.account(session.account_id)
    errors = _errors(visitor, account.login, present, new, values.get("again", ""))
    if not errors and services.accounts.verify(account.login, present, now, Act.PASSWORD_CHANGED) is None:
        errors["present"] = visitor.texts.t("page.account.wrong")
    if errors:
        return _page(request, visitor, errors, status=422)
    services.accounts.change_password(session.account_id, new, now)
    answer = RedirectResponse(f"{ACCOUNT}?{DONE}={PASSWORD}", 303)
    keep_session(answer, services, open_session(request, session.account_id, now))
    return answer


def _errors(visitor: Visitor, login: str, present: str, new: str, again: str) -> dict[str, str]:
    """What is wrong with what was typed, before the present password is looked at."""
    errors = {}
    try:
        refuse_weak(new, login)
    except WeakPassword as weak:
        errors["new"] = visitor.texts.t(f"cli.error.weak-password.{weak.weakness}", **_BOUNDS)
    else:
        if new == present:
            errors["new"] = visitor.texts.t("page.account.same")
        elif again[:LONGEST_PASSWORD] != new:
            errors["again"] = visitor.texts.t("page.account.differs")
    return errors


def _page(
    request: Request, visitor: Visitor, errors: Mapping[str, str] | None = None, *, status: int = 200
) -> HTMLResponse:
    services, session, wrong = services_of(request), visitor.session, errors or {}
    assert session is not None, "a page of somebody signed in"
    account = services.accounts.account(session.account_id)
    rows = [_row(one, session) for one in services.sessions.sessions(session.account_id, services.clock.now())]
    fields = (
        _field("present", "current-password", wrong),
        _field("new", "new-password", wrong, Phrase("page.account.new.help", _BOUNDS)),
        _field("again", "new-password", wrong),
    )
    context = AccountPage(
        action=ACCOUNT,
        identifier=account.login,
        sessions=tuple(sorted(rows, key=lambda row: not row.present)),
        rhythm=rhythm_field(services, visitor),
        password_since=account.password_changed_at or account.created_at,
        fields=fields,
        errors=tuple(FieldError(text, name) for name, text in wrong.items()),
    )
    changed_at = account.password_changed_at
    just_now = changed_at is not None and services.clock.now() - changed_at < _JUST_NOW
    told = request.query_params.get(DONE) == PASSWORD and just_now
    messages = (Message("done", Phrase("page.account.changed")),) if told else ()
    return page(request, visitor, "account.html", context, status=status, messages=messages)


def _row(one: Session, present: Session) -> SessionRow:
    return SessionRow(
        handle=one.session_hash,
        browser=one.browser,
        operating_system=one.system,
        opened_at=one.created_at,
        seen_at=one.last_seen_at,
        present=one.session_hash == present.session_hash,
    )


def _field(name: str, autocomplete: str, wrong: Mapping[str, str], help_: Phrase | None = None) -> TextField:
    return TextField(
        name,
        Phrase(f"page.account.{name}"),
        help=help_,
        error=wrong.get(name),
        required=True,
        input_type="password",
        autocomplete=autocomplete,
        max_length=PASSWORD_MAXIMUM,
    )
