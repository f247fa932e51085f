"""What lies behind the cells of a workbook, read from its XML before anything is opened: formulas, errors, rectangles
that were merged, and how far each sheet reaches.

A sheet that says "XFD1048576" in one cell would be seventeen thousand million cells once it is opened: it is counted
here first, with a bound on every step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from workflows.accepted_files.zipped import Part
from workflows.tables.cells import Place
from workflows.tables.refusals import LINKED, TOO_LARGE, TOO_MANY_CELLS, UNREADABLE, TableRefused

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 200_000
"""Cells of the rectangle that a sheet fills; a plan of 60 sheets has some 2,000."""

MOST_ELEMENTS: Final = 3_000_000
"""Steps that are taken through the XML of one part."""

_EXTERNAL: Final = re.compile(
    r"\[[^\]]+\][^!]*!|'?(?:file|https?|ftp|smb):|\\\\|\b(?:DDE|WEBSERVICE|CALL|EXEC)\s*\(|\w\|'", re.IGNORECASE
)
"""A formula that reads another file, asks the network or starts a program."""


@dataclass
class Seen:
    """A sheet as its XML says it."""

    name: str
    is_visible: bool = True
    formulas: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    """What cells say whose lines a reader of workbooks would run together."""

    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    counts_from_1904: bool = False
    height: int = 0
    width: int = 0

    def reach(self, row: int, column: int) -> None:
        """Something stands there. Raises `TableRefused` when the sheet has become too large."""
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        if self.height > MOST_ROWS or self.width > MOST_COLUMNS or self.height * self.width > MOST_CELLS:
            raise TableRefused(TOO_MANY_CELLS, sheet=self.name, rows=MOST_ROWS, columns=MOST_COLUMNS)

    def computed(self, place: Place, formula: str) -> None:
        """A formula stands there. Raises `TableRefused` for one that looks outside of the file."""
        if _EXTERNAL.search(formula):
            raise TableRefused(LINKED, sheet=self.name)
        self.formulas[place] = formula


Start = Callable[[str, Mapping[str, str]], None]


def walk(part: Part, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Go through the XML of a part, a bounded number of steps; names come without their namespace."""
    steps = 0

    def counted(name: str, attributes: dict[str, str]) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_ELEMENTS:
            raise TableRefused(TOO_LARGE)
        start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def refuse(*_: object) -> None:
        raise TableRefused(UNREADABLE)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = counted
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    try:
        for piece in part.pieces():
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # also an encoding that nobody knows
        raise TableRefused(UNREADABLE) from None


def nothing(_: str) -> None:
    """What is done with a part of the XML that tells nothing."""
