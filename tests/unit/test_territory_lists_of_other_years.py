"""A list of another year: newer names are taken, an older list is refused, what moved between EPCI is told."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from domain.territories import Commune
from domain.values import Code, PublicName
from tests.unit.territory_samples import (
    EPCI_TEXT,
    TABLE_HEADING,
    TABLE_LINES,
    TABLE_TEXT,
    Registered,
    read,
    registered,
    shown,
)
from tests.unit.test_territory_files import PUBLISHED, needs_published_files
from workflows.territory_files import check_age, check_others, compare, read_territory_files, valid_day
from workflows.territory_files.names import as_its_communes_spell
from workflows.texts import LANGUAGES, Texts

RIVIERES = "200900017"
NEWER, SAME = date(2025, 1, 1), date(2024, 1, 1)
TODAY = date(2026, 11, 27)


def known_as(name: str, commune: str = "Saint-Cœur-l'Échappée", form: str = "CC") -> dict[str, Registered]:
    """What is registered since 2024 under these names."""
    known = registered(read(), SAME)
    first = replace(known[RIVIERES].communes[0], name=PublicName(commune))
    communes = (first, *known[RIVIERES].communes[1:])
    return {RIVIERES: replace(known[RIVIERES], name=name, legal_form=form, communes=communes)}


@pytest.mark.parametrize(
    "name",
    [
        "CC des 4 rivières",
        "CC des quatre rivières",
        "CC des Quatre-Rivières",
        "CC du Pays des Rivières (CCPR)",
        "CC des Quatre Rivieres",
    ],
)
def test_a_new_name_in_a_newer_list_does_not_stay_the_old_one(name: str) -> None:
    (change,) = compare(read(), known_as(name), NEWER)
    assert (change.kind, change.name) == ("change-perimeter", "CC des Quatre Rivières")
    (difference,) = change.differences
    assert (difference.field, difference.taken) == ("name", True)
    for language in LANGUAGES:
        said = Texts(language).t("import.difference.name", subject=RIVIERES, known=name, read=change.name)
        assert name in said and change.name in said


def test_a_new_legal_form_in_a_newer_list_is_taken() -> None:
    (change,) = compare(read(), known_as("CC des Quatre Rivières", form="CA"), NEWER)
    assert (change.kind, change.territory.legal_form) == ("change-perimeter", "CC")


@pytest.mark.parametrize("name", ["CC des Quatre Rivi?res", "CC des QUATRE RIVIžRES", "CC des Quatre RiviÃ¨res"])
@pytest.mark.parametrize("valid_on", [SAME, NEWER])
def test_a_name_registered_damaged_is_mended_by_a_sound_list(name: str, valid_on: date) -> None:
    (change,) = compare(read(), known_as(name, commune="Saint-C?ur-l'Échappée"), valid_on)
    assert change.name == "CC des Quatre Rivières"
    assert change.communes[0].name == "Saint-Cœur-l'Échappée"


def test_two_sources_of_one_year_that_spell_otherwise_do_not_write_for_ever() -> None:
    (change,) = compare(read(), known_as("CC des Quatre-Rivières"), SAME)
    assert (change.kind, change.name) == ("unchanged", "CC des Quatre-Rivières")
    assert [one.taken for one in change.differences] == [False]
    poorer = read(EPCI_TEXT.replace("CC des Quatre Rivières", "CC DES QUATRE RIVIERES"))
    for valid_on in (SAME, NEWER):
        (change,) = compare(poorer, known_as("CC des Quatre Rivières"), valid_on)
        assert (change.kind, change.name) == ("unchanged", "CC des Quatre Rivières")


def test_every_name_of_a_list_is_taken_when_asked() -> None:
    (change,) = compare(read(), known_as("CC des Quatre-Rivières"), SAME, every_name=True)
    assert change.name == "CC des Quatre Rivières"


def test_an_older_list_is_not_written_over_a_newer_one() -> None:
    older = read(table=TABLE_TEXT.replace("_2025", "_2024").replace("9 499", "9 400"))
    valid_on, against = valid_day(older, None, TODAY)
    assert (valid_on, against) == (date(2024, 1, 1), ())
    known = registered(read(), date(2025, 1, 1))
    assert valid_on is not None
    refused = list(check_age(older, compare(older, known, valid_on), known, valid_on))
    assert shown(refused) == [("epci.csv", 2, "older-list")]
    assert list(check_age(read(), compare(read(), known, valid_on), known, valid_on)) == []  # it says nothing else


def test_an_older_name_is_refused_as_an_older_list() -> None:
    older = read(EPCI_TEXT.replace("Quatre", "4"), TABLE_TEXT.replace("_2025", "_2024"))
    known = registered(read(), date(2025, 1, 1))
    assert [one.code for one in check_age(older, compare(older, known, SAME), known, SAME)] == ["older-list"]


def test_the_year_of_a_list_must_be_known_be_one_and_have_begun() -> None:
    dateless = read(table=TABLE_TEXT.replace("_2025", ""))
    assert shown(valid_day(dateless, None, TODAY)[1]) == [("epci.csv", 1, "day-unknown")]
    assert valid_day(read_territory_files([("autre.csv", b"nom;prenom")]), None, TODAY) == (None, ())
    assert valid_day(dateless, SAME, TODAY) == (SAME, ())
    assert shown(valid_day(read(), SAME, TODAY)[1]) == [("communes.csv", 1, "another-year")]
    assert shown(valid_day(read(), None, date(2024, 12, 31))[1]) == [("communes.csv", 1, "not-yet")]
    mixed = read_territory_files(
        [
            ("epci.csv", EPCI_TEXT.encode()),
            ("communes.csv", TABLE_TEXT.encode()),
            ("old.csv", TABLE_TEXT.replace("_2025", "_2024").encode()),
        ]
    )
    assert shown(mixed.errors) == [("old.csv", 1, "years-differ")]


OTHER = "200900041"


def neighbour(*communes: str) -> dict[str, Registered]:
    """Another registered EPCI, with these communes."""
    perimeter = tuple(Commune(Code(one), None, PublicName(f"Commune {one}"), 100) for one in communes)
    return {OTHER: Registered("CC d'à Côté", "CC", "40", perimeter, SAME)}


def test_a_commune_that_another_registered_epci_has_is_told_and_refused() -> None:
    told = list(check_others(read(), neighbour("32903", "40901", "40902")))
    assert shown(told) == [("communes.csv", 4, "commune-registered-elsewhere")]
    assert told[0].status == "refused" and told[0].parameters["communes"] == "32903"


def test_an_epci_that_vanished_is_told_and_blocks_nothing() -> None:
    told = list(check_others(read(), neighbour("32902", "32903")))
    assert shown(told) == [("communes.csv", 3, "epci-vanished")]
    assert told[0].status == "notice" and "200900017" in str(told[0].parameters["others"])
    assert list(check_others(read(), neighbour("40901"))) == []  # the files are about elsewhere


def test_a_commune_left_behind_by_the_departments_asked_for_is_refused() -> None:
    epci = EPCI_TEXT + "\n40;200900041;CC d'à Côté;CC;1;2000;1900"
    table = TABLE_TEXT + "\n200900041;40901;214009011;Aïre-le-Pont;2000;1900"
    files = [("epci.csv", epci.encode()), ("communes.csv", table.encode())]
    known = neighbour("40901", "32903")
    told = list(check_others(read_territory_files(files, {"32"}), known))
    assert shown(told) == [("communes.csv", 4, "commune-left-behind")]
    assert told[0].parameters["department"] == "40"
    assert list(check_others(read_territory_files(files), known)) == []


def test_a_smaller_perimeter_of_the_same_epci_is_no_fault() -> None:
    smaller = read(EPCI_TEXT.replace(";3;", ";2;"), "\n".join((TABLE_HEADING, *TABLE_LINES[:2])))
    assert list(check_others(smaller, registered(read(), SAME))) == []


@needs_published_files
def test_the_epci_renamed_in_2025_get_their_names_and_forms() -> None:
    """Of the thirty-five, two only got the accents that their communes had given them."""
    names = ("epci_france_2025.csv", "epci_communes_france_2025.csv")
    epci, table = ((PUBLISHED / name).read_bytes() for name in names)
    reading = read_territory_files([(names[0], epci), (names[1], table)])
    with (PUBLISHED / "historique_epci_2019_2025.csv").open(encoding="utf-8-sig", newline="") as opened:
        before = {row["siren"]: row for row in csv.DictReader(opened, delimiter=";") if row["annee"] == "2024"}
    known = {
        siren: replace(
            one,
            name=as_its_communes_spell(
                " ".join(before[siren]["raison_sociale"].split()), (each.name for each in one.communes)
            ),
            legal_form=before[siren]["nature_juridique"],
        )
        for siren, one in registered(reading, date(2024, 1, 1)).items()
    }
    changes = compare(reading, known, date(2025, 1, 1))
    assert Counter(change.kind for change in changes) == {"unchanged": 1222, "change-perimeter": 33}
    assert Counter((one.field, one.taken) for change in changes for one in change.differences) == {
        ("name", True): 33,
        ("legal_form", True): 1,
    }
    assert all(change.name == change.territory.name for change in changes)
