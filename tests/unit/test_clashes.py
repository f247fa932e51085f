"""What a date clashes with: school holidays of the right zone, the calendars of councils, the electoral reserve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.method import Pause
from tests.projections.story import PROFILE
from workflows.clashes import clashes
from workflows.school_calendar import ZONE_OF, school_holidays
from workflows.texts import LANGUAGES, Texts

LYON, RENNES, GERS = "69", "35", "32"

# First and last day of the winter holidays (Saturday to Sunday), by year: zones A, B and C.
WINTER = {
    2024: (("02-17", "03-03"), ("02-24", "03-10"), ("02-10", "02-25")),
    2025: (("02-22", "03-09"), ("02-08", "02-23"), ("02-15", "03-02")),
    2026: (("02-07", "02-22"), ("02-14", "03-01"), ("02-21", "03-08")),
    2027: (("02-13", "02-28"), ("02-20", "03-07"), ("02-06", "02-21")),
}


def codes(day: str, department: str = GERS, kinds: tuple[str, ...] | None = None) -> set[str]:
    return set(clashes(date.fromisoformat(day), department, PROFILE, kinds))


@pytest.mark.parametrize(("place", "department"), list(enumerate((LYON, RENNES, GERS))))
@pytest.mark.parametrize("year", WINTER)
def test_winter_holidays_are_those_of_the_zone_of_the_departement(year: int, place: int, department: str) -> None:
    first, last = (date.fromisoformat(f"{year}-{day}") for day in WINTER[year][place])
    day = first - timedelta(days=1)
    assert "SCHOOL_HOLIDAYS" not in codes(day.isoformat(), department)
    for day in (first, first + timedelta(days=9), last):
        assert "SCHOOL_HOLIDAYS" in codes(day.isoformat(), department)
    assert "SCHOOL_HOLIDAYS" not in codes((last + timedelta(days=1)).isoformat(), department)


@pytest.mark.parametrize("zone", "ABC")
@pytest.mark.parametrize("year", range(2024, 2033))
def test_no_year_of_a_zone_is_silently_without_school_holidays(year: int, zone: str) -> None:
    days = school_holidays(year, zone)
    assert 100 < len(days) < 140
    for day in (date(year, 1, 1), date(year, 7, 20), date(year, 8, 20), date(year, 12, 25)):
        assert day in days
    assert date(year, 6, 15) not in days


@pytest.mark.parametrize("year", range(2028, 2033))
def test_years_that_no_order_has_fixed_are_provisional(year: int) -> None:
    assert codes(f"{year}-08-17") >= {"SCHOOL_HOLIDAYS_PROVISIONAL", "COUNCIL_PAUSE"}


def test_every_metropolitan_departement_but_those_of_corsica_has_a_zone() -> None:
    metropolitan = {f"{number:02}" for number in range(1, 96)} - {"20"}
    assert set(ZONE_OF) == metropolitan
    assert {ZONE_OF[one] for one in (GERS, "31", "75")} == {"C"}
    assert codes("2026-10-20", "2A") == codes("2026-10-20", "974") == set()


@pytest.mark.parametrize(
    ("day", "department", "expected"),
    [
        ("2026-11-11", GERS, {"PUBLIC_HOLIDAY"}),
        ("2026-11-14", GERS, {"WEEKEND"}),
        ("2024-03-29", "68", {"PUBLIC_HOLIDAY"}),  # Good Friday
        ("2024-03-29", GERS, set()),
        ("2026-07-14", GERS, {"PUBLIC_HOLIDAY", "SCHOOL_HOLIDAYS"}),
        ("2026-07-15", GERS, {"SCHOOL_HOLIDAYS", "COUNCIL_PAUSE"}),
        ("2026-08-31", GERS, {"SCHOOL_HOLIDAYS", "COUNCIL_PAUSE"}),
        ("2026-09-01", GERS, set()),
        ("2025-08-29", GERS, {"SCHOOL_HOLIDAYS", "COUNCIL_PAUSE"}),
        ("2025-09-01", GERS, {"RESERVE"}),  # six months before March 2026
        ("2026-01-30", GERS, {"RESERVE"}),
        ("2026-02-02", GERS, {"RESERVE", "BEFORE_VOTE"}),
        ("2026-03-31", GERS, {"RESERVE", "BEFORE_VOTE"}),
        ("2026-04-01", GERS, set()),
        ("2027-09-02", GERS, {"RESERVE"}),  # départementales of March 2028
        ("2031-09-03", GERS, {"RESERVE"}),
        ("2032-04-01", GERS, set()),
    ],
)
def test_days_of_the_calendars_of_people_and_councils(day: str, department: str, expected: set[str]) -> None:
    assert codes(day, department) == expected


def test_a_vote_concerns_only_the_councils_that_it_renews() -> None:
    assert "RESERVE" in codes("2028-01-11", kinds=("DEPARTEMENT",))
    assert "RESERVE" not in codes("2028-01-11", kinds=("COMMUNE", "CAF"))
    assert "RESERVE" in codes("2032-01-13", kinds=("COMMUNE", "CAF"))


def test_a_pause_may_reach_over_the_end_of_a_year() -> None:
    calendars = replace(PROFILE.calendars, council_pauses=(Pause((12, 20), (1, 5)),))
    method = replace(PROFILE, calendars=calendars)
    found = [day for day in (19, 20, 31) if "COUNCIL_PAUSE" in clashes(date(2026, 12, day), GERS, method)]
    found += [day for day in (5, 6) if "COUNCIL_PAUSE" in clashes(date(2027, 1, day), GERS, method)]
    assert found == [20, 31, 5]


def test_every_clash_has_a_word() -> None:
    said = {"WEEKEND", "PUBLIC_HOLIDAY", "SCHOOL_HOLIDAYS", "SCHOOL_HOLIDAYS_PROVISIONAL"}
    said |= {"COUNCIL_PAUSE", "BEFORE_VOTE", "RESERVE"}
    for language in LANGUAGES:
        assert set(Texts(language).codes("clash")) == said
