"""Stopping and relaying `ctg serve` under load: whoever was let in is answered."""

from __future__ import annotations

import http.client
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.conftest import Program, stop, wait_until
from tests.cli.test_serving import wait_for_jobs

LONG = 60.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class Clients:
    """Clients that ask again and again, half of them on a connection that they keep, and count what becomes of it."""

    def __init__(self, port: int, count: int = 8) -> None:
        self.told: Counter[str] = Counter()
        self._port = port
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number % 2 == 0,)) for number in range(count)]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        for one in self._threads:
            one.start()
        try:
            yield
        finally:
            self._enough.set()
            for one in self._threads:
                one.join()

    def answered_again(self, process: subprocess.Popen[str]) -> None:
        """Wait until a good many more are answered."""
        until = self.told["answered"] + 100
        wait_until(lambda: self.told["answered"] >= until, process)

    def _run(self, keeps: bool) -> None:
        connection: http.client.HTTPConnection | None = None
        while not self._enough.wait(0.002):
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=LONG)
                try:
                    connection.connect()
                except OSError as error:
                    connection = None
                    self.told[f"not let in: {type(error).__name__}"] += 1
                    continue
            asked = connection
            try:
                asked.request("GET", "/healthz")
                answer = asked.getresponse()
                assert answer.read() == b'{"status":"ok"}'
                self.told["answered"] += 1
                if answer.will_close or not keeps:
                    asked.close()
                    connection = None
            except (OSError, http.client.HTTPException) as error:
                self.told[f"lost: {type(error).__name__}"] += 1
                asked.close()
                connection = None
        if connection is not None:
            connection.close()


def test_a_port_that_is_relayed_loses_and_refuses_nobody(ctg: Program, port: int) -> None:
    ctg.settings["shared_port"] = "true"
    process = ctg.start("serve", "--port", str(port))
    wait_for_jobs(process)
    clients = Clients(port)
    with clients.at_work():
        for _ in range(2):
            clients.answered_again(process)
            relay = ctg.start("serve", "--port", str(port))
            wait_for_jobs(relay)
            stop(process)
            process = relay
        clients.answered_again(process)
    stop(process)
    assert set(clients.told) == {"answered"}


def test_a_port_that_is_closed_for_a_moment_loses_nobody_who_was_let_in(ctg: Program, port: int) -> None:
    clients = Clients(port)
    process = ctg.start("serve", "--port", str(port))
    wait_for_jobs(process)
    with clients.at_work():
        for _ in range(2):
            clients.answered_again(process)
            stop(process)
            assert process.returncode == 0
            process = ctg.start("serve", "--port", str(port))
            wait_for_jobs(process)
        clients.answered_again(process)
    stop(process)
    assert set(clients.told) <= {"answered", "not let in: ConnectionRefusedError"}
