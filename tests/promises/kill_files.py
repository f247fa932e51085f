"""Killing those who give files: three processes keep files of their own and one that all have, and die at any time."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from tests.promises.kill_appends import Notes, kill_at_random, total
from tests.unit.office_files import PDF
from workflows.database import create_database_engine
from workflows.file_folder import FileLost, Folder
from workflows.files import COMMON, Files, NoSuchFile
from workflows.people import Vault

MODULE = "tests.promises.kill_files"
SELF_KILLS_AMONG = 12
LARGEST = 25 << 20
NOW = datetime(2027, 2, 1, 8, tzinfo=UTC)
_FOLDER = "KILLED_FOLDER"
"""Not named like a setting: an unknown one keeps every process from starting."""


def document(key: UUID) -> bytes:
    """A file that only this key has, large enough to be cut in the middle."""
    return PDF[:9] + random.Random(key.int).randbytes(700_000).replace(b"PK", b"..") + PDF[9:]


def files_of(url: str, folder: Path) -> Files:
    """The files of a store."""
    engine = create_database_engine(url)
    return Files(engine, Vault(engine), Folder(folder), LARGEST)


def give_until_stopped(url: str, notes: Notes, stop: Path) -> None:
    """Be one of the processes."""
    files, chance = files_of(url, Path(os.environ[_FOLDER])), random.Random()
    unanswered = notes.unanswered()
    if unanswered is not None:
        files.keep(document(unanswered[0]), "again.pdf", COMMON, NOW)
        notes.write("replayed", unanswered[0])
    while not stop.exists():
        key = uuid4()
        notes.write("sent", key, 1)
        files.keep(document(key), f"{key}.pdf", COMMON, NOW)
        files.keep(PDF, "the same for all.pdf", COMMON, NOW)
        if chance.randrange(SELF_KILLS_AMONG) == 0:
            notes.write("dies", key)
            os.kill(os.getpid(), signal.SIGKILL)
        notes.write("acknowledged", key)


def torment(url: str, directory: Path, *, kills: int, acknowledged: int) -> tuple[int, list[str]]:
    """Kill processes while they keep files; how many files were said to be kept, and what is wrong with any."""
    folder = directory / "files"
    os.environ[_FOLDER] = str(folder)
    notes = [Notes(directory / f"giver-{number}") for number in range(3)]
    command = [sys.executable, "-m", MODULE, url]
    kill_at_random(command, notes, directory / "stop", kills=kills, acknowledged=acknowledged)
    said = {
        UUID(key) for note in notes for kind, key, *_ in note.lines() if kind in ("acknowledged", "replayed", "dies")
    }
    assert total(notes, "dies")
    with looking_at(url, folder) as files:
        return len(said), faults(files, [document(key) for key in said] + [PDF])


@contextmanager
def looking_at(url: str, folder: Path) -> Iterator[Files]:
    """The files, while they are looked at."""
    files = files_of(url, folder)
    try:
        yield files
    finally:
        files._engine.dispose()


def faults(files: Files, given: list[bytes]) -> list[str]:
    """What is not as it was given, and what lies in the folder under a name that is not its own."""
    found = []
    for data in given:
        sha256 = hashlib.sha256(data).hexdigest()
        try:
            opened = files.open(sha256, next(iter(files.places(sha256).values()), b""))
            if opened.data != data:
                found.append(f"{sha256} says something else")
        except (NoSuchFile, FileLost) as error:
            found.append(f"{sha256} {type(error).__name__}")
    found += [f"{name} is torn" for name in files.folder.names() if not files.folder.is_whole(name)]
    if files.health().lost:
        found.append("some that are kept are lost")
    return found


if __name__ == "__main__":
    give_until_stopped(sys.argv[1], Notes(Path(sys.argv[2])), Path(sys.argv[3]))
