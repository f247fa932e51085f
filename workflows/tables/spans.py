"""A start and an end that stand in one cell: "2023-2024", "du 1er mars 2024 au 30 juin 2025", "mi-2024"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, TypeAlias

from workflows.tables.cells import Cell
from workflows.tables.days import read_day
from workflows.tables.reading import Choice, Read, asked, refused, sure
from workflows.tables.words import folded

Span: TypeAlias = tuple[date | None, date | None]

_FROM_TO: Final = re.compile(
    r"(?:du|de|entre|des)? ?(?P<a>.*[0-9].*?) ?(?:\bau\b|\ba\b|->|\bet\b| - |>|jusqu au?) ?(?P<b>.*[0-9].*)"
)
_STARTS: Final = re.compile(r"(a partir|a compter|des|depuis|debut|applicable|demarrage|lancement)\b.*")


def read_span(cell: Cell) -> Read[Span]:
    """When an action starts and ends, as far as a cell says it. Of one day alone it is asked which of them it is."""
    if isinstance(cell.value, str):
        said = folded(cell.value)
        if not said:
            return sure(None)
        if (both := _from_to(cell, said)) is not None:
            return both
        only_start = _STARTS.fullmatch(said) is not None
    else:
        only_start = False
    first, last = read_day(cell, ends=False), read_day(cell, ends=True)
    if first.fault is not None or last.fault is not None:
        return refused(str(first.fault or last.fault))
    choices: list[Choice[Span]] = []
    starts, ends = _days(first), _days(last)
    if last.doubt in ("only-year", "span", "only-month", "part-of-year"):
        choices += [_choice(a, b) for a, b in zip(starts, ends, strict=False)]
    choices += [] if only_start else [_choice(None, one) for one in ends]
    choices += [_choice(one, None) for one in starts]
    return asked(str(last.doubt or "one-day"), choices)


def _from_to(cell: Cell, said: str) -> Read[Span] | None:
    """Two whole days, the earlier first."""
    if (match := _FROM_TO.fullmatch(said)) is None:
        return None
    first = read_day(Cell(cell.place, match["a"]), ends=False)
    last = read_day(Cell(cell.place, match["b"]), ends=True)
    if first.is_sure and last.is_sure and first.value and last.value:
        return sure((first.value, last.value)) if first.value <= last.value else refused("span-reversed")
    return None


def _days(read: Read[date]) -> list[date]:
    return [read.value] if read.value else [one.value for one in read.choices if one.value is not None]


def _choice(first: date | None, last: date | None) -> Choice[Span]:
    said = f"{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"
    return Choice(said, (first, last))
