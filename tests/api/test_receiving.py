"""What is read of a request, and by whom: the key comes first, then size, type and form; one way to write each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.examples import example_of
from api.guard import MAX_BODY
from domain import roles
from domain.kernel import COMMANDS
from tests.api.forms import act, open_form
from tests.api.routes import API
from tests.api.scene import ELSEWHERE, PASSWORD, Scene, login_of
from tests.api.test_commands import FORUM, problem, send
from tests.unit.office_files import PDF

JSON = {"Content-Type": "application/json", "Idempotency-Key": "k"}


@pytest.fixture
def pilot(scene: Scene) -> TestClient:
    """The tool of the pilot of the territory at the forums."""
    return scene.tool(ELSEWHERE)


def raw(client: TestClient, scene: Scene, body: Any, **headers: str) -> Any:
    """A forum recorded with a body as it is."""
    given = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"{API}/conventions/{scene.there.convention}/record-forum", content=body, headers=given)


# --- the key before the body ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b'{"a":', b"\xff", b"[" * 10_000, b'{"a":1,"a":2}'])
def test_whoever_has_no_key_is_told_so_before_anything_is_said_of_the_body(scene: Scene, body: bytes) -> None:
    problem(raw(scene.stranger(), scene, body), 401, "not-signed-in")
    problem(raw(scene.stranger(), scene, body, Content_Type="text/plain"), 401, "not-signed-in")


def test_nothing_of_a_body_is_read_for_whoever_has_no_key(scene: Scene) -> None:
    problem(raw(scene.stranger(), scene, b" " * (MAX_BODY + 1)), 401, "not-signed-in")


def test_a_tool_sends_no_more_than_an_act_needs(scene: Scene, pilot: TestClient) -> None:
    def in_parts() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    problem(raw(pilot, scene, b" " * (MAX_BODY + 1)), 413, "too-large")
    problem(raw(pilot, scene, in_parts()), 413, "too-large")


def test_only_whoever_is_signed_in_sends_documents(scene: Scene) -> None:
    document = PDF.replace(b"xref", b"%" + b"x" * (3 * 1024 * 1024) + b"\nxref", 1)
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    sent = form.filled(evidence__0__title="Délibération", occurred_on="2026-05-12")
    files = {"evidence.0.file": ("d.pdf", document)}
    stranger = scene.stranger()
    assert stranger.post(form.action, data=sent, files=files).status_code == 413
    stranger.cookies.set("ctg_session", "nobody's")
    assert stranger.post(form.action, data=sent, files=files).status_code == 413
    assert client.post(form.action, data=sent, files=files).status_code == 303


# --- types and forms --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""],
)
def test_another_type_than_json_is_said_to_be_one(scene: Scene, pilot: TestClient, media_type: str) -> None:
    said = problem(raw(pilot, scene, b"{}", Content_Type=media_type), 415, "media-type")
    assert "JSON" in said["title"]


def test_json_in_utf_8_may_say_so(scene: Scene, pilot: TestClient) -> None:
    problem(raw(pilot, scene, b"{}", Content_Type="application/json; charset=UTF-8"), 400, "malformed")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"a": }', "not-json"),
        (b"{\xff}", "not-utf-8"),
        (b"[" * 100_000, "too-deep"),
        (b'{"rank": ' + b"9" * 5_000 + b"}", "endless-number"),
        (b'{"rank": NaN}', "no-number"),
        (b'{"place": "a", "place": "b"}', "repeated-name"),
        (b'{"attendance_by_expertise": {"usage": 1, "usage": 2}}', "repeated-name"),
        (b"[]", "not-an-object"),
        (b"", "missing"),
    ],
)
def test_a_body_that_says_nothing_is_told_why_and_how_to_mend_it(
    scene: Scene, pilot: TestClient, body: bytes, code: str
) -> None:
    for language in ("fr", "en"):
        (error,) = problem(raw(pilot, scene, body, Accept_Language=language), 400, "malformed")["errors"]
        assert error["code"] == code
        assert error["detail"] and error["remedy"]


@pytest.mark.parametrize(
    "day", [0, "0", 1780272000, "1780272000", "2026-05-12T00:00:00", 20260512, True, "20260512", "2026-5-12"]
)
def test_a_day_is_written_in_one_way(scene: Scene, pilot: TestClient, day: Any) -> None:
    before = scene.event_count()
    (error,) = problem(send(pilot, scene, "record-forum", {**FORUM, "occurred_on": day}), 400, "malformed")["errors"]
    assert (error["code"], error["field"]) == ("not-a-date", "occurred_on")
    assert scene.event_count() == before


@pytest.mark.parametrize("day", ["0", "1780272000", "2026-05-12T00:00:00"])
def test_a_day_typed_in_a_form_follows_the_same_rule(scene: Scene, day: str) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, act(scene, "record-engagement"))
    answer = client.post(form.action, data=form.filled(occurred_on=day))
    assert answer.status_code == 400
    assert day in answer.text
    assert scene.event_count() == before


@pytest.mark.parametrize("count", [True, "5", 2.0, 2.5, None])
def test_a_number_is_a_number_in_json(scene: Scene, pilot: TestClient, count: Any) -> None:
    attendance = {"technical": count, "political": 0, "usage": 0}
    answer = send(pilot, scene, "record-forum", {**FORUM, "attendance_by_expertise": attendance})
    (error,) = problem(answer, 400, "malformed")["errors"]
    assert (error["code"], error["field"]) == ("not-an-integer", "attendance_by_expertise.technical")
    answer = send(pilot, scene, "record-forum", {**FORUM, "expected_version": "7"})
    assert problem(answer, 400, "malformed")["errors"][0]["code"] == "not-an-integer"


def test_a_yes_is_true(scene: Scene) -> None:
    signatory = {"partner_id": str(scene.there.caf), "required": 1}
    body = {**example_of(COMMANDS["open-convention"]), "signatories": [signatory]}
    answer = scene.tool(roles.FRAMEWORK_PILOT).post(
        f"{API}/conventions/{uuid4()}/open-convention", json=body, headers={"Idempotency-Key": "k"}
    )
    (error,) = problem(answer, 400, "malformed")["errors"]
    assert (error["code"], error["field"]) == ("not-a-boolean", "signatories.0.required")


def test_an_id_is_written_in_one_way(scene: Scene, pilot: TestClient) -> None:
    partner = str(scene.there.caf)
    for odd in (f"{{{partner}}}", f"urn:uuid:{partner}", partner.replace("-", ""), 12):
        body = {"partner_id": odd, "kind": "BOARD", "occurred_on": "2026-05-12"}
        (error,) = problem(send(pilot, scene, "record-mandate", body), 400, "malformed")["errors"]
        assert (error["code"], error["field"]) == ("not-an-id", "partner_id")
    convention = str(scene.there.convention).replace("-", "")
    (error,) = problem(pilot.get(f"{API}/conventions/{convention}"), 400, "malformed")["errors"]
    assert (error["code"], error["field"]) == ("not-an-id", "convention_id")


def test_what_was_sent_is_repeated_in_part_only(scene: Scene, pilot: TestClient) -> None:
    long = "x" * 5_000
    answer = scene.tool(roles.ADMINISTRATOR).get(f"{API}/conventions", params={"siren": long})
    (error,) = problem(answer, 400, "malformed")["errors"]
    assert error["code"] == "siren" and len(error["detail"]) < 200
    error = problem(send(pilot, scene, "record-forum", {**FORUM, long: 1}), 400, "malformed")["errors"][0]
    assert len(error["field"]) <= 80
    many = {f"field{number}": 1 for number in range(5_000)}
    assert len(problem(send(pilot, scene, "record-forum", many), 400, "malformed")["errors"]) == 100


def test_the_bound_that_was_passed_is_said(scene: Scene, pilot: TestClient) -> None:
    (error,) = problem(pilot.get(f"{API}/conventions", params={"limit": 201}), 400, "malformed")["errors"]
    assert (error["code"], error["field"]) == ("number-too-large", "limit")
    assert "200" in error["detail"]
    cells = [{"expertise": "MAGIC", "side": "OFFER"}]
    (error,) = problem(send(pilot, scene, "record-forum", {**FORUM, "cells_covered": cells}), 400, "malformed")[
        "errors"
    ]
    assert "TECHNICAL, POLITICAL, USAGE" in error["remedy"]


# --- filters that mean nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["conventions", "partners", "territories", "conventions/{}", "conventions/{}/events"])
def test_a_parameter_that_nobody_knows_is_named(scene: Scene, path: str) -> None:
    address = f"{API}/{path.format(scene.here.convention)}"
    answer = scene.tool(roles.PILOT).get(address, params={"phase": "X", "sort": "y"})
    errors = problem(answer, 400, "malformed")["errors"]
    assert [(error["code"], error["field"]) for error in errors] == [
        ("unknown-parameter", "phase"),
        ("unknown-parameter", "sort"),
    ]


# --- methods and addresses --------------------------------------------------------------------------------------------


def test_head_answers_wherever_get_does(scene: Scene) -> None:
    person, tool = scene.browser(roles.PILOT), scene.tool(roles.PILOT)
    for client, path in (
        (person, "/departement"),
        (person, "/connexion"),
        (person, "/healthz"),
        (person, "/readyz"),
        (person, "/static/ctg.css"),
        (person, "/nulle-part"),
        (tool, f"{API}/conventions"),
    ):
        got, head = client.get(path), client.head(path)
        assert head.status_code == got.status_code, path
        assert head.content == b""
        assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/connexion", "GET, HEAD, POST"),
        ("GET", "/deconnexion", "POST"),
        ("POST", "/departement", "GET, HEAD"),
        ("PUT", "/healthz", "GET, HEAD"),
        ("POST", "/static/ctg.css", "GET, HEAD"),
    ],
)
def test_a_page_says_what_its_address_does(scene: Scene, method: str, path: str, allowed: str) -> None:
    answer = scene.browser(roles.PILOT).request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert "Cette adresse ne fait pas cela" in answer.text


def test_an_operation_says_what_its_address_does(scene: Scene, pilot: TestClient) -> None:
    address = f"{API}/conventions/{scene.there.convention}"
    for method, path, allowed in (("DELETE", address, "GET"), ("GET", f"{address}/record-forum", "POST")):
        answer = pilot.request(method, path)
        problem(answer, 405, "method-not-allowed")
        assert allowed in answer.headers["allow"]


@pytest.mark.parametrize("path", ["/api/v1/x%0Ay", "/api/v2/conventions", "/api/v1/frameworks/%0A/attach-territory"])
def test_a_tool_reads_no_page(pilot: TestClient, path: str) -> None:
    problem(pilot.get(path), 404, "not-found")


@pytest.mark.parametrize("path", ["/departement/", "/static", f"{API}/conventions/", "/administration/"])
def test_no_address_leads_to_the_host_that_a_request_claims(scene: Scene, path: str) -> None:
    for client in (scene.browser(roles.PILOT), scene.tool(roles.PILOT)):
        answer = client.get(path, headers={"Host": "ailleurs.example"})
        assert "ailleurs.example" not in answer.headers.get("location", "")
        assert answer.status_code == 404


def test_a_file_that_does_not_exist_says_nothing_of_who_asks(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    assert "Camille Pilot" in client.get("/nulle-part").text
    answer = client.get("/static/nothing.css")
    assert answer.status_code == 404
    assert "Camille" not in answer.text
    assert 'name="csrf_token"' not in answer.text
    assert answer.headers["cache-control"] == "no-store"


# --- behind a proxy ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ctg.example.fr", "Sec-Fetch-Site": "same-origin", "Host": "127.0.0.1:8000"},
        {"Origin": "http://127.0.0.1:8000", "Host": "proxy.internal"},
    ],
)
def test_a_proxy_may_ask_under_another_host(scene: Scene, headers: dict[str, str]) -> None:
    sent = {"identifier": login_of(roles.PILOT), "password": PASSWORD}
    assert scene.stranger().post("/connexion", data=sent, headers=headers).status_code == 303


def test_a_form_from_another_site_is_not_said_to_be_a_matter_of_roles(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    answer = client.post(form.action, data=form.values, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Votre rôle" not in answer.text
    assert "depuis un autre site" in answer.text


def test_signing_out_twice_leads_to_a_page_that_exists(scene: Scene) -> None:
    client = scene.stranger()
    answer = client.post("/deconnexion", data={})
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion")
