"""Names come in whole or not at all, in whatever encoding a list was exported, or exported twice."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from ctg_engine.demo.territories import load_demo_territories
from tests.unit.territory_samples import EPCI_TEXT, PERIMETER_TEXT, RIVIERES, TABLE_TEXT, shown
from tests.unit.test_territory_files import PUBLISHED, needs_published_files
from workflows.territory_files import TerritoryReading, read_territory_files
from workflows.territory_files.encodings import is_damaged

COMMUNES = [commune for territory in load_demo_territories() for commune in territory.facts.communes]
REAL_NAMES = sorted({one.facts.name for one in load_demo_territories()} | {commune.name for commune in COMMUNES})
ACCENTED = [name for name in REAL_NAMES if not name.isascii()]

RARE = {"Cœur": "Coeur", "cœur": "coeur"}  # DOS has no "œ"


def encoded(text: str, encoding: str) -> bytes:
    if encoding.startswith("cp8"):
        for letters, plain in RARE.items():
            text = text.replace(letters, plain)
    return text.encode(encoding)


def twice(text: str, encoding: str, times: int = 1) -> bytes:
    """The UTF-8 of a text taken for another encoding, and written in UTF-8 again."""
    for _ in range(times):
        text = "".join(
            bytes([byte]).decode(encoding, errors="ignore") or chr(byte)  # Windows-1252 leaves five bytes undefined
            for byte in text.encode()
        )
    return text.encode()


def read(data: bytes) -> TerritoryReading:
    return read_territory_files([("perimetre.csv", data)])


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", None),
        ("cp1252", None),
        ("mac_roman", "Mac Roman"),
        ("iso8859-15", "ISO 8859-15"),
        ("cp850", "MS-DOS 850"),
    ],
)
def test_accents_of_an_old_export_are_not_registered_damaged(encoding: str, told: str | None) -> None:
    reading = read(encoded(PERIMETER_TEXT, encoding))
    assert reading.errors == ()
    names = [reading.territories[0].name, *(commune.name for commune in reading.territories[0].communes)]
    expected = [RIVIERES.name, *(commune.name for commune in RIVIERES.communes)]
    assert [name.replace("œ", "oe") for name in names] == [name.replace("œ", "oe") for name in expected]
    assert [verdict.parameters.get("encoding") for verdict in reading.notices] == ([told] if told else [])
    assert shown(reading.notices) == ([("perimetre.csv", 1, "encoding-recognised")] if told else [])


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman"])
@pytest.mark.parametrize("times", [1, 2])
def test_accents_encoded_twice_are_put_right(encoding: str, times: int) -> None:
    reading = read(twice(PERIMETER_TEXT, encoding, times))
    assert reading.territories == (RIVIERES,)
    assert shown(reading.notices) == [("perimetre.csv", 1, "encoding-doubled")]


def test_the_one_line_that_was_encoded_twice_is_refused_and_named() -> None:
    lines = PERIMETER_TEXT.splitlines()
    lines[2] = twice(lines[2], "cp1252").decode()
    reading = read("\n".join(lines).encode())
    assert {verdict.line for verdict in reading.errors} == {3}
    assert "damaged-text" in {code for _, _, code in shown(reading.errors)}


def wrongly(written: str, taken_for: str) -> Callable[[str], str]:
    return lambda name: name.encode(written).decode(taken_for, errors="replace")


@pytest.mark.parametrize(
    ("written", "taken_for"),
    [
        ("mac_roman", "cp1252"),
        ("mac_roman", "latin-1"),
        ("utf-8", "cp1252"),
        ("utf-8", "latin-1"),
        ("utf-8", "mac_roman"),
        ("cp850", "cp1252"),
        ("cp1252", "mac_roman"),
    ],
)
def test_a_name_damaged_before_it_came_here_is_refused(written: str, taken_for: str) -> None:
    damaged = wrongly(written, taken_for)
    names = [name for name in ACCENTED if not set(name) & set("œ’")]
    missed = [
        name
        for name in names
        if damaged(name) != name and not is_damaged(damaged(name)) and "\ufffd" not in damaged(name)
    ]
    assert missed == []
    table = TABLE_TEXT.replace("Les Çaux", damaged("Saint-Médard"))
    reading = read_territory_files([("epci.csv", EPCI_TEXT.encode()), ("communes.csv", table.encode())])
    assert [verdict.line for verdict in reading.errors] == [4]


def test_no_real_name_of_the_gers_is_taken_for_damaged() -> None:
    assert [name for name in REAL_NAMES if is_damaged(name)] == []


def published_names() -> list[str]:
    names = set()
    for file, column in (
        ("epci_france_2025.csv", "raison_sociale"),
        ("epci_communes_france_2025.csv", "nom_commune"),
        ("historique_epci_2019_2025.csv", "raison_sociale"),
    ):
        with (PUBLISHED / file).open(encoding="utf-8-sig", newline="") as opened:
            names |= {row[column] for row in csv.DictReader(opened, delimiter=";")}
    return sorted(names)


@needs_published_files
def test_no_real_name_of_the_country_is_taken_for_damaged() -> None:
    assert [name for name in published_names() if is_damaged(name)] == []


@pytest.mark.slow
@needs_published_files
@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "double"])
def test_the_real_files_come_in_whole_from_an_old_macintosh_or_encoded_twice(encoding: str) -> None:
    names = ("epci_france_2025.csv", "epci_communes_france_2025.csv")
    texts = {name: (PUBLISHED / name).read_text(encoding="utf-8-sig") for name in names}
    expected = read_territory_files([(name, text.encode()) for name, text in texts.items()], {"32", "29", "974"})
    files = [
        (name, twice(text, "cp1252") if encoding == "double" else text.encode(encoding)) for name, text in texts.items()
    ]
    reading = read_territory_files(files, {"32", "29", "974"})
    assert reading.errors == ()
    assert reading.territories == expected.territories
