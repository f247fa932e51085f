"""Partners told apart, and twins merged."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import parsers, step

from domain.convention.opening import ExpectedSignatory
from domain.corrections import AnnulEvent
from domain.partners import RegisterPartner
from domain.roles import ADMINISTRATOR, FRAMEWORK_PILOT, PILOT
from domain.twins import MergePartners
from domain.values import Code, PublicName
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_corrections import last
from tests.specification.world import FRAMEWORK, World

OFFICE = Sender(ADMINISTRATOR)
TWIN = "la Caf, inscrite deux fois"
WHY = "La même institution, inscrite deux fois."


@step(parsers.re(r"« (?P<name>[^»]+) » est inscrit(?:e)? sous le SIREN (?P<siren>[0-9 ]+)"))
def _registered(world: World, name: str, siren: str) -> None:
    command = RegisterPartner(
        stream_id=world.partner(name), kind=Code("CIAS"), name=PublicName(name), siren=Code(siren)
    )
    world.act(command, OFFICE)


@step(parsers.re(r"« (?P<name>[^»]+) » est inscrit(?:e)? sans SIREN"))
def _named(world: World, name: str) -> None:
    world.act(RegisterPartner(stream_id=world.partner(name), kind=Code("CIAS"), name=PublicName(name)), OFFICE)


@step(parsers.re(r"l'inscription de « (?P<name>[^»]+) » est annulée"))
def _annulled(world: World, name: str) -> None:
    target = last(world, "Partenaire inscrit")
    assert target.name == name
    world.act(AnnulEvent(stream_id=target.originator_id, target_id=target.envelope.event_id), OFFICE, reason=WHY)


@step(
    parsers.re(
        rf"une convention(?: de « (?P<name>[^»]+) »)? ouverte du (?P<starts>{DAY}) au (?P<ends>{DAY}),"
        " où la Caf est inscrite deux fois"
    )
)
def _opened(world: World, name: str | None, starts: str, ends: str) -> None:
    twin = RegisterPartner(stream_id=world.partner(TWIN), kind=Code("CAF"), name=PublicName("Caf 32"))
    world.prepare(twin, OFFICE)
    home, world.territory = world.territory, name or world.territory
    opening = world.opening(french.day(starts), french.day(ends))
    both = (*opening.signatories, ExpectedSignatory(twin.stream_id, required=True))
    world.prepare(replace(opening, signatories=both), Sender(PILOT, world.territory_id))
    world.territory = home


@step("les deux inscriptions de la Caf sont réunies")
def _merged(world: World) -> None:
    world.act(MergePartners(stream_id=world.partner(TWIN), kept_id=world.partner("la Caf")), OFFICE, reason=WHY)


@step("le pilote de la convention-cadre réunit les deux inscriptions de la Caf")
def _merged_by_pilot(world: World) -> None:
    command = MergePartners(stream_id=world.partner(TWIN), kept_id=world.partner("la Caf"))
    world.act(command, Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK), reason=WHY)


@step(parsers.re(r"« (?P<twin>[^»]+) » et « (?P<kept>[^»]+) » sont réunis"))
def _merged_by_name(world: World, twin: str, kept: str) -> None:
    world.act(MergePartners(stream_id=world.partner(twin), kept_id=world.partner(kept)), OFFICE, reason=WHY)


@step("la réunion des deux inscriptions est annulée")
def _apart(world: World) -> None:
    target = last(world, "Partenaires réunis")
    annul = AnnulEvent(stream_id=target.originator_id, target_id=target.envelope.event_id)
    world.act(annul, OFFICE, reason=WHY)
