"""The arithmetic of SIREN numbers and of periods, over any value."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_months, default_end, duration_is_allowed, review_periods
from domain.method import ANNIVERSARY, CIVIL_YEAR, END_OF_CIVIL_YEAR, DurationRule, ReviewRule
from domain.values import Code, InvalidValue, ValidityPeriod, luhn_is_valid, parse_siren

digits = st.text("0123456789", min_size=8, max_size=8)
days = st.dates(date(2015, 1, 1), date(2045, 12, 31))
periods = st.builds(lambda one, other: ValidityPeriod(min(one, other), max(one, other)), days, days)


def with_check_digit(start: str) -> str:
    """The one number of nine digits that begins so and passes."""
    (valid,) = [start + last for last in "0123456789" if luhn_is_valid(start + last)]
    return valid


@given(digits)
def test_one_last_digit_in_ten_is_right(start: str) -> None:
    assert parse_siren(with_check_digit(start)) == with_check_digit(start)


@given(digits, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(start: str, place: int, shift: int) -> None:
    siren = with_check_digit(start)
    wrong = siren[:place] + str((int(siren[place]) + shift) % 10) + siren[place + 1 :]
    with pytest.raises(InvalidValue):
        parse_siren(wrong)


@given(digits)
def test_spaces_are_forgiven(start: str) -> None:
    siren = with_check_digit(start)
    assert parse_siren(f" {siren[:3]} {siren[3:6]}\u00a0{siren[6:]}") == siren


@given(periods, periods)
def test_two_periods_overlap_when_they_share_a_day(one: ValidityPeriod, other: ValidityPeriod) -> None:
    first, last = max(one.effective_from, other.effective_from), min(one.effective_to, other.effective_to)
    assert one.overlaps(other) == other.overlaps(one) == (first <= last)


@given(periods)
def test_a_period_overlaps_the_day_it_ends_and_not_the_next(period: ValidityPeriod) -> None:
    end, after = period.effective_to, period.effective_to + timedelta(days=1)
    assert period.overlaps(ValidityPeriod(end, end))
    assert not period.overlaps(ValidityPeriod(after, after))


@given(days, st.sampled_from((END_OF_CIVIL_YEAR, ANNIVERSARY)), st.integers(1, 5))
def test_the_end_that_the_method_proposes_is_allowed(start: date, end: Code, years: int) -> None:
    rule = DurationRule(1, 5, years, end)
    proposed = default_end(rule, start)
    if years > 1 or end == ANNIVERSARY:  # one civil year from July on is shorter than a year
        assert duration_is_allowed(rule, start, proposed)
    assert proposed > start or (proposed.month, proposed.day) == (12, 31)


@given(days, st.integers(1, 5), st.sampled_from((CIVIL_YEAR, ANNIVERSARY)))
def test_reviews_cover_every_day_once(start: date, years: int, kind: Code) -> None:
    end = add_months(start, 12 * years) - timedelta(days=1)
    covered = review_periods(ReviewRule(kind, (), 3), start, end)
    assert covered[0].first == start
    assert covered[-1].last == end
    for one, following in pairwise(covered):
        assert following.first == one.last + timedelta(days=1)
    assert all(one.first <= one.last for one in covered)


@given(days, st.integers(-120, 120))
def test_months_are_added_without_leaving_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
