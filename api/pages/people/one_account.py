"""One account: which roles its person holds, whether they come in, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.commands import context_of
from api.pages import failures
from api.pages.asking import Asking, asking
from api.pages.contexts import NavItem, Phrase, RoleLine
from api.pages.digest_choice import RHYTHM, SECTION, choose_rhythm, rhythm_field
from api.pages.fields import RadioField
from api.pages.people.inviting import link_page
from api.pages.people.reach import Reach
from api.pages.people.tabs import ACCOUNTS, INVITING, tabs
from api.pages.posting import posted
from api.pages.roles import role_lines
from api.pages.shell import ADMINISTRATION, page
from domain.endings import EndFrameworkRole, EndTerritoryRole
from domain.kernel import Command, Refused
from domain.policy import INVITE
from projections.who_holds_which_role import Holder
from workflows.application import UnknownStream
from workflows.links import Purpose
from workflows.logins import Account, UnknownAccount

Reader = Annotated[Visitor, Depends(person_allowed)]

LINK: Final = "lien"
WITHDRAW: Final = "retirer"
UNLOCK: Final = "debloquer"
DISABLE: Final = "fermer"
ENABLE: Final = "rouvrir"


@dataclass(frozen=True, slots=True)
class AccountAct:
    """Something that may be done about the account: its button, and what it changes."""

    value: str
    label: Phrase
    changes: Phrase
    grave: bool = False


@dataclass(frozen=True, slots=True)
class OneAccountPage:
    """``one-account.html``: what the account is, the roles of its person, what may be done."""

    tabs: tuple[NavItem, ...]
    name: str | None
    identifier: str
    state: str
    since: datetime
    until: datetime | None
    signed_in_at: datetime | None
    is_administrator: bool
    roles: tuple[RoleLine, ...]
    places: tuple[str, ...]
    acts: tuple[AccountAct, ...]
    action: str
    invite_href: str
    back_href: str
    rhythm: RadioField | None = None
    refused: Phrase | None = None


@policy(INVITE)
def show(request: Request, account_id: UUID, visitor: Reader) -> Response:
    """Who is it, what may they do, do they come in?"""
    with asking(request, visitor) as ask:
        return _page(request, ask, _known(ask, account_id))


@policy(INVITE)
async def act(request: Request, account_id: UUID) -> Response:
    """Have a link made, take an invitation back, unlock, close or open the account again."""
    values = dict(await posted(request, most=20))
    return await run_in_threadpool(_act, request, account_id, values)


def _known(ask: Asking, account_id: UUID) -> Account:
    """An account that the visitor may look at. Raises `UnknownStream` (404) for any other."""
    try:
        account = ask.services.accounts.account(account_id)
    except UnknownAccount:
        raise UnknownStream(str(account_id)) from None
    if not Reach(ask).sees(account):
        raise UnknownStream(str(account_id))
    return account


def _act(request: Request, account_id: UUID, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    services, now = services_of(request), services_of(request).clock.now()
    with asking(request, visitor) as ask:
        account = _known(ask, account_id)
        asked = values.get("act", "")
        if asked == RHYTHM and Reach(ask).administers:
            if not choose_rhythm(services, account.person_id, values):
                return failures.error_page(request, 400)
            return RedirectResponse(f"{ACCOUNTS}/{account_id}#{SECTION}", 303)
        if asked not in {one.value for one in _acts(Reach(ask), account)}:
            return _page(request, ask, account, refused=Phrase("page.one-account.not-now"), status=409)
        if asked == LINK:
            purpose = Purpose.JOIN if account.joined_at is None else Purpose.RESET
            return link_page(request, ask, account, purpose)
        if asked == WITHDRAW:
            try:
                _end_roles(request, visitor, Reach(ask).held(account))
            except Refused:
                return _page(request, ask, account, refused=Phrase("page.one-account.not-now"), status=409)
    if asked == WITHDRAW:
        # Once nothing is read any more: a reader would keep what is forgotten in the database's own log.
        services.inviting.withdraw(account_id)
        return RedirectResponse(ADMINISTRATION, 303)
    done: Mapping[str, Callable[[], None]] = {
        UNLOCK: lambda: services.accounts.unlock(account_id),
        DISABLE: lambda: services.accounts.disable(account_id, now),
        ENABLE: lambda: services.accounts.enable(account_id),
    }
    done[asked]()
    return RedirectResponse(f"{ACCOUNTS}/{account_id}", 303)


def _end_roles(request: Request, visitor: Visitor, held: tuple[Holder, ...]) -> None:
    """End what an invitation gave, with the visitor's own rights. Raises `Refused`."""
    for one in held:
        context = context_of(request, visitor, key=str(uuid4()), reason=None, evidence=(), expected_version=None)
        command: Command
        if one.territory_id is not None:
            command = EndTerritoryRole(stream_id=one.territory_id, assignment_id=one.assignment_id)
        else:
            assert one.framework_id is not None
            command = EndFrameworkRole(stream_id=one.framework_id, assignment_id=one.assignment_id)
        services_of(request).steering.execute(command, context)


