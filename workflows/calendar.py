"""French public holidays, for the deadlines that move to a working day: those of where a territory sits."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from holidays import country_holidays

from workflows.instants import PARIS

ALSACE_MOSELLE: Final = {"57": "57", "67": "6AE", "68": "6AE"}
"""Départements that also keep Good Friday and 26 December, with their code in the library."""

ABOLITION: Final[Mapping[str, tuple[int, int]]] = {
    "971": (5, 27),
    "972": (5, 22),
    "973": (6, 10),
    "974": (12, 20),
    "976": (4, 27),
    "977": (10, 9),
    "978": (5, 28),
}
"""Month and day of the abolition of slavery, a public holiday overseas (labour code, L3422-2; decree 83-1003).

The library also counts days there that are only customary (Victor Schœlcher, mid-Lent): they are worked days in law.
"""


LOCAL_TIME: Final[Mapping[str, ZoneInfo]] = {
    "971": ZoneInfo("America/Guadeloupe"),
    "972": ZoneInfo("America/Martinique"),
    "973": ZoneInfo("America/Cayenne"),
    "974": ZoneInfo("Indian/Reunion"),
    "975": ZoneInfo("America/Miquelon"),
    "976": ZoneInfo("Indian/Mayotte"),
    "977": ZoneInfo("America/St_Barthelemy"),
    "978": ZoneInfo("America/Marigot"),
    "986": ZoneInfo("Pacific/Wallis"),
    "987": ZoneInfo("Pacific/Tahiti"),
    "988": ZoneInfo("Pacific/Noumea"),
}
"""What clocks show where that is not the time of Paris, for the hours of people: business days are those of Paris."""


def local_time(department: str) -> ZoneInfo:
    """What clocks show in a département."""
    return LOCAL_TIME.get(department, PARIS)


@cache
def public_holidays(year: int, department: str = "") -> frozenset[date]:
    """The public holidays of a civil year in a département; without one, those of the whole country.

    Good Friday counts in all of Alsace-Moselle, although the local law gives it only to communes with a
    Protestant church: a deadline moved by one day harms nobody.
    """
    days: set[date] = set(country_holidays("FR", years=year))
    if department in ALSACE_MOSELLE:
        days |= set(country_holidays("FR", subdiv=ALSACE_MOSELLE[department], years=year))
    if department in ABOLITION:
        days.add(date(year, *ABOLITION[department]))
    return frozenset(days)


class PublicHolidays(Container[date]):
    """Every public holiday of a département, whatever the year: `day in PublicHolidays("68")`."""

    def __init__(self, department: str = "") -> None:
        # Departments without a day of their own share what is kept of the country's.
        self.department = department if department in ALSACE_MOSELLE or department in ABOLITION else ""

    def of(self, department: str) -> PublicHolidays:
        """Those of where a territory sits: the territories of one instance may keep different days."""
        return _of_department(PublicHolidays(department).department)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in public_holidays(day.year, self.department)


@cache
def _of_department(department: str) -> PublicHolidays:
    """One for all who ask: what is asked of the same days off is asked once."""
    return PublicHolidays(department)
