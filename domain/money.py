"""Money in whole cents, by civil year: what every amount of the engine is made of. A euro is counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.kernel import unique
from domain.values import Code, InvalidValue

ASKED = Code("ASKED")
PROMISED = Code("PROMISED")
FIRM = Code("FIRM")
PAID = Code("PAID")
CERTAINTIES: Final = (ASKED, PROMISED, FIRM, PAID)
"""How sure money is, from the least to the most."""

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years outside these are mistakes of typing."""


@dataclass(frozen=True)
class YearAmount:
    """What a year takes or brings."""

    year: int
    amount_cents: int


@dataclass(frozen=True)
class PledgedYear:
    """The money of a pledge in one year: of the partner, and of the other one that shares it."""

    year: int
    amount_cents: int
    co_amount_cents: int | None = None

    @property
    def total_cents(self) -> int:
        """Of both."""
        return self.amount_cents + (self.co_amount_cents or 0)


def check_year(year: int, field: str) -> None:
    """Raises `InvalidValue("year")` for what is no year of a convention."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue("year", field=field, value=str(year), first=str(FIRST_YEAR), last=str(LAST_YEAR))


def check_amount(amount_cents: int, field: str) -> None:
    """Raises `InvalidValue("negative-amount")`."""
    if amount_cents < 0:
        raise InvalidValue("negative-amount", field=field)


def check_years(years: Iterable[int], field: str) -> None:
    """Each is a year, given once. Raises `InvalidValue`."""
    found = list(years)
    for year in found:
        check_year(year, field)
    unique(map(str, found), field)
