"""What of an action is tried before it is funded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pytest_bdd import parsers, step

from domain.action_sheets.prototyping import GiveUpPrototype, PlanPrototype, RecordPrototypeTest
from domain.values import Prose, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.world import World

TEST = r"l'essai « (?P<what>[^»]+) »"
OF_SHEET = r"de « (?P<sheet>[^»]+) »"


def told(world: World, what: str) -> Any:
    """How a test stands, as the door answers it."""
    found = world.door.prototypes(world.convention, world.today)
    return next(one for one in found if one.prototype_id == local_id(what))


@step(parsers.re(rf"(?:que )?{TEST} {OF_SHEET} est prévu, jusqu'au (?P<day>{DAY})"))
def _planned(world: World, what: str, sheet: str, day: str) -> None:
    ends_on = french.day(day)
    world.act(
        PlanPrototype(
            stream_id=world.sheet(sheet),
            prototype_id=local_id(what),
            what=Prose(what),
            starts_on=ends_on - timedelta(days=14),
            ends_on=ends_on,
        )
    )


@step(
    parsers.re(rf"{TEST} {OF_SHEET} est fait avec (?P<usage>\d+) habitants(?P<again>, encore)? : (?P<verdict>.+)"),
)
def _tested(world: World, what: str, sheet: str, usage: str, again: str | None, verdict: str) -> None:
    world.act(
        RecordPrototypeTest(
            stream_id=world.sheet(sheet),
            prototype_id=local_id(what),
            verdict=french.code("prototype-verdict", verdict),
            learned=Prose("Le samedi convient, le lieu est trop loin."),
            usage=int(usage),
            cost_cents=45_000,
        )
    )


@step(parsers.re(rf"{TEST} {OF_SHEET} est abandonné, parce que « (?P<why>[^»]+) »"))
def _given_up(world: World, what: str, sheet: str, why: str) -> None:
    world.act(GiveUpPrototype(stream_id=world.sheet(sheet), prototype_id=local_id(what), motive=Prose(why)))


@step(parsers.re(rf"{TEST} (?P<state>attend encore|est en retard)"))
def _waits(world: World, what: str, state: str) -> None:
    assert told(world, what).state == {"attend encore": "PLANNED", "est en retard": "OVERDUE"}[state]


@step(parsers.re(rf"{TEST} dit : (?P<verdict>.+)"))
def _says(world: World, what: str, verdict: str) -> None:
    found = told(world, what)
    assert (found.state, found.verdict) == ("TESTED", french.code("prototype-verdict", verdict))
    assert found.next_act is None
