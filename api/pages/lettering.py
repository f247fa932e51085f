"""How much room words take in a picture: reckoned, since the server does not know the reader's font.

The widths are those of DejaVu Sans, the widest of the system fonts that pages are read in: what fits in it fits in
the others. Units are those of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_LETTERS: Final = {
    0.30: "ijlIJ'î",
    0.35: " \xa0.,:;’/",
    0.40: "ft()-",
    0.45: "r",
    0.55: "cszç–",
    0.60: "kvxyFL",
    0.70: "ABCKRVXZÀ",
    0.75: "NU",
    0.80: "DGHOQ",
    0.85: "w",
    0.90: "M",
    1.05: "mWæœ…",
    1.10: "Œ",
}
_WIDTHS: Final[Mapping[str, float]] = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_OTHER: Final = 0.65
"""Digits and most letters."""
_BOLD: Final = 1.11
"""Bold words are so much wider."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in letters of `size`."""
    return _letters_of(text) * size * (_BOLD if bold else 1)


@lru_cache(1_000)
def _letters_of(text: str) -> float:
    return sum([_WIDTHS.get(letter, _OTHER) for letter in text])


def lines_within(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """`text` broken at its plain spaces into lines no wider than `width`; a word is never cut, however wide."""
    rows: list[str] = []
    for word in text.split(" "):
        if rows and width_of(f"{rows[-1]} {word}", size, bold=bold) <= width:
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
    return tuple(rows)
