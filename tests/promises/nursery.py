"""A process from which workers are born in an instant: each is `ctg work` on the store of the settings, in a process
of its own that may be killed.

`python -m tests.promises.nursery`: each line read asks for one more worker, whose number is answered. What the workers
do is `ctg_engine.serving.work`, as the command line does it, without the second that its imports take.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from ctg_engine import serving
from ctg_engine.bootstrap import opened
from ctg_engine.logs import write_logs
from ctg_engine.settings import read_settings

ROOT = Path(__file__).parents[2]
MODULE = "tests.promises.nursery"


class Nursery:
    """Workers on one store, born and killed at will; none outlives it."""

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        """`settings`: variables `CTG_…` of all of them. `log`: the file that all of them write to."""
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", MODULE],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.workers: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pid in list(self.workers):
            self.kill(pid)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()
        self._log.close()

    def bear(self) -> int:
        """One more worker, by its number."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("one\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        self.workers.append(pid)
        return pid

    def kill(self, pid: int) -> None:
        """Kill one as a power cut would; one that has ended by itself is gone already."""
        self.workers.remove(pid)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def alive(self) -> list[int]:
        """Those that have not ended by themselves; the others are forgotten."""
        self.workers = [pid for pid in self.workers if _is_running(pid)]
        return list(self.workers)


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _be_a_worker() -> None:
    """What a child does, until it is killed."""
    write_logs(logging.INFO)
    with opened(read_settings()) as house:
        serving.work(house)


def main() -> None:
    """Bear a worker for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for _ in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if pid == 0:
            sys.stdin.close()
            os.dup2(2, 1)  # the answers are the parent's
            try:
                _be_a_worker()
            except BaseException:  # noqa: BLE001 - it ends here whatever it was, and the log says why
                traceback.print_exc()
            finally:
                os._exit(1)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
