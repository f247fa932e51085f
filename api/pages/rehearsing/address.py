"""Where the calendar to come of a territory is."""

from __future__ import annotations

from typing import Final

from api.pages.addresses import Home

CALENDAR: Final = "/calendrier"


def calendar_of(home: Home) -> str:
    """The address of the calendar to come."""
    return f"{home.today}{CALENDAR}"
