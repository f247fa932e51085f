"""What real files do that no template foresees: lines inside of a cell, hidden rows, the calendar of 1904, heads over
two lines, several sheets, cells that were never computed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from tests.tables.books import EARLY, HEAD, PLAN, table, taken, xlsx
from tests.tables.test_reading_files import altered
from tests.tables.test_round_trip import exported, plan_of, sheet
from workflows.tables.columns import propose
from workflows.tables.comparing import Verdict
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import Remembered
from workflows.tables.wording import refused_in_words
from workflows.tables.writing_ods import write_ods
from workflows.texts import Texts

ROW = ("Petite enfance", "Ouvrir une crèche", "Caf", date(2024, 1, 1), date(2025, 12, 31))


def book(write: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, options) as made:
        write(made)
    return packed.getvalue()


def looked(data: bytes, name: str = "plan.xlsx", **answers: str) -> Checked:
    return look_at(open_workbook(name, data), PLAN, Said(answers=answers), Remembered(PLAN.territory_id))


def test_lines_that_calc_breaks_inside_of_a_paragraph_stay_lines() -> None:
    data = write_ods(exported(plan_of(sheet(1, description="une ligne\nune autre"))))
    packed = io.BytesIO()
    two, one = b"<text:p>une ligne</text:p><text:p>", b"<text:p>une ligne<text:line-break/>"
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        assert two in before.read("content.xml")
        for part in before.infolist():
            after.writestr(part, before.read(part).replace(two, one))
    found = open_workbook("a.ods", packed.getvalue()).sheets[0]
    assert any("une ligne\nune autre" in row for row in found.grid)


def test_days_of_the_calendar_of_1904_are_the_same_days() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        page, day = made.add_worksheet(), made.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ROW[:3])
        page.write_datetime(1, 3, ROW[3], day)
        page.write_datetime(1, 4, ROW[4], day)

    found = taken(book(write, date_1904=True))
    assert (found.rows[0].values["starts_on"], found.rows[0].values["ends_on"]) == (ROW[3], ROW[4])


def test_a_bare_number_under_the_calendar_of_1904_is_read_in_that_calendar() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet()
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, (*ROW[:3], 43830, 44560))

    found = taken(book(write, date_1904=True))
    asked = {one.code: one.choices[0].value for one in found.questions.values() if one.doubt == "serial"}
    assert asked == {"starts_on": date(2024, 1, 1), "ends_on": date(2025, 12, 31)}


def test_rows_that_are_hidden_or_filtered_are_read_and_said() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet()
        page.write_row(0, 0, HEAD[:3])
        page.write_row(1, 0, ROW[:3])
        page.write_row(2, 0, ("Petite enfance", "Fiche masquée", "Caf"))
        page.set_row(2, None, None, {"hidden": True})
        page.autofilter(0, 0, 2, 2)

    found = looked(book(write))
    assert [one.title for one in found.judged] == ["Ouvrir une crèche", "Fiche masquée"]
    assert found.table.hidden == (2,)


def test_the_table_that_looks_most_like_a_plan_is_taken_and_another_may_be_chosen() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        made.add_worksheet("Mode d’emploi").write_row(0, 0, ("Lisez-moi", "d’abord"))
        for name, title in (("2024", "Ancienne"), ("2025", "Ouvrir une crèche")):
            page = made.add_worksheet(name)
            page.write_row(0, 0, HEAD[: 5 if name == "2025" else 2])
            page.write_row(1, 0, ("Petite enfance", title))
        made.add_worksheet("Secret").hide()

    data = book(write)
    found = looked(data)
    assert (found.table.sheet.name, [one.sheet.name for one in found.tables]) == ("2025", ["2025", "2024"])
    other = look_at(open_workbook("a.xlsx", data), PLAN, Said(sheet="2024"), Remembered(PLAN.territory_id))
    assert [one.title for one in other.judged] == ["Ancienne"]


def test_a_formula_that_was_never_computed_is_refused_not_taken_for_nothing() -> None:
    data = xlsx([HEAD, ("Petite enfance", "Crèche", "Caf", date(2024, 1, 1), ("=DATE(2025,1,1)", ""))])
    found = taken(altered(data, "xl/worksheets/sheet1.xml", lambda one: one.replace(b"<v></v>", b"")))
    assert [one.code for one in found.rows[0].faults] == ["not-computed"]


def test_a_windows_text_with_semicolons_commas_and_blank_lines_is_read() -> None:
    text = (
        "Axe;Intitulé de l'action;Pilote;Date de début;Échéance;Budget;Année du budget\r\n\r\n"
        'Petite enfance;Crèche à l\'école;Caf;01/03/2024;31/12/2025;"1 250,50";2024\r\n;;;;;;\r\n'
        "Petite enfance;Ludothèque – été;Caf;01/03/2024;31/12/2025;1250,5;2024\r\n"
    )
    found = looked(text.encode("cp1252"), "plan.csv", A3=EARLY, C3=PLAN.partners[0].reference)
    assert [(one.title, one.verdict) for one in found.judged] == [
        ("Crèche à l'école", Verdict.NEW),
        ("Ludothèque – été", Verdict.NEW),
    ]
    assert [one.values["budget"] for one in found.judged] == [125_050, 125_050]


def test_a_head_over_two_lines_names_the_columns_of_both() -> None:
    rows = [("Axe", "Intitulé de l’action", "Calendrier", ""), ("", "", "Début", "Fin"), (*ROW[:2], *ROW[3:])]
    down = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]
    found = table(xlsx(rows, down))
    assert [(one.head, one.field) for one in propose(found)] == [
        ("Axe", "priority"),
        ("Intitulé de l’action", "title"),
        ("Calendrier Début", "starts_on"),
        ("Calendrier Fin", "ends_on"),
    ]


def test_a_cell_that_is_longer_than_is_kept_is_refused_not_cut_in_silence() -> None:
    data = xlsx([(*HEAD, "Description"), (*ROW, "mot " * 6_000)])
    assert [one.code for one in taken(data).rows[0].faults] == ["too-long-cell"]


def test_one_number_for_two_actions_is_asked() -> None:
    head = ("N°", *HEAD[:2])
    data = xlsx([head, ("1.1", "Petite enfance", "Crèche"), ("1.1", "Petite enfance", "Ludothèque")])
    found = looked(data, A3=EARLY)
    assert [one.verdict for one in found.judged] == [Verdict.NEW, Verdict.ASKED]
    assert found.questions[-1].doubt == "number-twice"
    both = looked(data, **{"A3": EARLY, "number.3": "both"})
    assert [one.verdict for one in both.judged] == [Verdict.NEW, Verdict.NEW]


def test_a_number_that_the_plan_has_under_another_title_is_asked() -> None:
    plan = plan_of(sheet(1, title="Crèche"))
    data = xlsx([("N°", *HEAD[:2]), ("1.10", "Petite enfance", "Crèche du soir")])
    opened = open_workbook("a.xlsx", data)

    def judged(**answers: str) -> Checked:
        return look_at(opened, plan, Said(answers=answers), Remembered(plan.territory_id))

    assert [one.doubt for one in judged().questions] == ["number-taken"]
    same = judged(**{"number.2": "same"}).judged[0]
    assert (same.verdict, [one.code for one in same.changes]) == (Verdict.CHANGED, ["title"])
    assert judged(**{"number.2": "both"}).judged[0].verdict is Verdict.NEW


def test_a_text_with_too_many_lines_is_called_as_its_file_is() -> None:
    """It was refused with the empty name of its only sheet."""
    data = ("Axe;Action\n" + "Petite enfance;Ouvrir une crèche\n" * 1_100).encode()
    with pytest.raises(TableRefused) as refused:
        looked(data, "plan.csv")
    assert "« plan.csv »" in refused_in_words(Texts("fr"), refused.value)
