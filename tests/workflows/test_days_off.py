"""A sweep on a day off: people are told on the next working day, and what was missed keeps its own day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.workflows.territory_life import Life
from workflows.database import create_database_engine
from workflows.migrating import migrate

# Engaged on Wednesday 10 January 2024: the diagnosis is due on Wednesday 10 July; the pilot is told on 25 July.
MISSED_ON = date(2024, 7, 11)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    engine: Engine = create_database_engine(f"sqlite:///{tmp_path / 'ctg.db'}")
    migrate(engine)
    lived = Life(engine)
    lived.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    lived.engage()
    yield lived
    engine.dispose()


def said(life: Life) -> list[tuple[date, str]]:
    return [(one.on, one.step) for one in life.said()]


@pytest.mark.parametrize(
    ("day_off", "worked"),
    [
        (date(2024, 7, 27), date(2024, 7, 29)),  # a Saturday
        (date(2024, 7, 28), date(2024, 7, 29)),  # a Sunday
        (date(2024, 8, 15), date(2024, 8, 16)),  # a Thursday, Assumption
    ],
)
def test_what_came_while_nobody_swept_waits_for_the_next_working_day(life: Life, day_off: date, worked: date) -> None:
    swept = life.on(day_off).sweep()
    assert said(life) == [(MISSED_ON, "missed")]
    assert (swept.missed, swept.said, swept.next_on) == (1, 0, worked)
    swept = life.on(worked).sweep()
    assert said(life) == [(MISSED_ON, "missed"), (worked, "!+15")]
    assert (swept.missed, swept.said) == (0, 1)


@pytest.mark.parametrize("first_sweep", [MISSED_ON, date(2024, 7, 13), date(2024, 7, 14), date(2024, 12, 25)])
def test_what_is_missed_is_dated_the_day_after_it_was_due(life: Life, first_sweep: date) -> None:
    life.on(date(2024, 7, 10)).sweep()
    assert "missed" not in {step for _, step in said(life)}
    life.on(first_sweep).sweep()
    (missed,) = [one for one in life.said("D01") if one.step == "missed"]
    assert (missed.on, missed.due_on) == (MISSED_ON, date(2024, 7, 10))
