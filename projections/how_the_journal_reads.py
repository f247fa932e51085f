"""How does the journal read? Its facts in the order of either of their dates, runs of reminders told in one line.

What the engine said of deadlines (that one passed, who was reminded) is recorded one by one. Told one after another,
such facts hide what people did: a run of them is one line, which unfolds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Final
from uuid import UUID

from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent
from domain.values import Code
from projections.engine import Dossier, Entry
from projections.what_happened import Filter, chosen

RECORDED: Final = Code("RECORDED")
HAPPENED: Final = Code("HAPPENED")
ORDERS: Final = (RECORDED, HAPPENED)
"""By which of its two dates a fact is placed: the instant it was recorded, or the day it happened."""

REMINDERS: Final = (ReminderSent, ReminderEscalated, DeadlineMissed)
LONGEST: Final = 50
"""Facts that one line folds, at most."""


@dataclass(frozen=True)
class Line:
    """One fact, or several that follow one another and are told together; the latest first."""

    entries: tuple[Entry, ...]

    @property
    def is_run(self) -> bool:
        """Whether it folds several."""
        return len(self.entries) > 1

    @property
    def first(self) -> Entry:
        """The fact that stands for it: the latest."""
        return self.entries[0]

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of its facts."""
        days = [one.event.occurred_on for one in self.entries]
        return min(days), max(days)

    def holds(self, event_id: UUID) -> bool:
        """Whether a fact is told by it."""
        return any(one.event.envelope.event_id == event_id for one in self.entries)


def lines(dossier: Dossier, only: Filter, order: Code = RECORDED, *, folds: bool = True) -> list[Line]:
    """The journal, the latest first. `folds`: whether runs of reminders are told in one line."""
    found = chosen(dossier, only)
    if order == HAPPENED:
        found.sort(key=lambda one: (one.event.occurred_on, one.position), reverse=True)
    return list(_folded(found) if folds else (Line((one,)) for one in found))


def _folded(found: Iterable[Entry]) -> Iterator[Line]:
    for is_reminder, several in groupby(found, key=lambda one: isinstance(one.event, REMINDERS)):
        width = LONGEST if is_reminder else 1
        while some := tuple(islice(several, width)):
            yield Line(some)
