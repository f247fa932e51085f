"""Anything can be found by its name, by whoever may read it and by nobody else."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from api.finding import KINDS
from domain import roles
from domain.action_sheets.drafting import DraftActionSheet
from domain.corrections import AnnulEvent
from domain.partners import RegisterPartner
from domain.twins import MergePartners
from domain.values import Code, LocalId, Prose, PublicName
from tests.api.scene import ELSEWHERE, NOBODY, Scene
from workflows.summaries import searched

API = "/api/v1/search"


def found(scene: Scene, typed: str, role: str = roles.PILOT, **asked: str) -> list[dict[str, Any]]:
    """What a tool finds."""
    answer = scene.tool(role).get(API, params={"q": typed, **asked})
    assert answer.status_code == 200, answer.text
    things: list[dict[str, Any]] = answer.json()["found"]
    return things


def titles(scene: Scene, typed: str, role: str = roles.PILOT, **asked: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["title"]) for one in found(scene, typed, role, **asked)]


HERE = "CC de la Gascogne Toulousaine"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gascogne toul", ("territory", HERE)),
        ("Communauté de communes de la Gascogne", ("territory", HERE)),
        ("200 023 620", ("territory", HERE)),
        ("20002362000017", ("territory", HERE)),
        ("l'isle jourdain", ("territory", HERE)),
        ("L’ÎSLE", ("territory", HERE)),
        ("caf", ("partner", "Caf du Gers")),
        ("solidarites", ("framework", "CTG gersoise des solidarités")),
        ("navette", ("sheet", "Navette des parents")),
        ("soutenir les parents", ("priority", "Soutenir les parents")),
        ("forum parentalite", ("forum", "Parentalité")),
        ("parenting", ("forum", "Parentalité")),
        ("approuvé", ("decision", "Approuvé")),
        ("page de signature caf", ("document", "Page de signature")),
        ("navette gascogne", ("sheet", "Navette des parents")),
    ],
)
def test_a_thing_is_found_by_what_people_type(scene: Scene, typed: str, expected: tuple[str, str]) -> None:
    assert expected in titles(scene, typed, roles.FRAMEWORK_PILOT)


def test_all_the_words_are_asked_for_and_the_best_comes_first(scene: Scene) -> None:
    assert titles(scene, "navette hippodrome", roles.FRAMEWORK_PILOT) == []
    kinds = [kind for kind, _ in titles(scene, "g", roles.FRAMEWORK_PILOT)]
    assert kinds == sorted(kinds, key=KINDS.index)
    first, *_ = titles(scene, "gers", roles.FRAMEWORK_PILOT)
    assert first == ("territory", "CC Val de Gers")


def test_nobody_finds_what_they_may_not_read(scene: Scene) -> None:
    assert titles(scene, "gascogne", ELSEWHERE)[0] == ("territory", "CA Grand Auch Cœur de Gascogne")
    assert HERE not in str(found(scene, "gascogne", ELSEWHERE, kind="territory"))
    for typed in ("navette", "soutenir", "signature", "200023620"):
        assert found(scene, typed, ELSEWHERE) == [], typed
    siren = scene.siren_of(scene.here)
    assert found(scene, "gascogne", ELSEWHERE, siren=siren) == [], "not by naming the territory either"
    assert scene.browser(ELSEWHERE).get(f"/recherche?q=navette&ou={siren}").text.count("<mark>") == 0
    assert scene.tool(NOBODY).get(API, params={"q": "gascogne"}).status_code == 403
    assert scene.stranger().get(API, params={"q": "gascogne"}).status_code == 401
    assert scene.browser(NOBODY).get("/recherche?q=gascogne").status_code == 403
    assert 'role="search"' not in scene.browser(NOBODY).get("/compte").text


def test_a_partner_is_found_where_it_is_named_and_nowhere_else(scene: Scene) -> None:
    (caf,) = found(scene, "caf du gers", roles.PILOT, kind="partner")
    assert [one["name"] for one in caf["territories"]] == [HERE]
    (caf,) = found(scene, "caf du gers", roles.FRAMEWORK_PILOT, kind="partner")
    assert len(caf["territories"]) == 2
    assert titles(scene, "msa", roles.PILOT) == [], "registered, but of no convention that may be read"


def test_what_was_annulled_is_not_found(scene: Scene) -> None:
    story = scene.here
    sheet = DraftActionSheet(
        stream_id=uuid4(),
        convention_id=story.convention,
        home_territory_id=story.territory,
        priority_id=LocalId("p1"),
        title=Prose("Bibliobus"),
        owner_id=story.epci,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 9, 1),
    )
    drafted = story.tell(sheet)
    assert titles(scene, "bibliobus") == [("sheet", "Bibliobus")]
    annulled = AnnulEvent(stream_id=sheet.stream_id, target_id=drafted.events[0].event_id)
    story.tell(annulled, reason=Prose("Erreur de territoire"))
    assert titles(scene, "bibliobus") == []


def test_two_partners_that_are_one_are_found_once_under_both_names(scene: Scene) -> None:
    story, twin = scene.here, uuid4()
    registered = RegisterPartner(
        stream_id=twin, kind=Code("CAF"), name=PublicName("Allocations familiales de Gascogne")
    )
    story.tell(registered, story.administrator)
    assert found(scene, "allocations", kind="partner") == []
    story.tell(MergePartners(stream_id=twin, kept_id=story.caf), story.administrator, reason=Prose("La même"))
    (one,) = found(scene, "allocations", kind="partner")
    assert (one["reference"], one["title"]) == (str(story.caf), "Caf du Gers")
    assert "connu aussi sous le nom" in scene.browser(roles.PILOT).get("/recherche?q=allocations").text


def test_each_hit_leads_to_its_place(scene: Scene) -> None:
    client = scene.browser(roles.FRAMEWORK_PILOT)
    missing = []
    for typed in ("navette", "soutenir", "forum", "approuve", "signature", "caf", "solidarites", "gascogne"):
        page = client.get("/recherche", params={"q": typed}).text
        for href in re.findall(r'<p class="found-title">.*?<a href="([^"]+)"', page):
            path, _, anchor = unescape(href).partition("#")
            answer = client.get(path, follow_redirects=True)
            if answer.status_code != 200 or (anchor and f'id="{anchor}"' not in answer.text):
                missing.append(href)
    assert missing == []


def test_a_slip_is_helped_and_an_empty_page_says_what_can_be_found(scene: Scene) -> None:
    client = scene.browser(roles.FRAMEWORK_PILOT)
    page = unescape(client.get("/recherche?q=navete").text)
    assert "Vouliez-vous dire «\xa0Navette\xa0»\xa0?" in page
    assert "Navette</mark> des parents" in page
    nothing = unescape(client.get("/recherche?q=hippodrome").text)
    assert "Rien ne porte ce nom" in nothing
    assert "Ou parcourez" in nothing
    assert "Ce que l’on peut trouver" in unescape(client.get("/recherche").text)
    assert "What can be found" in scene.browser(roles.FRAMEWORK_PILOT, "en").get("/recherche").text
    for odd in (
        "q=%25",
        "q=_",
        "q='",
        "q=%20",
        "q=a&page=abc",
        "q=a&page=0",
        "q=a&quoi=x&ou=x",
        "quoi=document&page=99",
        f"q={'é' * 999}",
    ):
        assert client.get(f"/recherche?{odd}").status_code == 200, odd


def test_pages_of_the_answer_follow_each_other(scene: Scene) -> None:
    whole = scene.tool(roles.FRAMEWORK_PILOT).get(API, params={"q": "g", "limit": 200}).json()
    assert whole["next_cursor"] is None
    assert whole["all_read"] is True
    one_by_one: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = scene.tool(roles.FRAMEWORK_PILOT).get(API, params={"q": "g", "limit": 2, **cursor}).json()
        one_by_one += page["found"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert one_by_one == whole["found"]
    assert len(one_by_one) == whole["total"] > 2
    assert scene.tool(roles.PILOT).get(API, params={"q": "g", "cursor": "AAAA"}).status_code == 400


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Scene:
    """The scene on each database."""
    found: Scene = request.getfixturevalue("scene" if request.param == "sqlite" else "postgres_scene")
    return found


def test_of_a_whole_nation_public_names_are_searched_and_that_titles_were_not_is_said(
    either: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert titles(either, "navette", roles.FRAMEWORK_PILOT) == [("sheet", "Navette des parents")]
    monkeypatch.setattr(searched, "MOST_WHOLE", 0)
    answer = either.tool(roles.FRAMEWORK_PILOT).get(API, params={"q": "caf parentalite"}).json()
    assert answer["all_read"] is False
    assert answer["total"] == 0, "a partner has no theme"
    kinds = {one["kind"] for one in found(either, "parentalite", roles.FRAMEWORK_PILOT)}
    assert kinds >= {"forum", "priority", "sheet"}
    assert titles(either, "caf", roles.FRAMEWORK_PILOT, kind="partner") == [("partner", "Caf du Gers")]
    assert titles(either, "100%", roles.FRAMEWORK_PILOT) == []
