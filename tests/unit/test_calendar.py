"""Civil-date arithmetic and French public holidays."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import (
    StepKind,
    add_days,
    add_months,
    add_period,
    add_working_days,
    days_late,
    default_end,
    due_on,
    duration_is_allowed,
    is_older_than,
    is_working_day,
    next_working_day,
    review_periods,
    steps,
)
from domain.method import (
    ANNIVERSARY,
    CIVIL_YEAR,
    END_OF_CIVIL_YEAR,
    DeadlineRule,
    DurationRule,
    Period,
    ReviewRule,
    Step,
)
from domain.values import Code
from workflows.calendar import PublicHolidays, public_holidays

NO_HOLIDAYS: frozenset[date] = frozenset()
HOLIDAYS = PublicHolidays()
OFFICIAL = Path(__file__).parents[1] / "data" / "public_holidays" / "holidays.csv"
"""2020 to 2031, drawn from the State's file of public holidays (source and licence in the README beside it)."""

HOLIDAYS_2026 = (
    "2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 "
    "2026-07-14 2026-08-15 2026-11-01 2026-11-11 2026-12-25"
)

dates = st.dates()


def rule(
    offset: str = "P6M",
    *,
    working: bool = False,
    moves: bool = True,
    reminders: tuple[int, ...] = (),
    escalations: tuple[int, ...] = (),
) -> DeadlineRule:
    return DeadlineRule(
        id=Code("D01"),
        active=True,
        subject=Code("CONVENTION"),
        trigger=Code("ctg.convention.engagement-confirmed"),
        occurrence=Code("FIRST"),
        offset=Period.parse(offset, working=working),
        moves=moves,
        met_by=(Code("ctg.convention.diagnosis-shared"),),
        reminders=tuple(Step(at, (Code("PILOT"),)) for at in reminders),
        escalations=tuple(Step(at, (Code("COMMITTEE_CHAIR"),)) for at in escalations),
        silence=(),
    )


# --- periods --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P6M", Period(months=6)),
        ("P1Y", Period(months=12)),
        ("P1Y2M3D", Period(months=14, days=3)),
        ("P2W", Period(days=14)),
        ("-P3M", Period(months=-3)),
        ("P0D", Period()),
    ],
)
def test_period_is_read_from_iso_8601(text: str, period: Period) -> None:
    assert Period.parse(text) == period
    assert Period.parse(str(period)) == period


def test_days_of_a_period_may_be_working_days() -> None:
    assert Period.parse("P1M10D", working=True) == Period(months=1, working_days=10)


@pytest.mark.parametrize("text", ["", "P", "-P", "6M", "PT2H", "P-1M", "P1,5M", "p6m", "P6M ", "P6M\n"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        Period.parse(text)


def test_weeks_are_not_counted_in_working_days() -> None:
    with pytest.raises(ValueError, match="working days"):
        Period.parse("P2W", working=True)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2025, 12, 31), 3, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), -48, date(2020, 2, 29)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),  # no leap year
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2025, 5, 31), 1, date(2025, 6, 30)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_period_counts_months_before_days() -> None:
    assert add_period(date(2026, 1, 31), Period(months=1, days=1), NO_HOLIDAYS) == date(2026, 3, 1)


@settings(deadline=None)
@given(dates, st.integers(-200_000, 200_000))
def test_no_offset_leaves_the_calendar(day: date, count: int) -> None:
    assert date.min <= add_months(day, count) <= date.max
    assert date.min <= add_days(day, count * 100) <= date.max


# --- working days ---------------------------------------------------------------------------------------------------


def test_next_working_day_jumps_over_a_bridge_of_days_off() -> None:
    # Friday 1 May 2026 is a holiday, followed by a weekend.
    assert next_working_day(date(2026, 5, 1), HOLIDAYS) == date(2026, 5, 4)
    assert next_working_day(date(2026, 5, 4), HOLIDAYS) == date(2026, 5, 4)


def test_working_days_skip_weekends_and_holidays_both_ways() -> None:
    assert add_working_days(date(2026, 4, 30), 1, HOLIDAYS) == date(2026, 5, 4)
    assert add_working_days(date(2026, 4, 30), 5, HOLIDAYS) == date(2026, 5, 11)
    assert add_working_days(date(2026, 5, 4), -1, HOLIDAYS) == date(2026, 4, 30)
    assert add_working_days(date(2026, 5, 2), 0, HOLIDAYS) == date(2026, 5, 2)


