"""Commands through the JSON API: what is accepted, refused, malformed, repeated; each answer once and in words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from domain import roles
from domain.agenda import agenda_stream
from domain.territories import territory_stream
from tests.api.routes import API
from tests.api.scene import ELSEWHERE, Scene

PROBLEM = "application/problem+json"
FORUM: dict[str, Any] = {
    "forum_id": "fo2",
    "themes": ["YOUTH"],
    "attendance_by_expertise": {"technical": 9, "political": 4, "usage": 6},
    "cells_covered": [
        {"expertise": expertise, "side": side}
        for expertise in ("TECHNICAL", "POLITICAL", "USAGE")
        for side in ("OFFER", "DEMAND")
    ],
    "place": "Salle des fêtes",
    "occurred_on": "2026-05-12",
}


@pytest.fixture
def pilot(scene: Scene) -> TestClient:
    """The tool of the pilot of the territory at the forums."""
    return scene.tool(ELSEWHERE)


def send(client: TestClient, scene: Scene, command: str, body: Any, key: str | None = "k", **headers: str) -> Any:
    """A command on the convention at the forums."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if key is not None:
        given["Idempotency-Key"] = key
    return client.post(f"{API}/conventions/{scene.there.convention}/{command}", json=body, headers=given)


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The body of a problem, after what holds for all of them."""
    assert answer.headers["content-type"] == PROBLEM
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code), answer.text
    assert body["type"] == f"urn:ctg:problem:{code}"
    assert body["title"]
    return body


# --- accepted ---------------------------------------------------------------------------------------------------------


def test_an_accepted_command_answers_what_was_recorded(scene: Scene, pilot: TestClient) -> None:
    document = {"document_id": str(uuid4()), "sha256": "c" * 64, "title": "Feuille de présence"}
    body = {**FORUM, "reason": "Saisi après coup", "evidence": [document]}
    answer = send(pilot, scene, "record-forum", body)
    assert answer.status_code == 200
    (recorded,) = answer.json()["events"]
    last = scene.events()[-1]
    assert recorded == {
        "event_id": str(last.envelope.event_id),
        "type": "ctg.convention.forum-held",
        "version": last.originator_version,
    }
    assert answer.json() | {"events": []} == {
        "stream_id": str(scene.there.convention),
        "version": last.originator_version,
        "events": [],
        "notices": [],
        "waived": [],
        "irregularities": [],
        "replayed": False,
    }
    assert last.occurred_on == date(2026, 5, 12)
    assert (last.envelope.actor_role, last.envelope.evidence[0].sha256) == (roles.PILOT, "c" * 64)
    assert last.envelope.reason is not None


def test_an_irregular_fact_is_recorded_and_says_so(scene: Scene, pilot: TestClient) -> None:
    answer = send(pilot, scene, "record-forum", {**FORUM, "occurred_on": "2026-02-01"})
    assert answer.status_code == 200
    (mark,) = answer.json()["irregularities"]
    assert (mark["code"], mark["rule"]) == ("forum-before-diagnosis", "R04")
    assert "diagnostic" in mark["detail"]


def test_what_was_recorded_is_read_at_once(scene: Scene, pilot: TestClient) -> None:
    def crossed() -> set[str]:
        themes = pilot.get(f"{API}/conventions/{scene.there.convention}/themes").json()
        return {one["theme"]["code"] for one in themes if one["crossed"]}

    assert "YOUTH" not in crossed()
    assert send(pilot, scene, "record-forum", FORUM).status_code == 200
    assert "YOUTH" in crossed()


# --- malformed (400) --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"forum_id": None}, "not-a-text", "forum_id"),
        ({"colour": "blue"}, "unknown-field", "colour"),
        ({"occurred_on": "12/05/2026"}, "not-a-date", "occurred_on"),
        ({"occurred_on": "2026-02-30"}, "not-a-date", "occurred_on"),
        ({"themes": "YOUTH"}, "not-a-list", "themes"),
        ({"forum_id": "a b"}, "wrong-form", "forum_id"),
        ({"attendance_by_expertise": {"technical": -1, "political": 0, "usage": 0}}, "negative-count", "technical"),
        ({"attendance_by_expertise": {"technical": 1, "usage": 1}}, "missing", "attendance_by_expertise.political"),
        ({"format": "PARTY"}, "unknown-code", "format"),
        ({"cells_covered": [{"expertise": "MAGIC", "side": "OFFER"}]}, "unknown-value", "cells_covered.0.expertise"),
        ({"place": "x" * 20_001}, "text-too-long", "place"),
        (
            {"evidence": [{"document_id": "x", "sha256": "c" * 64, "title": "t"}]},
            "not-an-id",
            "evidence.0.document_id",
        ),
        ({"expected_version": -1}, "number-too-small", "expected_version"),
    ],
)
def test_a_malformed_field_is_named_in_both_languages(
    scene: Scene, pilot: TestClient, changes: dict[str, Any], code: str, field: str
) -> None:
    before = scene.event_count()
    for language in ("fr", "en"):
        answer = send(pilot, scene, "record-forum", {**FORUM, **changes}, Accept_Language=language)
        (error,) = problem(answer, 400, "malformed")["errors"]
        assert (error["code"], error["field"]) == (code, field)
        assert error["detail"]
        assert error["remedy"]
    assert scene.event_count() == before


def test_every_malformed_field_is_named_at_once(scene: Scene, pilot: TestClient) -> None:
    answer = send(pilot, scene, "record-forum", {"occurred_on": "hier", "colour": 1})
    fields = {error["field"] for error in problem(answer, 400, "malformed")["errors"]}
    assert fields == {"occurred_on", "colour", "forum_id", "themes", "attendance_by_expertise"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"forum_id": NaN}'])
def test_what_is_not_a_json_object_is_malformed(scene: Scene, pilot: TestClient, body: bytes) -> None:
    answer = pilot.post(
        f"{API}/conventions/{scene.there.convention}/record-forum",
        content=body,
        headers={"Content-Type": "application/json", "Idempotency-Key": "k"},
    )
    (error,) = problem(answer, 400, "malformed")["errors"]
    assert error["detail"]
    assert error["remedy"]
    assert error["field"] is None, "a place in the body is no field"


def test_a_form_is_no_json(scene: Scene, pilot: TestClient) -> None:
    answer = pilot.post(
        f"{API}/conventions/{scene.there.convention}/record-engagement",
        content="{}",
        headers={"Content-Type": "text/plain", "Idempotency-Key": "k"},
    )
    problem(answer, 415, "media-type")


def test_an_address_whose_id_is_no_id_is_malformed(pilot: TestClient) -> None:
    answer = pilot.post(f"{API}/conventions/42/record-engagement", json={}, headers={"Idempotency-Key": "k"})
    assert problem(answer, 400, "malformed")["errors"][0]["field"] == "stream_id"


@pytest.mark.parametrize("key", [None, "", "   "])
def test_a_write_without_a_key_is_not_done(scene: Scene, pilot: TestClient, key: str | None) -> None:
    before = scene.event_count()
    problem(send(pilot, scene, "record-forum", FORUM, key=key), 400, "key-missing")
    assert scene.event_count() == before


def test_a_key_is_not_endless(scene: Scene, pilot: TestClient) -> None:
    problem(send(pilot, scene, "record-forum", FORUM, key="k" * 201), 400, "malformed")


@pytest.mark.parametrize("siren", ["200023621", "20002362", "abcdefghi", "2000236200"])
def test_a_bad_siren_is_malformed(scene: Scene, siren: str) -> None:
    body = {"kind": "EPCI", "name": "CC", "siren": siren}
    answer = scene.tool(roles.ADMINISTRATOR).post(
        f"{API}/partners/{uuid4()}/register-partner", json=body, headers={"Idempotency-Key": "k"}
    )
    (error,) = problem(answer, 400, "malformed")["errors"]
    assert error["code"] == "siren"
    assert siren in error["detail"]


@pytest.mark.parametrize("siren", ["200023621", "abc"])
def test_a_bad_siren_of_a_commune_is_malformed(scene: Scene, siren: str) -> None:
    commune = {"insee": "32160", "siren": siren, "name": "L'Isle-Jourdain", "population": 9499}
    body = {"name": "CC", "legal_form": "CC", "communes": [commune]}
    answer = scene.tool(roles.ADMINISTRATOR).post(
        f"{API}/territories/{scene.here.territory}/change-perimeter", json=body, headers={"Idempotency-Key": "k"}
    )
    assert problem(answer, 400, "malformed")["errors"][0]["code"] == "siren"


def test_a_territory_under_an_id_that_is_not_its_own_is_malformed(scene: Scene) -> None:
    body = {
        "siren": "243200425",
        "name": "CC",
        "legal_form": "CC",
        "department": "32",
        "communes": [{"insee": "32013", "siren": None, "name": "Auch", "population": 1}],
    }
    answer = scene.tool(roles.ADMINISTRATOR).post(
        f"{API}/territories/{uuid4()}/register-territory", json=body, headers={"Idempotency-Key": "k"}
    )
    (error,) = problem(answer, 400, "malformed")["errors"]
    assert error["code"] in ("siren", "territory-id")


# --- refused (403, 404, 409, 412, 422) --------------------------------------------------------------------------------


def test_a_deadline_is_silenced_in_the_agenda_of_its_own_convention(scene: Scene) -> None:
    """Not in another convention's, and in no second one, where the sweep would not see it."""
    body = {
        "convention_id": str(scene.there.convention),
        "home_territory_id": str(scene.there.territory),
        "occurrence": {"deadline": "D01", "subject_id": str(scene.there.convention), "key": "x"},
        "silence": "MET_ELSEWHERE",
    }
    for stream in (agenda_stream(scene.here.convention), uuid4()):
        answer = scene.tool(ELSEWHERE).post(
            f"{API}/agendas/{stream}/silence-deadline", json=body, headers={"Idempotency-Key": str(stream)}
        )
        broken = {one["code"]: one["detail"] for one in problem(answer, 422, "refused")["errors"]}
        assert "l’agenda de cette convention" in broken["does-not-fit"]


