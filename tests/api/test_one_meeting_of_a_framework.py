"""One meeting of a framework's committee by its own page: the same page as on a territory, for whoever steers it."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from domain import roles
from domain.steering import ConstituteSteeringBody
from domain.steering.planning import AgendaItem, ConveneMeeting, PlanMeeting
from domain.steering.quorum import HALF, ChangeSteeringRules
from domain.steering.seats import GiveSteeringSeat
from domain.values import Code, LocalId, Prose, PublicName
from tests.api.forms import form_of
from tests.api.scene import NOW, Scene
from tests.api.sitting_story import AGENDA, MEETING, SEATS, attend, decide, decision
from tests.api.test_framework_steering import BODY, network
from tests.api.test_unchanged_pages import is_kept, tag_of


def convened(scene: Scene) -> str:
    """The address of the meeting's page, once the committee is constituted and convened for the day of the scene."""
    framework, caf = scene.here.framework, scene.here.caf
    items = tuple(AgendaItem(LocalId(f"a{number}"), Prose(text)) for number, text in enumerate(AGENDA, 1))
    name = PublicName("Comité du département")
    for said in (
        ConstituteSteeringBody(stream_id=BODY, home_framework_id=framework, kind=Code("COPIL"), name=name),
        *(GiveSteeringSeat(stream_id=BODY, seat_id=one, partner_id=caf, college=Code("ELECTED")) for one in SEATS),
        ChangeSteeringRules(stream_id=BODY, quorum=HALF, rhythm_months=6),
        PlanMeeting(stream_id=BODY, meeting_id=MEETING, planned_on=NOW.date(), place=Prose("Auch")),
        ConveneMeeting(stream_id=BODY, meeting_id=MEETING, agenda=items, occurred_on=date(2026, 5, 11)),
    ):
        scene.here.tell(said, network(scene))
    listed = scene.browser(roles.FRAMEWORK_PILOT).get(f"/cadre/{framework}/reunions").text
    (address,) = {one for one in listed.split('"') if one.endswith(f"/reunions/{MEETING}")}
    return address


def test_a_meeting_of_a_framework_is_prepared_held_written_down_and_followed_on_its_page(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.FRAMEWORK_PILOT)
    assert AGENDA[0] in client.get(f"{page}/preparer").text
    answer = attend(client, page, *SEATS[:4])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}/tenir")
    assert "quorum atteint" in client.get(answer.headers["location"]).text
    assert decide(client, page, "Publier les données", votes_for="9").status_code == 303
    minutes = unescape(client.get(f"{page}/compte-rendu").text)
    assert "Publier les données" in minutes and "9 voix pour" in minutes
    draft = form_of(minutes, f"/cadre/{scene.here.framework}/actes/draft-minutes")
    answer = client.post(draft.action, data=draft.filled(text="La Caf remercie chacun."))
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].partition("?")[0] == f"{page}/compte-rendu"
    assert "La Caf remercie chacun." in client.get(f"{page}/proces-verbal").text
    follow = client.get(f"{page}/suites").text
    assert "Publier les données" in follow and "/actes/record-decision-done" in follow
    assert "/journal" not in follow, "no journal of a territory holds it"
    for paper in ("convocation", "emargement"):
        assert "Comité du département, 1er juin 2026, Auch" in client.get(f"{page}/{paper}").text, paper


def test_whoever_came_to_a_meeting_of_a_framework_is_said_again_and_a_decision_is_corrected(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.FRAMEWORK_PILOT)
    attend(client, page, *SEATS[:2])
    assert "quorum manqué" in client.get(f"{page}/tenir").text
    assert attend(client, page, *SEATS[:5]).status_code == 303
    assert "quorum atteint" in client.get(f"{page}/tenir").text
    decide(client, page, "Publier les donnees")
    shown = client.get(f"{page}/compte-rendu").text
    link = next(one for one in shown.split('"') if "/actes/record-decision?corrects=" in one)
    assert link.startswith("/cadre/")
    assert "Publier les donnees" in client.get(unescape(link)).text


@pytest.mark.parametrize("role", [roles.PILOT, roles.PARTNER_REPRESENTATIVE])
def test_whoever_steers_a_territory_reads_the_meeting_of_the_framework_and_records_nothing(
    scene: Scene, role: str
) -> None:
    page, network_pilot = convened(scene), scene.browser(roles.FRAMEWORK_PILOT)
    attend(network_pilot, page, *SEATS)
    form, reader = decision(network_pilot, page), scene.browser(role)
    for step in ("", "/preparer", "/tenir", "/compte-rendu", "/suites", "/convocation", "/emargement"):
        shown = reader.get(f"{page}{step}")
        assert shown.status_code == 200, step
        assert 'action="/cadre' not in shown.text
    assert "Vous lisez cette réunion" in reader.get(f"{page}/tenir").text
    before = scene.event_count()
    for action in (form.action, f"{page}/tenir/presences"):
        assert reader.post(action, data=form.filled(text="Ouvrir")).status_code == 403
    assert scene.event_count() == before


def test_a_meeting_is_found_only_where_it_is_held(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.FRAMEWORK_PILOT)
    territory = scene.page_of(scene.here, "meetings")
    missing = (f"{page}/nulle-part", f"{page[:-2]}s9", f"{page}?instance={scene.here.body}", f"{territory}/{MEETING}")
    for address in (*missing, f"/cadre/{scene.here.territory}/reunions/{MEETING}"):
        assert client.get(address).status_code == 404, address


def test_the_page_of_a_framework_s_meeting_is_another_once_something_was_decided_there(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.FRAMEWORK_PILOT)
    attend(client, page, *SEATS)
    address, tag = f"{page}/suites", tag_of(client, f"{page}/suites")
    assert is_kept(client, address, tag)
    decide(client, page, "Publier les données")
    assert not is_kept(client, address, tag)
