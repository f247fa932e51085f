"""What each column of a table would become: by what the territory said the last time, by its head, by its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

from workflows.tables.cells import letters_of, shown
from workflows.tables.days import read_day
from workflows.tables.fields import (
    ENDS,
    FIELDS,
    LEFT_OUT,
    STARTS,
    budget_field,
    by_head,
    field_of,
    is_of_indicators,
    ticked_field,
)
from workflows.tables.finding import Found
from workflows.tables.indicator_fields import INDICATOR, TARGET, target_field
from workflows.tables.kinds import Kind, TableField
from workflows.tables.known import Named
from workflows.tables.money_columns import of_money
from workflows.tables.words import head_words

Before: TypeAlias = Callable[[str], str | None]
"""What a column of this head became the last time; empty where it was left out, None where nobody said."""

_SAMPLES: Final = 3
_LONGEST_SAMPLE: Final = 40
_MOSTLY: Final = 0.6


class Certainty(Enum):
    """How sure a proposal is."""

    SURE = "sure"
    LIKELY = "likely"
    YOURS = "yours"
    """Nothing speaks for one reading: the person says it."""


@dataclass(frozen=True)
class Column:
    """A column that holds something, with some of its cells as the file has them, and what it would become."""

    index: int
    head: str
    samples: tuple[str, ...]
    filled: int
    field: str
    certainty: Certainty
    why: str
    count: int = 0

    @property
    def letters(self) -> str:
        """Its name in the file."""
        return letters_of(self.index)


def nothing_before(_: str) -> None:
    """Nothing was said before."""


def propose(table: Found, before: Before = nothing_before, partners: Sequence[Named] = ()) -> tuple[Column, ...]:
    """The columns of a table in their order. `before`: what the territory said of a head the last time; `partners`:
    whom a head may name."""
    taken: set[str] = set()
    columns = []
    for index in range(table.sheet.width):
        cells = list(table.column(index))
        head = table.heads.get(index, "")
        if not cells and (not head or before(head) is None):
            if _told_by_colours(head):
                columns.append(Column(index, head, (), 0, LEFT_OUT, Certainty.YOURS, "empty-column"))
            continue
        field, certainty, why, count = _proposed(table, index, head, before, taken, partners)
        if field and (found := field_of(field)) is not None and not found.several:
            taken.add(field)
        columns.append(
            Column(
                index,
                head,
                tuple(dict.fromkeys(shown(one.value)[:_LONGEST_SAMPLE] or one.error for one in cells))[:_SAMPLES],
                len(cells),
                field,
                certainty,
                why,
                count,
            )
        )
    return tuple(columns)


def _told_by_colours(head: str) -> bool:
    """Whether an empty column of this head may say something to who sees its colours."""
    found = by_head(head) if head else None
    return found is not None and found.kind in (Kind.STATUS, Kind.CERTAINTY, Kind.PERCENT)


def _proposed(
    table: Found, index: int, head: str, before: Before, taken: set[str], partners: Sequence[Named]
) -> tuple[str, Certainty, str, int]:
    said = before(head) if head else None
    if said is not None and (said == LEFT_OUT or _free(field_of(said), taken)):
        return said, Certainty.SURE, "remembered", 0
    cells = list(table.column(index))
    found = _by_head(table, head) or _by_head(table, table.lower.get(index, ""))
    if (money := of_money(table, index, found, partners)) is not None:
        if not money.field or not _free(field_of(money.field), taken):
            return LEFT_OUT, Certainty.YOURS, money.why, money.count
        return money.field, Certainty.SURE if money.is_sure else Certainty.LIKELY, money.why, money.count
    if found is not None and _free(found, taken):
        if found.kind is Kind.DAY and cells:
            days = _days(table, index)
            if days < _MOSTLY * len(cells):
                return found.code, Certainty.LIKELY, "some-days", days
        return found.code, Certainty.SURE, "head", 0
    if found is None and cells and (days := _days(table, index)) >= 2 and days >= _MOSTLY * len(cells):
        code = STARTS if STARTS not in taken and ENDS in taken else ENDS
        if code not in taken and not any(by_head(one) == field_of(code) for one in table.heads.values()):
            return code, Certainty.LIKELY, "days", days
    if found is not None:
        return LEFT_OUT, Certainty.YOURS, "twice", 0
    return LEFT_OUT, Certainty.SURE, "not-taken", len(cells)


def _by_head(table: Found, head: str) -> TableField | None:
    """What a head names; it tells of an indicator only where an indicator is named, and "Cible" then is a value."""
    found = by_head(head)
    measured = any((one := by_head(each)) is not None and one.code == INDICATOR for each in table.heads.values())
    if found is not None and is_of_indicators(found) and not measured:
        return None
    if measured and head_words(head) in ("cible", "cibles", "target"):
        return field_of(TARGET)
    return found


def _free(found: TableField | None, taken: set[str]) -> bool:
    return found is not None and (found.several or found.code not in taken)


def _days(table: Found, index: int) -> int:
    """Cells that can only be days: real dates, or words that say one; a bare number may be anything."""
    return sum(
        isinstance(one.value, date)
        or (
            isinstance(one.value, str)
            and not one.value.strip().isdecimal()
            and (read := read_day(one, ends=True)).fault is None
            and read.doubt not in ("words", "lasts")
        )
        for one in table.column(index)
    )


def offered(years: Sequence[int]) -> Sequence[TableField]:
    """What a person may say that a column is; a cost, a wanted value and a tick are of a year."""
    return (*FIELDS, *map(budget_field, years), *map(target_field, years), *map(ticked_field, years))
