"""What lies behind the cells of a workbook of Calc. Rows and cells that repeat are said once, with how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflows.accepted_files.zipped import Part
from workflows.tables.cells import LONGEST
from workflows.tables.inspecting import Seen, walk
from workflows.tables.refusals import UNREADABLE, TableRefused

_CELLS: Final = ("table-cell", "covered-table-cell")
_MOST_PIECES: Final = 2_000
"""Pieces of the words of a cell that are kept."""

_ERRORS: Final = ("#REF!", "#N/A", "#NAME?", "#NOM?", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NUM!", "#NOMBRE!", "#NULL!")


def inside_ods(parts: Mapping[str, Part]) -> list[Seen]:
    """Its sheets, in their order. Raises `TableRefused`."""
    if "content.xml" not in parts:
        raise TableRefused(UNREADABLE)
    reader = _Content()
    walk(parts["content.xml"], reader.start, reader.end, reader.text)
    return reader.found


class _Content:
    """The sheets, element by element; what a cell holds beside its words (a table in a drawing) is passed over."""

    def __init__(self) -> None:
        self.found: list[Seen] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._depth = 0
        self._row, self._rows, self._column, self._columns = 0, 1, 0, 1
        self._span = (1, 1)
        self._filled = False
        self._words: list[str] = []
        self._said: list[str] = []
        self._broken, self._aside = False, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden.add(self._style)
        elif name == "table":
            self._depth += 1
            if self._depth == 1:
                visible = attributes.get("style-name", "") not in self._hidden
                self.found.append(Seen(attributes.get("name", ""), visible))
                self._row, self._rows = 0, 0
        elif self._depth == 1 and name == "table-row":
            self._row, self._rows = self._row + self._rows, _count(attributes, "number-rows-repeated")
            self._column, self._columns = 0, 0
            if attributes.get("visibility") in ("collapse", "filter") and self._rows < _MOST_PIECES:
                self.found[-1].hidden.update(range(self._row, self._row + self._rows))
        elif self._depth == 1 and name in _CELLS:
            self._cell(name, attributes)
        elif name == "annotation":
            self._aside += 1
        elif self._depth == 1 and not self._aside and name in ("line-break", "p", "s", "tab"):
            self._broken |= name == "line-break"
            if self._said or name != "p":
                self._said.append(
                    " " * min(_count(attributes, "c"), 80) if name == "s" else "\t" if name == "tab" else "\n"
                )

    def _cell(self, name: str, attributes: Mapping[str, str]) -> None:
        self._column += self._columns
        self._columns = _count(attributes, "number-columns-repeated")
        self._filled = name == "table-cell" and "value-type" in attributes
        self._span = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        self._words.clear()
        self._said.clear()
        self._broken, self._aside = False, 0
        if "formula" in attributes:
            self.found[-1].computed((self._row, self._column), attributes["formula"])

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "table":
            self._depth -= 1
        elif name == "annotation":
            self._aside -= 1
        elif self._depth == 1 and name in _CELLS:
            seen, place, said = self.found[-1], (self._row, self._column), "".join(self._words).strip()
            if said or self._filled:
                seen.reach(self._row + self._rows - 1, self._column + self._columns - 1)
            if said in _ERRORS or (said.startswith("Err:") and place in seen.formulas):
                seen.errors[place] = said
            if self._broken and self._filled and self._rows == self._columns == 1:
                seen.texts[place] = "".join(self._said)[:LONGEST]
            if self._span != (1, 1):
                seen.merged.append((place, (self._row + self._span[0] - 1, self._column + self._span[1] - 1)))

    def text(self, piece: str) -> None:
        """Words inside of a cell; as many as tell whether there are any, and whether they are an error."""
        if self._depth != 1:
            return
        if len(self._words) < 16:
            self._words.append(piece)
        if not self._aside and len(self._said) < _MOST_PIECES:
            self._said.append(piece)


def _count(attributes: Mapping[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 10 else 1
