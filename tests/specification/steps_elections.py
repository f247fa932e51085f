"""Elections that renew mandates, the places that they leave vacant, and who fills them."""

from __future__ import annotations

from uuid import UUID

from pytest_bdd import parsers, step

from domain.assignments import AssignFrameworkRole
from domain.delegations.granting import GrantDelegation
from domain.elections import RecordRenewedMandates
from domain.roles import ADMINISTRATOR, COMMITTEE_CHAIR, FRAMEWORK_PILOT, PILOT
from domain.steering import ConstituteSteeringBody
from domain.steering.seats import FillSteeringSeat, GiveSteeringSeat
from domain.territories import territory_stream
from domain.values import Code, PublicName, deterministic_id, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_means import OTHER
from tests.specification.steps_setting import on
from tests.specification.world import FRAMEWORK, PARTNER, World, siren_of

NAME = r"[A-Z][a-zé]+"
BODY = r"(?:le |du |au )(?P<body>comité de pilotage|comité de « [^»]+ »|comité départemental)"


@step(parsers.re(rf"(?:sur « (?P<where>[^»]+) », )?le scrutin du (?P<day>{DAY}) renouvelle {PARTNER}(?: et {OTHER})?"))
def _renewed(world: World, where: str | None, day: str, partner: str, other: str | None) -> None:
    partners = tuple(world.partner(one) for one in (partner, other) if one)
    place = territory_stream(siren_of(where)) if where else world.territory_id
    world.act(
        RecordRenewedMandates(stream_id=place, partners=partners, occurred_on=french.day(day)), Sender(PILOT, place)
    )


def body_of(world: World, body: str) -> tuple[UUID, Sender]:
    """A committee of the scenario as a step names it, and who steers there."""
    if body == "comité départemental":
        return deterministic_id("body", FRAMEWORK), Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK)
    if "«" in body:
        where = body.split("«")[1].strip(" »")
        return deterministic_id("body", where, "COPIL"), Sender(PILOT, territory_stream(siren_of(where)))
    return world.body("COPIL"), Sender(PILOT, world.territory_id)


@step("un comité départemental")
def _departmental(world: World) -> None:
    body_id, steering = body_of(world, "comité départemental")
    world.prepare(
        ConstituteSteeringBody(
            stream_id=body_id,
            home_framework_id=FRAMEWORK,
            kind=Code("COPIL"),
            name=PublicName("Comité départemental"),
        ),
        steering,
    )


@step(
    parsers.re(
        rf"{PARTNER} (?:a|reçoit) un siège (?P<college>d'élu|technique)(?P<chair> de président)? {BODY}"
        rf"(?: depuis le (?P<day>{DAY}))?"
    )
)
def _seated(world: World, partner: str, college: str, chair: str | None, body: str, day: str | None) -> None:
    body_id, steering = body_of(world, body)
    world.act(
        GiveSteeringSeat(
            stream_id=body_id,
            seat_id=local_id(french.slug(partner)),
            partner_id=world.partner(partner),
            seat_role=Code("CHAIR" if chair else "MEMBER"),
            college=Code("ELECTED" if college == "d'élu" else "TECHNICAL"),
            occurred_on=french.day(day) if day else None,
        ),
        steering,
    )


@step(parsers.re(rf"le siège de {PARTNER} {BODY} est pourvu(?: à compter du (?P<day>{DAY}))?"))
def _filled(world: World, partner: str, body: str, day: str | None) -> None:
    body_id, steering = body_of(world, body)
    seat_id = local_id(french.slug(partner))
    world.act(FillSteeringSeat(stream_id=body_id, seat_id=seat_id, occurred_on=on(day)), steering)


