"""The years of a plan as a length, and a sheet as a bar on it: from its first day to its last, and how late it is.

Places are hundredths of the whole, so that bars keep their height, and words their size, whatever the width is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.contexts.plan import QuiltBar, QuiltHead

WHOLE: Final = 100.0
THINNEST: Final = 0.4
"""What is shorter is still seen."""
MARK: Final = 1.2
"""How wide one day is drawn."""
ROOM: Final = 26.0
"""What the words of today take beside its line, where the years are narrowest."""


@dataclass(frozen=True)
class Timeline:
    """Whole years, from the first day of one to the first day after another."""

    first: date
    end: date

    @classmethod
    def around(cls, days: Iterable[date]) -> Timeline:
        """The years in which some days are."""
        years = [one.year for one in days]
        return cls(date(min(years), 1, 1), date(max(years) + 1, 1, 1))

    def at(self, day: date) -> float:
        """Where a day is; what is outside stands at the end."""
        share = (day - self.first).days / (self.end - self.first).days
        return round(min(max(share, 0.0), 1.0) * WHOLE, 2)

    def head(self, today: date) -> QuiltHead:
        """Where each year begins, and today."""
        here = self.at(today)
        anchor = "start" if here < WHOLE - ROOM else "end"
        years = range(self.first.year, self.end.year)
        return QuiltHead(tuple((self.at(date(year, 1, 1)), year) for year in years), here, anchor)

    def bar(
        self,
        first: date,
        last: date,
        kind: str,
        today: date,
        *,
        share: float | None = None,
        late_from: date | None = None,
    ) -> QuiltBar:
        """From a day to another; filled to a `share` of it, else to today where it runs as it should, whole where it is
        done; red from the day on which something was expected, to today."""
        left, right = self.at(first), self.at(last)
        width = max(round(right - left, 2), THINNEST)
        here = self.at(today)
        red = max(round(here - self.at(late_from), 2), THINNEST) if late_from is not None else 0.0
        begins = self.at(late_from) if late_from is not None else 0.0
        if kind != "runs":
            return QuiltBar(left, width, kind, width if kind == "done" else 0.0, begins, red)
        filled = width * share if share is not None else 0.0 if red else min(max(here - left, 0.0), width)
        return QuiltBar(left, width, kind, round(filled, 2), begins, red)

    def mark(self, day: date, kind: str, today: date, *, late: bool = False) -> QuiltBar:
        """One day, wide enough to be seen; red from it to today where it is late."""
        here = self.at(day)
        red = max(round(self.at(today) - here, 2), THINNEST) if late else 0.0
        return QuiltBar(max(here - MARK, 0.0), MARK, kind, MARK if kind == "done" else 0.0, here if late else 0.0, red)
