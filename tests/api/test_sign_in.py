"""Coming in and going out: sessions, cookies, what another site may not do, and where nobody is sent."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from http.cookies import SimpleCookie
from threading import Event, Lock

import httpx2
import pytest

from api.pages.addresses import JOURNAL
from api.pages.turns import AT_ONCE, LONGEST_QUEUE
from domain import roles
from tests.api.forms import act, forms_of, open_form, sign_in
from tests.api.scene import NOW, PASSWORD, Scene, login_of
from workflows.accounts import FREE_ATTEMPTS, LONGEST_LOCK
from workflows.sessions import SESSION_ABSOLUTE, SESSION_IDLE

DEPARTMENT = "/departement"
PILOT = login_of(roles.PILOT)


def cookie_of(header: str, name: str) -> dict[str, str]:
    """The attributes of a cookie that was set."""
    (morsel,) = (one for key, one in SimpleCookie(header).items() if key == name)
    return {key: str(value) for key, value in morsel.items() if value}


def test_a_person_comes_in_works_and_goes_out(scene: Scene) -> None:
    client = scene.stranger()
    first = client.get(DEPARTMENT)
    assert (first.status_code, first.headers["location"]) == (303, "/connexion?next=%2Fdepartement")
    form = next(form for form in forms_of(client.get(first.headers["location"]).text) if form.action == "/connexion")
    sent = form.filled(identifier=PILOT, password=PASSWORD)
    answer = client.post(form.action, data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, DEPARTMENT)
    page = client.get(DEPARTMENT)
    assert page.status_code == 200
    assert "Camille Pilot" in page.text
    out = next(form for form in forms_of(page.text) if form.action == "/deconnexion")
    answer = client.post(out.action, data=out.values)
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion")
    assert client.get(DEPARTMENT).status_code == 303


def test_the_session_ends_on_the_server_too(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    thief = scene.stranger()
    thief.cookies.update(dict(client.cookies))
    assert thief.get(DEPARTMENT).status_code == 200
    out = next(form for form in forms_of(client.get(DEPARTMENT).text) if form.action == "/deconnexion")
    client.post(out.action, data=out.values)
    assert thief.get(DEPARTMENT).status_code == 303


def test_a_login_ignores_case_and_spaces(scene: Scene) -> None:
    sign_in(scene.stranger(), f" {PILOT.upper()} ", PASSWORD)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (PILOT, "autre mot de passe"),
        (PILOT, ""),
        ("", ""),
        ("personne", PASSWORD),
        ("a\x00b", PASSWORD),
        ("é" * 200, "x" * 500),
    ],
)
def test_a_wrong_pair_says_the_same_whatever_is_wrong(scene: Scene, login: str, password: str) -> None:
    client = scene.stranger()
    answer = client.post("/connexion", data={"identifier": login, "password": password, "next": DEPARTMENT})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    (form,) = (form for form in forms_of(answer.text) if form.action == "/connexion")
    assert form.one("identifier").replace("\ufffd", "\x00") == login
    assert form.one("password") == ""
    assert form.one("next") == DEPARTMENT
    reference = client.post("/connexion", data={"identifier": "personne d'autre", "password": "x"})
    assert ("errors" in answer.text) is ("errors" in reference.text) is True


def test_too_many_wrong_passwords_lock_for_a_while(scene: Scene) -> None:
    client = scene.stranger()
    for _ in range(FREE_ATTEMPTS):
        assert client.post("/connexion", data={"identifier": PILOT, "password": "non"}).status_code == 401
    assert client.post("/connexion", data={"identifier": PILOT, "password": PASSWORD}).status_code == 401
    scene.clock.moment = NOW + LONGEST_LOCK
    sign_in(client, PILOT, PASSWORD)


def test_few_passwords_are_checked_at_once_whatever_strangers_send(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs 64 MB on purpose; the other pages go on meanwhile, and whoever cannot wait is told when to come."""
    now, most, door, all_in, last_came = 0, 0, Lock(), Event(), Event()

    def slowly(*_: object) -> None:
        nonlocal now, most
        with door:
            now += 1
            most = max(most, now)
            if now == AT_ONCE:
                all_in.set()
        last_came.wait(30)
        with door:
            now -= 1

    monkeypatch.setattr(scene.house.accounts, "verify", slowly)
    sent = {"identifier": "personne", "password": "x"}

    async def guess_at_once() -> list[int]:
        transport = httpx2.ASGITransport(scene.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
            guesses = [
                asyncio.create_task(client.post("/connexion", data=sent)) for _ in range(AT_ONCE + LONGEST_QUEUE + 3)
            ]
            for answered in itertools.islice(asyncio.as_completed(guesses), 3):
                assert (await answered).status_code == 503, "nobody else is answered yet"
            assert (await client.get("/departement")).status_code == 303
            assert await asyncio.to_thread(all_in.wait, 30), "as many as may are checked at once"
            last_came.set()
            return [answer.status_code for answer in await asyncio.gather(*guesses)]

    statuses = asyncio.run(guess_at_once())
    assert most == AT_ONCE
    assert (statuses.count(401), statuses.count(503)) == (AT_ONCE + LONGEST_QUEUE, 3)


def test_what_is_said_of_a_wrong_pair_is_true_of_a_locked_account_too(scene: Scene) -> None:
    answer = scene.stranger().post("/connexion", data={"identifier": "personne", "password": "x"})
    assert "ou compte bloqué quelque temps" in answer.text


def test_a_disabled_account_opens_nothing_any_more(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    account = scene.house.accounts.find(PILOT)
    assert account is not None
    scene.house.accounts.disable(account.account_id, NOW)
    assert client.get(DEPARTMENT).status_code == 303
    assert client.post("/connexion", data={"identifier": PILOT, "password": PASSWORD}).status_code == 401


def test_a_session_ends_when_nobody_uses_it(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    scene.clock.moment = NOW + SESSION_IDLE - timedelta(seconds=1)
    assert client.get(DEPARTMENT).status_code == 200
    scene.clock.moment += SESSION_IDLE
    assert client.get(DEPARTMENT).status_code == 303


def test_a_session_ends_however_much_it_is_used(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    while scene.clock.moment < NOW + SESSION_ABSOLUTE - timedelta(hours=1):
        scene.clock.moment += timedelta(hours=1)
        assert client.get(DEPARTMENT).status_code == 200
    scene.clock.moment = NOW + SESSION_ABSOLUTE
    assert client.get(DEPARTMENT).status_code == 303


def test_each_sign_in_gives_a_new_session(scene: Scene) -> None:
    client = scene.stranger()
    client.cookies.set("ctg_session", "planted-by-somebody-else")
    header = sign_in(client, PILOT, PASSWORD)["set-cookie"]
    assert "planted" not in header
    assert sign_in(client, PILOT, PASSWORD)["set-cookie"] != header


# --- cookies ----------------------------------------------------------------------------------------------------------


def test_on_a_plain_loopback_the_cookie_is_kept_from_scripts_and_other_sites(scene: Scene) -> None:
    header = sign_in(scene.stranger(), PILOT, PASSWORD)["set-cookie"]
    cookie = cookie_of(header, "ctg_session")
    assert cookie == {
        "path": "/",
        "httponly": "True",
        "samesite": "lax",
        "max-age": str(int(SESSION_ABSOLUTE.total_seconds())),
    }


def test_over_https_cookies_are_secure_and_bound_to_this_host(https_scene: Scene) -> None:
    client = https_scene.stranger()
    client.base_url = "https://testserver"
    answer = client.post("/connexion", data={"identifier": PILOT, "password": PASSWORD})
    cookie = cookie_of(answer.headers["set-cookie"], "__Host-ctg_session")
    assert {"secure", "httponly"} <= cookie.keys()
    assert (cookie["path"], cookie["samesite"]) == ("/", "lax")
    assert "domain" not in cookie
    page = client.get(DEPARTMENT)
    assert page.status_code == 200
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    out = next(form for form in forms_of(page.text) if form.action == "/deconnexion")
    gone = client.post(out.action, data=out.values)
    assert {"secure", "httponly"} <= cookie_of(gone.headers["set-cookie"], "__Host-ctg_session").keys()
    language = client.get("/langue/en").headers["set-cookie"]
    assert "secure" in cookie_of(language, next(iter(SimpleCookie(language))))


def test_the_unprefixed_cookie_opens_nothing_over_https(https_scene: Scene) -> None:
    client = https_scene.browser(roles.PILOT)
    (token,) = dict(client.cookies).values()
    plain = https_scene.stranger()
    plain.cookies.set("ctg_session", token)
    assert plain.get(DEPARTMENT).status_code == 303


# --- other sites ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.example"},
        {"Origin": "http://["},
    ],
)
def test_a_form_sent_by_another_site_does_nothing(scene: Scene, headers: dict[str, str]) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    before = scene.event_count()
    answer = client.post(form.action, data=form.values, headers=headers)
    assert answer.status_code == 403
    assert scene.event_count() == before
    out = next(one for one in forms_of(client.get(DEPARTMENT).text) if one.action == "/deconnexion")
    assert client.post(out.action, data=out.values, headers=headers).status_code == 403
    assert client.get(DEPARTMENT).status_code == 200
    stranger = scene.stranger()
    answer = stranger.post("/connexion", data={"identifier": PILOT, "password": PASSWORD}, headers=headers)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, {"Sec-Fetch-Site": "none"}, {}]
)
def test_a_form_sent_by_this_site_is_taken(scene: Scene, headers: dict[str, str]) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-engagement"))
    assert client.post(form.action, data=form.values, headers=headers).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "é", None])
