"""What time brings: deadlines, the sweep that looks at them, and the messages it sends."""

from __future__ import annotations

from datetime import date, timedelta

from pytest_bdd import parsers, step

from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.frameworks import AttachTerritory, OpenFrameworkConvention
from domain.roles import (
    ADMINISTRATOR,
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    FORUM_ANIMATOR,
    FRAMEWORK_PILOT,
    MEETING_SECRETARY,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.values import Code, PublicName, deterministic_id
from tests.specification import french
from tests.specification.doors import Expected, Sender
from tests.specification.french import DAY
from tests.specification.world import FRAMEWORK, METHOD, SIGNATORIES, World

_LOCAL = (
    PILOT,
    CO_PILOT,
    COOPERATION_OFFICER,
    CAF_ADVISER,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    MEETING_SECRETARY,
    FORUM_ANIMATOR,
)


@step("chaque rôle est tenu, sur le territoire comme dans le département")
def _everybody(world: World) -> None:
    office = Sender(ADMINISTRATOR)
    local: list[tuple[Code, str | None]] = [(role, None) for role in _LOCAL]
    local += [(PARTNER_REPRESENTATIVE, name) for name in SIGNATORIES]
    for role, partner in local:
        world.door.meet(deterministic_id("person", role, partner))
        world.prepare(
            AssignTerritoryRole(
                stream_id=world.territory_id,
                role=role,
                person_id=deterministic_id("person", role, partner),
                partner_id=world.partner(partner) if partner else None,
            ),
            office,
        )
    world.prepare(
        OpenFrameworkConvention(
            stream_id=FRAMEWORK,
            name=PublicName("Convention-cadre du Gers"),
            department=Code("32"),
            signatories=(world.partner("la Caf"),),
            profile_name=METHOD,
            profile_version=1,
            effective_from=date(2020, 1, 1),
            effective_to=date(2029, 12, 31),
        ),
        office,
    )
    world.door.meet(deterministic_id("person", FRAMEWORK_PILOT))
    world.prepare(AttachTerritory(stream_id=FRAMEWORK, attached_territory_id=world.territory_id), office)
    world.prepare(
        AssignFrameworkRole(
            stream_id=FRAMEWORK, role=FRAMEWORK_PILOT, person_id=deterministic_id("person", FRAMEWORK_PILOT)
        ),
        office,
    )


@step(parsers.re(rf"la tournée passe chaque jour du (?P<first>{DAY}) au (?P<last>{DAY})"))
def _sweeps(world: World, first: str, last: str) -> None:
    world.today = french.day(first)
    while world.today <= french.day(last):
        world.door.sweep(world.today)
        world.today += timedelta(days=1)
    world.today = french.day(last)


@step(parsers.re(rf"la tournée passe le (?P<today>{DAY})"))
@step(parsers.re(rf"la tournée passe (?:de nouveau )?le (?P<today>{DAY})"))
def _sweep(world: World, today: str) -> None:
    world.today = french.day(today)
    world.door.sweep(world.today)


@step("le moteur enregistre ce qui suit")
def _follow(world: World) -> None:
    world.door.follow(world.today)


@step("la convention n'est pas encore en vigueur")
def _not_in_force(world: World) -> None:
    assert world.door.in_force(world.convention) is None


@step(parsers.re(rf"la convention est en vigueur depuis le (?P<day>{DAY})"))
def _in_force(world: World, day: str) -> None:
    assert world.door.in_force(world.convention) == french.day(day)


@step(parsers.re(rf"l'échéance « (?P<name>[^»]+) » est fixée au (?P<due>{DAY})"))
def _due(world: World, name: str, due: str) -> None:
    assert french.day(due) in {one.due_on for one in lines(world, name)}, lines(world, name)


@step(parsers.parse("aucune échéance « {name} » n'est fixée"))
def _not_due(world: World, name: str) -> None:
    assert not lines(world, name)


@step(parsers.re(r"l'échéance « (?P<name>[^»]+) » (?P<how>est tenue|reste ouverte|est manquée)"))
def _state(world: World, name: str, how: str) -> None:
    found = lines(world, name)
    assert found
    if how == "est tenue":
        assert all(one.met_on is not None and not one.days_late for one in found), found
    else:
        assert any(one.met_on is None and (one.days_late > 0) == (how == "est manquée") for one in found), found


@step(parsers.re(rf"l'échéance « (?P<name>[^»]+) » est tenue le (?P<met>{DAY}), avec (?P<late>\d+) jours de retard"))
def _late(world: World, name: str, met: str, late: str) -> None:
    expected = (french.day(met), int(late))
    assert expected in {(one.met_on, one.days_late) for one in lines(world, name)}, lines(world, name)


@step(parsers.parse("l'échéance « {name} » ne manque plus qu'à {partners}"))
def _of_partner(world: World, name: str, partners: str) -> None:
    waiting = {one.partner_id for one in lines(world, name) if one.met_on is None}
    assert waiting == {world.partner(one) for one in partners.split(" et à ")}


@step("toutes les échéances jusqu'ici sont tenues")
def _all_met(world: World) -> None:
    due = [one for one in sheet(world) if one.due_on <= world.today and not one.deadline.startswith("S")]  # no silence
    open_or_late = [one for one in due if one.met_on is None or one.days_late]
    assert not open_or_late, open_or_late


@step(parsers.re(rf"la prochaine échéance est « (?P<name>[^»]+) », le (?P<due>{DAY})"))
def _next(world: World, name: str, due: str) -> None:
    open_ones = [one for one in sheet(world) if one.met_on is None and not one.deadline.startswith("S")]  # no silence
    coming = min(open_ones, key=lambda one: one.due_on)
    assert (coming.deadline, coming.due_on) == (french.code("deadline", name), french.day(due))


@step(parsers.parse("les messages envoyés pour « {name} » sont :"))
def _messages(world: World, name: str, datatable: list[list[str]]) -> None:
    sent = [(one.on, set(one.roles)) for one in world.door.messages() if one.deadline == french.code("deadline", name)]
    expected = [
        (french.day(day), {french.code("role", role) for role in roles.split(", ")}) for day, roles in datatable[1:]
    ]
    assert sent == expected, sent


@step(parsers.re(r"« (?P<name>[^»]+) » attend (?P<count>\d+) choses"))
def _waits_for(world: World, name: str, count: str) -> None:
    (line,) = lines(world, name)
    assert line.things == int(count)


@step(parsers.parse("aucun message n'est envoyé pour « {name} »"))
def _no_message(world: World, name: str) -> None:
    assert not [one for one in world.door.messages() if one.deadline == french.code("deadline", name)]


@step(parsers.parse("le retard de « {name} » n'est pas noté"))
def _not_missed(world: World, name: str) -> None:
    assert french.code("deadline", name) not in world.door.missed()


@step(parsers.re(r"le retard de « (?P<name>[^»]+) » est noté (?P<times>une fois|deux fois)"))
def _missed(world: World, name: str, times: str) -> None:
    counts = {"une fois": 1, "deux fois": 2}
    assert world.door.missed().count(french.code("deadline", name)) == counts[times]


def sheet(world: World) -> tuple[Expected, ...]:
    """The deadlines of the convention, as the pilot reads them today."""
    return world.door.deadlines(Sender(PILOT, world.territory_id), world.convention, world.today)


def lines(world: World, name: str) -> list[Expected]:
    """The lines of one deadline, by its name."""
    wanted = french.code("deadline", name)
    return [one for one in sheet(world) if one.deadline == wanted]
