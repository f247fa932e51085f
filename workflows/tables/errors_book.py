"""The rows that are asked or refused, as a workbook to mend and hand in again: a sheet for each sheet of the file, and
before each row where it stood, what was read, why that is not taken and how it is mended.

XlsxWriter is loaded when a workbook is made: few processes ever make one.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflows.tables.cells import Cell, Value
from workflows.tables.finding import Found
from workflows.tables.identity import Identity
from workflows.tables.opening import IDENTITY as HIDDEN
from workflows.tables.writing import Formats, write_cell


@dataclass(frozen=True)
class ErrorRow:
    """A row that is not taken: in which cells and what they say, why, how it is mended. `filled`: what an empty cell
    said in its place, by column, which the rows above it no longer say here."""

    row: int
    cells: tuple[Cell, ...]
    why: str
    mend: str
    filled: Mapping[int, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class ErrorSheet:
    """The rows of one sheet of the file; `name`: how it is called, for an export is known by it."""

    name: str
    table: Found
    rows: Sequence[ErrorRow]


@dataclass(frozen=True)
class ErrorHeads:
    """The words at the head of what is added."""

    sheet: str
    row: str
    cells: str
    said: str
    why: str
    mend: str

    @property
    def all(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return (self.sheet, self.row, self.cells, self.said, self.why, self.mend)


def errors_workbook(sheets: Sequence[ErrorSheet], heads: ErrorHeads, identity: Identity) -> bytes:
    """Its bytes. The columns of the file follow under their own heads, so that it is read again as it is; what an
    export hid goes with the rows that it is of."""
    import xlsxwriter

    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = Formats.of(book)
        for one in sheets:
            _sheet(book, one, heads, formats)
        if identity.said:
            hidden = book.add_worksheet(HIDDEN)
            for number, (key, value) in enumerate(identity.said.items()):
                hidden.write_string(number, 0, key)
                hidden.write_string(number, 1, value)
            hidden.very_hidden()
    return packed.getvalue()


def _sheet(book: Any, one: ErrorSheet, heads: ErrorHeads, formats: Formats) -> None:
    sheet, table = book.add_worksheet(one.name[:31]), one.table
    columns, added = sorted(table.heads), heads.all
    for place, head in enumerate((*added, *(table.heads[column] for column in columns))):
        sheet.write_string(0, place, head, formats.head)
    for number, row in enumerate(one.rows, 1):
        wrong = {cell.place for cell in row.cells}
        sheet.write_string(number, 0, table.sheet.name)
        sheet.write_number(number, 1, row.row + 1)
        told = (", ".join(cell.name for cell in row.cells), "\n".join(cell.shown for cell in row.cells))
        for place, text in enumerate((*told, row.why, row.mend), 2):
            sheet.write_string(number, place, text, formats.wrapped)
        for place, column in enumerate(columns, len(added)):
            cell = table.cell(row.row, column)
            value = row.filled.get(column, "") if cell.is_empty else cell.error or cell.value
            write_cell(sheet, number, place, value, formats)
            if (row.row, column) in wrong:
                rule = {"type": "formula", "criteria": "=TRUE", "format": formats.wrong}
                sheet.conditional_format(number, place, number, place, rule)
    sheet.freeze_panes(1, 0)
    sheet.set_column(4, 5, 48)
    sheet.set_column(len(added), len(added) + len(columns), 24)
