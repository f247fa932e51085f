"""Images: from their first byte to their last, with nothing behind."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from workflows.accepted_files.kinds import DAMAGED, TOO_MUCH_INSIDE, TWO_IN_ONE, FileRefused

MOST_DOTS: Final = 200_000_000
"""What a viewer may have to draw: four times the largest scan of a page."""

_PNG_HEAD: Final = 8
_CHUNK: Final = struct.Struct(">I4s")
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN: Final = 0xDA
_END: Final = b"\xff\xd9"


def require_png(data: bytes) -> None:
    """Raise `FileRefused` unless every chunk is whole and the last is the end."""
    at, is_first = _PNG_HEAD, True
    while at + _CHUNK.size <= len(data):
        length, kind = _CHUNK.unpack_from(data, at)
        end = at + _CHUNK.size + length + 4
        body = data[at + 4 : end - 4]
        if end > len(data) or zlib.crc32(body) != int.from_bytes(data[end - 4 : end]) or is_first != (kind == b"IHDR"):
            raise FileRefused(DAMAGED)
        if is_first:
            _require_drawable(*struct.unpack_from(">II", body, 4) if length >= 8 else (0, 0))
        if kind == b"IEND":
            if end != len(data):
                raise FileRefused(TWO_IN_ONE)
            return
        at, is_first = end, False
    raise FileRefused(DAMAGED)


def require_jpeg(data: bytes) -> None:
    """Raise `FileRefused` unless its segments lead to a picture that ends.

    Cameras write more behind the end (a second, smaller picture): it is left alone.
    """
    at, drawn = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise FileRefused(DAMAGED)
        kind = data[at + 1]
        if kind == 0xFF:  # a filler
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            raise FileRefused(DAMAGED)
        if kind in _FRAMES and length >= 8:
            _require_drawable(int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9]))
            drawn = True
        if kind == _START_OF_SCAN:
            if not drawn or _END not in data[at:]:
                raise FileRefused(DAMAGED)
            return
        at += 2 + length
    raise FileRefused(DAMAGED)


def _require_drawable(width: int, height: int) -> None:
    if not width or not height:
        raise FileRefused(DAMAGED)
    if width * height > MOST_DOTS:
        raise FileRefused(TOO_MUCH_INSIDE)
