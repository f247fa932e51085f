"""Who pays how much, when and how sure: columns that go together ("Financeur 1", "Montant", "Certitude"), and columns
whose head names the funder ("Caf 2025")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workflows.tables.fields import AMOUNT, BUDGET_YEAR, CERTAINTY, FUNDED_BY, FUNDER
from workflows.tables.heads import only_year
from workflows.tables.kinds import TableField

Fields = Sequence[tuple[int, TableField]]

_OF_PAIRS: Final = (BUDGET_YEAR, CERTAINTY)


@dataclass(frozen=True)
class Pair:
    """The columns that say one line of money. `funder`: None where the head of the amount names it, or nothing does;
    `year` and `certainty`: columns of this line alone."""

    amount: int
    funder: int | None = None
    year: int | None = None
    certainty: int | None = None
    in_head: bool = False


def pairs_of(fields: Fields, heads: Mapping[int, str]) -> list[Pair]:
    """The lines of money that a row may say: an amount goes with the funder before it, and several with the same one
    where each says its year. A column of years or of certainties is of one funder where there are several of them."""
    several = {code: sum(one.code == code for _, one in fields) > 1 for code in _OF_PAIRS}
    found: list[Pair] = []
    funder: int | None = None
    led = 0
    for column, one in fields:
        if one.code == FUNDER:
            funder, led = column, 0
        elif one.code == FUNDED_BY:
            found.append(Pair(column, in_head=True))
        elif one.code == AMOUNT:
            its = funder if led == 0 or only_year(heads.get(column, "")) is not None else None
            found.append(Pair(column, its))
            led += 1
        elif one.code in _OF_PAIRS and several[one.code] and found and (funder is not None or found[-1].in_head):
            last = found[-1]
            found[-1] = replace(last, year=column) if one.code == BUDGET_YEAR else replace(last, certainty=column)
    return found


def of_pairs(pairs: Sequence[Pair]) -> frozenset[int]:
    """The columns that say something of one line alone."""
    columns = (one for pair in pairs for one in (pair.funder, pair.amount, pair.year, pair.certainty))
    return frozenset(one for one in columns if one is not None)
