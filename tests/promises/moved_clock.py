"""Processes on a clock that the test moves: `ctg` as it is installed, under libfaketime, which lies to all of it.

The clock runs on from wherever it is set. What waits for a length of time (a job every twenty seconds) waits that long
in truth: only the date and the hour are false.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

CTG: Final = Path(sys.executable).with_name("ctg")
PATIENCE: Final = 300.0
"""Seconds: how long anything may take to come on a busy machine before it is missed."""

_NOT_INSTALLED: Final = "libfaketime is not installed: `apt-get install libfaketime`"


def liar() -> Path:
    """The library that moves the clock; the test is skipped, saying why, where there is none."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.skip(_NOT_INSTALLED)
    return found[0]


class Machine:
    """A machine whose clock the test sets; `ctg` runs on it, with a store and settings of its own."""

    def __init__(self, directory: Path, url: str, **settings: str) -> None:
        self._offset = directory / "clock"
        self._log = directory / "work.log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CTG_")},
            "LD_PRELOAD": str(liar()),
            "FAKETIME_TIMESTAMP_FILE": str(self._offset),
            "FAKETIME_NO_CACHE": "1",
            "PYTHONFAULTHANDLER": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "CTG_DATABASE_URL": url,
            **{f"CTG_{name.upper()}": value for name, value in settings.items()},
        }
        self._directory = directory
        self._metrics = f"http://127.0.0.1:{settings.get('metrics_port')}/metrics"

    def set(self, moment: datetime) -> None:
        """Set the clock; it goes on from there, in processes that run too."""
        seconds = moment.timestamp() - time.time()
        new = self._offset.with_suffix(".new")
        new.write_text(f"{seconds:+.3f}\n")
        new.replace(self._offset)  # whole or not at all, for whoever reads meanwhile

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `ctg` to its end."""
        return subprocess.run(
            [CTG, *arguments],
            cwd=self._directory,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """`ctg` as a process that stays, killed at the end; what it writes is in `log`."""
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [CTG, *arguments], cwd=self._directory, env=self._environment, stdout=log, stderr=log
            )
        try:
            yield process
            assert process.poll() is None, f"ended with {process.returncode}: {self.log}"
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()

    def has_ended(self, job: str, since: datetime) -> bool:
        """Whether a job of the process that stays has ended at that time or later; its `metrics_port` is to be set."""
        try:
            with urllib.request.urlopen(self._metrics, timeout=PATIENCE) as answer:  # noqa: S310
                told = answer.read().decode()
        except OSError:
            return False
        ended = re.search(rf'^ctg_job_last_run_timestamp_seconds{{job="{job}"}} (\S+)$', told, re.MULTILINE)
        return ended is not None and float(ended[1]) >= since.timestamp()

    @property
    def log(self) -> str:
        """All that its processes have written."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""


def wait_for(holds: Callable[[], bool], machine: Machine) -> None:
    """Wait for something that a process is to bring about."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, machine.log[-3000:]
        time.sleep(0.1)
