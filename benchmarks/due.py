"""Everything due at once, on PostgreSQL: what several workers do together, against a bare loop and against DBOS.

`python -m benchmarks.due`. A crowd of conventions whose every deadline was missed is swept by 1, 2, 4 and 8 workers,
each a process, as `ctg work` does: each deadline is decided on what was recorded, and recorded for ever as missed and
as said, with who is told. `bare loop` is `FOR UPDATE SKIP LOCKED` over a table, one row at a time or as many as a
convention has; `DBOS` is a queue of workflows of two steps, on a smaller load, its launch included. Lateness is from
the moment at which all workers were asked to the moment at which a deadline was recorded. Ratios hold for this run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.databases import measured_directory, postgres_server
from benchmarks.peers.environments import CACHE, NotInstalled, python_of
from benchmarks.workers import Worker
from domain.agenda import DeadlineMissed
from tests.postgres import Server
from workflows.database import create_database_engine
from workflows.schema import events


@dataclass(frozen=True)
class Done:
    """What some workers did together."""

    deadlines: int
    seconds: float
    processor: float
    lateness: Sequence[float] = ()
    """Of each deadline, in seconds."""

    @property
    def rate(self) -> float:
        """Deadlines per second, all workers together."""
        return self.deadlines / self.seconds


class Ground:
    """Databases and processes of one run."""

    def __init__(self, server: Server, arguments: argparse.Namespace) -> None:
        self._server = server
        self._asked = arguments
        self._stores = server.create_database()
        self._fill([sys.executable, "-m", "benchmarks.ours.sweeping", self._stores])

    def ours(self, workers: int) -> Done:
        """This engine."""
        url = self._server.create_database(self._stores.rpartition("/")[2].partition("?")[0])
        with ExitStack() as stack:
            crew = _crew(stack, "ours", [sys.executable, "-m", "benchmarks.ours.sweeping", url], workers)
            began = datetime.now(UTC)
            done = _work(crew, self._asked.conventions * self._asked.deadlines)
        return Done(done.deadlines, done.seconds, done.processor, list(_lateness(url, began)))

    def bare(self, workers: int, together: int) -> Done:
        """The loop, so many rows in a transaction."""
        url, number = self._server.create_database(), self._asked.conventions * self._asked.deadlines
        command = [sys.executable, "-m", "benchmarks.peers.skip_locked", url]
        with ExitStack() as stack:
            crew = _crew(stack, "bare loop", command, workers)
            crew[0].ask("fill", number=number)
            return _work(crew, number, together=together)

    def dbos(self, workers: int) -> Done:
        """The package. Raises `NotInstalled`."""
        python = python_of("dbos_steps", self._asked.environments, install=not self._asked.no_install)
        url, number = self._server.create_database(), self._asked.load_of_dbos
        command = [str(python), "-m", "benchmarks.peers.dbos_queue", url]
        with ExitStack() as stack:
            (filler,) = _crew(stack, "DBOS", command, 1)
            filler.ask("fill", number=number)
            return _work(_crew(stack, "DBOS", command, workers), number)

    def _fill(self, command: Sequence[str]) -> None:
        with Worker("ours", command, patience=1_800) as worker:
            worker.ask("fill", conventions=self._asked.conventions, deadlines=self._asked.deadlines)


def _crew(stack: ExitStack, name: str, command: Sequence[str], workers: int) -> list[Worker]:
    return [stack.enter_context(Worker(name, command, patience=1_800)) for _ in range(workers)]


def _work(crew: Sequence[Worker], expected: int, **given: Any) -> Done:
    """Let them all work, and see that it was all done."""
    for one in crew:
        one.send("work", **given)
    told: list[Mapping[str, Any]] = [one.receive() for one in crew]
    done = sum(one["done"] for one in told)
    if done not in (0, expected):  # a queue does not say who did what
        raise SystemExit(f"{crew[0].name}: {done} of {expected}")
    seconds = max(one["ended"] for one in told) - min(one["began"] for one in told)
    return Done(expected, seconds, sum(one["processor"] for one in told))


def _lateness(url: str, began: datetime) -> Iterator[float]:
    engine = create_database_engine(url)
    with engine.connect() as connection:
        for (state,) in connection.execute(select(events.c.state).where(events.c.topic == DeadlineMissed.TOPIC)):
            yield (datetime.fromisoformat(json.loads(state)["timestamp"]) - began).total_seconds()
    engine.dispose()


def _measured(ground: Ground, workers: int, asked: argparse.Namespace) -> Iterator[str]:
    """What so many workers do, in each way."""
    ours = ground.ours(workers)
    late = sorted(ours.lateness)
    yield (
        f"  {workers} workers: ours {ours.rate:,.0f}/s, {ours.processor / ours.deadlines * 1e6:.0f} us of processor,"
        f" late {statistics.median(late):.1f} s (median), {late[-1]:.1f} s (last)"
    )
    for together in (1, asked.deadlines):
        bare = ground.bare(workers, together)
        yield f"    bare loop, {together} at a time: {bare.rate:,.0f}/s (ours x {ours.rate / bare.rate:.2f})"
    if asked.load_of_dbos:
        try:
            dbos = ground.dbos(workers)
        except NotInstalled as error:
            yield f"    DBOS: not measured: {error}"
        else:
            yield f"    DBOS: {dbos.rate:,.0f}/s (ours x {ours.rate / dbos.rate:.1f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conventions", type=int, default=1_250)
    parser.add_argument("--deadlines", type=int, default=80, help="of each convention")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--load-of-dbos", type=int, default=4_000, help="deadlines for DBOS, 0 to leave it out")
    parser.add_argument("--environments", type=Path, default=CACHE)
    parser.add_argument("--no-install", action="store_true")
    asked = parser.parse_args()
    with measured_directory() as directory:
        server = postgres_server(directory)
        ground = Ground(server, asked)
        due = asked.conventions * asked.deadlines
        print(f"{due} deadlines due at once, {asked.conventions} conventions, PostgreSQL")
        for workers in asked.workers:
            for line in _measured(ground, workers, asked):
                print(line, flush=True)
        server.drop_databases()


if __name__ == "__main__":
    main()
