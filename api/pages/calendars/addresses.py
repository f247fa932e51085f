"""Where calendars are read, and where one makes and takes back their addresses."""

from __future__ import annotations

from typing import Final

from api.pages.shell import ACCOUNT

CALENDAR: Final = "/agenda"
"""The secret follows, and `.ics`."""
ENDING: Final = ".ics"
CALENDARS: Final = f"{ACCOUNT}/agendas"
CONVENTION: Final = "convention"
"""The parameter that names the convention to follow."""
