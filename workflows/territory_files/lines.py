"""From the rows of a recognised file to typed statements, with every malformed cell of a line reported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain.values import InvalidValue, department_of, parse_insee, parse_siren
from workflows.territory_files.columns import FileKind
from workflows.territory_files.encodings import is_damaged
from workflows.territory_files.facts import LEGAL_FORMS, CommuneFacts, LegalForm
from workflows.territory_files.sheets import Sheet
from workflows.territory_files.tables import Row

DEPARTMENTS = frozenset(
    [f"{number:02}" for number in range(1, 96) if number != 20]
    + ["2A", "2B", "971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"]
)
"""Codes in use since 1976 (Corsica is 2A and 2B), overseas collectivities included."""

LARGEST_COUNT = 2**31 - 1
"""More than any population; what the whole numbers of other software hold on every database."""

Value = TypeVar("Value")

_SAME_FORM: Mapping[str, LegalForm] = {form: form for form in LEGAL_FORMS} | {"ME": "METRO", "METLYON": "MET69"}
"""Codes of the DGCL, and those of Insee where they differ."""

LYON = "200046977"
"""Insee writes the métropole de Lyon like the other métropoles; its status is its own."""

NO_EPCI = re.compile(r"Z+", re.IGNORECASE)
"""What Insee writes for the communes without EPCI, on four islands."""

_THOUSANDS = re.compile(r"[0-9]+|[0-9]{1,3}(?: [0-9]{3})+")


class _Malformed(Exception):
    """A cell that cannot be read; `code` is that of its verdict."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Problem:
    """Why a line is refused."""

    code: str
    parameters: dict[str, str | int]


@dataclass(frozen=True)
class EpciStatement:
    """What a line says of an EPCI; None for what its kind of file does not say."""

    name: str
    legal_form: LegalForm | None
    member_count: int | None
    population_municipal: int | None
    population_total: int | None


@dataclass
class Line:
    """A line of data as understood: a part that could not be read is `None` and has its `problems`."""

    sheet: Sheet
    number: int
    siren: str | None = None
    seat: str | None = None
    epci: EpciStatement | None = None
    insee: str | None = None
    commune: CommuneFacts | None = None
    member_siren: str | None = None
    """Of a member that is only known by its SIREN: its INSEE code is to be found elsewhere."""
    left_out: str | None = None
    """Why it is no matter here: a syndicate, a commune without EPCI."""
    seat_is_certain: bool = True
    problems: list[Problem] = field(default_factory=list)


def department_code(text: str) -> str:
    """A département as its code: "32", "032" and "2a" are understood. Raises `InvalidValue("department")`."""
    code = text.strip().upper()
    if code.isdecimal() and len(code) == 1:
        code = f"0{code}"
    if len(code) == 3 and code.startswith("0"):
        code = code[1:]
    if code not in DEPARTMENTS:
        raise InvalidValue("department", value=text)
    return code


def _siren(text: str) -> str:
    return parse_siren(text)


def _insee(text: str) -> str:
    code = parse_insee(text.upper())
    if department_of(code) not in DEPARTMENTS:
        raise InvalidValue("insee", value=text)
    return code


def _insee_number(text: str) -> str:
    """In a workbook, a code of digits is often a number and has lost its leading zero."""
    return _insee(text.zfill(5) if text.isdecimal() else text)


def _count(text: str) -> int:
    if not _THOUSANDS.fullmatch(text):
        raise _Malformed("number")
    count = int(text.replace(" ", ""))
    if count > LARGEST_COUNT:
        raise _Malformed("number-too-large")
    return count


def _name(text: str) -> str:
    if not any(character.isalpha() for character in text):
        raise _Malformed("empty-name")
    if "\ufffd" in text or any(unicodedata.category(character) == "Cc" for character in text) or is_damaged(text):
        raise _Malformed("damaged-text")
    return text


def _legal_form(text: str) -> LegalForm:
    form = _SAME_FORM.get(text.upper())
    if form is None:
        raise _Malformed("legal-form")
    return form


def _seat(text: str) -> str:
    """BANATIC writes "32 - Gers"."""
    return department_code(text.partition(" - ")[0])


