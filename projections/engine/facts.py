"""What an event says, as plain values, and the sealed texts of an answer.

Prose stays sealed: what a question answers holds `Prose` with a token, which the caller opens in the vault.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
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


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | Prose):
        return value
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
    return {prose.token for prose in _prose_in(answer) if prose.token is not None}


def _prose_in(value: object) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _prose_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _prose_in(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _prose_in(getattr(value, field.name))
