"""`GET /events`: whoever follows the log is told everything that they may read, once, in order, whenever they come."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from starlette.testclient import TestClient

from domain import roles
from domain.assignments import AssignTerritoryRole
from domain.corrections import AnnulEvent
from domain.values import Code, Prose
from tests.api.scene import ELSEWHERE, NOBODY, Scene, key_of
from tests.projections.story import Story
from workflows.schema import streams

EVENTS = "/api/v1/events"


def followed(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    """Everything there is for a reader, a page after the other."""
    found: list[dict[str, Any]] = []
    while True:
        answer = client.get(EVENTS, params=asked)
        assert answer.status_code == 200, answer.text
        found += answer.json()["events"]
        asked["cursor"] = answer.json()["next_cursor"]
        if not answer.json()["has_more"]:
            return found


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["event_id"] for one in found]


def record_something(story: Story) -> str:
    """Give a role on the territory; the id of the event."""
    command = AssignTerritoryRole(stream_id=story.territory, role=Code(roles.CO_PILOT), person_id=uuid4())
    return str(story.tell(command, story.administrator).events[0].event_id)


def end_of(client: TestClient) -> str:
    """A cursor at the end of what there is."""
    asked: dict[str, Any] = {"limit": 200}
    while True:
        answer = client.get(EVENTS, params=asked).json()
        asked["cursor"] = answer["next_cursor"]
        if not answer["has_more"]:
            return str(answer["next_cursor"])


def test_who_reads_everything_is_told_the_whole_log_in_its_order_whatever_the_page(scene: Scene) -> None:
    client = scene.tool(roles.ADMINISTRATOR)
    whole = [str(event.envelope.event_id) for _, event in scene.house.steering.read_events(0, 100_000)]
    assert ids(followed(client, limit=200)) == whole
    assert ids(followed(client, limit=7)) == whole


def test_each_reads_what_is_within_their_reach_and_nothing_else(scene: Scene) -> None:
    """Here, elsewhere, on the framework that follows both: by where each event belongs."""
    with scene.house.engine.connect() as connection:
        kinds = {row.stream_id: row.kind for row in connection.execute(select(streams))}
    here, there = str(scene.here.territory), str(scene.there.territory)
    everything = followed(scene.tool(roles.ADMINISTRATOR), limit=200)
    for role, reached in ((roles.PILOT, {here}), (ELSEWHERE, {there}), (roles.FRAMEWORK_PILOT, {here, there})):
        found = followed(scene.tool(role), limit=50)
        assert {one["territory_id"] for one in found} - {None, str(scene.uncovered)} == reached, role
        placed = [one for one in everything if one["territory_id"] in reached]
        assert ids([one for one in found if one["territory_id"] in reached]) == ids(placed), role
        shared = {kinds[UUID(one["stream_id"])] for one in found if one["territory_id"] is None}
        assert shared == {"partner", "method-profile", "framework"}, role
    attached = [one for one in followed(scene.tool(roles.PILOT)) if one["type"] == "ctg.framework.territory-attached"]
    assert {one["facts"]["attached_territory_id"] for one in attached} == {here}


def test_whoever_has_no_right_is_turned_away(scene: Scene) -> None:
    assert scene.stranger().get(EVENTS).status_code == 401
    assert scene.tool(NOBODY).get(EVENTS).status_code == 403


def test_a_right_given_later_tells_what_comes_and_the_past_when_it_is_asked_for(scene: Scene) -> None:
    token = key_of(scene.house, roles.PILOT, territory_id=scene.there.territory)
    wider = key_of(scene.house, roles.AUDITOR, on_instance=True)
    client = scene.stranger(Authorization=f"Bearer {token}")
    cursor = end_of(client)
    client.headers["Authorization"] = f"Bearer {wider}"
    recorded = record_something(scene.here)
    assert ids(followed(client, cursor=cursor)) == [recorded], "the past is not told again by itself"
    past = followed(client, territory_id=str(scene.here.territory), limit=200)
    assert len(past) > 1
    assert ids(past)[-1] == recorded


def test_filters_keep_the_order_and_the_cursor(scene: Scene) -> None:
    client = scene.tool(roles.PILOT)
    everything = followed(client, limit=200)
    convention = str(scene.here.convention)
    own = followed(client, convention_id=convention, limit=3)
    assert ids(own) == [one["event_id"] for one in everything if one["convention_id"] == convention]
    kinds = ["ctg.convention.forum-held", "ctg.convention.signature-recorded"]
    assert ids(followed(client, type=kinds, limit=2)) == [one["event_id"] for one in everything if one["type"] in kinds]
    day = date.fromisoformat(max(one["recorded_at"] for one in everything)[:10])
    late = followed(client, since=day.isoformat())
    assert ids(late) == [one["event_id"] for one in everything if one["recorded_at"][:10] >= day.isoformat()]
    assert followed(client, since=(day + timedelta(days=2)).isoformat()) == []
    assert client.get(EVENTS, params={"convention_id": str(scene.there.convention)}).status_code == 404
    assert client.get(EVENTS, params={"territory_id": str(uuid4())}).status_code == 404
    assert client.get(EVENTS, params={"type": "ctg.unknown"}).status_code == 400


def test_a_cursor_that_leads_nowhere_is_told(scene: Scene) -> None:
    client = scene.tool(roles.PILOT)
    cursor = end_of(client)
    for wrong in ("x", cursor[:-4] + "AAAA", cursor[1:], "AQ", "é"):
        answer = client.get(EVENTS, params={"cursor": wrong})
        assert answer.status_code == 400, wrong
        assert answer.json()["errors"][0]["code"] == "cursor", wrong


def test_no_position_is_to_be_read_out_of_a_cursor(scene: Scene) -> None:
    one, other = scene.tool(roles.PILOT), scene.tool(roles.ADMINISTRATOR)
    assert end_of(one) == end_of(other), "it says where the log stands, not who reads"
    first = one.get(EVENTS, params={"limit": 1}).json()["next_cursor"]
    second = one.get(EVENTS, params={"limit": 2}).json()["next_cursor"]
    assert sum(a != b for a, b in zip(first, second, strict=True)) > 20


def test_a_mistake_is_told_with_what_mended_it_and_a_forgotten_text_is_null(scene: Scene) -> None:
    story, client = scene.here, scene.tool(roles.PILOT)
    cursor = end_of(client)
    meeting = story.today
    story.meet("m9", meeting)
    recorded, *minutes = followed(client, cursor=cursor)
    command = AnnulEvent(
        stream_id=UUID(recorded["stream_id"]),
        target_id=UUID(recorded["event_id"]),
        cascade=tuple(UUID(one["event_id"]) for one in minutes),
    )
    story.tell(command, reason=Prose("Elle n’a pas eu lieu."))
    first, *_, last = followed(client, cursor=cursor)
    assert (first["event_id"], first["mistake"]["stands"]) == (recorded["event_id"], "ANNULLED")
    assert (last["type"], last["reason"]) == ("ctg.correction.event-annulled", "Elle n’a pas eu lieu.")
    scene.house.vault.destroy_key(UUID(last["event_id"]))
    assert followed(client, cursor=cursor)[-1]["reason"] is None


def test_who_waits_is_told_as_soon_as_something_is_recorded(scene: Scene) -> None:
    client = scene.tool(roles.PILOT)
    cursor = end_of(client)
    answers: list[list[str]] = []

    def wait() -> None:
        answers.append(ids(client.get(EVENTS, params={"cursor": cursor, "wait": 30}).json()["events"]))

    crew = [threading.Thread(target=wait) for _ in range(60)]  # more than there are threads to answer
    for one in crew:
        one.start()
    time.sleep(1)
    assert client.get("/api/v1/conventions").status_code == 200, "they keep nobody from being answered"
    recorded = record_something(scene.here)
    for one in crew:
        one.join()
    assert answers == [[recorded]] * len(crew)


def test_who_waits_in_vain_gets_an_empty_page_and_goes_on_from_it(scene: Scene) -> None:
    client = scene.tool(ELSEWHERE)
    cursor = end_of(client)
    answer = client.get(EVENTS, params={"cursor": cursor, "wait": 1})
    assert (answer.json()["events"], answer.json()["has_more"]) == ([], False)
    record_something(scene.here)
    answer = client.get(EVENTS, params={"cursor": answer.json()["next_cursor"], "wait": 1})
    assert answer.json()["events"] == [], "what happens elsewhere wakes nobody here"
    assert client.get(EVENTS, params={"wait": 31}).status_code == 400
