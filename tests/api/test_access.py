"""Who is let in where: every route of the application, for every role, against the one policy table."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from api.access import PUBLIC, SIGNED_IN
from api.examples import example_of
from domain import roles
from domain.kernel import COMMANDS
from domain.policy import permissions
from tests.api.forms import act, open_form
from tests.api.routes import API, doors, expected
from tests.api.scene import CAST, ELSEWHERE, NOBODY, NOW, Scene, person_of

KEY = {"Idempotency-Key": "k"}
SENDING = {roles.PILOT, roles.FRAMEWORK_PILOT, roles.ADMINISTRATOR, roles.PARTNER_REPRESENTATIVE}
"""Roles that between them may do every act: they send the forms that others are only shown."""

USUAL = {roles.PILOT, roles.PARTNER_REPRESENTATIVE, roles.AUDITOR, NOBODY}
"""Walked through every door at each change: who sends for all and for one partner, who only reads, who has no right.
The others are slow; a sample of all that all may do is in test_authorisation_matrix.py."""
ROLES = [pytest.param(role, marks=() if role in USUAL else pytest.mark.slow) for role in CAST]


def test_every_route_declares_an_action_of_the_table_or_that_it_is_public(scene: Scene) -> None:
    known = {line.action for line in permissions()} | {PUBLIC, SIGNED_IN}
    found = doors(scene.app)
    assert len(found) > 60
    assert [(door.method, door.path) for door in found if door.action not in known] == []
    public = {door.path for door in found if door.action == PUBLIC}
    by_link = {
        "/invitation/{token}",
        "/mot-de-passe/{token}",
        "/mot-de-passe-oublie",
        "/resume/arret/{token}",
        "/premier-administrateur/{token}",
        "/repondre/{token}",
        "/repondre/{token}/recu",
        "/agenda/{token}",
    }
    told = {"/aide", "/accessibilite", "/donnees-personnelles", "/mentions-legales"}
    told |= {"/bilans-publies/{convention_id}/{review_id}"}
    told |= {"/t/{siren}/proposer", "/t/{siren}/proposer/{proposal_id}"}
    assert public == {
        "/",
        "/connexion",
        "/deconnexion",
        "/langue/{code}",
        "/healthz",
        "/readyz",
        *by_link,
        *told,
    }
    assert {door.path for door in found if door.action == SIGNED_IN} == {"/compte", "/compte/agendas", f"{API}/bulk"}


def test_a_stranger_is_asked_who_they_are_before_anything_else(scene: Scene) -> None:
    stranger = scene.stranger()
    wrong = []
    for door in doors(scene.app):
        if door.action == PUBLIC:
            continue
        answer = stranger.request(door.method, door.address(scene), content=b"{" if door.is_api else b"")
        if door.is_api:
            right = answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
        else:
            right = answer.status_code == 303 and answer.headers["location"].startswith("/connexion?next=%2F")
        if not right:
            wrong.append((door.method, door.path, answer.status_code))
    assert wrong == []


NO_DAY = {"occurred_on": "hier"}
"""What no act takes, not even one without fields: who may not send it is told so first."""


@pytest.mark.parametrize("role", ROLES)
def test_a_tool_gets_in_exactly_where_the_table_says(scene: Scene, role: str) -> None:
    client, wrong, before = scene.tool(role), [], scene.event_count()
    for door in doors(scene.app):
        if not door.is_api or door.action == SIGNED_IN:  # many commands at once: each line has its own right
            continue
        body = {"json": NO_DAY, "headers": KEY} if door.method == "POST" else {}
        status = client.request(door.method, door.address(scene), **body).status_code  # type: ignore[arg-type]
        allowed = expected(str(door.action), role, is_tool=True)
        if (status == 403) is allowed or status == 401 or status >= 500 or (status == 404 and not door.is_about_a_file):
            wrong.append((door.method, door.path, status, allowed))
    assert wrong == []
    assert scene.event_count() == before


@pytest.mark.parametrize("role", ROLES)
def test_a_person_gets_in_exactly_where_the_table_says(scene: Scene, role: str) -> None:
    client, wrong = scene.browser(role), []
    token = csrf_of(scene, role)
    for door in doors(scene.app):
        allowed = expected(str(door.action), role)
        if (
            door.is_api
            or door.action in (PUBLIC, SIGNED_IN)
            or (allowed and door.method == "POST" and role not in SENDING)
        ):
            continue
        sent = {"data": {"csrf_token": token, "_add": "evidence"}} if door.method == "POST" else {}
        status = client.request(door.method, door.address(scene), **sent).status_code  # type: ignore[arg-type]
        # The form of a role on a framework, for whoever holds the same role on a territory only.
        hidden = door.path.startswith("/cadre") and "/actes/" in door.path and role in roles.TERRITORY_ROLES
        # What an event was recorded on leads to its page.
        let_in: tuple[int, ...] = (
            (404,)
            if hidden or door.is_about_a_file or door.is_about_a_sheet or door.is_about_a_meeting_of_a_framework
            else (200, 303)
            if door.is_about_a_record or door.has_moved
            else (200,)
        )
        if door.method == "POST" and "/actes/" not in door.path and not door.is_about_a_meeting_of_a_framework:
            # An empty form, which says nothing; a file that nobody handed in.
            let_in = (404,) if door.is_about_a_file else (400, 409, 422)
        if status not in (let_in if allowed else (403,)):
            wrong.append((door.method, door.path, status, allowed))
    assert wrong == []


def csrf_of(scene: Scene, role: str) -> str:
    """The token of the last session opened for a role."""
    account = scene.house.accounts.find(role.lower().replace("_", "."))
    assert account is not None
    return scene.house.sessions.sessions(account.account_id, scene.clock.now())[0].csrf_token


# --- one territory is not another -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["", "/deadlines", "/themes", "/signatures", "/plan", "/meetings", "/waivers", "/events"]
)
def test_a_convention_of_another_territory_does_not_exist_for_a_tool(scene: Scene, path: str) -> None:
    address = f"/api/v1/conventions/{scene.here.convention}{path}"
    unknown = f"/api/v1/conventions/{uuid4()}{path}"
    assert scene.tool(roles.PILOT).get(address).status_code == 200
    hidden, absent = scene.tool(ELSEWHERE).get(address), scene.tool(ELSEWHERE).get(unknown)
    assert (hidden.status_code, hidden.json()) == (404, absent.json())
    assert absent.status_code == 404


def test_lists_hold_only_what_the_key_may_read(scene: Scene) -> None:
    def sirens(role: str, path: str, name: str | None) -> set[str]:
        found = scene.tool(role).get(f"/api/v1/{path}").json()
        return {one["siren"] for one in (found[name] if name else found)}

    assert sirens(roles.PILOT, "conventions", "conventions") == {"200023620"}
    assert sirens(ELSEWHERE, "conventions", "conventions") == {"243200417"}
    assert sirens(roles.FRAMEWORK_PILOT, "conventions", "conventions") == {"200023620", "243200417"}
    assert sirens(roles.PILOT, "territories", None) == {"200023620"}
    assert sirens(roles.FRAMEWORK_PILOT, "territories", None) == {"200023620", "243200417", "243200409"}


def test_an_act_on_another_territory_finds_nothing_there(scene: Scene) -> None:
    before = scene.event_count()
    for stream_id in (scene.here.convention, uuid4()):
        address = f"/api/v1/conventions/{stream_id}/record-engagement"
        answer = scene.tool(ELSEWHERE).post(address, json={}, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert scene.event_count() == before


@pytest.mark.parametrize("own", [True, False])
def test_an_id_that_stands_elsewhere_is_not_said_to_be_taken(scene: Scene, own: bool) -> None:
    """A command that starts a stream names a territory of its own: what stands under the id is looked at first."""
    territory = scene.there.territory if own else scene.here.territory
    opening = {**example_of(COMMANDS["open-convention"]), "home_territory_id": str(territory)}
    body = {"home_territory_id": str(territory), "kind": "COPIL", "name": "Comité"}
    for path, sent in (
        (f"conventions/{scene.here.convention}/open-convention", opening),
        (f"steering-bodies/{scene.here.body}/constitute-steering-body", body),
        (f"steering-bodies/{scene.here.convention}/constitute-steering-body", body),
    ):
        answer = scene.tool(ELSEWHERE).post(f"/api/v1/{path}", json=sent, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path


def test_a_role_is_given_to_someone_who_exists(scene: Scene) -> None:
    before = scene.event_count()
    for address, role in (
        (f"/territoires/{scene.here.territory}/actes/assign-territory-role", "COOPERATION_OFFICER"),
        (f"/cadre/{scene.here.framework}/actes/assign-framework-role", "AUDITOR"),
    ):
        client = scene.browser(roles.FRAMEWORK_PILOT)
        form = open_form(client, address)
        sent = form.filled(role=role, person_id=str(uuid4()), occurred_on="2026-05-04")
        assert client.post(form.action, data=sent).status_code == 422
        sent = open_form(client, address).filled(role=role, person_id=str(person_of(NOBODY)), occurred_on="2026-05-04")
        assert client.post(form.action, data=sent).status_code == 303
    assert scene.event_count() == before + 2


@pytest.mark.parametrize("role", [roles.PILOT, roles.FRAMEWORK_PILOT, roles.ADMINISTRATOR])
def test_a_key_gives_no_role_whatever_it_may_do_otherwise(scene: Scene, role: str) -> None:
    before = scene.event_count()
    for name in ("assign-territory-role", "end-territory-role", "hand-over-territory-role", "confirm-territory-role"):
        body = {"role": "COOPERATION_OFFICER", "person_id": str(person_of(NOBODY)), "assignment_id": str(uuid4())}
        address = f"/api/v1/territories/{scene.here.territory}/{name}"
        answer = scene.tool(role).post(address, json=body, headers=KEY)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["code"], error["rule"]) == (403, "not-entitled", "R33")
    assert scene.event_count() == before


def test_a_right_to_read_that_is_missing_is_said_in_words(scene: Scene) -> None:
    answer = scene.tool(NOBODY).get("/api/v1/partners")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (403, "not-entitled")
    assert "Lire les partenaires et les territoires" in error["detail"]


@pytest.mark.parametrize("path", ["", "/comite", "/journal", "/actes/record-forum"])
def test_a_page_of_another_territory_does_not_exist(scene: Scene, path: str) -> None:
    address = f"/conventions/{scene.here.convention}{path}"
    assert scene.browser(roles.PILOT).get(address, follow_redirects=True).status_code == 200
    for page in (address, scene.page_of(scene.here) + path.removesuffix("/actes/record-forum")):
        answer = scene.browser(ELSEWHERE).get(page)
        assert answer.status_code == 404
        assert "Gascogne Toulousaine" not in answer.text


def test_the_territory_of_another_pilot_cannot_be_opened_nor_written_on(scene: Scene) -> None:
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    address = f"/territoires/{scene.here.territory}/actes/assign-territory-role"
    assert client.get(address).status_code == 404
    sent = {
        "csrf_token": csrf_of(scene, ELSEWHERE),
        "role": "PILOT",
        "person_id": str(person_of(ELSEWHERE)),
        "occurred_on": "2026-05-01",
    }
    assert client.post(address, data=sent).status_code == 404
    assert scene.event_count() == before


def test_a_role_elsewhere_shows_no_form_here(scene: Scene) -> None:
    """Whoever may only read here must not type a whole form before being told."""
    scene.here.assign("AUDITOR", person_of(ELSEWHERE), NOW.date())
    client, before = scene.browser(ELSEWHERE), scene.event_count()
    assert client.get(scene.page_of(scene.here)).status_code == 200
    for address in (act(scene, "record-forum"), f"/territoires/{scene.here.territory}/actes/assign-territory-role"):
        assert client.get(address).status_code == 403
        assert client.post(address, data={"csrf_token": csrf_of(scene, ELSEWHERE)}).status_code == 403
    assert client.get(f"/conventions/{scene.there.convention}/actes/record-forum").status_code == 200
    assert scene.event_count() == before


def test_the_department_page_shows_only_what_may_be_read(scene: Scene) -> None:
    html = scene.browser(roles.PILOT).get("/departement").text
    assert "Gascogne Toulousaine" in html
    assert "Grand Auch" not in html
    assert "Grand Auch" in scene.browser(roles.FRAMEWORK_PILOT).get("/departement").text


# --- a partner writes only what is its own ----------------------------------------------------------------------------


def test_a_partner_records_its_own_mandate_and_nobody_elses(scene: Scene) -> None:
    client = scene.tool(roles.PARTNER_REPRESENTATIVE)
    address = f"/api/v1/conventions/{scene.here.convention}/record-mandate"

    def record(partner_id: object, key: str) -> int:
        body = {"partner_id": str(partner_id), "kind": "BOARD", "occurred_on": "2026-05-04"}
        return client.post(address, json=body, headers={"Idempotency-Key": key}).status_code

    before = scene.event_count()
    assert record(scene.here.epci, "a") == 403
    assert scene.event_count() == before
    assert record(scene.here.caf, "b") == 200
    last = scene.events()[-1]
    assert (last.TOPIC, last.envelope.on_behalf_of) == ("ctg.convention.mandate-recorded", scene.here.caf)
    assert last.envelope.actor_role == roles.PARTNER_REPRESENTATIVE


def test_a_partner_speaks_for_itself_only_on_the_page_too(scene: Scene) -> None:
    client, before = scene.browser(roles.PARTNER_REPRESENTATIVE), scene.event_count()
    form = open_form(client, act(scene, "record-mandate"))
    for partner_id, kind, status in ((scene.here.epci, "COMMUNITY_COUNCIL", 403), (scene.here.caf, "BOARD", 303)):
        sent = form.filled(partner_id=str(partner_id), kind=kind, occurred_on="2026-05-04")
        sent["idempotency_key"] = [f"key-{status}"]
        answer = client.post(form.action, data=sent)
        assert answer.status_code == status
    assert scene.event_count() == before + 1
    assert scene.events()[-1].envelope.on_behalf_of == scene.here.caf


# --- keys and accounts that no longer open ----------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ctg_x_y", "Basic Y3RnOng=", "Bearer ctg_é_é"])
def test_what_is_no_key_opens_nothing(scene: Scene, header: str) -> None:
    answer = scene.stranger().get("/api/v1/partners", headers={b"Authorization": header.encode()})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_expired_and_a_revoked_key_open_nothing(scene: Scene) -> None:
    keys = scene.house.api_keys
    issued = keys.issue("court", roles.PILOT, NOW + timedelta(hours=1), NOW, territory_id=scene.here.territory)
    client = scene.stranger(Authorization=f"Bearer {issued.token}")
    assert client.get("/api/v1/partners").status_code == 200
    scene.clock.moment = NOW + timedelta(hours=1)
    assert client.get("/api/v1/partners").status_code == 401
    other = keys.issue("autre", roles.PILOT, NOW + timedelta(days=9), NOW, territory_id=scene.here.territory)
    client = scene.stranger(Authorization=f"Bearer {other.token}")
    assert client.get("/api/v1/partners").status_code == 200
    keys.revoke(other.key_id, NOW)
    assert client.get("/api/v1/partners").status_code == 401


def test_a_session_opens_no_api_and_a_key_no_page(scene: Scene) -> None:
    assert scene.browser(roles.ADMINISTRATOR).get("/api/v1/partners").status_code == 401
    assert scene.tool(roles.ADMINISTRATOR).get("/administration/droits").status_code == 303


def test_a_role_counts_from_the_day_it_starts_to_the_day_it_ends(scene: Scene) -> None:
    person, address = person_of(NOBODY), scene.page_of(scene.here)
    client = scene.browser(NOBODY)
    assert client.get(address).status_code == 403
    scene.here.assign("AUDITOR", person, NOW.date(), NOW.date() + timedelta(days=1))
    answers = []
    for days in range(-1, 3):
        scene.clock.moment = NOW + timedelta(days=days)
        answers.append(scene.browser(NOBODY).get(address).status_code)
    assert answers == [403, 200, 200, 403]


# --- the table itself -------------------------------------------------------------------------------------------------


def test_the_administrator_reads_the_whole_table(scene: Scene) -> None:
    html = scene.browser(roles.ADMINISTRATOR).get("/administration/droits").text
    assert html.count("<tr") > len({line.action for line in permissions()})
    assert "Enregistrer une signature" in html


def test_the_administrator_sees_every_account_and_role(scene: Scene) -> None:
    html = scene.browser(roles.ADMINISTRATOR).get("/administration/comptes").text
    for account in scene.house.accounts.accounts():
        assert account.login in html
    assert "Caf du Gers" in html
