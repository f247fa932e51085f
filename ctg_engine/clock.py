"""The clocks: the machine's, one moved by a fixed length of time, and one that only moves when told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from workflows.instants import PARIS


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
