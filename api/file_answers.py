"""A file kept as evidence, given to who may read where it belongs: as a file to save, never as a page of ours."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response

from api.access import Visitor, services_of
from domain.entitlement import may_see
from domain.policy import READ_CONVENTION
from workflows.application import UnknownStream
from workflows.files import COMMON, NoSuchFile, OpenedFile
from workflows.security import Act, Why, tell

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Whatever a file is and whoever is led to it: no browser runs or shows anything of it here."""


def file_answer(request: Request, visitor: Visitor, sha256: str) -> Response:
    """A kept file. Raises `UnknownStream` where none is kept for this visitor, and `FileLost`."""
    files = services_of(request).files
    names = {place: name for place, name in files.places(sha256).items() if may_open(request, visitor, place)}
    if not names:
        tell(Act.ACCESS, Why.UNSEEN, actor=visitor.actor.actor_id)
        raise UnknownStream(sha256)
    try:
        opened = files.open(sha256, names[min(names)])
    except NoSuchFile:
        raise UnknownStream(sha256) from None
    headers = {**HEADERS, "Content-Disposition": disposition(opened)}
    return Response(opened.data, media_type=opened.kind.media_type, headers=headers)


def may_open(request: Request, visitor: Visitor, place_id: UUID) -> bool:
    """Whether a visitor may read what is recorded where a file belongs.

    What was recorded on a framework is told to those of the territories that it follows, as in their journal.
    """
    if place_id == COMMON:
        return visitor.may_somewhere(READ_CONVENTION)
    visible = visitor.territories
    if visible is None or place_id in visible:
        return True
    framework = services_of(request).reader.register().frameworks.get(place_id)
    if framework is None:
        return False
    return may_see(visitor.actor.roles, None, place_id) or not visible.isdisjoint(framework.territories)


def disposition(opened: OpenedFile) -> str:
    """To be saved under the name that it was given, with the ending of what it is (RFC 6266)."""
    name = f"{opened.name or 'document'}.{opened.kind.ending}"
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
