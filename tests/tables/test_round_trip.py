"""An export that comes back unchanged changes nothing; what was edited is told, cell by cell; both sides of a clash are
shown."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.scheduling import AssignActionOwner, ScheduleAction
from tests.tables.books import CAF, CIAS, EARLY, MSA, PLAN, YOUTH
from workflows.tables.cells import tidied
from workflows.tables.columns import propose
from workflows.tables.comparing import Judged, Verdict, gone, judge
from workflows.tables.exporting import Exported, export
from workflows.tables.finding import tables_of
from workflows.tables.identity import Identity
from workflows.tables.known import KnownPlan, KnownSheet
from workflows.tables.opening import IDENTITY, open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.taken import Mapped
from workflows.tables.taking import take
from workflows.tables.writing_ods import write_ods
from workflows.tables.writing_xlsx import write_xlsx
from workflows.texts import LANGUAGES, Texts

FORMATS = [write_xlsx, write_ods]


def sheet(number: int, **values: Any) -> KnownSheet:
    """A sheet as it is recorded."""
    said = {
        "title": f"Fiche {number}",
        "priority": EARLY,
        "owner": CAF,
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2025, 12, 31),
        "status": "RUNNING",
        "progress_percent": 40,
        "contributor_ids": (MSA,),
        "number": "1.10",
        "budget": 1_250_050,
        "budget_year": 2025,
        "description": "=SOMME(A1)\n« deux lignes »",
        **values,
    }
    return KnownSheet(UUID(int=100 + number), 1, said["title"], said)


def plan_of(*sheets: KnownSheet) -> KnownPlan:
    return replace(PLAN, sheets=sheets)


def read_back(
    data: bytes, plan: KnownPlan, answers: Mapping[str, str] | None = None
) -> tuple[list[Judged], list[KnownSheet]]:
    """The verdicts of a file on a plan, and the sheets whose rows are gone."""
    workbook = open_workbook("plan", data)
    identity = Identity(workbook.identity)
    identity.require_from(plan)
    table = tables_of(workbook.sheets)[0]
    columns = {one.index: one.field for one in propose(table, identity.field_of) if one.field}
    mapped = Mapped(columns, answers or {}, identity=identity)
    taken = take(table, plan, mapped)
    return judge(taken, plan, mapped), gone(taken, plan, mapped)


def edited(exported: Exported, changes: Mapping[tuple[int, str], Any]) -> Exported:
    """An export in which a person typed over some cells."""
    rows = [dict(one) for one in exported.rows]
    for (row, code), value in changes.items():
        rows[row][code] = value
    return replace(exported, rows=tuple(rows))


def exported(plan: KnownPlan, language: str = "fr") -> Exported:
    return export(plan, Texts(language), "CC X", "42")


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_export_that_comes_back_changes_nothing(write: Callable[[Exported], bytes], language: str) -> None:
    plan = plan_of(sheet(1), sheet(2, owner=None, starts_on=None, ends_on=None, status=None, progress_percent=None))
    judged, left = read_back(write(exported(plan, language)), plan)
    assert [(one.verdict, one.changes) for one in judged] == [(Verdict.UNCHANGED, ())] * 2
    assert left == []


@pytest.mark.parametrize("write", FORMATS)
def test_three_cells_edited_are_three_acts(write: Callable[[Exported], bytes]) -> None:
    plan = plan_of(sheet(1), sheet(2), sheet(3))
    typed = {(0, "owner"): "CIAS du Val de Gers", (1, "ends_on"): date(2026, 6, 30), (2, "status"): "terminée"}
    judged, _ = read_back(write(edited(exported(plan), typed)), plan)
    acts = [act for one in judged for act in one.acts]
    assert [type(act) for act in acts] == [AssignActionOwner, ScheduleAction, ReportActionStatus]
    assert isinstance(acts[0], AssignActionOwner) and str(acts[0].owner_id) == CIAS
    assert isinstance(acts[1], ScheduleAction)
    assert (acts[1].starts_on, acts[1].ends_on) == (date(2024, 1, 1), date(2026, 6, 30))


def test_where_the_plan_changed_too_both_values_are_asked() -> None:
    before = plan_of(sheet(1))
    data = write_xlsx(edited(exported(before), {(0, "ends_on"): date(2026, 6, 30)}))
    now = plan_of(sheet(1, ends_on=date(2027, 1, 31), owner=CIAS))
    judged, _ = read_back(data, now)
    assert (judged[0].verdict, judged[0].asked) == (Verdict.ASKED, ("ends_on.2",))
    kept, _ = read_back(data, now, {"ends_on.2": "kept"})
    assert (kept[0].verdict, kept[0].changes) == (Verdict.UNCHANGED, ()), "the owner, which nobody edited, stays"
    taken, _ = read_back(data, now, {"ends_on.2": "file"})
    assert [(one.code, one.new) for one in taken[0].changes] == [("ends_on", date(2026, 6, 30))]


def test_a_row_that_is_gone_is_told_and_one_that_was_added_is_new() -> None:
    plan = plan_of(sheet(1), sheet(2))
    given_back = exported(plan)
    added = {"title": "Fiche 3", "priority": "Petite enfance"}
    judged, left = read_back(write_xlsx(replace(given_back, rows=(given_back.rows[0], added))), plan)
    assert [one.verdict for one in judged] == [Verdict.UNCHANGED, Verdict.NEW]
    assert [one.title for one in left] == ["Fiche 2"]


def test_a_cell_that_was_emptied_is_not_taken_for_one_that_says_nothing() -> None:
    plan = plan_of(sheet(1))
    judged, _ = read_back(write_xlsx(edited(exported(plan), {(0, "description"): ""})), plan)
    assert [fault.code for fault in judged[0].faults] == ["emptied"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"territory_id": UUID(int=9)}, "OTHER_TERRITORY"), ({"convention_id": UUID(int=9)}, "OTHER_CONVENTION")],
)
def test_the_export_of_another_place_is_refused(changed: dict[str, Any], why: str) -> None:
    data = write_xlsx(exported(plan_of(sheet(1))))
    with pytest.raises(TableRefused) as caught:
        read_back(data, replace(PLAN, **changed))
    assert caught.value.why == why


def test_an_export_of_a_later_version_is_refused() -> None:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        book.add_worksheet("Plan").write_row(0, 0, ("Intitulé", "Pilote"))
        book.add_worksheet(IDENTITY).write_row(0, 0, ("format", "3"))
    with pytest.raises(TableRefused) as caught:
        Identity(open_workbook("plan.xlsx", packed.getvalue()).identity).require_from(PLAN)
    assert caught.value.why == "NEWER_FORMAT"


def test_the_head_stays_in_sight_and_texts_are_no_formulas() -> None:
    data = write_xlsx(exported(plan_of(sheet(1, title='=HYPERLINK("http://a")'))))
    found = open_workbook("plan.xlsx", data).sheets[0]
    assert found.formulas == {}
    assert '=HYPERLINK("http://a")' in found.grid[1]
    assert isinstance(found.grid[1][5], date)


# --- random plans -----------------------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: bool(str(tidied(text)).strip()))
DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> KnownPlan:
    """A plan of some sheets that say what people may say."""
    found = []
    for number, title in enumerate(draw(st.lists(WORDS, min_size=1, max_size=6, unique=True))):
        starts = draw(st.none() | DAYS)
        values = {
            "title": title,
            "priority": draw(st.sampled_from([EARLY, YOUTH])),
            "owner": draw(st.sampled_from([None, CAF, CIAS, MSA])),
            "starts_on": starts,
            "ends_on": starts + timedelta(days=draw(st.integers(0, 900))) if starts is not None else None,
            "status": draw(st.sampled_from([None, "TO_START", "RUNNING", "DONE"])),
            "progress_percent": draw(st.none() | st.integers(0, 100)),
            "contributor_ids": draw(st.sampled_from([None, (CAF,), (CAF, MSA)])),
            "number": draw(st.sampled_from([None, "1", "1.10", "2.1 bis", "3/4"])),
            "description": draw(st.none() | WORDS),
            "budget": draw(st.none() | st.integers(0, 10**11)),
            "budget_year": draw(st.sampled_from([None, 2024, 2026])),
        }
        found.append(KnownSheet(UUID(int=200 + number), 1, title, values))
    return plan_of(*found)


def comes_back(plan: KnownPlan) -> None:
    """Whatever a plan says, its export comes back without a change, a question or a refusal."""
    for write in FORMATS:
        judged, left = read_back(write(exported(plan)), plan)
        told = [(one.verdict, one.changes, one.faults) for one in judged]
        assert told == [(Verdict.UNCHANGED, (), [])] * len(plan.sheets)
        assert left == []


@settings(max_examples=8, deadline=None)
@given(plans())
def test_some_random_plans_come_back_unchanged(plan: KnownPlan) -> None:
    comes_back(plan)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(plans())
def test_two_hundred_random_plans_come_back_unchanged(plan: KnownPlan) -> None:
    comes_back(plan)
