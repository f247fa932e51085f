"""Odd requests, made from the shapes of the commands: answered with an error of theirs, never one of ours."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.examples import example_of
from domain import roles
from domain.claims.calendar import claims_stream
from domain.counsel.counsel import counsel_stream
from domain.diagnosis.content import diagnosis_stream
from domain.kernel import COMMANDS
from domain.lead_roles.leading import lead_roles_stream
from domain.participation.participation import participation_stream
from domain.territories import territory_stream
from tests.api.forms import forms_of
from tests.api.routes import API, doors, expected
from tests.api.scene import ELSEWHERE, Scene
from tests.projections.beside_the_plan import (
    FRAMEWORK_PLEDGE,
    TRAINING,
    contest_lead,
    delegation_of,
    indicator_of,
    pledge_of,
    tell_claims,
    tell_contribution,
    tell_data,
    tell_delegation,
    tell_diagnosis,
    tell_framework_pledge,
    tell_indicator,
    tell_note,
    tell_pledge,
    tell_training,
)

PUBLIC_COMMANDS = sorted(name for name, one in COMMANDS.items() if not one.INTERNAL and not one.OF_PEOPLE)
FEW, MORE, MANY = 4, 8, 25
"""How many requests of each kind are tried: at each change, and with the slow tests of forms and of bodies."""
SAMPLE = 4
"""At each change one command in so many; all of them with the slow tests."""
TRIES = [
    *(pytest.param(name, FEW, id=f"{name}-few") for name in PUBLIC_COMMANDS[::SAMPLE]),
    *(pytest.param(name, MANY, id=f"{name}-many", marks=pytest.mark.slow) for name in PUBLIC_COMMANDS),
]
TRIED = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 2**70, -(2**63), 10**400, 1.5, 1e308]),
    st.sampled_from(["", " ", "\x00", "\ud800", "é" * 70, "'", "<b>", "²", "٣", "x" * 20_001, "\u202e", "𝕏"]),
    st.sampled_from(["0001-01-01", "9999-12-31", "2026-02-30", "2024-02-29", "-0001-01-01", "10000-01-01", "today"]),
    st.sampled_from(["00:00", "23:59:60", "24:00", "12:30+02:00", "12:30:00.000001"]),
    st.sampled_from([[], {}, [None], [[]], {"a": 1}, ["a", "a"], [{}] * 3, [0] * 2_001]),
    st.uuids().map(str),
    st.sampled_from(["00000000-0000-0000-0000-000000000000", "PARENTING", "CAF", "f1", "p1", "m1", "d1"]),
    st.text(max_size=8),
    st.dates().map(str),
)


WITH_A_PLAN = ("action-sheets", "pledges", "indicators", "claims", "delegations")
"""Streams beside a plan."""


def places_in(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    found = [before] if before else []
    if isinstance(value, dict):
        for key, one in value.items():
            found += places_in(one, (*before, key))
    elif isinstance(value, list):
        for number, one in enumerate(value[:3]):
            found += places_in(one, (*before, number))
    return found


def changed(value: Any, place: tuple[Any, ...], odd: Any) -> Any:
    """The same value with one part replaced."""
    if not place:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = changed(copy[place[0]], place[1:], odd)
    return copy


def real_names(scene: Scene) -> dict[str, Any]:
    """What exists here, so that an odd value is not hidden behind an unknown one."""
    there = scene.there
    return {
        "territory": str(scene.uncovered),
        "home_territory_id": str(there.territory),
        "attached_territory_id": str(scene.uncovered),
        "convention_id": str(there.convention),
        "framework_id": str(there.framework),
        "pledge_id": FRAMEWORK_PLEDGE,
        "training_id": TRAINING,
        "territories": [],
        "holder_ids": [str(there.epci)],
        "owner_id": str(there.epci),
        "partner_id": str(there.caf),
        "body_id": str(there.body),
        "meeting_id": "m1",
        "decided_in": {"body_id": str(there.body), "meeting_id": "m1", "decision_id": "d1"},
    }


def beside_the_plan(scene: Scene) -> None:
    """Pledges and an indicator here, for the acts on them."""
    if scene.house.steering.load(pledge_of(scene.here)) is None:
        tell_pledge(scene.here, scene.here.caf)
        tell_indicator(scene.here, scene.here.caf)
        tell_framework_pledge(scene.here, scene.here.caf)
        tell_training(scene.here)
        tell_claims(scene.here, scene.here.caf)
        tell_delegation(scene.here, scene.here.caf)
        tell_data(scene.here, scene.here.caf)
        tell_contribution(scene.here)
        contest_lead(scene.here, scene.here.caf)
        tell_note(scene.here, scene.here.caf)
        tell_diagnosis(scene.here, scene.here.caf)


def request_for(scene: Scene, name: str) -> tuple[str, str, dict[str, Any]]:
    """Role, address and body of a command that makes sense on the convention at the forums."""
    command = COMMANDS[name]
    body = example_of(command)
    names = real_names(scene)
    for field in dataclasses.fields(command):
        if field.name in names:
            body[field.name] = names[field.name]
    if name == "open-convention":
        body["signatories"] = [{"partner_id": str(scene.there.caf), "required": True}]
        body.pop("themes", None)
    if name == "open-framework-convention":
        body["signatories"] = [str(scene.there.caf)]
    if name == "grant-delegation":
        body |= {"delegator_id": str(scene.there.caf), "to_body_id": None, "to_partner_id": None}
    if name == "record-meeting":
        body["meeting_id"] = f"m-{uuid4().hex[:6]}"
    held = next(role for role in (roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT, roles.PILOT) if expected(name, role))
    role = ELSEWHERE if held == roles.PILOT else held
    collection = command.AGGREGATE.COLLECTION
    if collection in (*WITH_A_PLAN, "diagnoses", "participations", "lead-roles", "counsels") and not command.STARTS:
        role = roles.PILOT if role == ELSEWHERE else role  # where a plan is
    if name == "abandon-decision":
        role = roles.COMMITTEE_CHAIR  # who may do it without another decision too
    beside_the_plan(scene)
    streams: dict[str, UUID] = {
        "action-sheets": scene.here.sheet,
        "pledges": pledge_of(scene.here),
        "claims": claims_stream(scene.here.convention),
        "delegations": delegation_of(scene.here),
        "diagnoses": diagnosis_stream(scene.here.territory),
        "participations": participation_stream(scene.here.territory),
        "lead-roles": lead_roles_stream(scene.here.territory),
        "counsels": counsel_stream(scene.here.territory),
        "indicators": indicator_of(scene.here),
        "streams": scene.there.convention,
        "conventions": scene.there.convention,
        "steering-bodies": scene.here.body if role == roles.COMMITTEE_CHAIR else scene.there.body,
        "frameworks": scene.there.framework,
        "territories": scene.there.territory,
        "partners": scene.there.cpam,
    }
    stream = uuid4() if command.STARTS else streams[collection]
    if name == "register-territory":
        stream = territory_stream("200023620")
    return role, f"{API}/{command.AGGREGATE.COLLECTION}/{stream}/{name}", body


@pytest.mark.parametrize(("name", "requests"), TRIES)
def test_no_body_makes_the_engine_fail(scene: Scene, name: str, requests: int) -> None:
    role, address, body = request_for(scene, name)
    client = scene.tool(role)
    places = places_in(body)
    before = scene.event_count()

    @settings(TRIED, max_examples=requests)
    @given(st.lists(st.tuples(st.sampled_from(places), ODD), min_size=1, max_size=2), st.booleans())
    def send(changes: list[tuple[tuple[Any, ...], Any]], dated_today: bool) -> None:
        sent = dict(body)
        if dated_today:
            sent["occurred_on"] = "2026-06-01"
        for place, odd in changes:
            try:
                sent = changed(sent, place, odd)
            except (KeyError, IndexError, TypeError, ValueError):
                continue  # the first change took away what the second was about
        here = address.replace(address.split("/")[-2], str(uuid4())) if COMMANDS[name].STARTS else address
        answer = client.post(here, content=as_json(sent), headers=JSON | {"Idempotency-Key": uuid4().hex})
        assert answer.status_code in (200, 400, 404, 422), answer.text
        if answer.status_code != 200:
            assert answer.json()["title"]
            assert answer.headers["content-type"] == "application/problem+json"

    send()
    if scene.event_count() == before:
        return  # the pages are as they were
    scene.clock.set(date(2026, 6, 1))
    for path in scene.pages_of(scene.there):
        assert scene.browser(ELSEWHERE).get(path).status_code == 200
    assert scene.browser(roles.FRAMEWORK_PILOT).get("/departement").status_code == 200
    tool, convention = scene.tool(roles.FRAMEWORK_PILOT), f"/conventions/{scene.there.convention}"
    for path in ("/conventions", "/territories", "/partners", f"{convention}/deadlines", f"{convention}/plan"):
        assert tool.get(f"{API}{path}").status_code == 200


JSON = {"Content-Type": "application/json"}


def as_json(value: Any) -> bytes:
    """JSON as an odd tool may write it: lone surrogates escaped, huge numbers in full."""
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("role", "requests"),
    [
        (roles.ADMINISTRATOR, FEW),
        *(
            pytest.param(role, MORE, marks=pytest.mark.slow)
            for role in (ELSEWHERE, roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT)
        ),
    ],
)
def test_no_form_makes_the_engine_fail(scene: Scene, role: str, requests: int) -> None:
    client = scene.browser(role)
    held = roles.PILOT if role == ELSEWHERE else role
    odd = st.sampled_from(
        ["", " ", "\x00", "²", "9" * 30, "-1", "9999-12-31", "0001-01-01", "é" * 300, "a/b/c", "a/b", "<b>", "true"]
    )
    for door in doors(scene.app):
        if door.is_api or door.method != "POST" or not expected(str(door.action), held):
            continue
        if door.answers_a_proposal:
            continue  # there is nobody else who could confirm one there
        address = door.address(scene, scene.there)
        found = forms_of(client.get(address).text)
        # Where there is nothing to do now, what an older page would send: any form of the page has the token for it.
        sending = [form for form in found if "csrf_token" in form.values]
        shown = next((form for form in sending if form.action == address), sending[0])
        names = sorted(shown.values.keys() | shown.offered.keys() - {"csrf_token"})
        extra = [
            "findings.99999999.theme",
            "findings.².theme",
            "evidence.0.title",
            "_add",
            "stream_id",
            "act",
            "a" * 300,
        ]

        @settings(TRIED, max_examples=requests)
        @given(st.lists(st.tuples(st.sampled_from([*names, *extra]), odd), min_size=1, max_size=6))
        def send(changes: list[tuple[str, str]]) -> None:
            sent = {**shown.values, **{name: [value] for name, value in changes}}  # noqa: B023 - called in this turn
            sent["csrf_token"] = shown.values["csrf_token"]  # noqa: B023
            answer = client.post(address, data=sent)  # noqa: B023
            assert answer.status_code in (200, 303, 400, 403, 404, 409, 422), address  # noqa: B023

        send()


# --- one odd value at a time, on both databases -----------------------------------------------------------------------

NOT_KEPT = ("a\x00b", 2**31, 10**400)
"""What no column keeps."""


def leaves_in(value: Any) -> list[tuple[Any, ...]]:
    """The way to every text and number of a JSON value."""
    return [place for place in places_in(value) if isinstance(at(value, place), (str, int))]


def at(value: Any, place: tuple[Any, ...]) -> Any:
    """What is found there."""
    for step in place:
        value = value[step]
    return value


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=(pytest.mark.postgres, pytest.mark.slow))])
def either_scene(request: pytest.FixtureRequest) -> Scene:
    """The application on each database."""
    found: Scene = request.getfixturevalue("scene" if request.param == "sqlite" else "postgres_scene")
    return found


@pytest.mark.parametrize("step", [SAMPLE, pytest.param(1, marks=pytest.mark.slow)])
def test_what_no_column_keeps_is_refused_at_the_door(either_scene: Scene, step: int) -> None:
    scene = either_scene
    beside_the_plan(scene)
    before, sent = scene.event_count(), 0
    for name in PUBLIC_COMMANDS[::step]:
        if name == "publish-method-profile":
            continue
        role, address, body = request_for(scene, name)
        client = scene.tool(role)
        for place in leaves_in({**body, "expected_version": 1}):
            for odd in NOT_KEPT:
                given = json.dumps(changed({**body, "expected_version": 1}, place, odd))
                answer = client.post(address, content=given, headers=JSON | {"Idempotency-Key": uuid4().hex})
                assert answer.status_code == 400, (name, place, odd, answer.text)
                sent += 1
    assert sent > 800 // step
    assert scene.event_count() == before


def test_odd_questions_are_answered(either_scene: Scene) -> None:
    scene = either_scene
    tool, browser = scene.tool(roles.FRAMEWORK_PILOT), scene.browser(roles.FRAMEWORK_PILOT)
    place, events = scene.page_of(scene.here), f"{API}/conventions/{scene.here.convention}/events"
    for odd in ("\x00", "²", "9" * 30, "-1", "0001-01-01", "9999-12-31"):
        for name in ("siren", "limit", "cursor"):
            assert tool.get(f"{API}/conventions", params={name: odd}).status_code in (200, 400), (name, odd)
        for name in ("occurred_from", "recorded_from", "recorded_to", "type", "actor_id", "cursor"):
            assert tool.get(events, params={name: odd}).status_code in (200, 400), (name, odd)
        for name in ("du", "au", "dates", "fait", "par", "marque", "registre", "page", "vers"):
            answer = browser.get(f"{place}/journal", params={name: odd})
            assert answer.status_code in (200, 400, 404), (name, odd)
        assert browser.get(place, params={"fait": odd}).status_code == 200
        assert browser.get("/departement", params={"fait": odd, "tri": odd}).status_code == 200
        assert browser.get(f"/conventions/{quote(odd)}").status_code == 404
        assert browser.get(f"/langue/{quote(odd)}", params={"next": odd}).status_code in (303, 404)
        answer = scene.stranger().post("/connexion", data={"identifier": odd, "password": odd, "next": odd})
        assert answer.status_code == 401


@pytest.mark.parametrize("command", ["record-forum", "choose-priority", "record-mandate"])
def test_a_character_that_no_text_holds_makes_no_form_fail(either_scene: Scene, command: str) -> None:
    scene = either_scene
    client = scene.browser(ELSEWHERE)
    address = f"/conventions/{scene.there.convention}/actes/{command}"
    shown = next(form for form in forms_of(client.get(address).text) if form.action == address)
    for name in sorted((shown.values.keys() | shown.offered.keys()) - {"csrf_token"}):
        answer = client.post(address, data={**shown.values, name: ["a\x00b"]})
        assert answer.status_code in (200, 303, 400, 422), name
