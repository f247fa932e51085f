"""Servers of their own process, and a client that asks them pages as fast as they answer."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from benchmarks.workers import ROOT, end, processor_seconds

HOST: Final = "127.0.0.1"
STARTS_WITHIN: Final = 120.0
QUIET_WITHIN: Final = 180.0
QUIET: Final = 0.05
"""Share of a processor that a server at rest uses at most."""


@dataclass(frozen=True)
class Asked:
    """A page, as it is asked: the path, and headers beside those of every request."""

    path: str
    headers: Mapping[str, str]

    @property
    def request(self) -> bytes:
        """The bytes of the request."""
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: {HOST}",
            *(f"{name}: {one}" for name, one in self.headers.items()),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Load:
    """What came of asking for a while."""

    seconds: float
    processor: float
    """Seconds of the server's processor time."""
    latencies: Sequence[float]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.latencies) / self.seconds

    @property
    def processor_ms(self) -> float:
        """Milliseconds of the server's processor time for each request."""
        return self.processor / len(self.latencies) * 1000


class Server:
    """A process that answers on a port, ended with the `with` block."""

    def __init__(self, name: str, command: Sequence[str], port: int, *, ready: str, directory: Path = ROOT) -> None:
        self.name = name
        self.port = port
        self._ready = ready
        self._process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Self:
        """Wait until it answers, and has nothing else to do."""
        try:
            self._wait()
        except BaseException:
            end(self._process)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        end(self._process)

    def get(self, asked: Asked) -> tuple[int, Mapping[str, str], bytes]:
        """One answer: status, headers by their names in small letters, body."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.request("GET", asked.path, headers=dict(asked.headers))
            answer = connection.getresponse()
            return answer.status, {name.lower(): one for name, one in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def json(self, asked: Asked) -> dict[str, Any]:
        """The object it answers."""
        status, _, body = self.get(asked)
        if status != http.HTTPStatus.OK:
            raise SystemExit(f"{self.name} answers {status} to {asked.path}: {body[:300]!r}")
        answer: dict[str, Any] = json.loads(body)
        return answer

    def load(self, pages: Sequence[Asked], seconds: float, connections: int, status: int) -> Load:
        """Ask these pages in turn for a while. Raises SystemExit for an answer of another status."""
        processor, began = processor_seconds(self._process.pid), time.monotonic()
        latencies = asyncio.run(_ask(self.port, pages, began + seconds, connections, status))
        return Load(time.monotonic() - began, processor_seconds(self._process.pid) - processor, latencies)

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{self.name} does not answer")
            time.sleep(0.1)
        until = time.monotonic() + QUIET_WITHIN
        used = processor_seconds(self._process.pid)
        while time.monotonic() < until:
            time.sleep(1)
            before, used = used, processor_seconds(self._process.pid)
            if used - before <= QUIET:
                return

    def _answers(self) -> bool:
        try:
            return self.get(Asked(self._ready, {}))[0] == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


async def _ask(port: int, pages: Sequence[Asked], until: float, connections: int, status: int) -> list[float]:
    requests = [page.request for page in pages]
    expected = str(status).encode()
    latencies: list[float] = []

    async def one(first: int) -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        number = first
        while (began := time.monotonic()) < until or number == first:
            writer.write(requests[number % len(requests)])
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
            if head[9:12] != expected:
                raise SystemExit(f"{pages[number % len(requests)].path}: {head.decode(errors='replace')}")
            latencies.append(time.monotonic() - began)
            number += 1
        writer.close()

    await asyncio.gather(*(one(number * len(requests) // connections) for number in range(connections)))
    return latencies


def _length(head: bytes) -> int:
    """Bytes of the body, none where the answer does not say."""
    _, found, after = head.lower().partition(b"content-length:")
    return int(after.partition(b"\r\n")[0]) if found else 0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port
