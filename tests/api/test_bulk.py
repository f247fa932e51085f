"""Many commands in one request: each is answered by itself, and the same request sent again is answered by line."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from domain import roles
from tests.api.routes import API
from tests.api.scene import ELSEWHERE, NOBODY, Scene
from tests.api.test_commands import FORUM, problem
from workflows.bulk import keys_of


def forum(number: int, **changes: Any) -> dict[str, Any]:
    return {"command": "record-forum", "body": {**FORUM, "forum_id": f"fo{number}", **changes}}


def send(scene: Scene, lines: list[dict[str, Any]], key: str = "k", role: str = ELSEWHERE, **more: bool) -> Any:
    at = str(scene.there.convention)
    body = {"lines": [{"stream_id": at, **one} for one in lines], **more}
    return scene.tool(role).post(f"{API}/bulk", json=body, headers={"Idempotency-Key": key})


def outcomes(answer: Any) -> list[tuple[str, int]]:
    assert answer.status_code == 200, answer.text
    told = answer.json()
    found = [(one["outcome"], one["status"]) for one in told["lines"]]
    assert [one["line"] for one in told["lines"]] == list(range(1, len(found) + 1))
    for outcome in ("recorded", "allowed", "refused"):
        assert told[outcome] == sum(one == outcome for one, _ in found)
    return found


MIXED = [
    forum(11),
    forum(12, occurred_on="2027-01-01"),
    forum(11),
    forum(13, themes=[]),
    {"command": "dance", "body": {}},
    {"command": "record-forum", "stream_id": str(uuid4()), "body": {**FORUM, "forum_id": "fo14"}},
    {"command": "register-partner", "stream_id": str(uuid4()), "body": {"kind": "CAF", "name": "Caf"}},
    forum(15),
]
ALONE = [200, 422, 422, 400, 400, 404, 403, 200]
"""What each would be answered alone, after those before it."""


def test_a_refused_line_keeps_no_other_from_being_recorded(scene: Scene) -> None:
    before = scene.event_count()
    answer = send(scene, MIXED)
    assert [status for _, status in outcomes(answer)] == ALONE
    assert scene.event_count() == before + 2
    first, *others = answer.json()["lines"]
    assert first["answer"]["events"][0]["type"] == "ctg.convention.forum-held"
    for one in others[:-1]:
        assert one["errors"] or one["code"] == "not-found"
        assert one["answer"] is None


def test_a_dry_run_says_what_would_come_and_records_nothing(scene: Scene) -> None:
    before = scene.event_count()
    told = outcomes(send(scene, MIXED, dry_run=True))
    assert [status for _, status in told] == ALONE
    assert {outcome for outcome, _ in told} == {"allowed", "refused"}
    assert scene.event_count() == before
    assert outcomes(send(scene, MIXED))[0] == ("recorded", 200), "no key was used up"


def test_all_or_nothing_records_nothing_where_one_line_is_refused_and_says_which(scene: Scene) -> None:
    before = scene.event_count()
    wrong = [forum(21), forum(22, occurred_on="2027-01-01"), forum(23), forum(23)]
    told = outcomes(send(scene, wrong, all_or_nothing=True))
    assert told == [("allowed", 200), ("refused", 422), ("allowed", 200), ("refused", 422)]
    malformed = outcomes(send(scene, [forum(21), forum(22, themes=[])], all_or_nothing=True))
    assert malformed == [("allowed", 200), ("refused", 400)]
    assert scene.event_count() == before
    right = [forum(21), forum(22), forum(23)]
    for replayed in (False, True):
        answer = send(scene, right, all_or_nothing=True)
        assert outcomes(answer) == [("recorded", 200)] * 3
        assert [one["answer"]["replayed"] for one in answer.json()["lines"]] == [replayed] * 3
    assert scene.event_count() == before + 3
    problem(send(scene, [*right, forum(24)], all_or_nothing=True), 422, "key-reused")
    assert scene.event_count() == before + 3


def test_the_same_request_again_goes_on_where_it_was_cut(scene: Scene) -> None:
    """What was recorded before the cut has the keys of its lines."""
    lines, at = [forum(31), forum(32), forum(33)], scene.there.convention
    for line, key in list(zip(lines, keys_of("cut", 3), strict=True))[:2]:
        sent = scene.tool(ELSEWHERE).post(
            f"{API}/conventions/{at}/record-forum", json=line["body"], headers={"Idempotency-Key": key}
        )
        assert sent.status_code == 200
    before = scene.event_count()
    answer = send(scene, lines, key="cut")
    assert outcomes(answer) == [("recorded", 200)] * 3
    assert [one["answer"]["replayed"] for one in answer.json()["lines"]] == [True, True, False]
    assert scene.event_count() == before + 1
    other = send(scene, [forum(31), forum(99), forum(33)], key="cut")
    assert outcomes(other) == [("recorded", 200), ("refused", 422), ("recorded", 200)]
    assert other.json()["lines"][1]["code"] == "key-reused"


@pytest.mark.parametrize("role", [NOBODY, roles.AUDITOR, roles.PILOT])
def test_a_line_has_the_rights_of_its_command(scene: Scene, role: str) -> None:
    before = scene.event_count()
    told = outcomes(send(scene, [forum(41)], role=role))
    assert told[0][0] == "refused"
    assert told[0][1] in (403, 404)
    assert scene.event_count() == before


def test_what_is_no_request_is_refused_as_a_whole(scene: Scene) -> None:
    before = scene.event_count()
    problem(send(scene, []), 400, "malformed")
    problem(send(scene, [forum(51)] * 201), 400, "malformed")
    problem(send(scene, [forum(51)], key=" "), 400, "key-missing")
    assert scene.event_count() == before
