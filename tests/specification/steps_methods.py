"""Other versions of the method, and a convention that moves to one of them."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.convention.changing_method import ChangeMethod
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import ADMINISTRATOR, FRAMEWORK_PILOT
from domain.values import Prose
from tests.specification import other_methods
from tests.specification.doors import Sender
from tests.specification.world import FRAMEWORK, METHOD, PARTNER, World

OFFICE = Sender(ADMINISTRATOR)


def publish(world: World, profile: Any) -> None:
    """Publish a version of the method."""
    stream_id = profile_stream(profile.name, profile.version)
    world.prepare(PublishMethodProfile(stream_id=stream_id, profile=profile), OFFICE)


@step(parsers.re(r"la version (?P<version>\d) de la méthode attend « (?P<name>[^»]+) » après (?P<months>\d+) mois"))
def _otherwise_due(world: World, version: str, name: str, months: str) -> None:
    publish(world, other_methods.later(version, name, months))


@step(parsers.re(r"la version (?P<version>\d) de la méthode ne nomme plus le thème (?P<theme>.+)"))
def _without_theme(world: World, version: str, theme: str) -> None:
    publish(world, other_methods.without_theme(version, theme))


@step(parsers.re(rf"la version (?P<version>\d) de la méthode ne connaît pas de mandat pour {PARTNER}"))
def _without_mandate(world: World, version: str, partner: str) -> None:
    publish(world, other_methods.without_mandate(version, partner))


@step(parsers.re(r"la version (?P<version>\d) de la méthode attend au plus (?P<most>\d+) constats? par version"))
def _fewer_findings(world: World, version: str, most: str) -> None:
    publish(world, other_methods.with_fewer_findings(version, most))


@step(parsers.re(r"la version (?P<version>\d) de la méthode ne laisse écarter aucune règle"))
def _nothing_waived(world: World, version: str) -> None:
    publish(world, other_methods.without_waivers(version))


@step(parsers.re(r"la convention passe de la version (?P<former>\d) à la version (?P<version>\d) de la méthode"))
def _changed(world: World, former: str, version: str) -> None:
    change(world, former, version, OFFICE)


@step(parsers.re(r"le pilote fait passer la convention à la version (?P<version>\d) de la méthode"))
def _changed_by_the_pilot(world: World, version: str) -> None:
    change(world, "1", version, None)


@step(parsers.re(r"le pilote du département fait passer la convention à la version (?P<version>\d) de la méthode"))
def _changed_by_the_framework(world: World, version: str) -> None:
    change(world, "1", version, Sender(FRAMEWORK_PILOT, framework_id=FRAMEWORK))


def change(world: World, former: str, version: str, sender: Sender | None) -> None:
    """Move the scenario's convention to another version."""
    world.act(
        ChangeMethod(
            stream_id=world.convention,
            former_name=METHOD,
            former_version=int(former),
            profile_name=METHOD,
            profile_version=int(version),
            motive=Prose("Le département a revu ses délais"),
        ),
        sender,
    )
