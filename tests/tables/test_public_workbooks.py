"""Real tables, as public bodies keep and publish them, go through: what is theirs to answer is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.tables.books import EARLY, PLAN
from workflows.tables.comparing import Verdict
from workflows.tables.finding import Passed
from workflows.tables.importing import MOST_ROWS
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import Remembered

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="module", autouse=True)
def _with_public_files() -> None:
    if not DATA.is_dir():
        pytest.skip("cannot apply: the public files are not beside this checkout")


def looked(name: str, **answers: str) -> Checked:
    workbook = open_workbook(name, (DATA / name).read_bytes())
    return look_at(workbook, PLAN, Said(answers=answers), Remembered(PLAN.territory_id))


def test_a_climate_plan_of_46_actions_is_read_row_by_row() -> None:
    found = looked("plan_pcaet_cc_nievre_somme_46_actions.xlsx")
    assert found.table.sheet.name == "Fichier dimport"
    assert (found.table.head_row + 1, len(found.table.rows)) == (2, 46)
    assert Counter(found.table.passed.values()) == {Passed.ABOVE: 1, Passed.HINT: 1}
    assert {
        one.head: found.mapped.columns[one.index] for one in found.columns if one.index in found.mapped.columns
    } == {
        "Titre de l'action": "title",
        "Descriptif": "description",
        "Indicateurs liés": "indicator",
        "Structure pilote": "owner",
        "Partenaires": "contributor_ids",
        "Budget prévisionnel total € HT": "budget",
        "Calendrier": "calendar",
    }
    assert [one.verdict for one in found.judged] == [Verdict.ASKED] * 46
    doubts = {one.cell.shown: one.doubt for one in found.taken.questions.values() if one.cell is not None}
    assert doubts["mi-2024"] == "about"
    assert doubts["2023-2024"] == "span"
    assert doubts["1er janv 2023"] == "one-day"
    assert doubts["45078"] == doubts["44958"] == "serial"
    assert found.taken.questions["priority"].rows == list(found.table.rows), "no axis is said: asked once for all"


def test_its_rows_without_doubt_are_ready_once_their_priority_is_said() -> None:
    found = looked("plan_pcaet_cc_nievre_somme_46_actions.xlsx", priority=EARLY)
    counts = Counter(one.verdict for one in found.judged)
    assert counts[Verdict.NEW] == sum(not one.asked for one in found.taken.rows) > 10
    assert counts[Verdict.REFUSED] == 0


def test_the_template_of_the_state_is_found_under_its_banner_and_over_its_hints() -> None:
    found = looked("modele_import_plan_actions_tet.xlsx")
    assert (found.table.head_row + 1, [row + 1 for row in found.table.rows]) == (2, [5])
    assert Counter(found.table.passed.values()) == {Passed.ABOVE: 1, Passed.HINT: 2}


def test_actions_of_several_places_in_a_text_with_commas_and_lines_in_cells() -> None:
    found = looked("actions_reelles_plans_tet.csv")
    assert len(found.judged) == 17
    starts = next(one for one in found.columns if one.head == "forecasted_start_date")
    assert starts.field == "starts_on"


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")) + sorted(DATA.glob("*.xlsx")), ids=lambda path: path.name)
def test_every_file_is_read_or_refused_in_words(path: Path) -> None:
    if path.read_bytes().count(b"\n") > MOST_ROWS:
        with pytest.raises(TableRefused, match="TOO_MANY_CELLS"):
            looked(path.name)
    else:
        found = looked(path.name)
        assert [one.row for one in found.judged] == list(found.table.rows)
