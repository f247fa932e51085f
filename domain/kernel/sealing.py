"""Free texts sealed where they stand in a payload, before the fact is applied: memory then says what the log says."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.values import Prose

Sealer: TypeAlias = Callable[[str, UUID], str]
"""Gives the sealed token of a text, under the key of the event that says it first."""

Opener: TypeAlias = Callable[[Iterable[str]], Mapping[str, str | None]]
"""Gives the words of sealed tokens, None for those that were erased."""

_Seal: TypeAlias = Callable[[Prose], Prose]
_Walk: TypeAlias = Callable[[Any, _Seal], Any]


def sealed_payload(event_class: type, payload: dict[str, Any], seal: _Seal) -> dict[str, Any]:
    """The payload of an event with every text of it sealed."""
    for name, walk in _texts_of(event_class):
        if name in payload:
            payload[name] = walk(payload[name], seal)
    return payload


@cache
def _texts_of(kind: Any) -> tuple[tuple[str, _Walk], ...]:
    """The fields of a dataclass that hold texts, at whatever depth, and how to reach them."""
    hints = get_type_hints(kind)
    found = ((field.name, _walk_of(hints[field.name])) for field in dataclasses.fields(kind))
    return tuple((name, walk) for name, walk in found if walk is not None)


def _walk_of(hint: Any) -> _Walk | None:
    if hint is Prose:
        return lambda value, seal: seal(value)
    if get_origin(hint) in (Union, types.UnionType):
        some = [walk for one in get_args(hint) if (walk := _walk_of(one)) is not None]
        return _optional(some[0]) if some else None
    if get_origin(hint) is tuple:
        each, *others = get_args(hint)
        assert others == [Ellipsis] or not any(map(_walk_of, (each, *others))), f"texts in a fixed row: {hint}"
        walk = _walk_of(each)
        return _every(walk) if walk is not None else None
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and _texts_of(hint):
        return _inside
    return None


def _optional(walk: _Walk) -> _Walk:
    return lambda value, seal: None if value is None else walk(value, seal)


def _every(walk: _Walk) -> _Walk:
    return lambda values, seal: tuple(walk(value, seal) for value in values)


def _inside(value: Any, seal: _Seal) -> Any:
    kind: Any = type(value)
    changed = {}
    for name, walk in _texts_of(kind):
        said = getattr(value, name)
        sealed = walk(said, seal)
        if sealed is not said:
            changed[name] = sealed
    if not changed:
        return value  # nothing was written here, which is so of most envelopes
    copy = object.__new__(kind)  # its own checks were passed when it was made, on the clear text
    for name in _names_of(kind):
        object.__setattr__(copy, name, changed[name] if name in changed else getattr(value, name))
    return copy


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
