"""Events to JSON and back: msgspec over the frozen dataclasses, prose sealed on the way in.

Knows nothing of the event store library: `workflows/application.py` gives this the library's shape.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple, NotRequired, TypedDict, get_type_hints
from uuid import UUID

import msgspec

from domain.kernel import EVENTS, Event
from domain.values import InvalidValue, Prose
from workflows.decoders import converted, decoder_of
from workflows.seals import new_key, seal_text

_IN_COLUMNS: Final = ("originator_id", "originator_version")
_CLASS_VERSION: Final = "class_version"
"""Stands in a payload from the second shape of an event on."""


class UnreadableEvent(ValueError):
    """A stored event that this version cannot read: an unknown topic, or a payload of another shape."""


def open_nothing(kind: type, value: Any) -> Any:
    """Read back a sealed text as it is; only the question that answers opens it."""
    if kind is Prose:
        return Prose(token=value)
    raise NotImplementedError(f"no decoding for {kind}")


class _Reader(NamedTuple):
    """How the events of a topic are read: `payload` is what they carry, `decode` reads it as it is written now."""

    event_class: type[Event]
    class_version: int
    payload: Any
    decode: Callable[[str | bytes], dict[str, Any]]


_READERS: Final[dict[str, _Reader]] = {}


def _reader(topic: str) -> _Reader | None:
    event_class = EVENTS.get(topic)
    if event_class is None:
        return None
    hints = get_type_hints(event_class)
    names = [field.name for field in dataclasses.fields(event_class) if field.name not in _IN_COLUMNS]
    fields = {**{name: hints[name] for name in names}, _CLASS_VERSION: NotRequired[int]}
    payload: Any = TypedDict("Payload", fields)  # type: ignore[misc]
    decoder = decoder_of(payload, open_nothing)
    class_version = getattr(event_class, _CLASS_VERSION, 1)
    return _READERS.setdefault(topic, _Reader(event_class, class_version, payload, decoder.decode))


def encode(event: Event) -> tuple[bytes, bytes | None]:
    """The JSON of an event's payload, envelope inside it, and the new key that seals its prose, if it has any.

    A text that is already sealed is repeated as it is: it stays under the key of the event that first said it.
    """
    payload = {name: value for name, value in vars(event).items() if name not in _IN_COLUMNS}
    class_version = getattr(type(event), _CLASS_VERSION, 1)
    if class_version > 1:
        payload[_CLASS_VERSION] = class_version
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


def decode(topic: str, stream_id: UUID, version: int, state: str | bytes) -> Event:
    """The event of a row of the log, older shapes brought up to date.

    Raises `UnreadableEvent` for one of a later release, whatever of it could be read: what it adds is not known here.
    """
    reader = _READERS.get(topic) or _reader(topic)
    if reader is None:
        raise UnreadableEvent(f"{topic} ({stream_id} v{version}) is not an event of this version")
    try:
        payload = reader.decode(state) if reader.class_version == 1 else msgspec.json.decode(state)
        written = payload.pop(_CLASS_VERSION, 1)
        if written > reader.class_version:
            raise UnreadableEvent(f"{topic} ({stream_id} v{version}) is of class version {written}: of a later release")
        if reader.class_version > 1:
            payload = _upcast(reader, payload, written)
    except (msgspec.MsgspecError, InvalidValue) as error:
        raise UnreadableEvent(f"{topic} ({stream_id} v{version}): {error}") from error
    payload["originator_id"] = stream_id
    payload["originator_version"] = version
    event = object.__new__(reader.event_class)
    object.__setattr__(event, "__dict__", payload)
    return event


def decode_log(rows: Iterable[tuple[int, UUID, int, str, str]]) -> list[tuple[int, Event]]:
    """The events of rows of the log (position, stream, version, topic, state), each with its position.

    As `decode` for each, in one loop: whoever reads the whole log waits for nothing else. Raises `UnreadableEvent`.
    """
    readers, new, put = _READERS, object.__new__, object.__setattr__
    decoded: list[tuple[int, Event]] = []
    for position, stream_id, version, topic, state in rows:
        reader = readers.get(topic)
        if reader is None or reader.class_version > 1:
            decoded.append((position, decode(topic, stream_id, version, state)))
            continue
        try:
            payload = reader.decode(state)
        except (msgspec.MsgspecError, InvalidValue):
            payload = {_CLASS_VERSION: None}
        if _CLASS_VERSION in payload:
            decoded.append((position, decode(topic, stream_id, version, state)))  # which says what is wrong with it
            continue
        payload["originator_id"] = stream_id
        payload["originator_version"] = version
        event = new(reader.event_class)
        put(event, "__dict__", payload)
        decoded.append((position, event))
    return decoded


def _upcast(reader: _Reader, payload: dict[str, Any], written: int) -> dict[str, Any]:
    for version in range(written, reader.class_version):
        upcast: Callable[[dict[str, Any]], None] = getattr(reader.event_class, f"upcast_v{version}_v{version + 1}")
        upcast(payload)
    current: dict[str, Any] = converted(payload, reader.payload, open_nothing)
    return current
