"""How far time has come is known from what ran last, whichever process ran it."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from workflows.clock_watch import ClockWatch

FURTHEST = timedelta(days=45)
WEEK = timedelta(days=7)


def test_an_instance_whose_jobs_run_is_believed_for_as_long_as_they_do(engine: Engine, now: datetime) -> None:
    """Its processes are started anew now and then, and remember nothing."""
    staying = ClockWatch(engine, FURTHEST)
    staying.begin(now)
    for week in range(1, 30):
        for watch in (staying, ClockWatch(engine, FURTHEST)):
            watch.reached(now + week * WEEK)
            assert watch.doubt(now + week * WEEK) is None


def test_jobs_on_a_clock_that_was_set_back_do_not_take_the_mark_back(engine: Engine, now: datetime) -> None:
    ClockWatch(engine, FURTHEST).begin(now)
    ClockWatch(engine, FURTHEST).reached(now - 3 * WEEK)
    told = ClockWatch(engine, FURTHEST).went_back(now - 3 * WEEK)
    assert told is not None
    assert told.reached == now
