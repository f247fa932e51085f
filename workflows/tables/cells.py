"""Sheets and their cells as the file has them: each value with the formula that made it, or the error that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Final, TypeAlias

Value: TypeAlias = str | float | bool | date | datetime | time | timedelta
Place: TypeAlias = tuple[int, int]
"""A row and a column, both counted from 0."""


LONGEST: Final = 20_000
"""Characters of a cell that are read; one more is kept, to tell that there are more."""

NOT_COMPUTED: Final = "=…"
"""In place of what a formula says that no program ever computed."""


def letters_of(column: int) -> str:
    """The name of a column, as spreadsheets write it: A, Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def name_of(place: Place) -> str:
    """The name of a cell: B14."""
    return f"{letters_of(place[1])}{place[0] + 1}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `formula`: what its value was computed by; `error`: what the spreadsheet shows in place of one."""

    place: Place
    value: Value = ""
    formula: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Where it is: B14."""
        return name_of(self.place)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it that a person would see."""
        return not self.error and isinstance(self.value, str) and not self.value.strip()

    @property
    def shown(self) -> str:
        """What it says, as near to the file as text can be."""
        return self.error or shown(self.value)


def tidied(value: Value) -> Value:
    """Texts without what no person typed: marks of width zero, signs of control, more than a cell of words."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if not isinstance(value, str):
        return value
    return "".join(one for one in value[: LONGEST + 1] if one.isprintable() or one in "\n\t\u00a0\u202f\u2009")


def shown(value: Value) -> str:
    """A value as a French spreadsheet shows it."""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}" if value.time() != time() else f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value).strip()


@dataclass(frozen=True)
class Sheet:
    """One sheet: its grid from A1, what lies behind its cells, the rectangles that were merged."""

    name: str
    grid: tuple[tuple[Value, ...], ...]
    formulas: Mapping[Place, str] = field(default_factory=dict)
    errors: Mapping[Place, str] = field(default_factory=dict)
    merged: tuple[tuple[Place, Place], ...] = ()
    hidden: frozenset[int] = frozenset()
    """Rows that a filter or a person hides; they are read like the others."""

    counts_from_1904: bool = False
    """Whether bare numbers of days are counted from 1904, as some computers did."""

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, self.grid), default=0)

    def cell(self, place: Place) -> Cell:
        """The cell at a place; an empty one beyond the grid."""
        row, column = place
        inside = row < len(self.grid) and column < len(self.grid[row])
        value = self.grid[row][column] if inside else ""
        return Cell(place, value, self.formulas.get(place, ""), self.errors.get(place, ""))

    def row(self, row: int) -> Iterator[Cell]:
        """The cells of a row, from its first."""
        for column in range(self.width):
            yield self.cell((row, column))

    def filled(self, row: int) -> list[Cell]:
        """Those of a row that hold something."""
        return [one for one in self.row(row) if not one.is_empty]


@dataclass(frozen=True)
class Workbook:
    """All visible sheets of a file, and what our own export hid in it (`identity`), empty for any other file."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    identity: Mapping[str, str] = field(default_factory=dict)
    has_comments: bool = False
    """Whether comments hang on its cells: they are not read."""
