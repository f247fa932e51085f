"""The files kept as evidence in a backup: members of the archive, each named after the bytes that it holds."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tarfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from ctg_engine.faults import cannot_write
from ctg_engine.places import room_beside
from workflows.file_folder import Folder

_FOLDER: Final = "files/"
_CHUNK: Final = 1 << 20


def nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of who made the backup, on which machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


class Vanished(Exception):
    """A file was erased, or taken away, while the archive was written: it is to be written again."""


def lost_among(folder: Folder, names: Iterable[str]) -> tuple[str, ...]:
    """Those of some files that are not there, or not as they were written: no backup can have them."""
    return tuple(name for name in names if not folder.is_whole(name))


def add_files(archive: tarfile.TarFile, folder: Folder, names: Iterable[str]) -> None:
    """Put files into an archive, in their order. Raises `Vanished`, and OSError where it cannot be written."""
    for name in names:
        try:
            opened = folder.place(name).open("rb")
        except FileNotFoundError as error:
            raise Vanished(name) from error
        with opened:
            member = archive.gettarinfo(arcname=_FOLDER + name, fileobj=opened)
            archive.addfile(nobody(member), opened)


@contextmanager
def room_for_files(path: Path) -> Iterator[Path]:
    """A directory inside the folder of the files, so that what arrives there is put in its place without a copy."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        with room_beside(path / "files") as room:
            yield room
    finally:
        with suppress(OSError):
            path.rmdir()  # where no file came


def is_ordinary(member: tarfile.TarInfo, name: str) -> bool:
    """Whether a member is a plain file of this name: no link, no device, no hole, no path."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse() and member.name == name


def take_files(archive: tarfile.TarFile, allow: Callable[[int], None], names: Collection[str], room: Path) -> bool:
    """The files that are left in an archive, in `room`; False unless they are these, all of them, each as it was
    written. `allow` is told how many bytes will be read."""
    found = set()
    while (member := archive.next()) is not None:
        name = member.name.removeprefix(_FOLDER)
        if name not in names or name in found or not is_ordinary(member, _FOLDER + name):
            return False
        if member.size > shutil.disk_usage(room).free:
            raise OSError(errno.ENOSPC, "")
        allow(member.size)
        data = archive.extractfile(member)
        if data is None or written(data, room / name) != name:
            return False
        found.add(name)
    return len(found) == len(names)


def written(data: IO[bytes], target: Path) -> str:
    """Write a file so that it would survive a power cut; the sha256 of what it holds."""
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def put_in_place(room: Path, folder: Folder) -> None:
    """Put the files of a backup where they belong; those that are there already are the same. Raises `BadInput`."""
    try:
        for file in room.iterdir():
            folder.take_in(file, file.name)
    except OSError as error:
        raise cannot_write(folder.path, error) from None
