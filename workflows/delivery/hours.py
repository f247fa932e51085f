"""When people are written to: in the hours at which they work, on the days that are worked where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.calendar import is_working_day, next_working_day
from workflows.calendar import PublicHolidays, local_time


@dataclass(frozen=True)
class SendingHours:
    """From `first` o'clock until `last`, on the working days of a territory, by its own clocks."""

    first: int = 8
    last: int = 18
    holidays: PublicHolidays = field(default_factory=PublicHolidays)

    def opens(self, now: datetime, department: str) -> datetime:
        """`now` when it is such an hour in that département, else the next instant at which it is."""
        zone, off = local_time(department), self.holidays.of(department)
        local = now.astimezone(zone)
        day = local.date()
        if is_working_day(day, off) and self.first <= local.hour < self.last:
            return now
        if local.hour >= self.first:
            day += timedelta(days=1)
        day = next_working_day(day, off)
        return datetime(day.year, day.month, day.day, self.first, tzinfo=zone).astimezone(UTC)
