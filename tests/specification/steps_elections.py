"""Elections that renew mandates, the places that they leave vacant, and who fills them."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.delegations.granting import GrantDelegation
from domain.elections import RecordRenewedMandates
from domain.values import Code, deterministic_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_means import OTHER
from tests.specification.world import PARTNER, World

NAME = r"[A-Z][a-zé]+"


@step(parsers.re(rf"le scrutin du (?P<on>{DAY}) renouvelle {PARTNER}(?: et {OTHER})?"))
def _renewed(world: World, on: str, partner: str, other: str | None) -> None:
    partners = tuple(world.partner(one) for one in (partner, other) if one)
    world.act(
        RecordRenewedMandates(stream_id=world.territory_id, partners=partners, occurred_on=french.day(on)),
    )


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
    vacant = {(one.role, one.partner_id) for one in world.door.vacant(world.territory_id, world.today)}
    assert ((french.code("role", role), world.partner(partner)) in vacant) is (state == "est")


@step(parsers.re(r"le rôle de (?P<role>[^»]+?) est toujours tenu"))
def _held(world: World, role: str) -> None:
    assert world.door.holders(world.territory_id, french.code("role", role), world.today)


@step("il reste une place à pourvoir")
def _one_left(world: World) -> None:
    assert len(world.door.vacant(world.territory_id, world.today)) == 1


@step("il ne reste aucune place à pourvoir")
def _none_left(world: World) -> None:
    assert world.door.vacant(world.territory_id, world.today) == ()


@step("la décision du comité de pilotage est toujours là")
def _stands(world: World) -> None:
    said = world.decided_in
    assert said.decision_id in world.door.body(said.body_id).meetings[said.meeting_id].decisions
