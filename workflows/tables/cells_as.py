"""A cell read as what its column means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from domain.action_sheets.numbering import before_name, is_number
from domain.values import Code
from workflows.tables.amounts import read_cents, read_count
from workflows.tables.cells import Cell
from workflows.tables.choices import read_certainty, read_percent, read_status
from workflows.tables.closed_words import read_stages, read_truth, read_word
from workflows.tables.days import read_day
from workflows.tables.fields import FUNDER, STARTS, TITLE
from workflows.tables.figures import read_value
from workflows.tables.kinds import Kind, TableField
from workflows.tables.known import KnownPlan
from workflows.tables.names import read_communes, read_partner, read_partners, read_priority
from workflows.tables.reading import Choice, Read, asked, refused, sure
from workflows.tables.spans import read_span

LONGEST_TITLE: Final = 500
_BULLETS: Final = re.compile(r"(?m)^\s*(?:[-–•·*]|[0-9]{1,2}[.)])\s*\S")
"""Lines of a cell that begin as those of a list do."""

_READERS: Final[Mapping[Kind, Callable[[Cell], Read[Any]]]] = {
    Kind.SPAN: read_span,
    Kind.MONEY: read_cents,
    Kind.COUNT: read_count,
    Kind.STATUS: read_status,
    Kind.PERCENT: read_percent,
    Kind.CERTAINTY: read_certainty,
    Kind.VALUE: read_value,
    Kind.TRUTH: read_truth,
    Kind.STAGES: read_stages,
}


def read_as(field: TableField, cell: Cell, plan: KnownPlan) -> Read[Any]:
    """What a cell says under a field; partners and priorities are those of a convention."""
    kind = field.kind
    if kind is Kind.DAY:
        return read_day(cell, ends=field.code != STARTS)
    if kind is Kind.PARTNER:
        found = read_partner(cell.shown, plan.partners)
        of_money = field.code == FUNDER and found.doubt == "several-owners"
        return replace(found, doubt=Code("several-funders")) if of_money else found
    if kind is Kind.PARTNERS:
        return read_partners(cell.shown, plan.partners)
    if kind is Kind.PRIORITY:
        return read_priority(cell.shown, plan.priorities)
    if kind is Kind.COMMUNES:
        return read_communes(cell.shown, plan.communes)
    if kind is Kind.WORD:
        return read_word(field.code, cell)
    if kind is Kind.NUMBER:
        return _number(cell)
    if kind is Kind.LINES:
        return sure(lines_in(cell.shown) or None)
    if kind is Kind.TEXT:
        return _text(cell, is_title=field.code == TITLE)
    return _READERS[kind](cell)


def lines_in(text: str) -> tuple[str, ...]:
    """The texts of a cell that holds one under the other, their dashes and dots taken away; each once."""
    found = (re.sub(r"\s+", " ", one).strip(" -–•·*\t") for one in re.split(r"\n|;|•|·", text))
    return tuple(dict.fromkeys(one for one in found if one))


def _text(cell: Cell, *, is_title: bool) -> Read[str]:
    """Words, on one line in a title."""
    said = cell.shown
    if is_title and len(_BULLETS.findall(said)) > 1:
        whole = re.sub(r"\s+", " ", said).strip()
        return asked("several-titles", [Choice("whole", whole)]) if len(whole) <= LONGEST_TITLE else refused("too-long")
    if is_title:
        said = re.sub(r"\s+", " ", said).strip()
        if len(said) > LONGEST_TITLE:
            return refused("too-long")
    return sure(said or None)


def _number(cell: Cell) -> Read[str]:
    """A number as people write it; where a spreadsheet made a date of "1.3" it is asked which it was."""
    if isinstance(cell.value, date):
        day, month = cell.value.day, cell.value.month
        return asked("number-as-day", [Choice(one, one) for one in (f"{day}.{month}", f"{month}.{day}")])
    if isinstance(cell.value, float) and not cell.value.is_integer():
        return sure(repr(cell.value))
    said = re.sub(r"\s+", " ", cell.shown).strip(" .")
    short = before_name(said) if is_number(said) else None
    if short is not None:  # a number names nobody
        return asked("number-words", [Choice(short, short)] if is_number(short) else [])
    return sure(said) if is_number(said) else refused("no-number")
