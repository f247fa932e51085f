"""`ctg serve` and `ctg work`: what they need, how they stop, and that a kill loses nothing."""

import json
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from ctg_engine import serving
from ctg_engine.bootstrap import SHIPPED_PROFILES, opened, prepare
from ctg_engine.patience import Patience
from ctg_engine.settings import Settings
from ctg_engine.working import Post
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, deterministic_id
from tests.cli.conftest import PATIENCE, Program, get, stop, wait_for_answer, wait_until
from workflows.summaries import Summaries
from workflows.workers import known


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


def test_a_relay_that_is_not_ready_takes_no_client_from_the_process_that_serves(port: int) -> None:
    with serving.listen("127.0.0.1", port, shared=True) as serves, serving.listen("127.0.0.1", port, shared=True):
        serves.listen()
        serves.settimeout(PATIENCE)
        for _ in range(32):
            with socket.create_connection(("127.0.0.1", port)):
                serves.accept()[0].close()


def test_a_stop_leaves_the_jobs_to_the_others_though_summaries_are_still_being_made(
    ctg: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(database_url=ctg.settings["database_url"])
    prepare(settings)
    enough = threading.Event()
    monkeypatch.setattr(Summaries, "refresh", lambda *_: enough.wait())
    with opened(settings) as house:
        post = Post(house)
        refresher = serving.refresher_of(house, post)
        with serving.running(serving.scheduler_of(house, post), refresher):
            assert post.leases.take("backup")
            post.beat(())
        assert refresher.is_alive(), "it takes longer than a stop waits"
        assert Post(house).leases.take("backup")
        assert not known(house.engine)
        enough.set()
        assert refresher.stop(PATIENCE)


@pytest.mark.parametrize("forced", [False, True])
def test_a_stop_ends_though_somebody_waits_whom_the_system_lets_nobody_take_in(forced: bool) -> None:
    async def app(*_: object) -> None: ...

    server = serving.web_server(app, Patience(1, 10))
    server.config.timeout_graceful_shutdown = 600 if forced else 1
    with serving.listen("127.0.0.1", 0) as taken, serving.listen("127.0.0.1", 0) as full:
        sockets = [taken]
        thread = threading.Thread(target=server.run, kwargs={"sockets": sockets}, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
        with socket.create_connection(full.getsockname()):
            sockets.append(full)
            server.force_exit, server.should_exit = forced, True
            thread.join(PATIENCE)
    assert not thread.is_alive()


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


@pytest.mark.slow
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
