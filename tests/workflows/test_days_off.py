"""A sweep on a day off: people are told on the next working day, and what was missed keeps its own day."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.values import Code
from tests.workflows.territory_life import Life
from workflows.database import create_database_engine

# Engaged on Wednesday 10 January 2024: the diagnosis is due on Wednesday 10 July; the pilot is told on 25 July.
MISSED_ON = date(2024, 7, 11)


@pytest.fixture
def life(migrated_sqlite_url: str) -> Iterator[Life]:
    engine = create_database_engine(migrated_sqlite_url)
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


@pytest.mark.parametrize(
    ("department", "engaged_on", "due_here", "due_in_the_gers"),
    [
        ("68", date(2024, 10, 18), date(2025, 4, 22), date(2025, 4, 18)),  # Good Friday, then Easter Monday
        ("57", date(2024, 6, 26), date(2024, 12, 27), date(2024, 12, 26)),
        ("974", date(2024, 6, 20), date(2024, 12, 23), date(2024, 12, 20)),  # a Friday, abolition of slavery
    ],
)
def test_a_deadline_falls_on_a_day_off_of_its_territory_though_another_of_the_instance_works(
    migrated_sqlite_url: str, department: str, engaged_on: date, due_here: date, due_in_the_gers: date
) -> None:
    engine = create_database_engine(migrated_sqlite_url)
    here = Life(engine, siren=Code("246800494"), department=Code(department))
    there = Life(engine)
    for one in (here, there):
        one.on(engaged_on).open(date(2025, 1, 1))
        one.engage()
        one.on(date(2025, 6, 2))
    there.sweep()  # one sweep for the whole instance
    assert [one.due_on for one in here.said("D01") if one.step == "missed"] == [due_here]
    assert [one.due_on for one in there.said("D01") if one.step == "missed"] == [due_in_the_gers]
    engine.dispose()
