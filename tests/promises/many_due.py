"""Everything falls due at once, on workers that are killed and on a database that is stopped and started at random.

A crowd of conventions (`benchmarks/ours/crowd.py`) whose every deadline was missed long ago waits for workers. They are
`ctg work`, each in its process; one after the other is killed and born again, and PostgreSQL goes down and comes back
meanwhile. At the end each deadline was recorded as missed once, said once, and written to its one reader once; the one
that is not due was not.

The short form is a test. The long form: `python -m tests.promises.many_due --help`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from benchmarks.ours.crowd import NOT_YET, fill
from ctg_engine.bootstrap import opened, prepare
from ctg_engine.settings import Settings
from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent
from tests.postgres import Server, restart_server, server_programs, start_server
from tests.promises.nursery import Nursery
from workflows.database import DatabaseUnavailable, create_database_engine
from workflows.schema import events, outbox

STANDSTILL_SECONDS: Final = 180
"""After so long without anything new the workers are taken to be stuck, on a machine however slow."""

_MESSAGES: Final = (ReminderSent.TOPIC, ReminderEscalated.TOPIC)

Restart = Callable[[], None]


@dataclass
class Torment:
    """What is done to the workers, and what of it was done."""

    workers: int
    kills: int
    restarts: int = 0
    killed: int = 0
    restarted: int = 0
    seconds: float = 0.0
    """Until the last letter was queued."""

    @property
    def is_time_to_restart(self) -> bool:
        """Whether the database is to go down: evenly between the kills."""
        even = self.kills * (self.restarted + 1) / (self.restarts + 1)
        return self.restarted < self.restarts and self.killed >= even


class Ordeal:
    """One crowd on one store, and everything that happens to whoever works on it."""

    def __init__(self, url: str, directory: Path, conventions: int, deadlines: int) -> None:
        self.settings = Settings(database_url=url)
        self._log = directory / "workers.log"
        self._due = conventions * deadlines
        prepare(self.settings)
        with opened(self.settings) as house:
            fill(house, conventions, deadlines)
        self._engine = create_database_engine(url)

    def close(self) -> None:
        """Let go of the store."""
        self._engine.dispose()

    def live(self, torment: Torment, restart: Restart | None = None) -> Torment:
        """Work until all is said and written, and all that is to be done to the workers is done.

        Raises AssertionError when nothing more comes.
        """
        began = moved_at = time.monotonic()
        last = 0
        with Nursery({"CTG_DATABASE_URL": self.settings.database_url}, self._log) as nursery:
            while last < self._due or torment.killed < torment.kills:
                for _ in range(torment.workers - len(nursery.alive())):
                    nursery.bear()
                time.sleep(random.uniform(0.05, 0.5))
                if restart is not None and torment.is_time_to_restart:
                    restart()
                    torment.restarted += 1
                if torment.killed < torment.kills:
                    nursery.kill(random.choice(nursery.workers))
                    torment.killed += 1
                queued = self._queued()
                if queued > last:
                    moved_at, last = time.monotonic(), queued
                    torment.seconds = moved_at - began
                assert time.monotonic() < moved_at + STANDSTILL_SECONDS, self._standstill(last)
        return torment

    def check(self) -> None:
        """Each once, none missing, none early. Raises AssertionError."""
        missed, said, letters = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[str]()
        with self._engine.connect() as connection:
            told = select(events.c.stream_id, events.c.topic, events.c.state)
            for stream, topic, state in connection.execute(
                told.where(events.c.topic.in_((DeadlineMissed.TOPIC, *_MESSAGES)))
            ):
                counted = said if topic in _MESSAGES else missed
                counted[str(stream), json.loads(state)["occurrence"]["deadline"]] += 1
            letters.update(str(one) for (one,) in connection.execute(select(outbox.c.about_id)))
        for counts in (missed, said, letters):
            assert len(counts) == self._due
            assert set(counts.values()) == {1}, [one for one, often in counts.items() if often > 1]
        assert NOT_YET not in {deadline for _, deadline in (*missed, *said)}, "said before it was due"

    def _queued(self) -> int:
        """How many letters wait; 0 while the database is away."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(select(func.count()).select_from(outbox)).scalar_one()
        except DatabaseUnavailable:
            return 0

    def _standstill(self, queued: int) -> str:
        lines = self._log.read_text(errors="replace").splitlines()[-20:]
        return "\n".join((f"{queued} letters of {self._due}", *lines))


@contextmanager
def own_postgres() -> Iterator[tuple[str, Restart]]:
    """The address of a database on a server of its own, and what takes that server down and brings it back."""
    programs = server_programs()
    assert programs is not None, "PostgreSQL is not installed: `apt-get install postgresql`"
    url = start_server(programs)
    server = Server(url, "template1")
    yield server.create_database(), lambda: restart_server(url)


def main() -> None:
    """The long form: 1,250 conventions of 80 deadlines each, on 1, 2, 4 and 8 workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conventions", type=int, default=1_250)
    parser.add_argument("--deadlines", type=int, default=80)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--restarts", type=int, default=4)
    asked = parser.parse_args()
    for workers in asked.workers:
        with own_postgres() as (url, restart), tempfile.TemporaryDirectory() as directory:
            ordeal = Ordeal(url, Path(directory), asked.conventions, asked.deadlines)
            lived = ordeal.live(Torment(workers, asked.kills, asked.restarts), restart)
            ordeal.check()
            ordeal.close()
            sys.stdout.write(
                f"{workers} workers: {asked.conventions * asked.deadlines} deadlines, {lived.killed} kills,"
                f" {lived.restarted} restarts of PostgreSQL: all once, in {lived.seconds:.0f} s\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
