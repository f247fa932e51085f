"""Geometry of the path of a convention: where its nodes stand, and every word beside them without touching another.

Units are those of the picture, about a pixel of a wide screen each. Words are given by the caller, already in the
reader's language; the path has a twin list on its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.lettering import lines_within, width_of
from api.pages.pictures import SHAPES

WIDTH: Final = 1120
MARGIN: Final = 66
LETTER: Final = 13
LINE: Final = 17
"""From one line of text to the next."""
GAP: Final = 8
"""The least room between two texts on the same line."""
ABOVE: Final = 24
"""From the path up to the foot of the lowest label."""
BELOW: Final = 34
"""From the path down to the foot of the first date."""
TODAY_ROW: Final = 22
"""Room for the word of today, above every label."""


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """A milestone to place: ``on`` is when it happened or is due; ``when`` and ``note`` are already worded."""

    label: str
    status: str
    on: date | None
    when: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One line of text, centred on ``x``; ``y`` is its foot."""

    x: float
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """A milestone with its abscissa and its texts: the label above the path, the rest below."""

    x: float
    status: str
    shape: str
    label: tuple[PlacedText, ...]
    when: tuple[PlacedText, ...]
    note: tuple[PlacedText, ...]


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """The path of a convention: a line, done up to ``done_to``, milestones, and today when it falls on the path."""

    width: int
    height: int
    axis_y: int
    start: float
    end: float
    done_to: float
    today_x: float | None
    points: tuple[PlacedPoint, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one text around ``x``, from row ``row`` on, counted away from the path."""

    x: float
    row: int
    lines: tuple[str, ...]
    bold: bool = False

    def spans(self) -> Iterable[tuple[int, float, float]]:
        """Row, left and right of each line."""
        for index, line in enumerate(self.lines):
            half = width_of(line, LETTER, bold=self.bold) / 2
            yield self.row + index, self.x - half, self.x + half


class _Rows:
    """The room taken on one side of the path."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, float, float]] = []

    def has_room_for(self, block: _Block) -> bool:
        """Whether the block stays in the picture and away from every other."""
        return all(left >= 0 and right <= WIDTH for _, left, right in block.spans()) and not self._touches(block)

    def free_for(self, block: _Block) -> _Block:
        """The block, farther from the path while it would touch another."""
        while self._touches(block):
            block = _Block(block.x, block.row + 1, block.lines, block.bold)
        return block

    def take(self, block: _Block) -> _Block:
        """Place the block where it is free."""
        block = self.free_for(block)
        self._taken += block.spans()
        return block

    def _touches(self, block: _Block) -> bool:
        return any(
            row == other and left < end + GAP and start < right + GAP
            for row, left, right in block.spans()
            for other, start, end in self._taken
        )

    @property
    def depth(self) -> int:
        """How many rows are taken."""
        return 1 + max((row for row, _, _ in self._taken), default=-1)


def timeline(points: Sequence[TimelinePoint], today: date) -> TimelinePicture:
    """Place milestones at equal distances, in the order given, and today between those around it.

    Equal distances keep every word readable; the dates are written, so no length has to be measured by eye.
    """
    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)
    places = [MARGIN + index * step for index in range(len(points))]
    above, below = _Rows(), _Rows()
    labels = []
    for x, point in zip(places, points, strict=True):
        # The lowest line of a label is beside the path: rows are counted upwards, hence the lines from last to first.
        lines = lines_within(point.label, _room(x, step), LETTER, bold=True)
        labels.append(above.take(_Block(x, 0, tuple(reversed(lines)), bold=True)))
    whens = _placed_whens(points, places, step, below)
    notes = [_placed_note(point.note, when, step, below) for point, when in zip(points, whens, strict=True)]
    today_x = _today_x(points, places, labels, today)
    axis = ABOVE + LINE * above.depth + (TODAY_ROW if today_x is not None else 0)
    done = 0
    while done < len(points) and points[done].status == "done":
        done += 1
    return TimelinePicture(
        width=WIDTH,
        height=axis + BELOW + LINE * below.depth - LINE // 2,
        axis_y=axis,
        start=places[0] if places else MARGIN,
        end=places[-1] if places else WIDTH - MARGIN,
        done_to=places[done - 1] if done else MARGIN,
        today_x=today_x,
        points=tuple(
            PlacedPoint(
                x=round(x, 1),
                status=point.status,
                shape=SHAPES[point.status],
                label=_texts(label, axis - ABOVE, -LINE)[::-1],
                when=_texts(when, axis + BELOW, LINE),
                note=_texts(note, axis + BELOW, LINE),
            )
            for x, point, label, when, note in zip(places, points, labels, whens, notes, strict=True)
        ),
    )


def _room(x: float, step: float) -> float:
    """How wide a text around ``x`` may be, between its neighbours and inside the picture."""
    return min(step - GAP, 2 * x, 2 * (WIDTH - x))


def _placed_whens(points: Sequence[TimelinePoint], places: Sequence[float], step: float, rows: _Rows) -> list[_Block]:
    """The dates, those that fit under their node first; a longer one stays whole if its neighbours leave room."""
    placed: dict[int, _Block] = {}
    for index in sorted(range(len(points)), key=lambda one: width_of(points[one].when, LETTER) > step - GAP):
        text = points[index].when
        block = _Block(places[index], 0, (text,) if text else ())
        if not rows.has_room_for(block):
            block = _Block(places[index], 0, lines_within(text, _room(places[index], step), LETTER))
        placed[index] = rows.take(block)
    return [placed[index] for index in range(len(points))]


def _placed_note(text: str, when: _Block, step: float, rows: _Rows) -> _Block:
    """What is missing, under the date and inside the picture: of several widths, the one that ends nearest the path."""
    row = when.row + len(when.lines)
    if not text:
        return _Block(when.x, row, ())
    tried = []
    for steps in (4.0, 3.0, 2.0, 1.5, 1.0):
        lines = lines_within(text, min(steps * step, WIDTH) - GAP, LETTER)
        half = (max(width_of(line, LETTER) for line in lines) + GAP) / 2
        tried.append(rows.free_for(_Block(min(max(when.x, half), WIDTH - half), row, lines)))
    return rows.take(min(tried, key=lambda one: one.row + len(one.lines)))


def _texts(block: _Block, first: int, step: int) -> tuple[PlacedText, ...]:
    return tuple(
        PlacedText(round(block.x, 1), first + step * (block.row + index), line)
        for index, line in enumerate(block.lines)
    )


def _today_x(
    points: Sequence[TimelinePoint], places: Sequence[float], labels: Sequence[_Block], today: date
) -> float | None:
    """Abscissa of today: between the last dated point not after it and the next one; None off the path.

    The path is not drawn to scale: today stands in the middle of what the labels of both sides leave free.
    """
    past = [index for index, point in enumerate(points) if point.on is not None and point.on <= today]
    if not past or past[-1] == len(points) - 1:
        return None
    before, after = past[-1], past[-1] + 1
    free_from = max((right for _, _, right in labels[before].spans()), default=places[before])
    free_to = min((left for _, left, _ in labels[after].spans()), default=places[after])
    return round((free_from + free_to) / 2, 1)
