"""Pages that have not changed are not made again: their ETag says all that they show, and of whom and what they depend.

It is asked before the page is made, in one statement: what is recorded meanwhile gives the page another one next time.
A page that was given once under an ETag may be given again under it, for it holds the reader's session and rights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection

from api.access import Visitor, reader_of, services_of
from api.pages.coming_back import DONE
from workflows.journal import Seen, epoch_in

PRIVATE: Final = "private, no-cache"
"""Kept by the reader's own browser, which asks each time whether it still holds."""

_INSTALLED: Final = Path(__file__).resolve().parents[2]
_SHOWN: Final = tuple(_INSTALLED / package for package in ("api", "domain", "projections", "workflows"))
_KINDS: Final = (".py", ".html", ".po", ".css", ".js")


def unless_unchanged(
    request: Request, visitor: Visitor, draw: Callable[[], Response], *, territory_id: UUID | None = None
) -> Response:
    """The page, or word that the one which the browser kept still holds (304).

    `territory_id`: the territory it is about, beside what its bar says of the others that the visitor may read; without
    one, it is about all of these. A page with a message is drawn, and kept nowhere.
    """
    if DONE in request.query_params:
        return draw()
    return _unless_seen(request, visitor, _seen(request, visitor.territories, territory_id), draw)


def unless_unchanged_there(request: Request, territory_id: UUID, draw: Callable[[Visitor], Response]) -> Response:
    """The same for a page of a territory and whoever asks for it: who they are and what there is to be seen are asked
    on one connection. Raises as `person_allowed` does."""
    seen = None
    with reader_of(request) as (visitor, connection):
        if DONE not in request.query_params:
            seen = _seen(request, visitor.territories, territory_id, connection)
    return draw(visitor) if seen is None else _unless_seen(request, visitor, seen, lambda: draw(visitor))


def _unless_seen(request: Request, visitor: Visitor, seen: Seen, draw: Callable[[], Response]) -> Response:
    request.state.seen = seen
    tag = _tag(request, visitor, seen)
    kept = {"ETag": tag, "Cache-Control": PRIVATE}
    if tag in {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=kept)
    answer = draw()
    if answer.status_code == 200 and "Cache-Control" not in answer.headers:
        answer.headers.update(kept)
    return answer


@dataclass(frozen=True)
class Standing:
    """What the own part of a page rests on, as it was before it was drawn: `key` differs when anything of it does, who
    reads apart, and `own_key` for each reader; `epoch`: of the vault, and the backup that the store was put back from.
    """

    key: bytes
    own_key: bytes
    epoch: str


def rests_on(request: Request, visitor: Visitor) -> Standing | None:
    """What the page of a territory that is being drawn rests on; None for one that is drawn whatever was seen."""
    seen: Seen | None = getattr(request.state, "seen_here", None)
    if seen is None:
        return None
    said = [*_for_roles(request, visitor), list(seen)]
    return Standing(_key(request, said), _key(request, [*said, str(visitor.actor.actor_id)]), epoch_in(seen))


def header_rests_on(request: Request, visitor: Visitor) -> bytes | None:
    """What the figures of the header rest on: the roles of the reader, the day, and what was seen of all that they may
    read, before anything was drawn; None where nothing was."""
    seen: Seen | None = getattr(request.state, "seen", None)
    if seen is None:
        return None
    return _key(request, [services_of(request).clock.today().isoformat(), _roles(visitor), list(seen)])


def _key(request: Request, said: list[object]) -> bytes:
    """What names something kept in this process, of the store that it reads."""
    return hashlib.sha256(json.dumps([*said, services_of(request).reader.forgotten]).encode()).digest()


def _seen(
    request: Request,
    readable: Collection[UUID] | None,
    territory_id: UUID | None,
    connection: Connection | None = None,
) -> Seen:
    reader = services_of(request).reader
    if territory_id is None:
        return reader.seen_on_territories(readable, connection)
    request.state.seen_here = own = reader.seen_of_territory(territory_id, connection)
    if readable is not None and len(readable) < 2:
        return own
    return (*own, *reader.seen_on_territories(readable, connection))


def _tag(request: Request, visitor: Visitor, seen: Seen) -> str:
    session = visitor.session.csrf_token if visitor.session is not None else ""
    said = [*_for_roles(request, visitor), str(visitor.actor.actor_id), session, list(seen)]
    return f'"{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]}"'


def _for_roles(request: Request, visitor: Visitor) -> list[object]:
    """What a page depends on beside what is recorded, and beside who reads."""
    services = services_of(request)
    return [
        release(),
        request.scope["path"],
        request.scope["query_string"].decode("latin-1"),
        services.clock.today().isoformat(),
        visitor.texts.language,
        _roles(visitor),
        services.base_url,
        services.is_demonstration,
    ]


def _roles(visitor: Visitor) -> Sequence[object]:
    """All roles of a reader with their places, in one order."""
    return sorted(
        [
            one.role,
            *map(_number, (one.territory_id, one.partner_id, one.framework_id)),
            sorted(map(_number, one.follows)),
        ]
        for one in visitor.actor.roles
    )


def _number(some_id: UUID | None) -> int:
    """An id as it is sorted and written fastest: an adviser holds a role on each of many territories."""
    return some_id.int if some_id is not None else 0


@cache
def release() -> str:
    """A fingerprint of all that makes a page: code, templates, words."""
    sources = hashlib.sha256()
    for file in sources_of_pages():
        sources.update(file.read_bytes())
    return sources.hexdigest()[:16]


def sources_of_pages() -> list[Path]:
    """All files that a page is made of."""
    return sorted(file for folder in _SHOWN for file in folder.rglob("*") if file.suffix in _KINDS)
