"""The matrix of several territories: a row for each theme, a column for each territory; narrow, a row a territory.

A cell says how many came, whether the offer and the demand were looked at, and whether the theme is crossed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.lettering import lines_within, width_of
from api.pages.matrix_pieces import (
    HALF,
    LETTER,
    LINE,
    TARGET,
    Badge,
    Half,
    Link,
    Matrix,
    MatrixPicture,
    MatrixRow,
    Pressed,
    Voice,
)
from api.pages.pictures import SHAPES
from api.pages.road_pieces import Word

WIDTH: Final = 1132
NAMES: Final = 172
COLUMN: Final = 80
COLUMNS: Final = (WIDTH - NAMES) // COLUMN
"""How many territories stand beside each other."""
HEAD: Final = 150
ROW: Final = 46

NARROW: Final = 316
SQUARE: Final = 26


@dataclass(frozen=True, slots=True)
class CellAcross:
    """A theme in one territory."""

    status: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class RowAcross:
    """A theme with its cells, in the order of the territories; None where one does not have it."""

    name: str
    cells: tuple[CellAcross | None, ...]


def across(rows: Sequence[RowAcross], territories: Sequence[Link], halves: tuple[str, str]) -> Matrix | None:
    """Both variants; None where no territory has a theme. `halves`: the letters of offer and demand."""
    return Matrix(_wide(rows, territories, halves), _narrow(rows, territories)) if rows and territories else None


def _wide(rows: Sequence[RowAcross], territories: Sequence[Link], letters: tuple[str, str]) -> MatrixPicture:
    heads = tuple(_head(one, NAMES + number * COLUMN) for number, one in enumerate(territories))
    drawn, y = [], float(HEAD)
    for row in rows:
        names = lines_within(row.name, NAMES - 16, LETTER, bold=True)
        height = max(ROW, 16 + LINE * len(names))
        words = [Word(4, y + 20 + LINE * number, text, "start", "label") for number, text in enumerate(names)]
        squares: list[Half] = []
        badges = []
        for number, cell in enumerate(row.cells):
            x = NAMES + number * COLUMN
            if cell is None:
                words.append(Word(x + 55, y + 27, "–", "middle", "when"))
                continue
            words.append(Word(x + 30, y + 20, str(cell.voice.present), "end", "count"))
            badges.append(Badge(x + 20, y + 33, cell.status, SHAPES[cell.status]))
            squares.append(Half(x + 33, y + 11, letters[0], cell.voice.offer))
            squares.append(Half(x + 34 + HALF, y + 11, letters[1], cell.voice.demand))
        drawn.append(MatrixRow(y, height, tuple(words), tuple(squares), tuple(badges), ()))
        y += height
    return MatrixPicture(WIDTH, y + 1, (), tuple(drawn), heads)


def _head(one: Link, x: float) -> Pressed:
    """A name turned by a quarter, from the foot upwards."""
    lines = lines_within(one.text, HEAD - 10, LETTER, bold=True)
    first = x + 59 - LINE * (len(lines) - 1) / 2
    words = tuple(Word(first + LINE * number, HEAD - 6, text, "start", "name") for number, text in enumerate(lines))
    return Pressed(one.href, one.text, x + 14, 2, COLUMN - 12, HEAD - 4, words)


def _narrow(rows: Sequence[RowAcross], territories: Sequence[Link]) -> MatrixPicture:
    drawn, y = [], 0.0
    for place, one in enumerate(territories):
        names = lines_within(one.text, NARROW - 8, LETTER, bold=True)
        top = y + 12 + LINE * len(names)
        own = [(number, cell) for number, row in enumerate(rows, 1) if (cell := row.cells[place]) is not None]
        squares: list[Half] = []
        badges = []
        room = NARROW // (SQUARE * 2)
        for rank, (number, cell) in enumerate(own):
            x, foot = (rank % room) * SQUARE * 2, top + (rank // room) * (SQUARE + 6)
            squares.append(Half(x + 2, foot, str(number), cell.status == "done"))
            badges.append(Badge(x + HALF + 13, foot + 11, cell.status, SHAPES[cell.status]))
        width = max(width_of(text, LETTER, bold=True) for text in names)
        said = tuple(Word(2, y + 20 + LINE * number, text, "start", "name") for number, text in enumerate(names))
        link = Pressed(one.href, one.text, 0, y + 2, width + 6, TARGET + LINE * (len(names) - 1), said)
        height = 12 + LINE * len(names) + (SQUARE + 6) * max(-(-len(own) // room), 1) + 4
        drawn.append(MatrixRow(y, height, (), tuple(squares), tuple(badges), (link,)))
        y += height
    return MatrixPicture(NARROW, y + 1, (), tuple(drawn))
