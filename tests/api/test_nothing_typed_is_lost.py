"""A form whose session ended, or that meets a busy database, gives back all that was typed; nothing is half done."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from domain import roles
from tests.api.forms import act, form_of, open_form
from tests.api.scene import PASSWORD, Scene, login_of

STATEMENT = "Un mot bien à nous : l’été, tout ferme"


def _typed(scene: Scene) -> tuple[str, dict[str, list[str]]]:
    address = act(scene, "record-shared-diagnosis")
    form = open_form(scene.browser(roles.PILOT), address)
    finding = {"findings__0__theme": "YOUTH", "findings__0__kind": "ASSET", "findings__0__statement": STATEMENT}
    return address, form.filled(**finding, occurred_on="2026-05-12")


def test_what_was_typed_before_the_session_ended_is_given_back_after_signing_in(scene: Scene) -> None:
    address, typed = _typed(scene)
    client = scene.browser(roles.PILOT)
    before = scene.event_count()
    scene.clock.moment += timedelta(hours=3)
    refused = client.post(address, data=typed)
    assert refused.status_code == 401
    for told in (refused.text, client.get(address, follow_redirects=True).text):  # sent, and asked for
        assert "Votre session est terminée" in told
        assert "Connexion refusée" not in told, "nobody was refused"
    sign_in = form_of(refused.text, "/connexion")
    wrong = client.post("/connexion", data=sign_in.filled(identifier=login_of(roles.PILOT), password="pas celui-ci"))
    assert wrong.status_code == 401
    assert "Connexion refusée" in wrong.text
    sign_in = form_of(wrong.text, "/connexion")
    back = client.post("/connexion", data=sign_in.filled(identifier=login_of(roles.PILOT), password=PASSWORD))
    assert back.status_code == 200
    resume = form_of(back.text, address)
    shown = client.post(address, data={**resume.values, "_add": "nothing"})
    assert shown.status_code == 200
    assert scene.event_count() == before
    again = form_of(shown.text, address)
    assert again.one("findings.0.statement") == STATEMENT
    assert again.one("findings.0.theme") == "YOUTH"
    assert again.one("occurred_on") == "2026-05-12"
    assert client.post(address, data=again.values).status_code == 303
    assert scene.event_count() == before + 1


@pytest.fixture
def impatient(scene: Scene) -> Iterator[None]:
    """The server waits a fifth of a second for the database, instead of ten seconds."""

    def hurry(connection: Any, record: Any, proxy: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 200")

    event.listen(scene.house.engine, "checkout", hurry)
    yield
    event.remove(scene.house.engine, "checkout", hurry)
    scene.house.engine.dispose()


def test_a_busy_database_gives_back_what_was_typed_to_be_sent_again(scene: Scene, impatient: None) -> None:
    address, typed = _typed(scene)
    client = scene.browser(roles.PILOT)
    before = scene.event_count()
    path = scene.house.settings.sqlite_path
    assert path is not None
    token = _csrf(client, address)
    other = sqlite.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        busy = client.post(address, data={**typed, "csrf_token": token})
        assert busy.status_code == 503
        assert busy.headers["Retry-After"]
    finally:
        other.close()
    assert scene.event_count() == before
    kept = form_of(busy.text, address)
    assert kept.one("findings.0.statement") == STATEMENT
    assert client.post(address, data=kept.values).status_code == 303
    assert scene.event_count() == before + 1


def _csrf(client: TestClient, address: str) -> str:
    return open_form(client, address).one("csrf_token")


@pytest.mark.parametrize("cookie", [None, "signed-out-long-ago"])
def test_what_was_typed_without_any_session_is_given_back_after_signing_in(scene: Scene, cookie: str | None) -> None:
    address, typed = _typed(scene)
    client, before = scene.stranger(), scene.event_count()
    if cookie is not None:
        client.cookies.set("ctg_session", cookie)
    refused = client.post(address, data=typed)
    assert refused.status_code == 401
    client.cookies.clear()
    back = client.post("/connexion", data=_signing_in(refused.text))
    assert form_of(back.text, address).one("findings.0.statement") == STATEMENT
    sent = client.post(address, data=form_of(back.text, address).values)
    assert sent.status_code == 303
    assert scene.event_count() == before + 1


def test_what_another_site_sends_for_someone_signed_out_is_not_kept(scene: Scene) -> None:
    address, typed = _typed(scene)
    answer = scene.stranger().post(address, data=typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert STATEMENT not in html.unescape(answer.text)


def test_a_page_older_than_the_session_is_shown_again_with_what_was_typed(scene: Scene) -> None:
    address, typed = _typed(scene)
    client, before = scene.browser(roles.PILOT), scene.event_count()
    aged = client.post(address, data={**typed, "csrf_token": ["of the session before"]})
    assert aged.status_code == 403
    assert "Cette page a vieilli" in aged.text
    assert scene.event_count() == before
    again = form_of(aged.text, address)
    assert again.one("findings.0.statement") == STATEMENT
    assert client.post(address, data=again.values).status_code == 303
    assert scene.event_count() == before + 1


def test_signing_in_while_the_database_is_busy_keeps_what_was_typed(scene: Scene, impatient: None) -> None:
    address, typed = _typed(scene)
    client = scene.stranger()
    refused = client.post(address, data=typed)
    path = scene.house.settings.sqlite_path
    assert path is not None
    other = sqlite.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        busy = client.post("/connexion", data=_signing_in(refused.text))
    finally:
        other.close()
    assert busy.status_code == 503
    assert busy.headers["Retry-After"]
    assert PASSWORD not in busy.text
    assert form_of(busy.text, "/connexion").one("identifier") == login_of(roles.PILOT)
    back = client.post("/connexion", data=_signing_in(busy.text))
    assert form_of(back.text, address).one("findings.0.statement") == STATEMENT


def _signing_in(page: str) -> dict[str, list[str]]:
    return form_of(page, "/connexion").filled(identifier=login_of(roles.PILOT), password=PASSWORD)
