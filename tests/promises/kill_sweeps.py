"""Sweepers that are killed at random: what is said is what one undisturbed sweeper would have said, each thing once.

Several worker processes share a store and a civil day, written in a file. Each sweeps that day again and again, queues
the letters, and notes the day in a file of its own. On each day one of them is killed at a random moment and started
anew; the day ends when some worker has noted it.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select

from ctg_engine.clock import SetClock
from domain.agenda import AgendaOpened, DeadlineMissed, ReminderEscalated, ReminderSent
from tests.workflows.territory_life import Life
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.delivery.queueing import queue_letters
from workflows.reading import Reader
from workflows.schema import outbox
from workflows.summaries import Summaries

ROOT = Path(__file__).parents[2]
MODULE = "tests.promises.kill_sweeps"
CONVENTIONS = 8
ENGAGED = date(2024, 1, 8)
"""The first convention; the others follow, one a day."""

Utterance = tuple[int, str, str, date, int, tuple[str, ...]]
"""Which convention, topic, deadline, due day, step, who is told."""


def settle(engine: Engine) -> tuple[Life, list[UUID]]:
    """A territory with conventions engaged one day after the other."""
    life = Life(engine)
    return life, life.engage_several(CONVENTIONS, ENGAGED)


def days_of(life: Life) -> list[date]:
    """The days on which something is due, as an undisturbed sweeper meets them."""
    days = []
    next_on = life.sweep().next_on
    while next_on is not None:
        days.append(next_on)
        next_on = life.on(next_on).sweep().next_on
    return days


def said(life: Life, conventions: list[UUID]) -> Counter[Utterance]:
    """Everything the agendas say, and how often."""
    names = {person_id: name for name, person_id in life.people.items()}
    found: Counter[Utterance] = Counter()
    number: dict[UUID, int] = {}
    for event in life.events():
        if isinstance(event, AgendaOpened):
            number[event.originator_id] = conventions.index(event.subject_id)
        elif isinstance(event, DeadlineMissed | ReminderSent | ReminderEscalated):
            step = 0 if isinstance(event, DeadlineMissed) else event.offset_days
            recipients = () if isinstance(event, DeadlineMissed) else event.recipients
            told = tuple(sorted(names[one] for one in recipients))
            place = number[event.originator_id]
            found[place, event.TOPIC, event.occurrence.deadline, event.due_on, step, told] += 1
    return found


def letters(engine: Engine) -> int:
    """How many letters wait in the outbox."""
    with engine.connect() as connection:
        return len(connection.execute(select(outbox.c.message_id)).all())


class Worker:
    """A process that sweeps whatever day it is, until it is killed."""

    def __init__(self, url: str, day: Path, notes: Path) -> None:
        self._command = [sys.executable, "-m", MODULE, url, str(day), str(notes)]
        self._notes = notes
        self.start()

    def start(self) -> None:
        """Start it, or start it anew."""
        self._notes.write_text("")
        self._process = subprocess.Popen(self._command, cwd=ROOT)

    def has_done(self, day: date) -> bool:
        """Whether it noted the day. Raises AssertionError when it died by itself."""
        assert self._process.poll() is None, "a worker stopped by itself"
        return self._notes.read_text() == day.isoformat()

    def is_ready(self) -> bool:
        """Whether it has noted anything since it was started."""
        return self._notes.read_text() != ""

    def kill(self) -> None:
        """Kill it as a power cut would."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()


def torment(url: str, directory: Path, days: list[date], kills: int, workers: int = 3) -> int:
    """Live these days, killing a worker on each of the first `kills`; how many of the kills interrupted a day."""
    today = directory / "day"
    _write(today, days[0] - timedelta(days=1))
    crew = [Worker(url, today, directory / f"notes-{number}") for number in range(workers)]
    interrupted = 0
    try:
        for number, day in enumerate(days):
            _wait(partial(_are_ready, crew, 2))  # one to kill, and one to go on
            _write(today, day)
            if number < kills:
                victim = random.choice([worker for worker in crew if worker.is_ready()])
                time.sleep(random.uniform(0, 0.1))
                interrupted += not victim.has_done(day)
                victim.kill()
                victim.start()
            _wait(partial(_is_done, crew, day))
        return interrupted
    finally:
        for worker in crew:
            worker.kill()


def _are_ready(crew: list[Worker], count: int) -> bool:
    return sum(worker.is_ready() for worker in crew) >= count


def _is_done(crew: list[Worker], day: date) -> bool:
    return True in [worker.has_done(day) for worker in crew]  # all are asked: a dead one must not go unseen


def _wait(true: Callable[[], bool], within: float = 60.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "the workers do not get there"
        time.sleep(0.01)


def _write(path: Path, day: date) -> None:
    """Whole or not at all, for whoever reads meanwhile."""
    new = path.with_suffix(".new")
    new.write_text(day.isoformat())
    new.replace(path)


def _work(url: str, day: Path, notes: Path) -> None:
    """What a worker does."""
    engine = create_database_engine(url)
    clock, holidays = SetClock(datetime.now(UTC)), PublicHolidays()
    steering = Steering(engine)
    summaries = Summaries(engine, Reader(engine), clock, holidays)
    done = None
    while True:
        today = date.fromisoformat(day.read_text())
        if today == done:
            time.sleep(0.005)
            continue
        clock.set(today)
        sweep(steering, summaries, clock, holidays)
        queue_letters(steering, clock.now())
        _write(notes, today)
        done = today


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
