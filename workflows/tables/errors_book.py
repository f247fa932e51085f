"""The rows that are asked or refused, as a workbook to mend and hand in again: what is wrong stands before each row.

XlsxWriter is loaded when a workbook is made: few processes ever make one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.tables.cells import Cell
from workflows.tables.finding import Found
from workflows.tables.writing import Formats, write_cell


@dataclass(frozen=True)
class ErrorRow:
    """A row that is not taken: why, and in which cells."""

    row: int
    why: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ErrorHeads:
    """The words at the head of what is added."""

    sheet: str
    row: str
    why: str
    cells: str


def errors_workbook(table: Found, rows: Sequence[ErrorRow], heads: ErrorHeads) -> bytes:
    """Its bytes. The columns of the file follow under their own heads, so that it is read again as it is."""
    import xlsxwriter

    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = Formats.of(book)
        sheet = book.add_worksheet(heads.sheet)
        columns = sorted(table.heads)
        added = (heads.row, heads.why, heads.cells)
        for place, head in enumerate((*added, *(table.heads[one] for one in columns))):
            sheet.write_string(0, place, head, formats.head)
        for number, one in enumerate(rows, 1):
            sheet.write_number(number, 0, one.row + 1)
            sheet.write_string(number, 1, one.why, formats.wrapped)
            sheet.write_string(number, 2, ", ".join(one.cells))
            for place, column in enumerate(columns, len(added)):
                cell = table.cell(one.row, column)
                write_cell(sheet, number, place, _said(cell), formats)
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 1, 60)
        sheet.set_column(len(added), len(added) + len(columns), 24)
    return packed.getvalue()


def _said(cell: Cell) -> object:
    return cell.error or cell.value
