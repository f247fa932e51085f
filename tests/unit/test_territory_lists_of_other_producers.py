"""The lists of Insee and BANATIC, workbooks, and what spreadsheets put under a table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.unit.territory_samples import (
    EPCI_HEADING,
    EPCI_LINE,
    EPCI_TEXT,
    RIVIERES,
    TABLE_HEADING,
    TABLE_LINES,
    TABLE_TEXT,
    read,
    registered,
    shown,
    statuses,
)
from tests.unit.workbooks import workbook
from workflows.territory_files import compare, read_territory_files, valid_day

SIREN = "200900017"
TITLE: list[str | int] = ["Base des EPCI à fiscalité propre au 1er janvier 2025"]
EPCI_SHEET: list[list[str | int]] = [
    TITLE,
    ["Source : Insee, DGCL"],
    [],
    ["Code", "Libellé", "Nature", "Nombre de communes"],
    ["EPCI", "LIBEPCI", "NATURE_EPCI", "NB_COM"],
    [SIREN, "CC des Quatre Rivières", "CC", 3],
    ["ZZZZZZZZZ", "Sans objet", "ZZ", 4],
]
COMPOSITION_SHEET: list[list[str | int]] = [
    TITLE,
    [],
    ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"],
    ["32901", "Saint-Cœur-l'Échappée", SIREN, "CC des Quatre Rivières", "32", "76"],
    [32902, "Île-Bâtie", 200900017, "CC des Quatre Rivières", "32", "76"],
    ["32903", "Les Çaux", SIREN, "CC des Quatre Rivières", "32", "76"],
    ["29083", "Île-de-Sein", "ZZZZZZZZZ", "Sans objet", "29", "53"],
]
INSEE = workbook({"EPCI": EPCI_SHEET, "Composition_communale": COMPOSITION_SHEET, "Documentation": [["à lire"]]})
POPULATIONS = "DEPCOM;COM;PMUN;PCAP;PTOT\n32901;Saint;9499;234;9733\n32902;Île;570;12;582\n32903;Les;40;1;41"
WITHOUT_SIREN = replace(
    RIVIERES,
    communes=tuple(replace(commune, siren=None) for commune in RIVIERES.communes),
    population_municipal=None,
    population_total=None,
)


def test_the_composition_of_insee_is_read_with_its_populations() -> None:
    reading = read_territory_files([("intercommunalite.xlsx", INSEE), ("populations.csv", POPULATIONS.encode())])
    assert reading.errors == ()
    assert reading.territories == (WITHOUT_SIREN,)
    assert {code for _, _, code in shown(reading.verdicts) if code == "no-epci"} == {"no-epci"}
    assert valid_day(reading, None, date(2026, 1, 1)) == (date(2025, 1, 1), ())


def test_the_composition_of_insee_alone_changes_names_and_loses_no_population() -> None:
    known = registered(read())
    alone = workbook({"Composition_communale": COMPOSITION_SHEET})
    reading = read_territory_files([("composition.xlsx", alone)], registered=known)
    assert reading.errors == ()
    (change,) = compare(reading, known)
    assert change.kind == "unchanged"
    assert sum(commune.population for commune in change.communes) == 10109


def test_a_population_that_nobody_gives_is_asked_for_once() -> None:
    reading = read_territory_files([("intercommunalite.xlsx", INSEE)])
    assert shown(reading.errors) == [("intercommunalite.xlsx [Composition_communale]", 4, "population-unknown")]


def test_a_commune_that_lost_its_leading_zero_in_a_workbook_is_found_again() -> None:
    rows = [line.split(";") for line in TABLE_TEXT.replace("32901", "01901").splitlines()]
    cells: list[list[str | int]] = [[int(cell) if cell.isdecimal() else cell for cell in row] for row in rows]
    files = [("epci.csv", EPCI_TEXT.encode()), ("communes.xlsx", workbook({"Feuil1": cells}))]
    assert "01901" in [commune.insee for commune in read_territory_files(files).territories[0].communes]


def test_a_workbook_says_what_its_csv_says() -> None:
    sheets = {"EPCI": EPCI_TEXT, "Communes": TABLE_TEXT}
    book = workbook({name: [line.split(";") for line in text.splitlines()] for name, text in sheets.items()})
    reading = read_territory_files([("liste.xlsx", book)])
    assert reading.territories == (RIVIERES,)
    assert statuses(reading) == {"accepted": 4}
    assert reading.verdicts[0].file == "liste.xlsx [EPCI]"


BANATIC = "\n".join(
    [
        "Région siège\tDépartement siège\tArrondissement siège\tCommune siège\tN° SIREN\tNom du groupement"
        "\tNature juridique\tType\tSiren membre\tNom membre",
        *(
            f"76 - Occitanie\t32 - Gers\t322 - Auch\t32901 - Saint\t{SIREN}\tCC des Quatre Rivières\tCC\tCommune"
            f"\t{line.split(';')[2]}\t{line.split(';')[3]}"
            for line in TABLE_LINES
        ),
        "76 - Occitanie\t32 - Gers\t322 - Auch\t32901 - Saint\t253200018\tSyndicat des eaux"
        f"\tSM\tGroupement\t{SIREN}\tCC",
    ]
)


def test_the_columns_of_banatic_are_read_with_what_gives_their_codes() -> None:
    known = registered(read())
    reading = read_territory_files([("banatic.xls", BANATIC.encode("cp1252"))], registered=known)
    assert reading.errors == ()
    assert [change.kind for change in compare(reading, known)] == ["unchanged"]
    assert ("banatic.xls", 5, "other-group") in shown(reading.verdicts)


def test_a_member_known_by_its_siren_alone_says_what_to_add() -> None:
    reading = read_territory_files([("banatic.xls", BANATIC.encode("cp1252"))])
    assert [code for _, _, code in shown(reading.errors)] == ["member-unknown"] * 3


@pytest.mark.parametrize(
    "under",
    [
        ["Source : DGCL, Banatic"],
        ["", "Source : DGCL, Banatic, 2025"],
        ["Total;;;;3;10 356;10 109", "", "Source : Insee"],
        ["Champ : France hors Mayotte", "* population au 1er janvier 2022"],
        ["ENSEMBLE;;;;3;10356;10109;"],
    ],
)
def test_a_source_or_a_total_under_the_table_is_one_remark(under: list[str]) -> None:
    reading = read("\n".join((EPCI_TEXT, *under)))
    assert reading.territories == (RIVIERES,)
    assert [code for _, _, code in shown(reading.notices)] == ["below-table"]
    text = str(reading.notices[0].parameters["text"])
    assert text and text.split()[0] in "\n".join(under)


@pytest.mark.parametrize("under", ["Source : Insee", "Total;;;;41;40"])
def test_a_source_or_a_total_under_the_communes_is_one_remark(under: str) -> None:
    assert [code for _, _, code in shown(read(table=f"{TABLE_TEXT}\n{under}").verdicts) if code != "accepted"] == [
        "below-table"
    ]


@pytest.mark.parametrize(
    "last",
    [
        EPCI_LINE.replace(SIREN, "20090001"),
        EPCI_LINE.replace(SIREN, ""),
        f"32;{SIREN}",
        "32;2009000I7;CC des Sources;CC;3;10 356;10 109",
    ],
)
def test_a_damaged_last_line_is_not_taken_for_a_note(last: str) -> None:
    reading = read(f"{EPCI_HEADING}\n{EPCI_LINE}\n{last}")
    assert shown(reading.errors)[0][1] == 3


def test_a_damaged_last_commune_is_not_taken_for_a_note() -> None:
    last = TABLE_LINES[2].replace("32903", "3290").replace(SIREN, "")
    reading = read(table="\n".join((TABLE_HEADING, *TABLE_LINES[:2], last)))
    assert ("communes.csv", 4, "siren") in shown(reading.errors)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * (100 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 no archive", "workbook-unreadable"),
        (INSEE[: len(INSEE) // 2], "workbook-unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook-unreadable"),
        (workbook({"Vide": []}), "empty-file"),
        (workbook({"Autre": [["nom", "prénom"], ["a", "b"]]}), "unknown-file"),
        (bomb, "workbook-too-large"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_in_words(data: bytes | Callable[[], bytes], code: str) -> None:
    content = data() if callable(data) else data
    reading = read_territory_files([("classeur.xlsx", content)])
    assert [found for _, _, found in shown(reading.errors)] == [code]
