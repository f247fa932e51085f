"""What a reading changes to the territories already registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from workflows.territory_files.facts import CommuneFacts, TerritoryFacts, TerritoryReading

ChangeKind = Literal["register", "change-perimeter", "unchanged"]


@dataclass(frozen=True)
class Difference:
    """A remark: a `field` of the EPCI or commune `subject` (SIREN or INSEE code) is read otherwise than known."""

    field: Literal["name", "legal_form", "department", "siren", "population_municipal", "population_total"]
    subject: str
    known: str | int | None
    read: str | int | None


@dataclass(frozen=True)
class Change:
    """What to do for one territory. Only its set of INSEE codes makes a perimeter: producers spell names
    differently and populations are counted anew each year, so these are `differences` to show, never a change."""

    kind: ChangeKind
    territory: TerritoryFacts
    added: tuple[CommuneFacts, ...] = ()
    removed: tuple[CommuneFacts, ...] = ()
    differences: tuple[Difference, ...] = ()


def compare(reading: TerritoryReading, known: Mapping[str, TerritoryFacts]) -> list[Change]:
    """One change per territory read, in the order of SIREN; `known` is keyed by SIREN.

    A known territory that the files do not mention is left alone: a list may cover one département only, and
    an EPCI that ends is a decision of its own. Raises `ValueError` if the reading has errors (all or nothing).
    """
    if reading.errors:
        raise ValueError("a reading with refused lines changes nothing")
    return [_change(territory, known.get(territory.siren)) for territory in reading.territories]


def _change(read: TerritoryFacts, known: TerritoryFacts | None) -> Change:
    if known is None:
        return Change("register", read, added=read.communes)
    before = {commune.insee: commune for commune in known.communes}
    after = {commune.insee: commune for commune in read.communes}
    added = tuple(commune for insee, commune in after.items() if insee not in before)
    removed = tuple(commune for insee, commune in before.items() if insee not in after)
    kind: ChangeKind = "change-perimeter" if added or removed else "unchanged"
    return Change(kind, read, added, removed, tuple(_differences(known, read)))


def _differences(known: TerritoryFacts, read: TerritoryFacts) -> Iterator[Difference]:
    if known.name != read.name:
        yield Difference("name", read.siren, known.name, read.name)
    if known.legal_form != read.legal_form:
        yield Difference("legal_form", read.siren, known.legal_form, read.legal_form)
    if known.department != read.department:
        yield Difference("department", read.siren, known.department, read.department)
    yield from _population_differences(read.siren, known, read)
    before = {commune.insee: commune for commune in known.communes}
    for commune in read.communes:
        if commune.insee in before:
            yield from _commune_differences(before[commune.insee], commune)


def _commune_differences(known: CommuneFacts, read: CommuneFacts) -> Iterator[Difference]:
    if known.name != read.name:
        yield Difference("name", read.insee, known.name, read.name)
    if known.siren != read.siren:
        yield Difference("siren", read.insee, known.siren, read.siren)
    yield from _population_differences(read.insee, known, read)


def _population_differences(
    subject: str, known: TerritoryFacts | CommuneFacts, read: TerritoryFacts | CommuneFacts
) -> Iterator[Difference]:
    if known.population_municipal != read.population_municipal:
        yield Difference("population_municipal", subject, known.population_municipal, read.population_municipal)
    if known.population_total != read.population_total:
        yield Difference("population_total", subject, known.population_total, read.population_total)
