"""The version that a decision was taken on is that of the stream it writes, whatever else was recorded there since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.pages.acts import FORMS
from api.pages.forms.record import Form
from domain import roles
from domain.assignments import AssignTerritoryRole
from domain.convention.forums import RecordForum
from domain.corrections import AnnulEvent
from domain.kernel import RECORDED_BY, Actor, RoleHeld, VersionConflict
from domain.policy import lines_of
from domain.territories import PerimeterChanged
from domain.values import Attendance, Code, LocalId, Prose
from tests.api.forms import open_form
from tests.api.routes import API
from tests.api.scene import NOBODY, Scene, person_of

VERSIONED = [form for form in FORMS if form.carries_version]


@pytest.fixture
def lived(scene: Scene) -> Scene:
    """The scene, where roles were given since on the territory, and a forum was held and annulled."""
    here = scene.here
    for role in ("AUDITOR", "COMMITTEE_MEMBER"):
        given = AssignTerritoryRole(stream_id=here.territory, role=Code(role), person_id=person_of(NOBODY))
        here.tell(given, here.administrator)
    held = here.tell(
        RecordForum(
            stream_id=here.convention,
            forum_id=LocalId("f9"),
            themes=(Code("YOUTH"),),
            attendance_by_expertise=Attendance(1, 1, 1),
            occurred_on=date(2026, 5, 12),
        )
    )
    annul = AnnulEvent(stream_id=here.convention, target_id=held.events[0].event_id)
    here.tell(annul, reason=Prose("Jamais tenu"))
    return scene


def test_a_perimeter_changes_by_its_form_once_roles_were_given(lived: Scene) -> None:
    client = lived.browser(roles.ADMINISTRATOR)
    form = open_form(client, f"/territoires/{lived.here.territory}/actes/change-perimeter")
    answer = client.post(form.action, data=form.filled(communes__0__population="9501"))
    assert answer.status_code == 303, answer.text
    assert isinstance(lived.events()[-1], PerimeterChanged)


def test_a_perimeter_changes_by_the_interface_once_roles_were_given(lived: Scene) -> None:
    """`If-Match` names the version that the last answer about the territory gave; another one is a conflict."""
    given = AssignTerritoryRole(stream_id=lived.here.territory, role=Code("DATA_OWNER"), person_id=person_of(NOBODY))
    version = lived.here.tell(given, lived.here.administrator).version
    client = lived.tool(roles.ADMINISTRATOR)
    commune = {"insee": "32160", "siren": None, "name": "L'Isle-Jourdain", "population": 9501}
    body = {"name": "CC de la Gascogne Toulousaine", "legal_form": "CC", "communes": [commune]}
    address = f"{API}/territories/{lived.here.territory}/change-perimeter"
    stale = client.post(address, json=body, headers={"Idempotency-Key": "s", "If-Match": f'"{version - 1}"'})
    assert stale.status_code == 412
    assert stale.json()["errors"][0]["parameters"] == {"expected": version - 1, "actual": version}
    answer = client.post(address, json=body, headers={"Idempotency-Key": "k", "If-Match": f'"{version}"'})
    assert (answer.status_code, answer.json()["version"]) == (200, version + 1)


@pytest.mark.parametrize("form", VERSIONED, ids=[form.name for form in VERSIONED])
def test_a_form_shows_the_version_of_the_stream_that_it_writes(lived: Scene, form: Form[Any]) -> None:
    assert not form.command.STARTS
    assert form.stream_of is None
    assert "stream_id" not in form.choices
    ids = {"convention_id": lived.here.convention, "territory_id": lived.here.territory}
    stream_id = ids[form.place.key]
    written = lived.house.steering.load(stream_id)
    assert written is not None
    entitled = {one for line in lines_of(form.name) for one in line.roles}
    role = roles.PILOT if roles.PILOT in entitled else roles.ADMINISTRATOR
    shown = open_form(lived.browser(role), form.address(**ids)).one("expected_version")
    assert int(shown) == written.version == lived.house.steering.events_of(stream_id)[-1].originator_version


def test_each_act_is_decided_on_the_version_of_its_own_stream(lived: Scene) -> None:
    """Every act of the story said once more: never a conflict on the version its stream is at, always on another."""
    said = {RECORDED_BY[type(one)]: one for one in lived.events() if type(one) in RECORDED_BY}
    assert len(said) > 15
    steering, known = lived.house.steering, lived.here
    held = [RoleHeld(role, known.territory, one) for role in roles.TERRITORY_ROLES for one in (None, known.caf)]
    elsewhere = [RoleHeld(roles.PILOT, lived.there.territory), RoleHeld(roles.ADMINISTRATOR)]
    context = known.context(Actor(known.pilot.actor_id, (*held, *elsewhere)))
    for act, event in said.items():
        command, stream = act.again(event), steering.load(event.originator_id)
        assert stream is not None
        version = stream.version
        at = steering.weigh(command, replace(context, expected_version=version))
        off = steering.weigh(command, replace(context, expected_version=version + 1))
        assert not any(isinstance(one, VersionConflict) for one in at.refused), act.NAME
        assert VersionConflict(version + 1, version) in off.refused, act.NAME
