"""When the database is locked or lost: a plain answer, when to come back, nothing recorded, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import RETRY_AFTER_SECONDS
from domain import roles
from tests.api.forms import act, form_of, open_form
from tests.api.routes import API
from tests.api.scene import PASSWORD, Scene, login_of
from tests.postgres import Server

FORUM = {
    "forum_id": "fo9",
    "themes": ["YOUTH"],
    "attendance_by_expertise": {"technical": 1, "political": 1, "usage": 1},
    "occurred_on": "2026-05-12",
}
KEY = {"Idempotency-Key": "k"}


@contextmanager
def locked(scene: Scene) -> Iterator[None]:
    """Another process writes, and does not end; nobody waits for it as long as in production."""
    path = scene.house.settings.sqlite_path
    assert path is not None
    engine = scene.house.engine
    engine.dispose()

    def hasten(connection: Any, _entry: object) -> None:
        connection.execute("PRAGMA busy_timeout = 30")

    event.listen(engine, "connect", hasten)
    try:
        with closing(sqlite.connect(str(path), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
    finally:
        event.remove(engine, "connect", hasten)
        engine.dispose()


def test_on_a_locked_sqlite_a_tool_is_told_to_come_back_and_may_still_read(scene: Scene) -> None:
    client, before = scene.tool(roles.PILOT), scene.event_count()
    address = f"{API}/conventions/{scene.here.convention}"
    with locked(scene):
        answer = client.post(f"{address}/record-forum", json=FORUM, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"] == str(RETRY_AFTER_SECONDS)
        for path in ("", "/deadlines", "/themes", "/signatures", "/plan", "/meetings", "/waivers", "/events"):
            assert client.get(address + path).status_code == 200, path
        assert client.get(f"{API}/conventions").status_code == 200
    assert scene.event_count() == before
    answer = client.post(f"{address}/record-forum", json=FORUM, headers=KEY)
    assert (answer.status_code, answer.json()["replayed"]) == (200, False)


def test_on_a_locked_sqlite_a_refusal_is_a_refusal_or_a_503_but_no_defect(scene: Scene) -> None:
    with locked(scene):
        body = {**FORUM, "occurred_on": "2027-01-01"}
        address = f"{API}/conventions/{scene.here.convention}/record-forum"
        answer = scene.tool(roles.PILOT).post(address, json=body, headers=KEY)
        assert answer.status_code in (422, 503)


def test_on_a_locked_sqlite_a_form_is_given_back_and_pages_are_still_read(scene: Scene) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, act(scene, "record-engagement"))
    sent = form.filled(reason="Long à écrire", occurred_on="2026-05-12")
    with locked(scene):
        answer = client.post(form.action, data=sent)
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == str(RETRY_AFTER_SECONDS)
        kept = form_of(answer.text, form.action)
        assert {name: values for name, values in kept.values.items() if any(values)} == {
            name: values for name, values in sent.items() if any(values)
        }
        for path in ("/departement", scene.page_of(scene.here), form.action):
            assert client.get(path).status_code == 200, path
    assert scene.event_count() == before
    assert client.post(form.action, data=kept.values).status_code == 303
    assert scene.event_count() == before + 1


def test_nobody_is_signed_in_while_sqlite_is_locked(scene: Scene) -> None:
    client = scene.stranger()
    with locked(scene):
        answer = client.post("/connexion", data={"identifier": login_of(roles.PILOT), "password": PASSWORD})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == str(RETRY_AFTER_SECONDS)
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200, "what is read is still answered"
    assert (
        client.post("/connexion", data={"identifier": login_of(roles.PILOT), "password": PASSWORD}).status_code == 303
    )


def test_a_session_last_seen_long_ago_still_reads_while_sqlite_is_locked(scene: Scene) -> None:
    """Noting that it was seen is not worth refusing a page."""
    client, tool = scene.browser(roles.PILOT), scene.tool(roles.PILOT)
    assert tool.get(f"{API}/conventions").status_code == 200
    scene.clock.moment += timedelta(minutes=10)
    with locked(scene):
        assert client.get("/departement").status_code == 200
        assert tool.get(f"{API}/conventions").status_code == 200


def test_a_store_that_is_lost_is_said_plainly(scene: Scene) -> None:
    path = scene.house.settings.sqlite_path
    assert path is not None
    browser, tool = scene.browser(roles.PILOT), scene.tool(roles.PILOT)
    scene.house.engine.dispose()
    path.write_bytes(b"this is no database" * 1_000)
    page, answer, ready = browser.get("/departement"), tool.get(f"{API}/conventions"), tool.get("/readyz")
    assert page.status_code == answer.status_code == ready.status_code == 503
    assert page.headers["content-type"].startswith("text/html")
    assert answer.json()["code"] == "unavailable"
    assert ready.json()["failing"].keys() == {"database"}
    assert "ctg doctor" in ready.json()["failing"]["database"]
    assert tool.get("/healthz").status_code == 200


def test_readyz_names_the_job_that_fails(scene: Scene) -> None:
    client = TestClient(create_app(scene.house.services(), lambda: {"job letters": "MailRefused"}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, {"job letters": "MailRefused"})
    assert client.get("/healthz").status_code == 200


@pytest.mark.postgres
def test_when_postgresql_goes_away_nothing_is_recorded_and_all_is_said_plainly(
    postgres_scene: Scene, postgres_server: Server
) -> None:
    scene = postgres_scene
    browser, tool = scene.browser(roles.PILOT), scene.tool(roles.PILOT)
    form = open_form(browser, act(scene, "record-engagement"))
    before = scene.event_count()
    address = f"{API}/conventions/{scene.here.convention}/record-forum"
    with gone(scene, postgres_server):
        answer = tool.post(address, json=FORUM, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"] == str(RETRY_AFTER_SECONDS)
        for page in (browser.get("/departement"), browser.post(form.action, data=form.values)):
            assert page.status_code == 503
            assert page.headers["content-type"].startswith("text/html")
        assert tool.get("/readyz").status_code == 503
        assert tool.get("/healthz").status_code == 200
    assert scene.event_count() == before
    assert tool.post(address, json=FORUM, headers=KEY).status_code == 200
    assert browser.post(form.action, data=form.values).status_code == 303
    assert scene.event_count() == before + 2


@contextmanager
def gone(scene: Scene, server: Server) -> Iterator[None]:
    """The database takes no connection, and those that were open are cut."""
    name = scene.house.engine.url.database
    scene.house.engine.dispose()
    with psycopg.connect(server.url.render_as_string(hide_password=False), autocommit=True) as office:
        office.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        office.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",  # an autovacuum worker is a superuser's to end
            (name,),
        )
        try:
            yield
        finally:
            office.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
