"""What reads JSON into our dataclasses, made by one thread at a time.

The first time that the library reads a type it finds out its fields, and keeps what it found with the type before it is
whole: another thread that begins with the same type meanwhile takes the half of it, and the process dies of that, with
no word. Every type of ours that is read goes through here; once made, a decoder serves all threads at once.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Final

import msgspec

_making: Final = RLock()
"""Held by whoever makes a decoder."""


def decoder_of(kind: Any, dec_hook: Callable[[type, Any], Any] | None = None) -> msgspec.json.Decoder[Any]:
    """What reads this type from JSON."""
    with _making:
        return msgspec.json.Decoder(kind, dec_hook=dec_hook)


def converted(value: Any, kind: Any, dec_hook: Callable[[type, Any], Any] | None = None) -> Any:
    """Plain values as this type. Raises `msgspec.ValidationError`."""
    with _making:
        return msgspec.convert(value, kind, dec_hook=dec_hook)
