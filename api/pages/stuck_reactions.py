"""What the engine could not record by itself: since when, why, what mends it, and the button that tries again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.pages import failures
from api.pages.addresses import TERRITORY
from api.pages.asking import Asking, asking
from api.pages.contexts import NavItem, Phrase
from api.pages.people.tabs import STUCK, tabs
from api.pages.posting import posted
from api.pages.shell import page
from domain.policy import MANAGE_ACCOUNTS
from workflows.reactions import Reactions
from workflows.reactions.stuck import REFUSED, Stuck
from workflows.texts.rules import explain

Administrator = Annotated[Visitor, Depends(person_allowed)]

ALL: Final = "tout"


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One thing that waits: what, about which territory, why, and what mends it."""

    stuck_id: UUID
    what: Phrase
    place: str
    href: str | None
    why: tuple[str, ...]
    remedies: tuple[str, ...]
    since: datetime
    tried_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class StuckPage:
    """``stuck-reactions.html``: what waits, the oldest first."""

    tabs: tuple[NavItem, ...]
    answer: Phrase
    rows: tuple[StuckRow, ...]
    action: str
    all: str


@policy(MANAGE_ACCOUNTS)
def show(request: Request, visitor: Administrator) -> Response:
    """What does not follow by itself, and why?"""
    with asking(request, visitor) as ask:
        stuck = _reactions(request).stuck.all()
        places = _places(ask, stuck)
        rows = tuple(_row(ask, one, places.get(one.convention_id)) for one in stuck)
        answer = Phrase("page.stuck.answer", count=len(rows))
        return page(request, visitor, "stuck-reactions.html", StuckPage(tabs(visitor, STUCK), answer, rows, STUCK, ALL))


@policy(MANAGE_ACCOUNTS)
async def act(request: Request) -> Response:
    """Try again one of them, or all."""
    values = dict(await posted(request, most=5))
    return await run_in_threadpool(_act, request, values)


def _act(request: Request, values: Mapping[str, str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    wanted = values.get("stuck", "")
    try:
        chosen = None if wanted == ALL else {UUID(wanted)}
    except ValueError:
        return failures.error_page(request, 400)
    _reactions(request).retry(chosen)
    return RedirectResponse(STUCK, 303)


def _reactions(request: Request) -> Reactions:
    services = services_of(request)
    return Reactions(services.steering, services.summaries, services.clock)


def _places(ask: Asking, stuck: Iterable[Stuck]) -> dict[UUID, UUID]:
    """The territory of each convention: also of one that cannot be read."""
    heads = ask.services.reader.journal.heads(ask.connection, {one.convention_id for one in stuck})
    return {one.stream_id: one.territory_id for one in heads if one.territory_id is not None}


def _row(ask: Asking, one: Stuck, territory_id: UUID | None) -> StuckRow:
    t = ask.texts.t
    said = [explain(ask.texts, rule, ask.name) for rule in one.rules]
    if one.why == REFUSED and said:
        why, remedies = tuple(each.text for each in said), tuple(each.remedy for each in said)
    else:
        why, remedies = (t(f"stuck.why.{one.why}"),), (t(f"stuck.remedy.{one.why}"),)
    home = ask.register.territories.get(territory_id) if territory_id is not None else None
    return StuckRow(
        one.stuck_id,
        Phrase(f"reaction.{one.reaction or 'unknown'}"),
        home.name if home is not None else str(one.convention_id),
        f"{TERRITORY}/{home.siren}" if home is not None else None,
        why,
        remedies,
        one.since,
        one.tried_at,
        one.attempts,
    )
