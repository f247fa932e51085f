"""French school holidays by zone: which zone a département is in, and how far the ministry has fixed the calendar.

Corsica and the overseas départements have calendars of their own, which the library does not know: no zone, no notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from holidays import country_holidays

from workflows.calendar import ALSACE_MOSELLE

_ACADEMIES: Final = {
    "A": """Besançon 25 39 70 90, Bordeaux 24 33 40 47 64, Clermont-Ferrand 03 15 43 63, Dijon 21 58 71 89,
        Grenoble 07 26 38 73 74, Limoges 19 23 87, Lyon 01 42 69, Poitiers 16 17 79 86""",
    "B": """Aix-Marseille 04 05 13 84, Amiens 02 60 80, Lille 59 62, Nancy-Metz 54 55 57 88, Nantes 44 49 53 72 85,
        Nice 06 83, Normandie 14 27 50 61 76, Orléans-Tours 18 28 36 37 41 45, Reims 08 10 51 52, Rennes 22 29 35 56,
        Strasbourg 67 68""",
    "C": """Créteil 77 93 94, Montpellier 11 30 34 48 66, Paris 75, Toulouse 09 12 31 32 46 65 81 82,
        Versailles 78 91 92 95""",
}
"""The zones of the metropolitan académies, each with its départements (education code, D521-1 and following)."""

ZONE_OF: Final[Mapping[str, str]] = {
    department: zone
    for zone, academies in _ACADEMIES.items()
    for academy in academies.split(",")
    for department in academy.split()[1:]
}

FIXED_UNTIL: Final = date(2027, 8, 31)
"""The end of the last school year whose calendar an order of the ministry fixes; later days are the library's guess."""


@cache
def school_holidays(year: int, zone: str) -> frozenset[date]:
    """The days of school holidays of a civil year in a zone (`A`, `B`, `C`)."""
    return frozenset(country_holidays("FR", subdiv=f"Zone {zone}", categories=("school",), years=year))


def is_school_holiday(day: date, department: str) -> bool:
    """Whether the schools of a département are on holiday; False where its calendar is not known."""
    zone = ZONE_OF.get(department)
    return zone is not None and day in school_holidays(day.year, zone)


def department_in(zone: str) -> str:
    """A département of a zone, for who says only the zone: the first that keeps no day off of its own."""
    return min(one for one, its in ZONE_OF.items() if its == zone and one not in ALSACE_MOSELLE)
