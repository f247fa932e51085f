"""What is done at the level of the département: its framework, and the perimeters of its territories."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.frameworks import AttachTerritory, SignFrameworkConvention
from domain.roles import ADMINISTRATOR, FRAMEWORK_PILOT
from domain.territories import ChangePerimeter, Commune, territory_stream
from domain.values import Code, PublicName
from tests.specification.doors import Sender
from tests.specification.world import ARRIVED, FRAMEWORK, PARTNER, World, communes_of, siren_of

STEERING = Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK)


@step(parsers.re(rf"{PARTNER} signe la convention-cadre"))
def _signed(world: World, partner: str) -> None:
    world.act(SignFrameworkConvention(stream_id=FRAMEWORK, partner_id=world.partner(partner)), STEERING)


@step(parsers.parse("le territoire « {name} » est rattaché à la convention-cadre"))
def _attached(world: World, name: str) -> None:
    place = territory_stream(siren_of(name))
    world.act(AttachTerritory(stream_id=FRAMEWORK, attached_territory_id=place), Sender(ADMINISTRATOR))


@step("une commune rejoint le territoire")
def _joined(world: World) -> None:
    world.act(
        ChangePerimeter(
            stream_id=world.territory_id,
            name=PublicName(world.territory),
            legal_form=Code("CC"),
            communes=tuple(
                Commune(insee, None, PublicName(f"Commune {insee}"), 1_000) for insee in (*communes_of(1), ARRIVED)
            ),
        ),
        Sender(ADMINISTRATOR),
    )
