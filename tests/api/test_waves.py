"""What the page of the diagnosis says of themed waves, planned from there, and of what each brought."""

from __future__ import annotations

import re

from domain import roles
from tests.api.forms import form_of
from tests.api.scene import Scene
from tests.projections.beside_the_plan import DIAGNOSIS, FINDING, tell_diagnosis


def part_of(scene: Scene) -> str:
    """The part of the page that is about waves, as a pilot reads it."""
    page = scene.browser(roles.PILOT).get(f"/t/{scene.siren_of(scene.here)}/diagnostic").text
    found = re.search(r'id="waves">.*?(?:class="fold card" id="|</main>)', page, re.DOTALL)
    assert found is not None
    return found.group(0).replace("\u00a0", " ")


def test_a_wave_is_planned_from_the_page_and_a_theme_without_finding_is_seen_at_its_end(scene: Scene) -> None:
    tell_diagnosis(scene.here, scene.here.caf)
    scene.house.reader.forget()
    client = scene.browser(roles.PILOT)
    address = re.search(r'href="([^"]*/actes/plan-diagnosis-wave[^"]*)"', part_of(scene))
    assert address is not None
    link = address.group(1).replace("&amp;", "&")
    form = form_of(client.get(link).text, link.partition("?")[0])
    days = {"starts_on": "2026-01-05", "ends_on": "2026-03-31", "occurred_on": "2026-01-05"}
    answer = client.post(form.action, data={**form.filled(**days), "themes": ["HOUSING"], "diagnosis_id": [DIAGNOSIS]})
    assert answer.status_code == 303, answer.text
    scene.house.reader.forget()
    shown = part_of(scene)
    assert "aucun constat" in shown
    assert "Clore une vague du diagnostic" in shown
    told = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/diagnosis-waves").json()
    over, running = told
    assert (over["state"], [one["code"] for one in over["without_finding"]]) == ("OVER", ["HOUSING"])
    assert (running["state"], running["promised"][0]["finding_ids"], running["without_finding"]) == (
        "RUNNING",
        [FINDING],
        [],
    )
