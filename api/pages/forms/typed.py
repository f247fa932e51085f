"""What was typed in a form, read back: a flat list of names and values, and the tree that a command's model wants.

Names are those of the fields, dots between levels and numbers for rows: `findings.0.theme`. Nothing typed is lost:
the form is shown again from the very same values.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, Union

from api.pages.forms import amounts
from api.schemas import LIST_LIMIT
from domain.agenda import Occurrence
from domain.kernel import Command
from domain.steering import DecisionReference
from domain.subjects import FactReference
from domain.values import Attendance, Cell, Evidence, LocalId, Prose, Sha256, deterministic_id, local_id

GRID = "attendance_by_expertise"
"""The field that the forum grid fills, together with `cells_covered`."""

SEPARATOR = "/"
CHOSEN_WHOLE = (DecisionReference, FactReference, Occurrence)
"""What is chosen from a list as a whole, its parts set apart."""
"""Between the parts of a decision chosen in a list; an id never holds it."""

FORM_ID = "form_id"
"""A hidden name of the form, so that sent twice it says the same thing."""

NUMBERED = frozenset({"finding_id", "decision_id", "item_id"})
"""Ids of what a row creates, given by the form."""

LISTED = frozenset({"sheet_id"})
"""Columns that the form fills beforehand: alone they do not make a row."""


OTHER_TEXT = "other"
"""The choice of a text that is none of the adopted ones."""


NEW = "+"
"""The choice of something that is not in the list; no id is written so."""


@dataclasses.dataclass(frozen=True)
class Typed:
    """The values of a posted form, several for one name where boxes are ticked."""

    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Typed:
        """From the names and values of a form, in their order."""
        gathered: dict[str, list[str]] = {}
        for name, value in pairs:
            gathered.setdefault(name, []).append(value)
        return cls({name: tuple(values) for name, values in gathered.items()})

    def one(self, name: str) -> str:
        """The value of a name, empty when it was not sent."""
        return (self.values.get(name) or ("",))[-1]

    @property
    def ones(self) -> dict[str, str]:
        """The value of each name."""
        return {name: self.one(name) for name in self.values}

    def many(self, name: str) -> tuple[str, ...]:
        """The values ticked under a name."""
        return tuple(value for value in self.values.get(name, ()) if value)

    def rows(self, name: str) -> int:
        """How many rows were sent for a repeating field."""
        sent = [key[len(name) + 1 :].partition(".")[0] for key in self.values if key.startswith(name + ".")]
        numbers = [number for number in map(number_of, sent) if number is not None]
        return max((number + 1 for number in numbers if number < LIST_LIMIT), default=0)


def number_of(text: str) -> int | None:
    """The number that a form carries for itself; None for what is none."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None


def created_id(name: str, form_id: str) -> str:
    """The id of what a form creates: the same when the form is sent twice."""
    return local_id("form", form_id, name)


def bare(hint: Any) -> tuple[Any, bool]:
    """A type without its `None`, and whether it had one."""
    if typing.get_origin(hint) in (Union, types.UnionType):
        arguments = [one for one in typing.get_args(hint) if one is not type(None)]
        return arguments[0], True
    return hint, False


def item_of(hint: Any) -> Any | None:
    """What a tuple repeats, None for anything else."""
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0]
    return None


def counts_of(path: str) -> tuple[str, ...]:
    """The fields that make a count of people by expertise, where no grid does."""
    return tuple(f"{path}.{field.name}" for field in dataclasses.fields(Attendance))


