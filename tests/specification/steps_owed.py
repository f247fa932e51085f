"""What signatories owe before they sign, and roles left to nobody; what other features tell one step at a time."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.convention.authorising import RecordMandate
from domain.convention.signing import RecordSignature
from domain.endings import EndTerritoryRole
from domain.roles import ADMINISTRATOR
from domain.values import Code, Sha256, deterministic_id
from tests.specification import french, steps_acts
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import MANDATES, PARTNER_KINDS, World, text_of


@step("le plan est prêt à être signé")
def _plan_adopted(world: World) -> None:
    """A diagnosis, a forum, a priority, a sheet and the plan that carries it, all of today."""
    steps_acts.share_diagnosis(world, None, "la mobilité")
    steps_acts.hold_forum(world, "la mobilité", "9", "4", "12", "l'offre et la demande", None)
    world.decide_in("COPIL", "choix d'une priorité")
    steps_acts.choose_priority(world, "Navette", "la mobilité", None, None, None, None)
    steps_acts.draft_sheet(world, "Navette du marché", "Navette")
    world.decide_in("COPIL", "validation du plan d'actions")
    steps_acts.validate_plan(world, "« Navette du marché »", "Convention", None, None)
    assert world.outcome.accepted, world.outcome


@step(parsers.re(rf"la convention est signée sans son plan le (?P<day>{DAY})"))
def _signed_without_plan(world: World, day: str) -> None:
    """By all who must, each under a decision of the day."""
    on = french.day(day)
    for name in ("la Caf", "l'intercommunalité"):
        partner_id = world.partner(name)
        mandate = MANDATES[PARTNER_KINDS[name]]
        world.prepare(
            RecordMandate(
                stream_id=world.convention, partner_id=partner_id, kind=mandate, occurred_on=on, executory_on=on
            )
        )
        world.prepare(
            RecordSignature(
                stream_id=world.convention,
                partner_id=partner_id,
                covers=(Code("CONVENTION"),),
                text_sha256=Sha256(text_of("Convention seule")),
                occurred_on=on,
            )
        )


@step(parsers.re(r"le (?P<role>[^»]+?) quitte son poste"))
def _left(world: World, role: str) -> None:
    code = french.code("role", role)
    given = world.door.given(world.territory_id, code, deterministic_id("person", code, None))
    assert given is not None
    world.act(EndTerritoryRole(stream_id=world.territory_id, assignment_id=given), Sender(ADMINISTRATOR))