@pytest.mark.parametrize(
    ("department", "day", "count", "expected"),
    [
        ("32", date(2026, 4, 2), 1, date(2026, 4, 3)),
        ("67", date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday, the weekend, Easter Monday
        ("67", date(2026, 4, 7), -1, date(2026, 4, 2)),
        ("32", date(2025, 12, 24), 1, date(2025, 12, 26)),
        ("57", date(2025, 12, 24), 1, date(2025, 12, 29)),  # the 26th is a Friday, and a holiday there
        ("57", date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the end of the year
        ("974", date(2027, 12, 17), 1, date(2027, 12, 21)),  # abolition of slavery, on a Monday
        ("973", date(2026, 6, 9), 1, date(2026, 6, 11)),
        ("32", date(2026, 6, 9), 1, date(2026, 6, 10)),
    ],
)
def test_working_days_are_those_of_where_a_territory_sits(
    department: str, day: date, count: int, expected: date
) -> None:
    assert add_working_days(day, count, HOLIDAYS.of(department)) == expected


@pytest.mark.parametrize("department", ["", "67", "974"])
def test_working_days_end_where_the_calendar_does(department: str) -> None:
    off = HOLIDAYS.of(department)
    assert add_working_days(date(9999, 12, 30), 30, off) == date.max
    assert add_working_days(date(1, 1, 2), -30, off) == date.min
    assert next_working_day(date.max, off) == date.max


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_exactly_so_many_working_days_are_counted(day: date, count: int) -> None:
    end = add_working_days(day, count, HOLIDAYS)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one, HOLIDAYS) for one in passed) == count
    assert is_working_day(end, HOLIDAYS)


# --- deadlines ------------------------------------------------------------------------------------------------------


def test_due_date_on_a_day_off_moves_to_the_next_working_day() -> None:
    # 8 November 2025 + 6 months is Friday 8 May 2026, a holiday.
    assert due_on(rule(), date(2025, 11, 8), HOLIDAYS) == date(2026, 5, 11)
    assert due_on(rule(moves=False), date(2025, 11, 8), HOLIDAYS) == date(2026, 5, 8)


def test_due_date_in_working_days() -> None:
    assert due_on(rule("P3D", working=True), date(2026, 4, 30), HOLIDAYS) == date(2026, 5, 6)


def test_late_review_is_told_on_the_days_of_the_reference_story() -> None:
    # Domain reference, SC7: period 2025, due 31 March 2026, escalated on the day, 30 April and 29 June.
    review = rule("P3M", reminders=(-90, -30, -7), escalations=(0, 30, 90))
    due = due_on(review, date(2025, 12, 31), HOLIDAYS)
    assert due == date(2026, 3, 31)
    assert [(step.id, step.on.isoformat()) for step in steps(review, date(2025, 12, 31), HOLIDAYS)] == [
        ("reminder-90", "2025-12-31"),
        ("reminder-30", "2026-03-02"),  # 1 March is a Sunday
        ("reminder-7", "2026-03-24"),
        ("escalation+0", "2026-03-31"),
        ("escalation+30", "2026-04-30"),
        ("escalation+90", "2026-06-29"),
    ]
    assert days_late(due, date(2026, 6, 12)) == 73


def test_reminder_before_never_moves_past_the_due_date() -> None:
    # Two days after Thursday 30 April is Saturday 2 May 2026, moved to Monday; so is the reminder of Friday 1 May.
    moved = rule("P2D", reminders=(-1,), escalations=(1,))
    reminder, escalation = steps(moved, date(2026, 4, 30), HOLIDAYS)
    assert (reminder.kind, reminder.on) == (StepKind.REMINDER, date(2026, 5, 4))
    assert (escalation.kind, escalation.on) == (StepKind.ESCALATION, date(2026, 5, 4))


def test_a_holiday_on_the_due_day_moves_no_other_message() -> None:
    """First signature on 5 January 2026: 90 days later is Easter Sunday, and the reminders come 30 and 60 days after
    the signature, not earlier than that nor later."""
    missing = rule("P90D", reminders=(-60, -30, 0))
    assert due_on(missing, date(2026, 1, 5), HOLIDAYS) == date(2026, 4, 7)
    days = [step.on for step in steps(missing, date(2026, 1, 5), HOLIDAYS)]
    assert days == [date(2026, 2, 4), date(2026, 3, 6), date(2026, 4, 7)]


def test_steps_keep_their_recipients_and_come_in_order_of_date() -> None:
    told = steps(rule("P1D", reminders=(0, -7), escalations=(0,)), date(2026, 3, 30), NO_HOLIDAYS)
    assert [(step.id, step.recipients) for step in told] == [
        ("reminder-7", ("PILOT",)),
        ("reminder+0", ("PILOT",)),
        ("escalation+0", ("COMMITTEE_CHAIR",)),
    ]


def test_steps_of_a_rule_that_does_not_move_stay_on_days_off() -> None:
    (step,) = steps(rule("P1D", moves=False, escalations=(1,)), date(2026, 4, 30), HOLIDAYS)
    assert step.on == date(2026, 5, 2)


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.sets(st.integers(-400, 400), min_size=1))
def test_messages_fall_on_working_days_and_on_their_side_of_the_due_date(trigger: date, offsets: set[int]) -> None:
    one = rule(reminders=tuple(offsets))
    due = due_on(one, trigger, HOLIDAYS)
    told = steps(one, trigger, HOLIDAYS)
    unmoved = add_period(trigger, one.offset, HOLIDAYS)
    assert len({step.id for step in told}) == len(offsets)
    for step in told:
        offset = int(step.id.removeprefix("reminder"))
        assert is_working_day(step.on, HOLIDAYS)
        assert step.on >= unmoved + timedelta(days=offset)
        assert step.on <= due or offset > 0
        assert step.on >= unmoved or offset < 0


