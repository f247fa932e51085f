"""An export that comes back unchanged changes nothing; what was edited is told, cell by cell; both sides of a clash are
shown."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.funding import PledgeFunding
from domain.action_sheets.paying import ReviseFunding
from domain.action_sheets.scheduling import AssignActionOwner, ScheduleAction
from domain.indicators.defining import RedefineIndicator
from domain.indicators.terms import FREQUENCIES, UNITS, Terms
from domain.money import CERTAINTIES
from domain.values import Code, LocalId, Prose
from tests.tables.books import CAF, CIAS, EARLY, MSA, PLAN, YOUTH
from workflows.tables.cells import tidied
from workflows.tables.comparing import Judged, Verdict
from workflows.tables.exporting import Exported, export
from workflows.tables.identity import Identity
from workflows.tables.known import KnownIndicator, KnownLine, KnownPlan, KnownSheet
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.opening import IDENTITY, open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import Remembered
from workflows.tables.writing_ods import write_ods
from workflows.tables.writing_xlsx import write_xlsx
from workflows.texts import LANGUAGES, Texts

CAF_NAME = "Caisse d’allocations familiales du Gers"
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
        "budget.2025": 1_250_050,
        "links": ("CLS", "PCAET, axe 2"),
        "budget_year": 2025,
        "description": "=SOMME(A1)\n« deux lignes »",
        "risks": ("Peu de candidats", "Locaux"),
        "life_stages": ("EARLY_CHILDHOOD", "YOUTH"),
        **values,
    }
    return KnownSheet(UUID(int=100 + number), 1, said["title"], said)


def plan_of(*sheets: KnownSheet) -> KnownPlan:
    return replace(PLAN, sheets=sheets)


def line(number: int, **values: Any) -> KnownLine:
    """A line of money as it is recorded."""
    said = {"funder": MSA, "budget_year": 2025, "amount": 500_000, "certainty": "PROMISED", **values}
    return KnownLine(LocalId(f"line-{number}"), UUID(int=101), "Fiche 1", said)


def indicator(number: int, **values: Any) -> KnownIndicator:
    """An indicator as it is defined, of the first sheet."""
    said: dict[str, Any] = {
        "indicator": f"Nombre de places {number}",
        "indicator_kind": "RESULT",
        "indicator_unit": "NUMBER",
        "unit_label": "places",
        "counts_persons": False,
        "direction": "UP",
        "frequency": "YEARLY",
        "data_owner": CAF,
        "source": "Caf",
        "baseline_value": Decimal("12.5"),
        "baseline_on": date(2024, 3, 1),
        "target.2025": Decimal(20),
        **values,
    }
    terms = Terms(
        title=Prose(said["indicator"]),
        unit=Code(said["indicator_unit"]),
        counts_persons=said["counts_persons"],
        kind=Code(said["indicator_kind"]),
        direction=Code(said["direction"]),
        owner_id=UUID(said["data_owner"]),
        frequency=Code(said["frequency"]),
        sheet_ids=(UUID(int=101),),
    )
    return KnownIndicator(UUID(int=300 + number), said["indicator"], terms, said)


def looked(data: bytes, plan: KnownPlan, answers: Mapping[str, str] | None = None) -> Checked:
    """A file as it is understood."""
    return look_at(open_workbook("plan", data), plan, Said(answers=answers or {}), Remembered(plan.territory_id))


def read_back(
    data: bytes, plan: KnownPlan, answers: Mapping[str, str] | None = None
) -> tuple[list[Judged], list[KnownSheet]]:
    """The verdicts of a file on a plan, and the sheets whose rows are gone."""
    found = looked(data, plan, answers)
    return found.everything, found.gone


def edited_beside(exported: Exported, number: int, changes: Mapping[tuple[int, str], Any]) -> Exported:
    """An export in which a person typed over some cells of a sheet beside the plan."""
    pages = list(exported.annexes)
    rows = [dict(one) for one in pages[number].rows]
    for (row, code), value in changes.items():
        rows[row][code] = value
    pages[number] = replace(pages[number], rows=tuple(rows))
    return replace(exported, annexes=tuple(pages))


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


MONEY, MEASURED = 0, 1


@pytest.mark.parametrize("write", FORMATS)
def test_money_and_indicators_that_are_edited_are_an_act_each(write: Callable[[Exported], bytes]) -> None:
    plan = replace(plan_of(sheet(1)), lines=(line(1), line(2, budget_year=2026)), indicators=(indicator(1),))
    given = exported(plan)
    given = edited_beside(given, MONEY, {(0, "amount"): 6_000, (1, "certainty"): "ferme", (1, "change_motive"): "Vote"})
    given = edited_beside(given, MEASURED, {(0, "target.2026"): 30})
    waits = looked(write(given), plan)
    assert [one.verdict for one in waits.judged] == [Verdict.UNCHANGED]
    assert sorted(one.key for one in waits.questions) == ["2!change_motive", "3!change_motive"]
    found = looked(write(given), plan, {"2!change_motive": "revised", "3!change_motive": "precised"})
    acts = [act for one in found.everything for act in one.acts]
    assert [type(act) for act in acts] == [ReviseFunding, ReviseFunding, RedefineIndicator]
    assert isinstance(acts[0], ReviseFunding) and (acts[0].amount_cents, acts[0].certainty) == (600_000, "PROMISED")
    assert isinstance(acts[1], ReviseFunding) and (acts[1].certainty, acts[1].motive.text) == ("FIRM", "Vote")
    assert isinstance(acts[2], RedefineIndicator)
    assert [(one.year, one.value) for one in acts[2].targets] == [(2025, Decimal(20)), (2026, Decimal(30))]
    assert acts[2].motive.text == "Ce qui était dit est précisé."


def test_a_line_that_is_added_names_its_action_and_one_that_is_gone_is_told() -> None:
    plan = replace(plan_of(sheet(1)), lines=(line(1), line(2, budget_year=2026)))
    given = exported(plan)
    money = given.annexes[MONEY]
    added = {"title": "Fiche 1", "funder": CAF_NAME, "budget_year": 2027, "amount": 100, "certainty": "ferme"}
    lost = {**added, "title": "Fiche 9"}
    changed = replace(given, annexes=(replace(money, rows=(money.rows[0], added, lost)), given.annexes[MEASURED]))
    found = looked(write_xlsx(changed), plan)
    assert [one.verdict for one in found.lines] == [Verdict.UNCHANGED, Verdict.NEW, Verdict.REFUSED]
    assert [type(act) for act in found.lines[1].acts] == [PledgeFunding]
    assert [one.code for one in found.lines[2].faults] == ["no-such-sheet"]
    assert found.annexes[0].gone == ["Fiche 1"]


def test_of_an_indicator_that_changed_on_both_sides_both_values_are_asked() -> None:
    before = replace(plan_of(sheet(1)), indicators=(indicator(1),))
    typed = {(0, "target.2025"): 25, (0, "change_motive"): "Revue"}
    data = write_xlsx(edited_beside(exported(before), MEASURED, typed))
    now = replace(before, indicators=(indicator(1, **{"target.2025": Decimal(22), "source": "MSA"}),))
    assert [(one.verdict, one.asked) for one in looked(data, now).lines] == [(Verdict.ASKED, ("3!target.2025.2",))]
    kept = looked(data, now, {"3!target.2025.2": "kept"}).lines[0]
    assert (kept.verdict, kept.changes) == (Verdict.UNCHANGED, ())
    taken = looked(data, now, {"3!target.2025.2": "file"}).lines[0]
    assert [(one.code, one.new) for one in taken.changes] == [("target.2025", Decimal(25))]


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
        book.add_worksheet(IDENTITY).write_row(0, 0, ("format", "4"))
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
            "links": draw(st.none() | st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
            **{f"budget.{year}": draw(st.integers(0, 10**11)) for year in draw(st.sets(st.integers(2022, 2031)))},
        }
        found.append(KnownSheet(UUID(int=200 + number), 1, title, values))
    numbers = st.decimals(-(10**6), 10**6, allow_nan=False, places=2)
    lines = [
        line(number, amount=draw(st.integers(0, 10**11)), certainty=draw(st.sampled_from(CERTAINTIES)))
        for number in range(draw(st.integers(0, 3)))
    ]
    indicators = [
        indicator(
            number,
            indicator=draw(WORDS),
            indicator_unit=draw(st.sampled_from(UNITS)),
            frequency=draw(st.sampled_from(FREQUENCIES)),
            counts_persons=draw(st.booleans()),
            source=draw(st.none() | WORDS),
            **{"baseline_value": draw(st.none() | numbers), "target.2026": draw(st.none() | numbers)},
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    return replace(plan_of(*found), lines=tuple(lines), indicators=tuple(indicators))


def comes_back(plan: KnownPlan) -> None:
    """Whatever a plan says, its export comes back without a change, a question or a refusal."""
    for write in FORMATS:
        judged, left = read_back(write(exported(plan)), plan)
        told = [(one.verdict, one.changes, one.faults) for one in judged]
        assert told == [(Verdict.UNCHANGED, (), [])] * sum(map(len, (plan.sheets, plan.lines, plan.indicators)))
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
