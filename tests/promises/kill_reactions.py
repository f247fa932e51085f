"""Workers that record what follows by itself, killed at random: each convention enters into force once, on its day.

Half of the conventions are signed before their effective date, which comes while the workers are at it; the other half
after, one by one, while workers are killed and started anew.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from ctg_engine.clock import SetClock
from domain.convention.activating import ConventionActivated
from domain.convention.authorising import RecordMandate
from domain.convention.signing import RecordSignature
from domain.values import Code
from tests.workflows.territory_life import DAY, TEXT, Life
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.reactions import Reactions
from workflows.reading import Reader
from workflows.summaries import Summaries

ROOT = Path(__file__).parents[2]
MODULE = "tests.promises.kill_reactions"
CONVENTIONS = 20
ENGAGED = date(2024, 1, 8)
EVE, EFFECTIVE = date(2024, 12, 31), date(2025, 1, 1)


def settle(engine: Engine) -> tuple[Life, list[UUID]]:
    """A territory with conventions, the first half of which are signed in 2024."""
    life = Life(engine)
    conventions = life.engage_several(CONVENTIONS, ENGAGED)
    life.on(date(2024, 12, 2))
    for one in conventions[: CONVENTIONS // 2]:
        sign(life, one)
    life.on(EVE)
    return life, conventions


def sign(life: Life, convention_id: UUID) -> None:
    """Everybody who must signs today."""
    partner_id, today = life.partners["epci"], life.clock.today()
    life.act(
        RecordMandate(
            stream_id=convention_id,
            partner_id=partner_id,
            kind=Code("COMMUNITY_COUNCIL"),
            occurred_on=today - DAY,
            executory_on=today - DAY,
        )
    )
    life.act(RecordSignature(stream_id=convention_id, partner_id=partner_id, text_sha256=TEXT))


def in_force(life: Life) -> Counter[tuple[UUID, date]]:
    """Which conventions entered into force when, and how often."""
    return Counter(
        (event.originator_id, event.occurred_on) for event in life.events() if isinstance(event, ConventionActivated)
    )


def torment(url: str, day: Path, life: Life, conventions: list[UUID], kills: int, workers: int = 3) -> None:
    """Let the effective date come and the others sign, with so many kills meanwhile, until all are in force."""
    day.write_text(EVE.isoformat())
    crew = [_start(url, day) for _ in range(workers)]
    left = list(conventions[CONVENTIONS // 2 :])
    life.on(EFFECTIVE)
    try:
        for number in range(kills):
            time.sleep(random.uniform(0, 0.2))
            if number == kills // 4:
                _write(day, EFFECTIVE)
            if left and number >= kills // 4:
                sign(life, left.pop())
            victim = random.randrange(workers)
            os.kill(crew[victim].pid, signal.SIGKILL)
            crew[victim].wait()
            crew[victim] = _start(url, day)
        for one in left:
            sign(life, one)
        _wait(lambda: len(in_force(life)) >= CONVENTIONS)
        assert all(one.poll() is None for one in crew), "a worker stopped by itself"
    finally:
        for worker in crew:
            worker.kill()
            worker.wait()


def _start(url: str, day: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", MODULE, url, str(day)], cwd=ROOT)


def _wait(true: Callable[[], bool], within: float = 120.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "the workers do not get there"
        time.sleep(0.05)


def _write(path: Path, day: date) -> None:
    new = path.with_suffix(".new")
    new.write_text(day.isoformat())
    new.replace(path)


def _work(url: str, day: Path) -> None:
    """What a worker does."""
    engine = create_database_engine(url)
    clock, holidays = SetClock(datetime.now(UTC)), PublicHolidays()
    steering = Steering(engine)
    summaries = Summaries(engine, Reader(engine), clock, holidays)
    reactions, swept = Reactions(steering, summaries, clock), None
    while True:
        today = date.fromisoformat(day.read_text())
        clock.set(today)
        reactions.follow()
        if swept != today:
            sweep(steering, summaries, clock, holidays)
            swept = today


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]))
