"""From bytes to recognised tables: encoding, separator, heading, kind of file."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from workflows.territory_files.facts import LineVerdict

SEPARATORS = (";", ",", "\t", "|")
HEADING_DEPTH = 20
"""Exports from spreadsheets put a title above the heading; it is looked for in that many rows."""

RECOGNISABLE = 3
"""A row with fewer known column titles than that is no heading."""


class FileKind(Enum):
    """The three tables that are understood, in the order in which their figures prevail."""

    EPCI_LIST = "epci_list"
    COMMUNE_TABLE = "commune_table"
    PERIMETER = "perimeter"


@dataclass(frozen=True)
class Column:
    """A column: the engine's `field`, the pattern of its title once folded, and the title shown in errors."""

    field: str
    pattern: str
    title: str
    required: bool = True


_EPCI_COLUMNS = (
    Column("seat", "dept", "dept"),
    Column("epci_siren", "siren", "siren"),
    Column("epci_name", "raison_sociale", "raison_sociale"),
    Column("legal_form", "nature_juridique", "nature_juridique"),
    Column("member_count", "nb_membres", "nb_membres"),
    Column("epci_total", "total_pop_tot", "total_pop_tot"),
    Column("epci_municipal", "total_pop_mun", "total_pop_mun"),
)
_COMMUNE_FIGURES = (
    Column("insee", "insee", "insee"),
    Column("commune_total", r"ptot(_\d{4})?", "ptot_AAAA"),
    Column("commune_municipal", r"pmun(_\d{4})?", "pmun_AAAA"),
)
COLUMNS: Mapping[FileKind, tuple[Column, ...]] = {
    FileKind.EPCI_LIST: _EPCI_COLUMNS,
    FileKind.COMMUNE_TABLE: (
        Column("epci_siren", "siren_epci", "siren_epci"),
        *_COMMUNE_FIGURES,
        Column("commune_siren", "siren_commune", "siren_commune", required=False),
        Column("commune_name", "nom_commune", "nom_commune"),
    ),
    FileKind.PERIMETER: (
        *_EPCI_COLUMNS,
        *_COMMUNE_FIGURES,
        Column("commune_siren", "siren_membre", "siren_membre", required=False),
        Column("commune_name", "nom_membre", "nom_membre"),
    ),
}


@dataclass(frozen=True)
class Row:
    """One record and the line on which it begins (a quoted cell may span several)."""

    line: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A file whose kind and columns are known. `titles` are those of the file, for the messages."""

    file: str
    kind: FileKind
    heading_line: int
    width: int
    places: Mapping[str, int]
    titles: Mapping[str, str]
    rows: tuple[Row, ...]
    above: tuple[Row, ...]


class FileRefused(Exception):
    """The file as a whole cannot be used; `verdicts` say where and why."""

    def __init__(self, verdicts: Sequence[LineVerdict]) -> None:
        super().__init__(verdicts[0].code)
        self.verdicts = tuple(verdicts)


def decode(file: str, data: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252.

    Raises `FileRefused` for anything else, rather than letting in names with damaged accents.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_as(file, data, "utf-16")
    if b"\x00" in data or data.startswith(b"PK\x03\x04"):
        raise FileRefused([LineVerdict(file, 1, "refused", "not-text")])
    marked = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        forgiving = data.decode("utf-8", errors="replace")
        broken = forgiving.count("\ufffd")
        sound = sum(ord(character) > 127 for character in forgiving) - broken
        if marked or sound > broken:  # UTF-8 with a few damaged bytes, not Windows-1252
            raise FileRefused([_damaged(file, data, error)]) from error
    return _decode_as(file, data, "cp1252")


def _decode_as(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused([_damaged(file, data, error)]) from error


def _damaged(file: str, data: bytes, error: UnicodeDecodeError) -> LineVerdict:
    line = data.count(b"\n", 0, error.start) + 1
    return LineVerdict(file, line, "refused", "damaged-encoding", {"byte": f"0x{data[error.start]:02X}"})


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


def _fold(title: str) -> str:
    """A title without case, accents, or the difference between spaces and underscores."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    return re.sub(r"[\s_\-]+", "_", plain.strip().casefold())


def _matches(column: Column, titles: Sequence[str]) -> list[int]:
    return [place for place, title in enumerate(titles) if re.fullmatch(column.pattern, title)]


def _known_titles(kind: FileKind, titles: Sequence[str]) -> int:
    return sum(bool(_matches(column, titles)) for column in COLUMNS[kind])


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


def _find_heading(file: str, text: str) -> _Heading | None:
    candidates: list[_Heading] = []
    for separator in SEPARATORS:
        try:
            for row in islice(_rows(file, text, separator), HEADING_DEPTH):
                titles = [_fold(cell) for cell in row.cells]
                candidates += [_Heading(separator, row, kind, _known_titles(kind, titles)) for kind in FileKind]
        except FileRefused:
            continue  # quotes that make no sense with this separator may with another; the chosen one is read again
    best = max(candidates, key=lambda heading: heading.rank, default=None)
    return best if best is not None and best.known >= RECOGNISABLE else None


def open_sheet(file: str, data: bytes) -> Sheet:
    """Recognise a file by its heading, never by its name. Raises `FileRefused`."""
    text = decode(file, data)
    if not text.strip():
        raise FileRefused([LineVerdict(file, 1, "refused", "empty-file")])
    heading = _find_heading(file, text)
    if heading is None:
        expected = {kind.value: _titles_of(kind) for kind in FileKind}
        raise FileRefused([LineVerdict(file, 1, "refused", "unknown-file", expected)])
    line, cells = heading.row.line, heading.row.cells
    folded = [_fold(cell) for cell in cells]
    places: dict[str, int] = {}
    problems: list[LineVerdict] = []
    for column in COLUMNS[heading.kind]:
        found = _matches(column, folded)
        if len(found) > 1:
            titles = ", ".join(cells[place].strip() for place in found)
            problems.append(LineVerdict(file, line, "refused", "repeated-column", {"columns": titles}))
        elif found:
            places[column.field] = found[0]
        elif column.required:
            parameters = {"column": column.title, "expected": _titles_of(heading.kind)}
            problems.append(LineVerdict(file, line, "refused", "missing-column", parameters))
    if problems:
        raise FileRefused(problems)
    rows = tuple(_rows(file, text, heading.separator))
    return Sheet(
        file=file,
        kind=heading.kind,
        heading_line=line,
        width=len(cells),
        places=places,
        titles={field: cells[place].strip() for field, place in places.items()},
        rows=tuple(row for row in rows if row.line > line),
        above=tuple(row for row in rows if row.line < line),
    )


def _titles_of(kind: FileKind) -> str:
    return ", ".join(column.title for column in COLUMNS[kind] if column.required)
