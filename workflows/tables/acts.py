"""Which acts record what a row says: the ordinary ones of sheets, as any door sends them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias
from uuid import UUID

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.funding import EstimateBudget
from domain.action_sheets.scheduling import AssignActionOwner, ScheduleAction
from domain.kernel import Command
from domain.money import YearAmount
from domain.values import Code, Prose
from workflows.tables.fields import (
    AMOUNT,
    BUDGET,
    BUDGET_YEAR,
    BY_YEARS,
    CERTAINTY,
    COMMUNES,
    DESCRIPTION,
    ENDS,
    FUNDER,
    FUNDING,
    HUMAN_MEANS,
    LIFE_STAGES,
    LINKS,
    MATERIAL_MEANS,
    MOTIVE,
    NUMBER,
    OBJECTIVE,
    OWNER,
    PARTNERS,
    PRIORITY,
    PROGRESS,
    PUBLIC,
    RISKS,
    STARTS,
    STATUS,
    STRATEGIC,
    TITLE,
    year_of_budget,
)
from workflows.tables.indicator_acts import pledged, revised
from workflows.tables.indicator_fields import CHANGE_MOTIVE
from workflows.tables.known import KnownPlan, KnownSheet

Act: TypeAlias = Command

SAID_IN_WORDS: Final = (DESCRIPTION, STRATEGIC, OBJECTIVE, PUBLIC, HUMAN_MEANS, MATERIAL_MEANS)
_TOLD: Final = (PARTNERS, *SAID_IN_WORDS, LIFE_STAGES, COMMUNES, LINKS, RISKS)
_DESCRIBED: Final = (NUMBER, *_TOLD)
_NEEDED: Final = (BUDGET, BUDGET_YEAR)
_FOLLOWED: Final = (STATUS, PROGRESS, MOTIVE)
FIELDS_GIVEN: Final = (NUMBER, TITLE, PRIORITY, OWNER, STARTS, ENDS, *_FOLLOWED, *_TOLD)
"""The fields of the table that is given to edit; what an action costs follows, year by year."""


def fields_taken(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are compared with what is recorded, and that acts record; those of years are what a row says."""
    return (*FIELDS_GIVEN, *_NEEDED, *(one for one in values if year_of_budget(one) is not None), FUNDING)


def acts_of_new(values: Mapping[str, Any], plan: KnownPlan, sheet_id: UUID, language: str) -> tuple[Act, ...]:
    """A sheet that is not recorded yet: written down, then said more of, then how it stands."""
    starts, ends = _period(values, {})
    drafted = DraftActionSheet(
        stream_id=sheet_id,
        convention_id=plan.convention_id,
        home_territory_id=plan.territory_id,
        priority_id=plan.priority(values[PRIORITY]),
        title=Prose(values[TITLE]),
        owner_id=UUID(values[OWNER]) if values.get(OWNER) else None,
        starts_on=starts,
        ends_on=ends,
    )
    more = {code: values[code] for code in _DESCRIBED if values.get(code) is not None}
    return (
        drafted,
        *_described(more, plan, sheet_id),
        *_needed(values, {}, sheet_id),
        *_funded(values, sheet_id, language),
        *_followed(values, {}, sheet_id),
    )


def acts_of_changed(
    changed: Mapping[str, Any], row: Mapping[str, Any], plan: KnownPlan, known: KnownSheet, language: str
) -> tuple[Act, ...]:
    """What a row says otherwise than what is recorded; `row`: all that it says."""
    more = {code: value for code, value in changed.items() if code not in _APART and year_of_budget(code) is None}
    acts = list(_described(more, plan, known.sheet_id))
    if OWNER in changed:
        acts.append(AssignActionOwner(stream_id=known.sheet_id, owner_id=UUID(changed[OWNER])))
    if STARTS in changed or ENDS in changed:
        starts, ends = _period(changed, known.values)
        if starts is not None and ends is not None:
            acts.append(ScheduleAction(stream_id=known.sheet_id, starts_on=starts, ends_on=ends))
    acts += _needed(changed, known.values, known.sheet_id)
    acts += _funded(row, known.sheet_id, language) if FUNDING in changed else ()
    return (*acts, *_followed(changed, known.values, known.sheet_id))