@step(
    parsers.re(rf"le siège de {PARTNER} {BODY} (?P<state>est vacant|est toujours tenu)(?: depuis le (?P<day>{DAY}))?")
)
def _seat_is(world: World, partner: str, body: str, state: str, day: str | None) -> None:
    seat = world.door.seat(body_of(world, body)[0], local_id(french.slug(partner)))
    assert seat.is_vacant is (state == "est vacant")
    assert day is None or seat.vacant_since == french.day(day)


@step(parsers.re(r"la réunion « (?P<meeting>[^»]+) » avait (?P<present>\d+) présents sur (?P<seats>\d+) sièges"))
def _counted(world: World, meeting: str, present: str, seats: str) -> None:
    told = world.door.sitting(world.convention, world.body("COPIL"), local_id(french.slug(meeting)), world.today).quorum
    assert told is not None
    assert (told.present, told.seats, told.reached) == (int(present), int(seats), True)


@step(parsers.re(rf"(?P<name>{NAME}) préside le comité de la convention-cadre pour {PARTNER}"))
def _presides(world: World, name: str, partner: str) -> None:
    person_id = deterministic_id("person", name)
    world.door.meet(person_id)
    world.prepare(
        AssignFrameworkRole(
            stream_id=FRAMEWORK, role=COMMITTEE_CHAIR, person_id=person_id, partner_id=world.partner(partner)
        ),
        Sender(ADMINISTRATOR),
    )


@step(parsers.re(r"le rôle de (?P<role>[^»]+?) (?P<state>est|n'est pas) à pourvoir dans la convention-cadre"))
def _vacant_on_framework(world: World, role: str, state: str) -> None:
    vacant = {one.role for one in world.door.vacant_on_framework(FRAMEWORK, world.today) if one.seat is None}
    assert (french.code("role", role) in vacant) is (state == "est")


@step(parsers.re(r"le rôle de (?P<role>[^»]+?) est dit « jamais tenu »"))
def _never_held(world: World, role: str) -> None:
    found = next(
        one for one in world.door.vacant(world.convention, world.today) if one.role == french.code("role", role)
    )
    assert (found.cause, found.vacant_since) == ("NEVER_HELD", None)


@step(parsers.re(r"le rôle de (?P<role>[^»]+?) n'est pas à pourvoir"))
def _not_vacant(world: World, role: str) -> None:
    assert french.code("role", role) not in {one.role for one in world.door.vacant(world.convention, world.today)}


@step(parsers.re(rf"(?P<name>{NAME}) délègue au réseau au nom de {PARTNER}"))
def _delegates(world: World, name: str, partner: str) -> None:
    world.act(
        GrantDelegation(
            stream_id=deterministic_id("delegation", name, world.today),
            home_territory_id=world.territory_id,
            delegator_id=world.partner(partner),
            given_to=Code("NETWORK"),
            matters=(Code("DATA_SHARED"),),
        ),
        Sender(Code("NAMED"), person_id=deterministic_id("person", name)),
    )


@step(parsers.re(rf"le rôle de (?P<role>[^»]+?) (?P<state>est|n'est pas) à pourvoir pour {PARTNER}"))
def _vacant(world: World, role: str, state: str, partner: str) -> None:
    vacant = {(one.role, one.partner_id) for one in world.door.vacant(world.convention, world.today)}
    assert ((french.code("role", role), world.partner(partner)) in vacant) is (state == "est")


@step(parsers.re(r"le rôle de (?P<role>[^»]+?) est toujours tenu"))
def _held(world: World, role: str) -> None:
    assert world.door.holders(world.territory_id, french.code("role", role), world.today)


@step("il reste une place à pourvoir")
def _one_left(world: World) -> None:
    assert len(world.door.vacant(world.convention, world.today)) == 1


@step("il ne reste aucune place à pourvoir")
def _none_left(world: World) -> None:
    assert world.door.vacant(world.convention, world.today) == ()


@step("la décision du comité de pilotage est toujours là")
def _stands(world: World) -> None:
    said = world.decided_in
    assert said.decision_id in world.door.body(said.body_id).meetings[said.meeting_id].decisions
