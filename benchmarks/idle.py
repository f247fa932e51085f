"""What an instance costs while nobody asks anything: processor and statements to the database, by minute.

`python -m benchmarks.idle`. The processes are `ctg serve` and `ctg work` as they are installed, on an empty store; they
tell their statements themselves (`/metrics`), and Linux their processor time. What asking costs is taken off.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.databases import measured_directory, new_sqlite, postgres_server
from benchmarks.workers import end, processor_seconds

CTG = Path(sys.executable).with_name("ctg")
SETTLING = 20.0
"""Seconds after its start before a process is measured: what it does at first is not what it does for ever."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(directory: Path, url: str, command: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A process of the engine: its number, and the port of its figures."""
    own = free_port()
    bare = {name: value for name, value in os.environ.items() if not name.startswith("CTG_")}
    settings = {"CTG_DATABASE_URL": url, "CTG_METRICS_PORT": str(own), "CTG_FILES_FOLDER": str(directory / "files")}
    process = subprocess.Popen(
        [CTG, *command], env=bare | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid, own
    finally:
        end(process)


def statements(port: int) -> float:
    """How many statements a process has sent."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        found = re.search(r"^ctg_statements_total (\S+)", answer.read().decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


def measured(pid: int, port: int, seconds: float) -> tuple[float, float]:
    """Processor milliseconds and statements of a minute."""
    time.sleep(SETTLING)
    statements(port)
    asking = statements(port) - statements(port)  # negative: what one asking costs
    processor, sent = processor_seconds(pid), statements(port)
    time.sleep(seconds)
    processor, sent = processor_seconds(pid) - processor, statements(port) - sent + asking
    return processor * 1000 * 60 / seconds, sent * 60 / seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    with measured_directory() as directory:
        server = postgres_server(directory)
        stores = {"SQLite": new_sqlite(directory), "PostgreSQL": server.create_database(server.template)}
        for kind, url in stores.items():
            bare = {name: value for name, value in os.environ.items() if not name.startswith("CTG_")}
            subprocess.run([CTG, "migrate"], env=bare | {"CTG_DATABASE_URL": url}, check=True, capture_output=True)
            for command in (["serve", "--port", str(free_port())], ["work"]):
                with running(directory, url, command) as (pid, port):
                    processor, sent = measured(pid, port, asked.seconds)
                print(
                    f"  {kind}, ctg {command[0]}: {processor:,.0f} ms of processor a minute"
                    f" ({processor / 600:.2f} %), {sent:,.0f} statements a minute",
                    flush=True,
                )
        server.drop_databases()


if __name__ == "__main__":
    main()
