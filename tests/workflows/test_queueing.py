"""From a due day to the letterbox: one letter for each person named, in their language, once."""

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from domain.convention.closing import CloseConvention
from domain.kernel import Event
from domain.roles import CAF_ADVISER, COMMITTEE_CHAIR, COMMITTEE_MEMBER
from domain.territories import Territory
from domain.values import Prose
from tests.workflows.post_office import PostOffice
from tests.workflows.territory_life import Life
from workflows.application import Steering
from workflows.delivery.mail import Letters, Mailer, MailServer
from workflows.delivery.outbox import Delivered, dead_letters, deliver_due
from workflows.delivery.queueing import queue_letters
from workflows.people import Vault
from workflows.schema import outbox, tracking


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture
def life(engine: Engine) -> Life:
    """The plan was due on 4 November 2024; on 4 December the whole committee is told."""
    life = Life(engine)
    life.on(date(2024, 5, 10)).open(date(2025, 1, 1))
    life.engage()
    life.share_diagnosis()
    life.on(date(2024, 6, 3)).hold_forum("forum-1")
    life.on(date(2024, 7, 1)).choose_priority()
    life.on(date(2024, 12, 4))
    return life


def queued(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(outbox)).scalar_one()


def test_a_sweep_reaches_each_letterbox_once(engine: Engine, life: Life, vault: Vault, post_office: PostOffice) -> None:
    for name, language in ((COMMITTEE_CHAIR, "fr"), (COMMITTEE_MEMBER, "en"), (CAF_ADVISER, "fr")):
        vault.register_person(f"Zoé {name}", f"{name.lower()}@gers.example", language, person_id=life.people[name])

    def territory_name(territory_id: Any) -> str:
        territory = life.steering.load(territory_id)
        assert isinstance(territory, Territory)
        return territory.name

    letters = Letters(territory_name, sender="CTG <ctg@gers.example>", base_url="https://ctg.gers.example")
    mailer = Mailer(MailServer(host="127.0.0.1", port=post_office.port, tls="none", timeout=5))
    now = life.clock.now()

    life.sweep()
    assert queue_letters(life.steering, now) == 2
    assert deliver_due(engine, vault, mailer, letters, now) == Delivered(sent=2)
    life.sweep()
    assert queue_letters(life.steering, now) == 0
    assert deliver_due(engine, vault, mailer, letters, now) == Delivered()

    received = {str(letter["To"].addresses[0].addr_spec): letter for letter in post_office.received}
    assert sorted(received) == ["committee_chair@gers.example", "committee_member@gers.example"]
    assert len(post_office.received) == 2
    french = " ".join(received["committee_chair@gers.example"].get_content().split())
    assert "Territoire : Gascogne Toulousaine" in french
    assert "du 4 novembre 2024 demande votre intervention" in french
    assert "enregistrer la validation du plan d’actions" in french
    assert f"https://ctg.gers.example/conventions/{life.convention_id}" in french
    subject = str(received["committee_chair@gers.example"]["Subject"])
    assert subject.startswith("Relance")
    assert subject.endswith("validation du plan d’actions, échéance du 4 novembre 2024 (Gascogne Toulousaine)")
    assert received["committee_member@gers.example"]["Content-Language"] == "en"


def test_a_missed_day_has_no_letter_of_its_own(engine: Engine, life: Life) -> None:
    life.on(date(2024, 11, 5))
    life.sweep()
    queue_letters(life.steering, life.clock.now())
    with engine.connect() as connection:
        kinds = connection.execute(select(outbox.c.kind)).scalars().all()
    assert kinds == ["reminder"]  # that of 28 October, for the engine was down
    assert [one.step for one in life.said("D06")] == ["missed", "-7"]


def test_nobody_is_written_to_about_a_convention_closed_meanwhile(
    engine: Engine, life: Life, vault: Vault, post_office: PostOffice
) -> None:
    """What waited, for a server that failed say, leaves no more and is no dead letter."""
    life.sweep()
    now = life.clock.now()
    assert queue_letters(life.steering, now) == 2
    given_up = life.meet("CONVENTION_GIVEN_UP")
    life.act(CloseConvention(stream_id=life.convention_id, motive=Prose("Autre projet."), decided_in=given_up))
    assert queue_letters(life.steering, now) == 0
    letters = Letters(str, sender="CTG <ctg@gers.example>", base_url="https://ctg.gers.example")
    mailer = Mailer(MailServer(host="127.0.0.1", port=post_office.port, tls="none", timeout=5))
    assert deliver_due(engine, vault, mailer, letters, now) == Delivered()
    assert post_office.received == []
    assert dead_letters(engine) == []
    life.on(date(2025, 6, 2)).sweep()
    assert queue_letters(life.steering, life.clock.now()) == 0, "its agenda says nothing more"


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
