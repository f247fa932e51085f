"""Where the security journal goes: with the journal of the process, and in files of its own that end by themselves."""

from __future__ import annotations

import json
import logging
import re
import stat
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ctg_engine.clock import SetClock
from ctg_engine.security_files import DailyFiles
from tests.cli.conftest import Ended, Program, get, stop, wait_for_answer

PASSWORD = "quatre-mots-assez-longs"
CANARY = "canari@exemple.fr"
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "exploitant.md"

Line = dict[str, Any]


def security(text: str) -> list[Line]:
    """The lines of the security journal among those of a process."""
    told = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [line for line in told if line["logger"] == "ctg.security"]


def in_folder(folder: Path) -> list[Line]:
    return security("".join(file.read_text() for file in sorted(folder.iterdir())))


def knock(port: int, **headers: str) -> None:
    """Try to sign in with an address of a mail box and a wrong password."""
    sent = urllib.parse.urlencode({"identifier": CANARY, "password": CANARY}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/connexion", sent, headers)
    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(request, timeout=60):  # noqa: S310
        pass
    refused.value.close()
    assert refused.value.code == 401


def test_what_the_operator_does_is_told_and_nobody_named(ctg: Program) -> None:
    folder = ctg.directory / "security" / "of-ctg"

    def done(*arguments: str) -> Ended:
        ended = ctg(*arguments, typed=f"{PASSWORD}-{len(arguments)}", security_folder=str(folder))
        assert ended.returncode == 0, ended.stderr
        return ended

    done("migrate")
    created = done("account", "create", "camille", "--name", "Camille Exemple", "--email", CANARY, "--administrator")
    token = done("key", "issue", "Outil de Camille", "--role", "AUDITOR", "--instance").stdout.splitlines()[-1]
    _, prefix, secret = token.split("_", 2)
    done("key", "revoke", prefix)
    done("account", "password", "camille")
    done("account", "disable", "camille")
    lines = in_folder(folder)
    account_id = done("account", "list", "--ids").stdout.partition("\t")[0]
    assert [(line["event"], line.get("account"), line.get("key")) for line in lines] == [
        ("account-created", account_id, None),
        ("key-issued", None, prefix),
        ("key-revoked", None, prefix),
        ("password-changed", account_id, None),
        ("account-disabled", account_id, None),
    ]
    assert {(line["by"], line["outcome"]) for line in lines} == {("operator", "done")}
    (said,) = security(created.stderr)
    assert said | {"timestamp": ""} == lines[0] | {"timestamp": ""}
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for name in ("camille", "Camille", CANARY, PASSWORD, secret):
        assert name not in file.read_text()


@pytest.mark.slow
def test_a_served_instance_tells_who_knocks_and_from_where_only_when_asked(ctg: Program, port: int) -> None:
    folder = ctg.directory / "security"
    for asked in ("false", "true"):
        process = ctg.start(
            "serve", "--port", str(port), security_folder=str(folder), security_addresses=asked, language="fr"
        )
        wait_for_answer(port, process)
        knock(port)
        knock(port, **{"X-Forwarded-For": "203.0.113.9"})
        knock(port, **{"X-Forwarded-For": CANARY})
        get(port, f"/{CANARY}")
        _, told = stop(process)
        assert CANARY not in told
        assert [line["event"] for line in security(told)] == ["link-made", "sign-in", "sign-in", "sign-in"]
    lines = [line for line in in_folder(folder) if line["event"] != "link-made"]
    assert [line.get("address") for line in lines] == [None, None, None, "127.0.0.1", "203.0.113.9", None]
    assert {(line["event"], line["outcome"], line["why"]) for line in lines} == {("sign-in", "refused", "unknown")}
    assert len({line["request"] for line in lines}) == 6
    seen = failregex().findall("".join(file.read_text() for file in folder.iterdir()))
    assert seen == ["127.0.0.1", "203.0.113.9"]


def failregex() -> re.Pattern[str]:
    """What the guide gives to fail2ban, which puts a pattern of addresses in the place of <ADDR>."""
    given = re.search(r"^failregex = (.*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert given is not None
    return re.compile(given[1].replace("<ADDR>", r"([0-9a-fA-F.:]+)"), re.MULTILINE)


@pytest.mark.parametrize("days", ["0", "1097", "beaucoup"])
def test_a_time_that_cannot_be_kept_is_said(ctg: Program, days: str) -> None:
    ended = ctg("account", "list", security_days=days)
    assert ended.returncode == 2
    assert "CTG_SECURITY_DAYS" in ended.stderr
    assert "1096" in ended.stderr


def test_a_folder_that_cannot_be_written_stops_the_command_before_anything_is_done(ctg: Program) -> None:
    assert ctg("migrate").returncode == 0
    (ctg.directory / "taken").write_text("a file")
    ended = ctg("account", "create", "x", "--name", "X", "--email", "x@x.fr", security_folder="taken/inside")
    assert ended.returncode == 2
    assert "CTG_SECURITY_FOLDER" in ended.stderr
    assert ctg("account", "list").stdout == ""
    for folder, level in (("taken/inside", "failed"), ("security", "ok"), ("", "ok")):
        findings = json.loads(ctg("doctor", "--json", security_folder=folder).stdout)["findings"]
        assert [one["level"] for one in findings if one["check"] == "security"] == [level], folder


def line(text: str) -> logging.LogRecord:
    return logging.LogRecord("ctg.security", logging.INFO, "", 0, text, None, None)


def test_each_day_has_its_file_and_the_old_ones_go(tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 1, 30, 23, 59, tzinfo=UTC))
    (tmp_path / "notes.txt").write_text("not ours")
    here, beside = DailyFiles(tmp_path, 2, clock), DailyFiles(tmp_path, 2, clock)
    for files in (here, beside):
        files.prepare()
    for day in range(4):
        here.emit(line(f"here {day}"))
        beside.emit(line(f"beside {day}"))
        here.remove_old()
        clock.moment += timedelta(days=1)
    for files in (here, beside):
        files.close()
    kept = {file.name: file.read_text() for file in sorted(tmp_path.iterdir())}
    assert list(kept) == ["notes.txt", *(f"security-2026-{day}.jsonl" for day in ("01-31", "02-01", "02-02"))]
    assert kept["security-2026-02-02.jsonl"] == "here 3\nbeside 3\n"


def test_a_folder_that_is_lost_keeps_nobody_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clock = SetClock(datetime(2026, 1, 30, tzinfo=UTC))
    files = DailyFiles(tmp_path / "gone", 2, clock)
    files.prepare()
    for file in (tmp_path / "gone").iterdir():
        file.unlink()
    (tmp_path / "gone").rmdir()
    clock.moment += timedelta(days=1)
    files.emit(line("said"))
    files.close()
    assert "FileNotFoundError" in capsys.readouterr().err
