"""A worker that stalls, is at one job for too long, or whose clock is off is noticed; all decide by one clock."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from starlette.testclient import TestClient

from api.app import create_app
from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.clock import DatabaseClock, SetClock, SystemClock
from ctg_engine.settings import Settings
from ctg_engine.working import Post, look_at_workers, told_beside
from tests.cli.conftest import Program
from tests.workflows.territory_life import Life
from workflows import leases, schema, workers
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.instants import PARIS
from workflows.scheduler import Heartbeat
from workflows.workers import SILENT_AFTER, Job, Worker

MINUTE = timedelta(minutes=1)


@pytest.fixture
def house(anywhere: Program) -> Iterator[House]:
    settings = Settings(database_url=anywhere.settings["database_url"])
    prepare(settings)
    with opened(settings, SetClock(SystemClock().now())) as made:
        yield made


def found(house: House) -> list[tuple[str, str]]:
    return [(one.level, one.key) for one in look_at_workers(house)]


def test_a_worker_that_is_silent_stuck_failing_or_off_is_told_of(house: House) -> None:
    own = Post(house)
    own.beat(())
    assert found(house) == [("ok", "ok")]
    asked = TestClient(create_app(house.services(), dict, lambda: told_beside(house, own)))
    now = house.clock.now()
    other = Worker(kind="work", host="ailleurs", pid=12, release="0.1.0", started_at=now, beat_at=now)
    cases: tuple[tuple[Worker, tuple[str, str] | None, set[str]], ...] = (
        (replace(other, beat_at=now - SILENT_AFTER - MINUTE), ("warning", "silent"), {"worker-silent"}),
        (replace(other, job=Job(name="sweep", since=now - MINUTE, until=now - MINUTE)), ("failed", "stuck"),
         {"worker-stuck"}),
        (replace(other, job=Job(name="sweep", since=now, until=now + MINUTE)), None, set()),
        (replace(other, failing={"letters": 4}), ("warning", "failing"), set()),
        (replace(other, skew=2.5), ("warning", "ahead"), set()),
        (replace(other, skew=-300.0), ("warning", "behind"), set()),
        (replace(other, skew=1.5), None, set()),
    )  # fmt: skip
    for worker, finding, told in cases:
        workers.beat(house.engine, worker)
        assert found(house) == ([finding, ("ok", "ok")] if finding else [("ok", "ok")])
        answer = asked.get("/readyz")
        assert answer.status_code == 200, "what another process lacks does not take this one away"
        assert set(answer.json().get("told", {})) == told
        assert not re.search(r"ailleurs|12\b", answer.text), "which machine is the operator's to know"
        workers.leave(house.engine, worker.worker_id)


def test_a_worker_that_went_without_a_word_is_forgotten_after_a_day(house: House) -> None:
    now = house.clock.now()
    gone = Worker(kind="work", release="0.1.0", started_at=now, beat_at=now - timedelta(hours=25))
    workers.beat(house.engine, gone)
    Post(house).beat(())
    assert gone.worker_id not in [one.worker_id for one in workers.known(house.engine)]


def test_a_backup_that_takes_longer_than_a_lease_is_not_begun_by_another_worker(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_it, other, now = Post(house), Post(house), house.clock.now()
    begun, passed = time.monotonic(), 0.0
    monkeypatch.setattr(leases, "monotonic", lambda: begun + passed)

    def quarter(going_on: Heartbeat) -> None:
        nonlocal passed
        passed += 1000
        with house.engine.begin() as connection:
            connection.execute(update(schema.leases).values(until=schema.leases.c.until - 1000))
        at_it.beat([going_on])

    assert at_it.backs_up()
    for _ in range(5):
        quarter(Heartbeat("backup", since=now, until=now))
        assert not other.backs_up()
    for _ in range(2):
        quarter(Heartbeat("backup", last_run_at=now))
    assert other.backs_up()
    quarter(Heartbeat("backup", since=now, until=now))
    assert other.backs_up(), "who has lost it does not take it back"


# --- one clock --------------------------------------------------------------------------------------------------------


@pytest.fixture
def postgres(migrated_postgres_url: str) -> Iterator[Engine]:
    engine = create_database_engine(migrated_postgres_url)
    yield engine
    engine.dispose()


@pytest.mark.postgres
def test_the_skew_of_a_machine_is_measured_and_changes_nothing_of_what_time_it_is(postgres: Engine) -> None:
    ahead = DatabaseClock(postgres, machine=SystemClock(5 * MINUTE))
    assert ahead.compare() == pytest.approx(300, abs=1)
    behind = DatabaseClock(postgres, machine=SystemClock(-5 * MINUTE))
    assert behind.compare() == pytest.approx(-300, abs=1)
    assert abs(ahead.now() - behind.now()) < timedelta(seconds=1)


@pytest.mark.postgres
def test_a_machine_ahead_at_midnight_says_nothing_before_the_day_of_the_database_has_come(postgres: Engine) -> None:
    life = Life(postgres)
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    due = life.sweep().next_on
    assert due is not None
    midnight = datetime(due.year, due.month, due.day, tzinfo=PARIS)

    def swept(before_midnight: timedelta) -> int:
        """What a machine says whose clock is five minutes ahead of the database's, at that time by the database."""
        offset = midnight - before_midnight - SystemClock().now()
        clock = DatabaseClock(postgres, offset, machine=SystemClock(offset + 5 * MINUTE))
        assert clock.compare() == pytest.approx(300 + offset.total_seconds(), abs=1)
        return sweep(life.steering, life.summaries, clock, life.holidays).said

    assert swept(2 * MINUTE) == 0, "by its own clock the day has begun"
    assert swept(-MINUTE) > 0
