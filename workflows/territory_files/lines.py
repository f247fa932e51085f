"""From the rows of a recognised file to typed statements, with every malformed cell of a line reported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from domain.values import InvalidValue, department_of, parse_insee, parse_siren
from workflows.territory_files.facts import LEGAL_FORMS, CommuneFacts, LegalForm
from workflows.territory_files.sheets import FileKind, Row, Sheet

DEPARTMENTS = frozenset(
    [f"{number:02}" for number in range(1, 96) if number != 20]
    + ["2A", "2B", "971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"]
)
"""Codes in use since 1976 (Corsica is 2A and 2B), overseas collectivities included."""

LARGEST_COUNT = 2**31 - 1
"""More than any population; what the whole numbers of other software hold on every database."""

Value = TypeVar("Value")

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
    """What a line says of an EPCI."""

    name: str
    legal_form: LegalForm
    member_count: int
    population_municipal: int
    population_total: int


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
    if "\ufffd" in text or any(unicodedata.category(character) == "Cc" for character in text):
        raise _Malformed("damaged-text")
    return text


def _legal_form(text: str) -> LegalForm:
    for form in LEGAL_FORMS:
        if form == text.upper():
            return form
    raise _Malformed("legal-form")


def _clean(cell: str) -> str:
    """Composed accents and plain single spaces: producers mix U+0020, U+00A0, U+2009 and U+202F."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", cell)).strip()


@dataclass
class _Cells:
    line: Line
    row: Row

    def text(self, column: str) -> str:
        return _clean(self.row.cells[self.line.sheet.places[column]])

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
    line.siren = cells.read("epci_siren", _siren)
    if sheet.kind is not FileKind.COMMUNE_TABLE:
        line.seat = cells.read("seat", department_code)
        line.epci = _epci(cells)
    if sheet.kind is not FileKind.EPCI_LIST:
        line.insee = cells.read("insee", _insee)
        line.commune = _commune(cells, line.insee)
    return line


def _epci(cells: _Cells) -> EpciStatement | None:
    name = cells.read("epci_name", _name)
    legal_form = cells.read("legal_form", _legal_form)
    member_count = cells.read("member_count", _count)
    municipal = cells.read("epci_municipal", _count)
    total = cells.read("epci_total", _count)
    if name is None or legal_form is None or member_count is None or municipal is None or total is None:
        return None
    return EpciStatement(name, legal_form, member_count, municipal, total)


def _commune(cells: _Cells, insee: str | None) -> CommuneFacts | None:
    has_siren = "commune_siren" in cells.line.sheet.places and cells.text("commune_siren") != ""
    before = len(cells.line.problems)
    siren = cells.read("commune_siren", _siren) if has_siren else None
    name = cells.read("commune_name", _name)
    municipal = cells.read("commune_municipal", _count)
    total = cells.read("commune_total", _count)
    if len(cells.line.problems) > before or insee is None or name is None or municipal is None or total is None:
        return None
    return CommuneFacts(insee, siren, name, municipal, total)
