"""One meeting by its own page: opened by seats, decided on the spot, written down, followed; read by others."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from domain import roles
from domain.steering.deciding import SteeringDecisionTaken
from domain.steering.meetings import RecordDecision, SteeringMeetingHeld
from domain.values import LocalId, Prose, local_id
from tests.api.forms import form_of
from tests.api.scene import ELSEWHERE, Scene
from tests.api.sitting_story import AGENDA, MEETING, SEATS, attend, attendance, convened, decide, decision


def taken(scene: Scene) -> list[SteeringDecisionTaken]:
    return [one for one in scene.events() if isinstance(one, SteeringDecisionTaken)]


def test_a_meeting_is_opened_by_its_seats_and_says_at_once_whether_it_may_decide(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    assert "dites d’abord qui est là" in client.get(f"{page}/tenir").text
    answer = attend(client, page, *SEATS[:4])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}/tenir")
    shown = client.get(answer.headers["location"]).text
    assert "Quorum atteint : quatre sièges présents sur 6" in shown.replace("\u00a0", " ") or "4 sur 6" in shown
    assert "quorum atteint" in shown


def test_five_decisions_follow_one_another_on_the_same_page_and_stand_in_the_minutes(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    for number in range(5):
        answer = decide(
            client,
            page,
            f"Décision numéro {number}",
            owner_id=str(scene.here.caf),
            due_on="2026-09-30",
            votes_for="5",
            abstentions="1",
        )
        assert (answer.status_code, answer.headers["location"]) == (303, f"{page}/tenir?point=1")
    held = client.get(f"{page}/tenir").text
    assert "Cinq décisions sont enregistrées" in held
    assert "Décision numéro 4" in held
    minutes = client.get(f"{page}/compte-rendu").text
    assert [f"Décision numéro {number}" in minutes for number in range(5)] == [True] * 5
    assert "pour le 30 septembre 2026" in minutes
    assert "5 voix pour" in minutes
    follow = client.get(f"{page}/suites").text
    assert follow.count("complete") or "record-decision-done" in follow


def test_a_decision_sent_twice_is_recorded_once_and_another_text_under_its_key_is_never_lost(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    form = decision(client, page)
    sent = form.filled(text="Ouvrir le relais le samedi")
    assert [client.post(form.action, data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(taken(scene)) == 1
    other = client.post(form.action, data=form.filled(text="Fermer le relais le lundi"))
    assert other.status_code == 422
    again = form_of(other.text, f"{page}/tenir/decisions")
    assert again.one("text") == "Fermer le relais le lundi"
    assert client.post(again.action, data=again.values).status_code == 303
    assert len(taken(scene)) == 2


def test_two_people_who_record_at_once_lose_nothing(scene: Scene) -> None:
    page = convened(scene)
    first, second = scene.browser(roles.PILOT), scene.browser(roles.COOPERATION_OFFICER)
    attend(first, page, *SEATS)
    one, other = decision(first, page), decision(second, page)
    assert first.post(one.action, data=one.filled(text="Dit par la première")).status_code == 303
    assert second.post(other.action, data=other.filled(text="Dit par le second")).status_code == 303
    shown = first.get(f"{page}/tenir").text
    assert "Dit par la première" in shown
    assert "Dit par le second" in shown
    assert len(taken(scene)) == 2


def test_whoever_comes_late_is_noted_and_what_was_decided_stays(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS[:2])
    too_few = client.get(f"{page}/tenir").text
    assert "quorum manqué" in too_few
    assert "marqué irrégulier" in too_few
    decide(client, page, "Décidé trop tôt")
    assert attend(client, page, *SEATS[:4]).status_code == 303
    assert "quorum atteint" in client.get(f"{page}/tenir").text
    decide(client, page, "Décidé à temps")
    minutes = client.get(f"{page}/compte-rendu").text
    assert re.search(r"Irrégulier[^<]*</span>Décidé trop tôt", minutes.replace("\n", ""))
    assert "Décidé à temps" in minutes
    assert sum(isinstance(one, SteeringMeetingHeld) for one in scene.events() if MEETING in str(one)) == 2


def test_the_same_attendance_said_again_says_nothing_new(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS[:4])
    before = scene.event_count()
    assert attend(client, page, *SEATS[:4]).status_code == 303
    assert scene.event_count() == before


def test_a_proxy_is_noted_and_told_in_the_minutes(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS[:4], **{"donne.0": SEATS[5], "porte.0": SEATS[0]})
    assert "Ont donné pouvoir" in client.get(f"{page}/compte-rendu").text


def test_all_seats_are_ticked_at_one_press_and_nothing_is_recorded_yet(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    form, before = attendance(client, page), scene.event_count()
    shown = client.post(form.action, data=form.filled(_all="1"))
    ticked = form_of(shown.text, f"{page}/tenir/presences")
    assert [ticked.one(f"siege.{one}") for one in SEATS] == ["PRESENT"] * len(SEATS)
    assert scene.event_count() == before


def test_the_quorum_is_said_of_those_who_are_ticked_before_anything_is_recorded(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    before = scene.event_count()
    assert "Il faut 4 sièges présents sur 6." in counted(client, page)
    assert "Quorum non atteint : 3 sièges présents sur 6, il en faut 4." in counted(client, page, *SEATS[:3])
    assert "Quorum atteint : 4 sièges présents sur 6, il en faut 4." in counted(client, page, *SEATS[:4])
    assert "Il faut 4 sièges" in counted(client, page, occurred_on="hier"), "what was typed is given back"
    assert scene.event_count() == before


def counted(client: TestClient, page: str, *present: LocalId, **more: str) -> str:
    """What is said of those who are ticked, who stay ticked, by the button that counts."""
    form = attendance(client, page)
    seats = {f"siege.{one}": "PRESENT" if one in present else "" for one in SEATS}
    shown = client.post(form.action, data={**form.values, **seats, **more, "_count": "1"})
    assert shown.status_code == 200
    again = form_of(shown.text, f"{page}/tenir/presences")
    assert [one for one in SEATS if again.one(f"siege.{one}") == "PRESENT"] == list(present)
    return unescape(shown.text.partition('id="quorum-told"')[2].partition("</p>")[0]).replace("\u00a0", " ")


def test_what_is_wrong_is_said_on_the_page_with_all_that_was_typed(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    before = scene.event_count()
    for wrong in ({"text": " "}, {"text": "Ouvrir", "due_on": "2020-01-01"}, {"text": "Ouvrir", "votes_for": "-3"}):
        form = decision(client, page)
        answer = client.post(form.action, data=form.filled(**{"proof": "Une affiche", **wrong}))
        assert answer.status_code in (400, 422), wrong
        assert "Rien n’est enregistré" in answer.text
        assert form_of(answer.text, f"{page}/tenir/decisions").one("proof") == "Une affiche"
    form = decision(client, page)
    aged = client.post(form.action, data=form.filled(text="Ouvrir", csrf_token="celui d’hier"))
    assert (aged.status_code, form_of(aged.text, f"{page}/tenir/decisions").one("text")) == (403, "Ouvrir")
    assert scene.event_count() == before


def test_the_next_point_comes_once_the_decision_is_recorded(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    form = decision(client, page, 2)
    answer = client.post(form.action, data=form.filled(text="Reporter de six mois", _on="1"))
    assert answer.headers["location"] == f"{page}/tenir?point=3"
    assert f">{AGENDA[2]}</h2>" in client.get(answer.headers["location"]).text


def test_a_decision_stands_under_its_point_in_the_minutes_and_in_what_follows(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    form = decision(client, page, 2)
    assert client.post(form.action, data=form.filled(text="Reporter de six mois")).status_code == 303
    form = decision(client, page, 3)
    assert client.post(form.action, data=form.filled(text="Se revoir en octobre")).status_code == 303
    besides = RecordDecision(
        stream_id=scene.here.body, meeting_id=MEETING, decision_id=local_id("hors"), text=Prose("Saluer le maire")
    )
    scene.here.tell(besides)
    assert [one.item_id for one in taken(scene)] == ["a2", "a3", None]
    listed = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/decisions").json()
    of_meeting = [one for one in listed["decisions"] if one["reference"]["meeting_id"] == str(MEETING)]
    assert {one["item_id"] for one in of_meeting} == {"a2", "a3", None}
    in_order = (AGENDA[0], AGENDA[1], "Reporter", AGENDA[2], "Se revoir", "Décidé hors de l’ordre du jour", "Saluer")
    for step, said in (("compte-rendu", in_order), ("proces-verbal", in_order), ("suites", in_order[1:])):
        shown = client.get(f"{page}/{step}").text
        shown = shown[shown.index("<h1") :]
        assert [shown.find(one) for one in said] == sorted(shown.find(one) for one in said), step
        assert all(one in shown for one in said), step
        assert shown.count("Reporter de six mois") == 1, step


def test_a_decision_on_a_point_that_is_not_on_the_agenda_is_refused_in_words(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    form, before = decision(client, page), scene.event_count()
    assert client.post(form.action, data=form.filled(text="Ouvrir", item_id="a9")).status_code == 400
    body = {"meeting_id": MEETING, "decision_id": "d9", "text": "Ouvrir", "item_id": "a9", "occurred_on": "2026-06-01"}
    answer = scene.tool(roles.PILOT).post(
        f"/api/v1/steering-bodies/{scene.here.body}/record-decision", json=body, headers={"Idempotency-Key": "k-9"}
    )
    assert answer.status_code == 422, answer.text
    (broken,) = answer.json()["errors"]
    assert (broken["code"], broken["field"]) == ("point-not-on-the-agenda", "item_id")
    assert scene.event_count() == before


def test_before_a_room_the_page_shows_one_point_and_stays_so_from_decision_to_decision(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    shown = client.get(f"{page}/tenir?vue=projecteur&point=2").text
    assert 'class="sitting projector"' in shown
    form = form_of(shown, f"{page}/tenir/decisions")
    answer = client.post(form.action, data=form.filled(text="Reporter de six mois"))
    assert answer.headers["location"] == f"{page}/tenir?vue=projecteur&point=2"


@pytest.mark.parametrize("role", [roles.COMMITTEE_MEMBER, roles.AUDITOR, roles.PARTNER_REPRESENTATIVE])
def test_whoever_may_not_hold_it_reads_it_with_a_sentence_and_records_nothing(scene: Scene, role: str) -> None:
    page, pilot = convened(scene), scene.browser(roles.PILOT)
    attend(pilot, page, *SEATS)
    form = decision(pilot, page)
    reader = scene.browser(role)
    for step in ("", "/preparer", "/tenir", "/compte-rendu", "/suites", "/convocation", "/emargement"):
        shown = reader.get(f"{page}{step}")
        assert shown.status_code == 200, step
        assert f'action="{page}' not in shown.text
    assert "Vous lisez cette réunion" in reader.get(f"{page}/tenir").text
    before = scene.event_count()
    for action in (form.action, f"{page}/tenir/presences"):
        refused = reader.post(action, data=form.filled(text="Ouvrir"))
        assert refused.status_code == 403
    assert scene.event_count() == before


def test_no_word_of_a_meeting_reaches_another_territory(scene: Scene) -> None:
    page, pilot = convened(scene), scene.browser(roles.PILOT)
    attend(pilot, page, *SEATS)
    decide(pilot, page, "Un secret de comité")
    stranger = scene.browser(ELSEWHERE)
    for step in ("", "/tenir", "/compte-rendu", "/proces-verbal"):
        assert stranger.get(f"{page}{step}").status_code == 404
    assert stranger.post(f"{page}/tenir/decisions", data={"text": "Ouvrir"}).status_code == 404


def test_a_meeting_or_a_step_that_is_not_there_is_not_found(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    for address in (f"{page}/nulle-part", f"{page[:-2]}s9", f"{page}?instance={scene.there.body}"):
        assert client.get(address).status_code == 404


def test_minutes_are_written_approved_and_the_next_meeting_is_set_from_the_page(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    attend(client, page, *SEATS)
    shown = client.get(f"{page}/compte-rendu").text
    draft = next(one for one in ("draft-minutes",) if one in shown)
    form = form_of(shown, f"/conventions/{scene.here.convention}/actes/{draft}")
    answer = client.post(form.action, data=form.filled(text="Le maire remercie les familles."))
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(f"{page}/compte-rendu?fait=")
    shown = client.get(f"{page}/compte-rendu").text
    assert "Le maire remercie les familles." in shown
    approve = form_of(shown, f"/conventions/{scene.here.convention}/actes/approve-minutes")
    assert client.post(approve.action, data=approve.values).status_code == 303
    shown = client.get(f"{page}/compte-rendu").text
    assert "Le compte rendu est approuvé" in shown
    assert "planned_on=2026-10-01" in shown, "by the rhythm of the body, four months later"
    assert f"/actes/correct-minutes?stream_id={scene.here.body}" in shown


def test_the_invitation_begins_with_the_points_that_were_ticked(scene: Scene) -> None:
    page, client = convened(scene, agenda=()), scene.browser(roles.PILOT)
    shown = client.get(page + "/preparer").text
    form = form_of(shown, f"/conventions/{scene.here.convention}/actes/convene-meeting")
    before = scene.event_count()
    asked = client.post(form.action, data=form.values)
    assert asked.status_code == 200
    convening = form_of(asked.text, f"/conventions/{scene.here.convention}/actes/convene-meeting")
    assert convening.one("agenda.0.text") == form.one("agenda.0.text")
    assert scene.event_count() == before
    answer = client.post(convening.action, data=convening.values)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].partition("?")[0] == f"{page}/preparer"
    assert "La convocation est partie" in client.get(f"{page}/preparer").text


def test_papers_name_body_day_and_place_and_leave_room_to_sign(scene: Scene) -> None:
    page, client = convened(scene), scene.browser(roles.PILOT)
    early = unescape(client.get(f"{page}/proces-verbal").text)
    assert "Personne n’a encore dit que cette réunion a été tenue" in early
    assert "Absents" not in early, "of a meeting that is to come nobody is said to be missing"
    attend(client, page, *SEATS)
    for paper in ("convocation", "emargement", "proces-verbal"):
        shown = client.get(f"{page}/{paper}").text
        assert "Comité de pilotage, 1er juin 2026, Masseube" in shown, paper
    sheet = client.get(f"{page}/emargement").text
    assert sheet.count('<td class="sign-box">') == len(SEATS) + 6