def tree(command: type[Command], typed: Typed) -> dict[str, Any]:
    """The fields of a command as typed, for its model to check: empty ones left out, empty rows passed over."""
    hints = typing.get_type_hints(command)
    found: dict[str, Any] = {}
    for field in dataclasses.fields(command):
        if field.name == "stream_id" or (field.name == "cells_covered" and GRID in hints):
            continue
        value = _value(hints[field.name], field.name, typed)
        if value is not None and value != []:
            found[field.name] = value
    if GRID in hints:
        found[GRID] = {
            "technical": typed.one(f"{GRID}.count.TECHNICAL").strip(),
            "political": typed.one(f"{GRID}.count.POLITICAL").strip(),
            "usage": typed.one(f"{GRID}.count.USAGE").strip(),
        }
        cells = (cell.partition(".") for cell in typed.many(f"{GRID}.cell"))
        found["cells_covered"] = [{"expertise": expertise, "side": side} for expertise, _, side in cells]
    return found


def _value(hint: Any, path: str, typed: Typed) -> Any:
    hint, _ = bare(hint)
    if hint in CHOSEN_WHOLE:
        parts = typed.one(path).split(SEPARATOR)
        names = tuple(field.name for field in dataclasses.fields(hint))
        return dict(zip(names, parts, strict=True)) if len(parts) == len(names) else None
    if hint is Attendance:
        return {one.rpartition(".")[2]: said for one in counts_of(path) if (said := typed.one(one).strip())}
    if hint is Cell:
        return None
    item = item_of(hint)
    if item is not None and dataclasses.is_dataclass(item):
        rows = [_row(item, f"{path}.{number}", typed) for number in range(typed.rows(path))]
        return [row for row in rows if row]
    if item is Prose:
        return [line for line in (part.strip() for part in typed.one(path).splitlines()) if line]
    if item is not None:
        return list(typed.many(path))
    text = fingerprint_of(typed, path) if hint is Sha256 else typed.one(path)
    if hint is not Prose:
        text = text.strip()
    if hint is int and amounts.is_amount(path) and text:
        return amounts.kept(text)
    if hint is bool:
        return text == "true"
    if hint is LocalId and text == NEW:
        return created_id(path, typed.one(FORM_ID))
    return text if text.strip() else None


def fingerprint_of(typed: Typed, path: str) -> str:
    """The fingerprint of a text: of the file joined, else the one typed, else the one of the text chosen."""
    chosen = typed.one(f"{path}.choice")
    return (
        typed.one(f"{path}.sha256").strip()
        or typed.one(path).strip().lower()
        or (chosen if chosen != OTHER_TEXT else "")
    )


def _row(kind: Any, path: str, typed: Typed) -> dict[str, Any]:
    """One row; nothing when all that a person types in it is empty.

    What it creates is numbered after the form, or keeps the id that it was first given.
    """
    if kind is Evidence:
        joined = joined_text(typed, path)
        return {**joined, "document_id": str(deterministic_id("document", joined["sha256"]))} if joined else {}
    hints = typing.get_type_hints(kind)
    row: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.name in NUMBERED:
            name = f"{path}.{field.name}"
            row[field.name] = typed.one(name) or created_id(name, typed.one(FORM_ID))
        else:
            row[field.name] = _value(hints[field.name], f"{path}.{field.name}", typed)
    typed_in = [name for name, value in row.items() if value is not None and hints[name] is not bool]
    typed_in = [name for name in typed_in if name not in NUMBERED and name not in LISTED]
    if not typed_in:
        return {}
    return {name: value for name, value in row.items() if value is not None or bare(hints[name])[1]}


def joined_text(typed: Typed, path: str) -> dict[str, str] | None:
    """The file joined as a text, as a document: title and sha256; None when none was."""
    sha256 = typed.one(f"{path}.sha256")
    return {"title": typed.one(f"{path}.title").strip(), "sha256": sha256} if sha256 else None


def evidence_rows(typed: Typed) -> list[dict[str, str]]:
    """The documents typed: title and sha256."""
    found = []
    for number in range(typed.rows("evidence")):
        title = typed.one(f"evidence.{number}.title").strip()
        sha256 = typed.one(f"evidence.{number}.sha256").strip().lower()
        if title or sha256:
            found.append({"title": title, "sha256": sha256})
    return found
