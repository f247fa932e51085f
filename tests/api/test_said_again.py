"""Whoever changes one thing of a sheet, an indicator or a pledge keeps all the others: the form comes filled."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from domain.roles import PILOT
from tests.api.forms import forms_of, open_form
from tests.api.scene import Scene

API = "/api/v1"
SAID = {
    "number": "1.3",
    "description": "Deux navettes chaque jour de marché.\nEt une le dimanche.",
    "public": "Les familles",
    "life_stages": ["YOUTH", "ADULT_LIFE"],
    "links": ["Schéma départemental", "Contrat de ville"],
}


@pytest.fixture
def sheet(scene: Scene) -> str:
    """The address of a sheet that says much of its action."""
    address = f"{API}/action-sheets/{scene.here.sheet}"
    tell(scene, f"{address}/describe-action-sheet", **SAID)
    steps = [{"title": "Recruter", "due_on": "2025-03-01"}, {"title": "Ouvrir la ligne", "due_on": "2025-09-01"}]
    tell(scene, f"{address}/schedule-action", starts_on="2025-01-01", ends_on="2026-12-31", steps=steps)
    return address


def tell(scene: Scene, address: str, **body: object) -> None:
    answer = scene.tool(PILOT).post(address, json=body, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 200, answer.text


def known(scene: Scene) -> dict[str, Any]:
    asked = {"sheet_id": str(scene.here.sheet)}
    page = scene.tool(PILOT).get(f"{API}/conventions/{scene.here.convention}/sheets", params=asked).json()
    found: dict[str, Any] = page["sheets"][0]
    return found


def last_fact(scene: Scene) -> dict[str, Any]:
    trail = scene.tool(PILOT).get(f"{API}/conventions/{scene.here.convention}/events", params={"limit": 1}).json()
    found: dict[str, Any] = trail["events"][0]["facts"]
    return found


def form_about(scene: Scene, client: TestClient, act: str) -> Any:
    return open_form(client, f"/conventions/{scene.here.convention}/actes/{act}?stream_id={scene.here.sheet}")


def test_one_field_is_changed_and_nothing_else_is_lost_or_said(scene: Scene, sheet: str) -> None:
    client, before = scene.browser(PILOT), known(scene)
    form = form_about(scene, client, "describe-action-sheet")
    assert form.one("number") == "1.3"
    assert form.one("description") == SAID["description"]
    assert form.values["life_stages"] == SAID["life_stages"]
    assert form.one("links").splitlines() == SAID["links"]
    assert client.post(form.action, data=form.filled(public="Les jeunes")).status_code == 303
    after = known(scene)
    assert {name for name in after if after[name] != before[name]} == {"public"}
    told = last_fact(scene)
    assert {name for name, said in told.items() if said} == {"public"}, "only what changed is told"


def test_what_is_emptied_in_the_form_is_empty_and_what_others_said_meanwhile_stays(scene: Scene, sheet: str) -> None:
    client = scene.browser(PILOT)
    form = form_about(scene, client, "describe-action-sheet")
    tell(scene, f"{sheet}/describe-action-sheet", number="1.4")
    assert client.post(form.action, data=form.filled(public="", life_stages=[])).status_code == 303
    after = known(scene)
    assert (after["number"], after["public"], after["life_stages"]) == ("1.4", None, [])
    assert after["description"] == SAID["description"]


def test_the_title_of_a_sheet_is_not_erased_and_an_unchanged_form_says_that_nothing_changed(
    scene: Scene, sheet: str
) -> None:
    client = scene.browser(PILOT)
    form = form_about(scene, client, "describe-action-sheet")
    for sent in (form.filled(title=""), form.filled()):
        assert client.post(form.action, data=sent).status_code == 400
    assert known(scene)["title"]


def test_dates_are_moved_without_losing_a_step(scene: Scene, sheet: str) -> None:
    client, before = scene.browser(PILOT), known(scene)
    form = form_about(scene, client, "schedule-action")
    assert client.post(form.action, data=form.filled(ends_on="2026-11-30")).status_code == 303
    after = known(scene)
    assert after["steps"] == before["steps"]
    assert after["calendar"]["effective_to"] == "2026-11-30"
    form = form_about(scene, client, "schedule-action")
    assert client.post(form.action, data=form.filled(steps__0__done_on="2025-02-20")).status_code == 303
    assert [one["done_on"] for one in known(scene)["steps"]] == ["2025-02-20", None]
    form = form_about(scene, client, "schedule-action")
    again = client.post(form.action, data=form.filled())
    assert again.status_code == 422
    assert "La fiche dit déjà cela." in again.text


@pytest.mark.parametrize("act", ["describe-action-sheet", "schedule-action", "assign-action-owner", "estimate-budget"])
def test_which_sheet_is_chosen_before_anything_is_typed(scene: Scene, act: str) -> None:
    client = scene.browser(PILOT)
    address = f"/conventions/{scene.here.convention}/actes/{act}"
    form = open_form(client, address)
    assert form.values.keys() == {"csrf_token", "idempotency_key", "form_id", "_choose"}
    assert form.offered.keys() == {"stream_id"}
    answer = client.post(form.action, data=form.filled(stream_id=str(scene.here.sheet)))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{address}?stream_id={scene.here.sheet}"
    (filled,) = [one for one in forms_of(client.get(answer.headers["location"]).text) if one.action.startswith(address)]
    assert filled.one("stream_id") == str(scene.here.sheet)
    assert filled.offered["stream_id"] == [str(scene.here.sheet)], "another sheet is chosen anew, not under these words"
    assert client.post(form.action, data=form.filled(stream_id="")).status_code == 400
