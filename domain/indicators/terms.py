"""What an indicator is: the terms of its definition, and the closed words in which they are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from domain.kernel import required_text, unique
from domain.money import check_year, check_years
from domain.values import Code, InvalidValue, Prose

NUMBER: Final = Code("NUMBER")
PARTS_OF: Final = {Code("PERCENT"): 100, Code("PER_HUNDRED"): 100, Code("PER_THOUSAND"): 1000}
"""The units that are rates, with what they are parts of."""
UNITS: Final = (NUMBER, *PARTS_OF, *map(Code, ("EUROS", "DAYS", "HOURS", "SCORE")))

REALISATION: Final = Code("REALISATION")
RESULT: Final = Code("RESULT")
KINDS: Final = (REALISATION, RESULT)
"""What is done (means), and what it changes (results)."""

UP: Final = Code("UP")
DOWN: Final = Code("DOWN")
DIRECTIONS: Final = (UP, DOWN)
"""In which direction it gets better."""

MONTHS_OF: Final = {Code("MONTHLY"): 1, Code("QUARTERLY"): 3, Code("HALF_YEARLY"): 6, Code("YEARLY"): 12}
FREQUENCIES: Final = tuple(MONTHS_OF)
"""How often it is measured: at the end of each civil month, quarter, half-year or year."""

PLACES: Final = (Code("DEPARTMENT"), Code("REGION"), Code("FRANCE"))
"""With what a value is compared."""


@dataclass(frozen=True, slots=True)
class Target:
    """The value that is wanted at the end of a civil year."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the same indicator says elsewhere."""

    place: Code
    year: int
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The definition of an indicator.

    `unit_label`: what is counted, in people's words ("places", "familles"). `counts_persons`: whether it counts people,
    or is a rate of people: then small values are refused (R32). `baseline_total`: of how many the starting value is,
    for a rate. `baseline_promised_by`: by when it will be measured, where it is not yet. `owner_id`: the partner that
    owns the data. `alert_below`, `alert_above`: beyond these a value is told at once.
    """

    title: Prose
    unit: Code
    unit_label: Prose | None = None
    counts_persons: bool
    kind: Code
    direction: Code
    owner_id: UUID
    frequency: Code
    baseline_value: Decimal | None = None
    baseline_on: date | None = None
    baseline_total: int | None = None
    baseline_promised_by: date | None = None
    targets: tuple[Target, ...] = ()
    sheet_ids: tuple[UUID, ...] = ()
    definition: Prose | None = None
    source: Prose | None = None
    comparisons: tuple[Comparison, ...] = ()
    alert_below: Decimal | None = None
    alert_above: Decimal | None = None


def check_terms(terms: Terms) -> None:
    """Refuse what means nothing whatever is recorded. Raises `InvalidValue`."""
    required_text(terms.title, "title")
    closed = {"unit": UNITS, "kind": KINDS, "direction": DIRECTIONS, "frequency": FREQUENCIES}
    for name, allowed in closed.items():
        if getattr(terms, name) not in allowed:
            raise InvalidValue("unknown-code", field=name, value=getattr(terms, name), allowed=allowed)
    for one in terms.comparisons:
        if one.place not in PLACES:
            raise InvalidValue("unknown-code", field="comparisons", value=one.place, allowed=PLACES)
    if (terms.baseline_value is None) != (terms.baseline_on is None):
        lacking = "baseline_on" if terms.baseline_on is None else "baseline_value"
        raise InvalidValue("baseline-incomplete", field=lacking)
    if terms.baseline_value is not None and terms.baseline_promised_by is not None:
        raise InvalidValue("baseline-given", field="baseline_promised_by")
    if terms.baseline_total is not None and terms.baseline_total < 0:
        raise InvalidValue("negative-count", field="baseline_total")
    below, above = terms.alert_below, terms.alert_above
    if below is not None and above is not None and below >= above:
        raise InvalidValue("alerts-reversed", field="alert_above")
    check_years((one.year for one in terms.targets), "targets")
    for compared in terms.comparisons:
        check_year(compared.year, "comparisons")
    unique((f"{one.place} {one.year}" for one in terms.comparisons), "comparisons")
    unique(map(str, terms.sheet_ids), "sheet_ids")
