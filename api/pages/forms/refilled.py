"""A form filled with what an act said: the way back from a command to what a person would have typed."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from api.pages.forms import amounts
from api.pages.forms.options import Options
from api.pages.forms.typed import CHOSEN_WHOLE, GRID, OTHER_TEXT, SEPARATOR, Typed, bare, counts_of, item_of
from domain.values import Attendance, Evidence, Prose, Sha256

Pairs = Iterator[tuple[str, str]]
SaidOf = Callable[[Prose], str | None]


def typed_of(command: Any, evidence: tuple[Evidence, ...], options: Options, said: SaidOf) -> Typed:
    """What would be typed to say a command again, or a part of one, with its documents; an erased text is left to be
    typed anew."""
    filling = _Filling(options, said)
    pairs = list(filling.fields(command, ""))
    for number, document in enumerate(evidence):
        pairs += [
            (f"evidence.{number}.title", said(document.title) or ""),
            (f"evidence.{number}.sha256", document.sha256),
        ]
    return Typed.of(pairs)


@dataclasses.dataclass(frozen=True)
class _Filling:
    options: Options
    said: SaidOf

    def fields(self, holder: Any, under: str) -> Pairs:
        """Every field of a command or of one of its rows."""
        hints = typing.get_type_hints(type(holder))
        for field in dataclasses.fields(holder):
            if field.name not in ("stream_id", *self.options.hidden):
                yield from self._field(bare(hints[field.name])[0], f"{under}{field.name}", getattr(holder, field.name))

    def _field(self, hint: Any, path: str, value: Any) -> Pairs:
        if value is None:
            return
        if hint is Attendance and path != GRID:
            yield from ((one, str(getattr(value, one.rpartition(".")[2]))) for one in counts_of(path))
        elif hint is Attendance:
            counts = {"TECHNICAL": value.technical, "POLITICAL": value.political, "USAGE": value.usage}
            yield from ((f"{GRID}.count.{name}", str(count)) for name, count in counts.items())
        elif path == "cells_covered":
            yield from ((f"{GRID}.cell", f"{cell.expertise.value}.{cell.side.value}") for cell in value)
        elif hint in CHOSEN_WHOLE:
            yield path, SEPARATOR.join(str(getattr(value, one.name)) for one in dataclasses.fields(hint))
        elif hint is Sha256:
            yield from self._text(path, value)
        elif (item := item_of(hint)) is not None:
            yield from self._several(item, path, value)
        elif hint is int and amounts.is_amount(path):
            yield path, amounts.typed(value)
        else:
            yield path, self._one(value)

    def _several(self, item: Any, path: str, values: Any) -> Pairs:
        if item is Prose:
            yield path, "\n".join(self._one(one) for one in values)
        elif dataclasses.is_dataclass(item):
            for number, one in enumerate(values):
                yield from self.fields(one, f"{path}.{number}.")
        else:
            yield from ((path, self._one(one)) for one in values)

    def _text(self, path: str, sha256: str) -> Pairs:
        """A text: the one that was adopted, or its fingerprint as typed."""
        adopted = [choice.value for choice in self.options.choices.get(path, ())]
        if sha256 in adopted:
            yield f"{path}.choice", sha256
        else:
            yield f"{path}.choice", OTHER_TEXT
            yield path, sha256

    def _one(self, value: Any) -> str:
        if isinstance(value, Prose):
            return self.said(value) or ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Decimal):
            return f"{value:f}".replace(".", ",")
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, Enum):
            return str(value.value)
        return value.isoformat() if isinstance(value, date) else str(value)


def is_id(text: str) -> bool:
    """Whether a value of a list is the id of something."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
