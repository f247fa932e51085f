"""What the security journal tells of each door: who, what, how it ended; never a name, nor anything that was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from domain import roles
from tests.api.forms import forms_of, open_form, sign_in
from tests.api.scene import NOW, PASSWORD, Scene, login_of, person_of
from workflows.accounts import FREE_ATTEMPTS
from workflows.security import LOGGER, TOLD

CANARY = "canari-tape-au-mauvais-endroit"
PILOT = login_of(roles.PILOT)

Lines = list[dict[str, Any]]


@pytest.fixture
def journal(scene: Scene, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that is logged while the test lasts, at the level of a process that stays."""
    caplog.set_level("INFO")
    return caplog


def lines_of(journal: pytest.LogCaptureFixture, act: str = "") -> Lines:
    """The lines of the security journal, all or of one act."""
    told = [one for one in journal.records if one.name == LOGGER]
    lines = [{"act": one.getMessage(), **getattr(one, TOLD)} for one in told]
    return [line for line in lines if act in ("", line["act"])]


def whole(journal: pytest.LogCaptureFixture) -> str:
    """Every byte that was logged, whatever by."""
    ours = [record for record in journal.records if record.name != "httpx2"]  # the browser of the test
    return repr([vars(record) for record in ours])


def account_id(scene: Scene, role: str) -> str:
    account = scene.house.accounts.find(login_of(role))
    assert account is not None
    return str(account.account_id)