def test_a_form_without_the_token_of_the_session_does_nothing(scene: Scene, token: str | None) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, act(scene, "record-engagement"))
    sent = form.filled()
    del sent["csrf_token"]
    if token is not None:
        sent["csrf_token"] = [token]
    assert client.post(form.action, data=sent).status_code == 403
    assert client.post("/deconnexion", data=sent).status_code == 403
    assert scene.event_count() == before
    assert client.get(DEPARTMENT).status_code == 200


def test_the_token_of_somebody_else_does_nothing(scene: Scene) -> None:
    other = open_form(scene.browser(roles.CO_PILOT), act(scene, "record-engagement")).one("csrf_token")
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, act(scene, "record-engagement"))
    assert client.post(form.action, data=form.filled(csrf_token=other)).status_code == 403
    assert scene.event_count() == before


# --- where one is sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "away",
    [
        "https://ailleurs.example",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "\\\\ailleurs.example",
        "javascript:alert(1)",
        "http:ailleurs",
        "/\t/ailleurs.example",
        "/\n/ailleurs.example",
        "///ailleurs.example",
        " //ailleurs.example",
        "departement",
        "",
        "/x\r\nSet-Cookie: a=b",
        "/[",
        "//[",
    ],
)
def test_nobody_is_sent_to_another_site(scene: Scene, away: str) -> None:
    client = scene.stranger()
    answer = client.post("/connexion", data={"identifier": PILOT, "password": PASSWORD, "next": away})
    assert answer.status_code == 303
    assert answer.headers["location"] in ("/", "/[", "/%5B")
    answer = client.get("/langue/en", params={"next": away})
    assert answer.headers["location"] in ("/", "/[", "/%5B")
    form = next(one for one in forms_of(client.get("/connexion", params={"next": away}).text))
    assert form.one("next") in ("/", "/[")


