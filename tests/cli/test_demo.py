"""`ctg demo`: told once, kept afterwards, told again on demand, whole or not at all."""

from __future__ import annotations

import json
import re
import signal
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from ctg_engine.bootstrap import opened
from ctg_engine.demo.story import ACCOUNTS, DEMO_PASSWORD, DEMO_TODAY
from ctg_engine.demonstration import demonstration_settings
from ctg_engine.settings import Settings
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import Program, get, stop, wait_for_answer, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def told(ctg: Program) -> Program:
    """The program beside a demonstration that is told."""
    ctg.done("demo", "--no-serve", "--file", "demo.db")
    return ctg


def token_in(said: str) -> str:
    found = re.search(r"ctg_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", said)
    assert found is not None, said
    return found[0]


def file_of(ctg: Program) -> Settings:
    return Settings(database_url=f"sqlite:///{ctg.directory / 'demo.db'}")


def test_a_second_visit_keeps_what_the_first_did(told: Program, port: int) -> None:
    assert not (told.directory / "ctg.db").exists()  # never the store of the settings
    tokens = []
    for visit in range(2):
        process = told.start("demo", "--file", "demo.db", "--port", str(port))
        wait_for_answer(port, process)
        if visit == 0:
            in_use = told.in_a_process("demo", "--no-serve", "--fresh", "--file", "demo.db")
            assert in_use.returncode == 2
            with opened(file_of(told)) as house:
                assert house.is_demonstration
                assert (house.clock.today() - DEMO_TODAY).days in (0, 1)
                command = RegisterPartner(
                    stream_id=deterministic_id("test", "visitor"),
                    name=PublicName("Association du visiteur"),
                    kind=Code("ASSOCIATION"),
                )
                house.steering.execute(command, house.operator())
        token = token_in((told.directory / "demo.db.key").read_text())
        status, body = get(port, "/api/v1/conventions", Authorization=f"Bearer {token}")
        assert status == 200
        assert len(json.loads(body)["conventions"]) >= 14
        said, errors = stop(process)
        assert process.returncode == 0, errors
        tokens.append(token_in(said))
        for account in ACCOUNTS:
            assert account.login in said
        assert DEMO_PASSWORD in said
        assert f"http://127.0.0.1:{port}" in said
    assert tokens[0] == tokens[1]
    assert stat.S_IMODE((told.directory / "demo.db.key").stat().st_mode) == 0o600
    with opened(file_of(told)) as house:
        assert house.steering.load(deterministic_id("test", "visitor")) is not None

    fresh = told.done("demo", "--no-serve", "--fresh", "--file", "demo.db")
    with opened(file_of(told)) as house:
        assert house.steering.load(deterministic_id("test", "visitor")) is None
        assert house.api_keys.authenticate(token_in(fresh), house.clock.now()) is not None
        assert house.accounts.verify(ACCOUNTS[0].login, DEMO_PASSWORD, house.clock.now()) is not None


def test_a_telling_that_is_killed_is_told_again(ctg: Program) -> None:
    file, telling = ctg.directory / "demo.db", ctg.directory / "demo.db.telling"
    killed = ctg.start("demo", "--no-serve", "--file", "demo.db")

    def half_told() -> bool:
        wal = telling.with_name(telling.name + "-wal")
        with suppress(FileNotFoundError):
            return wal.stat().st_size > 1_000_000
        return False

    wait_until(half_told, killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert not file.exists()
    ctg.done("demo", "--no-serve", "--file", "demo.db")
    assert not telling.exists()
    with opened(file_of(ctg)) as house:
        assert house.is_demonstration


def test_a_store_that_is_no_demonstration_is_left_alone(ctg: Program) -> None:
    ctg.done("migrate")
    before = Path(ctg.directory / "ctg.db").read_bytes()
    ended = ctg("demo", "--no-serve", "--fresh", "--file", "ctg.db")
    assert ended.returncode == 2
    assert "ctg.db" in ended.stderr
    assert Path(ctg.directory / "ctg.db").read_bytes() == before


def test_a_demonstration_never_touches_the_files_of_another_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told again, it empties the folder of its papers: that of the operator's setting holds real ones."""
    monkeypatch.setenv("CTG_FILES_FOLDER", str(tmp_path / "real"))
    settings = demonstration_settings(tmp_path / "demo.db", "127.0.0.1", 8000)
    assert settings.evidence_folder == tmp_path / "demo.db.files"
