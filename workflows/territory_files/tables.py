"""From bytes to tables of text: a CSV file is one, a workbook (XLSX, XLS, ODS) has one on each of its sheets."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from workflows.territory_files.encodings import Undecodable, decode
from workflows.territory_files.facts import LineVerdict

SEPARATORS = (";", ",", "\t", "|")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the workbooks of Excel before 2007 begin, and the encrypted ones."""

LARGEST_WORKBOOK: Final = 300 * 1024 * 1024
"""Unpacked; the national workbooks have about 30 MiB. A small archive may hide a huge one."""


@dataclass(frozen=True)
class Row:
    """One record and the line on which it begins (a quoted cell may span several)."""

    line: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


class FileRefused(Exception):
    """The file as a whole cannot be used; `verdicts` say where and why."""

    def __init__(self, verdicts: Sequence[LineVerdict]) -> None:
        super().__init__(verdicts[0].code)
        self.verdicts = tuple(verdicts)


@dataclass(frozen=True)
class Table:
    """A table of one file, in text or in the cells of a workbook. `name` is the file's, with its sheet."""

    name: str
    text: str = ""
    grid: tuple[Row, ...] | None = None
    remark: LineVerdict | None = None

    @property
    def typed(self) -> bool:
        """Whether numbers are numbers, which have lost their leading zeros: those of a workbook."""
        return self.grid is not None

    @property
    def separators(self) -> tuple[str, ...]:
        """With what its lines may be cut."""
        return ("",) if self.grid is not None else SEPARATORS

    def rows(self, separator: str) -> Iterator[Row]:
        """Its rows, cut so. Raises `FileRefused` where quotes make no sense."""
        return iter(self.grid) if self.grid is not None else _rows(self.name, self.text, separator)


def open_tables(file: str, data: bytes) -> list[Table]:
    """The tables of a file, told apart by what the bytes are, never by its name. Raises `FileRefused`."""
    if data.startswith((_ZIP, _OLE)):
        return _workbook(file, data)
    try:
        decoded = decode(file, data)
    except Undecodable as error:
        raise FileRefused([error.verdict]) from error
    if not decoded.text.strip():
        raise FileRefused([LineVerdict(file, 1, "refused", "empty-file")])
    return [Table(file, text=decoded.text, remark=decoded.remark)]


def _rows(file: str, text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused([LineVerdict(file, line, "refused", "malformed-csv")]) from error
        yield Row(line, tuple(cells))
        line = reader.line_num + 1


def _workbook(file: str, data: bytes) -> list[Table]:
    unreadable = FileRefused([LineVerdict(file, 1, "refused", "workbook-unreadable")])
    try:
        if data.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > LARGEST_WORKBOOK:
                raise FileRefused([LineVerdict(file, 1, "refused", "workbook-too-large")])
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            names = workbook.sheet_names
            tables = [
                Table(file if len(names) == 1 else f"{file} [{name}]", grid=tuple(_grid(workbook, name)))
                for name in names
            ]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise unreadable from error
    if not any(table.grid for table in tables):
        raise FileRefused([LineVerdict(file, 1, "refused", "empty-file")])
    return tables


def _grid(workbook: CalamineWorkbook, name: str) -> Iterator[Row]:
    sheet = workbook.get_sheet_by_name(name)
    for line, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield Row(line, tuple(map(_as_text, cells)))


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