def test_who_may_not_is_told_by_which_rule(scene: Scene) -> None:
    answer = send(scene.tool(roles.FRAMEWORK_PILOT), scene, "record-forum", FORUM)
    (error,) = problem(answer, 403, "forbidden")["errors"]
    assert (error["code"], error["rule"]) == ("not-entitled", "R33")
    assert "Enregistrer le forum" in error["detail"]
    assert error["remedy"]


def test_an_unknown_stream_is_not_found(scene: Scene, pilot: TestClient) -> None:
    answer = pilot.post(f"{API}/conventions/{uuid4()}/record-forum", json=FORUM, headers={"Idempotency-Key": "k"})
    problem(answer, 404, "not-found")


@pytest.mark.parametrize("path", ["/nothing", "/conventions/x/y/z", ""])
def test_an_unknown_address_is_not_found(pilot: TestClient, path: str) -> None:
    problem(pilot.get(f"{API}{path}/"), 404, "not-found")


def test_a_wrong_method_says_so(scene: Scene, pilot: TestClient) -> None:
    problem(pilot.delete(f"{API}/conventions/{scene.there.convention}"), 405, "method-not-allowed")


def test_every_broken_rule_is_told_at_once_in_the_language_asked_for(scene: Scene, pilot: TestClient) -> None:
    body = {
        "priority_id": "p1",
        "title": "Mobilité",
        "themes": ["MOBILITY"],
        "findings": ["f99"],
        "decided_in": {"body_id": str(scene.there.body), "meeting_id": "m9", "decision_id": "d9"},
        "occurred_on": "2026-06-02",
    }
    before = scene.event_count()
    said = {}
    for language in ("fr", "en"):
        answer = send(pilot, scene, "choose-priority", body, Accept_Language=language)
        refused = problem(answer, 422, "refused")
        rules = {error["rule"]: error for error in refused["errors"]}
        assert {"R03", "R05", "R06"} <= set(rules)
        assert rules["R03"]["field"] == "occurred_on"
        assert rules["R03"]["parameters"] == {"occurred_on": "2026-06-02", "today": "2026-06-01"}
        assert all(error["detail"] and error["remedy"] for error in refused["errors"])
        said[language] = [refused["title"], *(error["detail"] for error in refused["errors"])]
    assert all(french != english for french, english in zip(said["fr"], said["en"], strict=True))
    assert scene.event_count() == before


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en", "en"),
        ("en-GB,fr;q=0.5", "en"),
        ("de, fr;q=0.4, en;q=0.3", "fr"),
        ("de", "fr"),
        ("", "fr"),
        (";;;q=,=", "fr"),
        ("en;q=nan, fr", "fr"),
    ],
)
def test_the_language_is_the_one_most_wanted(pilot: TestClient, header: str, language: str) -> None:
    titles = {"fr": "Introuvable, ou d’un autre territoire", "en": "Not found, or of another territory"}
    answer = pilot.get(f"{API}/conventions/{uuid4()}", headers={"Accept-Language": header})
    assert answer.json()["title"] == titles[language]


