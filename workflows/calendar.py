"""French public holidays, for the deadlines that move to a working day."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Final

from holidays import country_holidays


class Zone(Enum):
    """Where holidays differ in metropolitan France."""

    METROPOLE = "METROPOLE"
    ALSACE_MOSELLE = "ALSACE_MOSELLE"
    """Moselle, Bas-Rhin and Haut-Rhin: also Good Friday and 26 December."""


SUBDIVISIONS: Final[Mapping[Zone, tuple[str, ...]]] = {Zone.METROPOLE: (), Zone.ALSACE_MOSELLE: ("57", "6AE")}
"""What each zone adds to the national holidays: départements and collectivities by their official code."""


@cache
def public_holidays(year: int, zone: Zone = Zone.METROPOLE) -> frozenset[date]:
    """The public holidays of a civil year.

    Good Friday counts in all of Alsace-Moselle, although the local law gives it only to communes with a
    Protestant church: a deadline moved by one day harms nobody.
    """
    days: set[date] = set(country_holidays("FR", years=year))
    for subdivision in SUBDIVISIONS[zone]:
        days |= set(country_holidays("FR", subdiv=subdivision, years=year))
    return frozenset(days)


class PublicHolidays(Container[date]):
    """Every public holiday of a zone, whatever the year: `day in PublicHolidays()`."""

    def __init__(self, zone: Zone = Zone.METROPOLE) -> None:
        self.zone = zone

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in public_holidays(day.year, self.zone)
