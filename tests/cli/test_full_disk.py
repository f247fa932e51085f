"""A disk is full: each command says so in plain words, leaves nothing half written and loses nothing of before."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ctg_engine.backup import back_up, sqlite_contents
from ctg_engine.bootstrap import opened, prepare
from ctg_engine.settings import Settings
from tests.cli.conftest import Ended, Program


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A small disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("cannot apply: only root mounts a small disk")
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Room for a store, and not much beside it."""
    with small_disk(tmp_path / "disk", 400) as folder:
        yield folder


@pytest.fixture
def elsewhere(ctg: Program) -> Path:
    """A store on a disk with room, and its backup."""
    settings = Settings(database_url=ctg.settings["database_url"])
    prepare(settings)
    with opened(settings) as house:
        house.vault.register_person("Alix", "alix@exemple.fr")
    back_up(settings, ctg.directory / "good.tar")
    return ctg.directory / "good.tar"


def fill(disk: Path, leaving: int = 0) -> None:
    """Leave so many kilobytes."""
    room = os.statvfs(disk)
    size = room.f_bavail * room.f_bsize - leaving * 1024
    (disk / "fill").write_bytes(b"\0" * size)


def somebody(ctg: Program) -> str:
    """The id of somebody in the store."""
    return next(word for word in ctg.done("person", "list").split() if word.count("-") == 4)


def is_told(ended: Ended) -> None:
    assert ended.returncode in (1, 2), ended
    assert "disque" in ended.stderr or "place" in ended.stderr
    assert "imprévue" not in ended.stderr
    assert "Traceback" not in ended.stderr


def left_on(disk: Path) -> set[str]:
    return {str(one.relative_to(disk)) for one in disk.rglob("*") if one.is_file()} - {"fill"}


@pytest.mark.parametrize("leaving", [0, 60, 224])
def test_no_half_a_backup_is_left_and_the_one_of_before_stays(
    ctg: Program, elsewhere: Path, disk: Path, leaving: int
) -> None:
    (disk / "old.tar").write_bytes(b"the one of before")
    fill(disk, leaving)
    for arguments in ((disk / "new.tar",), (disk / "old.tar", "--force")):
        is_told(ctg("backup", *arguments))
    assert left_on(disk) == {"old.tar"}
    assert (disk / "old.tar").read_bytes() == b"the one of before"


@pytest.mark.parametrize("leaving", [0, 60, 224])
def test_no_half_a_store_is_made(ctg: Program, elsewhere: Path, disk: Path, leaving: int) -> None:
    fill(disk, leaving)
    for arguments in (("restore", elsewhere), ("migrate",)):
        is_told(ctg(*arguments, database_url=f"sqlite:///{disk / 'ctg.db'}"))
        assert left_on(disk) == set(), arguments


def test_what_is_recorded_stays_when_nothing_more_can_be(ctg: Program, elsewhere: Path, disk: Path) -> None:
    url = f"sqlite:///{disk / 'ctg.db'}"
    (disk / "ctg.db").write_bytes((ctg.directory / "ctg.db").read_bytes())
    before = sqlite_contents(disk / "ctg.db")
    known = somebody(ctg)
    fill(disk)
    create = ("account", "create", "dominique", "--name", "Dominique", "--email", "d@exemple.fr")
    for arguments in (
        create,
        ("person", "forget", known, "--reason", "REQUEST", "--yes"),
        ("key", "issue", "Outil", "--role", "AUDITOR", "--instance", "--days", "3"),
        ("restore", elsewhere, "--force"),
    ):
        is_told(ctg(*arguments, typed="un-mot-de-passe-long\n", database_url=url))
    (disk / "fill").unlink()
    assert sqlite_contents(disk / "ctg.db") == before
    assert ctg("doctor", database_url=url).returncode in (0, 1)
    assert "abîmée" not in ctg("doctor", database_url=url).stdout


def test_a_list_is_written_whole_or_not_at_all(ctg: Program, elsewhere: Path, disk: Path) -> None:
    ctg.done("person", "forget", somebody(ctg), "--reason", "REQUEST", "--yes")
    fill(disk)
    is_told(ctg("person", "forgotten", "--export", disk / "list"))
    assert left_on(disk) == set()


@pytest.mark.parametrize("where", ["absent/new.tar", "good.tar/new.tar"])
def test_a_folder_that_is_not_there_is_said(ctg: Program, elsewhere: Path, where: str) -> None:
    ended = ctg("backup", ctg.directory / where)
    assert ended.returncode == 2
    assert "ne peut pas être écrit" in ended.stderr
    assert "imprévue" not in ended.stderr
