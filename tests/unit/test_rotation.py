"""Which backups are due and kept: by the hours, days, weeks and months of Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ctg_engine.rotation import Slot, kept, latest, slot_of


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-11-28T03:00+01:00", Slot(date(2026, 11, 28), 3)),
        ("2026-11-28T02:59+01:00", Slot(date(2026, 11, 27), 20)),
        ("2026-11-28T23:30+01:00", Slot(date(2026, 11, 28), 20)),
        ("2026-03-29T03:00+02:00", Slot(date(2026, 3, 29), 3)),  # the night without two o'clock
        ("2026-10-25T03:00+01:00", Slot(date(2026, 10, 25), 3)),  # the night with two of them
    ],
)
def test_the_backup_that_is_due_is_that_of_the_last_hour_that_came(now: str, slot: Slot) -> None:
    assert latest(datetime.fromisoformat(now), {3, 20}) == slot


def test_the_hour_that_comes_twice_is_one_backup() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 in Paris, then an hour later again
    assert latest(first, {2}) == latest(first + timedelta(hours=1), {2}) == Slot(date(2026, 10, 25), 2)


def test_a_year_of_backups_is_thinned_to_days_weeks_and_months() -> None:
    last = date(2026, 11, 28)
    all_of_them = [Slot(last - timedelta(days=ago), 3) for ago in range(400)]
    stay = sorted((one.day for one in kept(all_of_them, 7, 5, 12)), reverse=True)
    assert stay[:7] == [last - timedelta(days=ago) for ago in range(7)]
    assert [str(one) for one in stay[7:]] == [
        *("2026-11-15", "2026-11-08", "2026-11-01"),  # with two weeks of which the days are kept
        *("2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"),
        *("2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"),
    ]


def test_the_last_backup_is_always_kept_and_other_files_are_nobodys() -> None:
    old = Slot(date(2020, 1, 1), 3)
    assert kept([old], 1, 0, 0) == {old}
    assert slot_of(old.name) == old
    for other in ("ctg.db", "ctg-2026-13-01-03h.tar.gz", f"{old.name}.unverified", "avant-migration.tar.gz"):
        assert slot_of(other) is None
