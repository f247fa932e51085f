"""Values as PostgreSQL takes them in binary, by their type."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, TypeAlias
from uuid import UUID

Encode: TypeAlias = Callable[[Any], bytes]

_DAY_ZERO: Final = date(2000, 1, 1).toordinal()
_integer: Final = struct.Struct(">i").pack
_length: Final = struct.Struct(">i").pack
_head_of_array: Final = struct.Struct(">iiIii").pack
_NOTHING: Final = _length(-1)


def _uuid(value: UUID) -> bytes:
    return value.int.to_bytes(16, "big")


def _date(value: date) -> bytes:
    return _integer(value.toordinal() - _DAY_ZERO)


def _boolean(value: bool) -> bytes:
    return b"\x01" if value else b"\x00"


_KINDS: Final[dict[str, tuple[int, Encode]]] = {
    "boolean": (16, _boolean),
    "bytea": (17, bytes),
    "bigint": (20, struct.Struct(">q").pack),
    "int": (23, _integer),
    "integer": (23, _integer),
    "text": (25, str.encode),
    "date": (1082, _date),
    "uuid": (2950, _uuid),
}
"""The number by which PostgreSQL knows each type, the same in every database, and the form of its values."""


def encoder(kind: str) -> Encode:
    """What writes values of a type, or (`uuid[]`) rows of them. Raises KeyError for a type that no append binds."""
    name, _, brackets = kind.lower().partition("[")
    number, encode = _KINDS[name]
    if not brackets:
        return encode

    def encode_all(values: Sequence[Any]) -> bytes:
        parts = [_head_of_array(1, int(None in values), number, len(values), 1)]
        for value in values:
            if value is None:
                parts.append(_NOTHING)
            else:
                encoded = encode(value)
                parts += (_length(len(encoded)), encoded)
        return b"".join(parts)

    return encode_all
