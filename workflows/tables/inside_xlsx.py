"""What lies behind the cells of a workbook of Excel."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final

from workflows.accepted_files.zipped import Part
from workflows.tables.cells import NOT_COMPUTED, Place
from workflows.tables.inspecting import Seen, nothing, walk
from workflows.tables.refusals import LINKED, UNREADABLE, TableRefused

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MAIN: Final = "xl/workbook.xml"


def inside_xlsx(parts: Mapping[str, Part]) -> list[Seen]:
    """Its sheets, in their order. Raises `TableRefused`."""
    if any("externallinks/" in name.casefold() for name in parts):
        raise TableRefused(LINKED)
    main = _MAIN if _MAIN in parts else _other_main(parts)
    folder = posixpath.dirname(main)
    relations = _relations(parts, f"{folder}/_rels/{posixpath.basename(main)}.rels")
    found: list[tuple[Seen, str]] = []

    from_1904 = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal from_1904
        if name == "workbookPr":
            from_1904 = attributes.get("date1904", "") in ("1", "true")
        if name == "sheet":
            target = relations.get(attributes.get("id", ""), "")
            where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            visible = attributes.get("state", "visible") == "visible"
            found.append((Seen(attributes.get("name", ""), visible), where))

    walk(parts[main], start, nothing, nothing)
    for seen, where in found:
        seen.counts_from_1904 = from_1904
        if where in parts and posixpath.basename(posixpath.dirname(where)) == "worksheets":
            reader = _Sheet(seen)
            walk(parts[where], reader.start, reader.end, reader.text)
    return [seen for seen, _ in found]


def _other_main(parts: Mapping[str, Part]) -> str:
    """The part that lists the sheets, where it has an unusual name."""
    for target in _relations(parts, "_rels/.rels", "/officeDocument").values():
        if target.lstrip("/") in parts:
            return target.lstrip("/")
    raise TableRefused(UNREADABLE)


def _relations(parts: Mapping[str, Part], where: str, kind: str = "") -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(kind):
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    if where in parts:
        walk(parts[where], start, nothing, nothing)
    return found


def _place(reference: str) -> Place | None:
    if (match := _REFERENCE.fullmatch(reference)) is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


class _Sheet:
    """One sheet, element by element. A cell that says no place follows the one before, as the format has it."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._row, self._column, self._kind = -1, -1, ""
        self._inside, self._valued = "", False
        self._said: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "row":
            said = attributes.get("r", "")
            self._row, self._column = (int(said) - 1 if said.isdecimal() and len(said) < 9 else self._row + 1), -1
            if attributes.get("hidden") in ("1", "true"):
                self._seen.hidden.add(self._row)
        elif name == "c":
            self._valued = False
            self._row, self._column = _place(attributes.get("r", "")) or (self._row, self._column + 1)
            self._kind = attributes.get("t", "")
        elif name in ("f", "v", "is"):
            self._inside = "" if name == "is" else name
            self._seen.reach(max(self._row, 0), max(self._column, 0))
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            if (one := _place(first)) and (other := _place(last or first)):
                self._seen.merged.append((one, other))

    def end(self, name: str) -> None:
        """An element ends."""
        place = (self._row, self._column)
        if name == "c" and place in self._seen.formulas and not self._valued and self._kind != "str":
            self._seen.errors[place] = NOT_COMPUTED  # in words, a formula may well say nothing
        if name != self._inside or not name:
            return
        said = "".join(self._said)
        if name == "f":
            self._seen.computed(place, said)
        elif said:
            self._valued = True
        if name == "v" and self._kind == "e":
            self._seen.errors[place] = said
        self._inside = ""
        self._said.clear()

    def text(self, piece: str) -> None:
        """Words inside of an element."""
        if self._inside:
            self._said.append(piece)
