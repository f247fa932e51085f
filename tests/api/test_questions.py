"""Questions through the JSON API: where conventions stand, page by page; what is erased is null."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from api.pages.addresses import PLAN
from domain import roles
from tests.api.routes import API, doors
from tests.api.scene import Scene
from workflows.application import Steering


def test_the_list_says_siren_phase_and_next_deadline(scene: Scene) -> None:
    found = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions").json()
    assert found["next_cursor"] is None
    lines = {one["siren"]: one for one in found["conventions"]}
    here, there = lines["200023620"], lines["243200417"]
    assert (here["phase"], here["since"]) == ("IN_FORCE", "2025-01-02")
    assert here["convention_id"] == str(scene.here.convention)
    assert here["holder_names"] == ["CC de la Gascogne Toulousaine"]
    assert here["period"] == {"effective_from": "2025-01-01", "effective_to": "2029-12-31"}
    assert there["phase"] == "FORUMS"
    for line in (here, there):
        following = line["next_deadline"]
        sheet = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions/{line['convention_id']}/deadlines").json()
        late = [one for one in sheet if one["state"] == "MISSED"]
        coming = [one for one in sheet if one["state"] in ("PLANNED", "DUE_SOON")]
        first = [*late, *coming][0]
        assert following == {
            "deadline": first["id"],
            "due_on": first["due_on"],
            "state": first["state"],
            "days_late": first["days_late"],
        }
    assert here["next_deadline"]["state"] == "MISSED"
    assert "REVIEW_LATE" in here["flags"]


def test_one_territory_is_found_by_its_siren(scene: Scene) -> None:
    client = scene.tool(roles.FRAMEWORK_PILOT)
    found = client.get(f"{API}/conventions", params={"siren": "243 200 417"}).json()
    assert [one["siren"] for one in found["conventions"]] == ["243200417"]
    assert client.get(f"{API}/conventions", params={"siren": "243200409"}).json()["conventions"] == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_follow_each_other_without_hole_nor_double(scene: Scene, limit: int) -> None:
    client = scene.tool(roles.FRAMEWORK_PILOT)
    whole = [one["convention_id"] for one in client.get(f"{API}/conventions").json()["conventions"]]
    assert len(whole) == 2
    assert pages(client, f"{API}/conventions", "conventions", "convention_id", limit) == whole


def pages(client: Any, address: str, name: str, key: str, limit: int) -> list[str]:
    """Everything, a page at a time."""
    found: list[str] = []
    cursor = None
    for _ in range(200):
        asked = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        answer = client.get(address, params=asked)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert len(body[name]) <= limit
        assert body[name] or cursor is None, "a page that was promised holds something"
        found += [one[key] for one in body[name]]
        cursor = body["next_cursor"]
        if cursor is None:
            return found
    raise AssertionError("the pages have no end")


def test_the_trail_tells_everything_page_by_page_newest_first(scene: Scene) -> None:
    client, address = scene.tool(roles.AUDITOR), f"{API}/conventions/{scene.here.convention}/events"
    whole = client.get(address, params={"limit": 200}).json()
    assert whole["next_cursor"] is None
    ids = [one["event_id"] for one in whole["events"]]
    assert len(ids) == len(set(ids)) > 20
    assert pages(client, address, "events", "event_id", 7) == ids
    log = [str(event.envelope.event_id) for event in reversed(scene.events())]
    assert ids == [one for one in log if one in ids]
    assert "position" not in whole["events"][0], "positions of the log are internal"


def test_the_trail_is_kept_to_what_is_asked(scene: Scene) -> None:
    client, address = scene.tool(roles.AUDITOR), f"{API}/conventions/{scene.here.convention}/events"

    def kept(**asked: str) -> list[dict[str, Any]]:
        answer = client.get(address, params={"limit": "200", **asked})
        assert answer.status_code == 200, answer.text
        entries: list[dict[str, Any]] = answer.json()["events"]
        return entries

    assert {one["occurred_on"] for one in kept(occurred_from="2024-11-18", occurred_to="2024-11-20")} == {
        "2024-11-18",
        "2024-11-20",
    }
    assert {one["type"] for one in kept(type="ctg.convention.forum-held")} == {"ctg.convention.forum-held"}
    assert kept(actor_id=str(scene.here.pilot.actor_id))
    assert kept(actor_id=str(scene.msa)) == []
    assert kept(recorded_from="2026-06-02") == []
    given = {one["type"] for one in kept(recorded_to="2026-05-31")}
    assert all(one.endswith("-role-assigned") for one in given), "roles are recorded before they are used"
    assert kept(recorded_from="2026-06-01", recorded_to="2026-06-01")
    assert kept(recorded_from="0001-01-01", recorded_to="9999-12-31")


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"type": "zzz"}, "unknown-event", "type"),
        ({"type": ""}, "unknown-event", "type"),
        ({"occurred_from": "2026-06-01", "occurred_to": "2026-01-01"}, "period-reversed", "occurred_to"),
        ({"recorded_from": "2026-06-01", "recorded_to": "2026-01-01"}, "period-reversed", "recorded_to"),
        ({"occurred_from": "0"}, "not-a-date", "occurred_from"),
        ({"actor_id": "7"}, "not-an-id", "actor_id"),
    ],
)
def test_a_filter_that_means_nothing_is_named(scene: Scene, asked: dict[str, str], code: str, field: str) -> None:
    address = f"{API}/conventions/{scene.here.convention}/events"
    answer = scene.tool(roles.AUDITOR).get(address, params=asked)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["field"]) == (400, code, field)
    assert error["remedy"]


def test_a_cursor_of_the_trail_is_no_position_and_leads_nowhere_else(scene: Scene) -> None:
    """It says nothing of how much others write, and cannot be made up."""
    tool, other = scene.tool(roles.FRAMEWORK_PILOT), f"{API}/conventions/{scene.there.convention}/events"
    own: dict[str, str | int] = {"limit": 1, "type": "ctg.convention.signature-recorded"}
    page = tool.get(f"{API}/conventions/{scene.here.convention}/events", params=own).json()
    held = base64.urlsafe_b64decode(page["next_cursor"] + "==")
    assert held == UUID(page["events"][0]["event_id"]).bytes
    for cursor in (page["next_cursor"], "AAAAAAAAAAA", base64.urlsafe_b64encode(bytes(16)).decode().rstrip("=")):
        answer = tool.get(other, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "cursor")


@pytest.mark.parametrize("path", ["conventions", "conventions/{}/events"])
@pytest.mark.parametrize(
    "asked", [{"cursor": "x"}, {"cursor": "é"}, {"cursor": "AAAA"}, {"limit": "0"}, {"limit": "201"}]
)
def test_a_page_that_is_none_is_malformed(scene: Scene, path: str, asked: dict[str, str]) -> None:
    address = f"{API}/{path.format(scene.here.convention)}"
    answer = scene.tool(roles.FRAMEWORK_PILOT).get(address, params=asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("asked", [{"siren": "1"}, {"siren": "abc"}])
def test_a_bad_siren_finds_nothing_but_an_error(scene: Scene, asked: dict[str, str]) -> None:
    answer = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions", params=asked)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "siren")


def test_the_convention_in_full(scene: Scene) -> None:
    client, address = scene.tool(roles.CO_PILOT), f"{API}/conventions/{scene.here.convention}"
    whole = client.get(address).json()
    assert whole["standing"]["phase"] == "IN_FORCE"
    assert whole["version"] == scene.here.steering.load(scene.here.convention).version  # type: ignore[union-attr]
    kinds = [one["kind"] for one in whole["milestones"]]
    assert kinds.index("diagnosis-shared") < kinds.index("forum-held") < kinds.index("convention-activated")
    assert "position" not in whole["milestones"][0], "positions of the log are internal"
    forum = next(one for one in whole["milestones"] if one["kind"] == "forum-held")
    assert forum["facts"]["place"] == "Salle des fêtes"

    sheet = client.get(f"{address}/deadlines").json()
    assert {one["id"] for one in sheet} >= {"D01", "D11", "D16"}
    themes = client.get(f"{address}/themes").json()
    assert {one["theme"]["code"] for one in themes if one["crossed"]} == {"PARENTING"}
    signatures = client.get(f"{address}/signatures").json()
    by_partner = {one["partner_id"]: one for one in signatures["signatories"]}
    assert all(given["counts"] for given in by_partner[str(scene.here.caf)]["signatures"])
    assert not any(given["counts"] for given in by_partner[str(scene.here.cpam)]["signatures"])
    plan = client.get(f"{address}/plan").json()
    assert [one["title"] for one in plan["priorities"]] == ["Soutenir les parents"]
    assert [one["findings"][0]["statement"] for one in plan["diagnoses"]] == ["Peu de lieux d'accueil"]
    meetings = client.get(f"{address}/meetings").json()
    assert [one["decisions"][0]["text"] for one in meetings] == ["Approuvé"]
    (waiver,) = client.get(f"{address}/waivers").json()
    assert (waiver["rule"], waiver["subject"], waiver["in_force"]) == ("R06", "PARENTING", True)


def test_an_erased_text_is_null_everywhere_and_nothing_else_changes(scene: Scene) -> None:
    client = scene.tool(roles.PILOT)
    about = f"{API}/conventions/{{convention_id}}"
    asked = [door.path for door in doors(scene.app) if door.method == "GET" and door.path.startswith(about)]
    assert len(asked) >= 19, "each question about a convention is asked"
    before = {path: client.get(path.format(convention_id=scene.here.convention)).json() for path in asked}
    assert '"Salle des fêtes"' in client.get(f"{API}/conventions/{scene.here.convention}").text
    texts = [event for event in scene.events() if event.originator_id == scene.here.convention]
    forget(scene, [event.envelope.event_id for event in texts])
    for path in asked:
        answer = client.get(path.format(convention_id=scene.here.convention))
        assert answer.status_code == 200, answer.text
        assert same_but_for_nulls(before[path], answer.json()), path
    forum = next(
        one
        for one in client.get(f"{API}/conventions/{scene.here.convention}").json()["milestones"]
        if one["kind"] == "forum-held"
    )
    assert forum["facts"]["place"] is None
    assert client.get(f"{API}/conventions/{scene.here.convention}/plan").json()["priorities"][0]["title"] is None
    for path in scene.pages_of(scene.here):
        html = scene.browser(roles.PILOT).get(path).text
        assert "Soutenir les parents" not in html
        assert ">None" not in html
    assert "texte effacé" in scene.browser(roles.PILOT).get(scene.page_of(scene.here, PLAN)).text.lower()


def forget(scene: Scene, event_ids: list[UUID]) -> None:
    """Destroy the keys that seal the texts of some events."""
    for event_id in event_ids:
        scene.house.vault.destroy_key(event_id)


def same_but_for_nulls(before: Any, after: Any) -> bool:
    """Whether two answers differ only where a text became null."""
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(same_but_for_nulls(before[key], after[key]) for key in before)
    if isinstance(before, list):
        return len(before) == len(after) and all(map(same_but_for_nulls, before, after))
    return bool(before == after or (isinstance(before, str) and after is None))


def test_a_changed_day_changes_what_is_due(scene: Scene) -> None:
    client, address = scene.tool(roles.FRAMEWORK_PILOT), f"{API}/conventions/{scene.there.convention}/deadlines"
    scene.clock.set(date(2026, 3, 11))
    early = {one["id"]: one["state"] for one in client.get(address).json()}
    scene.clock.set(date(2026, 8, 1))
    late = {one["id"]: one["state"] for one in client.get(address).json()}
    assert "MISSED" in late.values()
    assert early != late


def test_territories_and_partners(scene: Scene) -> None:
    client = scene.tool(roles.FRAMEWORK_PILOT)
    standing = {one["siren"]: one["phase"] for one in client.get(f"{API}/territories").json()}
    assert standing == {"200023620": "IN_FORCE", "243200417": "FORUMS", "243200409": "NOT_COVERED"}
    names = {one["name"]: one["kind"] for one in client.get(f"{API}/partners").json()}
    assert names["MSA Midi-Pyrénées Sud"] == "MSA"


@pytest.mark.postgres
def test_what_a_tool_writes_it_reads_at_once_on_postgresql(postgres_scene: Scene) -> None:
    scene = postgres_scene
    client, address = scene.tool(roles.PILOT), f"{API}/conventions/{scene.here.convention}"
    version = client.get(address).json()["version"]
    answer = client.post(f"{address}/record-engagement", json={}, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 200, answer.text
    assert client.get(address).json()["version"] == version + 1
    assert isinstance(scene.house.steering, Steering)
    html = scene.browser(roles.PILOT).get(scene.page_of(scene.here))
    assert html.status_code == 200
