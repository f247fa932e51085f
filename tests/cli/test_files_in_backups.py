"""Files kept as evidence go with the backup, come back with it, and are told when they cannot."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.cli.conftest import Program
from tests.unit.office_files import PDF, open_xml, png
from workflows.files import COMMON

GIVEN = {"Délibération.pdf": PDF, "Compte rendu.docx": open_xml(), "Émargement.png": png()}


@pytest.fixture(autouse=True)
def given(ctg: Program) -> None:
    """A store that keeps three files."""
    ctg.done("migrate")
    with opened(settings_of(ctg.directory / "ctg.db")) as house:
        for name, data in GIVEN.items():
            house.files.keep(data, name, COMMON, house.clock.now())


def settings_of(store: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{store}")


def found_in(store: Path) -> dict[str, bytes]:
    """The files that a store gives back, by the names that they were given."""
    found = {}
    with opened(settings_of(store)) as house:
        for data in GIVEN.values():
            sha256 = hashlib.sha256(data).hexdigest()
            one = house.files.open(sha256, house.files.places(sha256)[COMMON])
            found[f"{one.name}.{one.kind.ending}"] = one.data
    return found


def elsewhere(ctg: Program) -> tuple[Path, dict[str, str]]:
    store = ctg.directory / "second.db"
    return store, {"database_url": f"sqlite:///{store}"}


def test_files_come_back_with_a_backup(ctg: Program) -> None:
    assert "3 fichiers gardés" in ctg("backup", "one.tar").stdout
    store, there = elsewhere(ctg)
    said = ctg("restore", "one.tar", **there)
    assert said.returncode == 0, said.stderr
    assert "3 fichiers gardés" in said.stdout
    assert found_in(store) == GIVEN
    findings = json.loads(ctg("doctor", "--json", **there).stdout)["findings"]
    assert [(one["level"], one["parameters"]["count"]) for one in findings if one["check"] == "files"] == [("ok", "3")]


def test_a_backup_whose_files_were_altered_touches_nothing(ctg: Program) -> None:
    ctg("backup", "one.tar")
    file, (store, there) = ctg.directory / "one.tar", elsewhere(ctg)
    whole = gzip.decompress(file.read_bytes())
    with opened(settings_of(ctg.directory / "ctg.db")) as house:
        sealed = house.files.folder.read(house.files.stored()[0])
    assert whole.count(sealed) == 1
    for altered in (whole.replace(sealed, bytes(len(sealed))), whole[: whole.index(sealed) - 512] + bytes(1024)):
        file.write_bytes(gzip.compress(altered))
        assert ctg("restore", "one.tar", **there).returncode == 2
        assert not store.exists() or not list(store.with_name("second.db.files").glob("??/*"))


def test_a_lost_file_is_told_by_doctor_and_by_the_backup_and_keeps_nobody_from_either(ctg: Program) -> None:
    with opened(settings_of(ctg.directory / "ctg.db")) as house:
        house.files.folder.remove(house.files.stored()[0])
    doctor = ctg("doctor")
    assert doctor.returncode == 1
    assert "1 sur 3" in doctor.stdout
    assert "Sans 1 fichier" in ctg("backup", "one.tar").stdout
    _, there = elsewhere(ctg)
    restored = ctg("restore", "one.tar", **there)
    assert restored.returncode == 0, restored.stderr
    assert "1 sur 3" in ctg("doctor", **there).stdout


def test_an_erased_file_does_not_come_back_with_an_older_backup(ctg: Program) -> None:
    ctg("backup", "one.tar")
    pdf = hashlib.sha256(PDF).hexdigest()
    unknown = ctg("file", "forget", "0" * 64, "--reason", "REQUEST", "--yes")
    assert (unknown.returncode, "0" * 64 in unknown.stderr) == (2, True)
    assert ctg("file", "forget", pdf, "--reason", "REQUEST", "--yes").returncode == 0
    assert "fichier" in ctg("person", "forgotten").stdout
    restored = ctg("restore", "one.tar", "--force")
    assert restored.returncode == 0, restored.stderr
    with pytest.raises(LookupError):
        found_in(ctg.directory / "ctg.db")
    with opened(settings_of(ctg.directory / "ctg.db")) as house:
        assert house.files.health().erased == 1
        assert len(list(house.files.folder.names())) == 2
