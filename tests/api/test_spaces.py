"""What the page of the diagnosis says of permanent spaces, of what is said there, and of the stages."""

from __future__ import annotations

import re

from domain import roles
from domain.participation.contributing import RecordContribution
from domain.participation.participation import participation_stream
from domain.values import Code, Prose, local_id
from tests.api.forms import form_of
from tests.api.scene import Scene
from tests.projections.beside_the_plan import SPACE, tell_contribution


def part_of(scene: Scene) -> str:
    """The part of the page that is about spaces, as a pilot reads it."""
    page = scene.browser(roles.PILOT).get(f"/t/{scene.siren_of(scene.here)}/diagnostic").text
    found = re.search(r'id="spaces">.*?(?:class="fold card" id="|</main>)', page, re.DOTALL)
    assert found is not None
    return found.group(0).replace("\u00a0", " ")


def test_a_space_meets_from_its_line_and_what_is_said_there_is_followed(scene: Scene) -> None:
    here = scene.here
    tell_contribution(here)
    scene.house.reader.forget()
    shown = part_of(scene)
    assert "Les habitants du centre social" in shown
    assert "Personne n’a été entendu à ce moment" in shown
    client = scene.browser(roles.PILOT)
    address = re.search(rf'href="([^"]*/actes/record-space-meeting[^"]*space_id={SPACE}[^"]*)"', shown)
    assert address is not None
    link = address.group(1).replace("&amp;", "&")
    form = form_of(client.get(link).text, link.partition("?")[0])
    answer = client.post(
        form.action,
        data=form.filled(stage="REVIEW", usage="9", occurred_on="2026-06-01"),
    )
    assert answer.status_code == 303, answer.text
    here.tell(
        RecordContribution(
            stream_id=participation_stream(here.territory),
            home_territory_id=here.territory,
            convention_id=here.convention,
            contribution_id=local_id("there"),
            college=Code("USAGE"),
            channel=Code("SOCIAL_CENTRE"),
            stage=Code("REVIEW"),
            theme=Code("PARENTING"),
            text=Prose("Un relais le samedi"),
            space_id=SPACE,
        )
    )
    scene.house.reader.forget()
    shown = part_of(scene)
    assert "Un relais le samedi" in shown
    assert "réuni une fois, le 1er juin 2026" in shown.lower()
    told = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{here.convention}/spaces").json()
    assert [one["contributions"][0]["state"] for one in told] == ["WAITING"]
    stages = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{here.convention}/participation-stages").json()
    assert {one["stage"]: one["usage"] for one in stages}["REVIEW"] == 9
