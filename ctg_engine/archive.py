"""The file of a backup: a tar with `manifest.json` first, then the database, then the files kept as evidence.

Written whole, read only when sound.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import zlib
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from ctg_engine.archived_files import add_files, nobody, take_files
from ctg_engine.faults import BadInput, cannot_read, cannot_write
from workflows.file_folder import Folder
from workflows.migrating import is_known_revision

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
_DAMAGED: Final = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    KeyError,
    UnicodeError,
    msgspec.DecodeError,
    msgspec.ValidationError,
)

Kind = Literal["sqlite", "postgresql"]


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
    """The database and the files of a backup, in rooms of theirs. Raises `BadInput` unless it is whole and for here."""
    try:
        content = file.open("rb")
    except OSError as error:
        raise cannot_read(file, error) from None
    try:
        with content, tarfile.open(fileobj=content, mode="r:gz") as archive:
            head = archive.extractfile(MANIFEST)
            told = msgspec.json.decode(head.read() if head else b"", type=dict[str, Any])
            _refuse_foreign(file, told, wanted)
            manifest = msgspec.convert(told, Manifest)
            data = archive.extractfile(manifest.data_name)
            target = room / Path(manifest.data_name).name
            with target.open("wb") as out:
                while data is not None and (chunk := data.read(_CHUNK)):
                    out.write(chunk)
            has_files = take_files(archive, set(manifest.files), room_of_files)
    except _DAMAGED:
        raise BadInput("error.damaged-backup", file=str(file)) from None
    except OSError as error:
        raise cannot_write(room, error) from None
    is_whole = target.stat().st_size == manifest.data_bytes and sha256_of(target) == manifest.data_sha256
    if not is_whole or not has_files:
        raise BadInput("error.damaged-backup", file=str(file))
    return manifest


def _refuse_foreign(file: Path, told: dict[str, Any], wanted: Kind) -> None:
    """A sound backup may still be for another release or another kind of database."""
    if told["format"] != FORMAT or not is_known_revision(str(told["revision"])):
        raise BadInput("error.newer-backup", file=str(file), release=str(told["release"]))
    if told["kind"] != wanted:
        raise BadInput("error.other-kind-of-backup", file=str(file), kind=str(told["kind"]), wanted=wanted)


def sha256_of(file: Path) -> str:
    """The fingerprint of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
