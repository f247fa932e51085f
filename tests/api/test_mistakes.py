"""A mistake is mended through the doors: what was recorded wrongly is corrected or annulled, and nobody is misled."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from ctg_engine.mailing import office_of
from domain import roles
from domain.agenda import ReminderSent
from domain.kernel import Event
from tests.api.forms import form_of, forms_of
from tests.api.scene import ELSEWHERE, Scene
from workflows.deadlines import sweep
from workflows.delivery.letters import ANNULLED, Leaves, Withdrawn
from workflows.delivery.reminders import Reminders

API = "/api/v1"
WHY = "Recopié de travers"


def last(scene: Scene, topic: str, stream_id: UUID | None = None) -> Event:
    """The latest event of a kind on the convention told second, or on another stream."""
    recorded = scene.house.steering.events_of(stream_id or scene.there.convention)
    return [one for one in recorded if f"ctg.{topic}" == one.TOPIC][-1]


def id_of(event: Event) -> str:
    return str(event.envelope.event_id)


def entry(html: str, event: Event) -> str:
    """A line of the journal."""
    (found,) = [one for one in html.split('<li class="entry')[1:] if f'id="{id_of(event)}"' in one.partition(">")[0]]
    return found.partition("</ol>")[0]


def links(html: str, event: Event) -> dict[str, str]:
    """The links of a line of the journal that mend it, by their words."""
    found = re.findall(r'class="act" href="([^"]+)">([^<]+)<', entry(html, event))
    return {unescape(words): unescape(href) for href, words in found}


def line_of(html: str, event: Event) -> str:
    """A line of the journal as people read it."""
    said = entry(html, event).partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", said)).split())


def journal(client: TestClient, scene: Scene, convention: UUID | None = None) -> str:
    """Every page of it."""
    address, pages = f"/conventions/{convention or scene.there.convention}/journal", [""]
    while len(pages) == 1 or 'rel="next"' in pages[-1]:
        answer = client.get(address, params={"page": str(len(pages))}, follow_redirects=True)
        assert answer.status_code == 200
        pages.append(answer.text)
    return "".join(pages)


def sent(client: TestClient, address: str, **changes: str) -> Any:
    """A form as its link opens it, filled and sent."""
    shown = client.get(address)
    assert shown.status_code == 200, shown.text
    action = urlsplit(address).path
    form = next(one for one in forms_of(shown.text) if one.action.partition("?")[0] == action)
    return client.post(form.action, data=form.filled(**changes))


def tool_sends(scene: Scene, role: str, address: str, **body: Any) -> Any:
    return scene.tool(role).post(f"{API}{address}", json=body, headers={"Idempotency-Key": str(uuid4())})


def test_a_count_typed_wrongly_is_corrected_from_its_line_and_both_values_stay(scene: Scene) -> None:
    scene.there.forum("fo4", date(2026, 4, 2), 9, 4, 6)
    wrong = last(scene, "convention.forum-held")
    client = scene.browser(ELSEWHERE)
    address = links(journal(client, scene), wrong)["Corriger"]
    form = form_of(client.get(address).text, urlsplit(address).path)
    assert form.one("attendance_by_expertise.count.USAGE") == "6"
    assert form.one("place") == "Salle des fêtes"
    answer = sent(client, address, attendance_by_expertise__count__USAGE="14", reason=WHY)
    assert answer.status_code == 303, answer.text
    html = journal(client, scene)
    told = line_of(html, wrong)
    assert "Corrigé" in told
    assert "Avant : 6 → Maintenant : 14" in told
    assert WHY in told
    assert "<del>" in html
    assert not links(html, wrong), "what counts no more is not corrected twice"
    assert "En remplacement de" in line_of(html, last(scene, "convention.forum-held"))
    assert "14" in scene.whole(client, scene.there)


def test_a_correction_without_a_motive_is_asked_for_it_and_nothing_is_lost(scene: Scene) -> None:
    scene.there.forum("fo4", date(2026, 4, 2))
    client = scene.browser(ELSEWHERE)
    address = links(journal(client, scene), last(scene, "convention.forum-held"))["Corriger"]
    before = scene.event_count()
    answer = sent(client, address, attendance_by_expertise__count__USAGE="14")
    assert answer.status_code == 400
    assert "Dites pourquoi" in answer.text
    assert form_of(answer.text, urlsplit(address).path).one("attendance_by_expertise.count.USAGE") == "14"
    assert scene.event_count() == before


def test_what_would_fall_is_listed_before_anything_is_typed_and_agreed_to_by_one_box(scene: Scene) -> None:
    scene.there.forum("fo4", date(2026, 4, 2))
    scene.there.choose("p1", date(2026, 5, 4))
    wrong = last(scene, "convention.forum-held")
    client = scene.browser(ELSEWHERE)
    address = links(journal(client, scene), wrong)["Annuler cet enregistrement"]
    shown = client.get(address)
    assert "Un autre enregistrement s’appuie dessus" in unescape(shown.text)
    assert "Soutenir les parents" in unescape(shown.text), "in its words"
    refused = sent(client, address, reason=WHY)
    assert refused.status_code == 422
    assert "s’appuie" in unescape(refused.text)
    (cascade,) = forms_of(shown.text)[-1].offered["cascade"]
    assert sent(client, address, reason=WHY, cascade=cascade).status_code == 303
    html = journal(client, scene)
    assert "Annulé" in line_of(html, wrong)
    assert "Tombé avec" in line_of(html, last(scene, "convention.priority-chosen"))


def test_a_meeting_keeps_the_ids_of_its_decisions_when_it_is_corrected(scene: Scene) -> None:
    held = last(scene, "steering-body.steering-meeting-held", scene.there.body)
    client = scene.browser(ELSEWHERE)
    address = links(journal(client, scene), held)["Corriger"]
    answer = sent(client, address, attendance="8", reason=WHY)
    assert answer.status_code == 303, answer.text
    said = [one for one in scene.house.steering.events_of(scene.there.body) if "decision-recorded" in one.TOPIC]
    assert [one.decision_id for one in said] == ["d1", "d2", "d3"] * 2  # type: ignore[attr-defined]


def test_the_message_after_an_act_offers_to_correct_and_to_annul_it(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    address = f"/conventions/{scene.there.convention}/actes/record-engagement"
    answer = sent(client, address, partners=str(scene.there.cpam), occurred_on="2025-11-03")
    assert answer.status_code == 303, answer.text
    html = client.get(answer.headers["location"]).text
    offered = re.search(r'<div class="message-mend">.*?</div>', html, re.DOTALL)
    assert offered is not None
    done = id_of(last(scene, "convention.engagement-confirmed"))
    targets = [parse_qs(urlsplit(unescape(one)).query) for one in re.findall(r'href="([^"]+)"', offered[0])]
    assert [one.get("corrects", one.get("target_id")) for one in targets] == [[done], [done]]


def test_a_milestone_waits_for_a_second_person_who_sees_both_values(scene: Scene) -> None:
    here = scene.here.convention
    wrong = last(scene, "convention.signature-recorded", here)
    pilot, officer = scene.browser(roles.PILOT), scene.browser(roles.COOPERATION_OFFICER)
    address = links(journal(pilot, scene, here), wrong)["Corriger"]
    answer = sent(pilot, address, occurred_on="2024-11-26", reason=WHY)
    assert answer.status_code == 303, answer.text
    own = unescape(pilot.get(f"/conventions/{here}", follow_redirects=True).text)
    assert "Retirer ma proposition" in own
    assert "Confirmer la rectification" not in own
    html = unescape(officer.get(f"/conventions/{here}", follow_redirects=True).text)
    assert "25 novembre 2024" in html
    assert "26 novembre 2024" in html
    assert "Rectification proposée" in line_of(journal(officer, scene, here), wrong)
    confirm = re.search(r'href="(/enregistrements/[^"]+confirm-correction[^"]+)"', html)
    assert confirm is not None
    alone = pilot.get(confirm[1])
    assert "ne le confirme pas elle-même" in unescape(alone.text)
    assert sent(officer, confirm[1]).status_code == 303
    assert "est confirmée" in unescape(officer.get(f"/conventions/{here}", follow_redirects=True).text)
    told = line_of(journal(pilot, scene, here), wrong)
    assert "Confirmé par Camille Cooperation_Officer" in told


def test_a_proposal_is_refused_with_a_motive_that_the_page_says(scene: Scene) -> None:
    here = scene.here.convention
    wrong = last(scene, "convention.signature-recorded", here)
    pilot, officer = scene.browser(roles.PILOT), scene.browser(roles.COOPERATION_OFFICER)
    address = links(journal(pilot, scene, here), wrong)["Annuler cet enregistrement"]
    assert sent(pilot, address, reason=WHY).status_code == 303
    refuse = re.search(
        r'href="(/enregistrements/[^"]+refuse-correction[^"]+)"',
        officer.get(f"/conventions/{here}", follow_redirects=True).text,
    )
    assert refuse is not None
    assert sent(officer, refuse[1]).status_code == 400
    assert sent(officer, refuse[1], reason="La signature est bien là").status_code == 303
    html = unescape(pilot.get(f"/conventions/{here}", follow_redirects=True).text)
    assert "est refusée ou retirée" in html
    assert "La signature est bien là" in html


def test_an_opening_by_mistake_is_annulled_and_is_in_no_list(scene: Scene) -> None:
    there = scene.there.convention
    client, framework = scene.browser(ELSEWHERE), scene.browser(roles.FRAMEWORK_PILOT)
    opening = scene.house.steering.events_of(there)[0]
    house, now = scene.house, scene.clock.now()
    sweep(house.steering, house.summaries, house.clock, house.holidays)
    said = [one for one in scene.events() if isinstance(one, ReminderSent) and one.occurrence.subject_id == there]
    letter = next(Reminders.letters_of(house.steering, said[0]))
    assert isinstance(office_of(house).weigh(letter, now), Leaves)
    address = links(journal(client, scene), opening)["Annuler cet enregistrement"]
    (cascade,) = forms_of(client.get(address).text)[-1].offered["cascade"]
    answer = sent(client, address, reason=WHY, cascade=cascade)
    assert answer.status_code == 303, answer.text
    home = client.get(answer.headers["location"])
    assert "L’ouverture de cette convention est annulée." in unescape(home.text)
    assert office_of(house).weigh(letter, now) == Withdrawn(ANNULLED), "a letter that waited for it"
    assert WHY in home.text
    assert "Annulé" in line_of(journal(client, scene), opening)
    rows = re.findall(r"<tr>.*?</tr>", framework.get("/departement").text, re.DOTALL)
    (row,) = [one for one in rows if scene.page_of(scene.there) in one]
    assert "Territoire non couvert" in row
    listed = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions").json()["conventions"]
    assert str(there) not in {one["convention_id"] for one in listed}
    standings = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/territories").json()
    (own,) = [one for one in standings if one["territory_id"] == str(scene.there.territory)]
    assert own["phase"] == "NOT_COVERED"
    assert "Ouvrir" in unescape(client.get(scene.page_of(scene.there)).text)


# --- the API ----------------------------------------------------------------------------------------------------------


def trail(scene: Scene) -> dict[str, Any]:
    """What the API says became of each event, by its id."""
    answer = scene.tool(ELSEWHERE).get(f"{API}/conventions/{scene.there.convention}/events?limit=200")
    return {one["event_id"]: one["mistake"] for one in answer.json()["events"]}


def test_a_tool_annuls_what_it_recorded_once_it_named_what_falls(scene: Scene) -> None:
    scene.there.forum("fo4", date(2026, 4, 2))
    scene.there.choose("p1", date(2026, 5, 4))
    wrong = last(scene, "convention.forum-held")
    address = f"/streams/{scene.there.convention}/annul-event"
    refused = tool_sends(scene, ELSEWHERE, address, target_id=id_of(wrong), reason=WHY)
    assert refused.status_code == 422
    (problem,) = refused.json()["errors"]
    assert problem["code"] == "dependent-events"
    (dependent,) = problem["dependents"]
    assert dependent["type"] == "ctg.convention.priority-chosen"
    assert "Soutenir les parents" in dependent["detail"]
    body = {"target_id": id_of(wrong), "reason": WHY, "cascade": [dependent["event_id"]]}
    done = tool_sends(scene, ELSEWHERE, address, **body)
    assert done.status_code == 200, done.text
    assert trail(scene)[id_of(wrong)]["stands"] == "COUNTS", "it is a milestone, and a person could confirm it"
    proposal = trail(scene)[id_of(wrong)]["proposal_id"]
    page = f"/enregistrements/{scene.there.convention}/actes/confirm-correction?proposal_id={proposal}"
    assert sent(scene.browser(ELSEWHERE), page).status_code == 303
    said = trail(scene)
    assert said[id_of(wrong)]["stands"] == "ANNULLED"
    assert said[id_of(wrong)]["mended"]["reason"] == WHY
    assert said[dependent["event_id"]]["stands"] == "FALLEN"
    assert said[dependent["event_id"]]["target_id"] == id_of(wrong)


def test_a_tool_corrects_by_sending_the_act_again_and_a_key_sent_twice_is_the_same_correction(scene: Scene) -> None:
    scene.there.engage(date(2025, 10, 6))
    wrong = last(scene, "convention.engagement-confirmed")
    body = {"partners": [str(scene.there.caf)], "occurred_on": "2025-10-07", "reason": WHY, "corrects": id_of(wrong)}
    address = f"{API}/conventions/{scene.there.convention}/record-engagement"
    key = {"Idempotency-Key": "once"}
    client = scene.tool(ELSEWHERE)
    answer = client.post(address, json=body, headers=key)
    assert answer.status_code == 200, answer.text
    topics = [one["type"] for one in answer.json()["events"]]
    assert topics == ["ctg.correction.correction-proposed", "ctg.convention.engagement-confirmed"]
    assert client.post(address, json=body, headers=key).json()["replayed"] is True
    other = {**body, "corrects": answer.json()["events"][1]["event_id"]}
    assert client.post(address, json=other, headers=key).status_code == 422, "another correction under the same key"


def test_a_correction_over_the_api_says_why_and_what_it_corrects(scene: Scene) -> None:
    wrong = last(scene, "convention.engagement-confirmed")
    address = f"/conventions/{scene.there.convention}/record-engagement"
    body: dict[str, Any] = {"partners": [str(scene.there.caf)], "occurred_on": "2025-10-07"}
    silent = tool_sends(scene, ELSEWHERE, address, **body, corrects=id_of(wrong))
    assert silent.status_code == 400
    assert silent.json()["errors"][0]["field"] == "reason"
    empty = tool_sends(scene, ELSEWHERE, address, **body, cascade=[id_of(wrong)])
    assert empty.status_code == 400
    assert empty.json()["errors"][0]["code"] == "cascade-of-nothing"
