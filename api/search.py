# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The search over the API: what the key may read and what fits some words, the best of each kind first."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.finding import Hit, Search
from api.reading import LARGEST_PAGE, PAGE, Asker, cursor_of, last_of, reading
from api.schemas import WRITTEN
from domain.policy import READ_CONVENTION
from domain.territories import territory_stream
from domain.values import Code, InvalidValue, PublicName, parse_siren
from projections.engine import Register
from projections.what_is_sought import MOST_TYPED, sought

PLACE_BYTES: Final = 4


@dataclass(frozen=True)
class PlaceFound:
    """A territory in which something was found."""

    territory_id: UUID
    siren: Code
    name: PublicName


@dataclass(frozen=True)
class ThingFound:
    """One thing found. `kind`: territory, partner, framework, sheet, priority, forum, decision or document. `title`:
    its name or title, null once it was erased. `reference`: its id; of a decision, its meeting and its number; of a
    document, the sha256 of its bytes. `codes`: its theme, the kind of its decision, the fact that rests on it."""

    kind: Code
    title: str | None
    reference: str
    on: date | None
    codes: tuple[str, ...]
    beside: tuple[str, ...]
    convention_id: UUID | None
    territories: tuple[PlaceFound, ...]


@dataclass(frozen=True)
class SearchAnswer:
    """A page of what was found, of `total`; `all_read` is false where titles were left unread: ask for one territory.
    `next_cursor` asks for the following page, null at the end."""

    total: int
    all_read: bool
    found: tuple[ThingFound, ...]
    next_cursor: str | None


@policy(READ_CONVENTION)
def search_names(
    request: Request,
    visitor: Asker,
    q: Annotated[
        str,
        Query(min_length=1, max_length=MOST_TYPED, pattern=WRITTEN, description="Des mots, ou leur début; un SIREN"),
    ],
    kind: Annotated[str | None, Query(max_length=20, description="Une seule sorte de choses")] = None,
    siren: Annotated[str | None, Query(description="Le territoire de ce SIREN seulement")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> SearchAnswer:
    """Territories, partners, frameworks, sheets, priorities, forums, decisions and documents that the key may read."""
    services = services_of(request)
    place = territory_stream(parse_siren(siren)) if siren is not None else None
    first = _place_of(cursor)
    with reading(request) as connection:
        search = Search(services, visitor, connection, place)
        found = search.find(sought(q))
        register = services.reader.register(connection)
        hits, last = found.hits if kind is None else found.of(kind), first + limit
        shown = search.titled(hits[first:last])
    following = cursor_of(last.to_bytes(PLACE_BYTES)) if last < len(hits) else None
    return SearchAnswer(len(hits), found.all_read, tuple(_thing(one, register) for one in shown), following)


def _thing(hit: Hit, register: Register) -> ThingFound:
    known = [register.territories[one] for one in hit.territories]
    return ThingFound(
        hit.kind,
        hit.title,
        hit.reference,
        hit.on,
        hit.codes,
        (*hit.beside, *hit.themes),
        hit.convention_id,
        tuple(PlaceFound(one.id, one.siren, one.name) for one in known),
    )


def _place_of(cursor: str | None) -> int:
    """Where the page before ended. Raises `InvalidValue` for a cursor of no page."""
    if cursor is None:
        return 0
    last = last_of(cursor)
    if len(last) != PLACE_BYTES:
        raise InvalidValue("cursor", field="cursor")
    return int.from_bytes(last)
