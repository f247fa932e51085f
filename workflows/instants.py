"""The civil time zone, and how an instant is written in the tables of `workflows/schema`: ISO 8601 text, UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")
"""Where days begin and hours are told."""


def to_text(moment: datetime) -> str:
    """The text both databases sort like the instants themselves. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """The instant, in UTC, that `to_text` wrote."""
    return datetime.fromisoformat(text)
