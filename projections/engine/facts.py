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


def facts_of(event: Event) -> dict[str, Any]:
    """The payload of an event as JSON values (dates and ids as text), its free texts as `Prose`, no envelope."""
    return {name: _plain(value) for name, value in vars(event).items() if name not in _NOT_FACTS}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool | Prose):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
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
