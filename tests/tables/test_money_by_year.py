"""What an action costs year by year, who pays in which year and how sure, and the contracts that it is linked to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import ReviseFunding
from domain.kernel import Command
from domain.money import YearAmount
from tests.tables.books import CAF, MSA, PLAN, xlsx
from tests.tables.test_round_trip import line, plan_of, sheet
from workflows.tables.comparing import Verdict
from workflows.tables.known import KnownPlan
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.opening import open_workbook
from workflows.tables.remembering import Remembered

AXIS = "Petite enfance"
MSA_NAME = "MSA Midi-Pyrénées Sud"


def looked(rows: list[tuple[Any, ...]], plan: KnownPlan = PLAN, **answers: str) -> Checked:
    said = {key.replace("__", "."): value for key, value in answers.items()}
    return look_at(open_workbook("plan.xlsx", xlsx(rows)), plan, Said(answers=said), Remembered(plan.territory_id))


def fields_of(found: Checked) -> dict[str, str]:
    return {one.head: f"{one.field} {one.certainty.value}".strip() for one in found.columns[2:]}


def acts_of(found: Checked, kind: type[Command]) -> list[Any]:
    return [act for one in found.judged for act in one.acts if isinstance(act, kind)]


def test_columns_of_years_are_what_the_action_costs_in_each() -> None:
    head = ("Axe", "Action", "2024", "2025", "Budget 2026", "Coût 2027 (k€)")
    found = looked([head, (AXIS, "Crèche", 1000, "2 k€", "12 500,50", 3), (AXIS, "Ludothèque", "", 500, "", "")])
    assert fields_of(found) == {
        "2024": "budget.2024 likely",
        "2025": "budget.2025 likely",
        "Budget 2026": "budget.2026 sure",
        "Coût 2027 (k€)": "budget.2027 sure",
    }
    assert [one.budget for one in acts_of(found, EstimateBudget)] == [
        (
            YearAmount(2024, 100_000),
            YearAmount(2025, 200_000),
            YearAmount(2026, 1_250_050),
            YearAmount(2027, 300_000),
        ),
        (YearAmount(2025, 50_000),),
    ]


def test_a_total_beside_the_years_that_is_not_their_sum_is_asked() -> None:
    head = ("Axe", "Action", "Coût 2024", "Coût 2025", "Budget total")
    rows = [head, (AXIS, "Crèche", 1000, 500, 1500), (AXIS, "Ludothèque", 1000, 500, 1600)]
    found = looked(rows)
    assert [one.verdict for one in found.judged] == [Verdict.NEW, Verdict.ASKED]
    assert [one.doubt for one in found.questions] == ["total-differs"]
    assert [one.verdict for one in looked(rows, budget__3="none").judged] == [Verdict.NEW] * 2


def test_the_years_of_a_cost_are_changed_one_by_one() -> None:
    plan = plan_of(sheet(1, **{"budget.2024": 100, "budget.2025": 200, "budget_by_years": True}))
    found = looked([("Axe", "Action", "Coût 2025"), (AXIS, "Fiche 1", 7)], plan)
    assert [one.budget for one in acts_of(found, EstimateBudget)] == [(YearAmount(2024, 100), YearAmount(2025, 700))]


def test_a_funder_may_stand_at_the_head_of_its_column_with_the_year_and_the_certainty() -> None:
    head = ("Axe", "Action", f"{MSA_NAME} 2025", "Subvention Caf 2026 (demandée)", "Autofinancement 2025")
    rows = [head, (AXIS, "Crèche", 500, 300, 200), (AXIS, "Ludothèque", "", 100, "")]
    found = looked(rows)
    assert fields_of(found) == {
        f"{MSA_NAME} 2025": "funded_by sure",
        "Subvention Caf 2026 (demandée)": "funded_by likely",
        "Autofinancement 2025": "funded_by likely",
    }
    assert [(one.key, one.code, one.rows) for one in found.questions] == [
        ("certainty", "certainty", [1]),
        ("D1", "funder", [1, 2]),
        ("E1", "funder", [1]),
    ]
    said = looked(rows, certainty="FIRM", D1=CAF, E1=PLAN.partners[1].reference)
    lines = acts_of(said, PledgeFunding)
    assert [(str(one.partner_id), one.year, one.amount_cents, one.certainty) for one in lines] == [
        (MSA, 2025, 50_000, "FIRM"),
        (CAF, 2026, 30_000, "ASKED"),
        (PLAN.partners[1].reference, 2025, 20_000, "FIRM"),
        (CAF, 2026, 10_000, "ASKED"),
    ]


def test_each_funder_has_its_year_and_its_certainty_in_columns_beside_it() -> None:
    pair = ("Financeur {n}", "Montant {n}", "Année du financement {n}", "Certitude {n}")
    head = ("Axe", "Action", *(one.format(n=n) for n in (1, 2) for one in pair))
    found = looked([head, (AXIS, "Crèche", MSA_NAME, 500, 2025, "ferme", MSA_NAME, 700, 2026, "promis")])
    lines = acts_of(found, PledgeFunding)
    assert [(one.year, one.amount_cents, one.certainty) for one in lines] == [
        (2025, 50_000, "FIRM"),
        (2026, 70_000, "PROMISED"),
    ]


def test_a_funder_with_several_years_is_several_lines() -> None:
    head = ("Axe", "Action", "Financeur", "Montant 2024", "Montant 2025", "Statut du financement")
    found = looked([head, (AXIS, "Crèche", MSA_NAME, 100, 200, "notifié")])
    assert [(one.year, one.certainty) for one in acts_of(found, PledgeFunding)] == [(2024, "FIRM"), (2025, "FIRM")]


@pytest.mark.parametrize(
    ("answer", "kind"), [("revised", ReviseFunding), ("beside", PledgeFunding), ("none", type(None))]
)
def test_money_that_is_recorded_otherwise_is_asked_and_never_counted_twice(answer: str, kind: type) -> None:
    plan = replace(plan_of(sheet(1)), lines=(line(1),))
    head = ("Axe", "Action", "Financeur", "Montant", "Année du financement", "Certitude")
    same = looked([head, (AXIS, "Fiche 1", MSA_NAME, 5000, 2025, "promis")], plan)
    assert [one.verdict for one in same.judged] == [Verdict.UNCHANGED]
    rows = [head, (AXIS, "Fiche 1", MSA_NAME, 6000, 2025, "promis")]
    assert [(one.key, one.doubt) for one in looked(rows, plan).questions] == [("funding.D2", "funded-otherwise")]
    said = looked(rows, plan, funding__D2=answer, change_motive="revised")
    assert [type(act) for act in said.judged[0].acts] == ([] if answer == "none" else [kind])


def test_an_amount_that_no_funder_leads_is_a_cost_and_funders_without_amounts_are_told() -> None:
    found = looked([("Axe", "Action", "Montant 2025", "Financeurs"), (AXIS, "Crèche", 1000, "Caf, MSA")])
    assert fields_of(found) == {"Montant 2025": "budget.2025 likely", "Financeurs": "yours"}


def test_years_that_are_ticked_are_the_calendar_once_confirmed() -> None:
    rows = [
        ("Axe", "Action", "2024", "2025", "2026"),
        (AXIS, "Crèche", "x", "x", ""),
        (AXIS, "Ludothèque", "X", "X", ""),
        (AXIS, "Bus", "x", "", "x"),
    ]
    found = looked(rows)
    assert fields_of(found) == {year: f"ticked.{year} likely" for year in ("2024", "2025", "2026")}
    assert [(one.key, one.answer, one.rows) for one in found.questions] == [
        ("C2", "2024-01-01..2025-12-31", [1, 2]),
        ("C4", "", [3]),
    ]


def test_links_are_named_in_a_cell_or_ticked_in_columns_of_their_own() -> None:
    head = ("Axe", "Action", "Liens avec d’autres contrats", "PCAET", "Projet alimentaire territorial (PAT)")
    rows = [
        head,
        (AXIS, "Crèche", "CLS, SDSF", "x", ""),
        (AXIS, "Ludothèque", "CTEAC\nContrat de ville, volet jeunes", "", "oui"),
        (AXIS, "Bus", "Contrat de ville, volet jeunes", "non", ""),
        (AXIS, "Navette", "oui", "", ""),
    ]
    found = looked(rows)
    assert fields_of(found) == dict.fromkeys(head[2:], "links sure")
    told = [tuple(one.text for one in act.links) for act in acts_of(found, DescribeActionSheet)]
    assert told == [
        ("CLS", "SDSF", "PCAET"),
        ("CTEAC", "Contrat de ville, volet jeunes", "Projet alimentaire territorial (PAT)"),
    ]
    assert [(one.key, one.doubt) for one in found.questions] == [("C4", "several-links"), ("C5", "which-link")]
    said = looked(rows, C4="whole", C5="none")
    assert acts_of(said, DescribeActionSheet)[2].links[0].text == "Contrat de ville, volet jeunes"
    assert said.judged[3].verdict is Verdict.NEW


def test_an_axis_that_is_written_once_for_the_rows_below_it_is_asked_once_for_each_axis() -> None:
    rows = [
        ("Axe", "Action"),
        (AXIS, "Crèche"),
        ("", "Ludothèque"),
        ("Aller vers les jeunes", "Bus"),
        ("", "Navette"),
        ("", "Skate park"),
    ]
    found = looked(rows)
    assert [(one.key, one.doubt, one.rows, one.answer) for one in found.questions] == [
        ("A2", "as-above", [2], "p1"),
        ("A4", "as-above", [4, 5], "p2"),
    ]
    said = looked(rows, A2="p1", A4="p2")
    assert [one.values["priority"] for one in said.judged] == ["p1", "p1", "p2", "p2", "p2"]


def test_a_funder_named_beside_an_empty_amount_is_asked_once_and_not_passed_over() -> None:
    """It was left out without a word."""
    head = ("Axe", "Action", "Financeur", "Montant", "Année")
    rows: list[tuple[Any, ...]] = [
        head,
        (AXIS, "Crèche", "Caf du Gers", "", "2026"),
        (AXIS, "Bus", "Caf du Gers", "1 200 €", "2026"),
        (AXIS, "Ludothèque", "Caf du Gers", None, "2026"),
    ]
    found = looked(rows)
    (asked,) = [one for one in found.questions if one.doubt == "funder-without-amount"]
    assert (asked.rows, [one.answer for one in asked.choices]) == ([1, 3], ["none"])
    assert found.judged[0].verdict is Verdict.ASKED
    done = looked(rows, PLAN, **{asked.key: "none"})
    assert not [one for one in done.judged[0].asked if one == asked.key]
