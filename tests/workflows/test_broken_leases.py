"""Nothing rests on a lease: workers that all believe to have it say each thing once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from tests.promises.kill_sweeps import days_of, letters, said, settle
from tests.workflows.territory_life import Life
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.delivery.queueing import queue_letters
from workflows.leases import Leases
from workflows.migrating import migrate
from workflows.reading import Reader
from workflows.summaries import Summaries

WORKERS = 3


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_url)
    yield made
    made.dispose()


def swept_by_all(engine: Engine, life: Life, days: list[date]) -> None:
    """Workers with memories of their own, who hold each lease together, sweep each day at once."""
    holder, faults = uuid4(), []
    crew = [(Steering(engine), Summaries(engine, Reader(engine), life.clock, life.holidays)) for _ in range(WORKERS)]
    for day in days:
        life.on(day)
        together = threading.Barrier(WORKERS)

        def work(steering: Steering, summaries: Summaries, together: threading.Barrier = together) -> None:
            try:
                together.wait(60)
                sweep(steering, summaries, life.clock, life.holidays, Leases(engine, holder))
                queue_letters(steering, life.clock.now())
            except BaseException as fault:  # noqa: BLE001 - told to the test
                faults.append(fault)

        threads = [threading.Thread(target=work, args=one) for one in crew]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert faults == []


@pytest.mark.slow
def test_a_lease_that_everybody_holds_doubles_nothing(engine: Engine, migrated_sqlite_url: str) -> None:
    calm_engine = create_database_engine(f"{migrated_sqlite_url}.calm")
    migrate(calm_engine)
    calm, conventions = settle(calm_engine)
    days = days_of(calm)
    expected = said(calm, conventions)
    calm_engine.dispose()

    life, conventions = settle(engine)
    swept_by_all(engine, life, days)
    found = said(life, conventions)
    assert set(found.values()) == {1}, "nothing is said twice"
    assert found == expected, "and nothing is missing"
    assert letters(engine) > 0
