"""The road of a convention, to scale: what was done, what is expected, how long it is late, and today.

The past is never cut: the picture goes from the quarter of the first day to the one after the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.pages.road_narrow import NARROW_LENGTH, narrow
from api.pages.road_pieces import (
    Flag,
    Road,
    RoadPoint,
    Scale,
    next_quarter,
    quarter_of,
)
from api.pages.road_wide import MARGIN, WIDTH, wide


def road(
    points: Sequence[RoadPoint],
    flags: Sequence[Flag],
    start: date,
    today: date,
    today_word: str,
    undated: Sequence[str] = (),
    *,
    beside: tuple[str, str] | None = None,
) -> Road | None:
    """Both variants; None when there is nothing dated to place. `beside`: what is said before and after `today`."""
    if not points:
        return None
    days = [start, today, *(one.on for one in points), *(one.on for one in flags)]
    first, last = quarter_of(min(days)), next_quarter(next_quarter(max(days)))
    ordered = sorted(points, key=lambda one: one.on)
    return Road(
        wide(ordered, flags, Scale(first, last, MARGIN, WIDTH - 2 * MARGIN), today, today_word, beside),
        narrow(ordered, flags, Scale(first, last, 14, NARROW_LENGTH), today, today_word),
        tuple(undated),
    )


__all__ = ["Flag", "Road", "RoadPoint", "road"]
