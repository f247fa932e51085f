"""A store of before the first release is refused whole, in one sentence that says what to do."""

from __future__ import annotations

from contextlib import closing

import pysqlite3.dbapi2 as sqlite3
import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.settings import Settings
from tests.cli.conftest import Program

SENTENCE = "« ctg demo --fresh »"


def make_older(file: object, *, demonstration: bool = False) -> None:
    """As the development before the first release left one."""
    with closing(sqlite3.connect(str(file))) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
        connection.execute("DELETE FROM alembic_version")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY, stream_id TEXT, version INTEGER,"
            " topic TEXT, state TEXT)"
        )
        connection.execute("CREATE TABLE IF NOT EXISTS instance (name TEXT PRIMARY KEY, value TEXT)")
        if demonstration:
            connection.execute("INSERT OR REPLACE INTO instance VALUES ('demonstration', 'yes')")
        connection.commit()


@pytest.mark.parametrize(
    "arguments",
    [
        ["migrate"],
        ["serve", "--port", "8834"],
        ["work"],
        ["backup", "backup.tar"],
        ["restore", "sound.tar"],
        ["restore", "sound.tar", "--force"],
        ["account", "list"],
        ["key", "list"],
    ],
)
def test_every_command_refuses_it_in_one_sentence(ctg: Program, arguments: list[str]) -> None:
    store = ctg.directory / "ctg.db"
    if arguments[0] == "restore":
        url = f"sqlite:///{ctg.directory / 'other.db'}"
        assert ctg("migrate", database_url=url).returncode == 0
        assert ctg("backup", "sound.tar", database_url=url).returncode == 0
    make_older(store)
    before = store.read_bytes()
    ended = ctg(*arguments)
    assert ended.returncode == 1
    assert SENTENCE in ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert store.read_bytes() == before


def test_the_doctor_says_it_too(ctg: Program) -> None:
    make_older(ctg.directory / "ctg.db")
    examined = ctg("doctor")
    assert examined.returncode == 1
    assert SENTENCE in examined.stdout


def test_a_demonstration_asks_to_be_told_again(ctg: Program) -> None:
    make_older(ctg.directory / "demo.db", demonstration=True)
    ended = ctg("demo", "--no-serve", "--file", "demo.db")
    assert ended.returncode == 1
    assert SENTENCE in ended.stderr


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_demonstration_is_told_again_over_an_older_one(ctg: Program) -> None:
    make_older(ctg.directory / "demo.db", demonstration=True)
    ctg.done("demo", "--no-serve", "--fresh", "--file", "demo.db")
    with opened(Settings(database_url=f"sqlite:///{ctg.directory / 'demo.db'}")) as house:
        assert house.is_demonstration
