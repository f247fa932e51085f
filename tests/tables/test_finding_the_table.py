"""The table is found between titles, hints, groups and totals; what is passed over is said."""

from __future__ import annotations

from datetime import date

from tests.tables.books import HEAD, table, xlsx
from workflows.tables.columns import Certainty, propose
from workflows.tables.finding import Passed

MESSY = [
    ("Plan d’actions de la CTG", "", "", "", ""),
    ("Mis à jour le 3 mars", "", "", "", ""),
    HEAD,
    ("Champ texte", "Texte court de 300 caractères", "Champ texte", "Saisissez une date", "JJ/MM/AAAA"),
    ("Axe 1 - Petite enfance", "", "", "", ""),
    ("", "Ouvrir une crèche", "CIAS", date(2024, 1, 1), date(2025, 12, 31)),
    ("", "Former les assistantes", "Caf", 45292, "mi-2024"),
    HEAD,
    ("Axe 2 - Jeunesse", "", "", "", ""),
    ("", "", "", "", ""),
    ("", "Navette du samedi", "CIAS / MSA (à voir)", "2023-2024", 46022),
    ("Total", "3", "", "", ""),
    ("Source : comité du 12 mars", "", "", "", ""),
]


def test_rows_of_the_table_are_told_from_all_that_stands_around_it() -> None:
    found = table(xlsx(MESSY, merged=[(0, 0, 0, 4), (4, 0, 4, 4)]))
    assert [row + 1 for row in found.rows] == [6, 7, 11]
    assert {row + 1: why for row, why in found.passed.items()} == {
        1: Passed.ABOVE,
        2: Passed.ABOVE,
        4: Passed.HINT,
        5: Passed.GROUP,
        8: Passed.HEAD_AGAIN,
        9: Passed.GROUP,
        12: Passed.TOTAL,
        13: Passed.NOTE,
    }
    assert found.groups[5].shown == "Axe 1 - Petite enfance"
    assert found.groups[10].shown == "Axe 2 - Jeunesse"


def test_an_axis_merged_downwards_holds_for_each_of_its_rows() -> None:
    rows = [HEAD, *(("Petite enfance" if n == 0 else "", f"Action {n}", "CIAS", "", "") for n in range(3))]
    found = table(xlsx(rows, merged=[(1, 0, 3, 0)]))
    assert [found.cell(row, 0).shown for row in found.rows] == ["Petite enfance"] * 3


def test_a_head_on_two_rows_is_read_as_one() -> None:
    rows = [
        ("Intitulé", "Pilote", "Dates", ""),
        ("", "", "Début", "Fin"),
        ("Ouvrir une crèche", "CIAS", date(2024, 1, 1), date(2025, 1, 1)),
    ]
    found = table(xlsx(rows, merged=[(0, 2, 0, 3)]))
    assert dict(found.heads) == {0: "Intitulé", 1: "Pilote", 2: "Dates Début", 3: "Dates Fin"}
    assert [row + 1 for row in found.rows] == [3]


def test_a_column_without_known_head_is_proposed_by_its_cells_and_never_surely() -> None:
    rows = [("Intitulé", "Pilote", "Pour quand"), ("A", "CIAS", date(2024, 1, 1)), ("B", "CIAS", "30 juin 2025")]
    proposed = propose(table(xlsx(rows)))
    assert [(one.field, one.certainty) for one in proposed] == [
        ("title", Certainty.SURE),
        ("owner", Certainty.SURE),
        ("ends_on", Certainty.LIKELY),
    ]
    assert proposed[2].samples == ("01/01/2024", "30 juin 2025")


def test_what_the_territory_said_of_a_head_is_proposed_again() -> None:
    rows = [("Quoi", "Qui"), ("A", "CIAS"), ("B", "CIAS")]
    proposed = propose(table(xlsx(rows)), {"Quoi": "title", "Qui": ""}.get)
    assert [(one.field, one.certainty, one.why) for one in proposed] == [
        ("title", Certainty.SURE, "remembered"),
        ("", Certainty.SURE, "remembered"),
    ]