def test_a_version_in_the_body_that_was_overtaken_is_a_conflict(scene: Scene, pilot: TestClient) -> None:
    version = pilot.get(f"{API}/conventions/{scene.there.convention}").json()["version"]
    before = scene.event_count()
    answer = send(pilot, scene, "record-forum", {**FORUM, "expected_version": version - 1})
    (error,) = problem(answer, 409, "conflict")["errors"]
    assert (error["rule"], error["parameters"]) == ("R31", {"expected": version - 1, "actual": version})
    assert scene.event_count() == before
    assert send(pilot, scene, "record-forum", {**FORUM, "expected_version": version}).status_code == 200


@pytest.mark.parametrize("stale", ['"1"', '"999999999"', '"1", "2"'])
def test_a_stale_if_match_is_a_failed_precondition(scene: Scene, pilot: TestClient, stale: str) -> None:
    before = scene.event_count()
    problem(send(pilot, scene, "record-forum", FORUM, If_Match=stale), 412, "stale")
    assert scene.event_count() == before


@pytest.mark.parametrize("odd", ["abc", '"abc"', "1", 'W/"6"', '"1", 2', "", '"1"' + ', "1"' * 10])
def test_an_if_match_that_names_no_version_is_malformed(scene: Scene, pilot: TestClient, odd: str) -> None:
    before = scene.event_count()
    (error,) = problem(send(pilot, scene, "record-forum", FORUM, If_Match=odd), 400, "malformed")["errors"]
    assert (error["code"], error["field"]) == ("if-match", "If-Match")
    assert '"7"' in error["remedy"]
    assert scene.event_count() == before


