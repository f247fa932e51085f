"""A page that has not changed is not made again; whatever it shows or depends on gives it another ETag."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from api.pages.addresses import JOURNAL, PATHS
from api.pages.rendering import TEMPLATES
from api.pages.unchanged import PRIVATE, sources_of_pages
from domain import roles
from domain.delegations.granting import GrantDelegation, RevokeDelegation
from domain.kernel import Actor, RoleHeld
from domain.values import Code, Prose, deterministic_id
from tests.api.forms import act, open_form
from tests.api.scene import ELSEWHERE, NOBODY, Scene, login_of, person_of
from workflows import schema
from workflows.delivery.letters import letter_to
from workflows.delivery.outbox import enqueue
from workflows.instants import PARIS

PAGES: tuple[Callable[[Scene], str], ...] = (
    lambda scene: "/departement",
    *((lambda scene, name=name: scene.page_of(scene.here, name)) for name in PATHS),
)


def tag_of(client: TestClient, path: str) -> str:
    """The ETag of a page, which must hold a second time."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, PRIVATE)
    tag = str(answer.headers["etag"])
    assert is_kept(client, path, tag)
    return tag


def is_kept(client: TestClient, path: str, tag: str) -> bool:
    answer = client.get(path, headers={"If-None-Match": tag})
    if answer.status_code == 304:
        assert answer.content == b""
        assert answer.headers["cache-control"] == PRIVATE
        assert answer.headers["etag"] == tag
        return True
    assert answer.status_code == 200
    return False


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_given_again_until_something_is_recorded_there(scene: Scene, page: Callable[[Scene], str]) -> None:
    client, path = scene.browser(roles.FRAMEWORK_PILOT), page(scene)
    tag = tag_of(client, path)
    scene.here.engage(date(2026, 1, 15))
    assert not is_kept(client, path, tag)
    tag_of(client, path)


def test_a_page_kept_before_midnight_is_made_again_after_it(scene: Scene) -> None:
    """Days late are counted from today, and nothing need be recorded for them to change."""
    scene.clock.moment = datetime(2026, 6, 1, 23, 50, tzinfo=PARIS)
    client, path = scene.browser(roles.FRAMEWORK_PILOT), scene.page_of(scene.here)
    tag = tag_of(client, path)
    scene.clock.moment += timedelta(minutes=9)
    assert is_kept(client, path, tag)
    scene.clock.moment += timedelta(minutes=2)
    assert not is_kept(client, path, tag)


def close_account(scene: Scene, role: str) -> None:
    """Nobody comes in by the account of whoever holds a role."""
    account = scene.house.accounts.find(login_of(role))
    assert account is not None
    scene.house.accounts.disable(account.account_id, scene.clock.now())


def test_whose_account_is_closed_is_told_with_who_is_reminded_instead(scene: Scene) -> None:
    client, page = scene.browser(roles.FRAMEWORK_PILOT), scene.page_of(scene.here, JOURNAL)
    assert "sans compte ouvert" not in client.get(page).text
    close_account(scene, roles.COOPERATION_OFFICER)
    shown = unescape(client.get(page).text)
    assert "Camille Cooperation_Officer, sans compte ouvert. Ses rappels vont à Camille Pilot (pilote)." in shown


