"""Files kept as evidence: found again as they were given; lost, erased or refused, it is said."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from domain.values import Evidence, Prose, Sha256
from tests.unit.office_files import OLE, PDF, open_xml, png
from tests.workflows.together import meeting, opened
from workflows.accepted_files import FileRefused
from workflows.accounts import Accounts
from workflows.file_folder import CannotKeep, FileLost, Folder
from workflows.files import COMMON, Files, NoSuchFile
from workflows.forgetting import FILE, Forgetting
from workflows.people import EPOCH, Vault

TODAY = date(2027, 2, 1)
HERE, THERE = uuid4(), uuid4()
DOCX = open_xml()


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def files(engine: Engine, vault: Vault, folder: Path) -> Files:
    return Files(engine, vault, Folder(folder), 1 << 20)


@pytest.fixture
def forgetting(engine: Engine, vault: Vault, files: Files) -> Forgetting:
    return Forgetting(engine, vault, Accounts(engine), files)


def named(files: Files, data: bytes) -> str:
    """The name under which a file comes back; it must say what was given."""
    (sealed,) = files.places(sha256_of(data)).values()
    found = files.open(sha256_of(data), sealed)
    assert found.data == data
    return f"{found.name}.{found.kind.ending}"


def on_disk(folder: Path) -> Iterator[bytes]:
    yield from (one.read_bytes() for one in folder.rglob("*") if one.is_file())


def test_a_file_comes_back_as_it_was_given_and_lies_sealed(files: Files, folder: Path, now: datetime) -> None:
    kept = files.keep(DOCX, "Délibération n° 12.DOCX", HERE, now)
    assert (kept.sha256, kept.size, kept.kind.ending) == (sha256_of(DOCX), len(DOCX), "docx")
    assert named(files, DOCX) == "Délibération n° 12.docx"
    (stored,) = on_disk(folder)
    assert b"document.xml" not in stored
    assert sha256_of(stored) in {one.name for one in folder.rglob("*")}
    assert files.health().lost == 0


def test_the_same_file_given_twice_is_one_and_belongs_to_both(files: Files, folder: Path, now: datetime) -> None:
    for place in (HERE, THERE, HERE):
        files.keep(PDF, "a.pdf", place, now)
    assert files.places(sha256_of(PDF)).keys() == {HERE, THERE}
    assert len(list(on_disk(folder))) == files.health().kept == 1
    with files._engine.connect() as connection:
        assert files.kept_at([THERE], connection) == {sha256_of(PDF): None}
        assert files.kept_at([COMMON], connection) == {}


NAMES = {
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\alix\\PV.pdf": "PV.pdf",
    "facture\u202efdp.exe": "facture fdp.exe.pdf",
    'a"\r\nSet-Cookie: x.pdf': 'a" Set-Cookie: x.pdf',
    "...": ".pdf",
    "": ".pdf",
    "é" * 400: "é" * 120 + ".pdf",
}


def test_a_hostile_name_becomes_a_plain_one(files: Files, now: datetime) -> None:
    found = {}
    for given in NAMES:
        place = uuid4()
        files.keep(PDF, given, place, now)
        opened_ = files.open(sha256_of(PDF), files.places(sha256_of(PDF))[place])
        found[given] = f"{opened_.name}.{opened_.kind.ending}"
    assert found == NAMES


def test_what_is_refused_is_not_kept_at_all(files: Files, folder: Path, now: datetime) -> None:
    refused = {
        "OLDER_OFFICE": (OLE, None),
        "TOO_LARGE": (PDF + bytes(1 << 20), None),
        "OTHER_FINGERPRINT": (PDF, "0" * 64),
    }
    for why, (data, said) in refused.items():
        with pytest.raises(FileRefused) as told:
            files.keep(data, "a", HERE, now, said)
        assert told.value.why == why
        assert files.places(sha256_of(data)) == {}
    assert files.health().kept == 0
    assert not folder.exists()


def test_a_lost_or_altered_file_is_told_and_comes_back_by_giving_it_again(
    files: Files, folder: Path, now: datetime
) -> None:
    files.keep(PDF, "a.pdf", HERE, now)
    for left in (None, b"cut short"):
        (stored,) = files.stored()
        files.folder.place(stored).unlink()
        if left is not None:
            files.folder.place(stored).write_bytes(left)
        assert files.health().lost == 1
        with pytest.raises(FileLost):
            named(files, PDF)
        files.keep(PDF, "a.pdf", HERE, now)
        assert named(files, PDF) == "a.pdf"
        assert files.health().lost == 0


def test_a_file_that_cannot_be_written_leaves_nothing(files: Files, folder: Path, now: datetime) -> None:
    folder.write_bytes(b"a file in the place of the folder")
    with pytest.raises(CannotKeep) as told:
        files.keep(PDF, "a.pdf", HERE, now)
    assert told.value.why == "NOT_WRITABLE"
    assert files.health().kept == 0
    folder.unlink()
    files.keep(PDF, "a.pdf", HERE, now)
    assert named(files, PDF) == "a.pdf"


FULL = """
import resource, sys
from pathlib import Path
from tests.promises.kill_files import NOW, document, files_of
from workflows.file_folder import CannotKeep
from workflows.files import COMMON
import uuid
files = files_of(sys.argv[1], Path(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    files.keep(document(uuid.UUID(int=1)), "a.pdf", COMMON, NOW)
except CannotKeep as full:
    print(full.why)
"""


def test_a_disk_that_takes_no_more_keeps_half_of_nothing(files: Files, folder: Path) -> None:
    url = files._engine.url.render_as_string(hide_password=False)
    said = subprocess.run([sys.executable, "-c", FULL, url, folder], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "NO_ROOM"
    assert list(on_disk(folder)) == []
    assert files.health().kept == 0


def test_an_erased_file_is_gone_and_its_fingerprint_stays(
    files: Files, folder: Path, forgetting: Forgetting, vault: Vault, now: datetime
) -> None:
    files.keep(PDF, "a.pdf", HERE, now)
    (sealed,) = on_disk(folder)
    assert forgetting.file(sha256_of(PDF), "REQUEST", TODAY)
    assert not forgetting.file(sha256_of(PDF), "REQUEST", TODAY)
    assert list(on_disk(folder)) == []
    with pytest.raises(NoSuchFile):
        named(files, PDF)
    with files._engine.connect() as connection:
        assert files.kept_at([HERE], connection) == {sha256_of(PDF): TODAY}
    with pytest.raises(FileRefused) as told:
        files.keep(PDF, "a.pdf", HERE, now)
    assert told.value.why == "ERASED"
    with pytest.raises(NoSuchFile):
        forgetting.file("0" * 64, "REQUEST", TODAY)
    (listed,) = forgetting.listed()
    assert listed.kind == FILE
    files.folder.place("ab").parent.mkdir(exist_ok=True)
    files.folder.place("ab").write_bytes(sealed)  # a copy of the folder brings it back: nothing opens it
    assert vault.keys({listed.subject_id}) == {}


def test_what_no_fact_cites_goes_after_a_while_and_what_one_cites_stays(
    files: Files, engine: Engine, vault: Vault, now: datetime
) -> None:
    for data in (PDF, DOCX, png()):
        files.keep(data, "a", HERE, now)
    process = opened(engine)
    cited = Evidence(uuid4(), Sha256(sha256_of(PDF)), Prose("Compte rendu"))
    process.act(meeting("m9"), evidence=(cited,))
    assert files.remove_uncited(now + timedelta(days=6), 7) == 0
    files.keep(png(), "given again", HERE, now + timedelta(days=5))
    assert files.remove_uncited(now + timedelta(days=8), 7) == 1
    assert named(files, PDF) == "a.pdf"
    assert named(files, png()) == "a.png"
    assert files.places(sha256_of(DOCX)) == {}
    assert len(list(files.folder.names())) == 2
    assert files.remove_uncited(now + timedelta(days=40), 7) == 1
    assert files.stored() == sorted(files.folder.names())


def test_pages_are_made_anew_when_a_file_arrives_or_goes(
    files: Files, forgetting: Forgetting, engine: Engine, now: datetime
) -> None:
    def epoch() -> str | None:
        with engine.connect() as connection:
            return connection.exec_driver_sql(f"SELECT value FROM instance WHERE name = '{EPOCH}'").scalar()

    seen = [epoch()]
    files.keep(PDF, "a.pdf", HERE, now)
    seen.append(epoch())
    files.keep(PDF, "a.pdf", HERE, now)
    assert epoch() == seen[-1]
    forgetting.file(sha256_of(PDF), "REQUEST", TODAY)
    seen.append(epoch())
    assert len(set(seen)) == 3
