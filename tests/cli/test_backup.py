"""`ctg backup` under writes, `ctg restore` all or nothing."""

from __future__ import annotations

import io
import json
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from ctg_engine.archive import Contents
from ctg_engine.backup import back_up, store_contents
from ctg_engine.bootstrap import SHIPPED_PROFILES, opened, prepare
from ctg_engine.settings import Settings
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import Program
from tests.postgres import durable
from workflows.database import create_database_engine

DAY = timedelta(days=1)


def log_of(url: str) -> list[tuple[object, ...]]:
    with opened(Settings(database_url=url)) as house:
        return [tuple(row) for row in house.steering.log.read_log(0, 100_000)]


def contents_of(url: str) -> Contents:
    engine = create_database_engine(url)
    try:
        return store_contents(engine)
    finally:
        engine.dispose()


@contextmanager
def partners_being_registered(url: str) -> Iterator[None]:
    """Somebody goes on writing all the while."""
    enough, begun = threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def write() -> None:
        try:
            with opened(Settings(database_url=url)) as house:
                number = 0
                while not enough.is_set():
                    name = f"Association {number}"
                    command = RegisterPartner(
                        stream_id=deterministic_id("test", name),
                        name=PublicName(name),
                        kind=Code("ASSOCIATION"),
                    )
                    house.steering.execute(command, house.operator())
                    number += 1
                    if number == 5:
                        begun.set()
        except BaseException as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(60)
    yield
    enough.set()
    writer.join()
    assert faults == []


@pytest.fixture
def second_url(request: pytest.FixtureRequest, anywhere: Program) -> str:
    """An empty store of the same kind as `anywhere`."""
    if anywhere.settings["database_url"].startswith("sqlite"):
        return f"sqlite:///{anywhere.directory / 'second.db'}"
    make = request.getfixturevalue("postgres_databases")
    return str(make("template1"))


