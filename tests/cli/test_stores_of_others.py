"""What is not ours to write over: the store under its own backup, devices and folders, databases of others."""

from __future__ import annotations

import os
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pysqlite3.dbapi2 as sqlite3  # the engine's own: two libraries in one process undo each other's locks
import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import Program
from tests.postgres import durable
from workflows import database
from workflows.migrating import migrate

PASSWORD = "quatre-mots-assez-longs"


def store_of(ctg: Program) -> Path:
    return ctg.directory / "ctg.db"


def other_application(file: Path) -> bytes:
    """A database that some other program keeps in this file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE invoices (number INTEGER)")
        connection.execute("INSERT INTO invoices VALUES (42)")
        connection.commit()
    return file.read_bytes()


def register_partner(url: str) -> None:
    with opened(Settings(database_url=url)) as house:
        command = RegisterPartner(
            stream_id=deterministic_id("test", "partner"),
            name=PublicName("Maison des familles"),
            kind=Code("ASSOCIATION"),
        )
        house.steering.execute(command, house.operator())


def test_a_backup_is_never_the_store_itself(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    store = store_of(ctg)
    (ctg.directory / "hard.db").hardlink_to(store)
    (ctg.directory / "soft.db").symlink_to(store)
    before = store.read_bytes()
    for name in ("ctg.db", "./ctg.db", "hard.db", "soft.db", "ctg.db-wal", "ctg.db-shm"):
        ended = ctg("backup", name, "--force")
        assert ended.returncode == 2, name
        assert "la base elle-même" in ended.stderr, name
    assert store.read_bytes() == before
    assert not (ctg.directory / "ctg.db-wal").exists()


def test_a_backup_replaces_ordinary_files_only(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    os.mkfifo(ctg.directory / "pipe")
    (ctg.directory / "folder").mkdir()
    (ctg.directory / "nowhere").symlink_to(ctg.directory / "absent")
    for name in ("pipe", "folder", "nowhere"):
        ended = ctg("backup", name, "--force")
        assert ended.returncode == 2, name
        assert "fichier ordinaire" in ended.stderr, name
    assert (ctg.directory / "pipe").is_fifo()
    ended = ctg("backup", "absent/backup.tar")
    assert ended.returncode == 2
    assert ended.stderr == "absent/backup.tar ne peut pas être écrit : ce fichier ou ce dossier n’existe pas.\n"


def test_a_file_of_another_application_is_left_as_it_is(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    assert ctg("backup", "backup.tar").returncode == 0
    file = ctg.directory / "invoices.db"
    before = other_application(file)
    url = f"sqlite:///{file}"
    for arguments in (["migrate"], ["restore", "backup.tar"], ["restore", "backup.tar", "--force"]):
        ended = ctg(*arguments, database_url=url)
        assert ended.returncode == 2, arguments
        assert "autre application" in ended.stderr
    ended = ctg("demo", "--no-serve", "--file", "invoices.db")
    assert ended.returncode == 2
    assert "--file" in ended.stderr
    for arguments in (["doctor"], ["account", "list"]):
        assert ctg(*arguments, database_url=url).returncode == 1
    assert file.read_bytes() == before
    assert {one.name for one in ctg.directory.glob("invoices.db*")} <= {"invoices.db", "invoices.db.lock"}


def test_a_migrated_store_is_still_empty(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    assert ctg("backup", "backup.tar").returncode == 0
    assert ctg("restore", "backup.tar").returncode == 0
    register_partner(f"sqlite:///{store_of(ctg)}")
    ended = ctg("restore", "backup.tar")
    assert ended.returncode == 1
    assert "--force" in ended.stderr
    with closing(sqlite3.connect(store_of(ctg))) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (4,)


def test_a_table_that_is_not_ours_is_something(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    assert ctg("backup", "backup.tar").returncode == 0
    with closing(sqlite3.connect(store_of(ctg))) as connection:
        connection.execute("CREATE TABLE notes (line TEXT)")
    assert ctg("restore", "backup.tar").returncode == 1


@pytest.mark.postgres
def test_tables_of_others_survive_a_forced_restoration(ctg: Program, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        assert ctg("migrate", database_url=postgres_url).returncode == 0
        assert ctg("backup", "backup.tar", database_url=postgres_url).returncode == 0
        connection.execute("CREATE TABLE invoices (number integer)")
        connection.execute("INSERT INTO invoices VALUES (42)")
        assert ctg("restore", "backup.tar", database_url=postgres_url).returncode == 1
        forced = ctg("restore", "backup.tar", "--force", database_url=postgres_url)
        assert forced.returncode == 0, forced.stderr
        assert connection.execute("SELECT number FROM invoices").fetchall() == [(42,)]
        with durable(postgres_url):
            assert ctg("doctor", database_url=postgres_url).returncode == 0


def test_a_path_that_can_be_no_store_is_told_by_its_setting(ctg: Program) -> None:
    (ctg.directory / "file").write_text("text")
    (ctg.directory / "folder").mkdir()
    cases = {"file/ctg.db": "un dossier", "folder": "c’est un dossier"}
    for path, reason in cases.items():
        url = f"sqlite:///{ctg.directory / path}"
        for arguments in (["migrate"], ["restore", "absent.tar"]):
            ended = ctg(*arguments, database_url=url)
            assert ended.returncode == 2, (path, arguments)
            assert "CTG_DATABASE_URL" in ended.stderr
            assert reason in ended.stderr
            assert "imprévue" not in ended.stderr
        examined = ctg("doctor", database_url=url)
        assert examined.returncode == 1
        assert reason in examined.stdout
        assert "Place sur le disque" not in examined.stdout


def test_a_file_that_is_no_database_is_named(ctg: Program) -> None:
    (ctg.directory / "notes.db").write_text("not a database " * 200)
    url = f"sqlite:///{ctg.directory / 'notes.db'}"
    for arguments in (["migrate"], ["account", "list"], ["serve", "--port", "8834"]):
        ended = ctg(*arguments, database_url=url)
        assert ended.returncode == 2, arguments
        assert "notes.db (CTG_DATABASE_URL) n’est pas une base SQLite" in ended.stderr
    ended = ctg("demo", "--no-serve", "--file", "notes.db")
    assert ended.returncode == 2
    assert "notes.db (--file) n’est pas une base SQLite" in ended.stderr
    assert "notes.db n’est pas une base SQLite" in ctg("doctor", database_url=url).stdout


def test_a_locked_store_is_told_from_a_lost_one(ctg: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_WAIT_SECONDS", 0.1)
    assert ctg("migrate").returncode == 0
    with closing(sqlite3.connect(store_of(ctg), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        ended = ctg("letter", "resend", "0" * 32)
    assert ended.returncode == 1
    assert "ctg.db (CTG_DATABASE_URL) est occupée par un autre processus" in ended.stderr


def test_a_migration_waits_for_a_writer(ctg: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_WAIT_SECONDS", 0.1)
    assert ctg("migrate").returncode == 0
    writer = sqlite3.connect(store_of(ctg), isolation_level=None, check_same_thread=False)
    with closing(writer):
        writer.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(1, writer.execute, ["ROLLBACK"])
        timer.start()
        engine = database.create_database_engine(f"sqlite:///{store_of(ctg)}")
        try:
            migrate(engine)
        finally:
            engine.dispose()
            timer.join()


def test_looking_at_a_store_changes_nothing_of_it(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    with closing(sqlite3.connect(store_of(ctg))) as connection:
        assert connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = store_of(ctg).read_bytes()
    for arguments in (["doctor"], ["serve", "--port", "8834"], ["migrate"]):
        assert ctg(*arguments).returncode == 1, arguments
    assert store_of(ctg).read_bytes() == before


@pytest.mark.parametrize("may_write_beside", [True, False])
def test_a_reader_only_account_may_look(
    ctg: Program, monkeypatch: pytest.MonkeyPatch, *, may_write_beside: bool
) -> None:
    assert ctg("migrate").returncode == 0
    before = store_of(ctg).read_bytes()
    monkeypatch.setattr(os, "access", lambda path, _: may_write_beside or Path(path) != ctg.directory)
    examined = ctg("doctor")
    assert examined.returncode == 0, examined.stdout + examined.stderr
    engine = database.create_database_engine(f"sqlite:///{store_of(ctg)}", reading_only=True)
    with engine.connect() as connection, pytest.raises(database.DatabaseUnavailable):
        connection.exec_driver_sql("DELETE FROM instance")
    engine.dispose()
    assert store_of(ctg).read_bytes() == before
    if not may_write_beside:
        assert [one.name for one in ctg.directory.glob("ctg.db*")] == ["ctg.db"]


@pytest.mark.parametrize("secret", ["password=sesame", "user=u&sslpassword=sesame"])
def test_the_doctor_keeps_a_password_of_the_query_to_itself(ctg: Program, secret: str) -> None:
    for arguments in (["doctor"], ["doctor", "--json"]):
        ended = ctg(*arguments, database_url=f"postgresql://127.0.0.1:1/ctg?connect_timeout=1&{secret}")
        assert ended.returncode == 1
        assert "CTG_DATABASE_URL" in ended.stdout
        assert "sesame" not in ended.stdout + ended.stderr
