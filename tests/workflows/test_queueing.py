"""From a due day to the letterbox: one letter for each person named, in their language, once."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from domain.kernel import Event
from domain.roles import COMMITTEE_CHAIR, COMMITTEE_MEMBER
from tests.workflows.letterbox import BASE, letterboxes
from tests.workflows.territory_life import Life
from workflows.application import Steering
from workflows.delivery.posting import Delivered
from workflows.delivery.queueing import queue_letters
from workflows.schema import outbox, tracking


@pytest.fixture
def life(engine: Engine) -> Life:
    """The plan was due on 4 November 2024; on 4 December the whole committee is told."""
    life = Life(engine)
    life.on(date(2024, 5, 10)).open(date(2025, 1, 1))
    life.engage()
    life.share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("fo1")
    life.on(date(2024, 7, 1)).choose_priority()
    life.on(date(2024, 12, 4))
    return life


def queued(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(outbox)).scalar_one()


def test_a_sweep_reaches_each_letterbox_once(engine: Engine, life: Life) -> None:
    with letterboxes(life) as boxes:
        boxes.vault.change_person(life.people[COMMITTEE_MEMBER], language="en")
        life.sweep()
        assert boxes.empty(date(2024, 12, 5)) == Delivered(), "letters wait some minutes for others to the same person"
        assert boxes.empty(date(2024, 12, 5), 11) == Delivered(sent=2, posted=2)
        life.sweep()
        assert boxes.empty(date(2024, 12, 5), 12) == Delivered()
        assert sorted(boxes.received()) == [COMMITTEE_CHAIR, COMMITTEE_MEMBER]
        french, english = boxes.said_to(COMMITTEE_CHAIR), boxes.said_to(COMMITTEE_MEMBER)
    assert "Relance : validation du plan d’actions, 31 jours de retard (Gascogne Toulousaine)" in french
    assert "Ce qui arrête les messages : « Valider le plan d’actions »." in french
    assert f"{BASE}/conventions/{life.convention_id}" in french
    assert "Chaser: validation of the action plan, 31 days late" in english


def test_a_missed_day_has_no_letter_of_its_own(engine: Engine, life: Life) -> None:
    life.on(date(2024, 11, 5))
    life.sweep()
    queue_letters(life.steering, life.clock.now())
    with engine.connect() as connection:
        kinds = connection.execute(select(outbox.c.kind)).scalars().all()
    assert kinds == ["reminder"]  # that of 28 October, for the engine was down
    assert [one.step for one in life.said("D06")] == ["missed", "-7"]


def test_many_workers_queue_each_letter_once(engine: Engine, life: Life) -> None:
    life.sweep()
    life.on(date(2025, 1, 20)).sign("caf")
    for day in (date(2025, 3, 4), date(2025, 4, 1), date(2025, 4, 25)):
        life.on(day).sweep()
    expected = sum(len(one.to) for one in life.said())
    assert expected > 4
    counts: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        counts.append(queue_letters(life.steering, life.clock.now()))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(counts) == 4
    assert sum(counts) == expected == queued(engine)


def test_a_worker_that_was_away_moves_nothing_back(engine: Engine, life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """It had read the first event when another one took them all."""
    life.sweep()
    now, other = life.clock.now(), Steering(engine)
    last = other.read_events(0, 10_000)[-1][0]
    asked: list[int] = []

    def read(after: int, limit: int) -> list[tuple[int, Event]]:
        asked.append(after)
        found = other.read_events(after, limit)
        if len(asked) > 1:
            return found
        assert queue_letters(other, now) == 2
        return found[:1]

    monkeypatch.setattr(life.steering, "read_events", read)
    assert queue_letters(life.steering, now) == 0
    assert asked == [0, last]


def test_what_could_not_be_queued_is_queued_later(engine: Engine, life: Life) -> None:
    """The position moves with the letters or not at all."""
    life.sweep()
    broken = True

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if broken and statement.startswith("INSERT INTO outbox"):
            raise RuntimeError("the power went")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        queue_letters(life.steering, life.clock.now())
    with engine.connect() as connection:
        assert connection.execute(select(tracking.c.notification_id)).scalar_one() == 0
    assert queued(engine) == 0
    broken = False
    assert queue_letters(life.steering, life.clock.now()) == 2
    assert queued(engine) == 2
