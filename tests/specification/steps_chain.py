"""The chain from finding to result, and how the sheets of a plan read at a glance."""

from __future__ import annotations

import re

from pytest_bdd import parsers, step

from domain.indicators.defining import DefineIndicator
from domain.values import Code, Prose, deterministic_id
from tests.specification import french
from tests.specification.world import World


@step(parsers.re(r"l'indicateur « (?P<title>[^»]+) » suit la fiche « (?P<sheet>[^»]+) », en (?P<unit>.+)"))
def _follows(world: World, title: str, sheet: str, unit: str) -> None:
    world.act(
        DefineIndicator(
            stream_id=deterministic_id("indicator", title),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            title=Prose(title),
            unit=french.code("indicator-unit", unit),
            counts_persons=False,
            kind=Code("RESULT"),
            direction=Code("UP"),
            owner_id=world.partner("l'intercommunalité"),
            frequency=Code("YEARLY"),
            sheet_ids=(world.sheet(sheet),),
        )
    )


@step(parsers.re(r"il manque à la chaîne : (?P<links>« .+ »)"))
def _lacks(world: World, links: str) -> None:
    wanted = [french.code("page.broken", one) for one in re.findall(r"« ([^»]+) »", links)]
    assert world.door.broken_links(world.convention, world.today) == wanted


@step("il ne manque rien à la chaîne")
def _holds(world: World) -> None:
    assert world.door.broken_links(world.convention, world.today) == []


@step(parsers.re(r"les fiches se lisent dans cet ordre : (?P<titles>« .+ »)"))
def _read_in_order(world: World, titles: str) -> None:
    wanted = [world.sheet(one) for one in re.findall(r"« ([^»]+) »", titles)]
    assert [one.sheet.sheet_id for one in world.door.quilt(world.convention, world.today)] == wanted


@step(parsers.re(r"la fiche « (?P<sheet>[^»]+) » se lit « (?P<state>[^»]+) »"))
def _reads(world: World, sheet: str, state: str) -> None:
    found = {one.sheet.sheet_id: one.standing for one in world.door.quilt(world.convention, world.today)}
    wanted = {"en retard": "LATE", "à surveiller": "WATCH", "à l'heure": "ON_TIME", "faite": "DONE"}[state]
    assert found[world.sheet(sheet)] == wanted