def _clean(cell: str) -> str:
    """Composed accents and plain single spaces: producers mix U+0020, U+00A0, U+2009 and U+202F."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", cell)).strip()


@dataclass
class _Cells:
    line: Line
    row: Row

    def text(self, column: str) -> str:
        return _clean(self.row.cells[self.line.sheet.places[column]])

    def filled(self, column: str, always: bool) -> bool:
        """Whether there is something to read; a compulsory cell is read, and refused, when it is empty."""
        return always or self.text(column) != ""

    def read_if_there(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        """A column that some kinds of files do not have."""
        return self.read(column, parse) if column in self.line.sheet.places else None

    def read(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        text = self.text(column)
        try:
            return parse(text)
        except (InvalidValue, _Malformed) as error:
            parameters: dict[str, str | int] = {"column": self.line.sheet.titles[column], "value": text}
            if error.code == "number-too-large":
                parameters["most"] = LARGEST_COUNT
            if error.code == "legal-form":
                parameters["expected"] = ", ".join(LEGAL_FORMS)
            self.line.problems.append(Problem(error.code, parameters))
            return None


def read_line(sheet: Sheet, row: Row) -> Line:
    """What one row says, as far as it can be understood."""
    line = Line(sheet, row.line)
    needed = max(sheet.places.values()) + 1
    if len(row.cells) < needed or any(cell.strip() for cell in row.cells[sheet.width :]):
        counts: dict[str, str | int] = {"found": len(row.cells), "expected": sheet.width}
        line.problems.append(Problem("cell-count", counts))
        return line
    cells = _Cells(line, row)
    line.left_out = _left_out(cells)
    if line.left_out is not None:
        return line
    if "epci_siren" in sheet.places:
        line.siren = cells.read("epci_siren", _siren)
    if "seat" in sheet.places:
        line.seat = cells.read("seat", _seat if sheet.kind is FileKind.MEMBERS else department_code)
    if "epci_name" in sheet.places:
        line.epci = _epci(cells)
    if "insee" in sheet.places and cells.filled("insee", sheet.kind is not FileKind.MEMBERS):
        line.insee = cells.read("insee", _insee_number if sheet.typed else _insee)
    if "commune_name" in sheet.places:
        line.commune = _commune(cells, line.insee)
    elif sheet.kind is FileKind.POPULATIONS:
        line.commune = _populations(cells, line.insee)
    return line


def _left_out(cells: _Cells) -> str | None:
    kind = cells.line.sheet.kind
    if kind is FileKind.MEMBERS and cells.text("legal_form").upper() not in _SAME_FORM:
        return "other-group"  # BANATIC lists syndicates too
    if kind in (FileKind.COMPOSITION, FileKind.GROUPS) and NO_EPCI.fullmatch(cells.text("epci_siren")):
        return "no-epci"
    return None


def _epci(cells: _Cells) -> EpciStatement | None:
    before = len(cells.line.problems)
    name = cells.read("epci_name", _name)
    legal_form = cells.read_if_there("legal_form", _legal_form)
    if legal_form == "METRO" and cells.line.siren == LYON:
        legal_form = "MET69"
    member_count = cells.read_if_there("member_count", _count)
    municipal = cells.read_if_there("epci_municipal", _count)
    total = cells.read_if_there("epci_total", _count)
    if len(cells.line.problems) > before or name is None:
        return None
    return EpciStatement(name, legal_form, member_count, municipal, total)


def _commune(cells: _Cells, insee: str | None) -> CommuneFacts | None:
    by_siren = cells.line.sheet.kind is FileKind.MEMBERS
    has_siren = "commune_siren" in cells.line.sheet.places and (by_siren or cells.text("commune_siren") != "")
    before = len(cells.line.problems)
    siren = cells.read("commune_siren", _siren) if has_siren else None
    name = cells.read("commune_name", _name)
    municipal = cells.read_if_there("commune_municipal", _count)
    total = cells.read_if_there("commune_total", _count)
    if len(cells.line.problems) > before or name is None:
        return None
    if insee is None:
        if not by_siren:
            return None
        cells.line.member_siren = siren
        insee = ""
    return CommuneFacts(insee, siren, name, municipal, total)


def _populations(cells: _Cells, insee: str | None) -> CommuneFacts | None:
    municipal = cells.read("commune_municipal", _count)
    total = cells.read("commune_total", _count)
    return None if insee is None or municipal is None else CommuneFacts(insee, None, "", municipal, total)
