"""Who may sign in? Every account, those that need somebody first; a register, so it is read by pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import Response

from api.access import Visitor, person_allowed, policy
from api.pages.asking import asking
from api.pages.contexts import NavItem, Phrase
from api.pages.people.one_account import state_of
from api.pages.people.reach import Reach
from api.pages.people.tabs import ACCOUNTS, INVITING, tabs
from api.pages.people.who import role_phrases
from api.pages.shell import page
from domain.policy import MANAGE_ACCOUNTS

Administrator = Annotated[Visitor, Depends(person_allowed)]

ON_A_PAGE: Final = 50

_FIRST: Final = ("locked", "invited", "open", "closed")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the instance."""

    href: str
    identifier: str
    name: str | None
    roles: tuple[Phrase, ...]
    state: str
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """``accounts.html``: who may sign in. ``query`` narrows the list; ``newer`` and ``older`` turn its pages."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    accounts: tuple[AccountRow, ...]
    total: int
    query: str
    action: str
    invite_href: str
    newer: str | None
    older: str | None


@policy(MANAGE_ACCOUNTS)
def show(request: Request, visitor: Administrator, qui: str = "") -> Response:
    """Who may sign in?"""
    wanted = qui.strip()[:100].casefold()
    asked = request.query_params.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    with asking(request, visitor) as ask:
        reach, now = Reach(ask), ask.services.clock.now()
        accounts = ask.services.accounts.accounts()
        states = Counter(state_of(one, now) for one in accounts)
        ask.meet(one.person_id for one in accounts)
        found = [
            one
            for one in accounts
            if not wanted or wanted in f"{one.login} {ask.person(one.person_id) or ''}".casefold()
        ]
        found.sort(key=lambda one: _FIRST.index(state_of(one, now)))
        last = max(1, -(-len(found) // ON_A_PAGE))
        number = min(max(number, 1), last)
        shown = found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        rows = tuple(
            AccountRow(
                f"{ACCOUNTS}/{one.account_id}",
                one.login,
                ask.person(one.person_id),
                role_phrases(reach, one),
                state_of(one, now),
                one.signed_in_at,
            )
            for one in shown
        )
    answer = [Phrase("page.accounts.lead", count=states["open"] + states["locked"])]
    answer += [Phrase(f"page.accounts.{one}-count", count=states[one]) for one in ("locked", "invited") if states[one]]
    context = AccountsPage(
        tabs=tabs(visitor, ACCOUNTS),
        answer=tuple(answer),
        accounts=rows,
        total=len(found),
        query=qui.strip()[:100],
        action=ACCOUNTS,
        invite_href=INVITING,
        newer=_address(qui, number - 1) if number > 1 else None,
        older=_address(qui, number + 1) if number < last else None,
    )
    return page(request, visitor, "accounts.html", context)


def _address(query: str, number: int) -> str:
    asked = {"qui": query.strip()[:100], "page": str(number)} if query.strip() else {"page": str(number)}
    return f"{ACCOUNTS}?{urlencode(asked)}"
