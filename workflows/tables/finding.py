"""Where the table is in a sheet: titles above its head, hints below it, rows that group or sum up, notes at its foot.

What is passed over is said with its reason; nothing is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from workflows.tables.cells import Cell, Sheet
from workflows.tables.fields import PRIORITY, TITLE, by_head
from workflows.tables.heads import only_year
from workflows.tables.words import folded, head_words

_HEAD_WITHIN: Final = 40
"""Rows at the top of a sheet among which its head is looked for."""

_HEADS_BESIDE: Final = 3
"""Columns at the left of a sheet in which heads may stand one under the other."""

_TURNED: Final = 3
"""Fields whose heads stand so from which a sheet is one that was turned."""

_MOST_HINTS: Final = 3
_HINT: Final = re.compile(
    r"champ (texte|numerique|date|liste|binaire|libre)|saisi(r|ssez)|choisi(r|ssez)|indique[rz] |creez |utilisez"
    r"|texte (court|libre)|jj/mm|ces informations (devront|seront)|ce champ |obligatoire|facultatif|liste deroulante"
    r"|exemple ?:|ex ?: |ex\. "
)
_GROUP: Final = re.compile(r"(axe|orientation|priorite|objectif|volet|enjeu|thematique|defi|ambition)s?\b.*")
_TOTAL: Final = re.compile(r"(sous[ -]?)?total(aux)?\b.*|montant total.*|ensemble|somme")
_NOTE: Final = re.compile(r"(\(?\*+\)?|nota\b|nb\b|n\.b\.|source |legende|mise a jour|version\b).*")


class Passed(Enum):
    """Why a row is no row of the table."""

    ABOVE = "above"
    HINT = "hint"
    GROUP = "group"
    TOTAL = "total"
    HEAD_AGAIN = "head-again"
    NOTE = "note"


@dataclass(frozen=True)
class Found:
    """A table: its head by column, its rows by number from 0, what groups each, and the rows that are passed over."""

    sheet: Sheet
    head_row: int
    heads: Mapping[int, str]
    rows: tuple[int, ...]
    groups: Mapping[int, Cell]
    passed: Mapping[int, Passed]
    known_heads: int
    lower: Mapping[int, str] = field(default_factory=dict)
    """The second line of a head on two lines."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell of a row; of a rectangle that was merged downwards, what its first cell says."""
        own = self.sheet.cell((row, column))
        if not own.is_empty:
            return own
        for (top, left), (bottom, right) in self.sheet.merged:
            if left <= column <= right and self.head_row < top <= row <= bottom and left == right:
                return self.sheet.cell((top, left))
        return own

    @property
    def hidden(self) -> tuple[int, ...]:
        """Its rows that nobody sees in the file."""
        return tuple(row for row in self.rows if row in self.sheet.hidden)

    def column(self, column: int) -> Iterator[Cell]:
        """The filled cells of a column, in the order of the rows."""
        for row in self.rows:
            cell = self.sheet.cell((row, column))
            if not cell.is_empty:
                yield cell


def is_turned(sheet: Sheet) -> bool:
    """Whether heads stand one under the other, in a column: a table that was turned, or a form for each action."""
    rows = range(min(_HEAD_WITHIN, len(sheet.grid)))
    columns = range(min(_HEADS_BESIDE, sheet.width))
    down = max((_known([sheet.cell((row, column)) for row in rows]) for column in columns), default=0)
    across = max((_known(sheet.filled(row)) for row in rows), default=0)
    return down >= _TURNED and down > across


def _known(cells: list[Cell]) -> int:
    """How many fields some heads name."""
    return len({one.code for cell in cells if (one := by_head(cell.shown)) is not None})


def find_table(sheet: Sheet) -> Found | None:
    """The table of a sheet, None when there is none."""
    best, known = -1, 0
    for row in range(min(_HEAD_WITHIN, len(sheet.grid))):
        count = _known(sheet.filled(row))
        if count > known:
            best, known = row, count
    if known < 2:
        best = _likely_head(sheet)
    if best < 0:
        return None
    heads, last, lower = _heads(sheet, best)
    return replace(_rows(sheet, best, last, heads, known), lower=lower)


def tables_of(sheets: tuple[Sheet, ...]) -> list[Found]:
    """The tables of a file, the one that looks most like a plan first."""
    found = [one for sheet in sheets if (one := find_table(sheet)) is not None and one.rows]
    return sorted(found, key=lambda one: (-one.known_heads, -len(one.rows)))


