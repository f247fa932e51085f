"""A convention's own theme is called by its name wherever themes are told, and is proposed first."""

from __future__ import annotations

from datetime import date
from html import unescape

from domain import roles
from domain.convention.themes import AddTheme
from domain.values import LocalId, PublicName
from tests.api.forms import open_form
from tests.api.scene import ELSEWHERE, Scene

NAME = "Vieillir chez soi"


def test_the_theme_that_the_committee_named_is_told_everywhere(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    acts = f"/conventions/{scene.there.convention}/actes"
    form = open_form(client, f"{acts}/add-theme")
    done = client.post(form.action, data=form.filled(name=NAME, transverse="false", occurred_on="2026-05-20"))
    assert "Le thème est ajouté" in client.get(done.headers["location"]).text
    forum = open_form(client, f"{acts}/record-forum")
    own = forum.offered["themes"][0]
    assert f">{NAME}<" in client.get(f"{acts}/record-forum").text, "its own themes first"
    scene.there.forum("f9", date(2026, 5, 22), 9, 4, 0, theme=own)
    page = unescape(client.get(scene.page_of(scene.there, "diagnosis")).text)
    assert page.count(NAME) >= 4, "in the matrix, its twin, the forum and the list of themes"
    assert "Aucun usager n’était présent" in page
    assert f"Thèmes : {NAME}" in unescape(client.get(scene.page_of(scene.there, "journal")).text).replace("\xa0", " ")
    assert NAME in unescape(scene.browser(roles.FRAMEWORK_PILOT).get("/departement/themes").text)
    tool = scene.tool(roles.FRAMEWORK_PILOT)
    (known, *_) = tool.get(f"/api/v1/conventions/{scene.there.convention}/known-themes").json()
    assert known["theme"] == {"code": own, "name": NAME}
    refused = open_form(client, f"{acts}/choose-priority")
    offered = {"findings": refused.offered["findings"], "decided_in": refused.offered["decided_in"][-1]}
    sent = refused.filled(title="Rester", themes=[own], occurred_on="2026-05-25", **offered)
    answer = client.post(refused.action, data=sent)
    assert f"Le thème « {NAME} » n’a pas encore été croisé" in unescape(answer.text).replace("\xa0", " ")


def test_themes_across_territories_are_those_that_the_reader_may_see(scene: Scene) -> None:
    scene.there.tell(AddTheme(stream_id=scene.there.convention, theme_id=LocalId("t1"), name=PublicName(NAME)))
    everywhere = scene.browser(roles.FRAMEWORK_PILOT)
    for odd in ("", "?page=0", "?page=abc", "?page=9999"):
        assert everywhere.get(f"/departement/themes{odd}").status_code == 200, odd
    assert NAME in everywhere.get("/departement/themes").text
    assert NAME not in scene.browser(roles.PILOT).get("/departement/themes").text
