"""What one file leaves out and another, or the register, says: codes of members, populations, legal forms, seats.

Insee gives no population beside a composition, no seat and often no legal form; BANATIC knows communes by SIREN only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from domain.territories import Commune
from domain.values import Code, department_of
from workflows.territory_files.columns import FileKind
from workflows.territory_files.facts import CommuneFacts, LegalForm
from workflows.territory_files.lines import LYON, Line, Problem

_PREFIXES: tuple[tuple[str, LegalForm], ...] = (("CC ", "CC"), ("CA ", "CA"), ("CU ", "CU"))
_BY_INSEE_ALONE = (FileKind.GROUPS, FileKind.COMPOSITION)


class RegisteredTerritory(Protocol):
    """What the register knows of a territory; the `Territory` aggregate is one."""

    @property
    def name(self) -> str:
        """Official name."""

    @property
    def legal_form(self) -> str:
        """Code of the DGCL."""

    @property
    def department(self) -> str:
        """Département of the seat."""

    @property
    def communes(self) -> Sequence[Commune]:
        """The whole perimeter."""


@dataclass(frozen=True)
class _Known:
    """What is known of communes and EPCI, from the files first."""

    insee_of: dict[str, str] = field(default_factory=dict)
    populations: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    forms: dict[str, LegalForm] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)


def complete(lines: Sequence[Line], registered: Mapping[str, RegisteredTerritory]) -> None:
    """Fill what lines leave open; what nobody says is a problem of the line."""
    known = _known(lines, registered)
    for line in lines:
        if line.member_siren is not None:
            _find_member(line, known)
        if line.commune is not None and line.commune.population_municipal is None:
            _find_population(line, line.commune, known)
    _find_forms(lines, known)
    _find_seats(lines, known)


def _known(lines: Iterable[Line], registered: Mapping[str, RegisteredTerritory]) -> _Known:
    known = _Known()
    for line in lines:
        if line.commune is not None and line.insee is not None:
            if line.commune.siren is not None:
                known.insee_of.setdefault(line.commune.siren, line.insee)
            if line.commune.population_municipal is not None:
                figures = (line.commune.population_municipal, line.commune.population_total)
                known.populations.setdefault(line.insee, figures)
        if line.siren is not None:
            if line.epci is not None and line.epci.legal_form is not None:
                known.forms.setdefault(line.siren, line.epci.legal_form)
            if line.seat is not None:
                known.seats.setdefault(line.siren, line.seat)
    for siren, territory in registered.items():
        known.seats.setdefault(siren, territory.department)
        for commune in territory.communes:
            known.populations.setdefault(commune.insee, (commune.population, None))
            if commune.siren is not None:
                known.insee_of.setdefault(commune.siren, commune.insee)
    return known


def _find_member(line: Line, known: _Known) -> None:
    insee = known.insee_of.get(line.member_siren or "")
    if insee is None:
        name = line.commune.name if line.commune is not None else ""
        line.problems.append(Problem("member-unknown", {"siren": line.member_siren or "", "name": name}))
        line.commune = None
    elif line.commune is not None:
        line.insee, line.commune = insee, replace(line.commune, insee=insee)


def _find_population(line: Line, commune: CommuneFacts, known: _Known) -> None:
    found = known.populations.get(commune.insee)
    if found is not None:
        line.commune = replace(commune, population_municipal=found[0], population_total=found[1])


def _find_forms(lines: Iterable[Line], known: _Known) -> None:
    told: set[str] = set()
    for line in lines:
        if line.siren is None or line.epci is None or line.epci.legal_form is not None:
            continue
        form = known.forms.get(line.siren) or _form_in_name(line.siren, line.epci.name)
        if form is not None:
            line.epci = replace(line.epci, legal_form=form)
        elif line.siren not in told:
            told.add(line.siren)
            line.problems.append(Problem("legal-form-unknown", {"siren": line.siren, "name": line.epci.name}))


def _form_in_name(siren: str, name: str) -> LegalForm | None:
    """Insee begins a name with its legal form, but for the métropoles."""
    if siren == LYON:
        return "MET69"
    for prefix, form in _PREFIXES:
        if name.startswith(prefix):
            return form
    return "METRO" if "métropole" in name.casefold() else None


def _find_seats(lines: Sequence[Line], known: _Known) -> None:
    """A seat that no file says: the register's, else the département of most communes."""
    departments: dict[str, Counter[Code]] = defaultdict(Counter)
    for line in lines:
        if line.siren is not None and line.insee is not None:
            departments[line.siren][department_of(line.insee)] += 1
    for line in lines:
        if line.siren is None or line.seat is not None or line.sheet.kind not in _BY_INSEE_ALONE:
            continue
        counted = departments[line.siren]
        if line.siren in known.seats:
            line.seat = known.seats[line.siren]
        elif counted:
            most = max(counted.values())
            line.seat = min(one for one, count in counted.items() if count == most)
            line.seat_is_certain = len(counted) == 1
