# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The action sheets of a convention over the API: filtered, page by page, each whole."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.reading import Asker, ConventionId, about_convention, opened, reading
from domain.action_sheets.state import ACTION_STATUSES
from domain.policy import READ_CONVENTION
from domain.values import InvalidValue
from projections.where_the_plan_stands import LACKS, SheetStanding, sheets

LARGEST_PAGE = 200
PAGE = 50


@dataclass(frozen=True)
class SheetPage:
    """Sheets of a convention, in the order of its priorities, then of their numbers; `next_cursor` asks for the
    following ones, null at the end."""

    sheets: tuple[SheetStanding, ...]
    next_cursor: str | None


@policy(READ_CONVENTION)
def plan_sheets(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    sheet_id: Annotated[UUID | None, Query(description="Cette fiche seulement")] = None,
    status: Annotated[str | None, Query(max_length=20, description="Les fiches dans cet état")] = None,
    priority_id: Annotated[str | None, Query(max_length=64, description="Celles qui servent cette priorité")] = None,
    owner_id: Annotated[UUID | None, Query(description="Celles de ce porteur")] = None,
    theme: Annotated[str | None, Query(max_length=64, description="Celles de ce thème")] = None,
    late: Annotated[bool | None, Query(description="Celles qui sont en retard, ou qui ne le sont pas")] = None,
    silent: Annotated[bool | None, Query(description="Celles dont on est sans nouvelles, ou non")] = None,
    lacks: Annotated[
        list[str] | None, Query(max_length=len(LACKS), description="Celles auxquelles tout cela manque")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[UUID | None, Query(description="La dernière fiche de la page d’avant")] = None,
) -> Any:
    """The action sheets of a convention, each whole: what it says, how it goes, what is late and what it lacks. Their
    order is that of their priorities and numbers: nothing ranks them."""
    if status is not None and status not in ACTION_STATUSES:
        raise InvalidValue("unknown-code", field="status", value=status, allowed=ACTION_STATUSES)
    for one in lacks or ():
        if one not in LACKS:
            raise InvalidValue("unknown-code", field="lacks", value=one, allowed=LACKS)
    dossier = about_convention(request, visitor, convention_id)
    found = [
        one
        for one in sheets(dossier, services_of(request).clock.today())
        if sheet_id in (None, one.sheet_id)
        and status in (None, one.status)
        and (priority_id is None or priority_id in one.priorities)
        and owner_id in (None, one.owner_id)
        and (theme is None or any(each.code == theme for each in one.themes))
        and late in (None, one.is_late)
        and silent in (None, one.is_silent)
        and set(lacks or ()) <= set(one.lacks)
    ]
    if cursor is not None:
        places = [place for place, one in enumerate(found, 1) if one.sheet_id == cursor]
        if not places:
            raise InvalidValue("cursor", field="cursor")
        found = found[places[0] :]
    shown = tuple(found[:limit])
    answer = SheetPage(shown, str(shown[-1].sheet_id) if len(found) > limit else None)
    with reading(request) as connection:
        return opened(request, connection, answer)
