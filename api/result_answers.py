# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""Results over the API: indicators, measures and what users say, filtered and by pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.reading import LARGEST_PAGE, PAGE, Asker, ConventionId, about_convention, cursor_of, last_of, opened, reading
from api.schemas import WRITTEN, Day, Id
from domain.indicators.indicator import FATES
from domain.indicators.terms import KINDS
from domain.policy import READ_CONVENTION
from domain.values import InvalidValue
from projections.how_far_a_target_is import STATES
from projections.what_users_say import SatisfactionTold, satisfaction
from projections.which_actions_are_not_measured import without_indicator
from projections.which_targets_are_reached import IndicatorTold, MeasureTold, indicators

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=64)]
Word = Annotated[str | None, Query(max_length=20, pattern=WRITTEN)]
OneT = TypeVar("OneT")


@dataclass(frozen=True)
class IndicatorList:
    """A page of indicators, what is to be looked at first; `next_cursor` asks for the following one, null at the end.
    `sheets_without_indicator`: the actions that nobody measures."""

    indicators: tuple[IndicatorTold, ...]
    sheets_without_indicator: tuple[UUID, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class MeasureList:
    """A page of measures, by indicator and by day; `next_cursor` asks for the following one, null at the end."""

    measures: tuple[MeasureTold, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class SatisfactionList:
    """A page of questions asked of users, the latest first; `next_cursor` asks for the following one."""

    satisfaction: tuple[SatisfactionTold, ...]
    next_cursor: str | None


@policy(READ_CONVENTION)
def indicator_list(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    state: Annotated[Word, Query(description="Ceux qui en sont là seulement (LATE, AWAY, REACHED…)")] = None,
    kind: Annotated[Word, Query(description="REALISATION ou RESULT")] = None,
    sheet_id: Annotated[Id | None, Query(description="Ceux de cette fiche seulement")] = None,
    owner_id: Annotated[Id | None, Query(description="Ceux dont ce partenaire tient la donnée seulement")] = None,
    seen_on: Annotated[
        Day | None, Query(description="Ce que savait un comité tenu ce jour ; le dernier sans cela")
    ] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """The indicators of a convention: where each stands, its values, what the committee saw."""
    _known("state", state, STATES)
    _known("kind", kind, KINDS)
    dossier = about_convention(request, visitor, convention_id)
    today: date = services_of(request).clock.today()
    found = [
        one
        for one in indicators(dossier, today, seen_on)
        if (state is None or one.state == state)
        and (kind is None or one.terms.kind == kind)
        and (sheet_id is None or sheet_id in one.terms.sheet_ids)
        and (owner_id is None or one.terms.owner_id == owner_id)
    ]
    shown, following = _page(found, lambda one: one.indicator_id, cursor, limit)
    answer = IndicatorList(shown, without_indicator(dossier), following)
    with reading(request) as connection:
        return opened(request, connection, answer)


@policy(READ_CONVENTION)
def measure_list(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    indicator_id: Annotated[Id | None, Query(description="Celles de cet indicateur seulement")] = None,
    fate: Annotated[Word, Query(description="STANDS, PROPOSED, REVISED ou REFUSED")] = None,
    since: Annotated[Day | None, Query(description="Celles qui disent une valeur de ce jour ou d’après")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """Every measure ever said, and what became of it: kept, waiting, revised, refused."""
    _known("fate", fate, FATES)
    dossier = about_convention(request, visitor, convention_id)
    found = [
        each
        for one in indicators(dossier, services_of(request).clock.today())
        if indicator_id in (None, one.indicator_id)
        for each in one.measures
        if fate in (None, each.fate) and (since is None or each.about >= since)
    ]
    shown, following = _page(found, lambda one: one.event_id, cursor, limit)
    with reading(request) as connection:
        return opened(request, connection, MeasureList(shown, following))


@policy(READ_CONVENTION)
def satisfaction_list(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    sheet_id: Annotated[Id | None, Query(description="Ce qui est dit de cette fiche seulement")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """What users said; of a few answers only how many."""
    dossier = about_convention(request, visitor, convention_id)
    found = [one for one in satisfaction(dossier) if sheet_id is None or sheet_id in one.sheet_ids]
    shown, following = _page(found, lambda one: one.satisfaction_id, cursor, limit)
    with reading(request) as connection:
        return opened(request, connection, SatisfactionList(shown, following))


def _known(field: str, value: str | None, allowed: Sequence[str]) -> None:
    if value is not None and value not in allowed:
        raise InvalidValue("unknown-code", field=field, value=value, allowed=tuple(allowed))


def _page(
    found: Sequence[OneT], id_of: Callable[[OneT], UUID], cursor: str | None, limit: int
) -> tuple[tuple[OneT, ...], str | None]:
    """The page after the one that a cursor ended, and the cursor of the next. Raises `InvalidValue` where what ended it
    is in the list no more."""
    first = 0
    if cursor is not None:
        last = last_of(cursor)
        places = [place for place, one in enumerate(found) if id_of(one).bytes == last]
        if not places:
            raise InvalidValue("cursor", field="cursor")
        first = places[0] + 1
    shown = tuple(found[first : first + limit])
    return shown, cursor_of(id_of(shown[-1]).bytes) if first + limit < len(found) else None
