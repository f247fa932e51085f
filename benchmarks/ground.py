"""The databases of one run, and the processes that tell conventions on them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.databases import postgres_server
from benchmarks.peers.environments import CACHE, NotInstalled, python_of
from benchmarks.turns import Way
from benchmarks.workers import ROOT, Worker, end
from tests.postgres import Server

RAW: Final = "raw"
OURS: Final = "ours"
BESIDE: Final = "other checkout"
FLOOR: Final = "append alone"
LIBRARY: Final = "library"
PEERS: Final = {"Django with history": "django_history", "DBOS": "dbos_steps", "SpiffWorkflow": "spiff_tasks"}
SQLITE_ONLY: Final = ("SpiffWorkflow",)
HOUSES: Final = (OURS, BESIDE)
"""Ways that are this engine."""


class Ground:
    """What one run needs, all of it ended with `stack`.

    `beside` is another checkout of this project, with its own `.venv`, measured in turns with this one.
    """

    def __init__(
        self,
        directory: Path,
        stack: ExitStack,
        *,
        beside: Path | None = None,
        environments: Path = CACHE,
        install: bool = True,
    ) -> None:
        self.beside = beside
        self.missing: dict[str, str] = {}
        """Peers that cannot be had, with why."""
        self._directory = directory
        self._stack = stack
        self._environments = environments
        self._install = install
        self._server: Server | None = None

    def ways(self, kind: str, writers: int = 1) -> tuple[str, ...]:
        """What can be asked for on a kind of database; only we and the bare driver have many writers."""
        houses = HOUSES if self.beside is not None else (OURS,)
        if writers > 1:
            return (RAW, *houses)
        return (RAW, FLOOR, *houses, LIBRARY, *(name for name in PEERS if kind == "sqlite" or name not in SQLITE_ONLY))

    def way(self, name: str, kind: str, writers: int = 1, label: str | None = None) -> Way | None:
        """The processes that tell in one way; None for a peer that cannot be had."""
        label = label or name
        url = self._database(kind, f"{kind}-{label}")
        if name == FLOOR:
            command, _ = house_command(None, url)
            scratch = self._database("sqlite", f"{kind}-decided")
            return Way(label, [self._worker(label, [*command, "--floor", scratch])])
        if name in HOUSES:
            return self._house(name, label, kind, url, writers)
        module = {RAW: "raw", LIBRARY: "library"}.get(name) or PEERS[name]
        try:
            python = self._python(name, module)
        except NotInstalled as error:
            self.missing[name] = str(error)
            return None
        command = [str(python), "-m", f"benchmarks.peers.{module}", url]
        return Way(label, [self._worker(label, command) for _ in range(writers)])

    def _house(self, name: str, label: str, kind: str, url: str, writers: int) -> Way:
        command, checkout = house_command(self.beside if name == BESIDE else None, url)
        if kind == "sqlite":
            return Way(label, [self._worker(label, [*command, "--jobs"], checkout)])
        parts = [[*command, "--part", str(part), "--parts", str(writers)] for part in range(writers)]
        told = [self._worker(label, part, checkout) for part in parts]
        follower = self._worker(label, command, checkout) if writers > 1 else None
        return Way(label, told, jobs=self._jobs(command[0], checkout, url), follower=follower)

    def _python(self, name: str, module: str) -> Path:
        if name not in PEERS:
            return Path(sys.executable)
        return python_of(module, self._environments, install=self._install)

    def _worker(self, label: str, command: Sequence[str], directory: Path = ROOT) -> Worker:
        return self._stack.enter_context(Worker(label, command, directory=directory))

    def _jobs(self, python: str, checkout: Path, url: str) -> int:
        """A process that does the jobs of a store; its number."""
        command = ["env", f"CTG_DATABASE_URL={url}", str(Path(python).with_name("ctg")), "work"]
        process = subprocess.Popen(command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(end, process)
        return process.pid

    def _database(self, kind: str, name: str) -> str:
        """The address of a new empty database."""
        if kind == "sqlite":
            return f"sqlite:///{self._directory / name.replace(' ', '-')}.db"
        if self._server is None:
            self._server = postgres_server(self._directory)
        return self._server.create_database()


def house_command(beside: Path | None, url: str) -> tuple[list[str], Path]:
    """How to start this engine on a store, from this checkout or from another one, and where."""
    python = str(beside / ".venv" / "bin" / "python") if beside is not None else sys.executable
    return [python, "-m", "benchmarks.ours", url], beside or ROOT
