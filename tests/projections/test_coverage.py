"""Where coverage is missing: told from when to when, and closed by what follows once it is signed."""

from __future__ import annotations

from datetime import date

from domain.values import Code, ValidityPeriod, deterministic_id
from projections.where_coverage_is_missing import Coverage, Covering, coverage

FIRST, NEXT = deterministic_id("first"), deterministic_id("next")
COMMUNES = frozenset((Code("32001"), Code("32002")))
OLD = Covering(FIRST, ValidityPeriod(date(2023, 1, 1), date(2027, 12, 31)), date(2022, 12, 9), COMMUNES)


def asked(today: date, *, starts: date, signed_on: date | None, communes: frozenset[Code] = COMMUNES) -> Coverage:
    following = Covering(NEXT, ValidityPeriod(starts, date(2032, 12, 31)), signed_on, communes, FIRST)
    return coverage((following, OLD), today)


def test_a_successor_signed_in_time_leaves_no_gap() -> None:
    found = asked(date(2028, 3, 1), starts=date(2028, 1, 1), signed_on=date(2027, 12, 15))
    assert (found.gaps, found.afterwards) == ((), ())


def test_nothing_is_missing_before_the_end_while_nobody_knows_what_follows() -> None:
    assert coverage((OLD,), date(2027, 12, 31)).gaps == ()
    (gap,) = coverage((OLD,), date(2028, 1, 10)).gaps
    assert (gap.first_day, gap.last_day, gap.days, gap.successor_id) == (date(2028, 1, 1), None, 10, None)


def test_a_successor_that_is_not_signed_covers_nothing_whatever_its_dates_say() -> None:
    (gap,) = asked(date(2028, 2, 1), starts=date(2028, 1, 1), signed_on=None).gaps
    assert (gap.first_day, gap.last_day, gap.days) == (date(2028, 1, 1), None, 32)
    assert (gap.successor_id, gap.is_signed) == (NEXT, False)


def test_a_successor_that_starts_later_leaves_a_gap_of_so_many_days() -> None:
    (gap,) = asked(date(2027, 11, 1), starts=date(2028, 4, 1), signed_on=date(2027, 10, 1)).gaps
    assert (gap.first_day, gap.last_day, gap.days) == (date(2028, 1, 1), date(2028, 3, 31), 91)


def test_a_successor_signed_late_covers_from_its_first_day_and_that_is_told() -> None:
    found = asked(date(2028, 6, 1), starts=date(2028, 1, 1), signed_on=date(2028, 3, 20))
    assert found.gaps == ()
    assert [(one.first_day, one.signed_on) for one in found.afterwards] == [(date(2028, 1, 1), date(2028, 3, 20))]


def test_only_the_communes_that_nothing_covers_are_told() -> None:
    some = frozenset((Code("32001"),))
    (gap,) = asked(date(2028, 1, 1), starts=date(2028, 1, 1), signed_on=date(2027, 12, 1), communes=some).gaps
    assert (gap.communes, gap.successor_id) == ((Code("32002"),), None)
