"""Several commands decided and appended together: all or nothing, each on what those before it led to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from domain.kernel import Actor, Case, Context, Refused, RoleHeld
from domain.roles import ADMINISTRATOR
from domain.territories import ChangePerimeter, Commune, RegisterTerritory, Territory, territory_stream
from domain.values import Code, Prose, PublicName
from workflows.application import Steering, UnknownStream

AUCH = Commune(Code("32013"), None, PublicName("Auch"), 22_000)
GROWN = replace(AUCH, population=23_000)
SIREN = "200066926"


@pytest.fixture
def context(now: datetime) -> Context:
    """An administrator who says why."""
    actor = Actor(uuid4(), (RoleHeld(ADMINISTRATOR),))
    return Context(actor=actor, today=now.date(), now=now, reason=Prose("Publication annuelle"))


def register(siren: str = SIREN) -> RegisterTerritory:
    return RegisterTerritory(
        stream_id=territory_stream(siren),
        siren=Code(siren),
        name=PublicName("CA Grand Auch"),
        legal_form=Code("CA"),
        department=Code("32"),
        communes=(AUCH,),
    )


def change(stream_id: UUID, commune: Commune = GROWN) -> ChangePerimeter:
    return ChangePerimeter(
        stream_id=stream_id, name=PublicName("CA Grand Auch"), legal_form=Code("CA"), communes=(commune,)
    )


def test_each_command_sees_what_those_before_it_led_to(engine: Engine, context: Context) -> None:
    steering = Steering(engine)
    answers = steering.execute_all([register(), register("243200417"), change(territory_stream(SIREN))], context)
    assert [answer.version for answer in answers] == [1, 1, 2]
    assert [len(answer.events) for answer in answers] == [1, 1, 1]
    events = steering.read_events(0, 10)
    assert [event.envelope.event_id for _, event in events] == [
        event.event_id for answer in answers for event in answer.events
    ]
    territory = steering.load(territory_stream(SIREN))
    assert isinstance(territory, Territory)
    assert territory.communes == (GROWN,)


@pytest.mark.parametrize("refused", ["again", "unchanged", "unknown"])
def test_one_refusal_and_nothing_is_appended(engine: Engine, context: Context, refused: str) -> None:
    steering = Steering(engine)
    last = {
        "again": register(),
        "unchanged": change(territory_stream(SIREN), AUCH),
        "unknown": change(territory_stream("243200417")),
    }[refused]
    with pytest.raises(UnknownStream if refused == "unknown" else Refused):
        steering.execute_all([register(), last], context)
    assert steering.read_events(0, 10) == []
    assert steering.load(territory_stream(SIREN)) is None


def test_whoever_was_overtaken_decides_again(engine: Engine, context: Context) -> None:
    steering, other = Steering(engine), Steering(engine)
    steering.execute(register(), context)
    overtaken = [False]

    class Slow(ChangePerimeter):
        """Lets somebody else be faster, once."""

        def decide(self, state: Territory, case: Case) -> None:
            if not overtaken[0]:
                overtaken[0] = True
                other.execute(change(territory_stream(SIREN)), context)
            super().decide(state, case)

    small = replace(AUCH, population=1)
    slow = Slow(stream_id=territory_stream(SIREN), name=PublicName("CA"), legal_form=Code("CA"), communes=(small,))
    (answer,) = steering.execute_all([slow], context)
    assert answer.version == 3


def test_what_belongs_to_one_command_is_not_taken(engine: Engine, context: Context) -> None:
    steering = Steering(engine)
    for wrong in (replace(context, idempotency_key="one"), replace(context, expected_version=0)):
        with pytest.raises(ValueError, match="belongs to one command"):
            steering.execute_all([register()], wrong)
