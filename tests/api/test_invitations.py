"""Whoever sits is written to when a meeting is convened, moved, cancelled, and says by the letter whether they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import icalendar
import pytest
from sqlalchemy import update

from api.app import create_app
from api.pages.addresses import MEETINGS
from ctg_engine.mailing import posting
from domain import roles
from domain.kernel import Command, Event, Origin
from domain.steering.answering import PRESENT, AnswerInvitation, SteeringInvitationAnswered
from domain.steering.meetings import RecordMeeting
from domain.steering.planning import AgendaItem, CancelMeeting, ConveneMeeting, MoveMeeting, PlanMeeting
from domain.steering.quorum import ChangeSteeringRules
from domain.steering.seats import FillSteeringSeat, GiveSteeringSeat, VacateSteeringSeat
from domain.values import Prose, local_id
from tests.api.scene import ELSEWHERE, Scene, assign, person_of
from tests.workflows.post_office import PostOffice, said_in
from workflows.delivery.queueing import queue_letters
from workflows.schema import tracking

CLERK, PILOT = "lou@mairie.example", f"{ELSEWHERE.lower()}@exemple.invalid"
MEETING = local_id("m-juin")
DAY = date(2026, 6, 30)


@dataclass
class Committee:
    """A committee of three seats: the pilot's, a clerk's who never comes in, and one on which nobody sits."""

    scene: Scene
    office: PostOffice
    clerk: UUID

    def tell(self, kind: type[Command], **said: Any) -> None:
        """The pilot records something of the committee."""
        self.scene.there.tell(kind(stream_id=self.scene.there.body, **said))

    def convene(self) -> None:
        """The meeting is planned, and convened."""
        self.tell(PlanMeeting, meeting_id=MEETING, planned_on=DAY, starts_at=time(18), place=Prose("Salle des fêtes"))
        self.tell(ConveneMeeting, meeting_id=MEETING, agenda=(AgendaItem(local_id("a1"), Prose("Le plan")),))

    def post(self) -> list[EmailMessage]:
        """What leaves now, once letters that come together had the time to."""
        before = len(self.office.received)
        queue_letters(self.scene.house.steering, self.scene.clock.now())
        self.scene.clock.moment += timedelta(minutes=10)
        posting(self.scene.house)()
        return self.office.received[before:]

    def answers(self) -> list[Event]:
        """What was answered by links."""
        return [one for one in self.scene.events() if isinstance(one, SteeringInvitationAnswered)]


@pytest.fixture
def committee(scene: Scene) -> Iterator[Committee]:
    clerk = scene.house.vault.register_person("Lou Greffe", CLERK)
    assign(scene.there, roles.COMMITTEE_MEMBER, clerk, None)
    office = PostOffice()
    office.start()
    server = {"smtp_host": "127.0.0.1", "smtp_port": office.port, "smtp_tls": "none", "mail_sender": "ctg@gers.example"}
    house = replace(scene.house, settings=scene.house.settings.model_copy(update=server))
    told = Committee(replace(scene, house=house, app=create_app(house.services())), office, clerk)
    there = scene.there
    for seat, partner, person_id in (("caf", there.caf, person_of(ELSEWHERE)), ("epci", there.epci, clerk)):
        told.tell(GiveSteeringSeat, seat_id=local_id(seat), partner_id=partner, person_id=person_id)
    told.tell(GiveSteeringSeat, seat_id=local_id("cpam"), partner_id=there.cpam)
    told.tell(ChangeSteeringRules, rhythm_months=6)
    scene.house.reader.forget()
    try:
        told.post()
        yield told
    finally:
        office.stop()


def to(letter: EmailMessage) -> str:
    """Whom a letter is for."""
    return str(letter["To"].addresses[0].addr_spec)


def day_in(letter: EmailMessage) -> tuple[str, Any]:
    """What calendar programs read of a letter: the method, and the meeting."""
    part = next(one for one in letter.walk() if one.get_content_type() == "text/calendar")
    read: Any = icalendar.Calendar.from_ical(part.get_content())
    (event,) = read.walk("VEVENT")
    assert part.get_param("method") == str(read["METHOD"])
    return str(read["METHOD"]), event


def test_whoever_sits_is_invited_with_the_day_for_their_calendar_and_answers_by_the_link(committee: Committee) -> None:
    committee.convene()
    letters = committee.post()
    assert sorted(map(to, letters)) == sorted([CLERK, PILOT])
    clerk, pilot = (next(one for one in letters if to(one) == address) for address in (CLERK, PILOT))
    said = said_in(clerk)
    assert "Camille" in said and "30 juin 2026 à 18 h" in said and "Salle des fêtes" in said and "1. Le plan" in said
    assert "actes/answer-invitation?" in said_in(pilot)
    method, event = day_in(clerk)
    assert (method, event["DTSTART"].dt.isoformat()) == ("REQUEST", "2026-06-30T16:00:00+00:00")
    assert (str(event["ATTENDEE"]), str(event["ORGANIZER"])) == (f"mailto:{CLERK}", "mailto:ctg@gers.example")

    link = re.findall(r"(/repondre/[a-z0-9-]+)", said)[0]
    client = committee.scene.stranger()
    page = client.get(link)
    assert page.status_code == 200, page.text
    assert "Comité de pilotage, réunion du 30 juin 2026" in page.text
    assert 'name="seat_id"' not in page.text and 'name="meeting_id"' not in page.text, "for that seat, that meeting"
    wrong = client.post(link, data={"answer": "PROXY", "seat_id": local_id("caf")})
    assert (wrong.status_code, committee.answers()) == (400, []), "a proxy names a seat"
    sent = client.post(link, data={"answer": "PROXY", "proxy_seat_id": local_id("caf"), "seat_id": local_id("caf")})
    assert sent.status_code == 303, sent.text
    (answer,) = committee.answers()
    assert (answer.seat_id, answer.proxy_seat_id) == (local_id("epci"), local_id("caf"))  # type: ignore[attr-defined]
    assert (answer.envelope.origin, answer.envelope.actor_id) == (Origin.LINK, committee.clerk)
    assert client.get(link).status_code == 410
    assert "reçu" in client.get(f"{link}/recu").text.lower()


def test_what_moved_and_what_is_off_is_told_once_to_those_who_were_invited(committee: Committee) -> None:
    committee.convene()
    first = {to(one): day_in(one)[1] for one in committee.post()}
    committee.tell(MoveMeeting, meeting_id=MEETING, planned_on=date(2026, 7, 7))
    committee.tell(MoveMeeting, meeting_id=MEETING, planned_on=date(2026, 7, 9))
    moved = committee.post()
    assert sorted(map(to, moved)) == sorted(first), "moved twice, told once: where it is now"
    for one in moved:
        method, event = day_in(one)
        assert "9 juillet 2026" in said_in(one) and "déplacé" in said_in(one)
        assert (method, event["UID"]) == ("REQUEST", first[to(one)]["UID"])
        assert event["SEQUENCE"] > first[to(one)]["SEQUENCE"]
    committee.tell(FillSteeringSeat, seat_id=local_id("cpam"), person_id=person_of(roles.CAF_ADVISER))
    committee.tell(CancelMeeting, meeting_id=MEETING, motive=Prose("Salle prise"))
    off = committee.post()
    assert sorted(map(to, off)) == sorted(first), "whoever was never invited is not told that it is off"
    assert {day_in(one)[0] for one in off} == {"CANCEL"} and "Salle prise" in said_in(off[0])
    assert committee.post() == []


def test_an_invitation_leaves_once_however_often_the_log_is_read_again(committee: Committee) -> None:
    committee.convene()
    assert len(committee.post()) == 2
    with committee.scene.house.engine.begin() as connection:  # a worker died before it said how far it was
        connection.execute(update(tracking).where(tracking.c.application_name == "letters").values(notification_id=0))
    assert committee.post() == []


def test_what_was_sent_by_other_means_or_comes_too_late_is_not_sent_again(committee: Committee) -> None:
    committee.tell(PlanMeeting, meeting_id=MEETING, planned_on=DAY)
    agenda = (AgendaItem(local_id("a1"), Prose("Le plan")),)
    committee.tell(ConveneMeeting, meeting_id=MEETING, agenda=agenda, occurred_on=date(2026, 5, 30))
    assert committee.post() == [], "recorded afterwards: it had left already"
    committee.tell(ConveneMeeting, meeting_id=MEETING, agenda=agenda)
    committee.tell(VacateSteeringSeat, seat_id=local_id("epci"))
    assert list(map(to, committee.post())) == [PILOT], "whoever left their seat meanwhile is not invited"
    committee.tell(MoveMeeting, meeting_id=MEETING, planned_on=committee.scene.clock.today())
    committee.tell(RecordMeeting, meeting_id=MEETING, attendance=3)
    assert committee.post() == []


def test_the_page_says_who_comes_who_was_written_to_and_who_is_to_be_told_otherwise(committee: Committee) -> None:
    committee.convene()
    pilot = committee.scene.browser(ELSEWHERE)
    address = committee.scene.page_of(committee.scene.there, MEETINGS)
    committee.post()
    committee.tell(AnswerInvitation, meeting_id=MEETING, seat_id=local_id("caf"), answer=PRESENT)
    page = " ".join(re.sub(r"<[^>]+>", " ", pilot.get(address).text).split())
    assert "Un siège vient" in page and "2 sans réponse" in page, page
    assert "À prévenir autrement" in page and "CPAM" in page
    assert "2 personnes sont invitées par courriel" in page
    form = pilot.get(
        f"/conventions/{committee.scene.there.convention}/actes/record-meeting",
        params={"stream_id": str(committee.scene.there.body), "meeting_id": MEETING},
    ).text
    ticked = re.findall(r'<input[^>]*name="seats_present"[^>]*>', form)
    assert [one for one in ticked if "checked" in one and local_id("caf") in one], ticked


def test_a_tool_reads_who_sits_and_who_comes_and_only_on_its_territory(committee: Committee) -> None:
    committee.convene()
    there, tool = committee.scene.there, committee.scene.tool(ELSEWHERE)
    committee.tell(AnswerInvitation, meeting_id=MEETING, seat_id=local_id("caf"), answer=PRESENT)
    address = f"/api/v1/conventions/{there.convention}"
    answer = tool.get(f"{address}/sittings", params={"state": "CONVENED"})
    assert answer.status_code == 200, answer.text
    (told,) = answer.json()["meetings"]
    assert [one["answer"] for one in told["answers"]] == ["PRESENT", None, None]
    assert (told["starts_at"], told["foreseen"]["present"]) == ("18:00:00", 1)
    page = tool.get(f"{address}/sittings", params={"limit": 1}).json()
    assert len(page["meetings"]) == 1
    rest = tool.get(f"{address}/sittings", params={"cursor": page["next_cursor"]}).json()
    assert {one["meeting_id"] for one in rest["meetings"]}.isdisjoint({page["meetings"][0]["meeting_id"]})
    bodies = tool.get(f"{address}/bodies")
    assert [len(one["seats"]) for one in bodies.json()] == [3]
    assert tool.get(f"{address}/sittings", params={"state": "RUNNING"}).status_code == 400
    for name in ("sittings", "bodies", "vacant-places"):
        assert tool.get(f"/api/v1/conventions/{committee.scene.here.convention}/{name}").status_code == 404
