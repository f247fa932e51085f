"""A file that somebody made to look like a backup: refused in plain words, nothing written beside the store, nothing
lost of what was there."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ctg_engine.archive import MANIFEST
from ctg_engine.backup import back_up
from ctg_engine.bootstrap import prepare
from ctg_engine.settings import Settings
from tests.cli.conftest import Program

DATA = "store.db"
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of a small store."""
    folder = tmp_path_factory.mktemp("whole")
    settings = Settings(database_url=f"sqlite:///{folder / 'ctg.db'}")
    prepare(settings)
    back_up(settings, folder / "whole.tar")
    return folder / "whole.tar"


def members_of(file: Path) -> Members:
    with tarfile.open(file) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]


def tarred(*several: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
        for member, data in several:
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def plain(name: str, data: bytes, **said: Any) -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    for field, value in said.items():
        setattr(member, field, value)
    return member, data


def with_data(of: Members, data: bytes, name: str = DATA, **changes: Any) -> bytes:
    """A backup whose manifest tells the truth about other data."""
    told = {"data_bytes": len(data), "data_sha256": hashlib.sha256(data).hexdigest(), "data_name": name}
    head = json.dumps(json.loads(of[MANIFEST]) | told | changes).encode()
    return tarred(plain(MANIFEST, head), plain(name, data))


def with_head(of: Members, **changes: Any) -> bytes:
    return with_data(of, of[DATA], **({"data_bytes": len(of[DATA])} | changes))


def another_database(of: Members) -> bytes:
    """A sound SQLite file, which is no store."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE recipes (name TEXT)")
    return with_data(of, connection.serialize())


def a_page_lost(of: Members) -> bytes:
    data = bytearray(of[DATA])
    data[4096 * 4 : 4096 * 5] = b"\xff" * 4096
    return with_data(of, bytes(data))


def linked(kind: bytes, to: str) -> Callable[[Members], bytes]:
    def made(of: Members) -> bytes:
        return tarred(plain(MANIFEST, of[MANIFEST]), plain(DATA, b"", type=kind, linkname=to))

    return made


def endless(of: Members) -> bytes:
    """Some kilobytes that would unpack into hundreds of megabytes where the manifest should be."""
    return gzip.compress(bytes(256 << 20), 1)


def endless_header(of: Members) -> bytes:
    """A header of a member that asks for as much memory."""
    member = tarfile.TarInfo("x")
    member.pax_headers = {"comment": "x" * (64 << 20)}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(member, io.BytesIO())
    return out.getvalue()


def with_file(name: str, said: str) -> Callable[[Members], bytes]:
    """A backup that holds a file kept as evidence, under a name of its own."""

    def made(of: Members) -> bytes:
        told = json.loads(of[MANIFEST])
        told["contents"]["files"] = [said]
        head = json.dumps(told).encode()
        return tarred(plain(MANIFEST, head), plain(DATA, of[DATA]), plain(name, b"evil"))

    return made


CRAFTED: dict[str, Callable[[Members], bytes]] = {
    "nothing": lambda of: b"",
    "text": lambda of: b"no backup",
    "empty archive": lambda of: tarred(),
    "cut short": lambda of: with_data(of, of[DATA])[:-2000],
    "wrong sha": lambda of: with_head(of, data_sha256="0" * 64),
    "wrong size": lambda of: with_head(of, data_bytes=10),
    "negative size": lambda of: with_head(of, data_bytes=-1),
    "endless size": lambda of: with_head(of, data_bytes=10**15),
    "path out": lambda of: with_data(of, of[DATA], "../../stolen.db"),
    "absolute path": lambda of: with_data(of, of[DATA], "/etc/stolen.db"),
    "another name": lambda of: with_data(of, of[DATA], "other.db"),
    "link to a file": linked(tarfile.SYMTYPE, "/etc/passwd"),
    "hard link": linked(tarfile.LNKTYPE, MANIFEST),
    "link to itself": linked(tarfile.SYMTYPE, DATA),
    "device": linked(tarfile.CHRTYPE, ""),
    "bomb": endless,
    "bomb in a header": endless_header,
    "no manifest": lambda of: tarred(plain(DATA, of[DATA])),
    "manifest last": lambda of: tarred(plain(DATA, of[DATA]), plain(MANIFEST, of[MANIFEST])),
    "manifest is no JSON": lambda of: tarred(plain(MANIFEST, b"{"), plain(DATA, of[DATA])),
    "manifest is a list": lambda of: tarred(plain(MANIFEST, b"[]"), plain(DATA, of[DATA])),
    "manifest is deep": lambda of: tarred(plain(MANIFEST, b"[" * 100_000), plain(DATA, of[DATA])),
    "no instant": lambda of: with_head(of, made_at="hier"),
    "another release": lambda of: with_head(of, format=2, release="\x1b[31m9.9"),
    "another revision": lambda of: with_head(of, revision="9999"),
    "another kind": lambda of: with_head(of, kind="postgresql"),
    "no database": lambda of: with_data(of, b"x" * 5000),
    "another database": another_database,
    "damaged page": a_page_lost,
    "one more": lambda of: tarred(plain(MANIFEST, of[MANIFEST]), plain(DATA, of[DATA]), plain("more", b"x")),
    "file out": with_file("files/../../../evil", "../../../evil"),
    "file of another name": with_file("files/" + "a" * 64, "a" * 64),
}


@pytest.mark.parametrize("crafted", CRAFTED)
def test_what_only_looks_like_a_backup_is_refused_and_touches_nothing(ctg: Program, whole: Path, crafted: str) -> None:
    (ctg.directory / "in").mkdir()
    store, file = ctg.directory / "in" / "ctg.db", ctg.directory / "crafted.tar"
    shutil.copyfile(whole.with_name("ctg.db"), store)
    file.write_bytes(CRAFTED[crafted](members_of(whole)))
    before, url = store.read_bytes(), f"sqlite:///{store}"
    ended = ctg("restore", file, "--force", database_url=url)
    assert ended.returncode == 2, ended
    assert "rien n’a été touché" in ended.stderr
    assert "imprévue" not in ended.stderr
    assert "\x1b" not in ended.stderr
    if crafted in ("text", "endless size", "another release", "another kind"):
        english = ctg("restore", file, "--force", "--lang", "en", database_url=url)
        assert "nothing was touched" in english.stderr, english.stderr
    assert store.read_bytes() == before
    found = {str(one.relative_to(ctg.directory)) for one in ctg.directory.rglob("*") if one.is_file()}
    assert found - {"in/ctg.db-wal", "in/ctg.db-shm"} == {"crafted.tar", "in/ctg.db"}


def test_what_is_no_file_is_not_waited_for(ctg: Program) -> None:
    os.mkfifo(ctg.directory / "pipe")
    for name, said in (("pipe", "ordinaire"), (".", ""), ("absent.tar", "n’existe pas")):
        ended = ctg("restore", ctg.directory / name)
        assert ended.returncode == 2, ended
        assert said in ended.stderr
        assert "imprévue" not in ended.stderr
    assert not (ctg.directory / "ctg.db").exists()
