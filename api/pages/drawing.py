"""A page of a territory, answered: its own part as it is kept, else drawn, and around it the header of whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.access import Visitor
from api.pages.addresses import Home
from api.pages.asking import Asking
from api.pages.contexts import Message, Status
from api.pages.kept_pages import KeptPages, Shown
from api.pages.rendering import KEPT
from api.pages.shell import content_of, page
from api.pages.territory_bar import among_neighbours, bar_of, is_sure, own_bar
from api.pages.unchanged import rests_on
from domain.kernel import Actor


@dataclass(frozen=True)
class Made:
    """What a page shows: by which template, where its convention has its pages, and how it says that it stands."""

    template: str
    context: object
    home: Home
    status: Status | None = None


Make = Callable[[Asking], Made]


class AskedWhoReads(Exception):
    """What is drawn for all who hold some roles asked which of them reads."""


class _Whoever(Actor):
    """One of those who hold some roles."""

    def __getattribute__(self, name: str) -> Any:
        """Everything but who it is. Raises `AskedWhoReads`."""
        if name == "actor_id":
            raise AskedWhoReads
        return super().__getattribute__(name)


class _Reader(Visitor):
    """A reader who is signed in, in no session in particular."""

    def __getattribute__(self, name: str) -> Any:
        """Everything but the session. Raises `AskedWhoReads`."""
        if name == "session":
            raise AskedWhoReads
        return super().__getattribute__(name)


def answered(
    ask: Asking,
    request: Request,
    territory_id: UUID,
    tab: str,
    make: Make,
    *,
    messages: tuple[Message, ...] = (),
    code: int = 200,
    holds_form: bool = False,
) -> HTMLResponse:
    """The answer, under the `tab` of the bar; one that `holds_form` is drawn each time."""
    visitor = ask.visitor
    shown = _shown(ask, request, territory_id, tab, make) if code == 200 and not holds_form else None
    if shown is not None:
        bar = among_neighbours(ask, territory_id, tab, shown.bar)
        answer = page(request, visitor, KEPT, shown.content, messages=messages, bar=bar)
    else:
        made = make(ask)
        bar = bar_of(ask, territory_id, made.home, tab, made.status)
        answer = page(request, visitor, made.template, made.context, status=code, messages=messages, bar=bar)
    if not is_sure(ask):
        answer.headers["Cache-Control"] = "no-store"  # said otherwise soon, although nothing is recorded
    return answer


def _shown(ask: Asking, request: Request, territory_id: UUID, tab: str, make: Make) -> Shown | None:
    """What the page shows, as it is kept for whoever holds the reader's roles, or for this reader where it tells them
    what is their own; else drawn. None where it is not known what it rests on."""
    rests = rests_on(request, ask.visitor)
    if rests is None:
        return None
    kept: KeptPages = request.app.state.kept_pages
    keys = (rests.key, rests.own_key)
    found = next((one for key in keys if (one := kept.get(key, rests.epoch)) is not None), None)
    if found is not None:
        return found
    for key, reader in zip(keys, (_whoever_holds(ask.visitor), _in_any_session(ask.visitor)), strict=True):
        with suppress(AskedWhoReads):
            drawn = _drawn(Asking(ask.services, reader, ask.connection, ask.today), request, territory_id, tab, make)
            kept.put(key, drawn, rests.epoch)
            return drawn
    return None


def _drawn(ask: Asking, request: Request, territory_id: UUID, tab: str, make: Make) -> Shown:
    made = make(ask)
    content = content_of(request, ask.texts.language, ask.today, made.template, made.context)
    return Shown(content, own_bar(ask, territory_id, made.home, tab, made.status))


def _whoever_holds(visitor: Visitor) -> Visitor:
    whoever = _Whoever(visitor.actor.actor_id, visitor.actor.roles, visitor.actor.is_tool)
    return _Reader(whoever, visitor.texts, None, visitor.partner_id)


def _in_any_session(visitor: Visitor) -> Visitor:
    return _Reader(visitor.actor, visitor.texts, None, visitor.partner_id)
