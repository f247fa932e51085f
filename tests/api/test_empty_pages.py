"""Where there is nothing yet, a page says in a sentence what is missing, and which act comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from api.access import cookie_name
from api.app import create_app
from api.pages.addresses import PATHS
from ctg_engine.bootstrap import make_store, opened, prepare
from ctg_engine.clock import SetClock
from ctg_engine.settings import Settings
from domain import roles
from domain.convention.closing import CloseConvention
from domain.kernel import Actor, RoleHeld
from domain.values import Prose
from tests.api.scene import NOW, Scene, assign, person_of
from tests.api.test_pages import faults
from tests.demo.page_tree import Element, read
from tests.projections.story import Story
from workflows.texts import LANGUAGES, Language

FIRST = {"fr": "D’abord :", "en": "First:"}


def without_convention(scene: Scene) -> tuple[Story, TestClient]:
    """The territory that has none, and its pilot."""
    story, here = Story(scene.house.engine), scene.here
    story.administrator, story.framework, story.today = here.administrator, here.framework, here.today
    story.caf, story.epci, story.cpam, story.territory = here.caf, here.epci, here.cpam, scene.uncovered
    assign(story, roles.PILOT, person_of(roles.ADMINISTRATOR), None)
    story.pilot = Actor(person_of(roles.ADMINISTRATOR), (RoleHeld(roles.PILOT, story.territory),))
    return story, scene.browser(roles.ADMINISTRATOR)


def pages_of(scene: Scene, story: Story, client: TestClient) -> dict[str, Element]:
    """Its pages by name."""
    found = {}
    for name in PATHS:
        answer = client.get(scene.page_of(story, name))
        assert answer.status_code == 200, name
        found[name] = next(read(answer.text).all("main"))
    return found


def empty_parts(page: Element) -> list[Element]:
    """What it says of what is not there."""
    return list(page.all("div", of="empty"))


def test_a_territory_without_convention_says_so_and_offers_to_open_one(scene: Scene) -> None:
    story, client = without_convention(scene)
    page = next(read(client.get(scene.page_of(story)).text).all("main"))
    assert "n’a pas encore de convention" in page.text
    assert any("open-convention" in one.given.get("href", "") for one in page.all("a"))


def test_a_convention_just_opened_sends_from_every_empty_part_to_what_comes_first(scene: Scene) -> None:
    """« Commencez par convoquer un forum », before there is an engagement or a diagnosis."""
    story, client = without_convention(scene)
    story.open(date(2026, 3, 2), date(2027, 1, 1))
    pages = pages_of(scene, story, client)
    for name in ("diagnosis", "plan", "documents"):
        parts = empty_parts(pages[name])
        assert parts, name
        for part in parts:
            assert FIRST["fr"] in part.text, f"{name}: {part.text}"
            (link,) = part.all("a")
            assert "/actes/record-engagement" in link.given["href"]
    assert "engagement" in next(pages["today"].all("p", of="lead")).text


def test_whoever_may_not_act_is_told_what_comes_first_and_of_whom(scene: Scene) -> None:
    story, _ = without_convention(scene)
    story.open(date(2026, 3, 2), date(2027, 1, 1))
    for language in LANGUAGES:
        client = scene.browser(roles.FRAMEWORK_PILOT, language)
        for part in empty_parts(pages_of(scene, story, client)["plan"]):
            assert FIRST[language] in part.text


def test_nothing_is_asked_for_once_a_convention_is_given_up(scene: Scene) -> None:
    story, client = without_convention(scene)
    story.open(date(2018, 3, 2), date(2019, 1, 1))
    story.tell(CloseConvention(stream_id=story.convention, motive=Prose("Jamais signée."), occurred_on=story.today))
    pages = pages_of(scene, story, client)
    assert "close depuis" in next(pages["today"].all("p", of="lead")).text
    assert empty_parts(pages["plan"])
    assert not any(FIRST["fr"] in part.text for page in pages.values() for part in empty_parts(page))


def test_every_page_of_an_empty_instance_is_whole_and_leads_to_beginning(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'empty.db'}", files_folder=tmp_path / "files")
    clock = SetClock(NOW)
    make_store(settings)
    prepare(settings, clock)
    with opened(settings, clock) as house:
        person_id = house.vault.register_person("Alix Exemple", "alix@exemple.invalid")
        account_id = house.accounts.create("alix", person_id, "un mot de passe long", NOW, is_administrator=True)
        app = create_app(house.services())
        token = house.sessions.open(account_id, NOW).token
        for language in LANGUAGES:
            client = TestClient(app, base_url="http://localhost", headers={"Accept-Language": language})
            client.cookies.set(cookie_name(False), token)
            assert client.get("/").url.path == "/commencer"
            _whole(client, language)


def _whole(client: TestClient, language: Language) -> None:
    for address in (
        "/commencer",
        "/departement",
        "/travail",
        "/recherche",
        "/administration",
        "/administration/comptes",
        "/administration/cles",
        "/administration/suites",
        "/administration/territoires",
        "/administration/partenaires",
        "/aide",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert list(faults(answer.text, language)) == [], address
        main = next(read(answer.text).all("main"))
        assert next(main.all("p", of="lead"), None) is not None or empty_parts(main), f"{address} answers nothing"
        assert next(main.all("a", "form"), None) is not None, f"{address} leads nowhere"
