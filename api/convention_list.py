# No `from __future__ import annotations` here: FastAPI reads the signature of the operation.
"""The list of the conventions that a key may read, with phase and next deadline, page by page."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.reading import LARGEST_PAGE, PAGE, Asker, cursor_of, last_of
from domain.policy import READ_DEPARTMENT
from domain.values import Code, InvalidValue, PublicName, ValidityPeriod, parse_siren
from projections import where_conventions_stand, which_partners_and_places_are_known
from projections.engine import Register
from workflows.summaries import Line

ID_BYTES = 16


@dataclass(frozen=True)
class NextDeadline:
    """The deadline of a convention to look at first: the oldest missed one, else the next to come."""

    deadline: Code
    due_on: date
    state: Code
    days_late: int


@dataclass(frozen=True)
class ConventionLine:
    """One convention in the list, under the SIREN of its territory."""

    convention_id: UUID
    territory_id: UUID
    siren: Code
    territory_name: PublicName
    holder_names: tuple[PublicName, ...]
    period: ValidityPeriod | None
    phase: Code
    since: date | None
    flags: tuple[Code, ...]
    next_deadline: NextDeadline | None


@dataclass(frozen=True)
class ConventionList:
    """A page of conventions; `next_cursor` asks for the following one, null at the end."""

    conventions: tuple[ConventionLine, ...]
    next_cursor: str | None


def line_of(line: Line, register: Register) -> ConventionLine:
    """A convention as the list shows it; of one that cannot be read now, no more than where it is."""
    standing, first = standing_of(line, register), line.said.first_deadline if line.said is not None else None
    late = line.said is not None and line.said.review_is_late
    flags = ((where_conventions_stand.REVIEW_LATE, late), (where_conventions_stand.TO_CHECK, line.to_check))
    return ConventionLine(
        line.convention_id,
        standing.territory_id,
        standing.siren,
        standing.territory_name,
        standing.holder_names,
        standing.period,
        standing.phase,
        standing.since,
        tuple(dict.fromkeys((*standing.flags, *(flag for flag, is_so in flags if is_so)))),
        NextDeadline(first.id, first.due_on, first.state, first.days_late) if first is not None else None,
    )


def standing_of(line: Line, register: Register) -> where_conventions_stand.Standing:
    """Where a convention stands; of one that cannot be read now, no more than where it is."""
    if line.said is not None:
        return line.said.standing
    place = which_partners_and_places_are_known.territory(register, line.territory_id)
    assert place is not None, "a convention is of a territory"
    return where_conventions_stand.untold(place, line.convention_id)


def _last_of_page(cursor: str | None) -> UUID | None:
    """The convention that ended the page before. Raises `InvalidValue` for a cursor of no page."""
    if cursor is None:
        return None
    last = last_of(cursor)
    if len(last) != ID_BYTES:
        raise InvalidValue("cursor", field="cursor")
    return UUID(bytes=last)


@policy(READ_DEPARTMENT)
def conventions(
    request: Request,
    visitor: Asker,
    siren: Annotated[str | None, Query(description="Le territoire de ce SIREN seulement")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> ConventionList:
    """The conventions that the key may read, with phase and next deadline."""
    services = services_of(request)
    wanted = parse_siren(siren) if siren is not None else None
    lines = services.summaries.page(visitor.territories, siren=wanted, after=_last_of_page(cursor), limit=limit + 1)
    if lines is None:
        raise InvalidValue("cursor", field="cursor")
    shown = lines[:limit]
    register = services.reader.register()
    following = cursor_of(shown[-1].convention_id.bytes) if len(lines) > limit else None
    return ConventionList(tuple(line_of(one, register) for one in shown), following)
