"""The picture of an indicator: where it starts, its values, the targets, the road between, what the committee saw.

Units are those of the picture, about a pixel of the screen each. Words are given by the caller, already in the
reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from projections.how_far_a_target_is import Point

WIDTH: Final = 342
HEIGHT: Final = 132
LEFT, RIGHT = 30, 248
TOP, BOTTOM = 22, 92
AXIS: Final = 108
YEARS: Final = 125
SMALL: Final = 12.5
CLOSE: Final = 14
"""Words so near a line would be crossed by it."""
APART: Final = 40
"""Between two years under the axis."""
DAYS_OF_YEAR: Final = 365.25

Words = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Text:
    """Some words, and where they stand."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Ring:
    """What the committee saw: a ring at the value of then and, where it is another one now, a stem to that."""

    x: float
    y: float
    to_y: float | None


@dataclass(frozen=True, slots=True)
class TargetPicture:
    """All of it. ``targets``: a stroke for each, up to the end of its year; ``good``: the side where a value that
    starts well should stay."""

    width: int
    height: int
    targets: tuple[tuple[float, float, float], ...]
    route: tuple[tuple[float, float], ...]
    line: tuple[tuple[float, float], ...]
    dots: tuple[tuple[float, float], ...]
    start: tuple[float, float] | None
    ring: Ring | None
    empty: tuple[float, float, float, float] | None
    good: tuple[float, float, float, float] | None
    limits: tuple[float, ...]
    ticks: tuple[float, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: days and values, and the words of what has no value. `since`: from when on, where nothing is known
    of before."""

    since: date
    start: Point | None
    values: Sequence[Point]
    targets: Sequence[Point]
    seen: Point | None
    seen_now: Decimal | None
    limits: Sequence[Decimal]
    kept: bool
    rises: bool
    target_word: str
    none_word: str


def target_picture(drawn: Drawn, words: Words) -> TargetPicture | None:
    """The picture; None where there is neither a value nor a target."""
    points = [*([drawn.start] if drawn.start else []), *drawn.values, *drawn.targets]
    if not points:
        return None
    return _Scale.of(drawn, points).picture(drawn, words)


@dataclass(frozen=True)
class _Scale:
    first: float
    last: float
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, drawn: Drawn, points: Sequence[Point]) -> _Scale:
        """From the first day to the last, from the lowest value to the highest."""
        days = [_year(one.on) for one in points]
        if drawn.start is None:
            days.append(_year(drawn.since))
        values = [one.value for one in points] + ([drawn.seen.value] if drawn.seen else [])
        low, high = min(values), max(values)
        if low == high:
            low, high = low - 1, high + (1 if drawn.values or drawn.start else 0)
        first, last = min(days), max(days)
        return cls(first, last if last > first else first + 1, low, high)

    def x(self, day: date) -> float:
        """Where a day stands."""
        return round(LEFT + (_year(day) - self.first) / (self.last - self.first) * (RIGHT - LEFT), 1)

    def y(self, value: Decimal) -> float:
        """Where a value stands."""
        share = float((value - self.low) / (self.high - self.low))
        return round(BOTTOM - share * (BOTTOM - TOP), 1)

    def at(self, one: Point) -> tuple[float, float]:
        """Where a value of a day stands."""
        return self.x(one.on), self.y(one.value)

    def picture(self, drawn: Drawn, words: Words) -> TargetPicture:
        """Everything in its place."""
        start, values = drawn.start, drawn.values
        begins = self.x(start.on) if start is not None else LEFT
        strokes = []
        for one in drawn.targets:
            end = self.x(one.on)
            strokes.append((begins, max(end, begins + 8), self.y(one.value)))
            begins = max(end, begins + 8)
        line = tuple(self.at(one) for one in sorted({*([start] if start else []), *values}))
        route = tuple(self.at(one) for one in (start, *drawn.targets)) if start and drawn.targets else ()
        ring = None
        if drawn.seen is not None:
            x, y = self.at(drawn.seen)
            moved = drawn.seen_now is not None and drawn.seen_now != drawn.seen.value
            ring = Ring(x, y, self.y(drawn.seen_now) if moved and drawn.seen_now is not None else None)
        texts = [*self._years(drawn), *self._words(drawn, words)]
        empty = good = None
        if not values:
            empty = (LEFT + 60, (TOP + BOTTOM) / 2 - 14, RIGHT - LEFT - 60, 34)
            texts.append(
                Text(LEFT + 60 + (RIGHT - LEFT - 60) / 2, (TOP + BOTTOM) / 2 + 8, drawn.none_word, "none", "middle")
            )
        if drawn.kept and drawn.targets:
            y = self.y(drawn.targets[-1].value)
            good = (LEFT, TOP - 12, RIGHT - LEFT, y - TOP + 12) if drawn.rises else (LEFT, y, RIGHT - LEFT, AXIS - y)
        return TargetPicture(
            WIDTH,
            HEIGHT,
            tuple(strokes),
            () if drawn.kept else route,
            line if values else (),
            tuple(self.at(one) for one in values),
            self.at(start) if start is not None else None,
            ring,
            empty,
            good,
            tuple(self.y(one) for one in drawn.limits if self.low <= one <= self.high),
            tuple(one.x for one in texts if one.kind == "year"),
            tuple(texts),
        )

    def _years(self, drawn: Drawn) -> list[Text]:
        """The years that matter, from the most, those that would touch another one left out."""
        wanted = [
            *(one.on for one in drawn.targets[-1:]),
            *(one.on for one in drawn.values[-1:]),
            *([drawn.start.on] if drawn.start else []),
            *(one.on for one in drawn.values[:1]),
            *([] if drawn.start else [drawn.since]),
        ]
        placed: dict[float, Text] = {}
        for day in wanted:
            x = self.x(day)
            if all(abs(x - other) >= APART for other in placed) and str(day.year) not in {
                t.text for t in placed.values()
            }:
                placed[x] = Text(x, YEARS, str(day.year), "year", "middle")
        return list(placed.values())

    def _words(self, drawn: Drawn, words: Words) -> list[Text]:
        """The starting value, the last one, the last target: none on another."""
        texts = []
        target = drawn.targets[-1] if drawn.targets else None
        if target is not None:
            x, y = self.at(target)
            texts.append(Text(x + 8, y + 4, f"{drawn.target_word} {words(target.value)}", "target"))
        if drawn.values:
            last = drawn.values[-1]
            x, y = self.at(last)
            word = words(last.value)
            touched = target is not None and abs(self.y(target.value) - y) < CLOSE
            ringed = drawn.seen is not None and drawn.seen.on == last.on
            moved = ringed and drawn.seen is not None and drawn.seen.value != last.value
            under = target is not None and self.y(target.value) < y
            if touched and not moved:
                texts.append(Text(x, y + 20 if under else y - 10, word, "value", "middle"))
            else:  # beside it; off the line of the target, where that is near
                texts.append(Text(x + (13 if ringed else 9), y + (20 if touched else 5), word, "value"))
        if drawn.start is not None:
            x, y = self.at(drawn.start)
            follows = next((one for one in drawn.values if one.on > drawn.start.on), target)
            rises = follows is not None and follows.value > drawn.start.value
            under = rises if y < BOTTOM - 4 else False
            texts.append(
                Text(x - 6, y + 18 if under or y < TOP + 6 else y - 9, words(drawn.start.value), "start", "middle")
            )
        return texts


def _year(day: date) -> float:
    return day.toordinal() / DAYS_OF_YEAR
