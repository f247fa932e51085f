"""Who pays how much, in columns that go two by two: "Financeur 1", "Montant", "Financeur 2", "Montant"."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.tables.fields import AMOUNT, FUNDER
from workflows.tables.kinds import TableField

Fields = Sequence[tuple[int, TableField]]


def pairs_of(fields: Fields) -> list[tuple[int, int]]:
    """The columns of funders, each with the column of its amount: the next one before another funder."""
    found, funder = [], None
    for column, one in fields:
        if one.code == FUNDER:
            funder = column
        elif one.code == AMOUNT and funder is not None:
            found.append((funder, column))
            funder = None
    return found
