"""The river on a telephone: each priority by itself, from top to bottom; the width is its money, or its sheets."""

from __future__ import annotations

from typing import Final

from api.pages.lettering import lines_within, width_of
from api.pages.river_pieces import (
    LETTER,
    LINE,
    SMALL,
    STROKE,
    Current,
    Drawing,
    Flow,
    RiverPicture,
    clipped,
    width_of_heard,
)

WIDTH: Final = 316
LEFT: Final = 4
WIDEST: Final = 86
NARROWEST: Final = 30
DOTS: Final = 104
WORDS: Final = 116
ROW: Final = 32


def narrow(one: Current, most: float) -> RiverPicture:
    """One priority; `most`: the weight of the heaviest."""
    draw = Drawing()
    width = max(NARROWEST, WIDEST * one.weight / most) if most else float(NARROWEST)
    top = _heard(one, draw, width)
    rows = [top + ROW * at for at in range(1, 4)]
    y = top
    draw.box("priority", LEFT, y, width, 8)
    if not one.sheets:
        draw.box("band", LEFT, y + 8, width, ROW - 12)
        return _cut(one, draw, width, y + ROW)
    y = rows[0]
    last = y + 10
    _slats(one, draw, width, y)
    draw.say("label", WORDS, y + 10, one.sheets_word)
    if one.bare and one.bare_short:
        _fault(draw, WORDS + width_of(one.sheets_word, LETTER, bold=True) + 8, y + 10, one.bare_short)
    if one.money_word:
        y += ROW
        draw.box("firm", LEFT, y, width * one.firm, 10)
        if one.firm < 1:
            draw.box("promised", LEFT + width * one.firm, y, width * (1 - one.firm), 10)
        draw.say("label", WORDS, y + 10, one.money_word)
        beside = WORDS + width_of(one.money_word, LETTER, bold=True) + 8
        if one.money_beside and beside + width_of(one.money_beside, SMALL) < WIDTH:
            draw.say("when", beside, y + 10, one.money_beside)
        last = y + 10
    if one.measured is not None:
        y += ROW
        seen = width * one.measured
        if seen:
            draw.box("result", LEFT, y, seen, 8)
            draw.say("label", WORDS, y + 10, one.result_word)
            start = WORDS + width_of(one.result_word, LETTER, bold=True) + 14
            for at in range(min(one.targets, 6)):
                draw.spot(start + 15 * at, y + 5, reached=at < one.reached)
            last = y + 8
        if seen < width:
            draw.box("notch", LEFT + seen, y - 6, width - seen, 4)
            _fault(draw, WORDS, y + (26 if seen else 10), f"{one.unmeasured_word} {one.unmeasured_beside}".strip())
            y += LINE if seen else 0
            last = max(last, y - 2)
    under = [box for box in draw.boxes if box.kind != "band"]
    draw.boxes = []
    draw.box("band", LEFT, top + 8, width, min(last, rows[-1] + 8) - top - 8)
    draw.boxes += under
    return RiverPicture(WIDTH, round(y + 18, 1), draw)


def _heard(one: Current, draw: Drawing, width: float) -> float:
    """The findings, and their strokes down to the priority; where it begins."""
    y, places = 4.0, []
    for each in one.heard:
        lines = clipped(lines_within(each.text, WIDTH - WORDS - 4, SMALL), 3)
        draw.link(each.href, "heard", WORDS, y + 14, lines)
        places.append((y + 9, width_of_heard(each.count)))
        y += LINE * len(lines) + 10
    top = y + 6
    step = width / (len(places) + 1)
    for at, (middle, wide) in enumerate(places):
        x = LEFT + step * (at + 1)
        bend = min(10.0, DOTS - x)
        path = f"M{DOTS} {middle:.1f}H{x + bend:.1f}Q{x:.1f} {middle:.1f} {x:.1f} {middle + bend:.1f}V{top:.1f}"
        draw.flows.append(Flow("heard", path, min(wide, max(STROKE, step - 2))))
        draw.dot(DOTS, middle, 3.5 if wide == STROKE else 5.5)
    return top


def _slats(one: Current, draw: Drawing, width: float, y: float) -> None:
    count = max(one.sheets - one.bare, 0)
    each = width / count if count else 0
    if count and each < STROKE:
        draw.box("sheet", LEFT, y, width, 10)
    else:
        for at in range(count):
            draw.box("sheet", LEFT + at * each, y, each - 1, 10)
    for at in range(min(one.bare, 2)):
        draw.box("bare", LEFT + width + 4 + at * 6, y, 4, 10)


def _cut(one: Current, draw: Drawing, width: float, y: float) -> RiverPicture:
    if one.unknown:
        draw.box("unknown", LEFT, y - 4, width, 4)
        draw.say("when", WORDS, y, one.no_action)
    else:
        draw.box("notch", LEFT, y - 4, width, 4)
        _fault(draw, WORDS, y, one.no_action)
    return RiverPicture(WIDTH, round(y + 12, 1), draw)


def _fault(draw: Drawing, x: float, y: float, word: str) -> None:
    draw.box("fault", x, y - 10, 10, 10)
    draw.say("fault", x + 14, y, word)
