"""Whether the clock of the machine may be believed: nothing that is dated by a wrong one can be taken back.

The jobs leave a mark of how far time has come. A clock that says much more, or much less, is not believed until the
operator says that its day is right (`ctg clock accept`): nothing is recorded, sent, ended or taken away meanwhile, by
anybody; tools still read. A clock that went back by less is told, and believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Engine

from workflows.instance import instance_facts, remember
from workflows.instants import PARIS, from_text, to_text

CLOCK_REACHED: Final = "clock-reached"
"""Under which the table `instance` keeps the latest instant at which jobs ran, or that the operator accepted."""

_TOLERATED_BACK: Final = timedelta(hours=1)
"""A clock that is set right goes back by seconds or minutes."""


@dataclass(frozen=True)
class Gap:
    """How far a clock is from where time had come: before it when `days` is negative."""

    reached: datetime
    now: datetime

    @property
    def days(self) -> int:
        """In civil days of Paris."""
        return (self.now.astimezone(PARIS).date() - self.reached.astimezone(PARIS).date()).days

    @property
    def told(self) -> dict[str, str]:
        """What the sentences about it are filled with: days and hours of Paris."""
        now, reached = (f"{one.astimezone(PARIS):%Y-%m-%d %H:%M}" for one in (self.now, self.reached))
        return {"days": str(abs(self.days)), "today": now[:10], "now": now, "reached": reached}

    @property
    def direction(self) -> Literal["ahead", "back"]:
        """Where the clock is, seen from where time had come."""
        return "back" if self.now < self.reached else "ahead"


class ClockInDoubt(Exception):
    """The clock is too far from where time had come: nothing is done on it."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(f"the clock is {gap.days} days from where time had come")
        self.gap = gap


class ClockWatch:
    """Compares clocks with the mark of one store. `furthest`: how far they may jump; None where any day will do."""

    def __init__(self, engine: Engine, furthest: timedelta | None) -> None:
        self._engine = engine
        self._furthest = furthest
        self._known: datetime | None = None

    def doubt(self, now: datetime) -> Gap | None:
        """Why a clock is not believed. The store is asked only when what this process remembers is not enough."""
        if self._furthest is None or (self._known is not None and abs(now - self._known) <= self._furthest):
            return None
        self._known = self._mark()
        if self._known is None or abs(now - self._known) <= self._furthest:
            return None
        return Gap(self._known, now)

    def require(self, now: datetime) -> None:
        """Raise `ClockInDoubt` for a clock that is not believed."""
        if (gap := self.doubt(now)) is not None:
            raise ClockInDoubt(gap)

    def went_back(self, now: datetime) -> Gap | None:
        """A clock that is believed although it was later once: what is told of it."""
        reached = self._mark() if self._furthest is not None else None
        if reached is None or now > reached - _TOLERATED_BACK or self.doubt(now) is not None:
            return None
        return Gap(reached, now)

    def begin(self, now: datetime) -> None:
        """Compare with this instant from now on, in a store that has none to compare with."""
        if self._furthest is not None and self._mark() is None:
            self._keep(now)

    def reached(self, now: datetime) -> None:
        """Time has come so far: jobs ran. The mark never goes back by itself. Raises `ClockInDoubt`."""
        self.require(now)
        mark = self._mark()
        if mark is None or mark < now:
            self._keep(now)

    def accept(self, now: datetime) -> Gap | None:
        """The operator says that this clock is right: time goes on from here. What it was compared with, if any."""
        before = self._mark()
        self._keep(now)
        return Gap(before, now) if before is not None else None

    def _mark(self) -> datetime | None:
        kept = instance_facts(self._engine).get(CLOCK_REACHED)
        return from_text(kept) if kept is not None else None

    def _keep(self, now: datetime) -> None:
        remember(self._engine, **{CLOCK_REACHED: to_text(now)})
        self._known = now
