"""Archives, read without trusting a word of what they say of themselves.

Every part is unpacked once, in memory and in pieces: its size, its checksum and where it lies must be what the
directory says, nothing may lie between, before or after the parts, and all of it together may not be much more than a
person writes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.accepted_files.kinds import DAMAGED, LOCKED, TOO_MUCH_INSIDE, TWO_IN_ONE, FileRefused

_END: Final = struct.Struct("<4s4H2LH")
_END_SIGN: Final = b"PK\x05\x06"
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_PIECE: Final = 1 << 18

MOST_PARTS: Final = 5_000
MOST_INSIDE: Final = 200 << 20
"""Bytes that all parts may be together once unpacked."""

OFTEN_INSIDE: Final = 20 << 20
"""Bytes up to which nobody asks how well they were packed."""

TIGHTEST: Final = 100
"""How many times larger than the file its parts may be, when they are more than `OFTEN_INSIDE`."""

_ENCRYPTED: Final = 0x1


@dataclass(frozen=True)
class Part:
    """A part of an archive: its name, and where its bytes lie."""

    name: str
    size: int
    packed: memoryview
    is_stored: bool
    checksum: int

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, a few at a time. Raises `FileRefused` when they are not what was said."""
        if self.is_stored:
            whole = bytes(self.packed)
            if len(whole) != self.size or zlib.crc32(whole) != self.checksum:
                raise FileRefused(DAMAGED)
            yield whole
            return
        found, checksum = 0, 0
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        waiting: bytes = bytes(self.packed)
        try:
            while not unpacker.eof:
                piece = unpacker.decompress(waiting, _PIECE)
                waiting = unpacker.unconsumed_tail
                found += len(piece)
                if found > self.size or (not piece and not waiting and not unpacker.eof):
                    raise FileRefused(DAMAGED)
                checksum = zlib.crc32(piece, checksum)
                yield piece
        except zlib.error:
            raise FileRefused(DAMAGED) from None
        if found != self.size or checksum != self.checksum or unpacker.unused_data:
            raise FileRefused(DAMAGED)

    def whole(self) -> bytes:
        """All its bytes; `parts_of` has seen to it that they are not too many. Raises `FileRefused`."""
        return b"".join(self.pieces())


def ends_as_archive(data: bytes) -> bool:
    """Whether some program would open a file as an archive, whatever it begins with."""
    return data.rfind(_END_SIGN, max(0, len(data) - 0xFFFF - _END.size)) >= 0


def parts_of(data: bytes) -> list[Part]:
    """The parts of an archive that is nothing else. Raises `FileRefused`."""
    start = _directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, UnicodeError, ValueError, OSError):
        raise FileRefused(DAMAGED) from None
    inside = sum(one.file_size for one in listed)
    if len(listed) > MOST_PARTS or inside > MOST_INSIDE or inside > max(OFTEN_INSIDE, TIGHTEST * len(data)):
        raise FileRefused(TOO_MUCH_INSIDE)
    if len({one.filename.casefold() for one in listed}) != len(listed):
        raise FileRefused(DAMAGED)  # two programs would open two different ones
    found, after = [], 0
    for one in sorted(listed, key=lambda one: one.header_offset):
        if one.flag_bits & _ENCRYPTED:
            raise FileRefused(LOCKED)
        begins = _begins(data, one, after)
        after = begins + one.compress_size
        if after > start:
            raise FileRefused(DAMAGED)
        packed = memoryview(data)[begins:after]
        found.append(Part(one.filename, one.file_size, packed, one.compress_type == zipfile.ZIP_STORED, one.CRC))
    if start - after not in _AFTER_A_PART:
        raise FileRefused(TWO_IN_ONE)
    return found


def _directory(data: bytes) -> int:
    """Where the directory begins; it and its end are the last of the file. Raises `FileRefused`."""
    at = data.rfind(_END_SIGN)
    if at < 0 or at + _END.size > len(data):
        raise FileRefused(DAMAGED)
    _, disk, first_disk, _, _, size, start, comment = _END.unpack_from(data, at)
    if disk or first_disk or comment or at + _END.size != len(data) or start + size != at:
        raise FileRefused(TWO_IN_ONE)
    return int(start)


_AFTER_A_PART: Final = (0, 12, 16, 20, 24)
"""Bytes after a part whose size was only known once it was written: none, or the sizes again."""


def _begins(data: bytes, one: zipfile.ZipInfo, after: int) -> int:
    """Where the bytes of a part begin, at once after the one before. Raises `FileRefused`."""
    at = one.header_offset
    if at - after not in (_AFTER_A_PART if after else (0,)) or at + _LOCAL.size > len(data):
        raise FileRefused(TWO_IN_ONE)
    sign, _, flags, method, _, _, _, _, _, name, extra = _LOCAL.unpack_from(data, at)
    stored = data[at + _LOCAL.size : at + _LOCAL.size + name]
    said = one.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace")
    known = method == one.compress_type and method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if sign != b"PK\x03\x04" or not known or stored != said:
        raise FileRefused(DAMAGED)
    if name == 0 or one.filename.startswith("/") or ".." in one.filename.split("/") or "\\" in one.filename:
        raise FileRefused(DAMAGED)
    return int(at + _LOCAL.size + name + extra)