def test_the_version_read_is_the_one_to_decide_on(scene: Scene, pilot: TestClient) -> None:
    read = pilot.get(f"{API}/conventions/{scene.there.convention}")
    assert read.headers["etag"] == f'"{read.json()["version"]}"'
    listed = f'"1", {read.headers["etag"]}, "999"'
    assert send(pilot, scene, "record-forum", FORUM, If_Match=listed).status_code == 200


def test_what_was_sent_on_one_of_several_versions_is_answered_again(scene: Scene, pilot: TestClient) -> None:
    version = pilot.get(f"{API}/conventions/{scene.there.convention}").json()["version"]
    listed = f'"{version}", "{version + 1}"'
    first = send(pilot, scene, "record-forum", FORUM, If_Match=listed)
    assert first.status_code == 200
    again = send(pilot, scene, "record-forum", FORUM, If_Match=listed)
    assert again.status_code == 200, again.text
    assert again.json() == first.json() | {"replayed": True}


def test_an_if_match_of_the_present_version_or_of_any_is_met(scene: Scene, pilot: TestClient) -> None:
    version = pilot.get(f"{API}/conventions/{scene.there.convention}").json()["version"]
    answer = send(pilot, scene, "record-forum", FORUM, key="a", If_Match=f'"{version}"')
    assert answer.json()["version"] == version + len(answer.json()["events"])
    again = {**FORUM, "forum_id": "fo3"}
    assert send(pilot, scene, "record-forum", again, key="b", If_Match="*").status_code == 200


