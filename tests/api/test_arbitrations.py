"""What a meeting arbitrated is typed, read with its decision, asked of by API; what is set aside stays there."""

from __future__ import annotations

from datetime import date
from html import unescape

from domain import roles
from tests.api.forms import decide, open_form
from tests.api.scene import Scene
from tests.api.test_framework_steering import decided, done


def test_what_is_weighed_is_typed_and_read_with_its_decision(scene: Scene) -> None:
    decide(scene.here, "OTHER", date(2026, 5, 4), "m50")
    client, convention = scene.browser(roles.PILOT), scene.here.convention
    page = f"/t/{scene.siren_of(scene.here)}/comite/decisions"
    before = unescape(client.get(page).text)
    assert "Dire ce qui a été pesé" in before
    address = f"/conventions/{convention}/actes/record-arbitration"
    form = open_form(client, f"{address}?stream_id={scene.here.body}&meeting_id=m50&decision_id=d1")
    typed = {
        "question": "Où ouvrir ?",
        "alternatives.0.what": "À Samatan",
        "alternatives.0.cost_cents": "120 000",
        "alternatives.0.defended_by": str(scene.here.caf),
        "alternatives.1.what": "À Lombez",
        "alternatives.1.against": "Le bail est cher",
        "outcome": "CHOSEN",
        "motive": "L’école est libre",
    }
    unclear = client.post(form.action, data=form.filled(**typed))
    assert unclear.status_code == 422 and "On ne sait pas laquelle" in unescape(unclear.text)
    answer = client.post(form.action, data=form.filled(**typed, chosen="1"))
    assert answer.status_code == 303, unescape(answer.text)
    after = unescape(client.get(page).text)
    for words in ("Où ouvrir ?", "À Samatan", "À Lombez", "Le bail est cher", "écartée", "Rouvrir l’arbitrage"):
        assert words in after, words
    (told,) = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{convention}/arbitrations").json()
    assert (told["chosen"], told["alternatives"][0]["cost_cents"]) == (1, 12_000_000)
    assert told["alternatives"][1]["what"] == "À Lombez", "what was set aside is asked of as well"


def test_a_meeting_that_recorded_no_decision_arbitrates_by_a_new_one(scene: Scene) -> None:
    client, convention = scene.browser(roles.PILOT), scene.here.convention
    decide(scene.here, "OTHER", date(2026, 5, 4), "m50")
    address = f"/conventions/{convention}/actes/record-arbitration?stream_id={scene.here.body}&meeting_id=m50"
    typed = {"alternatives.0.what": "À Samatan", "alternatives.1.what": "À Lombez", "motive": "C’est plus près"}
    for question, decision in (("Où ouvrir ?", "d1"), ("Quand ouvrir ?", "+")):
        form = open_form(client, f"{address}&decision_id={decision}")
        answer = client.post(
            form.action, data=form.filled(**typed, question=question, chosen="2", decision_id=decision)
        )
        assert answer.status_code == 303, unescape(answer.text)
    told = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{convention}/arbitrations").json()
    assert {one["question"] for one in told} == {"Où ouvrir ?", "Quand ouvrir ?"}


def test_a_framework_s_committee_arbitrates_too(scene: Scene) -> None:
    decided(scene, date(2026, 5, 4), "Publier les données")
    client, framework = scene.browser(roles.FRAMEWORK_PILOT), scene.here.framework
    typed = {"alternatives.0.what": "Par commune", "alternatives.1.what": "Par canton"}
    said = {"question": "Comment les publier ?", "chosen": "2", "motive": "Assez fin", "decision_id": "+"}
    after = done(scene, client, "record-arbitration", "", **typed, **said)
    assert "Comment les publier ?" in unescape(client.get(f"/cadre/{framework}/decisions").text), after
    (told,) = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/frameworks/{framework}/arbitrations").json()
    assert told["question"] == "Comment les publier ?"
