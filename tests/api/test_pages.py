"""Every page, in both languages, in several states of the territories: drawn whole, in words, with the same headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.guard import HEADERS, MAX_DOCUMENTS
from api.pages.addresses import COMMITTEE, JOURNAL
from domain import roles
from domain.kernel import EVENTS
from projections import where_conventions_stand
from tests.api.forms import act, forms_of, open_form, sign_in
from tests.api.routes import NAMED, doors, expected, proposal
from tests.api.scene import ELSEWHERE, EVERYWHERE, PASSWORD, Scene, login_of
from tests.api.test_framework_steering import decided
from tests.markup import Attributes, Markup
from workflows.texts import LANGUAGES, Language, Texts

TEXTS = {language: Texts(language) for language in LANGUAGES}
PLACEHOLDER = re.compile(r"\{\w*\}|%\(|\bNone\b(?! goes on)|\bUUID\(|\bPhrase\(|datetime\.|<[A-Z]\w+\.")
KEY_LIKE = re.compile(r"[a-z][a-z-]*\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
CODE_LIKE = re.compile(r"\b[A-Z]{3,}_[A-Z_]+\b")
ID_LIKE = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


class _Said(Markup):
    """What a page says to people: its texts, and the attributes that are read out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.local: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        self.texts += [given[name] for name in ("aria-label", "title", "alt", "placeholder") if name in given]
        self.local += [given[name] for name in ("href", "action") if given.get(name, "").startswith("/")]
        self.ids += [given["id"]] if "id" in given else []
        assert "style" not in given, "an inline style is against the policy of the page"
        assert not any(name.startswith("on") for name in given), "an inline script is against the policy of the page"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def said_in(html: str) -> _Said:
    """What a page says."""
    reader = _Said()
    reader.feed(html)
    return reader


def faults(html: str, language: Language) -> Iterator[str]:
    """What nobody should read on a page."""
    said = said_in(html)
    for text in said.texts:
        for pattern in (PLACEHOLDER, CODE_LIKE, ID_LIKE):
            yield from (f"{found!r} in {text.strip()!r}" for found in pattern.findall(text))
        for word in KEY_LIKE.findall(text):
            if TEXTS[language].has(word):
                yield f"raw key {word!r} in {text.strip()!r}"
    if f'<html lang="{language}">' not in html:
        yield "the language is not told"
    if html.count("<h1") != 1:
        yield f"{html.count('<h1')} titles"
    if len(said.ids) != len(set(said.ids)):
        yield f"ids used twice: {sorted({one for one in said.ids if said.ids.count(one) > 1})}"


def forget_everyone_but_one(scene: Scene) -> None:
    """The names of all but the framework's pilot are gone; what was proposed before waits for somebody."""
    proposal(scene)
    for account in scene.house.accounts.accounts():
        if account.login != login_of(roles.FRAMEWORK_PILOT):
            scene.house.vault.forget_person(account.person_id)


STATES: dict[str, Callable[[Scene], object]] = {
    "as told": lambda scene: None,
    "years later": lambda scene: scene.clock.set(date(2031, 3, 4)),
    "the first day": lambda scene: scene.clock.set(date(2024, 1, 6)),
    "erased": lambda scene: [scene.house.vault.destroy_key(one.envelope.event_id) for one in scene.events()],
    "people forgotten": forget_everyone_but_one,
    "forums held": lambda scene: [
        scene.there.forum("fo4", date(2026, 4, 2)),
        scene.there.choose("p1", date(2026, 5, 4)),
    ],
}


READERS = (roles.FRAMEWORK_PILOT, roles.PILOT, ELSEWHERE, roles.ADMINISTRATOR, roles.PARTNER_REPRESENTATIVE)

# What differs most, each reader once; the rest of the matrix comes with the slow tests.
USUAL = {
    ("as told", "en", roles.PILOT),
    ("as told", "en", roles.ADMINISTRATOR),
    ("erased", "fr", roles.FRAMEWORK_PILOT),
    ("years later", "fr", ELSEWHERE),
    ("years later", "fr", roles.PARTNER_REPRESENTATIVE),
}
MATRIX = [
    pytest.param(state, language, readers, marks=marks, id=f"{state}-{language}")
    for state in STATES
    for language in LANGUAGES
    for usual, marks in ((True, ()), (False, pytest.mark.slow))
    if (readers := tuple(one for one in READERS if ((state, language, one) in USUAL) is usual))
]