# --- repeated ---------------------------------------------------------------------------------------------------------


def test_the_same_key_gives_the_same_answer_and_is_done_once(scene: Scene, pilot: TestClient) -> None:
    first = send(pilot, scene, "record-forum", FORUM)
    count = scene.event_count()
    second = send(pilot, scene, "record-forum", FORUM)
    assert second.status_code == 200
    assert second.json() == first.json() | {"replayed": True}
    assert scene.event_count() == count


def at_once(send_one: Callable[[int], Any], times: int) -> list[Any]:
    """The answers to requests sent at the same moment."""
    ready = Barrier(times)

    def one(number: int) -> Any:
        ready.wait()
        return send_one(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_a_key_sent_many_times_at_once_is_done_once(scene: Scene) -> None:
    before = scene.event_count()
    answers = at_once(lambda number: send(scene.tool(ELSEWHERE), scene, "record-forum", FORUM), 6)
    assert [answer.status_code for answer in answers] == [200] * 6
    assert sorted(answer.json()["replayed"] for answer in answers) == [False] + [True] * 5
    assert len({answer.json()["events"][0]["event_id"] for answer in answers}) == 1
    assert scene.event_count() == before + 1


def test_of_those_who_decide_on_one_version_at_once_one_is_first(scene: Scene, pilot: TestClient) -> None:
    version = pilot.get(f"{API}/conventions/{scene.there.convention}").json()["version"]
    before = scene.event_count()

    def decide(number: int) -> Any:
        body = {**FORUM, "forum_id": f"fo{number}"}
        client = scene.tool(ELSEWHERE)
        return send(client, scene, "record-forum", body, key=f"k{number}", If_Match=f'"{version}"')

    assert sorted(answer.status_code for answer in at_once(decide, 5)) == [200, 412, 412, 412, 412]
    assert scene.event_count() == before + 1


def test_a_replayed_answer_keeps_its_irregularities_and_waived_rules(scene: Scene, pilot: TestClient) -> None:
    body = {**FORUM, "occurred_on": "2026-02-01"}
    first, second = (send(pilot, scene, "record-forum", body).json() for _ in range(2))
    assert first["irregularities"]
    assert second == first | {"replayed": True}


def test_a_key_used_for_something_else_is_refused(scene: Scene, pilot: TestClient) -> None:
    assert send(pilot, scene, "record-forum", FORUM).status_code == 200
    count = scene.event_count()
    for command, body in (("record-forum", {**FORUM, "forum_id": "fo7"}), ("record-engagement", {})):
        problem(send(pilot, scene, command, body), 422, "key-reused")
    problem(send(pilot, scene, "record-forum", {**FORUM, "reason": "autre"}), 422, "key-reused")
    assert scene.event_count() == count


def test_a_key_belongs_to_its_tool(scene: Scene, pilot: TestClient) -> None:
    assert send(pilot, scene, "record-forum", FORUM, key="mine").status_code == 200
    client = scene.tool(roles.PILOT)
    answer = client.post(
        f"{API}/conventions/{scene.here.convention}/record-engagement", json={}, headers={"Idempotency-Key": "mine"}
    )
    assert answer.status_code == 200
    assert answer.json()["replayed"] is False


def test_a_refused_command_leaves_its_key_free(scene: Scene, pilot: TestClient) -> None:
    problem(send(pilot, scene, "record-forum", {**FORUM, "occurred_on": "2026-06-30"}), 422, "refused")
    assert send(pilot, scene, "record-forum", FORUM).status_code == 200


def test_an_id_starts_one_thing(scene: Scene) -> None:
    body = {"kind": "CCAS", "name": "CCAS d'Auch"}
    client = scene.tool(roles.ADMINISTRATOR)
    address = f"{API}/partners/{uuid4()}/register-partner"
    assert client.post(address, json=body, headers={"Idempotency-Key": "a"}).status_code == 200
    refused = problem(client.post(address, json=body, headers={"Idempotency-Key": "b"}), 422, "refused")
    assert refused["errors"][0]["code"] == "already-exists"


# --- statuses and what is said of them --------------------------------------------------------------------------------


def test_every_status_seen_is_described(scene: Scene, pilot: TestClient) -> None:
    described = pilot.get(f"{API}/openapi.json").json()["paths"]["/conventions/{stream_id}/record-forum"]["post"]
    seen = [
        send(pilot, scene, "record-forum", {}),
        send(scene.stranger(), scene, "record-forum", FORUM),
        send(scene.tool(roles.AUDITOR), scene, "record-forum", FORUM),
        send(scene.tool(roles.PILOT), scene, "record-forum", FORUM),
        send(pilot, scene, "record-forum", {**FORUM, "expected_version": 1}),
        send(pilot, scene, "record-forum", FORUM, If_Match='"1"'),
        send(pilot, scene, "record-forum", {**FORUM, "occurred_on": "2027-01-01"}),
        send(pilot, scene, "record-forum", FORUM),
    ]
    assert [answer.status_code for answer in seen] == [400, 401, 403, 404, 409, 412, 422, 200]
    for answer in seen:
        said = described["responses"][str(answer.status_code)]["content"]
        assert answer.headers["content-type"] in said


def test_a_body_that_is_too_large_is_not_read(scene: Scene, pilot: TestClient) -> None:
    answer = send(pilot, scene, "record-forum", {**FORUM, "place": "x" * (26 * 1024 * 1024)})
    problem(answer, 413, "too-large")


def test_a_whole_convention_from_the_territory_to_the_first_forum(scene: Scene) -> None:
    """What a partner's tool would send, from an empty territory on."""
    admin = scene.tool(roles.ADMINISTRATOR)
    framework = scene.tool(roles.FRAMEWORK_PILOT)
    convention, holder = uuid4(), uuid4()

    def post(client: TestClient, address: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = client.post(f"{API}/{address}", json=body, headers={"Idempotency-Key": str(uuid4())})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    post(admin, f"partners/{holder}/register-partner", {"kind": "EPCI", "name": "CC Val de Gers"})
    opened = post(
        framework,
        f"conventions/{convention}/open-convention",
        {
            "home_territory_id": str(scene.uncovered),
            "holder_ids": [str(holder)],
            "profile_name": "cnaf-2020",
            "profile_version": 1,
            "effective_from": "2026-07-01",
            "signatories": [
                {"partner_id": str(scene.here.caf), "required": True},
                {"partner_id": str(holder), "required": True},
            ],
            "occurred_on": "2026-05-04",
        },
    )
    assert opened["events"][0]["type"] == "ctg.convention.convention-opened"
    listed = framework.get(f"{API}/conventions", params={"siren": "243200409"}).json()["conventions"]
    assert [one["convention_id"] for one in listed] == [str(convention)]
    assert listed[0]["phase"] == "PREPARATION"
    assert scene.uncovered == territory_stream("243200409")
