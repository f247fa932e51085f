"""What is recommended and what explains is typed in forms, read with the decisions and beside what it explains."""

from __future__ import annotations

from datetime import date
from html import unescape

from starlette.testclient import TestClient

from domain import roles
from tests.api.forms import decide, open_form
from tests.api.scene import Scene
from tests.api.test_framework_steering import done as done_on_framework


def done(scene: Scene, client: TestClient, command: str, query: str = "", /, **typed: str) -> str:
    """An act done by its form on the convention; the page that it leads to, as it reads then."""
    form = open_form(client, f"/conventions/{scene.here.convention}/actes/{command}{query}")
    answer = client.post(form.action, data=form.filled(**typed))
    assert answer.status_code == 303, unescape(answer.text)
    return unescape(client.get(answer.headers["location"]).text)


def test_a_recommendation_is_issued_put_on_the_agenda_answered_and_followed_to_its_end(scene: Scene) -> None:
    word = decide(scene.here, "OTHER", date(2026, 5, 4), "m50")
    client, home = scene.browser(roles.PILOT), f"/t/{scene.siren_of(scene.here)}"
    caf, body = str(scene.here.caf), str(scene.here.body)
    offered = open_form(client, f"/conventions/{scene.here.convention}/actes/issue-recommendation").offered
    finding = next(one for one in offered["findings"] if one)
    text = "Un seul fichier des demandes"
    done(
        scene,
        client,
        "issue-recommendation",
        text=text,
        kind="TOOLS",
        partner_id=caf,
        findings=finding,
        to_body_id=body,
    )
    assert text in unescape(client.get(f"{home}/reunions").text), "it waits for the next meeting"
    page = unescape(client.get(f"{home}/comite/decisions").text)
    assert text in page and "Attend une réponse" in page and "/actes/decide-recommendation?recommendation_id=" in page
    which = page.partition("/actes/decide-recommendation?recommendation_id=")[2][:36]
    query = f"?recommendation_id={which}"
    done(scene, client, "decide-recommendation", query, answer="IN_PART", motive="Dès la rentrée", decided_in=word)
    done(scene, client, "follow-recommendation", query, ended="DONE", shown_by="Il est ouvert")
    page = unescape(client.get(f"{home}/comite/decisions").text)
    assert "« Dès la rentrée »" in page and "« Il est ouvert »" in page
    (told,) = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/recommendations").json()
    assert (told["state"], told["answer"], told["next_act"]) == ("DONE", "IN_PART", None)


def test_a_note_is_read_beside_the_priority_and_the_decision_that_it_explains(scene: Scene) -> None:
    word = decide(scene.here, "OTHER", date(2026, 5, 4), "m50")
    client, home = scene.browser(roles.PILOT), f"/t/{scene.siren_of(scene.here)}"
    form = open_form(client, f"/conventions/{scene.here.convention}/actes/write-translation-note")
    priority = next(one for one in form.offered["priority_id"] if one)
    said = {
        "source": "NATIONAL_CIRCULAR",
        "source_title": "Circulaire du 16 janvier 2020",
        "asks": "Une convention par territoire",
        "became_here": "Une convention pour deux",
        "motive": "Les familles passent de l’une à l’autre",
        "partner_id": str(scene.here.caf),
    }
    nothing = client.post(form.action, data=form.filled(**said))
    assert nothing.status_code == 422 and "n’explique rien" in unescape(nothing.text)
    done(scene, client, "write-translation-note", **said, priority_id=priority, decision=word)
    page = unescape(client.get(f"{home}/comite/decisions").text)
    for words in ("Circulaire du 16 janvier 2020", "Une convention pour deux", "Les familles passent"):
        assert words in page
    beside = [one for one in page.split("<li") if 'id="decision-m50-d1"' in one]
    assert beside and "Pourquoi ceci" in beside[0]
    assert "Pourquoi ceci" in unescape(client.get(f"{home}/plan").text), "beside the priority"
    (told,) = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/translation-notes").json()
    assert told["priority_id"] == priority


def test_why_a_framework_follows_its_method_is_explained_there(scene: Scene) -> None:
    client, framework = scene.browser(roles.FRAMEWORK_PILOT), scene.here.framework
    done_on_framework(
        scene,
        client,
        "write-translation-note",
        source="DEPARTMENT_SCHEME",
        source_title="Schéma des services aux familles",
        asks="Trois axes",
        became_here="Quatre thèmes",
        motive="La mobilité manquait",
        partner_id=str(scene.here.caf),
        about_method="true",
    )
    page = unescape(client.get(f"/cadre/{framework}/decisions").text)
    assert "Schéma des services aux familles" in page and "la méthode suivie" in page.lower()
    told = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/frameworks/{framework}/translation-notes").json()
    assert [one["about_method"] for one in told] == [True]
