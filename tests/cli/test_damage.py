"""A page of the store is damaged: it is said, never backed up over what was good, and a backup takes its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from ctg_engine.backup import back_up, sqlite_contents
from ctg_engine.bootstrap import opened, prepare
from ctg_engine.settings import Settings
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import Program
from workflows.soundness import damage_of_file

PAGE = 4096


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some hundred pages, in one file, with its backup beside it."""
    folder = tmp_path_factory.mktemp("good")
    settings = Settings(database_url=f"sqlite:///{folder / 'ctg.db'}")
    prepare(settings)
    with opened(settings) as house:
        for number in range(60):
            name = PublicName(f"Association {number} " + "du Gers " * 20)
            command = RegisterPartner(stream_id=deterministic_id("damage", number), name=name, kind=Code("ASSOCIATION"))
            house.steering.execute(command, house.operator())
        house.accounts.create(
            "alix", house.vault.register_person("Alix", "a@exemple.fr"), "un-mot-de-passe-long", house.clock.now()
        )
        back_up(settings, folder / "good.tar")
        with house.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def damaged(good: Path, ctg: Program) -> Callable[[int], Path]:
    """The store in place, one page of which is overwritten."""

    def damage(page: int) -> Path:
        store = ctg.directory / "ctg.db"
        shutil.copyfile(good / "ctg.db", store)
        shutil.copyfile(good / "good.tar", ctg.directory / "good.tar")
        overwrite(store, page)
        return store

    return damage


def overwrite(store: Path, page: int) -> None:
    with store.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xff" * PAGE)


def a_page_of(store: Path, table: str) -> int:
    with closing(sqlite.connect(store)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchall()
    return int(page)


def findings(ctg: Program) -> dict[str, str]:
    told = json.loads(ctg("doctor", "--json").stdout)
    return {one["check"]: one["level"] for one in told["findings"]}


def test_whatever_page_is_damaged_it_is_found_or_nothing_was_on_it(good: Path, tmp_path: Path) -> None:
    whole, copy = sqlite_contents(good / "ctg.db"), tmp_path / "copy.db"
    pages = (good / "ctg.db").stat().st_size // PAGE
    assert pages > 61
    missed = []
    for page in range(2, pages + 1):
        shutil.copyfile(good / "ctg.db", copy)
        overwrite(copy, page)
        if damage_of_file(copy) is None and sqlite_contents(copy) != whole:
            missed.append(page)
    assert missed == []


@pytest.mark.parametrize("table", ["events", "vault_keys", "idempotency", "alembic_version"])
def test_a_damaged_page_is_no_backup_and_the_last_good_one_stays(
    damaged: Callable[[int], Path], good: Path, ctg: Program, table: str
) -> None:
    damaged(a_page_of(good / "ctg.db", table))
    kept = ctg.directory / "good.tar"
    before = kept.read_bytes()
    for arguments in (("backup", "new.tar"), ("backup", "good.tar", "--force")):
        ended = ctg(*arguments)
        assert ended.returncode == 1, ended
        assert "abîmée" in ended.stderr
        assert "dernière bonne" in ended.stderr
        assert "imprévue" not in ended.stderr
    assert kept.read_bytes() == before
    assert sorted(one.name for one in ctg.directory.iterdir() if "ctg.db" not in one.name) == ["good.tar"]
    assert findings(ctg)["soundness"] == "failed"
    assert "damaged" in ctg("doctor", "--lang", "en").stdout


def test_a_text_that_is_none_any_more_is_damage_too(good: Path, ctg: Program) -> None:
    store = ctg.directory / "ctg.db"
    shutil.copyfile(good / "ctg.db", store)
    data = store.read_bytes()
    place = data.index(b"Association 31 du Gers")
    store.write_bytes(data[:place] + b"\xff" * 8 + data[place + 8 :])
    assert findings(ctg)["soundness"] == "failed"
    assert ctg("backup", "new.tar").returncode == 1
    assert not (ctg.directory / "new.tar").exists()


def test_events_that_are_gone_are_damage_on_every_database(anywhere: Program) -> None:
    settings = Settings(database_url=anywhere.settings["database_url"])
    prepare(settings)
    with opened(settings) as house, house.engine.begin() as connection:
        if house.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER USER")
            connection.exec_driver_sql("GRANT DELETE ON events TO CURRENT_USER")
        else:
            guards = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            for name in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DELETE FROM events")
        connection.exec_driver_sql(
            "INSERT INTO events (stream_id, version, topic, state) SELECT stream_id, 7, 'x', '{}' FROM streams"
        )
    refused = anywhere("backup", anywhere.directory / "new.tar")
    assert refused.returncode == 1
    assert "abîmée" in refused.stderr
    assert not (anywhere.directory / "new.tar").exists()
    told = json.loads(anywhere("doctor", "--json").stdout)
    assert [one["level"] for one in told["findings"] if one["check"] == "soundness"] == ["failed"]


def test_a_backup_takes_the_place_of_a_damaged_store_which_is_kept_aside(
    damaged: Callable[[int], Path], good: Path, ctg: Program
) -> None:
    store = damaged(a_page_of(good / "ctg.db", "accounts"))
    broken = store.read_bytes()
    refused = ctg("restore", "good.tar")
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert store.read_bytes() == broken
    done = ctg("restore", "good.tar", "--force")
    assert done.returncode == 0, done.stderr
    (aside,) = ctg.directory.glob("ctg.db.damaged-*")
    assert str(aside.name) in done.stdout
    assert aside.read_bytes() == broken
    assert findings(ctg)["soundness"] == "ok"
    assert "alix" in ctg("account", "list").stdout
