"""An export as a workbook of Excel. XlsxWriter is loaded when one is made: few processes ever make one."""

from __future__ import annotations

import io
from typing import Any, Final

from workflows.tables.cells import letters_of
from workflows.tables.exporting import Exported
from workflows.tables.fields import IDENTITY, TITLE
from workflows.tables.opening import IDENTITY as HIDDEN
from workflows.tables.writing import Formats, write_cell

_LISTS: Final = "Listes"
_SPARE: Final = 200
"""Rows below the last one that have the lists too: sheets to add."""


def write_xlsx(exported: Exported) -> bytes:
    """Its bytes: a frozen head, closed lists, real dates; texts are never formulas."""
    import xlsxwriter

    packed = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(packed, options) as book:
        formats = Formats.of(book)
        sheet = book.add_worksheet(exported.title[:31])
        codes = tuple(exported.heads)
        for column, code in enumerate(codes):
            sheet.write_string(0, column, exported.heads[code], formats.head)
            sheet.set_column(column, column, 48 if code == TITLE else 24, None, {"hidden": code == IDENTITY})
        for number, row in enumerate(exported.rows, 1):
            for column, code in enumerate(codes):
                write_cell(sheet, number, column, row.get(code), formats, formats.number_of(code))
        sheet.freeze_panes(1, codes.index(TITLE) + 1)
        sheet.autofilter(0, 0, max(1, len(exported.rows)), len(codes) - 1)
        _lists(book, sheet, exported, codes)
        hidden = book.add_worksheet(HIDDEN)
        for number, (key, value) in enumerate(exported.identity.said.items()):
            hidden.write_string(number, 0, key)
            hidden.write_string(number, 1, value)
        hidden.very_hidden()
    return packed.getvalue()


def _lists(book: Any, sheet: Any, exported: Exported, codes: tuple[str, ...]) -> None:
    """Closed lists, kept on a sheet of their own: a list inside of a rule holds 255 characters."""
    lists = book.add_worksheet(_LISTS)
    lists.hide()
    for place, (code, names) in enumerate(exported.lists.items()):
        if not names:
            continue
        lists.write_column(0, place, names)
        letters, column = letters_of(place), codes.index(code)
        source = f"={_LISTS}!${letters}$1:${letters}${len(names)}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, column, len(exported.rows) + _SPARE, column, rule)
