"""How the cells of a column are read, and what a field of a table is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How the cells of a column are read."""

    TEXT = "text"
    NUMBER = "number"
    """The number of a sheet as people write it: "1.3" is never 1,3."""
    DAY = "day"
    SPAN = "span"
    """A start and an end in one cell, or one of them."""
    MONEY = "money"
    COUNT = "count"
    PARTNER = "partner"
    PARTNERS = "partners"
    PRIORITY = "priority"
    STATUS = "status"
    PERCENT = "percent"
    CERTAINTY = "certainty"
    LINES = "lines"
    """Several texts in one cell, one under the other."""
    STAGES = "stages"
    COMMUNES = "communes"
    VALUE = "value"
    """A measured value: a number, perhaps with its unit."""
    WORD = "word"
    """One of a closed list of words."""
    TRUTH = "truth"
    LINKS = "links"
    """Schemes and other contracts, by their names."""
    TICK = "tick"
    """A mark under a year in which something is done."""


@dataclass(frozen=True)
class TableField:
    """A field: its code, how it is read, the pattern of its head once folded, whether several columns may be it."""

    code: str
    kind: Kind
    head: str
    several: bool = False


def year_of(word: str, code: str) -> int | None:
    """The year of a code of this word ("target.2026"), None for any other."""
    said, _, year = code.partition(".")
    return int(year) if said == word and len(year) == 4 and year.isascii() and year.isdecimal() else None
