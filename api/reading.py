"""What the questions of the API share: a connection, names, opened texts, cursors, and what may be seen."""

import base64
import binascii
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request
from sqlalchemy import Connection

from api.access import Visitor, services_of
from api.receiving import admitted
from api.schemas import Id, plain
from domain.values import InvalidValue, Prose
from projections import (
    where_conventions_stand,
    which_partners_and_places_are_known,
)
from projections.engine import prose_tokens
from workflows.application import UnknownStream

PAGE = 50
LARGEST_PAGE = 200

Asker = Annotated[Visitor, Depends(admitted)]
ConventionId = Annotated[Id, Path(description="L’identifiant de la convention")]


def names(request: Request) -> Callable[[UUID], str]:
    """The official names of partners and territories, read once for a request; an unknown id stays an id."""
    known: dict[UUID, str] = {}

    def name_of(one: UUID) -> str:
        if not known:
            with services_of(request).engine.connect() as connection:
                for partner in which_partners_and_places_are_known.partners(connection, None):
                    known[partner.partner_id] = partner.name
                for territory in which_partners_and_places_are_known.territories(connection, None):
                    known[territory.territory_id] = territory.name
        return known.get(one, str(one))

    return name_of


@contextmanager
def reading(request: Request) -> Iterator[Connection]:
    """A connection that only reads."""
    with services_of(request).engine.connect() as connection:
        yield connection


def opened(request: Request, connection: Connection, answer: Any) -> Any:
    """An answer as plain data, its free texts opened with one query."""
    texts = services_of(request).vault.open_texts(prose_tokens(answer), connection)

    def text_of(prose: Prose) -> str | None:
        return texts[prose.token] if prose.token is not None else prose.text

    return plain(answer, text_of)


def about_convention(connection: Connection, visitor: Visitor, convention_id: UUID) -> UUID:
    """The territory of a convention that the visitor may read. Raises `UnknownStream` for any other."""
    territory_id = where_conventions_stand.territory_of(connection, convention_id)
    if territory_id is None:
        raise UnknownStream(str(convention_id))
    visitor.look_at(territory_id)
    return territory_id


def cursor_of(last: bytes) -> str:
    return base64.urlsafe_b64encode(last).decode().rstrip("=")


def last_of(cursor: str) -> bytes:
    """What `cursor_of` made a cursor of. Raises `InvalidValue`."""
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (ValueError, binascii.Error) as error:
        raise InvalidValue("cursor", field="cursor") from error
