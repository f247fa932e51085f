"""The pieces of the river, from what was heard to what came of it. Units are those of the picture.

Words are given by the caller, already in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from api.pages.lettering import width_of
from api.pages.matrix_pieces import TARGET, Pressed
from api.pages.road_pieces import Word

LETTER: Final = 13
SMALL: Final = 12.5
LINE: Final = 16
STROKE: Final = 4
"""The width of a finding."""
MOST_STROKES: Final = 3
"""So many findings, and more, are drawn as wide as three."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A finding by its words, or `count` others; the forum in which it was discussed, by its place in the list."""

    text: str
    href: str
    forum: int | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Findings that no priority answers; `cut`: an answer was expected; `beside`: since when, or why none is."""

    heard: Heard
    cut: bool
    word: str
    beside: str


@dataclass(frozen=True, slots=True)
class ForumBox:
    """A forum: what it was about, how many came."""

    name: str
    beside: str
    href: str


@dataclass(frozen=True, slots=True)
class Current:
    """A priority with all that flows into it and out of it. `weight`: how high it is drawn, against the others.

    ``bare``: sheets to which nobody promised money, of ``sheets``, with their words; ``firm``: which share of the money
    is firm; ``measured``: which share of the whole is looked at by an indicator that was measured; None where it is not
    known. ``reached`` of ``targets``. ``unknown``: that it has no sheet is of before a take-over, and no fault (R34).
    """

    title: str
    href: str
    heard: tuple[Heard, ...]
    weight: float
    sheets: int
    sheets_word: str
    sheets_beside: str = ""
    no_action: str = ""
    bare: int = 0
    bare_word: str = ""
    bare_short: str = ""
    money_word: str = ""
    money_beside: str = ""
    firm: float = 0.0
    measured: float | None = None
    result_word: str = ""
    reached: int = 0
    targets: int = 0
    unmeasured_word: str = ""
    unmeasured_beside: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class RiverWords:
    """The heads of the columns, each on two lines."""

    heads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a bar, a slat, a band, a notch."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Flow:
    """A curve as wide as what it carries."""

    kind: str
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot: a finding, a target reached or not."""

    kind: str
    x: float
    y: float
    radius: float


@dataclass
class Drawing:
    """What is drawn, from the ground up."""

    boxes: list[Box] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    links: list[Pressed] = field(default_factory=list)

    def box(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle."""
        self.boxes.append(Box(kind, round(x, 1), round(y, 1), round(width, 1), round(height, 1)))

    def dot(self, x: float, y: float, radius: float) -> None:
        """Where a finding begins."""
        self.spots.append(Spot("heard", x, round(y, 1), radius))

    def spot(self, x: float, y: float, *, reached: bool) -> None:
        """A target, full when it is reached."""
        self.spots.append(Spot("reached" if reached else "not-reached", round(x, 1), round(y, 1), 5))

    def say(self, kind: str, x: float, y: float, text: str) -> None:
        """A line of text that begins at `x`."""
        self.words.append(Word(round(x, 1), round(y, 1), text, "start", kind))

    def link(self, href: str, kind: str, x: float, y: float, lines: tuple[str, ...]) -> None:
        """Lines of text that lead somewhere, the first one on the foot `y`."""
        width = round(max(width_of(one, LETTER, bold=True) for one in lines), 1)
        words = tuple(Word(round(x, 1), round(y + LINE * at, 1), one, "start", kind) for at, one in enumerate(lines))
        height = max(TARGET, LINE * len(lines) + 8)
        self.links.append(Pressed(href, " ".join(lines), round(x - 4, 1), round(y - 17, 1), width + 8, height, words))

    def flow(self, kind: str, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
        """A curve from one place to another, level at both ends."""
        (x1, y1), (x2, y2) = start, end
        middle = (x1 + x2) / 2
        path = f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        self.flows.append(Flow(kind, path, width))


@dataclass(frozen=True, slots=True)
class RiverPicture:
    """One variant, or one priority of the narrow one."""

    width: float
    height: float
    drawing: Drawing


def clipped(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """At most so many lines, the missing end marked; for a picture that leads to where it is said whole."""
    return lines if len(lines) <= most else (*lines[: most - 1], f"{lines[most - 1].rstrip(' ,.;')}…")


def width_of_heard(count: int) -> int:
    """How wide the stroke of so many findings is."""
    return STROKE * min(count, MOST_STROKES)