def test_what_is_met_in_time_is_not_late() -> None:
    assert days_late(date(2026, 3, 31), date(2026, 3, 31)) == 0
    assert days_late(date(2026, 3, 31), date(2026, 1, 1)) == 0
    assert days_late(date(2026, 3, 31), date(2026, 4, 1)) == 1


# --- the years of a convention --------------------------------------------------------------------------------------

FIVE_YEARS = DurationRule(1, 5, 5, END_OF_CIVIL_YEAR)


def test_proposed_end_is_the_last_day_of_a_civil_year_or_the_eve_of_the_anniversary() -> None:
    assert default_end(FIVE_YEARS, date(2025, 1, 1)) == date(2029, 12, 31)
    assert default_end(FIVE_YEARS, date(2025, 7, 1)) == date(2029, 12, 31)
    assert default_end(DurationRule(1, 5, 4, ANNIVERSARY), date(2025, 7, 1)) == date(2029, 6, 30)


@pytest.mark.parametrize(
    ("effective_to", "allowed"),
    [
        (date(2029, 12, 31), True),
        (date(2030, 1, 1), False),
        (date(2025, 12, 31), True),
        (date(2025, 12, 30), False),
        (date(2024, 12, 31), False),
        (date.max, False),
    ],
)
def test_duration_of_one_to_five_years(effective_to: date, allowed: bool) -> None:
    assert duration_is_allowed(FIVE_YEARS, date(2025, 1, 1), effective_to) is allowed


def test_civil_years_to_review_are_cut_to_the_convention() -> None:
    periods = review_periods(ReviewRule(CIVIL_YEAR, (), 3), date(2025, 7, 1), date(2027, 3, 31))
    assert [(one.code, one.first, one.last) for one in periods] == [
        ("2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2027", date(2027, 1, 1), date(2027, 3, 31)),
    ]


def test_anniversary_years_to_review_keep_the_day_of_the_start() -> None:
    periods = review_periods(ReviewRule(ANNIVERSARY, (), 3), date(2025, 7, 1), date(2027, 12, 31))
    assert [(one.code, one.first, one.last) for one in periods] == [
        ("2025-2026", date(2025, 7, 1), date(2026, 6, 30)),
        ("2026-2027", date(2026, 7, 1), date(2027, 6, 30)),
        ("2027", date(2027, 7, 1), date(2027, 12, 31)),
    ]


@settings(deadline=None)
@given(
    st.sampled_from([CIVIL_YEAR, ANNIVERSARY]),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 3650),
)
def test_review_periods_cover_the_convention_without_gap_or_overlap(kind: Code, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    periods = review_periods(ReviewRule(kind, (), 3), start, end)
    assert periods[0].first == start
    assert periods[-1].last == end
    assert len({one.code for one in periods}) == len(periods)
    for one, following in pairwise(periods):
        assert following.first == one.last + timedelta(days=1)


def test_older_than_so_many_months_means_strictly() -> None:
    assert not is_older_than(date(2024, 5, 14), 24, on=date(2026, 5, 14))
    assert is_older_than(date(2024, 5, 14), 24, on=date(2026, 5, 15))


# --- French public holidays -----------------------------------------------------------------------------------------


def test_public_holidays_of_a_year() -> None:
    assert public_holidays(2026) == {date.fromisoformat(day) for day in HOLIDAYS_2026.split()}


def test_alsace_and_moselle_have_two_more() -> None:
    for department in ("57", "67", "68"):
        assert public_holidays(2026, department) - public_holidays(2026) == {date(2026, 4, 3), date(2026, 12, 26)}
        assert date(2026, 12, 26) in PublicHolidays().of(department)
    assert date(2026, 12, 26) not in PublicHolidays().of("32")


@pytest.mark.parametrize("department", ["32", "2A", "57", "67", "68", *(str(n) for n in range(971, 979)), "987", "988"])
def test_public_holidays_are_those_of_the_official_file(department: str) -> None:
    official: dict[int, set[date]] = {}
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["department"] in ("", department):
                day = date.fromisoformat(row["date"])
                official.setdefault(day.year, set()).add(day)
    assert len(official) == 12
    assert {year: set(public_holidays(year, department)) for year in official} == official


def test_five_years_from_the_29th_of_february_are_five_years() -> None:
    leap = date(2024, 2, 29)
    assert duration_is_allowed(FIVE_YEARS, leap, date(2029, 2, 28))
    assert not duration_is_allowed(FIVE_YEARS, leap, date(2029, 3, 1))
    yearly = review_periods(ReviewRule(ANNIVERSARY, (Code("ANNUAL"),), 3), leap, date(2029, 2, 28))
    assert [one.last for one in yearly] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 28),
        date(2029, 2, 28),
    ]
    assert [one.first for one in yearly][-1] == date(2028, 2, 29)
