"""The file of a backup: a tar with `manifest.json` first, then the database, then the files kept as evidence.

Written whole, read only when sound.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final, Literal, cast

import msgspec

from ctg_engine.archived_files import add_files, is_ordinary, nobody, take_files, written
from ctg_engine.faults import BadInput, cannot_read, cannot_write
from domain.values import SHA256_PATTERN
from workflows.decoders import converted
from workflows.file_folder import Folder
from workflows.instants import from_text
from workflows.migrating import is_known_revision

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_HEAD_BYTES: Final = 16 << 20
"""What may be read of an archive besides its data: the manifest, which names every file, and the heads of members."""

_DAMAGED: Final = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    RecursionError,
    ValueError,
    KeyError,
    UnicodeError,
    msgspec.DecodeError,
    msgspec.ValidationError,
)

Kind = Literal["sqlite", "postgresql"]

DATA_NAMES: Final[Mapping[Kind, str]] = {"sqlite": "store.db", "postgresql": "store.dump"}
"""The name of the database in the archive, by its kind: never one that the archive says."""


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a store holds: rows by table, the last position of the log (0 when empty), and the sha256 of its rows.

    `files`: the names under which the files kept as evidence are stored.
    """

    tables: dict[str, int]
    last_position: int
    log_sha256: str
    files: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. `lost_files`: those of the store that were not there, or not whole, any more."""

    format: int
    release: str
    kind: Kind
    revision: str
    made_at: str
    contents: Contents
    data_name: str
    data_bytes: int
    data_sha256: str
    lost_files: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it holds, by the names under which they are stored."""
        return tuple(sorted({*self.contents.files} - {*self.lost_files}))


def require_replaceable(file: Path, *, force: bool) -> None:
    """Raise `BadInput` unless a file may be written here: nothing is there, or with `force` an ordinary file."""
    try:
        taken = os.path.lexists(file)
        ordinary = file.is_file()
    except OSError as error:
        raise cannot_write(file, error) from None
    if taken and not ordinary and not file.is_symlink():
        raise BadInput("error.not-a-file", file=str(file))
    if taken and not force:
        raise BadInput("error.file-exists", file=str(file))
    if taken and not ordinary:
        raise BadInput("error.not-a-file", file=str(file))  # a link to a device, or to nothing


def pack(file: Path, manifest: Manifest, data: Path, folder: Folder) -> None:
    """Write the archive beside its data, then put it in the place of `file`: it appears whole or not at all.

    Raises `BadInput` when it cannot be written, `Vanished` when one of the files is gone meanwhile.
    """
    whole = data.with_name("whole")
    try:
        _write(whole, manifest, data, folder)
        whole.replace(file)
    except OSError as error:
        raise cannot_write(file, error) from None


def _write(whole: Path, manifest: Manifest, data: Path, folder: Folder) -> None:
    head = data.with_name(MANIFEST)
    head.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    descriptor = os.open(whole, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            archive.add(head, MANIFEST, filter=nobody)
            archive.add(data, data.name, filter=nobody)
            add_files(archive, folder, manifest.files)
        file.flush()
        os.fsync(file.fileno())


def unpack(file: Path, room: Path, room_of_files: Path, wanted: Kind) -> Manifest:
    """The database and the files of a backup, in rooms of theirs. Raises `BadInput` unless it is whole and for here.

    Whoever made the file is not trusted: members are ordinary files in the order in which they are written, under
    names that this release gives, and no more of them is read than the manifest says.
    """
    try:
        if not file.is_file() and file.exists():
            raise BadInput("error.not-a-file", file=str(file))  # a pipe would be waited for
        content = file.open("rb")
    except OSError as error:
        raise cannot_read(file, error) from None
    try:
        with content, gzip.GzipFile(fileobj=content) as plain:
            bounded = Bounded(plain)
            with tarfile.open(fileobj=cast(IO[bytes], bounded), mode="r|") as archive:
                manifest = _manifest(file, archive, wanted)
                _require_room(file, room, manifest)
                bounded.allow(manifest.data_bytes)
                target = room / DATA_NAMES[wanted]
                is_whole = _take_data(archive, manifest, target)
                has_files = is_whole and take_files(archive, bounded.allow, set(manifest.files), room_of_files)
    except _DAMAGED:
        raise BadInput("error.damaged-backup", file=str(file)) from None
    except OSError as error:
        raise cannot_write(room.parent, error) from None
    if not is_whole or not has_files:
        raise BadInput("error.damaged-backup", file=str(file))
    return manifest


class Bounded:
    """A file that ends in an error when more of it is read than was allowed."""

    def __init__(self, content: gzip.GzipFile) -> None:
        self._content = content
        self._left = _HEAD_BYTES

    def allow(self, size: int) -> None:
        """Let so many bytes more be read, and what tells of them."""
        self._left += size + _HEAD_BYTES

    def read(self, size: int) -> bytes:
        """See `IO.read`. Raises EOFError."""
        read = self._content.read(size)
        self._left -= len(read)
        if self._left < 0:
            raise EOFError
        return read


def _manifest(file: Path, archive: tarfile.TarFile, wanted: Kind) -> Manifest:
    head = archive.next()
    content = archive.extractfile(head) if head is not None and is_ordinary(head, MANIFEST) else None
    told = msgspec.json.decode(content.read() if content is not None else b"", type=dict[str, Any])
    _refuse_foreign(file, told, wanted)
    manifest: Manifest = converted(told, Manifest)
    from_text(manifest.made_at)  # ValueError for what is no instant
    strange = [name for name in manifest.files if not SHA256_PATTERN.fullmatch(name)]
    if manifest.data_name != DATA_NAMES[wanted] or manifest.data_bytes < 0 or strange:
        raise EOFError
    return manifest


def _require_room(file: Path, room: Path, manifest: Manifest) -> None:
    """Raise `BadInput` for a backup for which there is no room, before anything of it is written."""
    free = shutil.disk_usage(room).free
    if manifest.data_bytes > free:
        raise BadInput(
            "error.no-room-for-backup", file=str(file), wanted=_megabytes(manifest.data_bytes), free=_megabytes(free)
        )


def _megabytes(size: int) -> str:
    return str((size + (1 << 20) - 1) >> 20)


def _take_data(archive: tarfile.TarFile, manifest: Manifest, target: Path) -> bool:
    """The database of an archive; whether it is the one of which the manifest tells."""
    member = archive.next()
    if member is None or not is_ordinary(member, manifest.data_name) or member.size != manifest.data_bytes:
        return False
    data = archive.extractfile(member)
    return data is not None and written(data, target) == manifest.data_sha256


def _refuse_foreign(file: Path, told: dict[str, Any], wanted: Kind) -> None:
    """A sound backup may still be for another release or another kind of database."""
    if told["format"] != FORMAT or not is_known_revision(str(told["revision"])):
        raise BadInput("error.newer-backup", file=str(file), release=_shown(told["release"]))
    if told["kind"] != wanted:
        raise BadInput("error.other-kind-of-backup", file=str(file), kind=_shown(told["kind"]), wanted=wanted)


def _shown(said: object) -> str:
    """A word of a file that nobody vouches for, fit for a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(said)[:40])


def sha256_of(file: Path) -> str:
    """The fingerprint of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
