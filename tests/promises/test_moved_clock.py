"""Whatever the clock does to a running engine, what it says is what was due: nothing comes of a jump.

Most of their time these wait for jobs that come every twenty seconds: they run beside others.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ctg_engine.bootstrap import prepare
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from tests.cli.conftest import port
from tests.promises.moved_clock import Machine, wait_for
from tests.workflows.territory_life import Life
from workflows.database import create_database_engine
from workflows.instants import PARIS
from workflows.people import Vault

__all__ = ["port"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ENGAGED = date(2024, 1, 8)
DUE = date(2024, 7, 8)
"""D01: the diagnosis, six months after; reminders 60, 30 and 7 days before, escalations 15 and 45 after."""


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    """A convention engaged on that day."""
    with _waiting(tmp_path, ENGAGED) as life:
        yield life


@contextmanager
def _waiting(directory: Path, engaged: date) -> Iterator[Life]:
    """A convention that waits for its diagnosis since that day."""
    url = f"sqlite:///{directory / 'ctg.db'}"
    prepare(Settings(database_url=url), SetClock(_at(engaged)))
    engine = create_database_engine(url)
    life = Life(engine, engaged)
    vault = Vault(engine)
    for name, person_id in life.people.items():
        vault.register_person(f"Camille {name}", f"{name.lower()}@gers.example", person_id=person_id)
    life.open(date(2025, 1, 1))
    life.engage()
    yield life
    engine.dispose()


def _at(day: date, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=PARIS)


def _steps(life: Life) -> list[tuple[date, str]]:
    return [(one.on, one.step) for one in life.said("D01")]


def test_after_three_days_off_a_month_and_hours_asleep_only_the_right_step_is_said(life: Life, tmp_path: Path) -> None:
    machine = Machine(tmp_path, str(life.engine.url))
    lived: list[tuple[date, str]] = []

    def comes(*steps: tuple[date, str]) -> None:
        lived.extend(steps)
        wait_for(lambda: len(_steps(life)) >= len(lived), machine)
        assert _steps(life) == lived

    machine.set(_at(date(2024, 6, 28)))  # -60 and -30 are past: nobody looked since January
    assert machine.run("clock", "accept", "2024-06-28").returncode == 0
    with machine.running("work"):
        comes((date(2024, 6, 28), "-30"))
    machine.set(_at(date(2024, 7, 1)))  # three days later
    with machine.running("work"):
        comes((date(2024, 7, 1), "-7"))
    machine.set(_at(date(2024, 8, 1)))  # a month later: the day has passed, and so has the first step after it
    with machine.running("work") as process:
        comes((DUE + timedelta(days=1), "missed"), (date(2024, 8, 1), "!+15"))
        process.send_signal(signal.SIGSTOP)
        machine.set(_at(date(2024, 8, 26)))  # asleep for weeks, over the last step
        process.send_signal(signal.SIGCONT)
        comes((date(2024, 8, 26), "!+45"))
    assert len(set(life.said("D01"))) == len(lived)


@pytest.mark.parametrize("years", [1, -1])
def test_a_clock_that_jumps_by_a_year_says_nothing_and_is_told(life: Life, tmp_path: Path, years: int) -> None:
    machine = Machine(tmp_path, str(life.engine.url))
    machine.set(_at(date(2024, 1, 9)))
    with machine.running("work"):
        wait_for(lambda: "job" in machine.log or "started" in machine.log, machine)
        machine.set(_at(date(2024 + years, 7, 22)))
        wait_for(lambda: "jobs held: the clock is in doubt" in machine.log, machine)
        refused = machine.run("key", "issue", "Outil", "--role", "AUDITOR", "--instance")
        assert refused.returncode == 1
        assert f"ctg clock accept {2024 + years}-07-22" in refused.stderr
        assert life.said() == []

        machine.set(_at(date(2024, 1, 9), 11))  # set right: it goes on as if nothing had been
        doctor = machine.run("key", "issue", "Outil", "--role", "AUDITOR", "--instance")
        assert doctor.returncode == 0, doctor.stderr
    assert life.said() == []


@pytest.mark.parametrize(
    ("engaged", "sunday", "odd", "said_on"),
    [
        # Easter Monday follows.
        pytest.param(date(2023, 11, 30), date(2024, 3, 31), (1, 59), date(2024, 4, 2), id="an hour is missing"),
        pytest.param(date(2024, 6, 26), date(2024, 10, 27), (2, 59), date(2024, 10, 28), id="an hour comes twice"),
    ],
)
def test_what_falls_in_the_night_of_the_odd_hour_is_said_once_on_the_next_worked_day(
    tmp_path: Path, port: int, engaged: date, sunday: date, odd: tuple[int, int], said_on: date
) -> None:
    with _waiting(tmp_path, engaged) as life:
        machine = Machine(tmp_path, str(life.engine.url), metrics_port=str(port))

        def reaches(moment: datetime) -> None:
            machine.set(moment)
            wait_for(lambda: machine.has_ended("sweep", moment), machine)

        saturday = _at(sunday - timedelta(days=1))
        machine.set(saturday)
        assert machine.run("clock", "accept", saturday.date().isoformat()).returncode == 0
        with machine.running("work"):
            reaches(saturday)
            before = _at(sunday, *odd, 58)
            reaches(before)
            changed = before.astimezone(UTC) + timedelta(seconds=3)
            wait_for(lambda: machine.has_ended("reactions", changed), machine)
            reaches(_at(sunday, 6))
            assert life.said("D01") == []
            reaches(_at(said_on, 6))
            assert _steps(life) == [(said_on, "-60")]
        with machine.running("work"):  # and not again by the next process
            wait_for(lambda: machine.has_ended("sweep", _at(said_on, 6)), machine)
        assert _steps(life) == [(said_on, "-60")]
        assert " failed: " not in machine.log
