"""The road on a telephone and on paper: the same scale turned by a quarter, the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from api.pages.lettering import lines_within, width_of
from api.pages.pictures import SHAPES
from api.pages.road_pieces import (
    LETTER,
    LINE,
    SMALL,
    Flag,
    Mark,
    RoadPicture,
    RoadPoint,
    Scale,
    Stretch,
    Word,
    done,
    lateness,
    quarters,
)

NARROW: Final = 316
NARROW_LENGTH: Final = 520
NARROW_AXIS: Final = 70
NARROW_WORDS: Final = 100


def narrow(points: Sequence[RoadPoint], flags: Sequence[Flag], scale: Scale, today: date, word: str) -> RoadPicture:
    here = scale.at(today)
    room = NARROW - NARROW_WORDS - 4
    texts: list[tuple[float, RoadPoint | None, list[tuple[str, str]]]] = [(here, None, [(word, "today")])]
    for one in points:
        lines = [(text, "label") for text in lines_within(one.label, room, LETTER, bold=True)]
        lines += [(text, "when") for text in lines_within(one.when, room, SMALL)]
        texts.append((scale.at(one.on), one, lines))
    texts.sort(key=lambda each: (each[0], each[1] is None))
    marks, free = [], 0.0
    today_foot = here
    for y, point, lines in texts:
        top = max(y - LINE * len(lines) / 2, free)
        free = top + LINE * len(lines) + 9
        feet = [top + LINE * (number + 1) - 4 for number in range(len(lines))]
        middle = top + LINE * len(lines) / 2
        if point is None:
            today_foot = middle
            continue
        words = tuple(
            Word(NARROW_WORDS, foot, text, "start", kind) for foot, (text, kind) in zip(feet, lines, strict=True)
        )
        leader = ((NARROW_AXIS + 9, y), (NARROW_AXIS + 17, middle), (NARROW_WORDS - 5, middle))
        marks.append(Mark(NARROW_AXIS, y, point.status, SHAPES[point.status], leader, words))
    stretches = [
        Stretch(
            4,
            one.x,
            44,
            one.width,
            one.kind,
            Word(10, one.x + 15, one.word.text, "start", "year") if one.word else None,
        )
        for one in quarters(scale, 0)
    ]
    for bar in (*done(points, scale, 0, here), *lateness(points, scale, 0, here)):
        stretches.append(Stretch(NARROW_AXIS - bar.height / 2, bar.x, bar.height, bar.width, bar.kind))
    half = width_of(word, SMALL) / 2 + 10
    return RoadPicture(
        NARROW,
        round(max(free, 14 + NARROW_LENGTH) + 6, 1),
        ((NARROW_AXIS, scale.at(scale.start)), (NARROW_AXIS, scale.at(scale.end))),
        tuple(stretches),
        tuple(marks),
        ((4, here), (NARROW_WORDS - 8, here)),
        Word(NARROW_WORDS + half - 4, round(today_foot + 4, 1), word, "middle", "today"),
        (NARROW_WORDS - 4, round(today_foot - 11, 1), 2 * half),
        tuple((54, scale.at(one.on)) for one in flags),
    )


def _turned_quarter(one: Stretch) -> Stretch:
    word = Word(10, one.x + 15, one.word.text, "start", "year") if one.word is not None else None
    return Stretch(4, one.x, 44, one.width, one.kind, word)
