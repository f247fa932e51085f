"""Where things of which nobody knows the day stand on the road: between those before and after them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta


def placed(days: Sequence[date | None], start: date, end: date) -> list[date]:
    """A day for each of several things in their order: its own, or evenly between its neighbours' where it has none."""
    found: list[date] = []
    for number, day in enumerate(days):
        if day is not None:
            found.append(day)
            continue
        before = found[-1] if found else start
        following = next((one for one in days[number:] if one is not None), max(end, before))
        waiting = next((place for place, one in enumerate(days[number:]) if one is not None), len(days) - number)
        room = max((following - before).days, 0)
        found.append(before + timedelta(days=room // (waiting + 1)))
    return found
