"""A lease spares useless work: one has it at a time, it lapses with its holder, a wrong clock keeps it from nobody."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text, true, update

from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import engaged
from workflows import schema, sharing
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.leases import Leases
from workflows.sharing import PARTS, in_parts


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_url)
    yield made
    made.dispose()


def let_pass(engine: Engine, seconds: float, of: Leases | None = None) -> None:
    """As if the leases, or those of one holder, were that much older."""
    whose = schema.leases.c.holder == of.holder if of is not None else true()
    with engine.begin() as connection:
        connection.execute(update(schema.leases).where(whose).values(until=schema.leases.c.until - seconds))


def test_one_has_it_until_it_lapses_or_is_given_back(engine: Engine) -> None:
    one, other = Leases(engine, uuid4()), Leases(engine, uuid4())
    assert one.take("backup")
    assert one.take("backup"), "its holder keeps it"
    assert not other.take("backup")
    assert other.take("follow"), "another one is free"
    let_pass(engine, 61)
    assert other.take("backup"), "its holder is dead"
    one.give_back()
    other.give_back()
    assert one.take("backup")


def test_a_lease_of_a_clock_that_was_a_year_ahead_is_free(engine: Engine) -> None:
    one, other = Leases(engine, uuid4()), Leases(engine, uuid4())
    assert one.take("sweep")
    let_pass(engine, -365 * 86400)
    assert other.take("sweep")


def test_what_is_done_is_not_done_again_by_who_began_before(engine: Engine) -> None:
    one, other = Leases(engine, uuid4()), Leases(engine, uuid4())
    began = other.now()
    time.sleep(0.01)
    assert one.take_some(("a", "b"), 1_000, one.now()) == {"a", "b"}
    one.done(("a",), as_of=one.now())
    assert other.done_since(("a", "b"), began) == {"a"}
    assert other.take_some(("a", "b", "c"), 1_000, began) == {"c"}
    assert other.take_some(("a",), 1_000, other.now()) == {"a"}, "who begins later does it anew"


def test_workers_share_what_is_due_and_leave_nothing_of_a_dead_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "LASTING_SECONDS", 1_000.0)  # however slow this machine is
    conventions = [UUID(int=number) for number in range(5 * PARTS)]
    dead, others = Leases(engine, uuid4()), [Leases(engine, uuid4()) for _ in range(2)]
    swept: list[UUID] = []

    def due() -> list[UUID]:
        return [one for one in conventions if one not in swept]

    lost = next(in_parts(due, dead, 200))  # killed before it is done with them

    def work(leases: Leases) -> None:
        for some in in_parts(due, leases, 200):
            swept.extend(some)

    workers = [Thread(target=work, args=(one,)) for one in others]
    for one in workers:
        one.start()
    while len(swept) < len(conventions) - len(lost):
        time.sleep(0.01)
    assert not set(swept) & set(lost), "they leave to it what it is at"
    let_pass(engine, 1_001, dead)
    for one in workers:
        one.join(60)
    assert sorted(swept) == conventions, "each is done, and once"


def test_alone_it_is_cut_into_what_memory_holds() -> None:
    conventions = [uuid4() for _ in range(450)]
    assert [len(some) for some in in_parts(lambda: conventions, None, 200)] == [200, 200, 50]


class Interrupted(Leases):
    """Another worker goes on while this one asks what others have done."""

    def __init__(self, engine: Engine, meanwhile: Callable[[], object]) -> None:
        super().__init__(engine, uuid4())
        self._meanwhile = meanwhile

    def done_since(self, names: Collection[str], since: float) -> frozenset[str]:
        self._meanwhile()
        return super().done_since(names, since)


def test_what_became_due_in_a_part_that_another_worker_is_at_is_said_now_and_not_in_an_hour(engine: Engine) -> None:
    life = engaged(Life(engine))
    life.on(date(2024, 5, 13))
    beside = UUID(int=life.convention_id.int % PARTS)  # of the same part
    listed: Sequence[UUID] = [beside]
    other = in_parts(lambda: listed, Leases(engine, uuid4()), 200)
    assert next(other) == [beside]
    time.sleep(0.01)
    mine = Interrupted(engine, lambda: next(other, None))
    assert sweep(life.steering, life.summaries, life.clock, life.holidays, mine).said > 0
    assert life.said()


@pytest.mark.parametrize("gives_back", ["done", "give_back"])
def test_workers_that_take_and_give_back_the_same_parts_at_once_all_go_on(
    migrated_postgres_url: str, gives_back: str
) -> None:
    engine = create_database_engine(migrated_postgres_url)
    one, other = Leases(engine, uuid4()), Leases(engine, uuid4())
    for name in ("b", "a"):  # as they lie in the table: the last one first
        one.take_some((name,), 20)
    faults: list[Exception] = []

    def at_the_same_time(act: Callable[[], object]) -> Thread:
        def run() -> None:
            try:
                act()
            except Exception as fault:  # noqa: BLE001 - told to the test
                faults.append(fault)

        thread = Thread(target=run)
        thread.start()
        return thread

    def wait_for(waiting: int) -> None:
        asked = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while True:
            with engine.connect() as connection:
                if connection.execute(asked).scalar_one() >= waiting:
                    return
            time.sleep(0.01)

    with engine.begin() as third:
        third.execute(update(schema.leases).where(schema.leases.c.name == "a").values(done_at=None))
        threads = [at_the_same_time(lambda: other.take_some(("a", "b"), 20))]
        wait_for(1)
        back = one.give_back if gives_back == "give_back" else lambda: one.done(("a", "b"), as_of=one.now())
        threads.append(at_the_same_time(back))
        wait_for(2)
    for thread in threads:
        thread.join()
    engine.dispose()
    assert faults == []
