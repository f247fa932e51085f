"""What a reading changes to the territories already registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from domain.territories import Commune
from domain.values import Code, PublicName
from workflows.territory_files.facts import CommuneFacts, TerritoryFacts, TerritoryReading

ChangeKind = Literal["register", "change-perimeter", "unchanged"]


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
class Difference:
    """A `field` of the EPCI or commune `subject` (SIREN or INSEE code) is read otherwise than registered."""

    field: Literal["name", "legal_form", "department", "siren", "population"]
    subject: str
    known: str | int | None
    read: str | int | None

    @property
    def matters(self) -> bool:
        """Whether it is worth an event.

        Producers spell one name in several ways ("Coeur", "Cœur"): were a name alone a change, importing two
        sources in turn would write for ever. A seat that moves to another département is not a perimeter.
        """
        return self.field in {"legal_form", "siren", "population"}


@dataclass(frozen=True)
class Change:
    """What to do for one territory, with the `communes` to put in the command: those read, with the SIREN
    already registered where the file has none. `unchanged` may have differences: they are notices to show."""

    kind: ChangeKind
    territory: TerritoryFacts
    communes: tuple[Commune, ...]
    added: tuple[Commune, ...] = ()
    removed: tuple[Commune, ...] = ()
    differences: tuple[Difference, ...] = ()


def compare(reading: TerritoryReading, known: Mapping[str, RegisteredTerritory]) -> list[Change]:
    """One change per territory read, in the order of SIREN; `known` is keyed by SIREN.

    A registered territory that the files do not mention is left alone: a list may cover one département only,
    and the end of an EPCI is a decision of its own. Raises `ValueError` if the reading has errors (all or nothing).
    """
    if reading.errors:
        raise ValueError("a reading with refused lines changes nothing")
    return [_change(territory, known.get(territory.siren)) for territory in reading.territories]


def _change(read: TerritoryFacts, known: RegisteredTerritory | None) -> Change:
    before = {commune.insee: commune for commune in known.communes} if known is not None else {}
    communes = tuple(_commune(facts, before.get(Code(facts.insee))) for facts in read.communes)
    if known is None:
        return Change("register", read, communes, added=communes)
    after = {commune.insee for commune in communes}
    added = tuple(commune for commune in communes if commune.insee not in before)
    removed = tuple(commune for insee, commune in before.items() if insee not in after)
    differences = (
        *_territory_differences(known, read),
        *(
            difference
            for commune in communes
            if commune.insee in before
            for difference in _commune_differences(before[commune.insee], commune)
        ),
    )
    changed = added or removed or any(difference.matters for difference in differences)
    return Change("change-perimeter" if changed else "unchanged", read, communes, added, removed, differences)


def _commune(facts: CommuneFacts, known: Commune | None) -> Commune:
    siren = Code(facts.siren) if facts.siren is not None else None
    if siren is None and known is not None:
        siren = known.siren
    return Commune(Code(facts.insee), siren, PublicName(facts.name), facts.population_municipal)


def _territory_differences(known: RegisteredTerritory, read: TerritoryFacts) -> Iterator[Difference]:
    if known.name != read.name:
        yield Difference("name", read.siren, known.name, read.name)
    if known.legal_form != read.legal_form:
        yield Difference("legal_form", read.siren, known.legal_form, read.legal_form)
    if known.department != read.department:
        yield Difference("department", read.siren, known.department, read.department)


def _commune_differences(known: Commune, read: Commune) -> Iterator[Difference]:
    if known.name != read.name:
        yield Difference("name", read.insee, known.name, read.name)
    if known.siren != read.siren:
        yield Difference("siren", read.insee, known.siren, read.siren)
    if known.population != read.population:
        yield Difference("population", read.insee, known.population, read.population)
