"""What partners delegate to the network, what is decided under it, what is taken back."""

from __future__ import annotations

from uuid import UUID

from pytest_bdd import parsers, step

from domain.delegations.citing import RecordDelegatedDecision
from domain.delegations.granting import GrantDelegation, RevokeDelegation
from domain.delegations.using import UseDelegation
from domain.values import Code, Prose, deterministic_id, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_means import WHAT, cents
from tests.specification.world import PARTNER, PARTNER_KINDS, World

BODIES = {"au comité technique": "COTECH", "au comité de pilotage": "COPIL"}
TO = rf"(?P<to>au réseau|{'|'.join(BODIES)}|à (?:{'|'.join(PARTNER_KINDS)}))"
EUROS = r"(?P<euros>\d[\d ]*) €"


def delegation_of(world: World, partner: str) -> UUID:
    """The delegation that a partner gave."""
    return deterministic_id("delegation", world.territory, partner)


@step(
    parsers.re(
        rf"{PARTNER} délègue {TO} « (?P<matter>[^»]+) »(?:, dans la limite de {EUROS})?(?:, jusqu'au (?P<ends>{DAY}))?"
    )
)
def _granted(world: World, partner: str, to: str, matter: str, euros: str | None, ends: str | None) -> None:
    body, other = BODIES.get(to), to.removeprefix("à ")
    world.act(
        GrantDelegation(
            stream_id=delegation_of(world, partner),
            home_territory_id=world.territory_id,
            delegator_id=world.partner(partner),
            given_to=Code("BODY" if body else "PARTNER" if other in PARTNER_KINDS else "NETWORK"),
            to_body_id=world.body(body) if body else None,
            to_partner_id=world.partner(other) if other in PARTNER_KINDS else None,
            matters=(french.code("matter", matter),),
            limit_cents=cents(euros) if euros else None,
            ends_on=french.day(ends) if ends else None,
        )
    )


@step(
    parsers.re(
        rf"le réseau décide par délégation de {PARTNER} {WHAT} : (?P<matter>[^,»]+)(?:, pour (?P<euros>\d[\d ]*) €)?"
    )
)
def _used(world: World, partner: str, what: str, matter: str, euros: str | None) -> None:
    world.act(
        UseDelegation(
            stream_id=delegation_of(world, partner),
            use_id=local_id(what),
            matter=french.code("matter", matter),
            what=Prose(what),
            amount_cents=cents(euros) if euros else None,
        )
    )


@step(
    parsers.re(
        rf"la décision du (?P<body>comité technique|comité de pilotage) est rattachée à la délégation de {PARTNER} : "
        rf"(?P<matter>[^,»]+)(?:, pour (?P<euros>\d[\d ]*) €)?"
    )
)
def _cited(world: World, body: str, partner: str, matter: str, euros: str | None) -> None:
    assert world.decision is not None
    assert world.decision.body_id == world.body(BODIES[f"au {body}"])
    world.act(
        RecordDelegatedDecision(
            stream_id=delegation_of(world, partner),
            decided_in=world.decision,
            matter=french.code("matter", matter),
            amount_cents=cents(euros) if euros else None,
        )
    )


@step(parsers.re(rf"la délégation de {PARTNER} n'a servi à rien"))
def _unused(world: World, partner: str) -> None:
    told = world.door.delegation(world.convention, delegation_of(world, partner), world.today)
    assert told.spent_cents == 0
    assert not any(one.counts for one in told.uses)


@step(parsers.re(rf"{PARTNER} reprend sa délégation, parce que « (?P<why>[^»]+) »"))
def _revoked(world: World, partner: str, why: str) -> None:
    world.act(RevokeDelegation(stream_id=delegation_of(world, partner), motive=Prose(why)))


@step(parsers.re(rf"la délégation de {PARTNER} est dite « (?P<state>[^»]+) »"))
def _state(world: World, partner: str, state: str) -> None:
    told = world.door.delegation(world.convention, delegation_of(world, partner), world.today)
    assert told.state == french.code("delegation-state", state)


@step(parsers.re(rf"la délégation de {PARTNER} a servi à décider {EUROS} sur (?P<limit>\d[\d ]*) €"))
def _spent(world: World, partner: str, euros: str, limit: str) -> None:
    told = world.door.delegation(world.convention, delegation_of(world, partner), world.today)
    assert (told.spent_cents, told.limit_cents) == (cents(euros), cents(limit))


@step(parsers.re(rf"la délégation de {PARTNER} garde la décision {WHAT}"))
def _kept(world: World, partner: str, what: str) -> None:
    told = world.door.delegation(world.convention, delegation_of(world, partner), world.today)
    assert [one.use_id for one in told.uses] == [local_id(what)]
