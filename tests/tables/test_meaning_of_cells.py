"""A cell is read, asked or refused: never guessed in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.tables.books import CAF, CIAS, EARLY, HEAD, MSA, taken, xlsx
from workflows.tables.amounts import read_cents, read_count
from workflows.tables.cells import Cell
from workflows.tables.choices import read_percent, read_status
from workflows.tables.days import read_day
from workflows.tables.reading import Read
from workflows.tables.spans import read_span
from workflows.tables.taken import SaidFunding

SURE, ASKED, REFUSED = "sure", "asked", "refused"


def told(read: Read[Any]) -> tuple[Any, ...]:
    """A reading in one line: what it is, why, its readings, the one ticked beforehand."""
    if read.fault is not None:
        return REFUSED, read.fault
    if read.doubt is None:
        return SURE, read.value
    likely = read.likely.answer if read.likely is not None else ""
    return ASKED, read.doubt, [one.answer for one in read.choices if one.answer != "none"], likely


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2025, 12, 31), (SURE, date(2025, 12, 31))),
        (datetime(2025, 12, 31, 8, tzinfo=UTC), (SURE, date(2025, 12, 31))),
        ("31/12/2025", (SURE, date(2025, 12, 31))),
        ("1er janv 2023", (SURE, date(2023, 1, 1))),
        ("2024-12-01 00:00:00+00", (SURE, date(2024, 12, 1))),
        ("", (SURE, None)),
        (46022.0, (ASKED, "serial", ["2025-12-31"], "2025-12-31")),
        ("46022", (ASKED, "serial", ["2025-12-31"], "2025-12-31")),
        (2024.0, (ASKED, "only-year", ["2024-12-31"], "2024-12-31")),
        ("mi-2024", (ASKED, "about", ["2024-06-30", "2024-12-31"], "")),
        ("fin 2024", (ASKED, "about", ["2024-12-31"], "2024-12-31")),
        ("2023-2024", (ASKED, "span", ["2024-12-31", "2024-08-31"], "")),
        ("2022 - 2026", (ASKED, "span", ["2026-12-31"], "2026-12-31")),
        ("juin 2024", (ASKED, "only-month", ["2024-06-30"], "2024-06-30")),
        ("3e trimestre 2025", (ASKED, "part-of-year", ["2025-09-30"], "2025-09-30")),
        ("T1 2025", (ASKED, "part-of-year", ["2025-03-31"], "2025-03-31")),
        ("3T 2025", (ASKED, "part-of-year", ["2025-09-30"], "2025-09-30")),
        ("été 2026", (ASKED, "about", ["2026-09-30", "2026-12-31"], "")),
        ("sept-25", (ASKED, "short-year", ["2025-09-30"], "2025-09-30")),
        ("09/2025", (ASKED, "only-month", ["2025-09-30"], "2025-09-30")),
        ("à partir de septembre 2025", (ASKED, "words", ["2025-09-30"], "")),
        ("12/3/25", (ASKED, "short-year", ["2025-03-12"], "2025-03-12")),
        ("en cours", (ASKED, "lasts", [], "none")),
        ("méta : 2023, OT : 2024, Friche mi-2024", (ASKED, "words", ["2024-12-31"], "")),
        ("vu avec la MSA", (ASKED, "words", [], "none")),
        ("31/02/2024", (REFUSED, "no-such-day")),
        (12.5, (REFUSED, "no-day")),
        (True, (REFUSED, "no-day")),
        (date(1905, 7, 16), (REFUSED, "day-far-away")),
    ],
)
def test_the_end_of_an_action(value: Any, expected: tuple[Any, ...]) -> None:
    assert told(read_day(Cell((0, 0), value), ends=True)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (50_000.0, (SURE, 5_000_000)),
        (0.0, (SURE, 0)),
        ("50 000 €", (SURE, 5_000_000)),
        ("12 500,50 €", (SURE, 1_250_050)),
        ("20314.0", (SURE, 2_031_400)),
        ("685512,5", (SURE, 68_551_250)),
        ("50 k€", (SURE, 5_000_000)),
        ("1,2 M€", (SURE, 120_000_000)),
        ("50 000 € / an / poste", (ASKED, "each", ["5000000"], "")),
        ("Entre 200 et 500", (ASKED, "range", ["20000", "50000"], "")),
        ("12 000 + 3 500", (ASKED, "sum", ["1550000"], "")),
        ("env. 40", (ASKED, "about", ["4000"], "4000")),
        ("12.500", (ASKED, "point", ["1250000", "1250"], "")),
        ("à définir", (ASKED, "unknown", [], "none")),
        ("Caf 3 000 et MSA 500", (ASKED, "words", ["300000", "50000"], "")),
        (0.2976801783699628, (ASKED, "rounded", ["30"], "30")),
        ("≈ 3000", (ASKED, "about", ["300000"], "300000")),
        ("2 000 ?", (ASKED, "about", ["200000"], "200000")),
        ("3000 à 5000", (ASKED, "range", ["300000", "500000"], "")),
        ("12.500,50", (SURE, 1_250_050)),
        ("12,500.50", (ASKED, "point", ["1250050"], "")),
        ("(500)", (ASKED, "words", ["50000"], "")),
        ("n.c.", (ASKED, "unknown", [], "none")),
        (-3.0, (REFUSED, "negative")),
        (1e15, (REFUSED, "too-much")),
        (date(2024, 1, 1), (REFUSED, "no-amount")),
        (True, (REFUSED, "no-amount")),
    ],
)
def test_an_amount(value: Any, expected: tuple[Any, ...]) -> None:
    assert told(read_cents(Cell((0, 0), value))) == expected


def test_a_count_has_no_cents() -> None:
    assert told(read_count(Cell((0, 0), 120.0))) == (SURE, 120)
    assert told(read_count(Cell((0, 0), "Entre 200 et 500"))) == (ASKED, "range", ["200", "500"], "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("En cours ", (SURE, "RUNNING")),
        ("À venir", (SURE, "TO_START")),
        ("Terminé", (SURE, "DONE")),
        ("Abandonné ", (SURE, "ABANDONED")),
        ("En pause", (ASKED, "status", ["POSTPONED", "RUNNING"], "POSTPONED")),
        ("En retard", (ASKED, "status", ["RUNNING", "TO_START", "POSTPONED"], "")),
        ("VRAI", (ASKED, "yes-or-no", ["DONE", "RUNNING"], "")),
        (False, (ASKED, "yes-or-no", ["TO_START", "RUNNING"], "")),
        ("", (SURE, None)),
    ],
)
def test_a_status(value: Any, expected: tuple[Any, ...]) -> None:
    assert told(read_status(Cell((0, 0), value))) == expected


def test_progress_is_in_hundredths_however_it_is_kept() -> None:
    assert told(read_percent(Cell((0, 0), 0.4))) == (SURE, 40)
    assert told(read_percent(Cell((0, 0), "40 %"))) == (SURE, 40)
    assert told(read_percent(Cell((0, 0), 1.0))) == (ASKED, "one", ["100", "1"], "")
    assert told(read_percent(Cell((0, 0), 140.0))) == (REFUSED, "no-percent")


def test_a_calendar_in_one_cell_says_a_start_an_end_or_asks_which() -> None:
    assert told(read_span(Cell((0, 0), "du 1er mars 2024 au 30 juin 2025"))) == (
        SURE,
        (date(2024, 3, 1), date(2025, 6, 30)),
    )
    assert told(read_span(Cell((0, 0), "1er janv 2023"))) == (
        ASKED,
        "one-day",
        ["..2023-01-01", "2023-01-01.."],
        "",
    )
    assert told(read_span(Cell((0, 0), "2023-2024")))[2][:2] == ["2023-01-01..2024-12-31", "2023-09-01..2024-08-31"]


# --- rows -------------------------------------------------------------------------------------------------------------


def row(*cells: Any) -> bytes:
    """A table of one row."""
    return xlsx([HEAD, cells])


def test_a_row_that_says_all_is_asked_nothing() -> None:
    found = taken(
        row("Axe 1 : Petite enfance", "Ouvrir\nune crèche", "CIAS du Val-de-Gers", date(2024, 1, 1), "31/12/2025")
    )
    assert found.questions == {}
    assert found.rows[0].values == {
        "priority": EARLY,
        "title": "Ouvrir une crèche",
        "owner": CIAS,
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2025, 12, 31),
    }


def test_of_several_owners_in_a_cell_the_person_says_which_answers_for_the_sheet() -> None:
    cells = ("Petite enfance", "Bus des droits", "CIAS / MSA (à voir)", date(2024, 1, 1), date(2025, 1, 1))
    found = taken(row(*cells))
    question = found.questions["C2"]
    assert (question.doubt, [one.answer for one in question.choices], question.answer) == (
        "several-owners",
        [CIAS, MSA, "none"],
        "",
    )
    assert found.rows[0].asked == ["C2"]
    assert taken(row(*cells), {"C2": MSA}).rows[0].values["owner"] == MSA
    assert taken(row(*cells), {"C2": "no partner"}).rows[0].asked == ["C2"]


def test_the_same_words_are_asked_once_for_all_their_rows() -> None:
    rows = [("Petite enfance", f"Action {n}", "Caf 32", date(2024, 1, 1), date(2025, 1, 1)) for n in range(3)]
    found = taken(xlsx([HEAD, *rows]))
    assert [(one.key, one.rows) for one in found.questions.values()] == [("C2", [1, 2, 3])]
    assert [one.values["owner"] for one in taken(xlsx([HEAD, *rows]), {"C2": CAF}).rows] == [CAF] * 3


def test_what_is_ticked_beforehand_counts_only_once_it_was_sent() -> None:
    cells = ("Petite enfance", "Aller vers", "CIAS du Val de Gers", date(2024, 1, 1), 46022)
    assert taken(row(*cells)).questions["E2"].answer == "2025-12-31"
    assert taken(row(*cells)).rows[0].asked == ["E2"]
    assert taken(row(*cells), {"E2": "2025-12-31"}).rows[0].values["ends_on"] == date(2025, 12, 31)


def test_a_day_may_be_typed_and_a_day_that_is_none_is_asked_again() -> None:
    cells = ("Petite enfance", "Aller vers", "CIAS du Val de Gers", date(2024, 1, 1), "mi-2024")
    assert taken(row(*cells), {"E2": "other"}, {"E2": "2024-07-14"}).rows[0].values["ends_on"] == date(2024, 7, 14)
    assert taken(row(*cells), {"E2": "other"}, {"E2": "demain"}).rows[0].asked == ["E2"]


def test_sixty_cells_that_say_mi_2024_are_asked_once() -> None:
    rows = [("Petite enfance", f"Action {n}", "CIAS du Val de Gers", date(2024, 1, 1), "mi-2024") for n in range(60)]
    found = taken(xlsx([HEAD, *rows]))
    assert [(one.key, len(one.rows)) for one in found.questions.values()] == [("E2", 60)]
    said = taken(xlsx([HEAD, *rows]), {"E2": "2024-06-30"}).rows
    assert {one.values["ends_on"] for one in said} == {date(2024, 6, 30)}


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("Petite enfance", ("=1/0", "#DIV/0!"), "CIAS", "", ""), "error"),
        (("Petite enfance", "", "CIAS", date(2024, 1, 1), date(2025, 1, 1)), "no-title"),
        (("Petite enfance", "A", "CIAS", date(2024, 9, 1), date(2023, 3, 31)), "ends-before"),
        (("Petite enfance", "A" * 501, "CIAS", "", ""), "too-long"),
    ],
)
def test_what_nobody_could_read_is_refused_in_its_cell(cells: tuple[Any, ...], fault: str) -> None:
    assert [one.code for one in taken(row(*cells)).rows[0].faults] == [fault]


def test_the_last_value_of_a_formula_is_asked_before_it_is_taken() -> None:
    found = taken(row("Petite enfance", ("=A2", "Crèche"), "CIAS du Val de Gers", date(2024, 1, 1), date(2025, 1, 1)))
    question = found.questions["B2"]
    assert (question.doubt, question.answer) == ("formula", "computed")


def test_a_budget_is_counted_in_the_year_that_the_person_says() -> None:
    rows = [
        ("Axe", "Action", "Budget prévisionnel total € HT"),
        ("Petite enfance", "A", 50_000),
        ("Petite enfance", "B", "50 000 € / an"),
    ]
    found = taken(xlsx(rows), {"C3": "5000000"})
    year = found.questions["budget_year"]
    assert ([one.answer for one in year.choices], year.rows) == (["2023", "2024", "2025", "2026", "2027"], [1, 2])
    said = taken(xlsx(rows), {"C3": "5000000", "budget_year": "2025"})
    assert [(one.values["budget"], one.values["budget_year"]) for one in said.rows] == [(5_000_000, 2025)] * 2


def test_funders_and_their_amounts_go_two_by_two() -> None:
    head = ("Axe", "Action", "Financeur 1", "Montant € HT", "Financeur 2", "Montant € HT")
    rows = [
        head,
        ("Petite enfance", "A", "CIAS du Val de Gers", 15_000, "", ""),
        ("Petite enfance", "B", "CIAS du Val de Gers", 500, "MSA Midi-Pyrénées Sud", "1 200 €"),
        ("Petite enfance", "C", "", 500, "", ""),
    ]
    said = taken(xlsx(rows), {"budget_year": "2025", "certainty": "FIRM"})
    assert [one.values.get("funding") for one in said.rows] == [
        (SaidFunding(CIAS, 2025, 1_500_000, "FIRM"),),
        (SaidFunding(CIAS, 2025, 50_000, "FIRM"), SaidFunding(MSA, 2025, 120_000, "FIRM")),
        None,
    ]
    assert [fault.code for fault in said.rows[2].faults] == ["no-funder"]
    assert taken(xlsx(rows)).rows[1].asked == ["budget_year", "certainty"]


def test_an_axis_stands_in_one_of_two_columns() -> None:
    head = ("Axe", "Sous-axe", *HEAD[1:])
    rows = [
        ("Petite enfance", "Accueil", "A", "CIAS du Val de Gers", date(2024, 1, 1), date(2025, 1, 1)),
        ("", "Petite enfance", "B", "CIAS du Val de Gers", date(2024, 1, 1), date(2025, 1, 1)),
    ]
    assert [one.values["priority"] for one in taken(xlsx([head, *rows])).rows] == [EARLY, EARLY]
