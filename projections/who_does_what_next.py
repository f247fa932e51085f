"""Who does what next? Of all that is awaited of a convention, what one person may bring, and what is somebody else's.

What a partner has to do is waited for by whoever does not speak for it, be it theirs to record afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from domain.values import Code
from projections.how_a_convention_does import Known
from projections.what_comes_next import Awaited, awaited

When = Literal["late", "week", "month", "later", "others"]
WHENS: Final[tuple[When, ...]] = ("late", "week", "month", "later", "others")

MayDo = Callable[[Code, UUID | None], bool]
"""Whether the person may do an act, of a partner where it is some partner's."""


@dataclass(frozen=True)
class Work:
    """One thing awaited of a convention, and when it is to be done; `others`: by somebody else."""

    convention_id: UUID
    awaited: Awaited
    when: When


@dataclass(frozen=True)
class ToDo:
    """What lists keep of a dated thing awaited: enough to count it for a person. `whose`: the partner expected."""

    act: Code | None
    partner_id: UUID | None
    whose: UUID | None
    due_on: date
    days_late: int


def work(known: Known, may: MayDo, partners: Collection[UUID]) -> tuple[Work, ...]:
    """All that is awaited of a convention, for a person who speaks for some partners."""
    return tuple(
        Work(known.convention_id, one, _when(_to_do(one), known.today, may, partners)) for one in awaited(known)
    )


def to_do(steps: Iterable[Awaited]) -> tuple[ToDo, ...]:
    """Of all that is awaited, what has a day."""
    return tuple(one for step in steps if (one := _to_do(step)).due_on < date.max)


def pressing(several: Iterable[ToDo], today: date, may: MayDo, partners: Collection[UUID]) -> int:
    """How much of it a person has to do, late or within a week: the figure beside their work."""
    return sum(_when(one, today, may, partners) in ("late", "week") for one in several)


def _to_do(one: Awaited) -> ToDo:
    whose = one.expected.partner_id if one.expected is not None else None
    return ToDo(one.act, one.whose, whose, one.due_on or date.max, one.days_late)


def _when(one: ToDo, today: date, may: MayDo, partners: Collection[UUID]) -> When:
    elsewhere = one.whose is not None and one.whose not in partners
    if elsewhere or (one.act is not None and not may(one.act, one.partner_id)):
        return "others"
    if one.days_late > 0:
        return "late"
    if one.due_on > today + timedelta(days=30):
        return "later"
    return "week" if one.due_on <= today + timedelta(days=7) else "month"
