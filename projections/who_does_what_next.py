"""Who does what next? Of all that is awaited of a convention, what one person may bring, and what is somebody else's.

What a partner has to do is waited for by whoever does not speak for it, be it theirs to record afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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


def work(known: Known, may: MayDo, partners: Collection[UUID]) -> tuple[Work, ...]:
    """All that is awaited of a convention, for a person who speaks for some partners."""
    return tuple(Work(known.convention_id, one, _when(one, known.today, may, partners)) for one in awaited(known))


def _when(one: Awaited, today: date, may: MayDo, partners: Collection[UUID]) -> When:
    whose = one.expected.partner_id if one.expected is not None else None
    if (whose is not None and whose not in partners) or (one.act is not None and not may(one.act, one.partner_id)):
        return "others"
    if one.days_late > 0:
        return "late"
    if one.due_on is None or one.due_on > today + timedelta(days=30):
        return "later"
    return "week" if one.due_on <= today + timedelta(days=7) else "month"
