"""The road on a wide screen: labels above it in rows, the years and the committees beneath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.lettering import width_of
from api.pages.pictures import SHAPES
from api.pages.road_pieces import (
    BAND,
    LETTER,
    LINE,
    SMALL,
    Flag,
    Mark,
    RoadPicture,
    RoadPoint,
    Scale,
    Word,
    done,
    lateness,
    quarters,
)

WIDTH: Final = 1132
MARGIN: Final = 26
ROW: Final = 42
"""From one row of labels to the next: a label and its date."""
TODAY_ROOM: Final = 26
MOST_ROWS: Final = 8
GAP: Final = 10
"""The least room between two words on the same row."""
PRESSING: Final = ("late", "irregular", "watch", "on-time", "not-started", "unknown", "done", "unproven")
"""Which label is placed first, nearest to the road."""


@dataclass(frozen=True)
class _Box:
    """A label on its row. `at`: where its leader goes down; none for one that stands on another of the same day."""

    row: int
    left: float
    right: float
    at: float | None


class _Rows:
    """The rows of labels above the road: neither words nor leaders nor today's line may cross."""

    def __init__(self, today: float, points: Iterable[float]) -> None:
        self._today = today
        self._taken: list[_Box] = []
        self._waiting = list(points)

    def place(self, x: float, width: float, tall: int = 1) -> tuple[int, str, float]:
        """The nearest row with room for words of a width around `x`, how they stand on it and where. `tall`: how many
        labels of that one day stand on each other, over one leader."""
        stand = (
            ("middle", x, x - width / 2),
            ("end", x + 6, x - width + 6),
            ("start", x - 6, x - 6),
            ("end", WIDTH - 2, WIDTH - 2 - width),  # at the edge of the picture
        )
        for _ in range(tall):
            self._waiting.remove(x)
        for fits in (self._stands_clear, self._fits):
            for row in range(MOST_ROWS):
                for anchor, at, left in stand:
                    boxes = _stacked(row, left, width, x, tall)
                    if left - 6 <= x <= left + width + 6 and all(map(fits, boxes)):
                        self._taken += boxes
                        return row, anchor, at
        row, left = self.depth, min(max(x - width / 2, 2), WIDTH - 2 - width)
        self._taken += _stacked(row, left, width, x, tall)
        return row, "start", left

    def _stands_clear(self, box: _Box) -> bool:
        """Away from all other words, from every leader, be it still to be drawn, and with a free one of its own."""
        crossed = any(box.left - 3 < x < box.right + 3 for x in self._waiting)
        return self._fits(box) and not crossed and not any(_meet(box, one) or _meet(one, box) for one in self._taken)

    def _fits(self, box: _Box) -> bool:
        inside = box.left >= 2 and box.right <= WIDTH - 2
        clear_of_today = box.right + 4 < self._today or self._today < box.left - 4
        beside = not any(one.row == box.row and _meet(one, box) for one in self._taken)
        return inside and clear_of_today and beside

    @property
    def depth(self) -> int:
        """How many rows are taken."""
        return 1 + max((one.row for one in self._taken), default=-1)


def _stacked(row: int, left: float, width: float, x: float, tall: int) -> list[_Box]:
    """The labels of one day, the lowest with the leader of all."""
    return [_Box(row + above, left, left + width, None if above else x) for above in range(tall)]


def _meet(one: _Box, other: _Box) -> bool:
    """Whether two labels touch, or the leader of the first passes through the words of the second."""
    if one.row == other.row:
        return one.left < other.right + GAP and other.left < one.right + GAP
    return one.row > other.row and one.at is not None and other.left - 3 < one.at < other.right + 3


def wide(
    points: Sequence[RoadPoint],
    flags: Sequence[Flag],
    scale: Scale,
    today: date,
    word: str,
    beside: tuple[str, str] | None = None,
) -> RoadPicture:
    """`beside`: what is said under the road, before the day and after it."""
    here = scale.at(today)
    rows = _Rows(here, [scale.at(one.on) for one in points])
    placed: dict[RoadPoint, tuple[int, str, float, int]] = {}
    for one in sorted(points, key=lambda each: PRESSING.index(each.status)):
        if one in placed:
            continue
        same_day = [each for each in points if scale.at(each.on) == scale.at(one.on)]
        same_day.sort(key=lambda each: PRESSING.index(each.status))
        width = max(max(width_of(each.label, LETTER, bold=True), width_of(each.when, SMALL)) for each in same_day)
        row, anchor, at = rows.place(scale.at(one.on), width, len(same_day))
        placed |= {each: (row + above, anchor, at, row) for above, each in enumerate(same_day)}
    axis = TODAY_ROOM + ROW * max(rows.depth, 1) + 22
    marks = []
    for one in points:
        row, anchor, at, lowest = placed[one]
        x = scale.at(one.on)
        foot, end = axis - 22 - ROW * row, axis - 22 - ROW * lowest
        words = (
            Word(at, foot - LINE, one.label, anchor, "label"),
            Word(at, foot, one.when, anchor, "when"),
        )
        marks.append(Mark(x, axis, one.status, SHAPES[one.status], ((x, end + 5), (x, axis - 9)), words))
    band = axis + 18
    stretches = [*quarters(scale, band), *done(points, scale, axis, here), *lateness(points, scale, axis, here)]
    poles, flag_words = _flags(flags, scale, band + BAND)
    if beside is not None:
        before = Word(here - 8, band + BAND + 18, beside[0], "end", "when")
        flag_words = (*flag_words, before, Word(here + 8, band + BAND + 18, beside[1], "start", "label"))
    half = width_of(word, SMALL) / 2 + 10
    middle = min(max(here, half + 2), WIDTH - half - 2)
    return RoadPicture(
        WIDTH,
        band + BAND + (32 if flags or beside else 6),
        ((scale.at(scale.start), axis), (scale.at(scale.end), axis)),
        tuple(stretches),
        tuple(marks),
        ((here, 20), (here, band + BAND + (22 if beside else 0))),
        Word(middle, 15, word, "middle", "today"),
        (middle - half, 0, 2 * half),
        poles,
        flag_words,
    )


def _flags(flags: Sequence[Flag], scale: Scale, y: float) -> tuple[tuple[tuple[float, float], ...], tuple[Word, ...]]:
    """A pole for each meeting; its day only where there is room, the latest first."""
    words: list[Word] = []
    taken: list[tuple[float, float]] = []
    for one in sorted(flags, key=lambda each: each.on, reverse=True):
        left = scale.at(one.on) + 13
        right = left + width_of(one.when, SMALL)
        poles = [scale.at(each.on) for each in flags if each is not one]
        crossed = any(left - 13 < pole < right + 4 for pole in poles)
        if right < WIDTH and not crossed and all(right + GAP < begin or end + GAP < left for begin, end in taken):
            taken.append((left, right))
            words.append(Word(left, y + 20, one.when, "start", "when"))
    return tuple((scale.at(one.on), y) for one in flags), tuple(words)
