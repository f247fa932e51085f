# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The methods over the API: which are published, and one of them whole, as its file says it."""

from typing import Annotated, Any

from fastapi import Path, Request

from api.access import policy, services_of
from api.reading import Asker, opened, reading
from domain.policy import READ_REFERENCE
from projections import which_methods_there_are
from projections.which_partners_and_places_are_known import profile, profiles
from workflows.application import UnknownStream


@policy(READ_REFERENCE)
def methods(request: Request, visitor: Asker) -> Any:
    """The published methods; conventions are counted among those that the key may read."""
    services = services_of(request)
    said = (line.said for line in services.summaries.on_territories(visitor.territories))
    answer = which_methods_there_are.methods(profiles(services.reader.register()), said)
    with reading(request) as connection:
        return opened(request, connection, answer)


@policy(READ_REFERENCE)
def method(
    request: Request,
    name: Annotated[str, Path(max_length=64, description="Le nom de la méthode")],
    version: Annotated[int, Path(ge=1, description="Sa version")],
    visitor: Asker,
) -> Any:
    """One published method, whole."""
    found = profile(services_of(request).reader.register(), name, version)
    if found is None:
        raise UnknownStream(f"{name}@{version}")
    with reading(request) as connection:
        return opened(request, connection, found)
