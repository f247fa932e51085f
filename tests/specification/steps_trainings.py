"""Trainings, form-actions and colloquiums of the framework."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.kernel import Command
from domain.roles import FRAMEWORK_PILOT
from domain.trainings import CancelTraining, MoveTraining, PlanTraining, RecordTraining
from domain.values import Code, LocalId, Prose, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_acts import ON
from tests.specification.steps_setting import on
from tests.specification.world import FRAMEWORK, World

KIND = "la formation|la form-action|le colloque"
WHICH = rf"(?:{KIND}) « (?P<title>[^»]+) »"


def _id(title: str) -> LocalId:
    return local_id(f"formation-{french.slug(title)}")


def act(world: World, command: Command) -> None:
    """Do it as whoever steers the framework."""
    world.act(command, Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK))


@step(
    parsers.re(
        rf"(?P<kind>{KIND}) « (?P<title>[^»]+) » est prévue? le (?P<day>{DAY})"
        rf"(?:, jusqu'au (?P<last>{DAY}))?(?:, pour (?P<places>\d+) personnes)?"
    )
)
def _planned(world: World, kind: str, title: str, day: str, last: str | None, places: str | None) -> None:
    act(
        world,
        PlanTraining(
            stream_id=FRAMEWORK,
            training_id=_id(title),
            kind=french.code("training-kind", kind),
            title=Prose(title),
            starts_on=french.day(day),
            ends_on=french.day(last) if last else None,
            roles=(Code("COOPERATION_OFFICER"),),
            places=int(places) if places else None,
        ),
    )


@step(parsers.re(rf"{WHICH} est déplacée? au (?P<day>{DAY}), parce que « (?P<why>[^»]+) »"))
def _moved(world: World, title: str, day: str, why: str) -> None:
    act(
        world,
        MoveTraining(stream_id=FRAMEWORK, training_id=_id(title), starts_on=french.day(day), motive=Prose(why)),
    )


@step(parsers.re(rf"{WHICH} est annulée?, parce que « (?P<why>[^»]+) »"))
def _cancelled(world: World, title: str, why: str) -> None:
    act(world, CancelTraining(stream_id=FRAMEWORK, training_id=_id(title), motive=Prose(why)))


@step(
    parsers.re(
        rf"{WHICH} a réuni (?P<technical>\d+) professionnels et (?P<political>\d+) élus{ON}, "
        r"et l'on en retient « (?P<kept>[^»]+) »"
    )
)
def _delivered(world: World, title: str, technical: str, political: str, kept: str, day: str | None) -> None:
    act(
        world,
        RecordTraining(
            stream_id=FRAMEWORK,
            training_id=_id(title),
            technical=int(technical),
            political=int(political),
            kept=Prose(kept),
            occurred_on=on(day),
        ),
    )


def _told(world: World, title: str) -> Any:
    known = world.door.trainings(FRAMEWORK, world.today).trainings
    return next(one for one in known if one.training_id == _id(title))


@step(parsers.re(rf"{WHICH} se lit « (?P<state>[^»]+) »"))
def _state(world: World, title: str, state: str) -> None:
    assert _told(world, title).state == french.code("training-state", state)


@step(parsers.re(rf"{WHICH} commence le (?P<day>{DAY})"))
def _begins(world: World, title: str, day: str) -> None:
    assert _told(world, title).starts_on == french.day(day)


@step(parsers.re(rf"(?P<count>\d+) personnes sont venues à {WHICH}"))
def _came(world: World, count: str, title: str) -> None:
    came = _told(world, title).came
    assert came is not None and came.technical + came.political + came.usage == int(count)


@step(parsers.re(r"il est dit qu'aucun colloque n'est prévu ni tenu en (?P<year>\d{4})"))
def _no_colloquium(world: World, year: str) -> None:
    told = world.door.trainings(FRAMEWORK, world.today)
    assert (told.colloquium_missing, told.year) == (True, int(year))


@step("il n'est plus dit qu'un colloque manque")
def _colloquium(world: World) -> None:
    assert not world.door.trainings(FRAMEWORK, world.today).colloquium_missing
