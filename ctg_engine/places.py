"""The place of the store: a SQLite file is looked at before it is opened, and its faults are told with its path."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import make_url

from ctg_engine.faults import BadInput, Failed, cannot_write, detail_of, reason_of
from ctg_engine.settings import Settings
from workflows.database import DatabaseUnavailable

SETTING: Final = "CTG_DATABASE_URL"
"""What names the store, unless an option of the command does."""

BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a store for the files that belong to it."""

_NO_ROOM_FOR_INDEX: Final = sqlite.SQLITE_IOERR | 19 << 8
"""There is no room for the index of the write-ahead log, without which nothing can even be read."""

_BEGUN_BYTES: Final = 4096
"""What a SQLite file holds before it has any table."""

_NOT_A_DATABASE: Final = 26  # SQLITE_NOTADB, which the module does not name
_FAULTS: Final = {
    sqlite.SQLITE_BUSY: "BUSY",
    sqlite.SQLITE_LOCKED: "BUSY",
    sqlite.SQLITE_PROTOCOL: "BUSY",
    sqlite.SQLITE_CANTOPEN: "CANNOT_OPEN",
    sqlite.SQLITE_READONLY: "READ_ONLY",
    sqlite.SQLITE_FULL: "FULL",
    sqlite.SQLITE_CORRUPT: "DAMAGED",
    _NOT_A_DATABASE: "NOT_A_DATABASE",
}


def store_exists(settings: Settings, named: str = SETTING) -> bool:
    """Whether the SQLite file is there; True on PostgreSQL. Raises `BadInput` for a path that can be no store."""
    path = settings.sqlite_path
    if path is None:
        return True
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False  # making it will say why not
    except OSError as error:
        raise _no_place(path, named, error) from None
    if not stat.S_ISREG(mode):
        reason = "EISDIR" if stat.S_ISDIR(mode) else "NOT_A_FILE"
        raise BadInput("error.no-place", named=named, path=str(path), reason=reason)
    return True


def make_place(settings: Settings, named: str = SETTING) -> bool:
    """Make the SQLite file and its directories where they are missing; whether it was. Raises `BadInput` where that
    cannot be."""
    path = settings.sqlite_path
    if path is None or store_exists(settings, named):
        return False
    make_directory(settings, named)
    try:
        path.touch(mode=0o600)  # the vault is in it; SQLite gives its other files the same mode
    except OSError as error:
        raise _no_place(path, named, error) from None
    return True


def make_directory(settings: Settings, named: str = SETTING) -> None:
    """Make the directories of the SQLite file where they are missing. Raises `BadInput` where that cannot be."""
    path = settings.sqlite_path
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise BadInput("error.no-place", named=named, path=str(path), reason="ENOTDIR") from None
    except OSError as error:
        raise _no_place(path, named, error) from None


@contextmanager
def room_beside(file: Path) -> Iterator[Path]:
    """A directory of the owner's alone, on the same disk. Raises `BadInput` where nothing can be written."""
    try:
        room = tempfile.TemporaryDirectory(prefix=".ctg-", dir=file.parent)
    except OSError as error:
        raise cannot_write(file, error) from None
    with room as name:
        yield Path(name)


def remove_store(path: Path) -> None:
    """Take away a SQLite file that could not be made whole, and what belongs to it."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def remove_new_store(settings: Settings) -> None:
    """Take away the SQLite file that was begun, unless another process has made it whole meanwhile."""
    path = settings.sqlite_path
    if path is not None and path.stat().st_size <= _BEGUN_BYTES:
        remove_store(path)


def is_of_the_store(file: Path, settings: Settings) -> bool:
    """Whether writing this file would destroy the store: it is the SQLite file, or one of those beside it."""
    path = settings.sqlite_path
    if path is None:
        return False
    for own in (path.with_name(path.name + suffix) for suffix in BESIDE):
        if os.path.realpath(own) == os.path.realpath(file):
            return True
        if own.exists() and file.exists() and own.samefile(file):
            return True
    return False


def shown_store(settings: Settings) -> str:
    """How the store is named to people: its file, or the name of the database; never a password."""
    return str(settings.sqlite_path or make_url(settings.database_url).database)


def why_unusable(settings: Settings) -> str | None:
    """Why there can be no store at this path, as a code of the vocabulary `os-fault`; None where there can."""
    path = settings.sqlite_path
    try:
        if path is None or store_exists(settings):
            return None
        around = next(one for one in path.absolute().parents if one.exists())
    except BadInput as bad:
        return str(bad.parameters["reason"])
    except OSError as error:
        return reason_of(error)
    if not around.is_dir():
        return "ENOTDIR"
    return None if os.access(around, os.W_OK | os.X_OK) else "EACCES"


def fault_of(error: DatabaseUnavailable) -> tuple[str, str] | None:
    """What SQLite said, as a code of the vocabulary `store-fault`, and its own words where ours do not say it all.

    None when the database is not SQLite.
    """
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if code is None:
        return None
    kind = "FULL" if code == _NO_ROOM_FOR_INDEX else _FAULTS.get(code & 0xFF, "DISK")
    return kind, str(error.__cause__) if kind in ("DAMAGED", "DISK") else ""


@contextmanager
def at_store(settings: Settings, named: str = SETTING) -> Iterator[None]:
    """Tell what SQLite says of the file by its path, and apart: lost, foreign, read-only, locked, full.

    Raises `BadInput` or `Failed` in the place of `DatabaseUnavailable`, which PostgreSQL keeps.
    """
    try:
        yield
    except DatabaseUnavailable as error:
        told = fault_of(error)
        if told is None or settings.sqlite_path is None:
            raise
        kind, said = told
        ends_as = BadInput if kind == "NOT_A_DATABASE" else Failed
        raise ends_as(
            "error.store-fault", detail=said, named=named, path=str(settings.sqlite_path), fault=kind
        ) from error


def _no_place(path: Path, named: str, error: OSError) -> BadInput:
    return BadInput("error.no-place", named=named, path=str(path), reason=reason_of(error), detail=detail_of(error))
