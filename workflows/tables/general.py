"""What may be answered to what a file does not say at all."""

from __future__ import annotations

from typing import Any, Final

from domain.action_sheets.state import ACTION_STATUSES
from domain.indicators.terms import NUMBER as COUNTED
from domain.money import CERTAINTIES
from domain.values import Code
from workflows.tables.closed_words import VOCABULARY_OF
from workflows.tables.fields import BUDGET_YEAR, CERTAINTY, ENDS, STARTS, STATUS
from workflows.tables.indicator_fields import BASELINE_ON, CHANGE_MOTIVE, DATA_OWNER, PERSONS, TARGET, UNIT
from workflows.tables.known import KnownPlan
from workflows.tables.reading import Choice

COUNTS: Final = "counts"
RATES: Final = "rates"
OF_PERSONS: Final = "of-persons"
OF_THINGS: Final = "of-things"
"""Kinds of indicators, by what their names say: each is asked about once."""

ROW_OWNER: Final = "row-owner"
"""The answer for whoever owns the action."""

MOTIVES: Final = ("revised", "precised", "mistaken")
"""Why a line of money or a definition changes: words of the vocabulary `table-motive`."""

_FIXED: Final = {CERTAINTY: CERTAINTIES, STATUS: ACTION_STATUSES, CHANGE_MOTIVE: tuple(map(Code, MOTIVES))}


def choices_of(code: str, plan: KnownPlan, kind: str) -> tuple[Choice[Any], ...]:
    """The readings that are proposed, one of them likely where the name of an indicator says it."""
    if code in (STARTS, ENDS):
        day = plan.starts_on if code == STARTS else plan.ends_on
        return (Choice(day.isoformat(), day),)
    if code == BASELINE_ON:
        return (Choice(plan.starts_on.isoformat(), plan.starts_on),)
    if code in (BUDGET_YEAR, TARGET):
        return tuple(Choice(str(year), year) for year in range(plan.starts_on.year, plan.ends_on.year + 1))
    if code == PERSONS:
        return (Choice("yes", True, kind == OF_PERSONS), Choice("no", False))
    if code == DATA_OWNER:
        return (Choice(ROW_OWNER, ROW_OWNER),)
    if code in VOCABULARY_OF:
        likely = {COUNTS: COUNTED, RATES: "PERCENT"}.get(kind) if code == UNIT else None
        return tuple(Choice(one, one, one == likely) for one in VOCABULARY_OF[code][1])
    return tuple(Choice(one, one) for one in _FIXED.get(code, ()))
