"""What the questions of the API share: a connection, names, opened texts, cursors, and what may be seen."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request
from sqlalchemy import Connection

from api.access import Visitor, services_of
from api.receiving import admitted
from api.schemas import Id, plain
from domain.values import InvalidValue, Prose
from projections.engine import Dossier, prose_tokens
from workflows.application import UnknownStream
from workflows.texts.rules import NameOf

PAGE = 50
LARGEST_PAGE = 200

Asker = Annotated[Visitor, Depends(admitted)]
ConventionId = Annotated[Id, Path(description="L’identifiant de la convention")]


def names(request: Request) -> NameOf:
    """The official names of partners, territories and communes; what is unknown stays as it is."""
    reader = services_of(request).reader
    return lambda one: reader.register().name_of(one)


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


def about_convention(request: Request, visitor: Visitor, convention_id: UUID) -> Dossier:
    """All that was recorded about a convention that the visitor may read. Raises `UnknownStream` for any other."""
    dossier = services_of(request).reader.dossier(convention_id)
    if dossier is None:
        raise UnknownStream(str(convention_id))
    visitor.look_at(dossier.territory_id)
    return dossier


def cursor_of(last: bytes) -> str:
    return base64.urlsafe_b64encode(last).decode().rstrip("=")


def last_of(cursor: str) -> bytes:
    """What `cursor_of` made a cursor of. Raises `InvalidValue`."""
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (ValueError, binascii.Error) as error:
        raise InvalidValue("cursor", field="cursor") from error
