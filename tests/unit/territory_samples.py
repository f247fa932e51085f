"""Small sound lists of EPCI and communes, which each test spoils in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.territories import Commune
from workflows.territory_files import (
    CommuneFacts,
    LineVerdict,
    TerritoryFacts,
    TerritoryReading,
    compare,
    read_territory_files,
)
from workflows.texts import LANGUAGES, Texts

RIVIERES = TerritoryFacts(
    siren="200900017",
    name="CC des Quatre Rivières",
    legal_form="CC",
    department="32",
    communes=(
        CommuneFacts("32901", "213209018", "Saint-Cœur-l'Échappée", 9499, 9733),
        CommuneFacts("32902", "213209026", "Île-Bâtie", 570, 582),
        CommuneFacts("32903", "213209034", "Les Çaux", 40, 41),
    ),
    population_municipal=10109,
    population_total=10356,
)


EPCI_HEADING = "dept;siren;raison_sociale;nature_juridique;nb_membres;total_pop_tot;total_pop_mun"
EPCI_LINE = "32;200900017;CC des Quatre Rivières;CC;3;10 356;10 109"
TABLE_HEADING = "siren_epci;insee;siren_commune;nom_commune;ptot_2025;pmun_2025"
TABLE_LINES = (
    "200900017;32901;213209018;Saint-Cœur-l'Échappée;9 733;9 499",
    "200900017;32902;213209026;Île-Bâtie;582;570",
    "200900017;32903;213209034;Les Çaux;41;40",
)
EPCI_TEXT = f"{EPCI_HEADING}\n{EPCI_LINE}"
TABLE_TEXT = "\n".join((TABLE_HEADING, *TABLE_LINES))
PERIMETER_TEXT = "\n".join(
    [EPCI_HEADING + ";insee;siren_membre;nom_membre;ptot_2025;pmun_2025"]
    + [EPCI_LINE + ";" + line.partition(";")[2] for line in TABLE_LINES]
)


def read(epci: str = EPCI_TEXT, table: str = TABLE_TEXT, perimeter: str | None = None) -> TerritoryReading:
    files = [("epci.csv", epci.encode()), ("communes.csv", table.encode())]
    return read_territory_files(files + ([("perimetre.csv", perimeter.encode())] if perimeter is not None else []))


def shown(verdicts: Iterable[LineVerdict]) -> list[tuple[str, int, str]]:
    """The verdicts as file, line and code; each is also told in both languages, which fails without a text."""
    for verdict in verdicts:
        for language in LANGUAGES:
            text = Texts(language).t(f"import.{verdict.code}", **verdict.parameters)
            line = Texts(language).t("import.line", file=verdict.file, line=verdict.line, text=text)
            assert text in line and verdict.file in line
    return [(verdict.file, verdict.line, verdict.code) for verdict in verdicts]


def statuses(reading: TerritoryReading) -> Counter[str]:
    return Counter(verdict.status for verdict in reading.verdicts)


@dataclass(frozen=True)
class Registered:
    """What a register holds, built from facts."""

    name: str
    legal_form: str
    department: str
    communes: tuple[Commune, ...]
    as_of: date


def registered(reading: TerritoryReading, as_of: date = date(2025, 1, 1)) -> dict[str, Registered]:
    return {
        change.territory.siren: Registered(
            change.name, change.territory.legal_form, change.territory.department, change.communes, as_of
        )
        for change in compare(reading, {})
    }
