"""From the bytes of a file to its sheets, bounded in bytes, cells and steps; anything else is refused with a code.

What a file is follows from what it holds, never from its name. A workbook is judged as any file that is kept
(`workflows/accepted_files`): macros, archives that hide a huge one, parts from elsewhere and damage are refused there.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from itertools import islice
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from workflows.accepted_files import FileRefused, kind_of
from workflows.accepted_files.kinds import ODS, OTHER_KIND, XLSX, FileKind
from workflows.accepted_files.office import LOCAL_HEADER, OLE
from workflows.accepted_files.zipped import parts_of
from workflows.tables.cells import Sheet, Workbook, tidied
from workflows.tables.inside_ods import inside_ods
from workflows.tables.inside_xlsx import inside_xlsx
from workflows.tables.inspecting import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Seen
from workflows.tables.refusals import NO_TABLE, NOT_TEXT, TOO_LARGE, TOO_MANY_CELLS, UNREADABLE, TableRefused
from workflows.territory_files.encodings import Undecodable, decode

LARGEST: Final = 5 << 20
"""Bytes of a file: a plan of 1,000 rows has some 200,000."""

MOST_INSIDE: Final = 60 << 20
"""Bytes of all its parts once unpacked."""

IDENTITY: Final = "_ctg"
"""The sheet that our own exports hide."""

_COMMENTS: Final = re.compile(r"xl/(threaded)?comments", re.IGNORECASE)
_SEPARATORS: Final = ";,\t|"
_LINES_LOOKED_AT: Final = 50


def open_workbook(name: str, data: bytes) -> Workbook:
    """The sheets of a file. Raises `TableRefused`."""
    if len(data) > LARGEST:
        raise TableRefused(TOO_LARGE, most=LARGEST >> 20)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith((LOCAL_HEADER, OLE)):
        sheets, identity, commented = _opened(data)
        return Workbook(name, sha256, tuple(one for one in sheets if one.grid), identity, commented)
    return Workbook(name, sha256, (_text(name, data),))


def table_kind(data: bytes) -> FileKind:
    """Which kind of workbook it is. Raises `TableRefused`."""
    try:
        kind = kind_of(data)
    except FileRefused as refused:
        raise TableRefused(refused.why) from None
    if kind not in (XLSX, ODS):
        raise TableRefused(OTHER_KIND)
    return kind


def _opened(data: bytes) -> tuple[list[Sheet], dict[str, str], bool]:
    """Its visible sheets, what our own export hid, and whether comments hang on its cells."""
    kind = table_kind(data)
    parts = {one.name: one for one in parts_of(data)}
    if sum(one.size for one in parts.values()) > MOST_INSIDE:
        raise TableRefused(TOO_LARGE, most=LARGEST >> 20)
    try:
        seen = inside_xlsx(parts) if kind == XLSX else inside_ods(parts)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            shown = [_sheet(workbook, one) for one in seen if one.is_visible]
            hidden = next((_sheet(workbook, one) for one in seen if one.name == IDENTITY), None)
    except FileRefused as refused:
        raise TableRefused(refused.why) from None
    except (CalamineError, WorksheetNotFound, ValueError, OSError):
        raise TableRefused(UNREADABLE) from None
    said = {str(row[0]): str(row[1]) for row in hidden.grid if len(row) > 1} if hidden is not None else {}
    return shown, said, any(_COMMENTS.match(name) for name in parts)


def _sheet(workbook: CalamineWorkbook, seen: Seen) -> Sheet:
    """One sheet; a sheet of charts has no cells."""
    if not seen.height:
        return Sheet(seen.name, ())
    found = workbook.get_sheet_by_name(seen.name)
    if found.height > MOST_ROWS or found.width > MOST_COLUMNS or found.height * found.width > MOST_CELLS:
        raise TableRefused(TOO_MANY_CELLS, sheet=seen.name, rows=MOST_ROWS, columns=MOST_COLUMNS)
    rows = found.to_python(skip_empty_area=False)
    for (row, column), text in seen.texts.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    grid = tuple(tuple(map(tidied, row)) for row in rows)
    return Sheet(
        seen.name,
        grid,
        seen.formulas,
        seen.errors,
        tuple(seen.merged),
        frozenset(seen.hidden),
        seen.counts_from_1904,
    )


def _text(name: str, data: bytes) -> Sheet:
    """A CSV file as one sheet, whatever its encoding and its separator."""
    try:
        text = decode(name, data).text
    except Undecodable:
        raise TableRefused(NOT_TEXT) from None
    if not text.strip():
        raise TableRefused(NO_TABLE)
    rows: list[tuple[str, ...]] = []
    width = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True):
            width = max(width, len(row))
            rows.append(tuple(str(tidied(one)) for one in row))
            if len(rows) > MOST_ROWS or width > MOST_COLUMNS or len(rows) * width > MOST_CELLS:
                raise TableRefused(TOO_MANY_CELLS, sheet=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
    except csv.Error:
        raise TableRefused(UNREADABLE) from None
    computed = {
        (number, column): text
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text.startswith("=") and len(text) > 1
    }
    return Sheet("", tuple(rows), computed)


def _separator(text: str) -> str:
    """The one that cuts most of the first lines into as many cells; of equals, the one that makes more of them."""
    best, most = ";", (0.0, 0)
    for one in _SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=one), _LINES_LOOKED_AT):
                widths[len(row)] += 1
        except csv.Error:
            continue
        width, count = max(((width, count) for width, count in widths.items() if width > 1), default=(0, 0))
        if (alike := (round(count / max(1, widths.total()), 1), width)) > most:
            best, most = one, alike
    return best
