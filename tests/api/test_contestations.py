"""A fact is contested, discussed and resolved through the doors, and everybody concerned reads it beside the fact."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

from domain import roles
from domain.kernel import Event
from tests.api.scene import ELSEWHERE, Scene
from tests.api.test_mistakes import API, id_of, journal, line_of, links, sent, tool_sends

WHY = "La convention a été signée le 26."
ANSWER = "Le parapheur dit le 25."


def signed(scene: Scene) -> Event:
    """A signature of the convention told first."""
    recorded = scene.house.steering.events_of(scene.here.convention)
    return [one for one in recorded if one.TOPIC == "ctg.convention.signature-recorded"][-1]


def contested(scene: Scene, fact: Event) -> str:
    """The Caf contests a fact by its page; the journal that it reads then."""
    client, here = scene.browser(roles.PARTNER_REPRESENTATIVE), scene.here.convention
    address = links(journal(client, scene, here), fact)["Contester ce fait"]
    answer = sent(client, address, reason=WHY)
    assert answer.status_code == 303, answer.text
    return journal(client, scene, here)


def test_a_partner_contests_from_the_line_of_the_fact_and_all_read_it_beside_the_fact(scene: Scene) -> None:
    fact, here = signed(scene), scene.here.convention
    html = contested(scene, fact)
    assert "Contester ce fait" not in links(html, fact), "it waits for an answer"
    for role in (roles.PARTNER_REPRESENTATIVE, roles.PILOT, roles.COMMITTEE_MEMBER, roles.AUDITOR):
        told = line_of(journal(scene.browser(role), scene, here), fact)
        assert "Contesté par" in told, role
        assert WHY in told
    first = unescape(scene.browser(roles.PILOT).get(f"/conventions/{here}", follow_redirects=True).text)
    assert "Faits contestés" in first
    assert WHY in first
    marked = scene.browser(roles.PILOT).get(f"/conventions/{here}/journal?marque=conteste", follow_redirects=True).text
    assert "attend d’être réglée" in unescape(marked)
    assert line_of(marked, fact)


def test_lines_that_tell_a_contested_fact_elsewhere_bear_its_mark_until_it_is_resolved(scene: Scene) -> None:
    here = scene.here
    facts = {
        "ctg.convention.signature-recorded": (here.convention, "partenaires"),
        "ctg.convention.forum-held": (here.convention, "diagnostic"),
        "ctg.steering-body.steering-meeting-held": (here.body, "reunions"),
        "ctg.action-sheet.action-sheet-drafted": (here.sheet, f"plan/{here.sheet}"),
    }
    pilot = scene.browser(roles.PILOT)
    home = pilot.get(f"/conventions/{here.convention}", follow_redirects=True).url.path
    for topic, (stream_id, page) in facts.items():
        fact = [one for one in scene.house.steering.events_of(stream_id) if topic == one.TOPIC][-1]
        about = {"target_id": id_of(fact), "partner_id": str(here.caf), "reason": WHY}
        before = pilot.get(f"{home}/{page}", follow_redirects=True)
        assert before.status_code == 200, page
        assert "Contesté" not in unescape(before.text)
        assert tool_sends(scene, roles.PILOT, f"/streams/{stream_id}/contest-record", **about).status_code == 200
        after = unescape(pilot.get(f"{home}/{page}", follow_redirects=True).text)
        assert "Contesté" in after, page
    work = unescape(pilot.get("/").text)
    assert "contestations attendent d’être réglées" in work


def test_what_is_answered_is_told_with_who_and_when_and_a_second_person_keeps_the_fact(scene: Scene) -> None:
    fact, here = signed(scene), scene.here.convention
    contested(scene, fact)
    pilot, officer = scene.browser(roles.PILOT), scene.browser(roles.COOPERATION_OFFICER)
    address = links(journal(pilot, scene, here), fact)["Répondre"]
    assert WHY in unescape(pilot.get(address).text), "what is contested stands above the answer"
    assert sent(pilot, address).status_code == 400, "an answer says something"
    assert sent(pilot, address, reason=ANSWER).status_code == 303
    keep = links(journal(officer, scene, here), fact)["Maintenir le fait"]
    assert ANSWER in unescape(officer.get(keep).text)
    assert sent(officer, keep, reason=ANSWER).status_code == 303
    told = line_of(journal(pilot, scene, here), fact)
    assert "Contesté, maintenu" in told
    assert "Maintenu par Camille Cooperation_Officer" in told
    assert "Répondre" not in links(journal(pilot, scene, here), fact)


def test_a_tool_contests_for_its_partner_only_and_reads_what_became_of_it(scene: Scene) -> None:
    fact, here = signed(scene), scene.here
    address = f"/streams/{fact.originator_id}/contest-record"
    other = {"target_id": id_of(fact), "partner_id": str(here.cpam), "reason": WHY}
    assert tool_sends(scene, roles.PARTNER_REPRESENTATIVE, address, **other).status_code == 403
    own = {**other, "partner_id": str(here.caf)}
    assert tool_sends(scene, roles.PARTNER_REPRESENTATIVE, address, **own).status_code == 200
    twice = tool_sends(scene, roles.PARTNER_REPRESENTATIVE, address, **own)
    assert twice.status_code == 422
    assert "already-contested" in twice.text
    question = f"{API}/conventions/{here.convention}/contestations"
    (one,) = scene.tool(roles.PARTNER_REPRESENTATIVE).get(question).json()
    assert (one["state"], one["target_id"], one["partner_id"]) == ("OPEN", id_of(fact), str(here.caf))
    withdraw = f"/streams/{fact.originator_id}/withdraw-contestation"
    about = {"contestation_id": one["said"]["event_id"]}
    assert tool_sends(scene, roles.PILOT, withdraw, **about).status_code == 403
    assert tool_sends(scene, roles.PARTNER_REPRESENTATIVE, withdraw, **about).status_code == 200
    (one,) = scene.tool(roles.PARTNER_REPRESENTATIVE).get(question).json()
    assert one["state"] == "WITHDRAWN"


def test_what_is_contested_elsewhere_does_not_exist(scene: Scene) -> None:
    fact = signed(scene)
    html = contested(scene, fact)
    contestation = re.search(r"contestation_id=([0-9a-f-]+)", html)
    assert contestation is not None
    stranger = scene.browser(ELSEWHERE)
    for act, name, about in (
        ("contest-record", "target_id", id_of(fact)),
        ("answer-contestation", "contestation_id", contestation[1]),
    ):
        page = f"/enregistrements/{fact.originator_id}/actes/{act}?{name}={about}"
        assert stranger.get(page).status_code == 404
        body = {name: about, "reason": WHY, "partner_id": str(scene.here.caf)}
        address = f"/streams/{fact.originator_id}/{act}"
        assert tool_sends(scene, ELSEWHERE, address, **body).status_code in (400, 404)
    assert scene.tool(ELSEWHERE).get(f"{API}/conventions/{scene.here.convention}/contestations").status_code == 404
    unknown = f"/enregistrements/{fact.originator_id}/actes/answer-contestation?contestation_id={uuid4()}"
    assert scene.browser(roles.PILOT).get(unknown).status_code == 404
