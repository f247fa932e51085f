"""What an event says, as plain values, and the sealed texts of an answer.

Prose stays sealed: what a question answers holds `Prose` with a token, which the caller opens in the vault.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final
from uuid import UUID

from domain.kernel import Event
from domain.values import Prose

_NOT_FACTS: Final = frozenset({"timestamp", "envelope", "originator_id", "originator_version", "originator_topic"})


class Facts(Mapping[str, Any]):
    """The payload of an event as JSON values (dates and ids as text), its free texts as `Prose`, no envelope.

    Each is made when it is asked for: most questions ask for none.
    """

    __slots__ = ("_event",)

    def __init__(self, event: Event) -> None:
        self._event = event

    def __getitem__(self, name: str) -> Any:
        if name in _NOT_FACTS:
            raise KeyError(name)
        return _plain(vars(self._event)[name])

    def __iter__(self) -> Iterator[str]:
        return (name for name in vars(self._event) if name not in _NOT_FACTS)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


def as_number(value: Decimal) -> int | float:
    """A decimal as a number of JSON, which holds it exactly: as many digits as a measure may have."""
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | Prose):
        return value
    if isinstance(value, Decimal):
        return as_number(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | list | frozenset | set):
        return [_plain(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}


def prose_tokens(answer: object) -> set[str]:
    """Every sealed text in an answer, whatever its depth: what to give to `Vault.open_texts`."""
    found: set[str] = set()
    _gather(answer, found)
    return found


def _gather(value: Any, found: set[str]) -> None:
    kind: Any = type(value)
    if kind in _PLAIN:
        return
    if kind is Prose:
        if value.token is not None:
            found.add(value.token)
    elif kind in (tuple, list, set, frozenset):
        for one in value:
            _gather(one, found)
    elif isinstance(value, Mapping):
        for one in value.values():
            _gather(one, found)
    else:
        for name in _fields_of(kind):
            _gather(getattr(value, name), found)


_PLAIN: Final = frozenset({type(None), str, int, float, bool, UUID, date, datetime, time, Decimal})


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
