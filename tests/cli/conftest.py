"""The program on a store of its own, in the process of the test or in processes of its own."""

import io
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ctg_engine.cli import run

CTG = Path(sys.executable).with_name("ctg")
PATIENCE = 120.0
"""Seconds: how long a process may take on a busy machine before the test gives up."""


@dataclass
class Ended:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Program:
    """Runs `ctg` in a directory, with the settings given and no other.

    Commands run in the process of the test, by the function that the installed program calls: starting the program
    costs more than what most commands do. What concerns processes (a death, a race, what a shell gives) starts some.
    """

    directory: Path
    settings: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __call__(self, *arguments: str | Path, typed: str = "", **settings: str) -> Ended:
        """Run to the end, here. `typed` comes on standard input, `settings` are variables without their prefix."""
        said, told = _stream(), _stream()
        with (
            pytest.MonkeyPatch.context() as patch,
            chdir(self.directory),
            redirect_stdout(said),
            redirect_stderr(told),
            _journal_given_back(),
        ):
            for name in [name for name in os.environ if name.startswith("CTG_")]:
                patch.delenv(name)
            for name, value in self._set(settings).items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", _stream(typed))
            code = run([str(one) for one in arguments])
        return Ended(code, _written(said), _written(told))

    def in_a_process(self, *arguments: str | Path, typed: str = "", **settings: str) -> Ended:
        """The same in a process of its own, from the installed program."""
        ended = subprocess.run(
            [CTG, *arguments],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.directory,
            env=self._environment(settings),
            timeout=PATIENCE,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def done(self, *arguments: str | Path, typed: str = "", **settings: str) -> str:
        """Run to the end, which must be a good one; what it said."""
        ended = self(*arguments, typed=typed, **settings)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def start(self, *arguments: str | Path, **settings: str) -> subprocess.Popen[str]:
        """Start a process that stays."""
        process = subprocess.Popen(
            [CTG, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.directory,
            env=self._environment(settings),
        )
        self.started.append(process)
        return process

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        bare = {name: value for name, value in os.environ.items() if not name.startswith("CTG_")}
        return bare | self._set(settings)

    def _set(self, settings: dict[str, str]) -> dict[str, str]:
        return {f"CTG_{name.upper()}": value for name, value in (self.settings | settings).items()}


def _stream(text: str = "") -> io.TextIOWrapper:
    """What a shell gives a program: text over bytes, and no terminal."""
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextmanager
def _journal_given_back() -> Iterator[None]:
    """A command sends the journal of its process where it wants."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)


@pytest.fixture
def ctg(tmp_path: Path) -> Iterator[Program]:
    """The program, on a SQLite store that is not there yet."""
    program = Program(tmp_path, {"database_url": f"sqlite:///{tmp_path / 'ctg.db'}"})
    yield program
    for process in program.started:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def anywhere(request: pytest.FixtureRequest, ctg: Program) -> Program:
    """The program, on an empty store of each kind."""
    if request.param == "postgresql":
        ctg.settings["database_url"] = request.getfixturevalue("postgres_url")
    return ctg


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait for something that a process is to bring about."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Status and body of a page; status 0 while nobody answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


def wait_for_answer(port: int, process: subprocess.Popen[str]) -> None:
    """Wait until the process answers on its port."""
    wait_until(lambda: get(port, "/healthz")[0] == 200, process)


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[str, str]:
    """Ask a process to stop, and wait until it has: what it said on both outputs."""
    process.send_signal(number)
    return process.communicate(timeout=PATIENCE)
