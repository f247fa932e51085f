"""R32: no small group of people is ever told, neither counted, nor by a rate, nor by what a total leaves over.

Places, facilities, meetings, posts and euros are free: only what counts people is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import ClassVar

from domain.indicators.terms import NUMBER, PARTS_OF, Terms
from domain.kernel import BrokenRule, Level


@dataclass(frozen=True)
class SmallCell(BrokenRule):
    """R32: the people counted are fewer than the threshold; none at all tells of nobody, unless a total says of whom.
    `persons` is not told: it is what must not be said."""

    RULE = "R32"
    LEVEL = Level.HARD
    field: str
    minimum: int


@dataclass(frozen=True)
class SmallRemainder(BrokenRule):
    """R32: what the total leaves over are fewer people than the threshold: the total would give them away."""

    RULE = "R32"
    CODE = SmallCell.CODE
    LEVEL = Level.HARD
    field: str
    minimum: int


@dataclass(frozen=True)
class RateWithoutTotal(BrokenRule):
    """R32: a rate of people says of how many, or nobody can tell whether it is of a few."""

    RULE = "R32"
    CODE = SmallCell.CODE
    LEVEL = Level.HARD
    field: str


@dataclass(frozen=True)
class Told:
    """A value that is about to be told: of how many (`total`), from a sample of how many; the names of its fields."""

    VALUE: ClassVar[str] = "value"
    value: Decimal
    total: int | None
    sample_size: int | None = None
    value_field: str = "value"
    total_field: str = "total"


def small_cells(terms: Terms, told: Told, minimum: int) -> Iterator[BrokenRule]:
    """What keeps a value from being told; nothing for what counts no people."""
    if not terms.counts_persons:
        return
    if told.sample_size is not None and told.sample_size < minimum:
        yield SmallCell("sample_size", minimum)
    total = told.total
    if terms.unit == NUMBER:
        persons = told.value
        if total is None:
            if persons != 0 and persons < minimum:
                yield SmallCell(told.value_field, minimum)
            return
    elif total is None:
        if told.sample_size is None:
            yield RateWithoutTotal(told.total_field)
        return
    elif terms.unit in PARTS_OF:
        persons = told.value * total / PARTS_OF[terms.unit]
    else:  # an average over people tells of all of them alike
        persons = Decimal(total)
    persons = persons.quantize(Decimal(1), ROUND_HALF_EVEN)
    if persons < minimum:
        yield SmallCell(told.value_field, minimum)
    elif (terms.unit == NUMBER or terms.unit in PARTS_OF) and 0 <= total - persons < minimum:
        yield SmallRemainder(told.total_field, minimum)
