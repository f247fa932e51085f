"""The pieces of the matrix of themes: who was heard on each, as two half-squares, offer and demand, with a number.

Units are those of the picture, about a pixel of the screen each. Words are given by the caller, already in the
reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.pages.road_pieces import Word

HALF: Final = 22
"""The side of a half-square."""
LETTER: Final = 14
SMALL: Final = 12.5
LINE: Final = 18
TARGET: Final = 24
"""The least height of what is pressed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """An expertise on a theme: how many came, and whether they looked at the offer and at the demand."""

    present: int
    offer: bool
    demand: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Where some words lead, and what they say to whoever does not see the picture."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A theme to draw: its voices in the order of the columns, the word of its status, what it lacks, what to do."""

    name: str
    status: str
    word: str
    voices: tuple[Voice, ...]
    lacks: tuple[str, ...] = ()
    href: str | None = None
    act: Link | None = None


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """The heads of the columns, each on two lines (wide) and in one word (narrow), and the letters of the halves."""

    theme: str
    verdict: str
    heads: tuple[tuple[str, str], ...]
    short: tuple[str, ...]
    offer: str
    demand: str


@dataclass(frozen=True, slots=True)
class Half:
    """One half-square, full when that side was looked at."""

    x: float
    y: float
    letter: str
    full: bool


@dataclass(frozen=True, slots=True)
class Pressed:
    """Words that lead somewhere, on a ground that is large enough to be pressed."""

    href: str
    label: str
    x: float
    y: float
    width: float
    height: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """The shape of a status, and its word."""

    x: float
    y: float
    status: str
    shape: str
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row as drawn. `y`: its top; `links`: the theme, then the act."""

    y: float
    height: float
    words: tuple[Word, ...]
    halves: tuple[Half, ...]
    badges: tuple[Badge, ...]
    links: tuple[Pressed, ...]


@dataclass(frozen=True, slots=True)
class MatrixPicture:
    """One variant of the picture."""

    width: int
    height: float
    heads: tuple[Word, ...]
    rows: tuple[MatrixRow, ...]
    turned: tuple[Pressed, ...] = ()
    """Heads that lead somewhere, turned by a quarter."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture, wide and narrow."""

    wide: MatrixPicture
    narrow: MatrixPicture


def halves(voice: Voice, x: float, y: float, words: MatrixWords) -> tuple[Half, Half]:
    """The offer, then the demand."""
    return (Half(x, y, words.offer, voice.offer), Half(x + HALF + 2, y, words.demand, voice.demand))
