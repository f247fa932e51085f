"""Cells written as what they are: real dates and numbers, and texts that no spreadsheet takes for a formula."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.tables.fields import AMOUNT, BUDGET, PROGRESS


@dataclass(frozen=True)
class Formats:
    """How the cells of a workbook look."""

    head: Any
    day: Any
    percent: Any
    money: Any
    plain: Any
    wrapped: Any
    locked: Any
    wrong: Any

    def number_of(self, code: str) -> Any:
        """How the numbers of a field look."""
        return {PROGRESS: self.percent, BUDGET: self.money, AMOUNT: self.money}.get(code.partition(".")[0], self.plain)

    @classmethod
    def of(cls, book: Any) -> Formats:
        """Made once for a workbook."""
        return cls(
            book.add_format({"bold": True, "bg_color": "#dbe6f0", "bottom": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
            book.add_format({"num_format": "0%", "valign": "top"}),
            book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            book.add_format({"valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"font_color": "#5a6472", "valign": "top"}),
            book.add_format({"bg_color": "#fdf0c8"}),
        )


def write_cell(sheet: Any, row: int, column: int, value: object, formats: Formats, number: Any = None) -> None:
    """One cell; an empty one is left empty. `number`: how a number looks."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, number)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.day)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value), formats.wrapped)
