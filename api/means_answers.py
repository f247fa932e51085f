# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""Pledges and lines of money over the API: filtered, a page at a time, in an order that nothing changes but facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Path, Query, Request

from api.access import policy, services_of
from api.finding import visible_framework
from api.reading import LARGEST_PAGE, PAGE, Asker, ConventionId, about_convention, cursor_of, last_of, opened, reading
from api.schemas import Id
from domain.money import CERTAINTIES
from domain.pledges.pledge import PLEDGE_KINDS
from domain.policy import READ_CONVENTION
from domain.values import Code, InvalidValue
from projections import what_was_pledged, which_claims_are_due, which_money_is_written
from projections.what_was_pledged import STATES, PledgeTold
from projections.what_was_pledged_to_a_framework import FrameworkPledgeTold, framework_pledges
from projections.which_claims_are_due import CLAIM_STATES, ClaimTold
from projections.which_money_is_written import Line
from workflows.application import UnknownStream

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=200)]
ByPartner = Annotated[Id | None, Query(description="Le partenaire")]


@dataclass(frozen=True)
class Pledges:
    """A page of pledges, the late ones first; `next_cursor` asks for the following one, null at the end."""

    pledges: tuple[PledgeTold, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class FrameworkPledgeList:
    """A page of pledges to a framework, the late ones first; `next_cursor` asks for the following one, null at the
    end."""

    pledges: tuple[FrameworkPledgeTold, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class MoneyLines:
    """A page of lines of money: those of the sheets, then those of the pledges."""

    lines: tuple[Line, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class ClaimsDue:
    """A page of claims, the late ones first; `stream_id` of each is the calendar in which it is stated and sent."""

    claims: tuple[ClaimTold, ...]
    next_cursor: str | None


@policy(READ_CONVENTION)
def pledges_made(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    partner_id: ByPartner = None,
    kind: Annotated[str | None, Query(max_length=20, description="La nature du moyen promis")] = None,
    state: Annotated[str | None, Query(max_length=20, description="Où en est la promesse")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """What partners pledged, whom it binds, what became of it."""
    one_of(kind, PLEDGE_KINDS, "kind")
    one_of(state, STATES, "state")
    dossier = about_convention(request, visitor, convention_id)
    known = what_was_pledged.pledges(dossier, services_of(request).clock.today())
    kept = [
        one
        for one in known
        if (partner_id is None or partner_id in one.partners)
        and (kind is None or one.kind == kind)
        and (state is None or one.state == state)
    ]
    page, following = page_of(kept, lambda one: str(one.pledge_id), limit, cursor)
    with reading(request) as connection:
        return opened(request, connection, Pledges(page, following))


@policy(READ_CONVENTION)
def pledged_to_framework(
    request: Request,
    framework_id: Annotated[Id, Path(description="La convention-cadre")],
    visitor: Asker,
    partner_id: ByPartner = None,
    state: Annotated[str | None, Query(max_length=20, description="Où en est la promesse")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """What partners pledged to a framework, for which territories, whom it binds, what became of it."""
    one_of(state, STATES, "state")
    register = services_of(request).reader.register()
    if framework_id not in register.frameworks or not visible_framework(visitor, register, framework_id):
        raise UnknownStream(str(framework_id))
    known = framework_pledges(register, framework_id, services_of(request).clock.today())
    kept = [
        one
        for one in known
        if (partner_id is None or partner_id in one.partners) and (state is None or one.state == state)
    ]
    page, following = page_of(kept, lambda one: one.pledge_id, limit, cursor)
    with reading(request) as connection:
        return opened(request, connection, FrameworkPledgeList(page, following))


@policy(READ_CONVENTION)
def claims_due(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    partner_id: Annotated[Id | None, Query(description="L’opérateur ou le financeur")] = None,
    year: Annotated[int | None, Query(ge=2000, le=2099, description="L’année du financement")] = None,
    state: Annotated[str | None, Query(max_length=20, description="Où en est la demande")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """What each operator is to send to its funders, by when, and what was sent."""
    one_of(state, CLAIM_STATES, "state")
    dossier = about_convention(request, visitor, convention_id)
    known = which_claims_are_due.claims(dossier, services_of(request).clock.today())
    kept = [
        one
        for one in known
        if (partner_id is None or partner_id in (one.operator_id, one.funder_id))
        and (year is None or one.year == year)
        and (state is None or one.state == state)
    ]
    page, following = page_of(kept, lambda one: one.claim_id, limit, cursor)
    with reading(request) as connection:
        return opened(request, connection, ClaimsDue(page, following))


@policy(READ_CONVENTION)
def money_lines(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    partner_id: ByPartner = None,
    sheet_id: Annotated[Id | None, Query(description="La fiche")] = None,
    year: Annotated[int | None, Query(ge=2000, le=2099, description="L’année")] = None,
    certainty: Annotated[str | None, Query(max_length=20, description="La certitude de la ligne")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Any:
    """Every line of money, of sheets and of pledges: no euro is in two of them."""
    one_of(certainty, CERTAINTIES, "certainty")
    dossier = about_convention(request, visitor, convention_id)
    known = which_money_is_written.lines(dossier, services_of(request).clock.today())
    kept = [
        one
        for one in known
        if (partner_id is None or one.partner_id == partner_id)
        and (sheet_id is None or one.sheet_id == sheet_id)
        and (year is None or one.year == year)
        and (certainty is None or one.certainty == certainty)
    ]
    page, following = page_of(kept, _named, limit, cursor)
    with reading(request) as connection:
        return opened(request, connection, MoneyLines(page, following))


def _named(one: Line) -> str:
    """What tells a line from the others."""
    place: UUID | None = one.sheet_id or one.pledge_id
    return f"{place}:{one.line_id or f'{one.partner_id}:{one.year}'}"


def one_of(given: str | None, known: Sequence[Code], field: str) -> None:
    """Raise `InvalidValue`: a filter by what does not exist would hide everything."""
    if given is not None and given not in known:
        raise InvalidValue("unknown-code", field=field, value=given, allowed=tuple(known))


def page_of(
    kept: Sequence[T], named: Callable[[T], str], limit: int, cursor: str | None
) -> tuple[tuple[T, ...], str | None]:
    """What follows the one that ended the page before. Raises `InvalidValue` for the cursor of another list."""
    first = 0
    if cursor is not None:
        last = last_of(cursor)
        place = next((at for at, one in enumerate(kept) if named(one).encode() == last), None)
        if place is None:
            raise InvalidValue("cursor", field="cursor")
        first = place + 1
    page = tuple(kept[first : first + limit])
    more = first + limit < len(kept)
    return page, cursor_of(named(page[-1]).encode()) if more else None