CHANGES: dict[str, Callable[[Scene], object]] = {
    "the committee met": lambda scene: scene.here.meet("m9", date(2026, 1, 10)),
    "a role was given": lambda scene: scene.here.assign("AUDITOR", person_of(NOBODY), date(2024, 1, 1)),
    "a role on the framework": lambda scene: scene.here.assign_on_framework(
        "COMMITTEE_CHAIR", person_of(NOBODY), date(2024, 1, 1)
    ),
    "an account was closed": lambda scene: close_account(scene, roles.PILOT),
    "a name was changed": lambda scene: scene.house.vault.change_person(person_of(roles.PILOT), name="Alix Autre"),
    "a name was forgotten": lambda scene: scene.house.vault.forget_person(person_of(roles.PILOT)),
    "a text was erased": lambda scene: scene.house.vault.destroy_key(
        scene.here.dossier.own[-1].event.envelope.event_id
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_shown_beside_the_facts_changes_the_page(scene: Scene, change: str) -> None:
    client, path = scene.browser(roles.FRAMEWORK_PILOT), scene.page_of(scene.here)
    tag = tag_of(client, path)
    CHANGES[change](scene)
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code != 304


@pytest.mark.parametrize("became", [{"sent_at": "2026-06-02"}, {"withdrawn_at": "2026-06-02", "withdrawn_for": "late"}])
def test_a_reminder_that_left_or_was_held_back_since_is_not_told_as_it_was_before(
    scene: Scene, became: dict[str, str]
) -> None:
    """Nothing is recorded when a letter leaves, or is replaced by a more severe one."""
    client, path = scene.browser(roles.FRAMEWORK_PILOT), scene.page_of(scene.here)
    elsewhere = scene.page_of(scene.there)
    event = scene.events()[-1].envelope.event_id
    letter = letter_to(person_of(roles.PILOT), "reminder", scene.events()[-1], scene.here.territory)
    with scene.house.engine.begin() as connection:
        enqueue(connection, letter, scene.clock.now())
    tag, tag_elsewhere = tag_of(client, path), tag_of(client, elsewhere)
    with scene.house.engine.begin() as connection:
        connection.execute(update(schema.outbox).where(schema.outbox.c.about_id == event).values(**became))
    assert not is_kept(client, path, tag)
    assert is_kept(client, elsewhere, tag_elsewhere)


def test_an_act_that_was_refused_is_shown(scene: Scene) -> None:
    client, path = scene.browser(roles.PILOT), scene.page_of(scene.here)
    tag = tag_of(client, path)
    form = open_form(client, act(scene, "activate-convention"))
    assert client.post(form.action, data=form.filled(reason="", occurred_on="2026-05-12")).status_code == 422
    assert not is_kept(client, path, tag)


def test_a_page_of_somebody_else_or_of_another_sign_in_is_not_theirs(scene: Scene) -> None:
    path = scene.page_of(scene.here)
    tag = tag_of(scene.browser(roles.PILOT), path)
    assert not is_kept(scene.browser(roles.PILOT), path, tag), "signed in again"
    assert not is_kept(scene.browser(roles.CO_PILOT), path, tag)
    assert not is_kept(scene.browser(roles.PILOT, "en"), path, tag)
    assert scene.browser(ELSEWHERE).get(path, headers={"If-None-Match": tag}).status_code == 404


def test_who_lost_the_right_is_not_given_the_page_again(scene: Scene) -> None:
    """Of a role that ended, not even that the page is unchanged is said."""
    scene.here.assign("AUDITOR", person_of(NOBODY), date(2024, 1, 1), scene.clock.today())
    client, path = scene.browser(NOBODY), scene.page_of(scene.here)
    tag = tag_of(client, path)
    scene.clock.set(date(scene.clock.today().year + 1, 1, 1))
    client = scene.browser(NOBODY)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 403


def test_a_message_and_a_form_are_kept_nowhere(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    done = client.post(form.action, data=form.filled(reason="", occurred_on="2026-05-12"))
    told = client.get(done.headers["location"])
    assert told.status_code == 200
    for answer in (told, client.get(form.action)):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_signing_out_clears_what_the_browser_kept(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    session = scene.house.sessions.find(next(iter(client.cookies.values())), scene.clock.now())
    assert session is not None
    answer = client.post("/deconnexion", data={"csrf_token": session.csrf_token})
    assert answer.headers["clear-site-data"] == '"cache"'


def test_another_territory_changes_nothing_here(scene: Scene) -> None:
    client, path = scene.browser(roles.PILOT), scene.page_of(scene.here)
    tag = tag_of(client, path)
    scene.there.forum("fo5", date(2026, 5, 12))
    assert is_kept(client, path, tag)


def test_another_release_gives_every_page_another_tag(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # wherever the server is started
    sources = {file.relative_to(TEMPLATES.parents[1]).as_posix() for file in sources_of_pages()}
    assert sources >= {"api/templates/base.html", "domain/roles.py", "projections/saying.py"}
    assert any(name.endswith(".po") for name in sources)
    assert not any(name.startswith(("tests/", ".")) for name in sources)


def test_a_delegation_on_the_whole_framework_shows_at_once_to_the_partner_of_one_territory(scene: Scene) -> None:
    """What is recorded on no territory is on the page of the framework all the same."""
    page, network = f"/cadre/{scene.here.framework}", Actor(UUID(int=3), (everywhere(scene),))
    for role in (roles.PARTNER_REPRESENTATIVE, roles.AUDITOR):
        client, given = scene.browser(role), deterministic_id("delegation", role)
        tag = tag_of(client, page)
        scene.here.tell(
            GrantDelegation(
                stream_id=given,
                home_framework_id=scene.here.framework,
                delegator_id=scene.here.caf,
                given_to=Code("NETWORK"),
                matters=(Code("COMMON_ANSWER"),),
            ),
            network,
        )
        assert not is_kept(client, page, tag), "a delegation was given"
        tag = tag_of(client, page)
        scene.here.tell(RevokeDelegation(stream_id=given, motive=Prose("Le conseil la reprend")), network)
        assert not is_kept(client, page, tag), "it was taken back"


def everywhere(scene: Scene) -> RoleHeld:
    """The role of whoever pilots the framework."""
    return RoleHeld(roles.FRAMEWORK_PILOT, framework_id=scene.here.framework)
