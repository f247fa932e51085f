"""From tables to recognised sheets: heading, kind, columns, the year it is about, and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workflows.territory_files.columns import COLUMNS, FileKind, fold, known_titles, matches, titles_of
from workflows.territory_files.facts import LineVerdict
from workflows.territory_files.tables import FileRefused, Row, Table, open_tables

HEADING_DEPTH = 20
"""Exports from spreadsheets put a title above the heading; it is looked for in that many rows."""

RECOGNISABLE = 3
"""A row with fewer known column titles than that is no heading."""

KEY_DIGITS = 5
"""A cell with fewer digits is neither a SIREN nor the code of a commune, even a damaged one."""

FEW_CELLS = 2
"""A note fills that many cells at most."""

_FIRST_OF_JANUARY = re.compile(r"\b(?:0?1[/.-]0?1[/.-]|1er\s+janvier\s+)(20\d\d)\b", re.IGNORECASE)
_YEAR_OF_COLUMN = re.compile(r"p(?:mun|tot)_(20\d\d)")
_UNDER_A_TABLE = re.compile(r"\W*(?:sources?|totaux|total|ensemble|notes?|champs?|lecture|france)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A table whose kind and columns are known. `titles` are its own, for the messages.

    `year`: its figures and perimeters are those of 1 January of that year, where it says so.
    """

    file: str
    kind: FileKind
    heading_line: int
    width: int
    places: Mapping[str, int]
    titles: Mapping[str, str]
    rows: tuple[Row, ...]
    above: tuple[Row, ...]
    below: tuple[Row, ...] = ()
    typed: bool = False
    year: int | None = None
    remark: LineVerdict | None = None


@dataclass(frozen=True)
class _Heading:
    """A row that may be the heading, read with one separator as one kind of file."""

    separator: str
    row: Row
    kind: FileKind
    known: int

    @property
    def rank(self) -> tuple[int, int]:
        """More known columns first; between equals, the kind with fewer columns left to find."""
        return self.known, self.known - len(COLUMNS[self.kind])


def open_sheets(file: str, data: bytes) -> list[Sheet]:
    """Recognise what a file holds by its headings, never by its name. Raises `FileRefused`."""
    tables = open_tables(file, data)
    found = [(table, heading) for table in tables if (heading := _find_heading(table)) is not None]
    if not found:
        expected = {kind.value: titles_of(kind) for kind in FileKind}
        raise FileRefused([LineVerdict(file, 1, "refused", "unknown-file", expected)])
    return [_open(table, heading) for table, heading in found]


def _find_heading(table: Table) -> _Heading | None:
    candidates: list[_Heading] = []
    for separator in table.separators:
        try:
            for row in islice(table.rows(separator), HEADING_DEPTH):
                titles = [fold(cell) for cell in row.cells]
                candidates += [_Heading(separator, row, kind, known_titles(kind, titles)) for kind in FileKind]
        except FileRefused:
            continue  # quotes that make no sense with this separator may with another; the chosen one is read again
    best = max(candidates, key=lambda heading: heading.rank, default=None)
    return best if best is not None and best.known >= RECOGNISABLE else None


def _open(table: Table, heading: _Heading) -> Sheet:
    line, cells = heading.row.line, heading.row.cells
    places = _places(table, heading)
    rows = tuple(table.rows(heading.separator))
    above = tuple(row for row in rows if row.line < line)
    data, below = _cut(tuple(row for row in rows if row.line > line), places)
    return Sheet(
        file=table.name,
        kind=heading.kind,
        heading_line=line,
        width=len(cells),
        places=places,
        titles={field: cells[place].strip() for field, place in places.items()},
        rows=data,
        above=above,
        below=below,
        typed=table.typed,
        year=_year((fold(cell) for cell in cells), above),
        remark=table.remark,
    )


def _places(table: Table, heading: _Heading) -> dict[str, int]:
    line, cells = heading.row.line, heading.row.cells
    folded = [fold(cell) for cell in cells]
    places: dict[str, int] = {}
    problems: list[LineVerdict] = []
    for column in COLUMNS[heading.kind]:
        found = matches(column, folded)
        if len(found) > 1:
            titles = ", ".join(cells[place].strip() for place in found)
            problems.append(LineVerdict(table.name, line, "refused", "repeated-column", {"columns": titles}))
        elif found:
            places[column.field] = found[0]
        elif column.required:
            parameters = {"column": column.title, "expected": titles_of(heading.kind)}
            problems.append(LineVerdict(table.name, line, "refused", "missing-column", parameters))
    if problems:
        raise FileRefused(problems)
    return places


def _year(titles: Iterable[str], above: Sequence[Row]) -> int | None:
    """The year of the columns of populations, else the 1 January that the title names."""
    told = {int(found[1]) for title in titles if (found := _YEAR_OF_COLUMN.fullmatch(title))}
    if not told:
        told = {int(year) for row in above for cell in row.cells for year in _FIRST_OF_JANUARY.findall(cell)}
    return told.pop() if len(told) == 1 else None


def _cut(rows: tuple[Row, ...], places: Mapping[str, int]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of the table, and those under it: totals, source, notes, and the blank lines between them."""
    end = len(rows)
    while end and (rows[end - 1].blank or _is_under(rows[end - 1], places)):
        end -= 1
    if all(row.blank for row in rows[end:]):
        end = len(rows)  # blank lines at the end are told as such
    while end < len(rows) and rows[end].blank:
        end += 1  # those before the first remark are blank lines of the table
    return rows[:end], rows[end:]


def _is_under(row: Row, places: Mapping[str, int]) -> bool:
    """Whether a last row speaks of no EPCI and no commune: a damaged line of data is not mistaken for a note."""

    def has_key(field: str) -> bool:
        place = places.get(field, len(row.cells))
        return place < len(row.cells) and sum(map(str.isdigit, row.cells[place])) >= KEY_DIGITS

    first = next(cell for cell in row.cells if cell.strip())
    if _UNDER_A_TABLE.match(first):
        return not has_key("epci_siren")
    filled = sum(bool(cell.strip()) for cell in row.cells)
    return filled <= FEW_CELLS and not has_key("epci_siren") and not has_key("insee")


def around_data(sheet: Sheet) -> Iterator[LineVerdict]:
    """What is said of the file itself, and of the lines that are no data: under the table one remark for all."""
    if sheet.remark is not None:
        yield sheet.remark
    for row in sheet.above:
        yield LineVerdict(sheet.file, row.line, "ignored", "above-heading")
    if sheet.below:
        text = " ".join(cell.strip() for cell in sheet.below[0].cells if cell.strip())
        parameters: dict[str, str | int] = {"count": len(sheet.below), "text": text[:80]}
        yield LineVerdict(sheet.file, sheet.below[0].line, "notice", "below-table", parameters)
