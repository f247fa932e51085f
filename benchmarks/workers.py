"""Processes that are measured: each is asked things by lines of JSON (`benchmarks.peers.asked`), each within a time."""

from __future__ import annotations

import contextlib
import json
import selectors
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

ROOT: Final = Path(__file__).parents[1]
TICKS_PER_SECOND: Final = 100
"""In which Linux counts processor time under /proc."""


class WorkerFailed(Exception):
    """A worker ended or did not answer in time; says what it wrote last."""


class Worker:
    """One process, started at once; `ask` waits for its answer, `send` and `receive` let several work together."""

    def __init__(self, name: str, command: Sequence[str], *, directory: Path = ROOT, patience: float = 300) -> None:
        self.name = name
        self._patience = patience
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(
            command, cwd=directory, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )
        self._waiting = selectors.DefaultSelector()
        assert self._process.stdout is not None
        self._waiting.register(self._process.stdout, selectors.EVENT_READ)
        self._read = b""

    def __enter__(self) -> Self:
        """Wait until it is ready."""
        try:
            self.receive()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def ask(self, ask: str, **given: Any) -> dict[str, Any]:
        """Its answer. Raises `WorkerFailed`."""
        self.send(ask, **given)
        return self.receive()

    def send(self, ask: str, **given: Any) -> None:
        """Ask, without waiting."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"ask": ask, **given}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerFailed(f"{self.name}: {error}\n{self._said()}") from error

    def receive(self) -> dict[str, Any]:
        """The next answer. Raises `WorkerFailed`."""
        assert self._process.stdout is not None
        until = time.monotonic() + self._patience
        while b"\n" not in self._read:
            if not self._waiting.select(max(0.0, until - time.monotonic())):
                raise WorkerFailed(f"{self.name}: no answer within {self._patience:g} s\n{self._said()}")
            chunk = self._process.stdout.read1()  # type: ignore[attr-defined]
            if not chunk:
                raise WorkerFailed(f"{self.name} ended\n{self._said()}")
            self._read += chunk
        line, _, self._read = self._read.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End it: it ends by itself when nobody can ask any more, and is made to when it does not."""
        end(self._process)
        self._waiting.close()
        self._errors.close()

    def _said(self) -> str:
        self._errors.seek(0)
        return "\n".join(self._errors.read().decode(errors="replace").splitlines()[-12:])


def end(process: subprocess.Popen[bytes], patience: float = 10) -> None:
    """End a process that was started here."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    else:
        process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def processor_seconds(pid: int) -> float:
    """Processor time a process has used, all its threads, in steps of a hundredth of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND
