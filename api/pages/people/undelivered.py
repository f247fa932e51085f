"""The letters that were given up: the worst first, why in plain words, and sent again by a press.

`ctg letter` asks the same question. Letters that wait or were withdrawn are counted: nobody has to do anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.pages import failures
from api.pages.asking import Asking, asking
from api.pages.contexts import NavItem, Phrase
from api.pages.people.tabs import LETTERS, tabs
from api.pages.posting import posted
from api.pages.shell import page
from domain.policy import MANAGE_ACCOUNTS
from workflows.delivery.causes import cause
from workflows.delivery.outbox import Counted, Kept, NotDead, counted, dead_letters, retry_dead

Administrator = Annotated[Visitor, Depends(person_allowed)]

RESEND: Final = "renvoyer"
ALL: Final = "tous"
SHOWN: Final = 8
"""Letters that are seen at once; the others are folded."""
_LATE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class UndeliveredRow:
    """A letter given up: of which kind, to whom (``None``: forgotten), about which territory, since when and why."""

    message_id: UUID
    kind: Phrase
    to: str | None
    territory: str | None
    since: datetime
    attempts: int
    why: str


@dataclass(frozen=True, slots=True)
class UndeliveredPage:
    """``undelivered.html``: the letters given up, the worst first, some of them folded."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    first: tuple[UndeliveredRow, ...]
    others: tuple[UndeliveredRow, ...]
    action: str


@policy(MANAGE_ACCOUNTS)
def show(request: Request, visitor: Administrator) -> Response:
    """Who was not written to, and why?"""
    with asking(request, visitor) as ask:
        return _page(ask, request)


@policy(MANAGE_ACCOUNTS)
async def act(request: Request) -> Response:
    """Send a letter again, or all of them; each is weighed again before it leaves."""
    values = dict(await posted(request, most=20))
    return await run_in_threadpool(_act, request, values)


def _act(request: Request, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    services = services_of(request)
    if values.get("act") != RESEND:
        return failures.error_page(request, 400)
    asked = values.get("letter", "")
    try:
        wanted = [one.message_id for one in dead_letters(services.engine)] if asked == ALL else [UUID(asked)]
    except ValueError:
        return failures.error_page(request, 400)
    for message_id in wanted:
        with suppress(NotDead):  # somebody pressed twice, or another administrator was faster: it waits already
            retry_dead(services.engine, message_id, services.clock.now())
    return RedirectResponse(LETTERS, 303)


def _page(ask: Asking, request: Request) -> Response:
    services = ask.services
    letters = dead_letters(services.engine)
    ask.meet({one.person_id for one in letters})
    rows = tuple(_row(ask, one) for one in letters)
    counts = counted(services.engine, services.clock.now() - _LATE)
    context = UndeliveredPage(
        tabs=tabs(ask.visitor, LETTERS),
        answer=tuple(_answer(counts, sends=services.sends_mail)),
        first=rows[:SHOWN],
        others=rows[SHOWN:],
        action=LETTERS,
    )
    return page(request, ask.visitor, "undelivered.html", context)


def _answer(counts: Counted, *, sends: bool) -> Iterator[Phrase]:
    yield Phrase("page.letters.given-up", count=counts.given_up)
    if not sends:
        yield Phrase("page.letters.no-server")
    if counts.waiting:
        yield Phrase("page.letters.waiting", count=counts.waiting)
    if counts.overdue and sends:
        yield Phrase("page.letters.overdue", count=counts.overdue)
    if counts.withdrawn:
        yield Phrase("page.letters.withdrawn", count=counts.withdrawn)


def _row(ask: Asking, one: Kept) -> UndeliveredRow:
    return UndeliveredRow(
        one.message_id,
        Phrase(f"cli.letter.kind.{one.kind}"),
        ask.person(one.person_id),
        ask.name(one.territory_id) if one.territory_id is not None else None,
        one.since,
        one.attempts,
        cause(ask.texts, one.why),
    )


ROUTES: Final = (("GET", LETTERS, show), ("POST", LETTERS, act))
