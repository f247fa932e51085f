"""The river on a desk: six columns, the height of a priority is its money, or its sheets while no money is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from api.pages.lettering import lines_within
from api.pages.river_pieces import (
    LETTER,
    LINE,
    SMALL,
    Current,
    Drawing,
    ForumBox,
    Heard,
    RiverPicture,
    RiverWords,
    Unanswered,
    clipped,
    width_of_heard,
)

WIDTH: Final = 1132
COLUMNS: Final = (0, 292, 500, 672, 812, 990)
HEARD_ROOM: Final = 180
DOT_X: Final = 198
FORUM_WIDTH: Final = 134
HEAD: Final = 62
GAP: Final = 18
HEIGHTS: Final = 320
"""What all the bands share between them."""
LOWEST: Final = 44
TWO_ENDINGS: Final = 70
"""How high a band is at least that ends in a result and in a broken link: each has two lines of words beside it."""
BARE_ROW: Final = 26
THINNEST: Final = 3
"""Sheets that would be thinner are one block."""
NAMED: Final = 3
"""Lines for one finding, at most."""


@dataclass
class _Stroke:
    """A finding on its way."""

    heard: Heard
    y: float
    to: tuple[float, float]
    kind: str = "heard"
    width: int = 4


@dataclass
class _Wide:
    drawing: Drawing = field(default_factory=Drawing)
    strokes: list[_Stroke] = field(default_factory=list)

    def current(self, one: Current, top: float, band: float) -> float:
        """Draw a priority from `top` on; where it ends."""
        left = self._heard(one.heard, top)
        height = band + (BARE_ROW if one.bare else 0)
        bottom = max(left, top + height)
        start = top + max(0.0, (bottom - top - height) / 2)
        inlets = sum(width_of_heard(each.count) + 4 for each in one.heard)
        y = start + band / 2 - inlets / 2
        for stroke in self.strokes[len(self.strokes) - len(one.heard) :]:
            stroke.to = (COLUMNS[2], y + stroke.width / 2)
            y += stroke.width + 4
        self._band(one, start, band)
        return bottom

    def _heard(self, several: Sequence[Heard], top: float) -> float:
        y = top
        for one in several:
            lines = clipped(lines_within(one.text, HEARD_ROOM, SMALL), NAMED)
            middle = y + LINE * len(lines) / 2 + 4
            self.drawing.link(one.href, "heard", COLUMNS[0] + 4, y + 14, lines)
            width = width_of_heard(one.count)
            self.strokes.append(_Stroke(one, middle, (0, 0), width=width))
            y += LINE * len(lines) + 12
        return y

    def _band(self, one: Current, y: float, height: float) -> None:
        draw, (_, _, priority, sheets, money, result) = self.drawing, COLUMNS
        end = sheets if not one.sheets else result if one.measured is not None else money if one.money_word else sheets
        far = end + (18 if end in (sheets, money) else 0)
        draw.box("band", priority, y, far - priority, height)
        draw.box("priority", priority, y, 10, height)
        titles = _titles(one)
        foot = y + height / 2 + 5 - LINE * (len(titles) - 1) / 2
        draw.link(one.href, "title", priority + 18, foot, titles)
        if not one.sheets:
            if one.unknown:
                self.drawing.box("unknown", sheets, y, 4, height)
                self.drawing.say("when", sheets + 14, y + height / 2 + 5, one.no_action)
            else:
                self._notch(sheets, y, height, one.no_action)
            return
        self._slats(one, y, height)
        middle = y + height / 2
        draw.say("label", sheets + 26, middle + (0 if one.sheets_beside else 5), one.sheets_word)
        if one.sheets_beside:
            draw.say("when", sheets + 26, middle + LINE, one.sheets_beside)
        if one.bare and one.bare_word:
            self._bare(one, y + height + 8)
        if one.money_word:
            self._money(one, y, height)
        if one.measured is not None:
            self._result(one, y, height, one.measured)

    def _slats(self, one: Current, y: float, height: float) -> None:
        count = max(one.sheets - one.bare, 0)
        if not count:
            return
        each = height / count
        if each < THINNEST:
            self.drawing.box("sheet", COLUMNS[3], y, 18, height)
            return
        for at in range(count):
            self.drawing.box("sheet", COLUMNS[3], y + at * each, 18, each - 1)

    def _bare(self, one: Current, y: float) -> None:
        x, shown = COLUMNS[3], min(one.bare, 3)
        for at in range(shown):
            self.drawing.box("bare", x + 1, y + at * 6, 16, 4)
        self.drawing.flow("cut", (x + 22, y + 6), (COLUMNS[4] - 6, y + 6), 1.5)
        self._notch(COLUMNS[4] - 4, y - 2, 16, one.bare_word)

    def _money(self, one: Current, y: float, height: float) -> None:
        draw, x = self.drawing, COLUMNS[4]
        firm = height * one.firm
        draw.box("firm", x, y, 18, firm)
        if firm < height:
            draw.box("promised", x, y + firm, 18, height - firm)
        middle = y + height / 2
        draw.say("label", x + 26, middle + (0 if one.money_beside else 5), one.money_word)
        if one.money_beside:
            draw.say("when", x + 26, middle + LINE, one.money_beside)

    def _result(self, one: Current, y: float, height: float, measured: float) -> None:
        draw, x = self.drawing, COLUMNS[5]
        seen = height * measured
        if seen:
            draw.box("result", x, y, 10, seen)
            middle = y + seen / 2
            if seen < height:
                middle = min(middle, y + height - TWO_ENDINGS + 12)
            draw.say("label", x + 20, middle + (-2 if one.targets else 5), one.result_word)
            for at in range(min(one.targets, 8)):
                draw.spot(x + 26 + 15 * at, middle + 14, reached=at < one.reached)
        if seen < height:
            lowest = y + TWO_ENDINGS - 18 if seen else y
            self._notch(x - 2, y + seen, height - seen, one.unmeasured_word, one.unmeasured_beside, lowest)

    def _notch(self, x: float, y: float, height: float, word: str, beside: str = "", lowest: float = 0) -> None:
        """A link that is missing; its words stand in its middle, but not above `lowest`."""
        self.drawing.box("notch", x, y, 4, height)
        middle = max(y + height / 2, lowest)
        self.drawing.box("fault", x + 11, middle - 5, 10, 10)
        self.drawing.say("fault", x + 27, middle + 5 - (LINE / 2 if beside else 0), word)
        if beside:
            self.drawing.say("when", x + 27, middle + 5 + LINE / 2, beside)

    def loose(self, one: Unanswered, top: float) -> float:
        """Draw findings that lead nowhere; where they end."""
        bottom = self._heard((one.heard,), top)
        stroke = self.strokes[-1]
        stroke.to, stroke.kind = (COLUMNS[2] - 4, stroke.y), "lost" if one.cut else "aside"
        if one.cut:
            self._notch(COLUMNS[2] - 4, stroke.y - 8, 16, f"{one.word}{' ' if one.beside else ''}{one.beside}")
        else:
            self.drawing.box("end", COLUMNS[2] - 4, stroke.y - 8, 4, 16)
            self.drawing.say("when", COLUMNS[2] + 8, stroke.y + 5, f"{one.word} {one.beside}".strip())
        return bottom

    def forums(self, several: Sequence[ForumBox], bottom: float) -> None:
        """Draw the forums where the strokes that pass them want them, and the strokes through them."""
        through: dict[int, list[_Stroke]] = {}
        for stroke in self.strokes:
            if stroke.heard.forum is None:
                self._pass((DOT_X, stroke.y), stroke.to, stroke)
            else:
                through.setdefault(stroke.heard.forum, []).append(stroke)
        places = _places(
            {
                at: (
                    sum(one.y + one.to[1] for one in strokes) / (2 * len(strokes)),
                    max(_tall(several[at]), 12 + sum(one.width + 5 for one in strokes)),
                )
                for at, strokes in through.items()
            },
            bottom,
        )
        for at, (top, height) in places.items():
            box, x = several[at], COLUMNS[1]
            strokes = through[at]
            y = top + height / 2 - sum(one.width + 5 for one in strokes) / 2
            outs = sorted(strokes, key=lambda one: one.to[1])
            for one in strokes:
                self._pass((DOT_X, one.y), (x, y + one.width / 2), one, plain=True)
                y += one.width + 5
            y = top + height / 2 - sum(one.width + 5 for one in strokes) / 2
            for one in outs:
                self._pass((x + FORUM_WIDTH, y + one.width / 2), one.to, one)
                y += one.width + 5
            self.drawing.box("forum", x, top, FORUM_WIDTH, height)
            self.drawing.box("forum-edge", x, top, 4, height)
            names = _names(box)
            foot = top + height / 2 - LINE * (len(names) - 1) / 2
            self.drawing.link(box.href, "title", x + 13, foot, names)
            self.drawing.say("when", x + 13, foot + LINE * len(names), box.beside)
        for stroke in self.strokes:
            self.drawing.dot(DOT_X, stroke.y, 3.5 if stroke.heard.count == 1 else 5.5)

    def _pass(
        self, start: tuple[float, float], end: tuple[float, float], stroke: _Stroke, *, plain: bool = False
    ) -> None:
        self.drawing.flow("heard" if plain else stroke.kind, start, end, stroke.width)


def _titles(one: Current) -> tuple[str, ...]:
    """The title of a priority, beside its edge and before its sheets."""
    return lines_within(one.title, COLUMNS[3] - COLUMNS[2] - 26, LETTER, bold=True)


def _lowest(one: Current) -> float:
    """How high the band of a priority is at least, so that what is written in it and beside it has its room."""
    both = one.measured is not None and 0 < one.measured < 1
    return max(LOWEST, LINE * len(_titles(one)) + 4, TWO_ENDINGS if both else 0)


def _names(box: ForumBox) -> tuple[str, ...]:
    """What a forum was about, on two lines at most; its link says it whole."""
    return clipped(lines_within(box.name, FORUM_WIDTH - 20, LETTER, bold=True), NAMED - 1)


def _tall(box: ForumBox) -> float:
    """How high its name and the people who came stand."""
    return 22.0 + LINE * (len(_names(box)) + 1) - 10


def _places(wanted: dict[int, tuple[float, float]], bottom: float) -> dict[int, tuple[float, float]]:
    """Tops and heights of the forums: by the middle that each wants, none over another."""
    found: dict[int, tuple[float, float]] = {}
    free = float(HEAD)
    for at, (middle, height) in sorted(wanted.items(), key=lambda one: one[1][0]):
        top = max(free, middle - height / 2)
        found[at] = (top, height)
        free = top + height + 10
    over = free - 10 - bottom
    if over > 0:
        ceiling = bottom
        for at in reversed(list(found)):
            top, height = found[at]
            top = min(top, ceiling - height)
            found[at] = (top, height)
            ceiling = top - 10
    return found


def wide(
    currents: Sequence[Current], loose: Sequence[Unanswered], forums: Sequence[ForumBox], words: RiverWords
) -> RiverPicture:
    """The whole of it, the priorities in the order given, then what leads nowhere."""
    made = _Wide()
    for x, (first, second) in zip(COLUMNS, words.heads, strict=False):
        made.drawing.say("head", max(x, 4), 18, first)
        made.drawing.say("when", max(x, 4), 36, second)
    total = sum(one.weight for one in currents) or 1
    y = float(HEAD)
    for one in currents:
        y = made.current(one, y, max(_lowest(one), HEIGHTS * one.weight / total)) + GAP
    for each in loose:
        y = made.loose(each, y) + 4
    made.forums(forums, y)
    return RiverPicture(WIDTH, round(y + 4, 1), made.drawing)
