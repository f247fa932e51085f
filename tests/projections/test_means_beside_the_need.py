"""Whether means follow the need: never said of a need that nobody pays."""

from __future__ import annotations

import pytest

from projections.what_money_there_is import YearMoney, trend_of
from projections.which_money_is_written import Sums


@pytest.mark.parametrize(
    ("needs", "means", "trend"),
    [
        ((), (), "UNTOLD"),
        ((100, 350), (0, 0), "NOTHING"),
        ((350, 350), (0, 0), "NOTHING"),
        ((350,), (0,), "NOTHING"),
        ((350,), (100,), "UNTOLD"),
        ((100, 200), (90, 80), "OPENS"),
        ((100, 200), (100, 150), "FASTER"),
        ((300, 50), (250, 0), "ENDS"),
        ((100, 100, 100), (0, 80, 0), "ENDS"),
        ((100, 100), (10, 10), "STAYS"),
        ((100, 200), (50, 150), "STAYS"),
        ((100, 100), (10, 60), "CLOSES"),
        ((100, 200), (100, 200), "CLOSES"),
        ((200, 100), (100, 50), "CLOSES"),
    ],
)
def test_means_are_said_to_follow_only_where_what_lacks_shrinks_or_nothing_does(
    needs: tuple[int, ...], means: tuple[int, ...], trend: str
) -> None:
    years = [
        YearMoney(2025 + number, Sums(promised_cents=there), need, max(0, need - there))
        for number, (need, there) in enumerate(zip(needs, means, strict=True))
    ]
    assert trend_of(years) == trend
