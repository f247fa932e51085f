"""From several files to territories: what is in scope, what the files say, one verdict per line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from workflows.territory_files.columns import LISTS_COMMUNES, STATES_EPCI, FileKind
from workflows.territory_files.completing import RegisteredTerritory, complete
from workflows.territory_files.consolidation import check_memberships, consolidate
from workflows.territory_files.facts import LineVerdict, Membership, Place, TerritoryFacts, TerritoryReading
from workflows.territory_files.lines import Line, department_code, read_line
from workflows.territory_files.sheets import Sheet, around_data, open_sheets
from workflows.territory_files.tables import FileRefused
from workflows.territory_files.verdicts import VerdictBook

_PRECEDENCE = {kind: rank for rank, kind in enumerate(FileKind)}


def read_territory_files(
    files: Sequence[tuple[str, bytes]],
    departments: Collection[str] | None = None,
    registered: Mapping[str, RegisteredTerritory] | None = None,
) -> TerritoryReading:
    """Read lists of EPCI and of their communes, given as (name, bytes) in any order.

    A file is recognised by its heading (`FileKind`); what it leaves out may be in another, or in the register:
    `registered` is keyed by SIREN.
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
    lines = [] if book.refused else [line for sheet in sheets for line in _lines(sheet, book)]
    complete(lines, registered or {})
    territories = [] if book.refused else _territories(sheets, lines, kept, book)
    order = {sheet.file: place for place, sheet in enumerate(sheets)}
    given = {name: place for place, (name, _) in reversed(list(enumerate(files)))}

    def place_of(verdict: LineVerdict) -> tuple[int, int, int]:
        file = verdict.file if verdict.file in given else verdict.file.rpartition(" [")[0]
        return given[file], order.get(verdict.file, 0), verdict.line

    return TerritoryReading(
        tuple(territories),
        tuple(sorted(book.verdicts, key=place_of)),
        memberships=_memberships(lines),
        spoken_of=_spoken_of(lines),
        years={sheet.year: Place(sheet.file, sheet.heading_line) for sheet in sheets if sheet.year is not None},
        heading=Place(sheets[0].file, sheets[0].heading_line) if sheets else Place(files[0][0], 1),
    )


def _memberships(lines: Sequence[Line]) -> dict[str, Membership]:
    found: dict[str, Membership] = {}
    for line in lines:
        if line.insee is not None and line.siren is not None:
            found.setdefault(line.insee, Membership(line.siren, Place(line.sheet.file, line.number)))
    return found


def _spoken_of(lines: Sequence[Line]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for line in lines:
        if line.siren is not None:
            found.setdefault(line.siren, Place(line.sheet.file, line.number))
    return found


def _open(files: Sequence[tuple[str, bytes]], book: VerdictBook) -> list[Sheet]:
    """The recognised files, those that prevail first; a file that is not leaves the others unjudged."""
    sheets: list[Sheet] = []
    for name, data in sorted(files):
        try:
            sheets += open_sheets(name, data)
        except FileRefused as refused:
            book.verdicts.extend(refused.verdicts)
    if book.refused:
        return sheets
    sheets.sort(key=lambda sheet: _PRECEDENCE[sheet.kind])
    kinds = {sheet.kind for sheet in sheets}
    for wanted, code in ((LISTS_COMMUNES, "commune-table-missing"), (STATES_EPCI, "epci-list-missing")):
        if not kinds & wanted:
            book.verdicts.append(LineVerdict(sheets[0].file, sheets[0].heading_line, "refused", code))
    dated = [sheet for sheet in sheets if sheet.year is not None]
    for sheet in dated[1:]:
        if sheet.year == dated[0].year:
            continue
        told: dict[str, str | int] = {
            "year": str(sheet.year),
            "other_year": str(dated[0].year),
            "other_file": dated[0].file,
        }
        book.verdicts.append(LineVerdict(sheet.file, sheet.heading_line, "refused", "years-differ", told))
    return sheets


def _territories(
    sheets: Sequence[Sheet], lines: Sequence[Line], departments: frozenset[str] | None, book: VerdictBook
) -> list[TerritoryFacts]:
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
    book.verdicts.extend(around_data(sheet))
    for row in sheet.rows:
        if row.blank:
            book.verdicts.append(LineVerdict(sheet.file, row.line, "ignored", "blank-line"))
            continue
        line = read_line(sheet, row)
        if line.left_out is not None:
            book.verdicts.append(LineVerdict(sheet.file, row.line, "ignored", line.left_out))
        else:
            yield line


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
