"""Roles given, ended and handed over, by people whom the scenario names."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pytest_bdd import parsers, step

from domain.assignments import AssignFrameworkRole, AssignTerritoryRole, ConfirmTerritoryRole
from domain.convention.opening import RecordEngagement
from domain.endings import EndFrameworkRole, EndTerritoryRole, HandOverFrameworkRole, HandOverTerritoryRole
from domain.frameworks import AttachTerritory, OpenFrameworkConvention, SignFrameworkConvention
from domain.roles import ADMINISTRATOR, FRAMEWORK_PILOT, PARTNER_REPRESENTATIVE, PARTNER_ROLES
from domain.territories import territory_stream
from domain.values import Code, PublicName, deterministic_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.world import FRAMEWORK, METHOD, PARTNER_KINDS, World, siren_of

NAME = r"[A-Z][a-zé]+"
ROLE = r"[^«»,]+?"


def person(name: str) -> UUID:
    """Somebody by their first name."""
    return deterministic_id("person", name)


def framework(name: str) -> UUID:
    """Another framework by its name."""
    return deterministic_id("framework", name)


def sender(world: World, who: str) -> Sender:
    """Who acts: somebody named, the administrator, the voice of a partner, a pilot, a role of the territory."""
    if who[:1].isupper():
        return Sender(Code("NAMED"), person_id=person(who))
    if who == "l'administrateur":
        return Sender(ADMINISTRATOR)
    if who.startswith("le pilote de « "):
        return Sender(FRAMEWORK_PILOT, framework_id=framework(who.removeprefix("le pilote de « ").removesuffix(" »")))
    if who == "le pilote de la convention-cadre":
        return Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK)
    if who in PARTNER_KINDS:
        return Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(who))
    return Sender(french.code("role", who), world.territory_id)


def role_of(words: str) -> tuple[Code, str | None]:
    """A role, and the partner it speaks for: « représentant du partenaire pour la Caf »."""
    role, _, partner = words.partition(" pour ")
    return french.code("role", role), partner or None


def held(world: World, role: str, name: str) -> UUID:
    """The fact that gave somebody a role."""
    found = world.door.given(world.territory_id, role_of(role)[0], person(name))
    return found or deterministic_id("never given", role, name)


# --- giving -----------------------------------------------------------------------------------------------------------


@step(parsers.re(rf"(?P<who>(?!la clé).+) donne à (?P<name>{NAME}) le rôle de (?P<role>{ROLE})"))
def _given(world: World, who: str, name: str, role: str) -> None:
    give(world, sender(world, who), name, role)


@step(parsers.re(rf"(?P<name>{NAME}) se donne le rôle de (?P<role>{ROLE})"))
def _taken(world: World, name: str, role: str) -> None:
    give(world, sender(world, name), name, role)


@step(parsers.re(rf"(?P<name>{NAME}), qui administre l'installation, se donne le rôle de (?P<role>{ROLE})"))
def _taken_by_administrator(world: World, name: str, role: str) -> None:
    give(world, Sender(ADMINISTRATOR, person_id=person(name)), name, role)


@step(parsers.re(rf"la clé d'un outil de pilote donne à (?P<name>{NAME}) le rôle de (?P<role>{ROLE})"))
def _given_by_key(world: World, name: str, role: str) -> None:
    give(world, Sender(Code("PILOT"), world.territory_id, is_tool=True), name, role)


def give(world: World, who: Sender, name: str, role: str) -> None:
    """Give a role on the territory to somebody named, whom the house meets first."""
    code, partner = role_of(role)
    world.door.know(person(name))
    world.act(
        AssignTerritoryRole(
            stream_id=world.territory_id,
            role=code,
            person_id=person(name),
            partner_id=world.partner(partner or "la Caf") if partner or code in PARTNER_ROLES else None,
        ),
        who,
    )


@step(parsers.re(rf"(?P<name>{NAME}) administre seule? l'installation"))
@step(parsers.re(rf"(?P<name>{NAME}) administre aussi l'installation"))
def _administers(world: World, name: str) -> None:
    world.door.administer(person(name))


@step(parsers.re(rf"(?P<who>[^»]+?) confirme le rôle de (?P<role>{ROLE}) de (?P<name>{NAME})"))
def _confirmed(world: World, who: str, role: str, name: str) -> None:
    by = Sender(ADMINISTRATOR, person_id=person(who)) if who[:1].isupper() else sender(world, who)
    world.act(ConfirmTerritoryRole(stream_id=world.territory_id, assignment_id=held(world, role, name)), by)


@step(parsers.re(rf"le rôle de (?P<role>{ROLE}) de (?P<name>{NAME}) attend une confirmation"))
def _awaits(world: World, role: str, name: str) -> None:
    assert [one.awaits_confirmation for one in holding(world, role, name)] == [True]


@step(parsers.re(rf"le rôle de (?P<role>{ROLE}) de (?P<name>{NAME}) n'attend plus rien"))
def _awaits_nothing(world: World, role: str, name: str) -> None:
    assert [one.awaits_confirmation for one in holding(world, role, name)] == [False]


def holding(world: World, role: str, name: str) -> list[Any]:
    """The roles of that name that somebody holds today."""
    found = world.door.holders(world.territory_id, role_of(role)[0], world.today)
    return [one for one in found if one.person_id == person(name)]


# --- ending -----------------------------------------------------------------------------------------------------------


@step(parsers.re(rf"(?P<who>[^»]+?) met fin au rôle de (?P<role>{ROLE}) de (?P<name>{NAME})"))
def _ended(world: World, who: str, role: str, name: str) -> None:
    world.act(EndTerritoryRole(stream_id=world.territory_id, assignment_id=held(world, role, name)), sender(world, who))


@step(parsers.re(rf"(?P<name>{NAME}) renonce à son rôle de (?P<role>{ROLE})"))
def _given_up(world: World, name: str, role: str) -> None:
    world.act(
        EndTerritoryRole(stream_id=world.territory_id, assignment_id=held(world, role, name)), sender(world, name)
    )


@step(parsers.re(rf"(?P<who>[^»]+?) passe à (?P<to>{NAME}) le rôle de (?P<role>{ROLE}) de (?P<name>{NAME})"))
def _handed_over(world: World, who: str, to: str, role: str, name: str) -> None:
    world.door.know(person(to))
    assignment_id = held(world, role, name)
    command = HandOverTerritoryRole(stream_id=world.territory_id, assignment_id=assignment_id, successor_id=person(to))
    world.act(command, sender(world, who))


@step(parsers.re(rf"(?P<name>{NAME}) tient le rôle de (?P<role>{ROLE})"))
def _holds(world: World, name: str, role: str) -> None:
    assert len(holding(world, role, name)) == 1


@step(parsers.re(rf"(?P<name>{NAME}) ne tient plus le rôle de (?P<role>{ROLE})"))
def _holds_no_more(world: World, name: str, role: str) -> None:
    assert holding(world, role, name) == []


@step(parsers.re(rf"(?P<name>{NAME}) confirme l'engagement"))
def _engaged_by(world: World, name: str) -> None:
    world.act(RecordEngagement(stream_id=world.convention), sender(world, name))


# --- on frameworks ----------------------------------------------------------------------------------------------------


@step(parsers.parse("une autre convention-cadre, « {name} », suit le territoire « {territory} »"))
def _other_framework(world: World, name: str, territory: str) -> None:
    office = Sender(ADMINISTRATOR)
    world.prepare(
        OpenFrameworkConvention(
            stream_id=framework(name),
            name=PublicName(name),
            department=Code("31"),
            signatories=(world.partner("la Caf"),),
            profile_name=METHOD,
            profile_version=1,
            effective_from=date(2020, 1, 1),
            effective_to=date(2029, 12, 31),
        ),
        office,
    )
    place = territory_stream(siren_of(territory))
    world.prepare(AttachTerritory(stream_id=framework(name), attached_territory_id=place), office)


@step(parsers.parse("le pilote de « {name} » fait signer la Caf sur la convention-cadre du département"))
def _signs_elsewhere(world: World, name: str) -> None:
    command = SignFrameworkConvention(stream_id=FRAMEWORK, partner_id=world.partner("la Caf"))
    world.act(command, Sender(FRAMEWORK_PILOT, framework_id=framework(name)))


@step(parsers.parse("c'est le pilote de l'autre convention-cadre, « {name} », qui écrit"))
def _writes_elsewhere(world: World, name: str) -> None:
    world.sender = Sender(FRAMEWORK_PILOT, framework_id=framework(name))


@step(parsers.re(rf"(?P<who>.+) nomme (?P<name>{NAME}) pilote de la convention-cadre"))
def _appointed(world: World, who: str, name: str) -> None:
    world.door.know(person(name))
    command = AssignFrameworkRole(stream_id=FRAMEWORK, role=FRAMEWORK_PILOT, person_id=person(name))
    world.act(command, sender(world, who))


@step(parsers.re(r"(?P<who>.+) rattache le territoire « (?P<territory>[^»]+) » à la convention-cadre du département"))
def _attaches(world: World, who: str, territory: str) -> None:
    place = territory_stream(siren_of(territory))
    world.act(AttachTerritory(stream_id=FRAMEWORK, attached_territory_id=place), sender(world, who))


@step(parsers.re(rf"l'administrateur met fin au rôle de (?P<name>{NAME}) sur la convention-cadre"))
def _ended_on_framework(world: World, name: str) -> None:
    assignment_id = world.door.given(FRAMEWORK, FRAMEWORK_PILOT, person(name))
    assert assignment_id is not None
    world.act(EndFrameworkRole(stream_id=FRAMEWORK, assignment_id=assignment_id), Sender(ADMINISTRATOR))


@step(parsers.re(rf"l'administrateur passe à (?P<to>{NAME}) le rôle de (?P<name>{NAME}) sur la convention-cadre"))
def _handed_over_on_framework(world: World, to: str, name: str) -> None:
    world.door.know(person(to))
    assignment_id = world.door.given(FRAMEWORK, FRAMEWORK_PILOT, person(name))
    assert assignment_id is not None
    command = HandOverFrameworkRole(stream_id=FRAMEWORK, assignment_id=assignment_id, successor_id=person(to))
    world.act(command, Sender(ADMINISTRATOR))


@step(parsers.re(rf"(?P<name>{NAME}) fait signer la Caf sur la convention-cadre"))
def _signs_by(world: World, name: str) -> None:
    world.act(SignFrameworkConvention(stream_id=FRAMEWORK, partner_id=world.partner("la Caf")), sender(world, name))