@pytest.mark.slow
def test_a_backup_under_writes_is_one_moment_and_comes_back_identical(anywhere: Program, second_url: str) -> None:
    url = anywhere.settings["database_url"]
    anywhere.done("migrate")
    typed = "un-mot-de-passe-long"
    anywhere.done("account", "create", "alix", "--name", "Alix Exemple", "--email", "alix@exemple.fr", typed=typed)
    file = anywhere.directory / "backup.tar"
    with partners_being_registered(url):
        anywhere.done("backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in anywhere.directory.iterdir() if one.name.startswith(".ctg-")] == []

    said = anywhere.done("restore", file, database_url=second_url)
    kept, now = log_of(second_url), log_of(url)
    assert 5 < len(kept) <= len(now)
    assert kept == now[: len(kept)]
    contents = contents_of(second_url)
    assert contents.log_sha256 in said
    assert contents.tables["accounts"] == contents.tables["people"] == 1
    assert "alix" in anywhere.done("account", "list", database_url=second_url)
    with durable(second_url):
        healthy = json.loads(anywhere("doctor", "--json", database_url=second_url).stdout)
    assert [one for one in healthy["findings"] if one["level"] == "failed"] == []

    refused = anywhere("restore", file, database_url=second_url)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    anywhere.done("restore", file, "--force", database_url=second_url)
    assert contents_of(second_url).log_sha256 == contents.log_sha256


@pytest.fixture
def backup(ctg: Program) -> Path:
    """A backup of a small store, which is then gone."""
    file = ctg.directory / "backup.tar"
    ctg.done("migrate")
    ctg.done("backup", file)
    for one in ctg.directory.glob("ctg.db*"):
        one.unlink()
    return file


def with_manifest(file: Path, **changes: object) -> None:
    """Write the backup again with a manifest that says something else."""
    with tarfile.open(file) as archive:
        members = {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changes).encode()
    with tarfile.open(file, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


@pytest.mark.slow
def test_what_is_no_sound_backup_touches_nothing(ctg: Program, backup: Path) -> None:
    whole = backup.read_bytes()
    damages: dict[str, Callable[[], object]] = {
        "truncated": lambda: backup.write_bytes(whole[: len(whole) // 2]),
        "text": lambda: backup.write_bytes(b"not a backup"),
        "changed": lambda: with_manifest(backup, data_sha256="0" * 64),
        "newer format": lambda: with_manifest(backup, format=2),
        "newer tables": lambda: with_manifest(backup, revision="9999"),
        "other kind": lambda: with_manifest(backup, kind="postgresql"),
        "other contents": lambda: with_manifest(
            backup, contents={"tables": {}, "last_position": 0, "log_sha256": "0" * 64, "files": []}
        ),
    }
    for damage, do in damages.items():
        backup.write_bytes(whole)
        do()
        ended = ctg("restore", backup)
        assert ended.returncode == (1 if damage == "other contents" else 2), (damage, ended.stderr)
        assert "Traceback" not in ended.stderr
        assert not (ctg.directory / "ctg.db").exists(), damage
    backup.write_bytes(whole)
    ctg.done("restore", backup)
    assert len(log_of(ctg.settings["database_url"])) == len(SHIPPED_PROFILES)


@pytest.mark.slow
def test_a_backup_is_never_written_over(ctg: Program, backup: Path) -> None:
    ctg.done("migrate")
    before = backup.read_bytes()
    ended = ctg("backup", backup)
    assert ended.returncode == 2
    assert "--force" in ended.stderr
    assert backup.read_bytes() == before
    ctg.done("backup", backup, "--force")
    assert ctg("backup", ctg.directory / "absent" / "backup.tar").returncode == 2


PASSWORD, NEW_PASSWORD = "un-mot-de-passe-long", "encore-plus-de-mots"


def test_what_was_revoked_since_a_backup_stays_revoked_and_is_listed(anywhere: Program) -> None:
    settings = Settings(database_url=anywhere.settings["database_url"])
    prepare(settings)
    file = anywhere.directory / "backup.tar"
    with opened(settings) as house:
        now = house.clock.now()
        alix, dominique, camille = (
            house.accounts.create(login, house.vault.register_person(login, f"{login}@exemple.fr"), PASSWORD, now)
            for login in ("alix", "dominique", "camille")
        )
        revoked, valid = (
            house.api_keys.issue(f"Outil {one}", "AUDITOR", now + DAY, now, on_instance=True) for one in ("a", "b")
        )
        session = house.sessions.open(camille, now)
        back_up(settings, file)
        house.api_keys.revoke(revoked.key_id, house.clock.now())
        house.accounts.disable(alix, house.clock.now())
        house.accounts.change_password(dominique, NEW_PASSWORD, house.clock.now())

    restored = anywhere("restore", file, "--force")
    assert restored.returncode == 0, restored.stderr
    said = restored.stdout
    assert "Toutes les sessions sont fermées" in said
    _, prefix, secret = revoked.token.split("_", 2)
    assert [line.split("\t")[0] for line in said.splitlines() if line.startswith("  ")] == [
        f"  {prefix}",
        "  alix",
        "  dominique",
    ]
    assert secret not in said
    with opened(settings) as house:
        now = house.clock.now()
        assert house.api_keys.authenticate(revoked.token, now) is None
        assert house.api_keys.authenticate(valid.token, now) is not None
        assert house.accounts.verify("alix", PASSWORD, now) is None
        assert house.accounts.verify("dominique", PASSWORD, now) is None
        assert house.accounts.verify("dominique", NEW_PASSWORD, now) is not None
        assert house.accounts.verify("camille", PASSWORD, now) is not None
        assert house.sessions.find(session.token, now) is None
    (line,) = [json.loads(one) for one in restored.stderr.splitlines() if "backup-restored" in one]
    assert (line["logger"], line["keys"], line["accounts"], line["passwords"]) == ("ctg.security", 1, 1, 1)


def test_a_restoration_that_finds_nothing_revoked_or_nothing_to_compare_says_so(
    ctg: Program, backup_with_an_account: Path
) -> None:
    assert "ni révoqué de clé" in ctg("restore", str(backup_with_an_account), "--force").stdout
    for one in ctg.directory.glob("ctg.db*"):
        one.unlink()
    said = ctg("restore", str(backup_with_an_account)).stdout
    assert "n’a pu être comparée" in said
    assert "ctg key list" in said


@pytest.fixture
def backup_with_an_account(ctg: Program) -> Path:
    """A backup of the store in place, in which there is an account."""
    settings = Settings(database_url=f"sqlite:///{ctg.directory / 'ctg.db'}")
    prepare(settings)
    with opened(settings) as house:
        person_id = house.vault.register_person("Alix", "alix@exemple.fr")
        house.accounts.create("alix", person_id, PASSWORD, house.clock.now())
    back_up(settings, ctg.directory / "backup.tar")
    return ctg.directory / "backup.tar"
