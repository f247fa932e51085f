"""Pages that have not changed are not made again: their ETag says all that they show, and of whom and what they depend.

It is asked before the page is made, in one statement: what is recorded meanwhile gives the page another one next time.
A page that was given once under an ETag may be given again under it, for it holds the reader's session and rights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.access import Visitor, services_of
from api.pages.coming_back import DONE
from workflows.journal import Seen

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
    tag = _tag(request, visitor, _seen(request, visitor.territories, territory_id))
    kept = {"ETag": tag, "Cache-Control": PRIVATE}
    if tag in {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=kept)
    answer = draw()
    if answer.status_code == 200 and "Cache-Control" not in answer.headers:
        answer.headers.update(kept)
    return answer


def _seen(request: Request, readable: Collection[UUID] | None, territory_id: UUID | None) -> Seen:
    reader = services_of(request).reader
    if territory_id is None:
        return reader.seen_on_territories(readable)
    own = reader.seen_of_territory(territory_id)
    return own if readable is not None and len(readable) < 2 else (*own, *reader.seen_on_territories(readable))


def _tag(request: Request, visitor: Visitor, seen: Seen) -> str:
    services = services_of(request)
    roles = sorted(
        (
            one.role,
            *map(_number, (one.territory_id, one.partner_id, one.framework_id)),
            sorted(map(_number, one.follows)),
        )
        for one in visitor.actor.roles
    )
    said = [
        release(),
        request.scope["path"],
        request.scope["query_string"].decode("latin-1"),
        services.clock.today().isoformat(),
        visitor.texts.language,
        str(visitor.actor.actor_id),
        roles,
        visitor.session.csrf_token if visitor.session is not None else "",
        services.base_url,
        services.is_demonstration,
        list(seen),
    ]
    return f'"{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]}"'


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
