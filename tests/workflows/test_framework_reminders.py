"""What is promised to a framework, and what its committees decided, is reminded of once, whoever sweeps, in a letter of
no territory."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent, agenda_stream
from domain.following import RecordDecisionDone
from domain.framework_pledges.keeping import RecordFrameworkDelivery
from domain.framework_pledges.pledging import PledgeToFramework
from domain.frameworks import SignFrameworkConvention
from domain.kernel import Actor, RoleHeld
from domain.roles import FRAMEWORK_PILOT
from domain.steering import ConstituteSteeringBody, Decision, DecisionReference, RecordMeeting
from domain.values import Code, Prose, PublicName, local_id
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.territory_life import Life
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.delivery.posting import Delivered
from workflows.leases import Leases
from workflows.summaries import Summaries

PLEDGE = local_id("salles")
DUE = date(2024, 6, 3)
BODY = UUID(int=77)
TAKEN = DecisionReference(BODY, local_id("m1"), local_id("d1"))


@pytest.fixture
def engine(migrated_sqlite_url: str) -> Iterator[Engine]:
    made = create_database_engine(migrated_sqlite_url)
    yield made
    made.dispose()


@pytest.fixture
def life(engine: Engine) -> Life:
    """The Caf signed the framework, and promises two rooms for Monday 3 June 2024."""
    made = Life(engine).on(date(2024, 1, 10))
    made.act(SignFrameworkConvention(stream_id=made.framework_id, partner_id=made.partners["caf"]), made.office)
    made.act(
        PledgeToFramework(
            stream_id=made.framework_id,
            pledge_id=PLEDGE,
            partner_id=made.partners["caf"],
            kind=Code("PREMISES"),
            certainty=Code("FIRM"),
            what=Prose("Deux salles pour le réseau"),
            due_on=DUE,
        ),
        steering(made),
    )
    return made


@pytest.fixture
def boxes(life: Life) -> Iterator[Letterboxes]:
    with letterboxes(life) as made:
        yield made


def steering(life: Life) -> Actor:
    """Whoever steers the framework."""
    return Actor(uuid4(), (RoleHeld(FRAMEWORK_PILOT, framework_id=life.framework_id),))


def decide(life: Life) -> None:
    """The committee of the framework decides something on the day of the clock."""
    life.act(
        ConstituteSteeringBody(
            stream_id=BODY, home_framework_id=life.framework_id, kind=Code("COPIL"), name=PublicName("Comité du Gers")
        ),
        steering(life),
    )
    decided = Decision(TAKEN.decision_id, Code("OTHER"), Prose("Publier les données commune par commune"))
    meeting = RecordMeeting(stream_id=BODY, meeting_id=TAKEN.meeting_id, attendance=9, decisions=(decided,))
    life.act(meeting, steering(life))


def deliver(life: Life) -> None:
    life.act(
        RecordFrameworkDelivery(
            stream_id=life.framework_id,
            pledge_id=PLEDGE,
            partner_id=life.partners["caf"],
            what=Prose("Les clés sont données"),
            whole=True,
        ),
        steering(life),
    )


def test_the_framework_is_reminded_of_on_its_days_and_missed_once(life: Life) -> None:
    life.live_until(date(2024, 8, 31))
    said = life.said("D19", of=(life.framework_id,))
    assert [(one.on, one.step) for one in said] == [
        (date(2024, 5, 6), "-30"),  # the 4th is a Saturday
        (DUE, "+0"),
        (date(2024, 6, 4), "missed"),
        (date(2024, 6, 18), "!+15"),
        (date(2024, 7, 3), "!+30"),
        (date(2024, 8, 2), "!+60"),
    ]
    assert {one.to for one in said if one.step != "missed"} == {frozenset({FRAMEWORK_PILOT})}


def test_after_days_without_a_sweep_only_the_most_severe_message_is_said(life: Life) -> None:
    life.on(date(2024, 7, 8)).sweep()
    life.sweep()
    assert [one.step for one in life.said("D19", of=(life.framework_id,))] == ["missed", "!+30"]


def test_workers_that_sweep_at_once_say_each_thing_of_a_framework_once(life: Life, engine: Engine) -> None:
    decide(life)
    life.on(date(2024, 7, 8))

    def work(number: int) -> int:
        own = Summaries(engine, life.reader, life.clock, life.holidays)
        return sweep(life.steering, own, life.clock, life.holidays, Leases(engine, UUID(int=number))).frameworks

    with ThreadPoolExecutor(4) as pool:
        swept = list(pool.map(work, range(1, 5)))
    assert sum(swept) >= 1, "somebody looked at it"
    agenda = [one for one in life.events() if one.originator_id == agenda_stream(life.framework_id)]
    said = [one for one in agenda if isinstance(one, ReminderSent | ReminderEscalated | DeadlineMissed)]
    assert len({(type(one), one.occurrence, one.due_on) for one in said}) == len(said) == 3


def test_the_pilot_of_the_framework_is_told_what_is_promised_by_whom_and_where_to_say_that_it_is_there(
    boxes: Letterboxes,
) -> None:
    boxes.sweep_on(date(2024, 5, 6))
    boxes.empty(date(2024, 5, 6))
    said = boxes.said_to(FRAMEWORK_PILOT)
    assert "Convention-cadre : " in said
    assert "Deux salles pour le réseau" in said
    assert "Pourquoi ce message : c’est promis ou décidé pour tout le département" in said
    framework = boxes.life.framework_id
    assert f"{BASE}/cadre/{framework}/actes/record-framework-delivery?pledge_id={PLEDGE}&partner_id=" in said
    assert f"{BASE}/cadre/{framework}" in said
    assert set(boxes.received()) == {FRAMEWORK_PILOT}


def test_a_letter_about_a_framework_waits_for_the_morning_and_leaves_only_if_it_is_still_meant(
    boxes: Letterboxes,
) -> None:
    boxes.sweep_on(date(2024, 5, 6))
    assert boxes.empty(date(2024, 5, 6), hour=22) == Delivered(waiting=1)
    boxes.life.on(date(2024, 5, 7))
    deliver(boxes.life)
    assert boxes.empty(date(2024, 5, 7)) == Delivered(withdrawn=1)
    assert boxes.withdrawn() == [(FRAMEWORK_PILOT, "settled")]


def test_what_a_framework_decided_and_nobody_follows_is_asked_of_its_pilot_until_it_is_done(boxes: Letterboxes) -> None:
    decide(boxes.life)
    boxes.sweep_on(date(2024, 3, 6))
    boxes.empty(date(2024, 3, 6))
    said = boxes.said_to(FRAMEWORK_PILOT)
    assert "Publier les données commune par commune" in said
    assert f"/cadre/{boxes.life.framework_id}/actes/record-decision-done?decision=" in said
    done = RecordDecisionDone(stream_id=BODY, decision=TAKEN, shown_by=Prose("En ligne"))
    boxes.life.act(done, steering(boxes.life))
    before = boxes.life.said("S07", of=(boxes.life.framework_id,))
    boxes.life.on(date(2024, 4, 30)).sweep()
    assert boxes.life.said("S07", of=(boxes.life.framework_id,)) == before
