"""From several files to territories: what is in scope, what the files say, one verdict per line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from workflows.territory_files.consolidation import check_memberships, consolidate
from workflows.territory_files.facts import LineVerdict, TerritoryFacts, TerritoryReading
from workflows.territory_files.lines import Line, department_code, read_line
from workflows.territory_files.sheets import FileKind, FileRefused, Sheet, open_sheet
from workflows.territory_files.verdicts import VerdictBook

_PRECEDENCE = {kind: rank for rank, kind in enumerate(FileKind)}


def read_territory_files(
    files: Sequence[tuple[str, bytes]], departments: Collection[str] | None = None
) -> TerritoryReading:
    """Read lists of EPCI and of their communes, given as (name, bytes) in any order.

    A file is recognised by its heading: list of EPCI, table commune -> EPCI, or perimeter (both in one).
    With `departments`, only the EPCI whose seat is there are kept, with all their communes. The facts do not
    depend on the order of the files: where two disagree on a name or a figure, the list of EPCI and the table
    of communes prevail over the perimeter, then the first file by name, and the other line has a notice.

    Nothing is raised for a bad file: it has refused verdicts. Raises `ValueError` without any file, and
    `InvalidValue("department")` for an unknown département.
    """
    if not files:
        raise ValueError("at least one file is needed")
    kept = None if departments is None else frozenset(map(department_code, departments))
    book = VerdictBook()
    sheets = _open(files, book)
    territories = [] if book.refused else _territories(sheets, kept, book)
    order = {name: place for place, (name, _) in reversed(list(enumerate(files)))}
    verdicts = sorted(book.verdicts, key=lambda verdict: (order[verdict.file], verdict.line))
    return TerritoryReading(tuple(territories), tuple(verdicts))


def _open(files: Sequence[tuple[str, bytes]], book: VerdictBook) -> list[Sheet]:
    """The recognised files, those that prevail first; a file that is not leaves the others unjudged."""
    sheets: list[Sheet] = []
    for name, data in sorted(files):
        try:
            sheets.append(open_sheet(name, data))
        except FileRefused as refused:
            book.verdicts.extend(refused.verdicts)
    if book.refused:
        return sheets
    sheets.sort(key=lambda sheet: _PRECEDENCE[sheet.kind])
    kinds = {sheet.kind for sheet in sheets}
    for present, wanted, code in (
        (FileKind.EPCI_LIST, FileKind.COMMUNE_TABLE, "commune-table-missing"),
        (FileKind.COMMUNE_TABLE, FileKind.EPCI_LIST, "epci-list-missing"),
    ):
        if present in kinds and not kinds & {wanted, FileKind.PERIMETER}:
            sheet = next(sheet for sheet in sheets if sheet.kind is present)
            book.verdicts.append(LineVerdict(sheet.file, sheet.heading_line, "refused", code))
    return sheets


def _territories(
    sheets: Sequence[Sheet], departments: frozenset[str] | None, book: VerdictBook
) -> list[TerritoryFacts]:
    lines = [line for sheet in sheets for line in _lines(sheet, book)]
    seats: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.siren is not None and line.seat is not None:
            seats[line.siren].append(line.seat)
    in_scope = [line for line in lines if _keep(line, seats, departments, book)]
    by_siren: dict[str, list[Line]] = defaultdict(list)
    for line in in_scope:
        for problem in line.problems:
            book.say(line, "refused", problem.code, problem.parameters)
        if line.siren is not None:
            by_siren[line.siren].append(line)
    check_memberships(lines, by_siren.keys(), book)
    found = [consolidate(siren, by_siren[siren], book) for siren in sorted(by_siren)]
    territories = [territory for territory in found if territory is not None]
    if not territories and not book.refused:
        wanted: dict[str, str | int] = {"departments": ", ".join(sorted(departments or ()))}
        code = "no-data" if departments is None else "no-territory"
        book.verdicts.append(LineVerdict(sheets[0].file, sheets[0].heading_line, "refused", code, wanted))
    for line in in_scope:
        book.accept_unless_judged(line)
    return territories


def _lines(sheet: Sheet, book: VerdictBook) -> Iterator[Line]:
    for row in sheet.above:
        book.verdicts.append(LineVerdict(sheet.file, row.line, "ignored", "above-heading"))
    for row in sheet.rows:
        if row.blank:
            book.verdicts.append(LineVerdict(sheet.file, row.line, "ignored", "blank-line"))
        else:
            yield read_line(sheet, row)


def _keep(
    line: Line, seats: Mapping[str, Sequence[str]], departments: frozenset[str] | None, book: VerdictBook
) -> bool:
    """Whether the line is about an EPCI to import, or too damaged to tell."""
    if line.siren is None or (line.sheet.kind is not FileKind.COMMUNE_TABLE and line.seat is None):
        return True
    known = seats.get(line.siren)
    if known is None:
        # Leaving it out cannot spoil a perimeter: each EPCI kept must have as many communes as it states.
        book.say(line, "ignored", "epci-not-listed", {"siren": line.siren})
        return False
    if departments is None or not departments.isdisjoint(known):
        return True
    book.say(line, "ignored", "elsewhere", {"siren": line.siren, "department": known[0]})
    return False
