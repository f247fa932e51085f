"""How often somebody gets a digest, and at which instants: mornings of Europe/Paris, by the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from workflows.instants import PARIS

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


class Rhythm(StrEnum):
    """How often; `AT_ONCE`: at the next full hour after something moved."""

    WEEKLY = "weekly"
    DAILY = "daily"
    AT_ONCE = "at-once"
    NEVER = "none"


@dataclass(frozen=True)
class Timetable:
    """When digests are due: on which day of the week (0 is Monday), and at which hour, in Paris."""

    weekday: int = 0
    hour: int = 8

    def slot(self, rhythm: Rhythm, now: datetime) -> datetime:
        """The last instant, `now` included, at which a digest of this rhythm was due. One alone, however long ago the
        one before was: what was missed is not caught up one by one."""
        local = now.astimezone(PARIS)
        if rhythm is Rhythm.AT_ONCE:
            return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        day = local.date()
        if local.hour < self.hour:
            day -= timedelta(days=1)
        if rhythm is not Rhythm.DAILY:
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
        return datetime(day.year, day.month, day.day, self.hour, tzinfo=PARIS).astimezone(UTC)
