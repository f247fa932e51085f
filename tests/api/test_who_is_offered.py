"""Whom a form offers to give a role to: nobody learns from it who acts in another territory."""

from __future__ import annotations

from domain import roles
from tests.api.forms import open_form
from tests.api.scene import ELSEWHERE, NOBODY, Scene, person_of


def test_a_local_pilot_is_offered_the_people_of_the_territory_only(scene: Scene) -> None:
    address = f"/territoires/{scene.here.territory}/actes/assign-territory-role"
    offered = open_form(scene.browser(roles.PILOT), address).offered["person_id"]
    assert str(person_of(roles.CO_PILOT)) in offered
    assert not {str(person_of(one)) for one in (NOBODY, ELSEWHERE, roles.PILOT)} & set(offered)


def test_whoever_steers_the_framework_is_offered_its_people_and_newcomers(scene: Scene) -> None:
    address = f"/territoires/{scene.here.territory}/actes/assign-territory-role"
    offered = open_form(scene.browser(roles.FRAMEWORK_PILOT), address).offered["person_id"]
    assert {str(person_of(role)) for role in (roles.CO_PILOT, NOBODY, ELSEWHERE)} <= set(offered)
