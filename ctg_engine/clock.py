"""The clocks: the machine's, the database's, and one that only moves when told."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from domain.values import Clock
from workflows.instants import PARIS

_TRIES: Final = 3
"""How often the database is asked what time it is, for the answer that took least."""

_STEADY: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on evenly, whoever sets the machine's clock, also while the machine is suspended (where the system knows)."""


class SystemClock:
    """The machine's clock, moved by `offset` (the demonstration lives in its own time)."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """The instant, UTC."""
        return datetime.now(UTC) + self.offset

    def today(self) -> date:
        """The civil day in Europe/Paris."""
        return self.now().astimezone(PARIS).date()


class DatabaseClock:
    """The clock of a database server: the one by which all processes beside each other decide, whatever their machines
    say.

    It is read now and then (`compare`) and goes on evenly from there: a machine whose clock is set, or wrong, makes no
    day come early.
    """

    def __init__(self, engine: Engine, offset: timedelta = timedelta(), machine: Clock | None = None) -> None:
        self._engine = engine
        self._offset = offset
        self._machine = machine or SystemClock()
        self._read: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The instant, UTC. Raises `DatabaseUnavailable` where the database could never be asked."""
        if self._read is None:
            self.compare()
            assert self._read is not None
        moment, at = self._read
        return moment + timedelta(seconds=time.clock_gettime(_STEADY) - at) + self._offset

    def today(self) -> date:
        """The civil day in Europe/Paris."""
        return self.now().astimezone(PARIS).date()

    def compare(self) -> float:
        """Read it anew; the seconds by which the clock of this machine is ahead. Raises `DatabaseUnavailable`."""
        best: tuple[float, datetime, float, float] | None = None
        with self._engine.connect() as connection:
            for _ in range(_TRIES):
                asked, machine = time.clock_gettime(_STEADY), self._machine.now()
                said: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
                took = time.clock_gettime(_STEADY) - asked
                skew = (machine - said).total_seconds() + took / 2
                if best is None or took < best[0]:
                    best = took, said.astimezone(UTC), asked + took / 2, skew
        assert best is not None
        _, moment, at, skew = best
        self._read = moment, at
        return skew


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The instant it was set to, UTC."""
        return self.moment

    def today(self) -> date:
        """The civil day in Europe/Paris."""
        return self.moment.astimezone(PARIS).date()

    def set(self, day: date, hour: int = 9) -> None:
        """Move to an hour of a day, Europe/Paris."""
        self.moment = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS).astimezone(UTC)
