"""The matrix of a convention: a row for each theme, the three expertises, offer and demand; the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.lettering import lines_within, width_of
from api.pages.matrix_pieces import (
    HALF,
    LETTER,
    LINE,
    SMALL,
    TARGET,
    Badge,
    Half,
    Matrix,
    MatrixLine,
    MatrixPicture,
    MatrixRow,
    MatrixWords,
    Pressed,
    Voice,
    halves,
)
from api.pages.pictures import SHAPES
from api.pages.road_pieces import Word

WIDTH: Final = 1132
NAMES: Final = 12
NAME_ROOM: Final = 290
FIRST: Final = 316
COLUMN: Final = 140
VERDICT: Final = 756
HEAD: Final = 48

NARROW: Final = 316
NARROW_HEAD: Final = 24
NARROW_COLUMN: Final = 104


def matrix(lines: Sequence[MatrixLine], words: MatrixWords) -> Matrix | None:
    """Both variants; None where there is no theme."""
    return Matrix(_wide(lines, words), _narrow(lines, words)) if lines else None


def _wide(lines: Sequence[MatrixLine], words: MatrixWords) -> MatrixPicture:
    heads = [Word(NAMES, 38, words.theme, "start", "head"), Word(VERDICT, 38, words.verdict, "start", "head")]
    for number, (first, second) in enumerate(words.heads):
        x = FIRST + number * COLUMN
        heads += [Word(x, 20, first, "start", "head"), Word(x, 38, second, "start", "when")]
    rows, y = [], float(HEAD)
    for one in lines:
        rows.append(_wide_row(one, words, y))
        y += rows[-1].height
    return MatrixPicture(WIDTH, y + 1, tuple(heads), tuple(rows))


def _wide_row(one: MatrixLine, words: MatrixWords, y: float) -> MatrixRow:
    names = lines_within(one.name, NAME_ROOM, LETTER, bold=True)
    lacks = [line for text in one.lacks for line in lines_within(text, WIDTH - VERDICT - 30, SMALL)]
    height = max(40, 20 + LINE * len(names), 20 + LINE * (1 + len(lacks)) + (TARGET if one.act else 0))
    middle = y + 20
    said = [
        *(
            Word(VERDICT + 20, middle + 5 + LINE * (number + 1), text, "start", "when")
            for number, text in enumerate(lacks)
        )
    ]
    cells: list[Half] = []
    for number, voice in enumerate(one.voices):
        x = FIRST + number * COLUMN
        said.append(_count(one, voice, x + 30, middle + 5))
        cells += halves(voice, x + 40, middle - HALF / 2, words)
    badge = _badge(one, VERDICT + 7, middle)
    links = _name(one, names, NAMES, middle + 5, said)
    if one.act:
        foot = middle + LINE * (1 + len(lacks)) + 10
        links.append(_pressed(one.act.href, f"{one.name} : {one.act.text}", (one.act.text,), VERDICT + 20, foot, "act"))
    return MatrixRow(y, height, tuple(said), tuple(cells), (badge,), tuple(links))


def _narrow(lines: Sequence[MatrixLine], words: MatrixWords) -> MatrixPicture:
    heads = tuple(
        Word(number * NARROW_COLUMN + 2, 16, head, "start", "head") for number, head in enumerate(words.short)
    )
    rows, y = [], float(NARROW_HEAD)
    for one in lines:
        rows.append(_narrow_row(one, words, y))
        y += rows[-1].height
    return MatrixPicture(NARROW, y + 1, heads, tuple(rows))


def _narrow_row(one: MatrixLine, words: MatrixWords, y: float) -> MatrixRow:
    names = lines_within(one.name, NARROW - 22, LETTER, bold=True)
    lacks = [line for text in (one.word, *one.lacks) for line in lines_within(text, NARROW - 4, SMALL)]
    if one.status == "done":
        lacks = []  # the shape beside the name says it, and its word is in the link
    top = y + 24 + LINE * (len(names) - 1)
    foot = top + 14 + HALF
    said = [
        Word(2, foot + 2 + LINE * number, text, "start", "verdict" if number == 1 else "when")
        for number, text in enumerate(lacks, 1)
    ]
    cells: list[Half] = []
    for number, voice in enumerate(one.voices):
        x = number * NARROW_COLUMN
        said.append(_count(one, voice, x + 32, top + 26))
        cells += halves(voice, x + 38, top + 10, words)
    links = _name(one, names, 20, y + 22, said)
    height = foot - y + 6 + LINE * len(lacks) + (6 if lacks else 0)
    if one.act:
        links.append(_pressed(one.act.href, f"{one.name} : {one.act.text}", (one.act.text,), 2, y + height + 10, "act"))
        height += TARGET
    return MatrixRow(
        y, height, tuple(said), tuple(cells), (Badge(9, y + 17, one.status, SHAPES[one.status]),), tuple(links)
    )


def _count(one: MatrixLine, voice: Voice, x: float, y: float) -> Word:
    """How many came; that nobody did stands out where others were heard."""
    missed = not voice.present and any(each.present for each in one.voices)
    return Word(x, y, str(voice.present), "end", "nobody" if missed else "count")


def _badge(one: MatrixLine, x: float, y: float) -> Badge:
    return Badge(x, y, one.status, SHAPES[one.status], Word(x + 13, y + 5, one.word, "start", "verdict"))


def _name(one: MatrixLine, names: Sequence[str], x: float, foot: float, said: list[Word]) -> list[Pressed]:
    """The name of a theme: what leads to the facts behind it, or words where there are none."""
    if one.href is not None:
        return [_pressed(one.href, f"{one.name} : {one.word}", names, x, foot, "name")]
    said += [Word(x, foot + LINE * number, text, "start", "label") for number, text in enumerate(names)]
    return []


def _pressed(href: str, label: str, lines: Sequence[str], x: float, foot: float, kind: str) -> Pressed:
    width = max(width_of(text, LETTER, bold=True) for text in lines)
    words = tuple(Word(x, foot + LINE * number, text, "start", kind) for number, text in enumerate(lines))
    return Pressed(href, label, x - 4, foot - 17, width + 8, TARGET + LINE * (len(lines) - 1), words)
