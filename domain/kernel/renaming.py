"""What is said of one id, said of another: in events that are read, and in commands that are decided again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from domain.kernel.events import Event

ValueT = TypeVar("ValueT")


def renamed(value: ValueT, names: Mapping[UUID, UUID]) -> ValueT:
    """A value with ids replaced wherever it names them; of ids that become equal in one list, the first stays.

    It is the value itself where none of them is in it.
    """
    return _renamed(value, names)  # type: ignore[no-any-return]


def _renamed(value: Any, names: Mapping[UUID, UUID]) -> Any:
    if isinstance(value, UUID):
        return names.get(value, value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        found = tuple(_renamed(one, names) for one in value)
        if all(one is other for one, other in zip(found, value, strict=True)):
            return value
        return tuple(dict.fromkeys(found)) if all(isinstance(one, UUID) for one in found) else found
    if is_dataclass(value) and not isinstance(value, type):
        here = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        changed = {name: now for name, said in here.items() if (now := _renamed(said, names)) is not said}
        return replace(value, **changed) if changed else value
    return value


def renamed_event(event: Event, names: Mapping[UUID, UUID]) -> Event:
    """An event as it would have been recorded of the other ids: in its payload, and for whom it was done."""
    said = vars(event)
    kept = ("originator_id", "originator_version", "timestamp", "envelope")
    changed = {
        name: now for name, value in said.items() if name not in kept and (now := _renamed(value, names)) is not value
    }
    envelope = event.envelope
    represented = envelope.on_behalf_of
    if represented is not None and represented in names:
        changed["envelope"] = replace(envelope, on_behalf_of=names[represented])
    if not changed:
        return event
    copy = object.__new__(type(event))
    object.__setattr__(copy, "__dict__", {**said, **changed})
    return copy


def ids_in(value: object) -> Iterator[UUID]:
    """Every id that a value names."""
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from ids_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from ids_in(getattr(value, each.name))
