"""Columns of money and of years that no field names by itself: "2025", "Caf 2025", a "Montant" that no funder leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workflows.tables.amounts import read_cents
from workflows.tables.cells import Cell
from workflows.tables.choices import truth_of
from workflows.tables.fields import (
    AMOUNT,
    BUDGET,
    FUNDED_BY,
    FUNDER,
    LEFT_OUT,
    budget_field,
    by_head,
    is_of_indicators,
    ticked_field,
)
from workflows.tables.finding import Found
from workflows.tables.heads import funder_in, may_fund, only_year, tells_of_aid
from workflows.tables.kinds import TableField
from workflows.tables.known import Named
from workflows.tables.names import alike, read_partner
from workflows.tables.reading import NONE
from workflows.tables.words import head_words

_MOSTLY: Final = 0.6
_BARE: Final = frozenset(["", "annee", "an", "exercice", "calendrier", "planning", "periode", "realisation"])
"""What may stand beside the year of a column that says a year and nothing else."""


@dataclass(frozen=True)
class OfMoney:
    """What a column would become, by its head and its cells together; `count`: how many cells speak for it."""

    field: str
    is_sure: bool
    why: str
    count: int = 0


def of_money(table: Found, index: int, found: TableField | None, partners: Sequence[Named]) -> OfMoney | None:
    """A column of money or of a year; None where its head alone says what it is, or nothing does."""
    head = table.heads.get(index, "")
    if found is not None and found.code not in (AMOUNT, FUNDER):
        return None
    if found is not None and found.code == FUNDER:
        return None if _is_followed(table, index) else OfMoney(LEFT_OUT, False, "funder-alone", _filled(table, index))
    year, cells = only_year(head), list(table.column(index))
    amounts = sum(_is_amount(one) for one in cells)
    if found is not None and _is_led(table, index, year):
        return None
    words = funder_in(head)
    aid, called = tells_of_aid(head), bool(alike(words, partners)) or may_fund(words)
    told = called or (aid and (found is not None or year is not None))
    if words and told and (aid or amounts >= _MOSTLY * len(cells)):
        return OfMoney(FUNDED_BY, read_partner(words, partners).is_sure, "funder-in-head", amounts)
    if found is not None:  # an amount of nobody is what the action costs
        return OfMoney(budget_field(year).code if year is not None else BUDGET, False, "amount-alone", amounts)
    return _of_year(table, year, cells, amounts) if year is not None and words in _BARE else None


def _of_year(table: Found, year: int, cells: list[Cell], amounts: int) -> OfMoney | None:
    """A column whose head is a year: a cost, or a tick; beside indicators it may be what is wanted: nobody is asked
    less than that."""
    if not cells:
        return None
    if any(each is not None and is_of_indicators(each) for each in map(by_head, table.heads.values())):
        return OfMoney(LEFT_OUT, False, "year-alone", len(cells))
    ticks = sum(truth_of(one) is not None or _is_mark(one) for one in cells)
    if ticks >= _MOSTLY * len(cells):
        return OfMoney(ticked_field(year).code, False, "ticks", ticks)
    if amounts >= _MOSTLY * len(cells):
        return OfMoney(budget_field(year).code, False, "amounts", amounts)
    return OfMoney(LEFT_OUT, False, "year-alone", len(cells))


def _is_mark(cell: Cell) -> bool:
    return isinstance(cell.value, str) and len(cell.value.strip()) == 1 and not cell.value.strip().isalnum()


def _is_amount(cell: Cell) -> bool:
    read = read_cents(cell)
    return read.fault is None and (read.value is not None or any(one.answer != NONE for one in read.choices))


def _filled(table: Found, index: int) -> int:
    return sum(1 for _ in table.column(index))


def _codes(table: Found) -> list[tuple[int, str]]:
    found = ((index, by_head(table.heads[index])) for index in sorted(table.heads))
    return [(index, one.code) for index, one in found if one is not None]


def _is_followed(table: Found, index: int) -> bool:
    """Whether a column of funders has amounts: the next one before another funder."""
    after = [code for column, code in _codes(table) if column > index and code in (FUNDER, AMOUNT)]
    return bool(after) and after[0] == AMOUNT


def _is_led(table: Found, index: int, year: int | None) -> bool:
    """Whether an amount is that of a column of funders before it: the first one, or one of a year of its own."""
    before = [(column, code) for column, code in _codes(table) if column < index and code in (FUNDER, AMOUNT)]
    if not before or all(code != FUNDER for _, code in before):
        return False
    return before[-1][1] == FUNDER or (year is not None and _has_words_of_amount(table, index))


def _has_words_of_amount(table: Found, index: int) -> bool:
    return not funder_in(table.heads[index]) and head_words(table.heads[index]) != ""
