"""Whatever is handed in ends in rows that are read, asked or refused, or in a refusal of the file; never in a fault."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables.books import HEAD, PLAN, xlsx
from tests.tables.test_round_trip import exported, plan_of, sheet
from workflows.tables.columns import propose
from workflows.tables.comparing import Judged, judge
from workflows.tables.errors_book import ErrorHeads, ErrorRow, ErrorSheet, errors_workbook
from workflows.tables.finding import Found, tables_of
from workflows.tables.identity import Identity
from workflows.tables.opening import open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.taken import Mapped
from workflows.tables.taking import take
from workflows.tables.writing_ods import write_ods

GOOD = xlsx([HEAD, *(("Petite enfance", f"Action {n}", "Caf", "mi-2024", 46022) for n in range(5))])
SHEETS = (GOOD, write_ods(exported(plan_of(sheet(1), sheet(2)))), b"Axe;Action;Pilote\nPetite enfance;A;Caf\n")
WRITTEN = st.one_of(
    st.text(max_size=30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(["mi-2024", "2023-2024", "Entre 200 et 500", "50 000 € / an", "", "Total", "Axe 1", "31/02/2024"]),
)


def looked_at(data: bytes) -> tuple[Found, list[Judged]] | None:
    """What comes of a file, None where it is refused."""
    try:
        workbook = open_workbook("plan.xlsx", data)
        Identity(workbook.identity).require_from(PLAN)
    except TableRefused:
        return None
    tables = tables_of(workbook.sheets)
    if not tables:
        return None
    columns = propose(tables[0])
    mapped = Mapped({one.index: one.field for one in columns if one.field})
    return tables[0], judge(take(tables[0], PLAN, mapped), PLAN, mapped)


def damaged(data: bytes, seed: int) -> bytes:
    """A file with some of its bytes changed, cut short, or with a part that says something else."""
    chance = random.Random(seed)
    kind = chance.randrange(4)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1 and data.startswith(b"PK"):
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
            changed = chance.choice(before.namelist())
            for name in before.namelist():
                content = bytearray(before.read(name))
                if name == changed and content:
                    for _ in range(chance.randrange(1, 9)):
                        content[chance.randrange(len(content))] = chance.randrange(256)
                if name != changed or kind == 1:
                    after.writestr(name, bytes(content))
        return packed.getvalue()
    found = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def never_fails(seed: int) -> None:
    """A damaged file is read or refused."""
    looked_at(damaged(SHEETS[seed % len(SHEETS)], seed))


def never_fails_on(rows: list[list[Any]]) -> None:
    """Whatever stands in the cells, each row has a verdict, and the workbook of errors is read again."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([list(HEAD), *rows]):
            for column, value in enumerate(row):
                page.write(number, column, value)
    found = looked_at(packed.getvalue())
    if found is None:
        return
    table, judged = found
    assert [one.row for one in judged] == list(table.rows)
    heads = ErrorHeads("Feuille", "Ligne", "Cellules", "Ce qui est lu", "Pourquoi", "Comment corriger")
    told = [ErrorRow(one.row, tuple(fault.cell for fault in one.faults if fault.cell), "…", "…") for one in judged]
    again = errors_workbook([ErrorSheet("À reprendre", table, told)], heads, Identity())
    assert open_workbook("erreurs.xlsx", again).sheets


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_some_damaged_files_are_read_or_refused(seed: int) -> None:
    never_fails(seed)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(WRITTEN, min_size=5, max_size=5), max_size=8))
def test_some_cells_are_read_asked_or_refused(rows: list[list[Any]]) -> None:
    never_fails_on(rows)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(st.integers(0, 2**32))
def test_two_thousand_damaged_files_are_read_or_refused(seed: int) -> None:
    never_fails(seed)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(WRITTEN, min_size=5, max_size=5), max_size=20))
def test_four_hundred_tables_of_anything_are_read_asked_or_refused(rows: list[list[Any]]) -> None:
    never_fails_on(rows)
