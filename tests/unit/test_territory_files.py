"""Public lists of EPCI and communes, published or untidy, state the same facts whatever their form and order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from ctg_engine.demo.territories import load_demo_territories
from domain.values import InvalidValue, luhn_is_valid
from tests.unit.territory_samples import RIVIERES, registered, statuses
from workflows.territory_files import TerritoryReading, compare, read_territory_files
from workflows.texts import Texts

ROOT = Path(__file__).parents[2]
CRAFTED = ROOT / "tests" / "data" / "territories"
PUBLISHED = ROOT.parent / "shared" / "data"

needs_published_files = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="cannot apply: the published files are not beside this checkout"
)


def crafted(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (CRAFTED / name).read_bytes()) for name in names]


def published(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (PUBLISHED / name).read_bytes()) for name in names]


LIST, TABLE, PERIMETER = "liste_epci_utf8_bom.csv", "communes_cp1252_tab.txt", "perimetre_utf16.csv"
NATIONAL = ("epci_france_2025.csv", "epci_communes_france_2025.csv")
GERS = ("gers_perimetre_epci_2025_cp1252.csv",)


@cache
def national() -> TerritoryReading:
    """The Gers, read in the lists of the whole country."""
    return read_territory_files(published(*NATIONAL), {"32"})


@needs_published_files
def test_both_published_sources_of_the_gers_state_the_same_fifteen_territories() -> None:
    departmental = read_territory_files(published(*GERS), {"32"})
    together = read_territory_files(published(*GERS, *NATIONAL), {"32"})

    assert national().errors == departmental.errors == together.errors == ()
    assert national().notices == departmental.notices == together.notices == ()
    assert len(national().territories) == 15
    assert sum(len(territory.communes) for territory in national().territories) == 447
    assert national().territories == departmental.territories == together.territories
    assert statuses(departmental) == {"accepted": 447, "ignored": 50}  # the two that are seated in 40 and 82


@needs_published_files
def test_second_run_and_other_source_change_nothing() -> None:
    known = registered(national())
    for reading in (national(), read_territory_files(published(*GERS), {"32"})):
        changes = compare(reading, known)
        assert Counter(change.kind for change in changes) == {"unchanged": 15}
        assert all(change.differences == () for change in changes)


@needs_published_files
def test_every_epci_of_the_country_is_read_and_homonyms_stay_two() -> None:
    reading = read_territory_files(published(*NATIONAL))
    assert reading.errors == ()
    assert len(reading.territories) == 1255
    assert len([t for t in reading.territories if t.name == "CC des Quatre Rivières"]) == 2
    assert statuses(reading) == {"accepted": 1255 + 34871}


@needs_published_files
def test_the_demonstration_states_what_is_published() -> None:
    reading = national()
    shown = [territory.facts for territory in load_demo_territories()]
    renamed = {
        read.name: one.name for one, read in zip(shown, reading.territories, strict=True) if one.name != read.name
    }
    assert renamed == {"CC de la Tenarèze": "CC de la Ténarèze"}, "as it writes itself"
    assert [replace(one, name=renamed.get(one.name, one.name)) for one in reading.territories] == shown


def test_demonstration_territories_are_whole() -> None:
    territories = load_demo_territories()
    assert len(territories) == len({territory.facts.siren for territory in territories}) == 15
    assert len({(territory.column, territory.row) for territory in territories}) == 15
    assert len({territory.short_name for territory in territories}) == 15
    for territory in territories:
        facts = territory.facts
        assert facts.department == "32"
        assert facts.population_municipal == sum(commune.population_municipal or 0 for commune in facts.communes)
        assert facts.population_total == sum(commune.population_total or 0 for commune in facts.communes)
        assert all(luhn_is_valid(siren) for siren in (facts.siren, *(c.siren or "" for c in facts.communes)))
    every = [commune.insee for territory in territories for commune in territory.facts.communes]
    assert len(every) == len(set(every)) == 447


def test_the_demonstration_file_cites_its_source_and_licence() -> None:
    text = (ROOT / "ctg_engine" / "demo" / "gers.json").read_text(encoding="utf-8")
    assert "decoupage-administratif" in text and "Licence Ouverte" in text
    assert len([line for line in text.splitlines() if line.lstrip().startswith('["32')]) == 447  # one commune a line


def test_untidy_list_and_table_are_understood() -> None:
    reading = read_territory_files(crafted(LIST, TABLE))
    assert reading.errors == reading.notices == ()
    assert reading.territories[0] == RIVIERES
    assert [(t.siren, t.department, len(t.communes)) for t in reading.territories] == [
        ("200900017", "32", 3),
        ("200900025", "2A", 1),
        ("200900033", "974", 2),
        ("200900041", "40", 2),
    ]
    assert reading.territories[1].communes[0].insee == "2A901"
    assert reading.territories[1].name == reading.territories[0].name
    assert reading.territories[2].population_municipal == 151999


def test_sources_and_their_order_give_the_same_facts() -> None:
    expected = read_territory_files(crafted(LIST, TABLE)).territories
    assert read_territory_files(crafted(PERIMETER)).territories == expected
    for order in permutations((LIST, TABLE, PERIMETER)):
        reading = read_territory_files(crafted(*order))
        assert reading.errors == reading.notices == ()
        assert reading.territories == expected
        assert reading.verdicts[0].file == order[0]


def test_each_line_has_a_verdict() -> None:
    reading = read_territory_files(crafted(LIST, TABLE), ["32", "2a"])
    codes = {(verdict.file, verdict.line): verdict.code for verdict in reading.verdicts}
    assert len(codes) == len(reading.verdicts) == 15
    assert [codes[LIST, line] for line in (1, 2, 4, 5, 6, 7, 8)] == [
        "above-heading",
        "above-heading",
        "accepted",
        "accepted",
        "elsewhere",
        "elsewhere",
        "blank-line",
    ]
    assert Counter(codes[TABLE, line] for line in range(2, 10)) == {"accepted": 4, "elsewhere": 4}


def test_an_epci_is_kept_for_its_seat_with_all_its_communes() -> None:
    reading = read_territory_files(crafted(PERIMETER), {"40"})
    assert [commune.insee for territory in reading.territories for commune in territory.communes] == ["32904", "40901"]
    assert "32904" not in [
        c.insee for t in read_territory_files(crafted(PERIMETER), {"32"}).territories for c in t.communes
    ]


def test_departments_are_checked() -> None:
    with pytest.raises(InvalidValue) as refused:
        read_territory_files(crafted(PERIMETER), {"99"})
    assert (refused.value.code, refused.value.parameters) == ("department", {"value": "99"})
    assert Texts("fr").t("invalid.department", **refused.value.parameters)
    with pytest.raises(ValueError, match="at least one file"):
        read_territory_files([])