def with_axes(table: Found, is_axis: Callable[[str], bool]) -> Found:
    """The same, where rows that say nothing but the name of an axis in the column of titles lead those below them."""
    titled = {
        column for column, head in table.heads.items() if (one := by_head(head)) is not None and one.code == TITLE
    }
    groups, passed, rows = dict(table.groups), dict(table.passed), []
    axis: Cell | None = None
    for row in table.rows:
        cells = table.sheet.filled(row)
        if len(cells) == 1 and cells[0].place[1] in titled and is_axis(cells[0].shown):
            axis, passed[row] = cells[0], Passed.GROUP
            continue
        rows.append(row)
        if axis is not None:
            groups.setdefault(row, axis)
    return replace(table, rows=tuple(rows), groups=groups, passed=passed) if axis is not None and rows else table


def _likely_head(sheet: Sheet) -> int:
    """The first row of several texts that is followed by another row of the same width or so."""
    for row in range(min(_HEAD_WITHIN, len(sheet.grid) - 1)):
        cells = sheet.filled(row)
        if len(cells) > 1 and all(isinstance(one.value, str) for one in cells) and sheet.filled(row + 1):
            return row
    return -1


def _heads(sheet: Sheet, row: int) -> tuple[dict[int, str], int, dict[int, str]]:
    """The words at the head of each column, and the last row that they take: a head may stand on two rows."""
    heads = {cell.place[1]: cell.shown for cell in sheet.filled(row)}
    wide = [(a, b) for a, b in sheet.merged if a[0] <= row <= b[0] and b[1] > a[1]]
    below = {cell.place[1]: cell.shown for cell in sheet.filled(row + 1)}
    if not wide and _is_second_line(heads, below):
        lead = ""
        for column in range(max((*heads, *below)) + 1):
            lead = heads.get(column, lead)
            if column in below:
                heads[column] = f"{lead} {below[column]}".strip()
        return heads, row + 1, below
    below = below if wide else {}
    if below and all(any(a[1] <= column <= b[1] for a, b in wide) for column in below):
        for (_, left), (_, right) in wide:
            above = heads.get(left, "")
            for column in range(left, right + 1):
                if column in below:
                    heads[column] = f"{above} {below[column]}".strip()
        return heads, row + 1, below
    return heads, row, {}


def _is_second_line(heads: Mapping[int, str], below: Mapping[int, str]) -> bool:
    """Whether the row below a head goes on with it: years and words of heads, some of them under a head that spreads
    to the right over columns without a head of their own."""
    spread = [column for column in below if column not in heads and any(one < column for one in heads)]
    words = all(by_head(one) is not None or only_year(one) is not None for one in below.values())
    return bool(spread) and words and len(below) < len(heads) + len(spread)


def _rows(sheet: Sheet, head_row: int, last_head: int, heads: Mapping[int, str], known: int) -> Found:
    by_code = {
        code: [column for column, head in heads.items() if (one := by_head(head)) is not None and one.code == code]
        for code in (TITLE, PRIORITY)
    }
    passed: dict[int, Passed] = {row: Passed.ABOVE for row in range(head_row) if sheet.filled(row)}
    rows: list[int] = []
    groups: dict[int, Cell] = {}
    group: Cell | None = None
    for row in range(last_head + 1, len(sheet.grid)):
        cells = sheet.filled(row)
        if not cells:
            continue
        if row <= last_head + _MOST_HINTS and not rows and _is_hint(cells):
            passed[row] = Passed.HINT
        elif (why := _passed_over(sheet, cells, heads, by_code)) is not None:
            passed[row] = why
            group = cells[-1] if why is Passed.GROUP else group
        else:
            rows.append(row)
            if group is not None:
                groups[row] = group
    for row in sorted(passed, reverse=True):  # what would be an axis, and leads no row, is a note
        if rows and row < rows[-1]:
            break
        if passed[row] is Passed.GROUP:
            passed[row] = Passed.NOTE
    return Found(sheet, head_row, heads, tuple(rows), groups, passed, known)


def _is_hint(cells: list[Cell]) -> bool:
    hints = sum(_HINT.search(folded(one.shown)) is not None for one in cells)
    return hints * 3 >= len(cells)


def _passed_over(
    sheet: Sheet, cells: list[Cell], heads: Mapping[int, str], by_code: Mapping[str, list[int]]
) -> Passed | None:
    first = folded(cells[0].shown)
    if _TOTAL.fullmatch(first):
        return Passed.TOTAL
    if len(cells) > 1 and all(head_words(heads.get(one.place[1], "")) == head_words(one.shown) for one in cells):
        return Passed.HEAD_AGAIN
    titled = any(one.place[1] in by_code[TITLE] for one in cells)
    if len(cells) == 1 and not titled and _NOTE.fullmatch(first):
        return Passed.NOTE
    if by_code[TITLE] and not titled and all(one.place[1] in by_code[PRIORITY] for one in cells):
        return Passed.GROUP
    if len(cells) == 1:
        row, column = cells[0].place
        spread = any(a == (row, column) and b[1] - a[1] > 1 for a, b in sheet.merged)
        if spread or _GROUP.fullmatch(first):
            return Passed.GROUP
    return None
