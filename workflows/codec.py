"""Events to JSON and back: msgspec over the frozen dataclasses, prose sealed on the way in.

Knows nothing of the event store library: `workflows/application.py` gives this the library's shape.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any, TypedDict, get_type_hints
from uuid import UUID

import msgspec

from domain.kernel import EVENTS, Event
from domain.values import InvalidValue, Prose
from workflows.people import new_key, seal_text

_IN_COLUMNS = ("originator_id", "originator_version")


class UnreadableEvent(ValueError):
    """A stored event that this version cannot read: an unknown topic, or a payload of another shape."""


def _open_nothing(kind: type, value: Any) -> Any:
    """Read back a sealed text as it is; only the question that answers opens it."""
    if kind is Prose:
        return Prose(token=value)
    raise NotImplementedError(f"no decoding for {kind}")


@cache
def _payload_type(event_class: type[Event]) -> Any:
    hints = get_type_hints(event_class)
    names = [field.name for field in dataclasses.fields(event_class) if field.name not in _IN_COLUMNS]
    return TypedDict(event_class.__name__, {name: hints[name] for name in names})  # type: ignore[operator]


@cache
def _decoder(event_class: type[Event]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_payload_type(event_class), dec_hook=_open_nothing)


def encode(event: Event) -> tuple[bytes, bytes | None]:
    """The JSON of an event's payload, envelope inside it, and the new key that seals its prose, if it has any.

    A text that is already sealed is repeated as it is: it stays under the key of the event that first said it.
    """
    payload = {name: value for name, value in vars(event).items() if name not in _IN_COLUMNS}
    class_version = getattr(type(event), "class_version", 1)
    if class_version > 1:
        payload["class_version"] = class_version
    keys: list[bytes] = []

    def seal(value: Any) -> Any:
        if not isinstance(value, Prose):
            raise NotImplementedError(f"no encoding for {type(value)}")
        if value.token is not None:
            return value.token
        if not keys:
            keys.append(new_key())
        return seal_text(value.text or "", keys[0], event.envelope.event_id)

    return msgspec.json.encode(payload, enc_hook=seal), keys[0] if keys else None


def decode(topic: str, stream_id: UUID, version: int, state: bytes) -> Event:
    """The event of a row of the log, older shapes brought up to date. Raises `UnreadableEvent`."""
    event_class = EVENTS.get(topic)
    if event_class is None:
        raise UnreadableEvent(f"{topic} ({stream_id} v{version}) is not an event of this version")
    try:
        if getattr(event_class, "class_version", 1) > 1:
            payload = _upcast(event_class, msgspec.json.decode(state))
        else:
            payload = _decoder(event_class).decode(state)
    except (msgspec.MsgspecError, InvalidValue) as error:
        raise UnreadableEvent(f"{topic} ({stream_id} v{version}): {error}") from error
    payload["originator_id"] = stream_id
    payload["originator_version"] = version
    event = object.__new__(event_class)
    object.__setattr__(event, "__dict__", payload)
    return event


def _upcast(event_class: type[Event], payload: dict[str, Any]) -> dict[str, Any]:
    wanted: int = getattr(event_class, "class_version", 1)
    for version in range(payload.pop("class_version", 1), wanted):
        upcast: Callable[[dict[str, Any]], None] = getattr(event_class, f"upcast_v{version}_v{version + 1}")
        upcast(payload)
    converted: dict[str, Any] = msgspec.convert(payload, _payload_type(event_class), dec_hook=_open_nothing)
    return converted
