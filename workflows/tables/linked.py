"""The schemes and contracts that an action is linked to: named in cells, or ticked in columns of their own."""

from __future__ import annotations

import re
from typing import Any, Final

from domain.values import Code
from workflows.tables.asking import Asker
from workflows.tables.cells import Cell
from workflows.tables.cells_as import lines_in
from workflows.tables.choices import truth_of
from workflows.tables.fields import LINKS, SCHEMES, field_of
from workflows.tables.identity import fingerprint_of
from workflows.tables.reading import Choice, Read, asked, refused, sure
from workflows.tables.taken import Fault, TakenRow
from workflows.tables.words import folded, head_words

_BETWEEN: Final = re.compile(r"\s*(?:[,/+&]|\bet\b)\s*", re.IGNORECASE)
_NOTHING: Final = re.compile(r"(aucun(e)?( lien)?|neant|sans objet|so|n/?a|-+|/|\.+|non)")


def link(asker: Asker, taken: TakenRow) -> None:
    """Read the links of a row into it: those of all its columns together."""
    field_ = field_of(LINKS)
    assert field_ is not None, "a field of ours"
    cells = [(column, asker.table.cell(taken.row, column)) for column, one in asker.fields if one.code == LINKS]
    base = asker.mapped.identity.base_of(taken.key, LINKS) if taken.key else None
    if base is not None and cells:
        if base == fingerprint_of(cells[0][1].shown):
            return  # nobody changed it since the export
        if cells[0][1].is_empty:
            taken.faults.append(Fault(Code("emptied"), cells[0][1]))
            return
    found: dict[str, None] = {}
    for column, cell in cells:
        if cell.is_empty:
            continue
        part = TakenRow(taken.row, "", known=taken.known)
        read = read_links(cell, asker.table.heads.get(column, ""))
        if read.fault is not None:
            part.faults.append(Fault(read.fault, cell))
        elif read.doubt is not None:
            asker.ask(part, field_, cell, read)
        taken.asked += part.asked
        taken.faults += part.faults
        taken.cells.setdefault(LINKS, cell)
        found |= dict.fromkeys(read.value or part.values.get(LINKS) or ())
    if found:
        taken.values[LINKS] = tuple(found)


def read_links(cell: Cell, head: str) -> Read[Any]:
    """What a cell names. A yes is the scheme that its column names; where the column names none, which is asked."""
    if cell.error:
        return refused("error")
    said = folded(cell.shown).strip(" .")
    named = SCHEMES.fullmatch(head_words(head)) is not None
    if (truth := truth_of(cell)) is not None or (named and len(said) <= 1):
        if truth is False or (not truth and not said):
            return sure(None)
        return sure((head.strip(),)) if named else asked("which-link", [])
    if _NOTHING.fullmatch(said):
        return sure(None)
    lines = lines_in(cell.shown)
    if len(lines) != 1:
        return sure(lines or None)
    parts = tuple(dict.fromkeys(one.strip() for one in _BETWEEN.split(lines[0]) if one.strip()))
    if len(parts) < 2:
        return sure(lines)
    if all(SCHEMES.fullmatch(head_words(one)) for one in parts):
        return sure(parts)
    return asked("several-links", [Choice("apart", parts), Choice("whole", lines)])
