"""One territory out of all the lines that speak of it, and the contradictions between them.

Refused: whatever would make a perimeter wrong. Notice: another name, legal form or population.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from workflows.territory_files.columns import FileKind
from workflows.territory_files.facts import CommuneFacts, Status, TerritoryFacts
from workflows.territory_files.lines import EpciStatement, Line
from workflows.territory_files.names import as_its_communes_spell
from workflows.territory_files.verdicts import VerdictBook


class _Stated(NamedTuple):
    line: Line
    seat: str
    epci: EpciStatement


class _Member(NamedTuple):
    line: Line
    commune: CommuneFacts


def check_memberships(lines: Iterable[Line], kept: Collection[str], book: VerdictBook) -> None:
    """Refuse a commune of a `kept` EPCI (SIREN) that another EPCI claims too, even one left out of the import:
    a commune belongs to at most one EPCI with own taxation."""
    first: dict[str, Line] = {}
    for line in lines:
        if line.insee is None or line.siren is None:
            continue
        other = first.setdefault(line.insee, line)
        if line.siren != other.siren and (line.siren in kept or other.siren in kept):
            here, there = (line, line.siren), (other, str(other.siren))
            book.contradict("refused", "commune-in-two-epci", line.insee, here, there)


def consolidate(siren: str, lines: Sequence[Line], book: VerdictBook) -> TerritoryFacts | None:
    """The facts of one EPCI; `lines` are those about it, the prevailing ones first.

    None when they do not make a territory: the book then holds a refused verdict.
    """
    stated = [_Stated(line, line.seat, line.epci) for line in lines if line.seat is not None and line.epci is not None]
    communes = _members(lines, book)
    if any(commune.population_municipal is None for commune in communes):
        _say_populations_missing(lines, book)
    _check_same_perimeter(siren, lines, book)
    if not stated:
        return None  # the lines that state this EPCI are all malformed, and refused as such
    _check_statements(siren, stated, book)
    reference = stated[0]
    if not any(line.problems for line in lines):  # else the missing communes are those of the refused lines
        _check_sums(siren, reference, communes, book)
    if not communes or reference.epci.legal_form is None:
        return None
    if not reference.line.seat_is_certain:
        guessed: dict[str, str | int] = {"siren": siren, "name": reference.epci.name, "department": reference.seat}
        book.say(reference.line, "notice", "seat-uncertain", guessed)
    return TerritoryFacts(
        siren=siren,
        name=as_its_communes_spell(reference.epci.name, (one.name for one in communes)),
        legal_form=reference.epci.legal_form,
        department=reference.seat,
        communes=communes,
        population_municipal=reference.epci.population_municipal,
        population_total=reference.epci.population_total,
        seat_is_certain=reference.line.seat_is_certain,
    )


def _say_populations_missing(lines: Sequence[Line], book: VerdictBook) -> None:
    """Once per file: it is the same for each of its lines."""
    for line in lines:
        if line.commune is not None and line.commune.population_municipal is None:
            told: dict[str, str | int] = {"insee": line.commune.insee, "name": line.commune.name}
            book.say_once(line, "refused", "population-unknown", told)


def _members(lines: Sequence[Line], book: VerdictBook) -> tuple[CommuneFacts, ...]:
    first: dict[str, _Member] = {}
    for line in lines:
        if line.commune is None:
            continue
        here = _Member(line, line.commune)
        there = first.setdefault(here.commune.insee, here)
        if line.sheet is there.line.sheet and line.number != there.line.number and here.commune == there.commune:
            book.say(line, "ignored", "repeated-line", {"other_line": there.line.number})
        _compare_members(here, there, book)
    return tuple(first[insee].commune for insee in sorted(first))


def _compare_members(here: _Member, there: _Member, book: VerdictBook) -> None:
    read, known = here.commune, there.commune
    for code, value, other in (
        ("name-differs", read.name, known.name),
        ("population-differs", read.population_municipal, known.population_municipal),
        ("population-differs", read.population_total, known.population_total),
        ("commune-siren-differs", read.siren, known.siren),
    ):
        if value is not None and other is not None:
            book.contradict("notice", code, read.insee, (here.line, value), (there.line, other))


def _check_statements(siren: str, stated: Sequence[_Stated], book: VerdictBook) -> None:
    known = stated[0]
    for read in stated[1:]:
        line, other = read.line, known.line
        if line.sheet is other.sheet and line.sheet.kind is FileKind.EPCI_LIST and read[1:] == known[1:]:
            book.say(line, "ignored", "repeated-line", {"other_line": other.number})
        said: tuple[tuple[Status, str, str | int | None, str | int | None], ...] = (
            ("refused", "seat-differs", read.seat, known.seat),
            ("refused", "member-count-differs", read.epci.member_count, known.epci.member_count),
            ("notice", "legal-form-differs", read.epci.legal_form, known.epci.legal_form),
            ("notice", "name-differs", read.epci.name, known.epci.name),
            ("notice", "population-differs", read.epci.population_municipal, known.epci.population_municipal),
            ("notice", "population-differs", read.epci.population_total, known.epci.population_total),
        )
        for status, code, value, other_value in said:
            if value is not None and other_value is not None:
                book.contradict(status, code, siren, (line, value), (other, other_value))


def _check_same_perimeter(siren: str, lines: Sequence[Line], book: VerdictBook) -> None:
    """Files of several kinds, when they speak of one EPCI, must list the same communes."""
    listed: dict[FileKind, set[str]] = defaultdict(set)
    files: dict[FileKind, str] = {}
    for line in lines:
        if line.insee is not None:
            listed[line.sheet.kind].add(line.insee)
            files.setdefault(line.sheet.kind, line.sheet.file)
    if len(listed) < 2:
        return
    for line in lines:
        lacking = next((kind for kind, communes in listed.items() if line.insee not in communes), None)
        if line.insee is not None and lacking is not None:
            missing: dict[str, str | int] = {"insee": line.insee, "siren": siren, "other_file": files[lacking]}
            book.say(line, "refused", "perimeter-differs", missing)


def _check_sums(siren: str, stated: _Stated, communes: Sequence[CommuneFacts], book: VerdictBook) -> None:
    line, epci = stated.line, stated.epci
    if not communes:
        book.say(line, "refused", "epci-without-communes", {"siren": siren, "name": epci.name})
        return
    without_total = any(commune.population_total is None for commune in communes)
    municipal = sum(commune.population_municipal or 0 for commune in communes)
    total = sum(commune.population_total or 0 for commune in communes)
    checks: tuple[tuple[Status, str, str, int | None, int], ...] = (
        ("refused", "member-count", "member_count", epci.member_count, len(communes)),
        ("notice", "population-sum", "epci_municipal", epci.population_municipal, municipal),
        ("notice", "population-sum", "epci_total", epci.population_total, total),
    )
    for status, code, column, value, found in checks:
        if value is not None and value != found and not (column == "epci_total" and without_total):
            title = line.sheet.titles[column]
            figures: dict[str, str | int] = {"column": title, "value": value, "found": found}
            book.say(line, status, code, {"siren": siren, "name": epci.name, **figures})
