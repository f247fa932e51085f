"""What money is there? By year, funder and priority: asked, promised, firm, paid, needed and missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import DONE, ActionSheet
from domain.convention.earlier import MONEY, is_unknown, known_since
from domain.convention.priorities import PrioritiesChosen
from domain.money import FIRM, PROMISED
from domain.values import Code, LocalId
from projections.engine import Dossier
from projections.which_money_is_written import Line, Sums, lines, live, sums_of

NOTHING: Final = Code("NOTHING")
OPENS: Final = Code("OPENS")
FASTER: Final = Code("FASTER")
ENDS: Final = Code("ENDS")
STAYS: Final = Code("STAYS")
CLOSES: Final = Code("CLOSES")
UNTOLD: Final = Code("UNTOLD")
"""How means go beside the need: none is promised; less of them for more need; less fast than it; nothing any more in
the last year that needs some; as fast, what lacks stays; what lacks shrinks, or nothing does; nobody can tell."""


@dataclass(frozen=True)
class YearMoney:
    """A year: what there is, what is needed, and what lacks, sheet by sheet: too much for one pays no other.

    `is_known`: whether that is all there was; of a year before a take-over (R34) nobody knows more than is written, nor
    what lacks.
    """

    year: int
    sums: Sums
    need_cents: int
    missing_cents: int
    is_known: bool = True


@dataclass(frozen=True)
class FunderMoney:
    """A partner's money; `late_cents`: firm, of a year that is over, not paid; `to_confirm_cents`: only promised for
    this year or an earlier one."""

    partner_id: UUID
    sums: Sums
    late_cents: int
    late_since: int | None
    to_confirm_cents: int


@dataclass(frozen=True)
class PriorityMoney:
    """A priority, or the plan as a whole (None): what there is, what is needed, year by year, and how the two go."""

    priority_id: LocalId | None
    sums: Sums
    need_cents: int
    years: tuple[YearMoney, ...]
    trend: Code


@dataclass(frozen=True)
class SheetMoney:
    """A sheet of the plan: what it has, what it needs (None: nobody said)."""

    sheet_id: UUID
    priority_id: LocalId
    sums: Sums
    need_cents: int | None
    drafted_on: date


@dataclass(frozen=True)
class Money:
    """All of it; `late_cents`: firm for years that are over, and not paid; `unbound_cents`: firm, of who has not
    signed; `unfunded`: the sheets to which nobody promised anything, the oldest first; `unknown`: those of before a
    take-over (R34) of which nobody knows whether somebody did."""

    total: Sums
    need_cents: int
    missing_cents: int
    late_cents: int
    late_since: int | None
    unbound_cents: int
    years: tuple[YearMoney, ...]
    funders: tuple[FunderMoney, ...]
    priorities: tuple[PriorityMoney, ...]
    sheets: tuple[SheetMoney, ...]
    unfunded: tuple[SheetMoney, ...]
    unknown: tuple[SheetMoney, ...] = ()


def money(dossier: Dossier, today: date) -> Money:
    """What money there is for a convention, as it is known today."""
    known = dossier.once(lines, today)
    sheets = tuple(one for one in dossier.sheets if live(dossier, one))
    needs = {one.id: {each.year: each.amount_cents for each in Funding.of(one).budget} for one in sheets}
    convention = dossier.convention
    since, followed_from = known_since(convention, MONEY), convention.taken_over_on or date.min
    years = _years(known, sheets, needs, since)
    by_sheet = _by_sheet(known)
    told = tuple(_sheet(one, by_sheet.get(one.id, ()), needs) for one in sheets)
    done = {one.id for one in sheets if Progress.of(one).status == DONE}
    lacking = [one for one in told if not one.sums.means_cents and one.sheet_id not in done]
    lacking.sort(key=lambda one: one.drafted_on)
    unknown = tuple(one for one in lacking if is_unknown(convention, MONEY, one.drafted_on))
    late = [one for one in known if _is_late(one, today, followed_from)]
    return Money(
        sums_of(known),
        sum(one.need_cents for one in years),
        sum(one.missing_cents for one in years),
        sum(one.open_cents for one in late),
        min((one.year for one in late), default=None),
        sum(one.open_cents for one in known if one.certainty == FIRM and not one.is_bound),
        years,
        _funders(known, today, followed_from),
        _priorities(dossier, known, sheets, needs, since),
        told,
        tuple(one for one in lacking if one not in unknown),
        unknown,
    )


def _is_late(line: Line, today: date, followed_from: date) -> bool:
    """Firm money of a year that is over since it is followed, that did not come."""
    return line.certainty == FIRM and followed_from.year <= line.year < today.year and line.open_cents > 0


Needs = dict[UUID, dict[int, int]]


def _years(known: Iterable[Line], sheets: Iterable[ActionSheet], needs: Needs, since: date) -> tuple[YearMoney, ...]:
    """Every year from the first to the last of which anything is said; `since`: from when all of it is known."""
    by_year: dict[int, list[Line]] = {}
    for one in known:
        by_year.setdefault(one.year, []).append(one)
    said = by_year.keys() | {year for one in sheets for year in needs[one.id]}
    found = []
    for year in range(min(said), max(said) + 1) if said else ():
        of_year = by_year.get(year, [])
        means = {sheet_id: sums_of(some).means_cents for sheet_id, some in _by_sheet(of_year).items()}
        need = {one.id: needs[one.id].get(year, 0) for one in sheets}
        missing = sum(max(0, cents - means.get(sheet_id, 0)) for sheet_id, cents in need.items())
        is_known = year >= since.year
        found.append(YearMoney(year, sums_of(of_year), sum(need.values()), missing if is_known else 0, is_known))
    return tuple(found)


def _by_sheet(known: Iterable[Line]) -> dict[UUID | None, list[Line]]:
    found: dict[UUID | None, list[Line]] = {}
    for one in known:
        found.setdefault(one.sheet_id, []).append(one)
    return found


def _funders(known: Iterable[Line], today: date, followed_from: date) -> tuple[FunderMoney, ...]:
    """By partner: who is late first, then the largest."""
    by: dict[UUID, list[Line]] = {}
    for one in known:
        by.setdefault(one.partner_id, []).append(one)
    found = []
    for partner_id, own in by.items():
        late = [one for one in own if _is_late(one, today, followed_from)]
        years = range(followed_from.year, today.year + 1)
        past = (one for one in own if one.certainty == PROMISED and one.year in years)
        found.append(
            FunderMoney(
                partner_id,
                sums_of(own),
                sum(one.open_cents for one in late),
                min((one.year for one in late), default=None),
                sum(one.open_cents for one in past),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.late_cents, -one.sums.means_cents, -one.sums.asked_cents)))


def _sheet(sheet: ActionSheet, own: Iterable[Line], needs: Needs) -> SheetMoney:
    need = sum(needs[sheet.id].values()) if needs[sheet.id] else None
    return SheetMoney(sheet.id, sheet.priority_id, sums_of(own), need, sheet.drafted_on)


def _priorities(
    dossier: Dossier, known: tuple[Line, ...], sheets: tuple[ActionSheet, ...], needs: Needs, since: date
) -> tuple[PriorityMoney, ...]:
    """By priority, in the order in which they were chosen, then the plan as a whole."""
    chosen: list[LocalId | None] = [*PrioritiesChosen.of(dossier.convention).ranks]
    named = dict.fromkeys([*chosen, *(one.priority_id for one in known if one.priority_id is not None), None])
    found = []
    for priority_id in named:
        own = tuple(one for one in known if one.priority_id == priority_id)
        under = tuple(one for one in sheets if one.priority_id == priority_id)
        if own or any(needs[one.id] for one in under):
            years = _years(own, under, needs, since)
            need = sum(one.need_cents for one in years)
            found.append(PriorityMoney(priority_id, sums_of(own), need, years, trend_of(years)))
    return tuple(found)


def trend_of(years: Iterable[YearMoney]) -> Code:
    """The scissors: how means went beside the need, from the first to the last year of which a need is said.

    Means follow where they cover the need in the end, or where what is missing of it shrinks.
    """
    told = [one for one in years if one.need_cents and one.is_known]
    if not told:
        return UNTOLD
    first, last = told[0], told[-1]
    if not any(one.sums.means_cents for one in told):
        return NOTHING
    more, means = (last.need_cents - first.need_cents, last.sums.means_cents - first.sums.means_cents)
    if len(told) < 2:
        return UNTOLD
    if more > 0 and means < 0:
        return OPENS
    if not last.sums.means_cents:
        return ENDS
    if more > means:
        return FASTER
    uncovered = last.sums.means_cents < last.need_cents
    return STAYS if uncovered and more == means else CLOSES