def test_one_comes_back_to_where_one_was_going(scene: Scene) -> None:
    client, wanted = scene.stranger(), f"{scene.page_of(scene.here, JOURNAL)}?du=2024-01-01&fait=x"
    sent = client.get(wanted).headers["location"]
    form = next(one for one in forms_of(client.get(sent).text) if one.action == "/connexion")
    answer = client.post(form.action, data=form.filled(identifier=PILOT, password=PASSWORD))
    assert answer.headers["location"] == wanted
    assert client.get(wanted).status_code == 200


# --- language ---------------------------------------------------------------------------------------------------------


def test_the_language_chosen_is_kept_and_one_comes_back(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    here = scene.page_of(scene.here)
    assert '<html lang="fr">' in client.get(here).text
    answer = client.get("/langue/en", params={"next": here})
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    assert '<html lang="en">' in client.get(here).text
    client.get("/langue/fr")
    assert '<html lang="fr">' in client.get(here, headers={"Accept-Language": "en"}).text


def test_an_unknown_language_changes_nothing(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    answer = client.get("/langue/de")
    assert (answer.status_code, "set-cookie" in answer.headers) == (303, False)
    client.cookies.set("ctg_language", "tlh")
    assert '<html lang="fr">' in client.get(DEPARTMENT).text


def test_a_browser_that_prefers_english_gets_english(scene: Scene) -> None:
    assert '<html lang="en">' in scene.browser(roles.PILOT, "en-GB,en;q=0.9,fr;q=0.5").get(DEPARTMENT).text
    assert '<html lang="en">' in scene.stranger(**{"Accept-Language": "en"}).get("/connexion").text
