"""Workbooks as territories keep them, made with all their mess."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import xlsxwriter

from workflows.tables.columns import propose
from workflows.tables.finding import Found, tables_of
from workflows.tables.known import KnownPlan, Named
from workflows.tables.opening import open_workbook
from workflows.tables.taken import Mapped, Taken
from workflows.tables.taking import take

HEAD = ("Axe", "Intitulé de l’action", "Pilote", "Date de début", "Échéance")
CAF, CIAS, MSA = (str(UUID(int=number)) for number in (11, 12, 13))
EARLY, YOUTH = "p1", "p2"
PLAN = KnownPlan(
    UUID(int=1),
    UUID(int=2),
    date(2023, 1, 1),
    date(2027, 12, 31),
    (Named(EARLY, "Petite enfance"), Named(YOUTH, "Aller vers les jeunes")),
    (
        Named(CAF, "Caisse d’allocations familiales du Gers"),
        Named(CIAS, "CIAS du Val de Gers"),
        Named(MSA, "MSA Midi-Pyrénées Sud"),
    ),
    (),
)


def xlsx(
    rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]] = (), name: str = "Actions"
) -> bytes:
    """A workbook of one sheet; a text that begins with "=" is a formula, a pair is a formula and its last value."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet("Actions")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(number, column, value[0], None, value[1])
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value != "":
                    sheet.write(number, column, value)
        for first_row, first_column, last_row, last_column in merged:
            sheet.merge_range(
                first_row, first_column, last_row, last_column, rows[first_row][first_column], book.add_format()
            )
    return packed.getvalue()


def table(data: bytes) -> Found:
    """The table of a file."""
    return tables_of(open_workbook("plan.xlsx", data).sheets)[0]


def taken(data: bytes, answers: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None) -> Taken:
    """Its rows, under the columns that are proposed."""
    found = table(data)
    columns = {one.index: one.field for one in propose(found) if one.field}
    return take(found, PLAN, Mapped(columns, answers or {}, typed or {}))
