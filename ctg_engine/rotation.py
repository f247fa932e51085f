"""When a backup is due, and which of those there are is kept: by civil days, weeks and months of Paris."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from workflows.instants import PARIS

_NAME: Final = re.compile(r"ctg-(\d{4}-\d{2}-\d{2})-(\d{2})h\.tar\.gz")


@dataclass(frozen=True, order=True)
class Slot:
    """An hour of a day at which a backup is due."""

    day: date
    hour: int

    @property
    def name(self) -> str:
        """The name of the file that is made for it."""
        return f"ctg-{self.day.isoformat()}-{self.hour:02}h.tar.gz"

    @property
    def text(self) -> str:
        """How it is kept."""
        return f"{self.day.isoformat()} {self.hour:02}"

    def is_past(self, now: datetime) -> bool:
        """Whether its hour has come."""
        here = now.astimezone(PARIS)
        return (self.day, self.hour) <= (here.date(), here.hour)


def slot_of(name: str) -> Slot | None:
    """The slot for which a file was made; None for a file that is not of ours, which is never touched."""
    found = _NAME.fullmatch(name)
    try:
        return Slot(date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def latest(now: datetime, hours: Collection[int]) -> Slot:
    """The last slot that has come: of several that were missed, only that one is made."""
    today = now.astimezone(PARIS).date()
    slots = (Slot(day, hour) for day in (today, today - timedelta(days=1)) for hour in hours)
    return max(slot for slot in slots if slot.is_past(now))


def kept(slots: Iterable[Slot], days: int, weeks: int, months: int) -> set[Slot]:
    """The newest one of each of the last so many days, weeks and months of which there is one, and always the last."""
    newest_first = sorted(slots, reverse=True)
    spans: tuple[tuple[int, Callable[[Slot], Hashable]], ...] = (
        (max(1, days), lambda slot: slot.day),
        (weeks, lambda slot: slot.day.isocalendar()[:2]),
        (months, lambda slot: (slot.day.year, slot.day.month)),
    )
    found: set[Slot] = set()
    for most, span in spans:
        of_each: dict[Hashable, Slot] = {}
        for slot in newest_first:
            of_each.setdefault(span(slot), slot)
        found.update(list(of_each.values())[:most])
    return found
