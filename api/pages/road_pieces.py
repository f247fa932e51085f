"""The pieces of the road of a convention, and the scale on which they stand.

Units are those of the picture, about a pixel of the screen each. Words are given by the caller, already in the
reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

LETTER: Final = 13
"""The size of letters, known to the style sheet too."""
SMALL: Final = 12
LINE: Final = 16

BAND: Final = 20
DOT: Final = 4
UNKNOWN: Final = "unknown"
PASSED: Final = ("done", "unproven", UNKNOWN)
"""What is behind: on its day, on its day without a paper, on a day that nobody knows."""


@dataclass(frozen=True, slots=True)
class RoadPoint:
    """A milestone to place on the day it happened or is due; `when` is that day in words, or how late it is."""

    label: str
    status: str
    on: date
    when: str
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A meeting of the committee, and its day in words."""

    on: date
    when: str


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text; `y` is its foot, `anchor` where `x` stands in it, `kind` how it is written."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    kind: str = "when"


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on the road with the line that leads to its words."""

    x: float
    y: float
    status: str
    shape: str
    leader: tuple[tuple[float, float], ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A rectangle: a quarter, what is done, or lateness, whose length is the delay."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class RoadPicture:
    """One variant of the road; `today` is where its line begins and ends."""

    width: int
    height: float
    axis: tuple[tuple[float, float], tuple[float, float]]
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    today: tuple[tuple[float, float], tuple[float, float]]
    today_word: Word
    today_box: tuple[float, float, float]
    flags: tuple[tuple[float, float], ...] = ()
    flag_words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Road:
    """The road, wide and narrow; `undated` are the milestones still to come of which nobody knows the day."""

    wide: RoadPicture
    narrow: RoadPicture
    undated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """Days as lengths, from the first day of a quarter to the last of another."""

    start: date
    end: date
    origin: float
    length: float

    def at(self, day: date) -> float:
        """Where a day is."""
        share = (day - self.start).days / (self.end - self.start).days
        return round(self.origin + share * self.length, 1)

    @property
    def quarters(self) -> list[tuple[date, date]]:
        """The first day of each quarter, and of the next one."""
        found, day = [], self.start
        while day < self.end:
            found.append((day, next_quarter(day)))
            day = found[-1][1]
        return found


def quarters(scale: Scale, y: float) -> list[Stretch]:
    found = []
    for number, (first, following) in enumerate(scale.quarters):
        left, right = scale.at(first), scale.at(following)
        is_first = number == 0 or first.month == 1
        word = Word(left + 5, y + 14, str(first.year), "start", "year") if is_first and right - left > 8 else None
        kind = "quarter-even" if first.year % 2 else "quarter-odd"
        found.append(Stretch(left, y, round(right - left - 1, 1), BAND, kind, word))
    return found


def done(points: Sequence[RoadPoint], scale: Scale, axis: float, here: float) -> list[Stretch]:
    """From the first to the last milestone that is done before anything else is expected; dotted, as far as `here`,
    around those of which nobody knows the day."""
    reached = [one for one in points if one.status in PASSED]
    found: list[Stretch] = []
    for one, following in pairwise(reached):
        left, right = scale.at(one.on), scale.at(following.on)
        found += _between(left, right, axis, dotted=UNKNOWN in (one.status, following.status))
    if reached and reached[-1].status == UNKNOWN:
        found += _between(scale.at(reached[-1].on), here, axis, dotted=True)
    return _joined(found)


def _between(left: float, right: float, axis: float, *, dotted: bool) -> list[Stretch]:
    if not dotted:
        return [Stretch(left, axis - 3, round(right - left, 1), 6, "done")]
    gap = Stretch(left, axis - 2, round(max(right - left, 0), 1), 4, "gap")
    places = range(int(left) + DOT, int(right), 2 * DOT)
    return [gap, *(Stretch(float(place), axis - DOT / 2, DOT, DOT, "dot") for place in places)]


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches of what is done that touch are one."""
    found: list[Stretch] = []
    for one in stretches:
        last = found[-1] if found else None
        if last is not None and last.kind == one.kind == "done" and abs(last.x + last.width - one.x) < 1:
            found[-1] = replace(last, width=round(one.x + one.width - last.x, 1))
        else:
            found.append(one)
    return found


def lateness(points: Sequence[RoadPoint], scale: Scale, axis: float, here: float) -> list[Stretch]:
    """A red bar from the expected day to today, for each that is late: its length is the delay."""
    late = [one for one in points if one.late_days > 0]
    return [
        Stretch(scale.at(one.on), axis - 7, max(round(here - scale.at(one.on), 1), 3), 14, "lateness") for one in late
    ]


def quarter_of(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_quarter(day: date) -> date:
    return quarter_of(quarter_of(day) + timedelta(days=100))