_APART: Final = frozenset((OWNER, STARTS, ENDS, FUNDING, *_NEEDED, *_FOLLOWED))


def _period(values: Mapping[str, Any], known: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """The days of an action as they would be."""
    return values.get(STARTS) or known.get(STARTS), values.get(ENDS) or known.get(ENDS)


def _described(more: Mapping[str, Any], plan: KnownPlan, sheet_id: UUID) -> tuple[Act, ...]:
    if not more:
        return ()
    said: dict[str, Any] = {code: Prose(more[code]) for code in (TITLE, *SAID_IN_WORDS) if code in more}
    return (
        DescribeActionSheet(
            stream_id=sheet_id,
            number=more.get(NUMBER),
            priority_id=plan.priority(more[PRIORITY]) if PRIORITY in more else None,
            contributor_ids=tuple(map(UUID, more.get(PARTNERS, ()))),
            life_stages=more.get(LIFE_STAGES, ()),
            communes=tuple(map(Code, more.get(COMMUNES, ()))),
            links=tuple(map(Prose, more.get(LINKS, ()))),
            risks=tuple(map(Prose, more.get(RISKS, ()))),
            **said,
        ),
    )


def _needed(values: Mapping[str, Any], known: Mapping[str, Any], sheet_id: UUID) -> tuple[Act, ...]:
    """What the action costs, year by year, or in the one year that was said."""
    said = {year: cents for code, cents in values.items() if (year := year_of_budget(code)) is not None}
    if said:
        before = {year: cents for code, cents in known.items() if (year := year_of_budget(code)) is not None}
        return (_estimated({**before, **said}, sheet_id),)
    untold = values.get(BUDGET) is None and values.get(BUDGET_YEAR) is None
    if untold or known.get(BY_YEARS):  # told year by year, it is changed there
        return ()
    amount, year = values.get(BUDGET, known.get(BUDGET)), values.get(BUDGET_YEAR) or known.get(BUDGET_YEAR)
    if amount is None or year is None:  # a year alone says nothing of money
        return ()
    return (_estimated({year: amount}, sheet_id),)


def _estimated(by_year: Mapping[int, int | None], sheet_id: UUID) -> Act:
    years = tuple(YearAmount(year, cents) for year, cents in sorted(by_year.items()) if cents is not None)
    return EstimateBudget(stream_id=sheet_id, budget=years)


def _funded(row: Mapping[str, Any], sheet_id: UUID, language: str) -> tuple[Act, ...]:
    """Who brings how much, in which year and how sure: a new line, or one that is said otherwise."""
    found: list[Act] = []
    for one in row.get(FUNDING, ()):
        said = {FUNDER: one.partner, BUDGET_YEAR: one.year, AMOUNT: one.amount, CERTAINTY: one.certainty}
        if one.revises is not None:
            found.append(revised(one.revises, {**said, CHANGE_MOTIVE: row[CHANGE_MOTIVE]}, language))
        else:
            found.append(pledged(said, sheet_id))
    return tuple(found)


def _followed(values: Mapping[str, Any], known: Mapping[str, Any], sheet_id: UUID) -> tuple[Act, ...]:
    """How it stands, where anything of it is said."""
    if not any(values.get(code) is not None for code in _FOLLOWED):
        return ()
    status = values.get(STATUS) or known.get(STATUS)
    if status is None:  # a reason alone says nothing of how it stands
        return ()
    progress = values.get(PROGRESS)
    motive = values.get(MOTIVE) or known.get(MOTIVE)
    return (
        ReportActionStatus(
            stream_id=sheet_id,
            status=status,
            progress_percent=known.get(PROGRESS) if progress is None and STATUS not in values else progress,
            motive=Prose(motive) if motive else None,
        ),
    )
