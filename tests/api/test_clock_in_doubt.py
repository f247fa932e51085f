"""A clock that is far from where time had come: nothing is written on it, all is read, and what to do is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.pages.shell import SIGN_OUT
from domain import roles
from domain.kernel import COMMANDS
from tests.api.forms import act, form_of, open_form
from tests.api.routes import API, doors
from tests.api.scene import NOW, PASSWORD, Scene, login_of
from workflows.clock_watch import CLOCK_REACHED
from workflows.instance import instance_facts
from workflows.schema import accounts, sessions

FAR = timedelta(days=400)
KEY = {"Idempotency-Key": "k"}


@pytest.fixture
def wrong(scene: Scene) -> Scene:
    """The scene, whose jobs ran a moment ago, on a clock that is 400 days ahead."""
    scene.house.watch.reached(NOW)
    scene.clock.moment += FAR
    return scene


def test_a_tool_records_nothing_on_a_clock_400_days_ahead_and_may_still_read(wrong: Scene) -> None:
    wrong.clock.moment = NOW
    keys = {role: wrong.tool(role) for role in (roles.PILOT, roles.PARTNER_REPRESENTATIVE)}
    wrong.clock.moment += timedelta(days=46)
    before, client = wrong.event_count(), keys[roles.PILOT]
    address = f"{API}/conventions/{wrong.here.convention}"
    answer = client.post(f"{address}/record-engagement", json={}, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (503, "clock-in-doubt")
    assert "exploitant" in answer.json()["title"]
    assert client.put(f"{API}/files/{'a' * 64}", content=b"%PDF").json()["code"] == "clock-in-doubt"
    assert wrong.event_count() == before
    assert client.get(address).status_code == 200
    wrong.house.watch.accept(wrong.clock.now())
    assert client.post(f"{address}/record-engagement", json={}, headers=KEY).status_code != 503


def test_what_was_typed_on_a_clock_in_doubt_is_given_back(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    scene.house.watch.accept(NOW - FAR)
    before, sent = scene.event_count(), form.filled(reason="Long à écrire", occurred_on="2026-05-12")
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 503
    assert "L’horloge du serveur est en doute" in answer.text
    assert form_of(answer.text, form.action).one("reason") == "Long à écrire"
    assert scene.event_count() == before


def test_no_page_writes_on_a_clock_in_doubt(scene: Scene) -> None:
    """Nor does one of a later release: a session, a lock or a password of a wrong day would outlive it."""
    client = scene.browser(roles.ADMINISTRATOR)
    token = client.get("/compte").text.split('name="csrf_token" value="')[1].partition('"')[0]
    scene.house.watch.accept(NOW - FAR)
    posts = [one for one in doors(scene.app) if not one.is_api and one.method == "POST" and one.path != SIGN_OUT]
    acts = [one for one in posts if "/actes/" in one.path or one.action in COMMANDS]
    data = {"csrf_token": token, "identifier": login_of(roles.PILOT), "password": PASSWORD}
    with scene.house.engine.connect() as connection:
        before = [connection.execute(select(table)).all() for table in (accounts, sessions)]
    for one in (*[each for each in posts if each not in acts], acts[0]):
        status = client.post(one.address(scene), data=data).status_code
        assert status == 503 or (one in acts and status in (400, 403)), one.path
    with scene.house.engine.connect() as connection:
        assert [connection.execute(select(table)).all() for table in (accounts, sessions)] == before
    assert client.post(SIGN_OUT, data=data).status_code == 303, "whoever leaves may always do so"


def test_somebody_who_signs_in_on_a_clock_in_doubt_is_told_whom_to_tell(wrong: Scene) -> None:
    answer = wrong.stranger().post("/connexion", data={"identifier": login_of(roles.PILOT), "password": PASSWORD})
    assert answer.status_code == 503
    assert "La date du serveur est en doute" in answer.text


def test_readyz_says_of_a_clock_in_doubt_what_to_do(wrong: Scene) -> None:
    client = wrong.stranger()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    said = answer.json()["failing"]["clock"]
    assert "400 jours après" in said
    assert "ctg clock accept 2027-07-06" in said
    assert client.get("/healthz").status_code == 200
    wrong.house.watch.accept(wrong.clock.now())
    assert client.get("/readyz").json() == {"status": "ok", "failing": {}}


def test_a_clock_that_went_back_is_told_and_by_too_much_is_not_believed(scene: Scene) -> None:
    scene.house.watch.reached(NOW)
    scene.clock.moment -= timedelta(minutes=5)  # set right by the machine
    assert scene.stranger().get("/readyz").json() == {"status": "ok", "failing": {}}
    scene.clock.moment = NOW - timedelta(days=3)
    answer = scene.stranger().get("/readyz")
    assert answer.status_code == 200
    assert "revenue en arrière" in answer.json()["told"]["clock"]
    scene.house.watch.reached(scene.clock.now())
    assert instance_facts(scene.house.engine)[CLOCK_REACHED].startswith("2026-06-01"), "the mark never goes back"
    scene.clock.moment = NOW - FAR
    assert "400 jours avant" in scene.stranger().get("/readyz").json()["failing"]["clock"]


def test_lists_keep_nothing_of_a_day_that_never_was(wrong: Scene) -> None:
    """What a list keeps of a later day is not replaced when the clock is right again."""
    summaries = wrong.house.summaries

    def days() -> set[object]:
        with wrong.house.engine.connect() as connection:
            return set(connection.execute(select(summaries.table.c.made_on)).scalars())

    wrong.clock.moment = NOW
    summaries.rebuild()
    assert days() == {NOW.date()}
    wrong.clock.moment += FAR
    summaries.refresh()
    summaries.on_territories(None)
    assert days() == {NOW.date()}
