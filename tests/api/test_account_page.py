"""What people see and do of their own account: where they are signed in, what they close, a new password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from domain import roles
from tests.api.forms import Form, forms_of, sign_in
from tests.api.scene import NOBODY, PASSWORD, Scene, login_of
from workflows.accounts import FIRST_LOCK, FREE_ATTEMPTS

ACCOUNT = "/compte"
NEW = "une ludothèque au bord du Gers"
PILOT = login_of(roles.PILOT)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0 Canari/1"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"


def signed_in(scene: Scene, user_agent: str = FIREFOX, password: str = PASSWORD) -> TestClient:
    client = scene.stranger(**{"User-Agent": user_agent})
    sign_in(client, PILOT, password)
    return client


def form_to(client: TestClient, act: str) -> Form:
    """The first form of the page that does an act."""
    return next(form for form in forms_of(client.get(ACCOUNT).text) if form.values.get("act") == [act])


def test_people_see_in_which_browsers_they_are_signed_in(scene: Scene) -> None:
    telephone = signed_in(scene, IPHONE)
    scene.clock.moment += timedelta(hours=1)
    desk = signed_in(scene)
    page = desk.get(ACCOUNT)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "dans ce navigateur, et dans un autre" in page.text
    assert page.text.index("Firefox sur Windows") < page.text.index("Safari sur iPhone")
    assert "Canari" not in page.text, "what a browser says of itself is not kept"
    assert page.text.count("cette session</span>") == 1
    english = telephone.get(ACCOUNT, headers={"Accept-Language": "en"}).text
    assert "in this browser, and in another one" in english
    assert "Safari on iPhone" in english


def test_everybody_signed_in_finds_their_account_in_the_header_even_without_a_role(scene: Scene) -> None:
    client = scene.browser(NOBODY)
    assert client.get(ACCOUNT).status_code == 200
    assert f'href="{ACCOUNT}"' in client.get("/nulle-part").text
    assert scene.stranger().get(ACCOUNT).headers["location"] == "/connexion?next=%2Fcompte"


def test_one_session_is_closed_and_no_other(scene: Scene) -> None:
    telephone, desk, third = signed_in(scene, IPHONE), signed_in(scene), signed_in(scene)
    form = next(
        form
        for form in forms_of(desk.get(ACCOUNT).text)
        if form.values.get("act") == ["fermer"] and form.one("session") == handle_of(scene, "SAFARI")
    )
    answer = desk.post(form.action, data=form.values)
    assert (answer.status_code, answer.headers["location"]) == (303, ACCOUNT)
    assert telephone.get(ACCOUNT).status_code == 303
    assert [client.get(ACCOUNT).status_code for client in (desk, third)] == [200, 200]


def handle_of(scene: Scene, browser: str) -> str:
    account = scene.house.accounts.find(PILOT)
    assert account is not None
    listed = scene.house.sessions.sessions(account.account_id, scene.clock.now())
    return next(one.session_hash for one in listed if one.browser == browser)


def test_all_sessions_but_the_present_one_are_closed_at_once(scene: Scene) -> None:
    others = [signed_in(scene, IPHONE), signed_in(scene)]
    somebody = scene.browser(roles.AUDITOR)
    desk = signed_in(scene)
    form = form_to(desk, "fermer-les-autres")
    desk.post(form.action, data=form.values)
    assert [client.get(ACCOUNT).status_code for client in (*others, desk, somebody)] == [303, 303, 200, 200]
    assert "nulle part ailleurs" in desk.get(ACCOUNT).text


def test_nobody_closes_the_session_of_somebody_else(scene: Scene) -> None:
    signed_in(scene, IPHONE)
    handle = handle_of(scene, "SAFARI")
    other = scene.browser(roles.AUDITOR)
    token = form_to(other, "mot-de-passe").one("csrf_token")
    other.post(ACCOUNT, data={"csrf_token": token, "act": "fermer", "session": handle})
    assert handle_of(scene, "SAFARI") == handle


def test_a_password_is_changed_by_its_owner(scene: Scene) -> None:
    thief, desk = signed_in(scene), signed_in(scene)
    stolen = scene.stranger()
    stolen.cookies.update(dict(desk.cookies))
    scene.clock.moment += timedelta(minutes=2)
    form = form_to(desk, "mot-de-passe")
    answer = desk.post(form.action, data=form.filled(present=PASSWORD, new=NEW, again=NEW))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ACCOUNT}?fait=mot-de-passe")
    page = desk.get(answer.headers["location"]).text
    assert "Votre mot de passe est changé" in page
    assert "nulle part ailleurs" in page
    assert [client.get(ACCOUNT).status_code for client in (thief, stolen)] == [303, 303]
    wrong = scene.stranger().post("/connexion", data={"identifier": PILOT, "password": PASSWORD})
    assert wrong.status_code == 401
    signed_in(scene, password=NEW)
    scene.clock.moment += timedelta(minutes=10)
    assert "Votre mot de passe est changé" not in desk.get(answer.headers["location"]).text


REFUSED = {
    "present": ({"present": "pas le mien du tout"}, "mot de passe actuel"),
    "short": ({"new": "court", "again": "court"}, "De 12 à 256 caractères"),
    "common": ({"new": "azertyuiop12", "again": "azertyuiop12"}, "suite du clavier"),
    "login": ({"new": PILOT * 3, "again": PILOT * 3}, "identifiant"),
    "differs": ({"again": f"{NEW}s"}, "diffèrent"),
    "same": ({"new": PASSWORD, "again": PASSWORD}, "est l’ancien"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_password_that_will_not_do_changes_nothing(scene: Scene, fault: str) -> None:
    changes, told = REFUSED[fault]
    desk, elsewhere = signed_in(scene), signed_in(scene, IPHONE)
    form = form_to(desk, "mot-de-passe")
    answer = desk.post(form.action, data=form.filled(**{"present": PASSWORD, "new": NEW, "again": NEW} | changes))
    assert answer.status_code == 422
    assert told in answer.text
    assert "n’est pas changé" in answer.text
    for typed in {PASSWORD, NEW, *changes.values()}:
        assert f'value="{typed}"' not in answer.text
    assert elsewhere.get(ACCOUNT).status_code == 200
    signed_in(scene)


def test_guessing_the_present_password_locks_like_signing_in(scene: Scene) -> None:
    desk = signed_in(scene)
    form = form_to(desk, "mot-de-passe")
    for _ in range(FREE_ATTEMPTS):
        assert desk.post(form.action, data=form.filled(present="non", new=NEW, again=NEW)).status_code == 422
    right = form.filled(present=PASSWORD, new=NEW, again=NEW)
    assert desk.post(form.action, data=right).status_code == 422
    assert scene.stranger().post("/connexion", data={"identifier": PILOT, "password": PASSWORD}).status_code == 401
    scene.clock.moment += FIRST_LOCK
    assert desk.post(form.action, data=right).status_code == 303


@pytest.mark.parametrize("act", ["mot-de-passe", "fermer-les-autres"])
def test_another_site_changes_no_password_and_closes_nothing(scene: Scene, act: str) -> None:
    desk, elsewhere = signed_in(scene), signed_in(scene, IPHONE)
    sent = {"act": act, "present": PASSWORD, "new": NEW, "again": NEW}
    assert desk.post(ACCOUNT, data=sent).status_code == 403
    form = {**sent, "csrf_token": form_to(desk, "mot-de-passe").one("csrf_token")}
    assert desk.post(ACCOUNT, data=form, headers={"Origin": "https://ailleurs.example"}).status_code == 403
    assert desk.post(ACCOUNT, data={**form, "act": "autre"}).status_code == 400
    assert elsewhere.get(ACCOUNT).status_code == 200
    signed_in(scene)