@pytest.mark.parametrize(("state", "language", "readers"), MATRIX)
def test_every_page_is_whole_in_every_state(
    scene: Scene, state: str, language: Language, readers: tuple[str, ...]
) -> None:
    decided(scene, date(2025, 3, 4), "Publier les données ouvertes")
    STATES[state](scene)
    wrong = []
    for role in readers:
        held = roles.PILOT if role == ELSEWHERE else role
        client = scene.browser(role, language)
        story = scene.there if role == ELSEWHERE else scene.here
        account = scene.house.accounts.find(login_of(held))
        assert account is not None
        for door in doors(scene.app):
            if door.is_api or door.method != "GET" or door.is_about_a_file or door.is_about_a_sheet or door.is_a_table:
                continue
            if not expected(str(door.action), held):
                continue
            if door.path.startswith("/cadre/") and "/actes/" in door.path and held not in EVERYWHERE:
                continue  # whoever acts on one territory does nothing on a whole framework
            if role != ELSEWHERE or door.path.startswith(("/conventions", "/t/")):
                address = door.path.format(
                    siren=scene.siren_of(story),
                    which=scene.here.framework if door.path.startswith("/cadre") else story.convention,
                    stream_id=story.convention,
                    convention_id=story.convention,
                    place_id=story.convention
                    if door.path.startswith("/conventions")
                    else scene.here.framework
                    if door.path.startswith("/cadre")
                    else scene.uncovered
                    if role in (roles.FRAMEWORK_PILOT, roles.ADMINISTRATOR)
                    else story.territory,
                    account_id=account.account_id,
                    partner_id=story.caf,
                    **NAMED,
                )
                if door.is_about_a_record:
                    address = door.address(scene)
                answer = client.get(address)
                if (door.is_about_a_record or door.has_moved) and answer.status_code == 303:
                    continue
                if answer.status_code != 200:
                    wrong.append(f"{address} answers {answer.status_code}")
                    continue
                if not answer.headers["content-type"].startswith("text/html"):
                    continue  # a table for a spreadsheet is no page
                wrong += [f"{role} {address}: {fault}" for fault in faults(answer.text, language)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_strangers_are_whole(scene: Scene, language: Language) -> None:
    client = scene.stranger(**{"Accept-Language": language})
    for address in ("/connexion", "/connexion?next=/departement", "/nulle-part", "/conventions/x/y"):
        answer = client.get(address)
        assert list(faults(answer.text, language)) == []
        assert answer.status_code == (200 if "connexion" in address else 404)


def test_every_link_of_the_pages_leads_somewhere(scene: Scene) -> None:
    for role in (roles.FRAMEWORK_PILOT, roles.PILOT, roles.ADMINISTRATOR, roles.PARTNER_REPRESENTATIVE, roles.AUDITOR):
        client, seen, waiting = scene.browser(role), set[str](), ["/departement"]
        while waiting:
            address = waiting.pop()
            if address in seen or len(seen) > 50:
                continue
            seen.add(address)
            answer = client.get(address)
            assert answer.status_code in (200, 303), f"{role} {address} answers {answer.status_code}"
            if answer.status_code == 200 and "html" in answer.headers["content-type"]:  # a workbook leads nowhere
                links = {link.partition("#")[0] for link in said_in(answer.text).local}
                waiting += [
                    link for link in links - seen if not link.startswith(("/static", "/langue", "/deconnexion"))
                ]
        assert len(seen) > 3


def test_a_link_to_a_fact_finds_it_on_the_page(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    html = client.get(scene.page_of(scene.here)).text
    links = [link for link in said_in(html).local if "/journal" in link and "vers=" in link]
    assert links
    for link in links[:5]:
        address, _, anchor = link.partition("#")
        assert anchor in said_in(client.get(address).text).ids


def test_the_trail_is_filtered_and_paged_by_links(scene: Scene) -> None:
    client, address = scene.browser(roles.AUDITOR), scene.page_of(scene.here, JOURNAL)
    whole = client.get(address).text
    kept = client.get(address, params={"du": "2024-11-18", "au": "2024-11-18"}).text
    assert len(kept) < len(whole)
    for odd in (
        {"du": "hier"},
        {"au": "9999-99-99"},
        {"du": "0001-01-01", "au": "9999-12-31"},
        {"fait": "inconnu"},
        {"par": "personne"},
        {"par": str(uuid4())},
        {"page": "²"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"registre": "\x00"},
        {"marque": "²"},
        {"vers": "x"},
        {"vers": str(uuid4())},
        {"fait": "\x00"},
        {"du": "x" * 500},
    ):
        assert client.get(address, params=odd).status_code in (200, 400, 404), odd


# --- headers ----------------------------------------------------------------------------------------------------------


def test_every_answer_carries_the_headers_of_the_house(scene: Scene) -> None:
    pilot, tool, stranger = scene.browser(roles.PILOT), scene.tool(roles.PILOT), scene.stranger()
    form = open_form(pilot, act(scene, "record-engagement"))
    answers = [
        pilot.get("/departement"),
        pilot.get(scene.page_of(scene.here)),
        pilot.get(f"/conventions/{scene.here.convention}"),
        pilot.get("/administration/comptes"),
        pilot.get("/nulle-part"),
        pilot.get(f"/conventions/{uuid4()}"),
        pilot.post(form.action, data={"csrf_token": "x"}),
        pilot.post(form.action, data=form.values),
        pilot.post(form.action, headers={"Content-Length": str(MAX_DOCUMENTS + 1)}, data={"reason": "x"}),
        pilot.delete("/departement"),
        pilot.get("/langue/en"),
        stranger.get("/"),
        stranger.get("/departement"),
        stranger.get("/connexion"),
        stranger.post("/connexion", data={"identifier": "x", "password": "y"}),
        stranger.get("/healthz"),
        stranger.get("/readyz"),
        stranger.get("/static/ctg.css"),
        stranger.get("/static/nothing.css"),
        stranger.get("/static/../../pyproject.toml"),
        stranger.get("/api/v1/openapi.json"),
        stranger.get("/api/v1/conventions"),
        tool.get("/api/v1/conventions"),
        tool.get("/api/v1/nothing"),
        tool.post(f"/api/v1/conventions/{scene.here.convention}/record-engagement", json={}),
    ]
    statuses = {answer.status_code for answer in answers}
    assert statuses == {200, 303, 400, 401, 403, 404, 405, 413}
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value], (answer.request.url, name)
        is_file = answer.request.url.path.startswith("/static/") and answer.status_code == 200
        is_kept = "etag" in answer.headers and not is_file
        wanted = None if is_file else "private, no-cache" if is_kept else "no-store"
        assert answer.headers.get("cache-control") == wanted, answer.request.url
        assert "server" not in answer.headers
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "default-src 'none'" in policy


def test_a_defect_of_ours_is_a_plain_page_or_problem_with_the_same_headers(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question fails: no request may hang, leak or lose the headers."""

    def failing(*asked: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(where_conventions_stand, "convention", failing)
    pilot, tool = scene.browser(roles.PILOT), scene.tool(roles.PILOT)
    for client in (pilot, tool):
        client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    page = pilot.get(scene.page_of(scene.here))
    answer = tool.get(f"/api/v1/conventions/{scene.here.convention}")
    assert page.status_code == answer.status_code == 500
    assert page.headers["content-type"].startswith("text/html")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "broken"
    for one in (page, answer):
        assert "no such thing" not in one.text
        for name, value in HEADERS.items():
            assert one.headers.get_list(name) == [value]


# --- small things -----------------------------------------------------------------------------------------------------


def test_the_home_page_leads_to_the_answer(scene: Scene) -> None:
    answer = scene.browser(roles.FRAMEWORK_PILOT).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/departement")
    answer = scene.browser(roles.COMMITTEE_MEMBER).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, scene.page_of(scene.here, COMMITTEE))
    answer = scene.browser(roles.AUDITOR).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, scene.page_of(scene.here))
    work = scene.browser(roles.PILOT).get("/")
    assert work.status_code == 200
    assert "le bilan 2025 est attendu depuis 62 jours" in " ".join("".join(said_in(work.text).texts).split())


def test_whoever_has_no_role_is_told_so(scene: Scene) -> None:
    answer = scene.browser("NOBODY").get("/departement")
    assert answer.status_code == 403
    assert list(faults(answer.text, "fr")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_page_names_who_may_read_it(scene: Scene, language: Language) -> None:
    answer = scene.browser(roles.PILOT, language).get("/administration/comptes")
    assert answer.status_code == 403
    assert list(faults(answer.text, language)) == []
    said = " ".join(said_in(answer.text).texts)
    assert TEXTS[language].t("page.error.403.reading.title") in said
    assert TEXTS[language].word("role", roles.ADMINISTRATOR) in said
    assert TEXTS[language].t("page.error.403.text") not in said


def test_a_refused_act_names_who_may_do_it(scene: Scene) -> None:
    answer = scene.browser(roles.AUDITOR).get(act(scene, "record-forum"))
    assert answer.status_code == 403
    assert "Peuvent agir ici\xa0: pilote, co-pilote et chargé de coopération." in " ".join(said_in(answer.text).texts)


def test_a_page_shows_only_the_acts_that_its_reader_may_do(scene: Scene) -> None:
    for role, more in ((roles.AUDITOR, []), (roles.COMMITTEE_MEMBER, ["submit-proposal"])):
        links = said_in(scene.whole(scene.browser(role), scene.here)).local
        own = [link.partition("?")[0].rpartition("/")[2] for link in links if "/actes/" in link]
        assert own == [*more, "end-territory-role"], "their own role, which they may give up, and what anybody may do"
    links = said_in(scene.whole(scene.browser(roles.PARTNER_REPRESENTATIVE), scene.here)).local
    acts = {link.partition("?")[0].rpartition("/")[2] for link in links if "/actes/" in link}
    of_roles = {"assign-territory-role", "end-territory-role", "hand-over-territory-role"}
    of_partners = {"record-mandate", "record-signature", "report-action-status", "grant-delegation", "contest-record"}
    assert acts <= {*of_partners, "submit-proposal", *of_roles}


def test_the_pages_say_of_what_moment_they_are(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    before = client.get("/departement").text
    scene.clock.moment += timedelta(minutes=3)
    assert client.get("/departement").text != before


def test_healthz_asks_nothing_of_the_database(scene: Scene) -> None:
    answer = scene.stranger().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_says_that_all_is_well(scene: Scene) -> None:
    answer = scene.stranger().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "failing": {}})


def test_every_event_that_a_form_records_has_its_message() -> None:
    spoken = {topic for topic in EVENTS if TEXTS["fr"].has(f"done.{topic.removeprefix('ctg.')}")}
    assert spoken == {topic for topic in EVENTS if TEXTS["en"].has(f"done.{topic.removeprefix('ctg.')}")}
    assert len(spoken) > 20


def test_the_sign_in_page_offers_no_account_outside_a_demonstration(scene: Scene) -> None:
    html = scene.stranger().get("/connexion").text
    assert login_of(roles.PILOT) not in html
    assert PASSWORD not in html
    assert len(forms_of(html)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demonstration_says_so_on_every_page_and_lets_everybody_in(scene: Scene, language: Language) -> None:
    logins = (login_of(roles.PILOT), login_of(roles.AUDITOR), login_of(roles.ADMINISTRATOR))
    offered = replace(
        scene.house.services(),
        is_demonstration=True,
        demonstration_accounts=logins,
        demonstration_password=PASSWORD,
    )
    client = TestClient(
        create_app(offered),
        base_url="http://127.0.0.1:8000",
        headers={"Accept-Language": language},
        follow_redirects=False,
        client=("127.0.0.1", 50_000),
    )
    html = client.get("/connexion").text
    assert all(login in html for login in logins)
    assert PASSWORD in html
    assert list(faults(html, language)) == []
    for login in logins:
        sign_in(client, login, PASSWORD)
        page = client.get("/departement")
        assert page.status_code == 200
        assert TEXTS[language].t("page.demo") in page.text
        assert list(faults(page.text, language)) == []