def test_coming_in_and_going_out_are_told_by_the_account(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    client = scene.stranger()
    answer = sign_in(client, PILOT, PASSWORD)
    form = next(form for form in forms_of(client.get("/compte").text) if form.action == "/deconnexion")
    client.post(form.action, data=form.values)
    came, went = lines_of(journal)
    assert (came["act"], came["outcome"], came["account"]) == ("sign-in", "done", account_id(scene, roles.PILOT))
    assert (went["act"], went["outcome"], went["by_account"]) == ("sign-out", "done", account_id(scene, roles.PILOT))
    assert came["request"] == answer["x-request-id"] != went["request"]
    assert "address" not in came
    for name in (PILOT, PASSWORD, "Camille", "exemple.invalid", "testclient"):
        assert name not in whole(journal)


def test_a_wrong_password_then_the_lock_are_told(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    client = scene.stranger()
    for _ in range(FREE_ATTEMPTS + 1):
        client.post("/connexion", data={"identifier": PILOT, "password": CANARY})
    client.post("/connexion", data={"identifier": "personne", "password": CANARY})
    told = [(line["act"], line.get("why"), line.get("account")) for line in lines_of(journal)]
    mine = account_id(scene, roles.PILOT)
    wrong = [("sign-in", "wrong", mine)] * FREE_ATTEMPTS
    assert told == [*wrong, ("account-locked", None, mine), ("sign-in", "locked", mine), ("sign-in", "unknown", None)]
    assert CANARY not in whole(journal)


def test_a_disabled_account_that_knocks_is_told(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    account = scene.house.accounts.find(PILOT)
    assert account is not None
    scene.house.accounts.disable(account.account_id, NOW)
    scene.stranger().post("/connexion", data={"identifier": PILOT, "password": PASSWORD})
    assert [(line["act"], line["outcome"], line.get("why")) for line in lines_of(journal)] == [
        ("account-disabled", "done", None),
        ("sign-in", "refused", "disabled"),
    ]


def test_nothing_that_is_typed_anywhere_is_ever_written(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    """A password typed in the place of a login, of a key, in an address, in a header."""
    client = scene.stranger(**{"User-Agent": CANARY, "X-Request-Id": CANARY, "X-Forwarded-For": CANARY})
    for sent in (
        {"identifier": CANARY, "password": PASSWORD},
        {"identifier": f"{CANARY}@exemple.fr", "password": CANARY},
        {"identifier": PILOT, "password": CANARY, "next": f"/{CANARY}"},
        {"identifier": f"{CANARY}\x00", "password": CANARY},
    ):
        client.post("/connexion", data=sent)
    for token in (CANARY, f"ctg_{CANARY}_{CANARY}", f"ctg_{CANARY.replace('-', '')}_{CANARY}"):
        assert client.get("/api/v1/conventions", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    for path in (f"/{CANARY}", f"/conventions/{CANARY}", f"/langue/{CANARY}", f"/api/v1/{CANARY}"):
        client.get(path)
    sign_in(client, PILOT, PASSWORD)
    form = next(form for form in forms_of(client.get("/compte").text) if "present" in form.values)
    client.post("/compte", data=form.filled(present=CANARY, new=f"{CANARY} encore", again=f"{CANARY} encore"))
    client.post("/compte", data={**form.values, "act": CANARY, "session": CANARY})
    client.post("/compte", data={"csrf_token": CANARY})
    assert {line["act"] for line in lines_of(journal)} == {"sign-in", "key-presented", "password-changed", "form"}
    assert CANARY not in whole(journal)
    assert CANARY.replace("-", "") not in whole(journal)


def test_what_a_role_does_not_allow_is_told_of_people_and_tools(
    scene: Scene, journal: pytest.LogCaptureFixture
) -> None:
    scene.browser(roles.AUDITOR).get("/administration")
    prefix = scene.keys[roles.AUDITOR].split("_")[1]
    address = f"/api/v1/conventions/{scene.here.convention}/record-engagement"
    scene.tool(roles.AUDITOR).post(address, json={}, headers={"Idempotency-Key": "k"})
    person, tool = lines_of(journal, "access")
    assert (person["why"], person["by_account"]) == ("not-entitled", account_id(scene, roles.AUDITOR))
    assert (tool["why"], tool["by_key"]) == ("not-entitled", prefix)
    assert re.fullmatch("[a-z-]+", person["action"])


def test_an_act_refused_for_want_of_a_right_is_told_by_whoever_decides(
    scene: Scene, journal: pytest.LogCaptureFixture
) -> None:
    """The door lets a partner through; the one in whose name they write is another."""
    address = f"/api/v1/conventions/{scene.here.convention}/record-signature"
    body = {"partner_id": str(scene.msa), "covers": ["PLAN"], "text_sha256": "a" * 64, "occurred_on": "2026-05-04"}
    client = scene.tool(roles.PARTNER_REPRESENTATIVE)
    answer = client.post(address, json=body, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 403, answer.text
    (line,) = lines_of(journal, "access")
    assert (line["why"], line["action"], line["territory"]) == (
        "not-entitled",
        "record-signature",
        str(scene.here.territory),
    )


def test_whoever_looks_into_another_territory_is_told(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    assert scene.browser(roles.PILOT).get(f"/conventions/{scene.there.convention}").status_code == 404
    address = f"/api/v1/conventions/{scene.there.convention}/record-engagement"
    sent = scene.tool(roles.PILOT).post(address, json={}, headers={"Idempotency-Key": "k"})
    assert sent.status_code == 404
    looked, acted = lines_of(journal, "access")
    assert (looked["why"], looked["by_account"]) == ("unseen", account_id(scene, roles.PILOT))
    assert (acted["why"], acted["action"]) == ("unseen", "record-engagement")


def test_a_role_that_is_given_is_told_with_its_event(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, f"/territoires/{scene.here.territory}/actes/assign-territory-role")
    sent = form.filled(role="MEETING_SECRETARY", person_id=str(person_of(roles.AUDITOR)), reason=CANARY)
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, answer.text
    (line,) = lines_of(journal, "role-given")
    assert (line["role"], line["person"]) == ("MEETING_SECRETARY", str(person_of(roles.AUDITOR)))
    assert line["by_account"] == account_id(scene, roles.PILOT)
    assert line["recorded"] == str(scene.events()[-1].envelope.event_id)
    assert CANARY not in whole(journal)


def test_keys_are_told_by_their_prefix(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    prefix, secret = scene.keys[roles.PILOT].split("_", 2)[1:]
    key = next(one for one in scene.house.api_keys.issued() if one.prefix == prefix)
    other = "ctg_" + prefix + "_" + secret[::-1]
    scene.stranger().get("/api/v1/conventions", headers={"Authorization": f"Bearer {other}"})
    scene.house.api_keys.revoke(key.key_id, NOW)
    scene.tool(roles.PILOT).get("/api/v1/conventions")
    scene.clock.moment += timedelta(days=400)
    scene.tool(roles.AUDITOR).get("/api/v1/conventions")
    told = [(line["act"], line.get("why"), line["key"]) for line in lines_of(journal)]
    assert told == [
        ("key-presented", "wrong", prefix),
        ("key-revoked", None, prefix),
        ("key-presented", "revoked", prefix),
        ("key-presented", "expired", scene.keys[roles.AUDITOR].split("_")[1]),
    ]
    assert secret not in whole(journal)


def test_sessions_closed_and_passwords_changed_are_told(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    client = scene.stranger()
    sign_in(scene.stranger(), PILOT, PASSWORD)
    sign_in(client, PILOT, PASSWORD)
    forms = forms_of(client.get("/compte").text)
    client.post("/compte", data=next(form.values for form in forms if form.values.get("act") == ["fermer"]))
    form = next(form for form in forms if "present" in form.values)
    scene.clock.moment += timedelta(seconds=1)
    client.post("/compte", data=form.filled(present=PASSWORD, new=f"{CANARY} encore", again=f"{CANARY} encore"))
    mine = account_id(scene, roles.PILOT)
    assert [(line["act"], line["account"], line["sessions"], line["by_account"]) for line in lines_of(journal)[2:]] == [
        ("sessions-closed", mine, 1, mine),
        ("password-changed", mine, 1, mine),
    ]


def test_a_form_of_another_site_is_told(scene: Scene, journal: pytest.LogCaptureFixture) -> None:
    scene.browser(roles.PILOT).post("/compte", data={}, headers={"Origin": f"https://{CANARY}.example"})
    (line,) = lines_of(journal)
    assert (line["act"], line["why"]) == ("form", "other-site")
    assert CANARY not in whole(journal)


@pytest.mark.parametrize(("client", "told"), [("203.0.113.7", "203.0.113.7"), (CANARY, None)])
def test_addresses_are_told_only_where_the_operator_asks_and_only_when_they_are_some(
    scene: Scene, journal: pytest.LogCaptureFixture, client: str, told: str | None
) -> None:
    services = scene.house.services()
    object.__setattr__(services, "tells_addresses", True)
    with_addresses = TestClient(create_app(services), client=(client, 50_000))
    with_addresses.post("/connexion", data={"identifier": "personne", "password": "x"})
    (line,) = lines_of(journal)
    assert line.get("address") == told
