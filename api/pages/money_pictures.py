"""Geometry of the pictures of money: bars by year, a bar by funder, means beside the need of a priority.

Pure functions from cents to coordinates, as in `pictures.py`: words are given by the caller, colours by the style.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from projections.what_money_there_is import YearMoney
from projections.which_money_is_written import Sums

HANDS = ("paid", "firm", "promised", "asked")
"""The hands in which money is drawn, from the surest on: solid, lighter, hatched, outlined."""

Short = Callable[[int], str]
"""An amount in little room."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar."""

    hand: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year: the pieces of its bar, the mark of its need, what is late in it, its words."""

    year: int
    middle: float
    parts: tuple[Part, ...]
    total: str
    total_y: float
    need_y: float | None
    need_from: float
    need_to: float
    note: str
    href: str
    left: float
    slot: float


@dataclass(frozen=True, slots=True)
class YearBars:
    """The bars of all years; `today_x`: where today stands among them."""

    width: float
    height: float
    base: float
    left: float
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[YearBar, ...]
    today_x: float | None


def pieces(sums: Sums) -> tuple[tuple[str, int], ...]:
    """A sum by its hands, those that hold anything."""
    cents = (sums.paid_cents, sums.firm_cents, sums.promised_cents, sums.asked_cents)
    return tuple((hand, one) for hand, one in zip(HANDS, cents, strict=True) if one)


def row_parts(sums: Sums, most_cents: int, width: float, height: float) -> tuple[Part, ...]:
    """A sum as a bar that lies, on the scale of the largest one."""
    found, x = [], 0.0
    for hand, cents in pieces(sums):
        wide = width * cents / most_cents if most_cents else 0
        found.append(Part(hand, round(x, 1), 1, round(max(wide, 1.5), 1), height - 2))
        x += max(wide, 1.5)
    return tuple(found)


def step_of(most_cents: int) -> int:
    """A round distance between the lines of a scale, so that there are three or four."""
    step = 100_00
    factors = (2, 2.5, 2)
    turn = 0
    while most_cents / step > 4:
        step = int(step * factors[turn % 3])
        turn += 1
    return step


def _over(y: float, need_y: float | None) -> float:
    """Where the words over a bar stand: over the mark of the need too, where that would strike them through."""
    return (need_y if need_y is not None and y - 24 < need_y < y + 2 else y) - 8


def year_bars(
    years: Sequence[YearMoney],
    today: tuple[int, float],
    notes: Sequence[str],
    hrefs: Sequence[str],
    short: Short,
    tick: Short,
    width: float,
) -> YearBars:
    """The years side by side; `today`: which year, and how far it is gone."""
    height, top, base, left = 244.0, 34.0, 190.0, 66.0
    most = max((max(one.sums.means_cents + one.sums.asked_cents, one.need_cents) for one in years), default=0)
    step = step_of(most)
    scale = (base - top) / max(most, step)
    slot = (width - left) / max(len(years), 1)
    wide = min(62.0, slot * 0.66)
    bars = []
    for place, one in enumerate(years):
        middle = left + slot * (place + 0.5)
        y, parts = base, []
        for hand, cents in pieces(one.sums):
            high = cents * scale
            y -= high
            parts.append(Part(hand, round(middle - wide / 2, 1), round(y, 1), round(wide, 1), round(max(high, 1), 1)))
        need_y = round(base - one.need_cents * scale, 1) if one.need_cents else None
        bars.append(
            YearBar(
                one.year,
                round(middle, 1),
                tuple(parts),
                short(one.sums.means_cents) if one.sums.means_cents else "",
                round(_over(y, need_y), 1),
                need_y,
                round(middle - wide / 2 - 6, 1),
                round(middle + wide / 2 + 6, 1),
                notes[place],
                hrefs[place],
                round(left + slot * place, 1),
                round(slot, 1),
            )
        )
    ticks = tuple((round(base - at * scale, 1), tick(at) if at else "0") for at in range(0, max(most, step) + 1, step))
    first = years[0].year if years else 0
    gone = left + slot * (today[0] - first + today[1])
    inside = bool(years) and left <= gone <= width
    return YearBars(width, height, base, left, ticks, tuple(bars), round(gone, 1) if inside else None)


@dataclass(frozen=True, slots=True)
class Scissors:
    """Means and need of a priority from year to year: two lines and what lies between them."""

    width: float
    height: float
    need: str
    means: str
    between: str
    end_x: float
    need_y: float
    means_y: float
    need_word_y: float
    means_word_y: float
    first: int
    last: int


def scissors(years: Sequence[YearMoney], width: float = 236) -> Scissors | None:
    """The two lines, over the years of which a need is said; None where there is but one."""
    told = [one for one in years if one.need_cents]
    if len(told) < 2:
        return None
    top, base, right = 14.0, 92.0, width - 130
    most = max(max(one.need_cents, one.sums.means_cents) for one in told)
    span = told[-1].year - told[0].year

    def at(one: YearMoney, cents: int) -> tuple[float, float]:
        x = 8 + (right - 8) * (one.year - told[0].year) / span
        return round(x, 1), round(base - (base - top) * cents / most, 1)

    need = [at(one, one.need_cents) for one in told]
    means = [at(one, one.sums.means_cents) for one in told]
    need_y, means_y = need[-1][1], means[-1][1]
    apart = 17.0
    middle = (need_y + means_y) / 2
    far = max(abs(need_y - means_y), apart)
    sign = 1 if means_y >= need_y else -1
    return Scissors(
        width,
        124,
        _points(need),
        _points(means),
        _points([*need, *reversed(means)]),
        need[-1][0],
        need_y,
        means_y,
        round(middle - sign * far / 2 + 4, 1),
        round(middle + sign * far / 2 + 4, 1),
        told[0].year,
        told[-1].year,
    )


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
