"""What pages show of how many things became what: a bar cut in parts, each with its count and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api.pages.contexts.pieces import Phrase

WIDTH: Final = 1132
"""Of the bar, in its own units; it is stretched to the width of the page."""
GAP: Final = 4


@dataclass(frozen=True, slots=True)
class FatePart:
    """So many became the same; ``look`` is "full", "part", "aside", "open" or "late"; it begins at ``x``."""

    look: str
    said: Phrase
    count: int
    x: int
    width: int


def fates_bar(counted: Iterable[tuple[str, Phrase, int]]) -> tuple[FatePart, ...]:
    """The parts that hold anything, side by side, as wide as they are many."""
    held = [one for one in counted if one[2]]
    total = sum(count for _, _, count in held)
    room = WIDTH - GAP * (len(held) - 1) if held else 0
    parts, before = [], 0
    for place, (look, said, count) in enumerate(held):
        first, last = room * before // total, room * (before + count) // total
        parts.append(FatePart(look, said, count, first + GAP * place, last - first))
        before += count
    return tuple(parts)
