"""A lease spares useless work: one has it at a time, it lapses with its holder, a wrong clock keeps it from nobody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, update

from workflows import schema
from workflows.database import create_database_engine
from workflows.leases import Leases
from workflows.sharing import PARTS, in_parts


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_url)
    yield made
    made.dispose()


def let_pass(engine: Engine, seconds: float) -> None:
    """As if the leases were that much older."""
    with engine.begin() as connection:
        connection.execute(update(schema.leases).values(until=schema.leases.c.until - seconds))


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
    assert one.take_some(("a", "b"), 20, one.now()) == {"a", "b"}
    one.done(("a",))
    assert other.done_since(("a", "b"), began) == {"a"}
    assert other.take_some(("a", "b", "c"), 20, began) == {"c"}
    assert other.take_some(("a",), 20, other.now()) == {"a"}, "who begins later does it anew"


def test_workers_share_what_is_due_and_leave_nothing_of_a_dead_one(engine: Engine) -> None:
    conventions = [UUID(int=number) for number in range(5 * PARTS)]
    dead, others = Leases(engine, uuid4()), [Leases(engine, uuid4()) for _ in range(2)]
    since = dead.now()
    lost = next(in_parts(conventions, dead, since, 200))  # killed before it is done with them
    swept: list[UUID] = []

    def work(leases: Leases) -> None:
        for some in in_parts(conventions, leases, since, 200):
            swept.extend(some)

    workers = [Thread(target=work, args=(one,)) for one in others]
    for one in workers:
        one.start()
    while len(swept) < len(conventions) - len(lost):
        time.sleep(0.01)
    assert not set(swept) & set(lost), "they leave to it what it is at"
    let_pass(engine, 21)
    for one in workers:
        one.join(60)
    assert sorted(swept) == conventions, "each is done, and once"


def test_alone_it_is_cut_into_what_memory_holds() -> None:
    assert [len(some) for some in in_parts([uuid4() for _ in range(450)], None, 0.0, 200)] == [200, 200, 50]
