"""The indicators of a table are taken over with what it says of them; what it does not say is asked, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.funding import PledgeFunding
from domain.indicators.defining import DefineIndicator
from tests.tables.books import CAF, HEAD, PLAN, table, xlsx
from workflows.tables.columns import propose
from workflows.tables.comparing import Judged, Verdict, judge
from workflows.tables.known import KnownPlan
from workflows.tables.reading import NONE
from workflows.tables.taken import Mapped
from workflows.tables.taking import take

MEASURED = ("Indicateur 1", "Unité", "Valeur initiale", "Date de la valeur initiale", "Cible 2025", "Cible 2026")
ROW = ("Petite enfance", "Ouvrir une crèche", "Caf", date(2024, 1, 1), date(2025, 12, 31))
SAID = {
    "indicator_unit.counts": "NUMBER",
    "indicator_unit.rates": "PERCENT",
    "indicator_unit": "NUMBER",
    "counts_persons.of-persons": "yes",
    "counts_persons.of-things": "no",
    "indicator_kind": "RESULT",
    "direction": "UP",
    "frequency": "YEARLY",
    "data_owner": "row-owner",
    "C2": CAF,
}


def judged(
    rows: list[tuple[Any, ...]], plan: KnownPlan = PLAN, answers: dict[str, str] | None = None
) -> tuple[list[Judged], dict[str, tuple[str, ...]]]:
    """The verdicts of some rows, and what is asked with its readings."""
    found = table(xlsx(rows))
    mapped = Mapped({one.index: one.field for one in propose(found) if one.field}, answers or {})
    taken = take(found, plan, mapped)
    asked = {key: tuple(each.answer for each in one.choices) for key, one in taken.questions.items()}
    return judge(taken, plan, mapped), asked


def defined(one: Judged) -> list[DefineIndicator]:
    return [act for act in one.acts if isinstance(act, DefineIndicator)]


def test_an_indicator_with_its_start_and_targets_is_defined_once_the_rest_is_said() -> None:
    rows = [(*HEAD, *MEASURED), (*ROW, "Nombre de places", "places", 12, date(2024, 3, 1), 20, "25")]
    found, asked = judged(rows)
    assert found[0].verdict is Verdict.ASKED
    assert {"G2", "counts_persons.of-things", "indicator_kind", "direction", "frequency", "data_owner"} <= set(asked)
    found, _ = judged(rows, answers={**SAID, "G2": "NUMBER"})
    one = defined(found[0])[0]
    assert one.title.text == "Nombre de places" and one.unit_label is not None and one.unit_label.text == "places"
    assert (one.baseline_value, one.baseline_on) == (Decimal(12), date(2024, 3, 1))
    assert [(each.year, each.value) for each in one.targets] == [(2025, Decimal(20)), (2026, Decimal(25))]
    drafted = found[0].acts[0]
    assert isinstance(drafted, DraftActionSheet) and one.sheet_ids == (drafted.stream_id,)
    assert (str(one.owner_id), one.counts_persons) == (CAF, False)


def test_several_indicators_stand_in_one_cell_or_in_groups_of_columns() -> None:
    found, _ = judged([(*HEAD, "Indicateurs"), (*ROW, "- Nombre de familles\n- Taux de satisfaction")], answers=SAID)
    assert [one.title.text for one in defined(found[0])] == ["Nombre de familles", "Taux de satisfaction"]
    assert [(one.unit, one.counts_persons) for one in defined(found[0])] == [("NUMBER", True), ("PERCENT", False)]
    heads = (*HEAD, "Indicateur 1", "Cible 2025", "Indicateur 2", "Cible 2025")
    found, _ = judged([heads, (*ROW, "Nombre de places", 20, "Nombre d’ateliers", 6)], answers=SAID)
    assert [(one.title.text, one.targets[0].value) for one in defined(found[0])] == [
        ("Nombre de places", Decimal(20)),
        ("Nombre d’ateliers", Decimal(6)),
    ]


def test_an_action_on_several_rows_has_an_indicator_on_each() -> None:
    heads = (*HEAD, "Indicateur", "Cible 2025")
    rows = [heads, (*ROW, "Nombre de places", 20), ("", ROW[1], "", "", "", "Nombre d’ateliers", 6)]
    found, _ = judged(rows, answers={**SAID, "priority": "p1"})
    assert [one.verdict for one in found] == [Verdict.NEW, Verdict.NEW]
    assert [type(act) for act in found[1].acts] == [DefineIndicator]
    assert len({one.sheet_ids for each in found for one in defined(each)}) == 1
    other = [heads, rows[1], ("", ROW[1], "MSA", "", "", "Nombre d’ateliers", 6)]
    found, _ = judged(other, answers={**SAID, "priority": "p1", "C3": PLAN.partners[2].reference})
    assert [fault.code for fault in found[1].faults] == ["said-twice"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("", "", "", "", 20, ""), "no-indicator"),
        (("Places\nAteliers", "", "", "", 20, ""), "several-indicators"),
        (("Places", "", True, "", "", ""), "no-value"),
    ],
)
def test_values_that_nobody_could_give_to_an_indicator_refuse_the_row(cells: tuple[Any, ...], fault: str) -> None:
    found, _ = judged([(*HEAD, *MEASURED), (*ROW, *cells)], answers=SAID)
    assert [one.code for one in found[0].faults] == [fault]


def test_a_rate_that_a_spreadsheet_keeps_as_a_part_of_one_is_asked() -> None:
    rows = [(*HEAD, *MEASURED), (*ROW, "Taux de couverture", "%", "", "", 0.45, "environ 60 %")]
    found, asked = judged(rows, answers=SAID)
    assert (asked["J2"], asked["K2"]) == (("45", "0.45", NONE), ("60", NONE))
    found, _ = judged(rows, answers={**SAID, "J2": "45", "K2": "60"})
    assert [each.value for each in defined(found[0])[0].targets] == [Decimal(45), Decimal(60)]


def test_without_an_indicator_a_source_or_a_target_is_not_taken_for_one() -> None:
    columns = propose(table(xlsx([(*HEAD, "Source", "Cible", "Unité"), (*ROW, "Caf", "Familles", "Pôle social")])))
    assert [one.field for one in columns[5:]] == ["", "public", ""]


def test_risks_and_ages_of_life_are_told_of_the_action() -> None:
    heads = (*HEAD, "Risques", "Âges de la vie")
    found, _ = judged([heads, (*ROW, "Peu de candidats\nLocaux trop petits", "Petite enfance, jeunes")], answers=SAID)
    told = next(act for act in found[0].acts if isinstance(act, DescribeActionSheet))
    assert [one.text for one in told.risks] == ["Peu de candidats", "Locaux trop petits"]
    assert told.life_stages == ("EARLY_CHILDHOOD", "YOUTH")
    found, asked = judged([heads, (*ROW, "", "Petite enfance, martiens")], answers=SAID)
    assert asked["G2"] == ("known", NONE)


def test_money_and_indicators_of_a_row_go_together() -> None:
    heads = (*HEAD, "Financeur", "Montant", "Indicateur")
    found, _ = judged(
        [heads, (*ROW, "MSA", 5000, "Nombre de places")],
        answers={**SAID, "F2": PLAN.partners[2].reference, "budget_year": "2025", "certainty": "FIRM"},
    )
    assert {PledgeFunding, DefineIndicator} <= {type(act) for act in found[0].acts}
