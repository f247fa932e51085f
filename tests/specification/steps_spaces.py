"""Permanent spaces where people are heard, and the stages at which they are."""

from __future__ import annotations

from uuid import uuid5

from pytest_bdd import parsers, step

from domain.participation.gathering import CloseSpace, OpenSpace, RecordSpaceMeeting
from domain.participation.participation import participation_stream
from domain.steering import ConstituteSteeringBody, RecordMeeting
from domain.values import Code, Prose, PublicName, local_id
from tests.specification import french
from tests.specification.world import World

SPACE = r"l'espace permanent « (?P<name>[^»]+) »"
PEOPLE = r"(?P<usage>\d+) habitants?, (?P<technical>\d+) professionnels?, (?P<political>\d+) élus?"


@step(
    parsers.re(
        rf"(?:que )?{SPACE} est ouvert : (?P<kind>[^,]+?)"
        r"(?:, tous les (?P<months>\d+) mois)?(?P<body>, qui est aussi une instance)?"
    )
)
def _opened(world: World, name: str, kind: str, months: str | None, body: str | None) -> None:
    group = uuid5(world.territory_id, "group")
    if body:
        world.act(
            ConstituteSteeringBody(
                stream_id=group,
                home_territory_id=world.territory_id,
                kind=Code("WORKING_GROUP"),
                name=PublicName("Groupe mobilité"),
            )
        )
    world.act(
        OpenSpace(
            stream_id=participation_stream(world.territory_id),
            home_territory_id=world.territory_id,
            convention_id=world.convention,
            space_id=local_id(french.slug(name)),
            kind=french.code("space-kind", kind),
            name=Prose(name),
            stages=(Code("DIAGNOSIS"),),
            rhythm_months=int(months) if months else None,
            body_id=group if body else None,
        )
    )


@step(parsers.re(rf"{SPACE} se réunit(?P<again> encore)? : {PEOPLE}"))
def _met(world: World, name: str, again: str | None, usage: str, technical: str, political: str) -> None:
    world.act(
        RecordSpaceMeeting(
            stream_id=participation_stream(world.territory_id),
            convention_id=world.convention,
            space_id=local_id(french.slug(name)),
            meeting_id=local_id(f"{french.slug(name)}-{'2' if again else '1'}"),
            stage=Code("DIAGNOSIS"),
            usage=int(usage),
            technical=int(technical),
            political=int(political),
        )
    )


@step("l'instance du groupe se réunit")
def _group_met(world: World) -> None:
    world.act(RecordMeeting(stream_id=uuid5(world.territory_id, "group"), meeting_id=local_id("g1"), attendance=11))


@step(parsers.re(rf"{SPACE} est fermé, parce que « (?P<why>[^»]+) »"))
def _closed(world: World, name: str, why: str) -> None:
    world.act(
        CloseSpace(
            stream_id=participation_stream(world.territory_id), space_id=local_id(french.slug(name)), motive=Prose(why)
        )
    )


@step(parsers.re(rf"{SPACE} est « (?P<state>[^»]+) »"))
def _state(world: World, name: str, state: str) -> None:
    told = {one.space_id: one for one in world.door.spaces(world.convention, world.today)}
    assert told[local_id(french.slug(name))].state == french.code("space-state", state)


@step(parsers.re(rf"(?P<count>\d+) contributions? de {SPACE} sur (?P<total>\d+) (?:a|ont) une suite"))
def _outcomes(world: World, count: str, name: str, total: str) -> None:
    told = {one.space_id: one for one in world.door.spaces(world.convention, world.today)}
    found = told[local_id(french.slug(name))]
    assert (found.with_outcome, len(found.contributions)) == (int(count), int(total))


@step(parsers.re(r"(?P<count>\d+) habitants ont été entendus (?P<stage>pendant .+)"))
def _heard(world: World, count: str, stage: str) -> None:
    told = {one.stage: one for one in world.door.heard_when(world.convention, world.today)}
    assert told[french.code("participation-stage", stage)].usage == int(count)


@step(parsers.re(r"personne n'a été entendu (?P<stage>pendant .+)"))
def _nobody(world: World, stage: str) -> None:
    told = {one.stage: one for one in world.door.heard_when(world.convention, world.today)}
    found = told[french.code("participation-stage", stage)]
    assert (found.people, found.contribution_count) == (0, 0)
