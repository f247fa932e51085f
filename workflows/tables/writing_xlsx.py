"""An export as a workbook of Excel. XlsxWriter is loaded when one is made: few processes ever make one."""

from __future__ import annotations

import io
from typing import Any, Final

from workflows.tables.cells import letters_of
from workflows.tables.exporting import Exported, Page
from workflows.tables.fields import IDENTITY, TITLE
from workflows.tables.indicator_fields import INDICATOR
from workflows.tables.opening import IDENTITY as HIDDEN
from workflows.tables.writing import Formats, write_cell

_LISTS: Final = "Listes"
_MANY: Final = 12
"""Columns from which each is narrower."""

_SPARE: Final = 200
"""Rows below the last one that have the lists too: sheets to add."""


def write_xlsx(exported: Exported) -> bytes:
    """Its bytes: a frozen head, closed lists, real dates; texts are never formulas."""
    import xlsxwriter

    packed = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(packed, options) as book:
        formats = Formats.of(book)
        pages = (exported, *exported.annexes)
        sheets = [_page(book, page, formats) for page in pages]
        _lists(book, list(zip(sheets, pages, strict=True)))
        hidden = book.add_worksheet(HIDDEN)
        for number, (key, value) in enumerate(exported.identity.said.items()):
            hidden.write_string(number, 0, key)
            hidden.write_string(number, 1, value)
        hidden.very_hidden()
    return packed.getvalue()


def _page(book: Any, page: Page, formats: Formats) -> Any:
    """One sheet: its head stays in sight, its first column is for the machine."""
    sheet = book.add_worksheet(page.title[:31])
    codes = tuple(page.heads)
    for column, code in enumerate(codes):
        sheet.write_string(0, column, page.heads[code], formats.head)
        width = 48 if code in (TITLE, INDICATOR) else 24 if len(codes) < _MANY else 18
        sheet.set_column(column, column, width, None, {"hidden": code == IDENTITY})
    for number, row in enumerate(page.rows, 1):
        for column, code in enumerate(codes):
            write_cell(sheet, number, column, row.get(code), formats, formats.number_of(code))
    sheet.freeze_panes(1, codes.index(TITLE) + 1)
    sheet.autofilter(0, 0, max(1, len(page.rows)), len(codes) - 1)
    return sheet


def _lists(book: Any, sheets: list[tuple[Any, Page]]) -> None:
    """Closed lists, kept on a sheet of their own: a list inside of a rule holds 255 characters."""
    lists = book.add_worksheet(_LISTS)
    lists.hide()
    place = 0
    for sheet, page in sheets:
        codes = tuple(page.heads)
        for code, names in page.lists.items():
            if not names:
                continue
            lists.write_column(0, place, names)
            letters, column = letters_of(place), codes.index(code)
            source = f"={_LISTS}!${letters}$1:${letters}${len(names)}"
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, column, len(page.rows) + _SPARE, column, rule)
            place += 1
