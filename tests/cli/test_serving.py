"""`ctg serve` and `ctg work`: what they need, how they stop, and that a kill loses nothing."""

import json
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from ctg_engine.bootstrap import SHIPPED_PROFILES, opened
from ctg_engine.settings import Settings
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import Program, get, stop, wait_for_answer, wait_until


def register_partner(ctg: Program, name: str) -> None:
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        command = RegisterPartner(
            stream_id=deterministic_id("test", name), name=PublicName(name), kind=Code("ASSOCIATION")
        )
        house.steering.execute(command, house.operator())


def count_events(ctg: Program) -> int:
    with opened(Settings(database_url=ctg.settings["database_url"])) as house:
        return len(house.steering.read_events(0, 1000))


def test_a_first_serve_makes_the_store_and_survives_a_kill(ctg: Program, port: int) -> None:
    process = ctg.start("serve", "--port", str(port))
    wait_for_answer(port, process)
    assert json.loads(get(port, "/healthz")[1]) == {"status": "ok"}
    wait_until(lambda: get(port, "/readyz")[0] == 200, process)
    register_partner(ctg, "Maison des familles")
    process.kill()
    process.wait()
    before = count_events(ctg)

    again = ctg.start("serve", "--port", str(port))
    wait_for_answer(port, again)
    assert count_events(ctg) == before == len(SHIPPED_PROFILES) + 2
    said, told = stop(again)
    assert again.returncode == 0, told
    assert f"http://127.0.0.1:{port}" in said
    assert f"http://127.0.0.1:{port}/premier-administrateur/" in said, "nobody administers yet"
    assert "premier-administrateur" not in told, "a journal is kept, and sent elsewhere"
    assert "Arrêté" in said
    journal = [json.loads(line) for line in told.splitlines()]
    assert {"started", "stopped"} <= {line["event"] for line in journal}


def test_a_taken_port_is_said_before_anything_is_done(ctg: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for arguments in (["serve"], ["demo", "--file", "demo.db"]):
            ended = ctg(*arguments, "--port", str(port))
            assert ended.returncode == 2
            assert f"port {port}" in ended.stderr
            assert "--port" in ended.stderr
    assert list(Path(ctg.directory).iterdir()) == []


@pytest.mark.postgres
def test_postgresql_is_migrated_on_purpose(ctg: Program, postgres_url: str, port: int) -> None:
    ctg.settings["database_url"] = postgres_url
    for arguments in (["serve", "--port", str(port)], ["work"]):
        ended = ctg(*arguments)
        assert ended.returncode == 1
        assert "ctg migrate" in ended.stderr


def wait_for_jobs(process: subprocess.Popen[str]) -> None:
    """Wait until a process says that its jobs are started: from then on it stops in order when it is asked to."""
    assert process.stderr is not None
    while '"started"' not in (line := process.stderr.readline()):
        assert line, "it ended before it started"


@pytest.mark.postgres
def test_workers_beside_each_other_leave_a_trace_and_stop_when_asked(ctg: Program, postgres_url: str) -> None:
    ctg.settings["database_url"] = postgres_url
    ctg.done("migrate")
    workers = [ctg.start("work") for _ in range(2)]

    def seen() -> bool:
        findings = json.loads(ctg("doctor", "--json").stdout)["findings"]
        return [one["level"] for one in findings if one["check"] == "jobs"] == ["ok"]

    for worker in workers:
        wait_for_jobs(worker)
    wait_until(seen, workers[0])
    for worker, number in zip(workers, (signal.SIGTERM, signal.SIGINT), strict=True):
        _, told = stop(worker, number)
        assert worker.returncode == 0, told
