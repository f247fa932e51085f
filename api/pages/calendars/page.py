"""One's calendars: which addresses are open, when each was last read, a new one, none any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import SIGNED_IN, Visitor, person_allowed, policy, services_of
from api.pages import failures
from api.pages.asking import Asking, asking
from api.pages.calendars.addresses import CALENDAR, CALENDARS, CONVENTION, ENDING
from api.pages.contexts import Phrase
from api.pages.posting import posted
from api.pages.shell import page

MAKE, REVOKE = "make", "revoke"

Person = Annotated[Visitor, Depends(person_allowed)]


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One address: of what, since when, when it was last read."""

    feed_id: str
    of: Phrase
    made_at: datetime
    read: Phrase


@dataclass(frozen=True, slots=True)
class CalendarsPage:
    """``calendars.html``: the addresses that are open. ``href``: that of the one just made, shown once; ``convention``:
    the one that a new address would follow, with the name of its territory."""

    action: str
    rows: tuple[CalendarRow, ...]
    href: str | None = None
    convention: str = ""
    territory: str | None = None


@policy(SIGNED_IN)
def show(request: Request, visitor: Person) -> Response:
    """Which calendars follow what I am in charge of?"""
    with asking(request, visitor) as ask:
        return _page(request, ask, request.query_params.get(CONVENTION, ""))


@policy(SIGNED_IN)
async def act(request: Request) -> Response:
    """Make an address, or take one back."""
    values = dict(await posted(request, most=20))
    return await run_in_threadpool(partial(_act, request, values))


def _act(request: Request, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    services, person_id = services_of(request), visitor.actor.actor_id
    if (taken := _id(values.get(REVOKE, ""))) is not None:
        services.calendar_feeds.revoke(taken, person_id, services.clock.now())
        return RedirectResponse(CALENDARS, 303)
    if MAKE not in values:
        return failures.error_page(request, 400)
    with asking(request, visitor) as ask:
        convention_id = _id(values[MAKE])
        if values[MAKE] and convention_id is None:
            return failures.error_page(request, 400)
        if convention_id is not None:
            ask.dossier(convention_id)  # one that the visitor may read
        token = services.calendar_feeds.make(person_id, convention_id, services.clock.now())
        return _page(request, ask, "", href=f"{services.base_url}{CALENDAR}/{token}{ENDING}")


def _page(request: Request, ask: Asking, convention: str, *, href: str | None = None) -> Response:
    chosen = _id(convention)
    feeds = ask.services.calendar_feeds.of_person(ask.visitor.actor.actor_id)
    now = ask.services.clock.now()
    rows = tuple(
        CalendarRow(str(one.feed_id), _of(ask, one.convention_id), one.made_at, _read(one.read_at, now))
        for one in feeds
    )
    territory = ask.name(ask.dossier(chosen).territory_id) if chosen is not None else None
    context = CalendarsPage(CALENDARS, rows, href, str(chosen) if chosen is not None else "", territory)
    answer = page(request, ask.visitor, "calendars.html", context)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _of(ask: Asking, convention_id: UUID | None) -> Phrase:
    if convention_id is None:
        return Phrase("page.calendars.mine")
    found = ask.dossiers((convention_id,)).get(convention_id)
    if found is None or not ask.visitor.may_here("read-convention", found.territory_id):
        return Phrase("page.calendars.out-of-reach")
    return Phrase("page.calendars.of", {"territory": ask.name(found.territory_id)})


def _read(read_at: datetime | None, now: datetime) -> Phrase:
    """How long ago a program read it, in the largest unit that is at least one."""
    if read_at is None:
        return Phrase("page.calendars.never-read")
    minutes = max(int((now - read_at).total_seconds()) // 60, 0)
    for unit, size in (("days", 1440), ("hours", 60), ("minutes", 1)):
        if minutes >= size:
            return Phrase(f"page.calendars.read-{unit}", {}, minutes // size)
    return Phrase("page.calendars.read-now")


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


ROUTES: Final = (("GET", CALENDARS, show), ("POST", CALENDARS, act))
