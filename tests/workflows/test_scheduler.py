"""The heartbeat: civil hours of Paris, chores that go on whatever happens to one, and errors that can be seen."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from ctg_engine.bootstrap import House, opened
from ctg_engine.clock import SetClock, SystemClock
from ctg_engine.serving import scheduler_of
from ctg_engine.settings import Settings
from domain.roles import COOPERATION_OFFICER
from tests.workflows.post_office import PostOffice
from tests.workflows.territory_life import Life
from workflows import schema
from workflows.clock_watch import CLOCK_REACHED
from workflows.database import create_database_engine
from workflows.instance import instance_facts
from workflows.instants import PARIS
from workflows.migrating import migrate
from workflows.people import Vault
from workflows.scheduler import Chore, Heartbeat, Scheduler, daily, every, morning_of, next_hour

OFTEN = every(timedelta(milliseconds=1))
HUNG = """
import threading, time
from datetime import UTC, datetime, timedelta
from ctg_engine.bootstrap import opened
from ctg_engine.clock import SystemClock
from workflows.scheduler import Scheduler
hung = threading.Event()
scheduler = Scheduler(SystemClock(), lambda: (hung.set(), time.sleep(3600)))
scheduler.start()
hung.wait()
print("stopped", scheduler.stop(timeout=0.5))
"""


@contextmanager
def running(scheduler: Scheduler) -> Iterator[Scheduler]:
    scheduler.start()
    try:
        yield scheduler
    finally:
        assert scheduler.stop()


def eventually(true: Callable[[], object], within: float = 60.0) -> None:
    """Wait for something that other threads do."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def beat(scheduler: Scheduler, job: str) -> Heartbeat:
    (found,) = [one for one in scheduler.status() if one.job == job]
    return found


def nothing_due() -> None:
    return None


# --- civil hours ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-07-31T11:20+02:00", "2026-07-31T12:00+02:00"),
        ("2026-07-31T12:00+02:00", "2026-07-31T13:00+02:00"),
        ("2026-07-31T23:10+02:00", "2026-08-01T06:00+02:00"),  # no letter leaves at night because a day began
        ("2026-03-28T23:30+01:00", "2026-03-29T06:00+02:00"),  # the night without two o'clock
        ("2026-10-24T23:30+02:00", "2026-10-25T06:00+01:00"),  # the night with two of them
    ],
)
def test_the_sweep_is_made_every_hour_of_the_day(now: str, then: str) -> None:
    assert next_hour(datetime.fromisoformat(now)) == datetime.fromisoformat(then)


@given(st.timedeltas(timedelta(), timedelta(days=7300)).map(lambda past: datetime(2020, 1, 1, tzinfo=UTC) + past))
def test_the_next_sweep_is_later_soon_and_by_day(now: datetime) -> None:
    then = next_hour(now)
    assert now < then <= now + timedelta(hours=9)
    assert then.astimezone(PARIS).hour >= 6


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_no_day_is_skipped_or_doubled(day: date) -> None:
    """APScheduler's own cron does both on the nights when the hour changes."""
    morning = morning_of(day)
    assert (morning.astimezone(PARIS).date(), morning.astimezone(PARIS).hour) == (day, 6)
    assert daily(6)(morning) == morning_of(day + timedelta(days=1))


# --- chores -----------------------------------------------------------------------------------------------------------


def test_everything_is_done_at_the_start_and_again() -> None:
    done: list[str] = []
    clock = SystemClock()
    chores = [
        Chore("often", lambda: done.append("often"), OFTEN),
        Chore("daily", lambda: done.append("daily"), every(timedelta(days=1))),
    ]
    with running(Scheduler(clock, lambda: done.append("sweep"), chores)) as scheduler:
        eventually(lambda: done.count("often") >= 3 and "sweep" in done and "daily" in done)
        eventually(lambda: beat(scheduler, "daily").last_run_at)
        assert scheduler.is_alive()
        assert {one.job for one in scheduler.status()} == {"sweep", "next-due", "often", "daily"}
        assert beat(scheduler, "daily").last_error is None
    assert not scheduler.is_alive()
    assert done.count("daily") == 1
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ctg-")]


