"""Where and when a scenario takes place, and who writes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pytest_bdd import parsers, step

from domain.convention.opening import RecordEngagement
from domain.roles import PARTNER_REPRESENTATIVE, PILOT
from domain.values import deterministic_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import GERS, PARTNER_KINDS, World


@step(parsers.re(rf"nous sommes le (?P<today>{DAY})"))
def _today(world: World, today: str) -> None:
    world.today = french.day(today)


@step(parsers.parse("le territoire « {name} » et ses partenaires"))
def _territory(world: World, name: str) -> None:
    world.settle_territory(name, 1)


@step(parsers.parse("un autre territoire, « {name} »"))
def _other_territory(world: World, name: str) -> None:
    home = world.territory
    world.settle_territory(name, 2)
    world.territory = home


@step(parsers.re(rf"une convention ouverte du (?P<starts>{DAY}) au (?P<ends>{DAY})"))
def _opened(world: World, starts: str, ends: str) -> None:
    world.prepare(world.opening(french.day(starts), french.day(ends)))


@step(parsers.re(rf"une convention ouverte sous la méthode du Gers du (?P<starts>{DAY}) au (?P<ends>{DAY})"))
def _opened_in_the_gers(world: World, starts: str, ends: str) -> None:
    world.prepare(world.opening(french.day(starts), french.day(ends), profile_name=GERS))


@step(parsers.re(rf"une convention de « (?P<name>[^»]+) » ouverte du (?P<starts>{DAY}) au (?P<ends>{DAY})"))
def _opened_elsewhere(world: World, name: str, starts: str, ends: str) -> None:
    home, world.territory = world.territory, name
    command = world.opening(french.day(starts), french.day(ends), stream_id=foreign_convention(name))
    world.prepare(command, Sender(PILOT, world.territory_id))
    world.territory = home


@step(parsers.re("c'est (?P<role>[^«]+) qui écrit"))
def _writer(world: World, role: str) -> None:
    if role in PARTNER_KINDS:
        world.sender = Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(role))
    else:
        world.sender = Sender(french.code("role", role), world.territory_id)


@step(parsers.parse("c'est le pilote de « {name} » qui écrit"))
def _foreign_writer(world: World, name: str) -> None:
    home, world.territory = world.territory, name
    world.sender = Sender(french.code("role", "pilote"), world.territory_id)
    world.territory = home


@step(parsers.re(rf"l'engagement est confirmé(?: le (?P<day>{DAY}))?"))
def _engaged(world: World, day: str | None) -> None:
    world.act(RecordEngagement(stream_id=world.convention, occurred_on=on(day)))


@step(
    parsers.re(rf"le (?P<body>comité de pilotage|comité technique) décide : (?P<what>[^«]*?)(?:, le (?P<day>{DAY}))?")
)
def _decided(world: World, body: str, what: str, day: str | None) -> None:
    world.decide_in({"comité de pilotage": "COPIL", "comité technique": "COTECH"}[body], what, on(day))


def on(day: str | None) -> date | None:
    """The day that was written, None when none was."""
    return french.day(day) if day else None


def foreign_convention(name: str) -> UUID:
    """The convention of another territory."""
    return deterministic_id("convention", name)
