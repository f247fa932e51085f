"""The folder where files are kept: written whole or not at all, never changed, each named after what it holds.

A name is the sha256 of the bytes that are stored, so that whoever looks knows an altered file without any key. What the
bytes say is sealed (`workflows/files.py`).
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

_ARRIVING: Final = ".arriving-"
_STALE: Final = 24 * 3600.0
"""Seconds after which what was being written is what a process that died has left."""

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class CannotKeep(Exception):
    """The folder takes no file now: `why` is a code of the vocabulary `file-fault`."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.why = "NO_ROOM" if error.errno in _NO_ROOM else "NOT_WRITABLE"


class FileLost(Exception):
    """A file that is kept is not there, or not as it was written."""


class Folder:
    """One folder of stored files; any number of processes may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def place(self, name: str) -> Path:
        """Where a file is."""
        return self.path / name[:2] / name

    def write(self, data: bytes) -> str:
        """Store bytes and give back their name, once they would survive a power cut. Raises `CannotKeep`."""
        name = hashlib.sha256(data).hexdigest()
        arriving = self.path / f"{_ARRIVING}{uuid4().hex}"
        try:
            _make(self.path)
            descriptor = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self.take_in(arriving, name)
        except OSError as error:
            with suppress(OSError):
                arriving.unlink()
            raise CannotKeep(error) from error
        return name

    def take_in(self, written: Path, name: str) -> None:
        """Put a file in its place that is written, whole and of this name, in the same file system. Raises OSError."""
        place = self.place(name)
        _make(place.parent)
        written.replace(place)
        _settle(place.parent)

    def read(self, name: str) -> bytes:
        """What is stored under a name. Raises `FileLost`."""
        try:
            data = self.place(name).read_bytes()
        except OSError as error:
            raise FileLost(name) from error
        if hashlib.sha256(data).hexdigest() != name:
            raise FileLost(name)
        return data

    def is_whole(self, name: str) -> bool:
        """Whether a file is there and as it was written, without holding it in memory."""
        try:
            with self.place(name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == name
        except OSError:
            return False

    def remove(self, name: str) -> None:
        """Take a file away, if it is there. What cannot be taken away now is left, and nobody can read it."""
        with suppress(OSError):
            self.place(name).unlink()

    def names(self) -> Iterator[str]:
        """The names of all files that are there."""
        for each in self.path.glob("[0-9a-f][0-9a-f]/*"):
            yield each.name

    def remove_left(self) -> None:
        """Take away what processes that died were writing."""
        probe = self.path / f"{_ARRIVING}{uuid4().hex}"
        with suppress(OSError):
            probe.touch()
            now = probe.stat().st_mtime  # by the clock of the file system, which told the others' ages too
            for each in self.path.glob(f"{_ARRIVING}*"):
                if each == probe or now - each.stat().st_mtime > _STALE:
                    each.unlink()


def _make(folder: Path) -> None:
    """Make a folder for its owner alone, and know that it stays."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(folder.parent)


def _settle(folder: Path) -> None:
    """Have the system write down what a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
