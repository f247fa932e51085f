"""Who does what, and who is missing? The four roles without which a territory stands still, and who is invited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from api.access import Visitor, person_allowed, policy
from api.pages.asking import Asking, asking
from api.pages.contexts import Act, Message, NavItem, Phrase
from api.pages.conventions import home_of_territory
from api.pages.messages import messages_of
from api.pages.people.inviting import InviteForm, invite_form
from api.pages.people.reach import Reach, Spot
from api.pages.people.tabs import ACCOUNTS, INVITING, tabs
from api.pages.roles import taken_alone
from api.pages.shell import ADMINISTRATION, page
from domain.policy import INVITE
from domain.roles import CAF_ADVISER, COMMITTEE_CHAIR, COOPERATION_OFFICER, PILOT, Assignment
from domain.values import Code
from workflows.links import Purpose
from workflows.logins import Account

Reader = Annotated[Visitor, Depends(person_allowed)]

NEEDED: Final = (PILOT, COOPERATION_OFFICER, COMMITTEE_CHAIR, CAF_ADVISER)
"""Who records, who prepares, who decides, who advises: a territory that works has all four."""

MOST_SHOWN: Final = 50
SOON: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class RoleCell:
    """Who holds a role: names, those who have not come in yet, or since when nobody does."""

    role: str
    people: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    vacant_since: date | None = None
    give: Act | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A territory with its four roles."""

    name: str
    href: str
    cells: tuple[RoleCell, ...]


@dataclass(frozen=True, slots=True)
class InvitedRow:
    """Somebody who has not accepted yet. ``until``: the last instant of a link; None when none opens any more."""

    name: str
    href: str
    roles: tuple[Phrase, ...]
    invited_at: datetime
    until: datetime | None
    soon: bool


@dataclass(frozen=True, slots=True)
class WhoPage:
    """``who.html``: territories where somebody is missing first, then the whole ones, folded; invitations; the form."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    missing: tuple[PlaceRow, ...]
    whole: tuple[PlaceRow, ...]
    empty: int
    invited: tuple[InvitedRow, ...]
    columns: tuple[str, ...]
    form: InviteForm


@policy(INVITE)
def show(request: Request, visitor: Reader) -> HTMLResponse:
    """Who does what, and who is missing?"""
    with asking(request, visitor) as ask:
        context = who_page(ask)
        told: tuple[Message, ...] = taken_alone(ask, visitor.territories)
    return page(request, visitor, "who.html", context, messages=(*messages_of(request, visitor), *told))


def who_page(ask: Asking) -> WhoPage:
    """Everything the page shows."""
    reach = Reach(ask)
    accounts = list(reach.accounts())
    waiting = {one.person_id: one for one in accounts if one.joined_at is None and one.disabled_at is None}
    people = (one.person_id for spot in reach.spots for one in _held(ask, spot))
    ask.meet((*people, *waiting))
    territories = [one for one in reach.spots if one.territory_id is not None]
    used = [one for one in territories if ask.register.territories[one.place_id].assignments]
    rows = [_row(reach, spot, waiting) for spot in used]
    missing = [row for row in rows if any(not cell.people for cell in row.cells)]
    missing.sort(key=lambda row: (bool(row.cells[0].people), -sum(not cell.people for cell in row.cells)))
    whole = [row for row in rows if row not in missing]
    invited = tuple(_invited(reach, waiting.values()))
    return WhoPage(
        tabs=tabs(ask.visitor, ADMINISTRATION),
        answer=tuple(_answer(missing, len(whole), invited)),
        missing=tuple(missing[:MOST_SHOWN]),
        whole=tuple(whole[:MOST_SHOWN]),
        empty=len(territories) - len(used),
        invited=invited,
        columns=NEEDED,
        form=invite_form(reach, {}, {}),
    )


def _answer(missing: list[PlaceRow], whole: int, invited: tuple[InvitedRow, ...]) -> Iterator[Phrase]:
    without_pilot = [row.name for row in missing if not row.cells[0].people]
    if len(without_pilot) == 1:
        yield Phrase("page.who.without-pilot", {"territory": without_pilot[0]})
    elif without_pilot:
        yield Phrase("page.who.without-pilots", count=len(without_pilot))
    elif missing:
        yield Phrase("page.who.incomplete", count=len(missing))
    elif whole:
        yield Phrase("page.who.complete", count=whole)
    else:
        yield Phrase("page.who.nobody")
    if invited:
        yield Phrase("page.who.invited", count=len(invited))


def _held(ask: Asking, spot: Spot) -> tuple[Assignment, ...]:
    register = ask.register
    place = register.territories.get(spot.place_id) or register.frameworks[spot.place_id]
    return tuple(place.assignments)


def _row(reach: Reach, spot: Spot, waiting: Mapping[UUID, Account]) -> PlaceRow:
    ask = reach.ask
    given = reach.roles_at(spot)
    cells = []
    for role in NEEDED:
        ever = [one for one in _held(ask, spot) if one.role == role]
        now = [one for one in ever if one.holds_on(ask.today)]
        people = [one.person_id for one in now if one.person_id not in waiting]
        invited = [one.person_id for one in now if one.person_id in waiting]
        ended = [day for one in ever if (day := one.ended_on or one.ends_on) is not None and day <= ask.today]
        give = None
        if not now and role in given:
            give = Act(Phrase("page.who.invite"), f"{INVITING}?place={spot.place_id}&role={role}")
        cells.append(
            RoleCell(role, _names(ask, people), _names(ask, invited), max(ended) if ended and not now else None, give)
        )
    return PlaceRow(reach.name(spot), home_of_territory(ask, spot.place_id).today, tuple(cells))


def _names(ask: Asking, people: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(ask.person(one) or ask.texts.t("page.erased") for one in dict.fromkeys(people))


def _invited(reach: Reach, waiting: Iterable[Account]) -> Iterator[InvitedRow]:
    """The invitations that nobody accepted, those whose link has ended first."""
    ask = reach.ask
    now = ask.services.clock.now()
    until = ask.services.links.waiting(Purpose.JOIN, now)
    for one in sorted(waiting, key=lambda each: (until.get(each.account_id, each.created_at), each.created_at)):
        last = until.get(one.account_id)
        yield InvitedRow(
            ask.person(one.person_id) or one.login,
            f"{ACCOUNTS}/{one.account_id}",
            role_phrases(reach, one),
            one.created_at,
            last,
            last is not None and last - now < SOON,
        )


def role_phrases(reach: Reach, account: Account) -> tuple[Phrase, ...]:
    """The roles of an account's person, each with its place, said once for a partner's voices."""
    found: dict[tuple[Code, str], None] = {}
    for one in reach.held(account):
        place_id = one.partner_id or one.territory_id
        named = reach.ask.name(place_id) if place_id is not None else ""
        if place_id is None and one.framework_id is not None:
            named = reach.name(Spot(framework_id=one.framework_id))
        found[one.role, named] = None
    roles = tuple(Phrase("page.who.role-at", {"role": role, "place": place}) for role, place in found)
    return (*roles, Phrase("role.ADMINISTRATOR")) if account.is_administrator else roles
