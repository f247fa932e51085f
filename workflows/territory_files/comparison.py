"""What a reading changes to the territories already registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from domain.territories import Commune
from domain.values import Code, PublicName
from workflows.territory_files import completing
from workflows.territory_files.facts import CommuneFacts, TerritoryFacts, TerritoryReading
from workflows.territory_files.names import is_better

ChangeKind = Literal["register", "change-perimeter", "unchanged"]


class RegisteredTerritory(completing.RegisteredTerritory, Protocol):
    """What the register knows of a territory, and since when; the `Territory` aggregate is one."""

    @property
    def as_of(self) -> date:
        """The day of what is registered."""


@dataclass(frozen=True)
class Difference:
    """A `field` of the EPCI or commune `subject` (SIREN or INSEE code) is read otherwise than registered.

    `taken`: the register will say what the files say. A spelling of the same day is only proposed, a seat that moves to
    another département is no perimeter.
    """

    field: Literal["name", "legal_form", "department", "siren", "population"]
    subject: str
    known: str | int | None
    read: str | int | None
    taken: bool = True


@dataclass(frozen=True)
class Change:
    """What to do for one territory, with the `name` and `communes` to put in the command: those read, with what is
    registered where the files have none or write it worse. `unchanged` may have differences: notices to show."""

    kind: ChangeKind
    territory: TerritoryFacts
    name: str
    communes: tuple[Commune, ...]
    added: tuple[Commune, ...] = ()
    removed: tuple[Commune, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def amends(self) -> bool:
        """Whether a registered territory is to say something else from now on."""
        return self.kind == "change-perimeter"


@dataclass(frozen=True)
class _Manner:
    """How the files are taken: on what day they are right, and whether every spelling is."""

    valid_on: date | None
    every_name: bool

    def takes(self, read: str, known: str, as_of: date) -> bool:
        newer = self.valid_on is not None and self.valid_on > as_of
        return read != known and (self.every_name or is_better(read, known, newer=newer))


def compare(
    reading: TerritoryReading,
    known: Mapping[str, RegisteredTerritory],
    valid_on: date | None = None,
    *,
    every_name: bool = False,
) -> list[Change]:
    """One change per territory read, in the order of SIREN; `known` is keyed by SIREN.

    `valid_on` is the day of the files: the names of a newer list are taken. With `every_name`, all are. A registered
    territory that the files do not mention is left alone: a list may cover one département only, and the end of an EPCI
    is a decision of its own. Raises `ValueError` if the reading has errors (all or nothing).
    """
    if reading.errors:
        raise ValueError("a reading with refused lines changes nothing")
    manner = _Manner(valid_on, every_name)
    return [_change(territory, known.get(territory.siren), manner) for territory in reading.territories]


def _change(read: TerritoryFacts, known: RegisteredTerritory | None, manner: _Manner) -> Change:
    if known is None:
        communes = tuple(_commune(facts, None, facts.name) for facts in read.communes)
        return Change("register", read, read.name, communes, added=communes)
    before = {commune.insee: commune for commune in known.communes}
    communes = tuple(_as_taken(facts, before.get(Code(facts.insee)), known.as_of, manner) for facts in read.communes)
    after = {commune.insee for commune in communes}
    added = tuple(commune for commune in communes if commune.insee not in before)
    removed = tuple(commune for insee, commune in before.items() if insee not in after)
    name_taken = manner.takes(read.name, known.name, known.as_of)
    differences = (
        *_territory_differences(known, read, name_taken=name_taken),
        *(
            difference
            for facts, commune in zip(read.communes, communes, strict=True)
            if commune.insee in before
            for difference in _commune_differences(before[commune.insee], commune, facts.name)
        ),
    )
    changed = added or removed or any(difference.taken for difference in differences)
    kind: ChangeKind = "change-perimeter" if changed else "unchanged"
    return Change(kind, read, read.name if name_taken else known.name, communes, added, removed, differences)


def _as_taken(facts: CommuneFacts, known: Commune | None, as_of: date, manner: _Manner) -> Commune:
    taken = known is None or manner.takes(facts.name, known.name, as_of)
    return _commune(facts, known, facts.name if known is None or taken else known.name)


def _commune(facts: CommuneFacts, known: Commune | None, name: str) -> Commune:
    siren = Code(facts.siren) if facts.siren is not None else None
    if siren is None and known is not None:
        siren = known.siren
    assert facts.population_municipal is not None, "a reading without errors has the population of each commune"
    return Commune(Code(facts.insee), siren, PublicName(name), facts.population_municipal)


def _territory_differences(
    known: RegisteredTerritory, read: TerritoryFacts, *, name_taken: bool
) -> Iterator[Difference]:
    if known.name != read.name:
        yield Difference("name", read.siren, known.name, read.name, name_taken)
    if known.legal_form != read.legal_form:
        yield Difference("legal_form", read.siren, known.legal_form, read.legal_form)
    if known.department != read.department and read.seat_is_certain:
        yield Difference("department", read.siren, known.department, read.department, taken=False)


def _commune_differences(known: Commune, taken: Commune, name_read: str) -> Iterator[Difference]:
    if known.name != name_read:
        yield Difference("name", known.insee, known.name, name_read, taken.name == name_read)
    if known.siren != taken.siren:
        yield Difference("siren", known.insee, known.siren, taken.siren)
    if known.population != taken.population:
        yield Difference("population", known.insee, known.population, taken.population)
