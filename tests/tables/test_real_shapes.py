"""Tables shaped as territories shape them: heads on two rows, sheets turned or one for each axis, notes at the foot,
marks for words, names of persons. Each is read, asked or refused with a remedy; none is guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import xlsxwriter

from tests.tables.books import CAF, CIAS, PLAN, xlsx
from tests.tables.test_odd_files import book
from workflows.tables.comparing import Verdict
from workflows.tables.finding import Passed
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import Remembered

AXIS, OTHER = "Petite enfance", "Aller vers les jeunes"
START, END = date(2024, 1, 1), date(2025, 12, 31)
Rows = list[tuple[Any, ...]]


def looked(data: bytes, sheet: str = "", **answers: str) -> Checked:
    said = Said(sheet=sheet, answers=answers)
    return look_at(open_workbook("plan.xlsx", data), PLAN, said, Remembered(PLAN.territory_id))


def titles(found: Checked) -> list[str]:
    return [one.title for one in found.judged]


def asked(found: Checked) -> list[tuple[str, str]]:
    return [(one.key, one.answer) for one in found.questions]


def test_a_head_on_two_rows_without_merged_cells_is_read_as_one() -> None:
    rows: Rows = [
        ("Axe", "Action", "Calendrier", "", "Budget", ""),
        ("", "", "Début", "Fin", "2024", "2025"),
        (AXIS, "Crèche", START, END, 10, 20),
    ]
    found = looked(xlsx(rows))
    assert [one.field for one in found.columns[2:]] == ["starts_on", "ends_on", "budget.2024", "budget.2025"]
    assert (titles(found), found.judged[0].verdict) == (["Crèche"], Verdict.NEW)


def test_years_under_merged_heads_say_the_cost_and_whose_money_it_is() -> None:
    rows: Rows = [
        ("Axe", "Action", "Budget prévisionnel", "", "Financement CAF", ""),
        ("", "", 2024, 2025, "2024", "2025"),
        (AXIS, "Crèche", 10, 20, 5, 6),
    ]
    found = looked(xlsx(rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]))
    assert [one.field for one in found.columns[2:]] == ["budget.2024", "budget.2025", "funded_by", "funded_by"]
    assert asked(found) == [("E1", CAF)]


@pytest.mark.parametrize(
    "rows",
    [
        [("Action", "Crèche", "Bus"), ("Pilote", "Caf", "MSA"), ("Axe", AXIS, AXIS), ("Échéance", END, END)],
        [("FICHE ACTION", ""), ("Intitulé de l’action", "Crèche"), ("Pilote", "Caf"), ("Calendrier", "2024-2026")],
    ],
    ids=["turned", "a form for each action"],
)
def test_heads_one_under_the_other_are_refused_with_what_to_do(rows: Rows) -> None:
    with pytest.raises(TableRefused) as caught:
        looked(xlsx(rows))
    assert caught.value.why == "TURNED"


def test_of_a_sheet_for_each_axis_one_is_read_and_its_name_is_proposed_as_the_priority() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        for name, title in ((AXIS, "Crèche"), (OTHER, "Bus")):
            page = made.add_worksheet(name)
            page.write_row(0, 0, ("Action", "Public"))
            page.write_row(1, 0, (title, "Familles"))

    data = book(write)
    assert [one.sheet.name for one in looked(data).tables] == [AXIS, OTHER]
    assert asked(looked(data)) == [("priority", "p1")]
    assert asked(looked(data, OTHER)) == [("priority", "p2")]


def test_an_axis_in_a_title_above_the_table_is_proposed_too() -> None:
    found = looked(xlsx([("Axe 2 : Aller vers les jeunes", ""), ("", ""), ("Action", "Public"), ("Bus", "Jeunes")]))
    assert asked(found) == [("priority", "p2")]


@pytest.mark.parametrize("prefix", ["", "1. "])
def test_rows_that_name_an_axis_in_the_column_of_titles_lead_those_below(prefix: str) -> None:
    rows: Rows = [
        ("Action", "Public"),
        (prefix + AXIS, ""),
        ("Crèche", "Parents"),
        (prefix + OTHER, ""),
        ("Bus", "Jeunes"),
    ]
    found = looked(xlsx(rows))
    assert [(one.title, one.values["priority"]) for one in found.judged] == [("Crèche", "p1"), ("Bus", "p2")]
    assert found.table.passed == {1: Passed.GROUP, 3: Passed.GROUP}


def test_heads_that_each_printed_page_repeats_are_passed_over_however_they_are_written() -> None:
    head = ("Axe", "Action", "Public")
    rows: Rows = [head, (AXIS, "Crèche", ""), head, (AXIS, "Bus", ""), ("AXE", "ACTION ", "Public :"), (AXIS, "Halte")]
    found = looked(xlsx(rows))
    assert titles(found) == ["Crèche", "Bus", "Halte"]
    assert found.table.passed == {2: Passed.HEAD_AGAIN, 4: Passed.HEAD_AGAIN}


def test_what_stands_at_the_foot_is_a_note_and_no_axis() -> None:
    rows: Rows = [("Axe", "Action"), (AXIS, "Crèche"), ("Validé en comité le 12/03/2024", ""), ("Page 1 / 3", "")]
    assert looked(xlsx(rows)).table.passed == {2: Passed.NOTE, 3: Passed.NOTE}


@pytest.mark.parametrize("total", ["TOTAL", "Sous-total axe 1", "Total général", "Montant total"])
def test_totals_are_passed_over_wherever_they_stand(total: str) -> None:
    rows: Rows = [("Axe", "Action", "Budget 2024"), (AXIS, "Crèche", 10), (total, "", 10), (AXIS, "Bus", 5)]
    assert titles(looked(xlsx([*rows, ("", total, 15)]))) == ["Crèche", "Bus"]


def test_a_column_that_only_colours_fill_and_comments_are_told_not_to_be_read() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        page, green = made.add_worksheet(), made.add_format({"bg_color": "#00ff00"})
        page.write_row(0, 0, ("Axe", "Action", "Avancement"))
        page.write_row(1, 0, (AXIS, "Crèche"))
        page.write_blank(1, 2, None, green)
        page.write_comment(1, 1, "Abandonnée, en fait")

    found = looked(book(write))
    told = found.columns[2]
    assert (told.head, told.certainty.value, told.why) == ("Avancement", "yours", "empty-column")
    assert found.workbook.has_comments
    assert not looked(xlsx([("Axe", "Action"), (AXIS, "Crèche")])).workbook.has_comments


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Mme Untel (CIAS)", CIAS),
        ("M. Untel - CIAS du Val de Gers", CIAS),
        ("Caisse d’allocations familiales du Gers – Mme Untel", CAF),
        ("Jeanne UNTEL", "none"),
    ],
)
def test_of_a_person_only_the_partner_is_proposed_and_nobody_is_written(said: str, first: str) -> None:
    rows: Rows = [("Axe", "Action", "Porteur"), (AXIS, "Crèche", said)]
    question = looked(xlsx(rows)).questions[0]
    assert question.choices[0].answer == first
    done = looked(xlsx(rows), C2=first)
    assert done.judged[0].verdict is Verdict.NEW
    assert "untel" not in repr(done.judged[0].acts).casefold()


def test_a_number_names_nobody() -> None:
    found = looked(xlsx([("N°", "Axe", "Action"), ("1.1 Untel", AXIS, "Crèche"), ("Fiche 2 bis", AXIS, "Bus")]))
    assert [(one.key, one.doubt, [each.answer for each in one.choices]) for one in found.questions] == [
        ("A2", "number-words", ["1.1", "none"])
    ]
    assert found.judged[1].values["number"] == "Fiche 2 bis"


def test_a_list_in_a_title_is_asked() -> None:
    found = looked(xlsx([("Axe", "Actions"), (AXIS, "- Crèche\n- Ludothèque"), (AXIS, "Bus\ndu soir")]))
    assert [(one.key, one.doubt) for one in found.questions] == [("B2", "several-titles")]
    assert found.judged[1].title == "Bus du soir"


@pytest.mark.parametrize("head", ["État", "Échéance", "Budget 2025", "Avancement (%)"])
def test_marks_that_are_no_words_are_never_taken_for_nothing(head: str) -> None:
    marks = ["🟢", "??", "✔", "١٢"]
    found = looked(xlsx([("Axe", "Action", head), *((AXIS, f"Action {one}", one) for one in marks)]))
    assert {one.verdict for one in found.judged} <= {Verdict.ASKED, Verdict.REFUSED}


@pytest.mark.parametrize(
    ("head", "cents"), [("Coût (M€)", 1_200_000_000), ("Budget en milliers d’euros", 1_200_000), ("Coût", 1_200)]
)
def test_amounts_are_in_the_unit_that_the_head_says(head: str, cents: int) -> None:
    found = looked(xlsx([("Axe", "Action", head, "Année du coût"), (AXIS, "Crèche", 12, 2025)]))
    assert found.judged[0].values["budget"] == cents


def test_columns_that_are_hidden_or_filtered_are_read() -> None:
    rows: Rows = [("Axe", "Action", "Public"), (AXIS, "Crèche", "Parents"), (AXIS, "Bus", "Jeunes")]

    def write(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        page.set_column(2, 2, None, None, {"hidden": True})
        page.autofilter(0, 0, 2, 2)
        page.set_row(2, None, None, {"hidden": True})

    found = looked(book(write))
    assert [one.values["public"] for one in found.judged] == ["Parents", "Jeunes"]
    assert found.table.hidden == (2,)
