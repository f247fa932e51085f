"""The convention of objectives and means on a page each: what the network aims at, what is delegated to it, what it
reports."""

from __future__ import annotations

from datetime import date
from html import unescape

from domain import roles
from domain.delegations.granting import GrantDelegation
from domain.kernel import Actor, RoleHeld
from domain.values import Code, deterministic_id
from tests.api.scene import Scene, person_of
from tests.api.test_framework_steering import decided
from tests.projections.beside_the_plan import tell_delegation


def shown(scene: Scene, page: str, role: str = roles.FRAMEWORK_PILOT) -> str:
    """What a page of the network says, on one line."""
    answer = scene.browser(role).get(f"/cadre/{scene.here.framework}/{page}")
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).split())


def test_who_delegated_what_until_when_is_read_at_once(scene: Scene) -> None:
    assert "celle de la Caf" not in shown(scene, "delegation")
    held = RoleHeld(roles.FRAMEWORK_PILOT, framework_id=scene.here.framework)
    scene.here.tell(
        GrantDelegation(
            stream_id=deterministic_id("delegated to the network"),
            home_framework_id=scene.here.framework,
            delegator_id=scene.here.caf,
            given_to=Code("NETWORK"),
            matters=(Code("COMMON_ANSWER"),),
            ends_on=date(2026, 7, 31),
        ),
        Actor(person_of(roles.FRAMEWORK_PILOT), (held,)),
    )
    tell_delegation(scene.here, scene.here.caf)
    said = shown(scene, "delegation")
    assert "Une délégation est en cours pour toute la convention-cadre." in said
    assert "La première à finir est celle de la Caf du Gers, le 31 juillet 2026." in said
    local = said.partition("Sur les territoires")[2]
    assert scene.siren_of(scene.here) in local
    assert scene.siren_of(scene.there) not in local


def test_what_the_network_reports_names_what_its_committees_have_not_followed(scene: Scene) -> None:
    assert "Ses comités n’ont encore rien décidé." in shown(scene, "controle")
    decided(scene, date(2026, 1, 12), "Publier les données de chaque partenaire")
    said = shown(scene, "controle")
    assert "Aucune décision sur 1 n’est tenue" in said
    assert "Publier les données de chaque partenaire" in said
    assert f"/t/{scene.siren_of(scene.here)}" in said


def test_what_the_network_aims_at_counts_the_territories_of_each_theme(scene: Scene) -> None:
    said = shown(scene, "strategie")
    rows = said.partition("Ce que visent les territoires")[2]
    assert "Parentalité" in rows or "Petite enfance" in rows
    assert " sur 2" in rows
