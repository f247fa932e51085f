"""A fact of a whole framework is contested, answered and kept by the framework's own page, and bears its mark."""

from __future__ import annotations

import re
from html import unescape

from domain import roles
from domain.kernel import Event
from tests.api.scene import Scene
from tests.api.sitting_story import SEATS, attend, decide
from tests.api.test_framework_steering import BODY
from tests.api.test_mistakes import sent
from tests.api.test_one_meeting_of_a_framework import convened

WHY = "La Caf a quitté cette instance en mars."


def line_of(html: str, fact: Event) -> str:
    """The line of a fact on the page of the framework."""
    found = re.search(rf'<li id="fact-{fact.envelope.event_id}">.*?</li>', html, re.DOTALL)
    assert found is not None
    return unescape(found.group(0))


def link(html: str, act: str) -> str:
    """The first link of an act on it."""
    return unescape(next(one for one in re.findall(r'href="([^"]+)"', html) if f"/actes/{act}?" in one))


def test_a_fact_of_a_framework_is_contested_from_its_line_answered_and_kept_by_a_second_person(scene: Scene) -> None:
    convened(scene)
    fact = next(one for one in scene.house.steering.events_of(BODY) if "seat" in one.TOPIC)
    pilot, other = scene.browser(roles.FRAMEWORK_PILOT), scene.browser(roles.FRAMEWORK_CO_PILOT)
    page = f"/cadre/{scene.here.framework}"
    address = link(line_of(pilot.get(page).text, fact), "contest-record")
    answer = sent(pilot, address, reason=WHY, partner_id=str(scene.here.caf))
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/cadre/"), "one comes back to the framework"
    told = unescape(pilot.get(page).text)
    assert "Faits contestés" in told and WHY in told
    assert "Contesté" in line_of(told, fact)
    assert "/actes/keep-contested-record" not in told, "whoever recorded the contestation does not resolve it"
    said = sent(other, link(other.get(page).text, "answer-contestation"), reason="Le courrier est de mai.")
    assert said.status_code == 303
    kept = sent(other, link(other.get(page).text, "keep-contested-record"), reason="Elle y siège jusqu’en juin.")
    assert kept.status_code == 303, kept.text
    told = unescape(pilot.get(page).text)
    assert "Contesté, maintenu" in told
    assert "Contesté" not in line_of(told, fact)


def test_whoever_only_reads_a_territory_reads_no_journal_of_the_framework(scene: Scene) -> None:
    convened(scene)
    for role in (roles.PILOT, roles.PARTNER_REPRESENTATIVE):
        assert 'id="facts"' not in scene.browser(role).get(f"/cadre/{scene.here.framework}").text


def test_the_page_of_a_meeting_marks_what_is_contested_of_it(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.FRAMEWORK_PILOT)
    attend(client, page, *SEATS[:5])
    decide(client, page, "Publier les données")
    assert "Contesté" not in unescape(client.get(f"{page}/compte-rendu").text)
    home = f"/cadre/{scene.here.framework}"
    decided = [one for one in scene.house.steering.events_of(BODY) if "decision" in one.TOPIC][-1]
    sent(
        client,
        link(line_of(client.get(home).text, decided), "contest-record"),
        reason=WHY,
        partner_id=str(scene.here.caf),
    )
    told = unescape(client.get(f"{page}/compte-rendu").text)
    assert told.count("Contesté") == 1, "the decision, not the meeting"
    held = [one for one in scene.house.steering.events_of(BODY) if one.TOPIC.endswith("meeting-held")][-1]
    sent(
        client, link(line_of(client.get(home).text, held), "contest-record"), reason=WHY, partner_id=str(scene.here.caf)
    )
    assert unescape(client.get(f"{page}/compte-rendu").text).count("Contesté") == 2
