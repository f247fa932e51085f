"""Whoever recorded a contested fact is told, and who may resolve it; whoever contests is told what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.contesting import AnswerContestation, ContestRecord, KeepContestedRecord, WithdrawContestation
from domain.kernel import Actor, Command, Context, Event, RoleHeld
from domain.roles import CAF_ADVISER, CO_PILOT, PARTNER_REPRESENTATIVE, PILOT
from domain.roles import COOPERATION_OFFICER as OFFICER
from domain.values import Prose
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import prioritised
from workflows.database import create_database_engine
from workflows.delivery.queueing import queue_letters

CAF = "caf"
WHY = Prose("La feuille de présence en compte moins.")


@pytest.fixture
def life(migrated_sqlite_url: str) -> Iterator[Life]:
    engine = create_database_engine(migrated_sqlite_url)
    yield Life(engine)
    engine.dispose()


@pytest.fixture
def boxes(life: Life) -> Iterator[Letterboxes]:
    with letterboxes(life) as made:
        yield made


def said(life: Life, command: Command, role: Any) -> Any:
    """Somebody of the life says something, in a role, with a reason; whoever speaks for the Caf is called so."""
    held = RoleHeld(role, life.territory_id)
    if role == CAF:
        held = RoleHeld(PARTNER_REPRESENTATIVE, life.territory_id, life.partners[CAF])
    actor = Actor(life.people[role], (held,))
    context = Context(actor=actor, today=life.clock.today(), now=life.clock.now(), reason=WHY)
    return life.steering.execute(command, context).events[0].event_id


def contested(life: Life) -> tuple[Event, Any]:
    """The forum is contested by the partner of the life: the fact, and the contestation."""
    fact = [one for one in life.steering.events_of(life.convention_id) if one.TOPIC == "ctg.convention.forum-held"][-1]
    target = fact.envelope.event_id
    command = ContestRecord(stream_id=life.convention_id, target_id=target, partner_id=life.partners[CAF])
    return fact, said(life, command, CAF)


def test_who_may_resolve_is_told_and_led_to_the_contestation(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    _, contestation = contested(life)
    boxes.empty(date(2024, 7, 1))
    boxes.empty(date(2024, 7, 2))
    form = f"{BASE}/enregistrements/{life.convention_id}/actes/answer-contestation?contestation_id={contestation}"
    for who in (PILOT, CO_PILOT, OFFICER, CAF_ADVISER):
        assert form in boxes.said_to(who)
    assert "garde son effet" in boxes.said_to(PILOT)
    assert CAF not in boxes.received(), "of what one did oneself one is not told"


def test_whoever_contests_is_told_what_became_of_it_and_nobody_is_asked_any_more(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    _, contestation = contested(life)
    about = {"stream_id": life.convention_id, "contestation_id": contestation}
    said(life, AnswerContestation(**about), OFFICER)
    said(life, KeepContestedRecord(**about), OFFICER)
    queue_letters(life.steering, life.clock.now())
    boxes.empty(date(2024, 7, 2))
    assert "est réglée" in boxes.said_to(CAF)
    assert {why for _, why in boxes.withdrawn()} == {"settled"}
    assert OFFICER not in boxes.received()


def test_what_is_withdrawn_asks_nothing_of_anybody(boxes: Letterboxes) -> None:
    life = prioritised(boxes.life)
    _, contestation = contested(life)
    said(life, WithdrawContestation(stream_id=life.convention_id, contestation_id=contestation), CAF)
    boxes.empty(date(2024, 7, 1))
    boxes.empty(date(2024, 7, 2))
    assert all("est contesté" not in str(one["Subject"]) for letters in boxes.received().values() for one in letters)