def test_a_sweep_that_failed_while_the_database_was_away_is_made_again_before_the_next_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workflows.scheduler.FIRST_RETRY", timedelta(milliseconds=20))
    runs = []

    def away_twice() -> None:
        runs.append(1)
        if len(runs) <= 2:
            raise LookupError

    with running(Scheduler(SystemClock(), away_twice)) as scheduler:
        eventually(lambda: len(runs) == 3 and beat(scheduler, "sweep").failures == 0)
        again = beat(scheduler, "sweep").next_at
        assert again is not None
        assert again.minute == 0, "then every full hour, as before"


def test_a_chore_that_fails_says_so_goes_on_and_recovers(caplog: pytest.LogCaptureFixture) -> None:
    broken = threading.Event()
    broken.set()

    def fail() -> None:
        if broken.is_set():
            raise LookupError("Zoé d’Artagnan")

    others: list[int] = []
    chores = [Chore("fragile", fail, OFTEN), Chore("other", lambda: others.append(1), OFTEN)]
    with running(Scheduler(SystemClock(), nothing_due, chores)) as scheduler:
        eventually(lambda: beat(scheduler, "fragile").failures >= 2 and len(others) >= 2)
        failing = beat(scheduler, "fragile")
        assert failing.last_error is not None
        assert failing.last_error.startswith("LookupError (test_scheduler.py:")
        assert "Zoé" not in failing.last_error
        assert any("job fragile failed" in record.message for record in caplog.records)
        by_name = [record.getMessage() for record in caplog.records if record.name.startswith("apscheduler")]
        assert any("fragile" in message for message in by_name)
        assert not [message for message in by_name if " at 0x" in message], "an address in memory names nothing"
        broken.clear()
        eventually(lambda: beat(scheduler, "fragile").last_error is None)
        assert beat(scheduler, "fragile").failures == 0
        assert beat(scheduler, "other").failures == 0


def test_a_chore_that_takes_long_is_seen_and_never_doubled() -> None:
    release, at_once, most = threading.Event(), [], []

    def slow() -> None:
        at_once.append(1)
        most.append(len(at_once))
        release.wait(10)
        at_once.pop()

    with running(Scheduler(SystemClock(), nothing_due, [Chore("slow", slow, OFTEN)])) as scheduler:
        eventually(lambda: beat(scheduler, "slow").overrun)
        release.set()
        eventually(lambda: len(most) >= 3 and not beat(scheduler, "slow").overrun)
    assert max(most) == 1


def test_a_hung_chore_keeps_nobody_from_stopping() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", HUNG], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=90
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "stopped False"), ended.stderr


# --- the next day something is due ------------------------------------------------------------------------------------


def test_the_next_due_day_is_kept_in_memory_and_rebuilt_after_each_sweep() -> None:
    """In the engine's own time, wherever its clock was moved to."""
    clock = SetClock(datetime(2031, 3, 28, 12, tzinfo=UTC))
    days = iter((date(2031, 3, 31), None))
    with running(Scheduler(clock, lambda: next(days))) as scheduler:
        eventually(lambda: beat(scheduler, "next-due").next_at)
        assert beat(scheduler, "next-due").next_at == datetime(2031, 3, 31, 4, tzinfo=UTC)
        assert beat(scheduler, "sweep").next_at == datetime(2031, 3, 28, 13, tzinfo=UTC)


def test_the_sweep_of_that_day_is_made_in_its_morning() -> None:
    """Under a clock that is an hour before six o'clock of a day to come, and after the first sweep a second before."""
    morning = morning_of(date(2031, 3, 31))
    clock = SystemClock(morning - timedelta(hours=1) - datetime.now(UTC))
    swept: list[datetime] = []

    def sweep() -> date | None:
        swept.append(clock.now())
        if len(swept) > 1:
            return None
        clock.offset = morning - timedelta(seconds=1) - datetime.now(UTC)
        return date(2031, 3, 31)

    with running(Scheduler(clock, sweep)) as scheduler:
        eventually(lambda: len(swept) >= 2 and beat(scheduler, "next-due").next_at is None)
    assert swept[0] < morning
    assert all(moment >= morning for moment in swept[1:])


