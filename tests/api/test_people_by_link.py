"""What links let people do: accept an invitation, choose another password; and what they keep from strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.app import create_app
from ctg_engine.mailing import posting
from domain import roles
from tests.api.forms import forms_of, sign_in
from tests.api.scene import NOBODY, PASSWORD, Scene, login_of
from tests.workflows.post_office import PostOffice, said_in
from workflows import schema
from workflows.links import LASTING, MOST_WRONG, Purpose

NEW = "une ludothèque au bord du Gers"
LOU = {"name": "Lou Exemple", "email": "Lou@Exemple.invalid", "role": roles.COOPERATION_OFFICER}
INVITING = "/administration/inviter"


def invited(scene: Scene, by: str, **changes: str) -> tuple[TestClient, str]:
    """The browser of who invited somebody, and the page that answered."""
    client = scene.browser(by)
    form = next(form for form in forms_of(client.get(INVITING).text) if form.action == INVITING)
    asked = {**LOU, "place": str(scene.here.territory), **changes}
    answer = client.post(INVITING, data=form.filled(**asked))
    return client, answer.text if answer.status_code != 303 else answer.headers["location"]


def link_in(page: str) -> str:
    """The address of the link that a page shows, from its host on."""
    found = re.search(r'class="ticket-link">[^<]*?(/(?:invitation|mot-de-passe)/[a-z0-9-]+)<', page)
    assert found is not None, page
    return found[1]


def choose(client: TestClient, path: str, password: str = NEW, again: str | None = None) -> int:
    """Choose a password with a link; how that is answered."""
    answer = client.post(path, data={"new": password, "again": password if again is None else again})
    return answer.status_code


@pytest.mark.parametrize("by", [roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT, roles.PILOT])
def test_a_guest_accepts_with_the_link_that_was_handed_over_and_acts_at_once(scene: Scene, by: str) -> None:
    _, page = invited(scene, by)
    assert "Le lien de Lou Exemple, à remettre" in page
    guest = scene.stranger()
    path = link_in(page)
    shown = guest.get(path)
    assert shown.status_code == 200
    assert "Lou Exemple, un compte vous attend" in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert choose(guest, path) == 303
    assert guest.get(f"/t/{scene.siren_of(scene.here)}").status_code == 200
    sign_in(scene.stranger(), "lou@exemple.invalid", NEW)


def test_a_link_lets_one_person_in_once(scene: Scene) -> None:
    path = link_in(invited(scene, roles.PILOT)[1])
    first, second = scene.stranger(), scene.stranger()
    assert first.get(path).status_code == second.get(path).status_code == 200, "reading it spends nothing"
    assert choose(first, path) == 303
    assert choose(second, path, "un autre mot de passe long") == 404
    assert second.get(path).status_code == 404
    sign_in(scene.stranger(), "lou@exemple.invalid", NEW)


def test_a_link_ends_with_its_time_and_nothing_of_it_opens_from_the_database(scene: Scene) -> None:
    path = link_in(invited(scene, roles.PILOT)[1])
    token = path.rpartition("/")[2].replace("-", "")
    with scene.house.engine.connect() as connection:
        kept = str(connection.execute(select(schema.one_time_links)).all())
    assert token not in kept and token[8:] not in kept
    scene.clock.moment += LASTING[Purpose.JOIN]
    assert choose(scene.stranger(), path) == 404
    assert scene.house.links.remove_ended(scene.clock.now()) == 1


def test_a_weak_password_or_a_slip_leaves_the_link_as_it_was(scene: Scene) -> None:
    path = link_in(invited(scene, roles.PILOT)[1])
    guest = scene.stranger()
    assert choose(guest, path, "azertyuiop12") == 422
    assert choose(guest, path, NEW, "autre chose") == 422
    assert choose(guest, path) == 303


def test_a_link_that_strangers_try_is_dead_before_they_could_guess_it(scene: Scene) -> None:
    path = link_in(invited(scene, roles.PILOT)[1])
    wrong = path[:-4] + ("aaaa" if not path.endswith("aaaa") else "bbbb")
    stranger = scene.stranger()
    answers = {stranger.get(wrong).status_code for _ in range(MOST_WRONG)}
    assert answers == {404}
    assert scene.stranger().get(path).status_code == 404, "a new one is made from the account"


def test_a_guest_who_has_not_come_in_is_nobody_yet(scene: Scene) -> None:
    invited(scene, roles.ADMINISTRATOR, role=roles.ADMINISTRATOR, place="instance")
    account = scene.house.accounts.find(LOU["email"])
    assert account is not None and account.is_administrator
    assert account.person_id not in scene.house.accounts.administrators()
    assert not scene.house.accounts.may_sign_in(account.person_id)
    wrong = scene.stranger().post("/connexion", data={"identifier": LOU["email"], "password": ""})
    assert wrong.status_code == 401


def test_somebody_with_an_account_gets_the_role_and_no_link(scene: Scene) -> None:
    known = scene.house.accounts.find(login_of(NOBODY))
    assert known is not None
    _, where = invited(scene, roles.PILOT, email=login_of(NOBODY) + "@exemple.invalid")
    assert "/invitation/" in where, "a login of another form is another account"
    login = "pilote@exemple.invalid"
    scene.house.accounts.create(login, known.person_id, PASSWORD, scene.clock.now())
    _, where = invited(scene, roles.PILOT, email=login)
    assert where.startswith("/administration/comptes/")
    assert any(
        one.role == roles.COOPERATION_OFFICER for one in scene.house.roles_of(known.person_id, scene.clock.today())
    )


REFUSED = {
    "pilot": {"role": roles.PILOT},
    "voice": {"role": roles.PARTNER_EXECUTIVE},
    "administrator": {"role": roles.ADMINISTRATOR},
    "elsewhere": {},
}


@pytest.mark.parametrize("asked", REFUSED)
def test_a_local_pilot_invites_to_what_they_may_give_and_nothing_else(scene: Scene, asked: str) -> None:
    before = scene.event_count(), len(scene.house.accounts.accounts())
    changes = {"partner_id": str(scene.here.caf), **REFUSED[asked]}
    if asked == "elsewhere":
        changes["place"] = str(scene.there.territory)
    _, page = invited(scene, roles.PILOT, **changes)
    assert 'role="alert"' in page
    assert (scene.event_count(), len(scene.house.accounts.accounts())) == before
    assert "Lou Exemple" in page, "what was typed is still there"


def test_nobody_gets_the_link_of_somebody_with_more_rights(scene: Scene) -> None:
    """A pilot who could have a link made for an invited administrator would be the administrator."""
    invited(scene, roles.ADMINISTRATOR, role=roles.ADMINISTRATOR, place="instance")
    _, where = invited(scene, roles.PILOT)
    assert where.startswith("/administration/comptes/"), "the role is given, and no link is shown"
    pilot = scene.browser(roles.PILOT)
    token = next(form for form in forms_of(pilot.get("/compte").text) if form.action == "/compte").one("csrf_token")
    refused = pilot.post(where, data={"csrf_token": token, "act": "lien"})
    assert refused.status_code == 409
    assert "ticket-link" not in refused.text


def test_an_invitation_is_taken_back_with_its_role_its_link_and_its_name(scene: Scene) -> None:
    client, page = invited(scene, roles.PILOT)
    path = link_in(page)
    account = scene.house.accounts.find(LOU["email"])
    assert account is not None
    shown = client.get(f"/administration/comptes/{account.account_id}").text
    form = next(form for form in forms_of(shown) if form.values.get("act") == ["retirer"])
    assert client.post(form.action, data=form.values).status_code == 303
    log = Path(f"{scene.house.engine.url.database}-wal")
    assert log.stat().st_size == 0, "nobody was reading: what is forgotten is not in the database's own log either"
    assert scene.stranger().get(path).status_code == 404
    assert scene.house.accounts.find(LOU["email"]) is None
    assert scene.house.vault.person(account.person_id) is None
    assert scene.house.roles_of(account.person_id, scene.clock.today()) == ()


def reset_link(scene: Scene, login: str) -> str:
    """A link that an administrator hands over to somebody who forgot their password."""
    account = scene.house.accounts.find(login)
    assert account is not None
    client = scene.browser(roles.ADMINISTRATOR)
    shown = client.get(f"/administration/comptes/{account.account_id}").text
    form = next(form for form in forms_of(shown) if form.values.get("act") == ["lien"])
    return link_in(client.post(form.action, data=form.values).text)


def test_a_forgotten_password_is_chosen_anew_and_whoever_was_in_is_out(scene: Scene) -> None:
    thief = scene.stranger()
    sign_in(thief, login_of(roles.PILOT), PASSWORD)
    spare, path = reset_link(scene, login_of(roles.PILOT)), reset_link(scene, login_of(roles.PILOT))
    scene.clock.moment += timedelta(minutes=1)
    assert choose(scene.stranger(), path) == 303
    assert thief.get("/compte").status_code == 303
    assert scene.stranger().get(spare).status_code == 404, "the other links of before are over too"
    wrong = scene.stranger().post("/connexion", data={"identifier": login_of(roles.PILOT), "password": PASSWORD})
    assert wrong.status_code == 401
    sign_in(scene.stranger(), login_of(roles.PILOT), NEW)


def test_a_closed_account_is_not_opened_by_a_link(scene: Scene) -> None:
    path = reset_link(scene, login_of(roles.PILOT))
    account = scene.house.accounts.find(login_of(roles.PILOT))
    assert account is not None
    scene.house.accounts.disable(account.account_id, scene.clock.now())
    assert choose(scene.stranger(), path) == 404


def test_who_asks_for_a_link_learns_of_no_account_and_cannot_flood_anybody(scene: Scene) -> None:
    services = replace(scene.house.services(), sends_mail=True)
    client = TestClient(create_app(services), follow_redirects=False)
    answers = {
        client.post("/mot-de-passe-oublie", data={"identifier": login}).text
        for login in (login_of(roles.PILOT), login_of(roles.PILOT), "personne", "\x00", "")
    }
    assert len(answers) == 1
    with scene.house.engine.connect() as connection:
        letters = connection.execute(select(schema.outbox.c.kind)).scalars()
        assert [kind for kind in letters if kind.startswith("account-")] == ["account-reset"]
    assert scene.house.links.waiting(Purpose.RESET, scene.clock.now()) == {}, "what waits in the outbox opens nothing"


@pytest.fixture
def mailing(scene: Scene) -> Iterator[tuple[Scene, PostOffice]]:
    """The application beside a real mail server."""
    office = PostOffice()
    office.start()
    server = {"smtp_host": "127.0.0.1", "smtp_port": office.port, "smtp_tls": "none", "mail_sender": "ctg@gers.example"}
    house = replace(scene.house, settings=scene.house.settings.model_copy(update=server))
    try:
        yield replace(scene, house=house, app=create_app(house.services())), office
    finally:
        office.stop()


def letter_to(office: PostOffice, address: str) -> str:
    """The one letter that somebody got."""
    (letter,) = (one for one in office.received if str(one["To"].addresses[0].addr_spec).lower() == address)
    return said_in(letter)


def link_of(scene: Scene, letter: str) -> str:
    """The link that a letter brings, from its host on."""
    found = re.search(rf"{re.escape(scene.house.settings.public_url)}(/(?:invitation|mot-de-passe)/[a-z0-9-]+)", letter)
    assert found is not None, letter
    return found[1]


def test_who_is_invited_by_letter_comes_in_with_its_link_and_forgets_the_password(
    mailing: tuple[Scene, PostOffice],
) -> None:
    scene, office = mailing
    _, page = invited(scene, roles.PILOT)
    assert "ticket-link" not in page, "the link is for nobody but the guest"
    post = posting(scene.house)
    post()
    (invitation,) = office.received
    assert "Lou Exemple" in str(invitation["To"])
    letter = letter_to(office, LOU["email"].lower())
    assert choose(scene.stranger(), link_of(scene, letter)) == 303
    office.received.clear()
    asked = scene.stranger().post("/mot-de-passe-oublie", data={"identifier": LOU["email"]})
    assert (asked.status_code, office.received) == (200, [])
    scene.clock.moment += timedelta(minutes=1)
    post()
    path = link_of(scene, letter_to(office, LOU["email"].lower()))
    assert path.startswith("/mot-de-passe/")
    other = "trois ludothèques au bord de la Baïse"
    assert choose(scene.stranger(), path, other) == 303
    assert choose(scene.stranger(), path, other) == 404
    wrong = scene.stranger().post("/connexion", data={"identifier": LOU["email"], "password": NEW})
    assert wrong.status_code == 401
    sign_in(scene.stranger(), LOU["email"], other)
    post()
    assert len(office.received) == 1, "each letter left once"


def test_where_no_letter_leaves_the_page_says_whom_to_ask(scene: Scene) -> None:
    shown = scene.stranger().get("/mot-de-passe-oublie").text
    assert "administrateur" in shown
    assert 'name="identifier"' not in shown
    assert 'href="/mot-de-passe-oublie"' in scene.stranger().get("/connexion").text