def _acts(reach: Reach, account: Account) -> Iterator[AccountAct]:
    """What the visitor may do about an account, as it is now."""
    services, me = reach.ask.services, reach.ask.visitor.actor.actor_id
    now = services.clock.now()
    handed = "sent" if services.sends_mail else "printed"

    def said(act: str, value: str, *, grave: bool = False) -> AccountAct:
        return AccountAct(value, Phrase(f"page.one-account.{act}"), Phrase(f"page.one-account.{act}.changes"), grave)

    if reach.may_link(account):
        yield said(f"{'join' if account.joined_at is None else 'reset'}-{handed}", LINK)
    if account.joined_at is None and reach.may_link(account):
        yield said("withdraw", WITHDRAW, grave=True)
    if not reach.administers or account.joined_at is None:
        return
    if account.disabled_at is not None:
        yield said("enable", ENABLE)
        return
    if account.is_locked(now):
        yield said("unlock", UNLOCK)
    if account.person_id != me:  # whoever acts administers: somebody is left who does
        yield said("disable", DISABLE, grave=True)


def _page(
    request: Request, ask: Asking, account: Account, *, refused: Phrase | None = None, status: int = 200
) -> Response:
    reach = Reach(ask)
    now = ask.services.clock.now()
    held = reach.held(account)
    links = ask.services.links.waiting(Purpose.JOIN, now)
    context = OneAccountPage(
        tabs=tabs(ask.visitor, INVITING),
        name=ask.person(account.person_id),
        identifier=account.login,
        state=state_of(account, now),
        since=account.joined_at or account.created_at,
        until=links.get(account.account_id) if account.joined_at is None else account.locked_until,
        signed_in_at=account.signed_in_at,
        is_administrator=account.is_administrator,
        roles=role_lines(ask, held),
        places=tuple(_place(ask, one) for one in held),
        acts=tuple(_acts(reach, account)),
        action=f"{ACCOUNTS}/{account.account_id}",
        invite_href=INVITING,
        back_href=ADMINISTRATION,
        rhythm=_rhythm(ask, account) if reach.administers else None,
        refused=refused,
    )
    return page(request, ask.visitor, "one-account.html", context, status=status)


def _rhythm(ask: Asking, account: Account) -> RadioField:
    """How often its person gets a digest."""
    services = ask.services
    actor = services.actor_of_person(account.person_id, is_administrator=account.is_administrator)
    return rhythm_field(services, Visitor(actor, ask.texts))


def _place(ask: Asking, one: Holder) -> str:
    if one.framework_id is not None and one.territory_id is None:
        return ask.register.frameworks[one.framework_id].name
    assert one.territory_id is not None
    return ask.name(one.territory_id)


def state_of(account: Account, now: datetime) -> str:
    """Of an account: closed, invited, locked for a while, or open."""
    if account.disabled_at is not None:
        return "closed"
    if account.joined_at is None:
        return "invited"
    return "locked" if account.is_locked(now) else "open"