def test_a_morning_that_is_past_is_made_up_for_at_once() -> None:
    clock = SystemClock(datetime(2031, 3, 31, 12, 0, 1, tzinfo=UTC) - datetime.now(UTC))
    days = iter((date(2031, 3, 31), None))
    with running(Scheduler(clock, lambda: next(days))) as scheduler:
        eventually(lambda: beat(scheduler, "next-due").last_run_at)
        assert beat(scheduler, "next-due").last_error is None


# --- the whole --------------------------------------------------------------------------------------------------------


def test_a_due_day_becomes_a_letter_while_nobody_looks(tmp_path: Path) -> None:
    """The jobs of a real process, stopped and started again twice, ten minutes later each time: one letter."""
    office = PostOffice()
    office.start()
    try:
        url = f"sqlite:///{tmp_path / 'ctg.db'}"
        engine = create_database_engine(url)
        migrate(engine)
        life = Life(engine)
        life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
        life.engage()
        Vault(engine).register_person("Zoé", "zoe@gers.example", person_id=life.people[COOPERATION_OFFICER])
        life.on(date(2024, 6, 10))
        engine.dispose()

        settings = Settings(
            database_url=url,
            smtp_host="127.0.0.1",
            smtp_port=office.port,
            smtp_tls="none",
            mail_sender="c@gers.example",
        )
        with opened(settings, life.clock) as house:
            for _ in range(3):
                with running(scheduler_of(house)) as scheduler:
                    eventually(lambda: all(one.last_run_at for one in scheduler.status() if one.job != "next-due"))
                    assert {one.last_error for one in scheduler.status()} == {None}
                    assert beat(scheduler, "next-due").next_at == morning_of(date(2024, 7, 3))
                life.clock.moment += timedelta(minutes=10)
        assert [str(letter["To"].addresses[0].addr_spec) for letter in office.received] == ["zoe@gers.example"]
    finally:
        office.stop()


def test_a_clock_400_days_ahead_writes_ends_and_takes_away_nothing_until_the_operator_accepts_its_day(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'ctg.db'}"
    engine = create_database_engine(url)
    migrate(engine)
    life = Life(engine)
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    engine.dispose()

    def kept(house: House) -> dict[str, int]:
        with house.engine.connect() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (schema.events, schema.outbox, schema.sessions, schema.idempotency, schema.refusals)
            }

    def all_jobs(house: House) -> None:
        with running(scheduler_of(house)) as scheduler:
            eventually(lambda: all(one.last_run_at for one in scheduler.status() if one.job != "next-due"))
            assert {one.last_error for one in scheduler.status()} == {None}

    settings = Settings(database_url=url, security_folder=tmp_path / "journal")
    (tmp_path / "journal").mkdir()
    old_lines = tmp_path / "journal" / "security-2024-01-10.jsonl"
    old_lines.write_text("{}")
    with opened(settings, life.clock) as house:
        all_jobs(house)
        person = house.vault.register_person("Zoé", "zoe@gers.example")
        account = house.accounts.create("zoe", person, "quatre-mots-assez-longs", life.clock.now())
        house.sessions.open(account, life.clock.now())
        old_lines.write_text("{}")
        before = kept(house)
        assert before["sessions"] == 1
        life.clock.moment += timedelta(days=400)
        all_jobs(house)
        assert kept(house) == before
        assert old_lines.exists()
        assert instance_facts(house.engine)[CLOCK_REACHED].startswith("2024-01-10")
    with opened(settings, life.clock) as house:  # started again: no more believed
        all_jobs(house)
        assert kept(house) == before
        assert old_lines.exists()
        house.watch.accept(life.clock.now())
        all_jobs(house)
        assert kept(house)["events"] > before["events"]
        assert kept(house)["sessions"] == 0
        assert not old_lines.exists()
