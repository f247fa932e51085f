"""What is due comes into calendars: under secret addresses, said again when it moves, cancelled when it is off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import icalendar
import pytest
from starlette.testclient import TestClient

from benchmarks.ours.conventions import Telling
from benchmarks.ours.country import Country
from domain import roles
from domain.agenda import MET_ELSEWHERE, MUTED, agenda_stream
from domain.convention.expected_forums import MoveForum
from domain.convention.forums import CancelForum, ConveneForum
from domain.corrections import AnnulEvent
from domain.frameworks import AttachTerritory
from domain.kernel import Context, Correcting
from domain.silencing import SilenceDeadline
from domain.steering import REMINDERS_SUSPENDED, Decision, DecisionReference, RecordMeeting
from domain.steering.planning import CancelMeeting, MoveMeeting, PlanMeeting
from domain.values import Code, Evidence, LocalId, Prose, Sha256, local_id
from projections.what_is_due import sheet
from tests.api.forms import forms_of
from tests.api.scene import ELSEWHERE, Scene, login_of
from tests.api.test_framework_steering import BODY, decided, network
from workflows.calendar import PublicHolidays

PAGE = "/compte/agendas"


def address(client: TestClient, convention: object = "") -> str:
    """A new address, from its host on."""
    page = client.get(f"{PAGE}?convention={convention}").text
    form = next(one for one in forms_of(page) if "make" in str(one.buttons))
    made = client.post(PAGE, data={"csrf_token": form.one("csrf_token"), "make": str(convention)})
    found = re.search(r'class="ticket-link">[^<]*?(/agenda/[\w-]+\.ics)<', made.text)
    assert found is not None, made.text
    return found[1]


def read(scene: Scene, path: str) -> dict[str, Any]:
    """A calendar as a program reads it: its events by their names."""
    answer = scene.stranger().get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar: Any = icalendar.Calendar.from_ical(answer.content)
    events: list[Any] = calendar.walk("VEVENT")
    found = {str(one["UID"]): one for one in events}
    assert len(found) == len(events), "each has a name of its own"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert str(calendar["X-WR-CALNAME"]).startswith("CTG")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6) and "VALARM" not in answer.text
    for one in events:
        assert type(one["DTSTART"].dt) is date, "a day is a day, in whatever zone it is read"
        assert one["DTEND"].dt == one["DTSTART"].dt + timedelta(days=1)
        assert "Camille" not in str(one["SUMMARY"]), "screens are shared"
    return found


def titled(events: dict[str, Any], words: str) -> Any:
    """The one event whose title holds some words."""
    (found,) = (one for one in events.values() if words in str(one["SUMMARY"]))
    return found


def test_a_forum_that_is_announced_moved_and_called_off_is_followed_by_its_name(scene: Scene) -> None:
    path, story = address(scene.browser(ELSEWHERE), scene.there.convention), scene.there

    def convening(day: date) -> ConveneForum:
        return ConveneForum(
            stream_id=story.convention,
            forum_id=LocalId("fo9"),
            themes=(Code("PARENTING"),),
            format=Code("WORKSHOP"),
            planned_on=day,
        )

    before = read(scene, path)
    story.tell(convening(date(2026, 9, 10)))
    scene.clock.moment += timedelta(minutes=1)
    announced = read(scene, path)
    assert before.keys() < announced.keys(), "nothing changed its name"
    forum = titled(announced, "Forum")
    assert (forum["DTSTART"].dt, forum["SEQUENCE"], str(forum["STATUS"])) == (date(2026, 9, 10), 0, "CONFIRMED")

    (told,) = (one for one in scene.events() if getattr(one, "planned_on", None) == date(2026, 9, 10))
    now = scene.clock.now()
    context = Context(
        actor=story.pilot,
        today=scene.clock.today(),
        now=now,
        reason=Prose("Le 17"),
        corrects=Correcting(told.envelope.event_id),
    )
    scene.house.steering.execute(convening(date(2026, 9, 17)), context)
    moved = read(scene, path)[str(forum["UID"])]
    assert (moved["DTSTART"].dt, str(moved["STATUS"])) == (date(2026, 9, 17), "CONFIRMED")
    assert moved["SEQUENCE"] > forum["SEQUENCE"] and moved["LAST-MODIFIED"].dt > forum["LAST-MODIFIED"].dt
    scene.clock.moment += timedelta(minutes=1)

    again = MoveForum(
        stream_id=story.convention, forum_id=LocalId("fo9"), planned_on=date(2026, 9, 24), motive=Prose("Vendanges")
    )
    story.tell(again)
    later = read(scene, path)[str(forum["UID"])]
    assert (later["DTSTART"].dt, str(later["STATUS"])) == (date(2026, 9, 24), "CONFIRMED")
    assert later["SEQUENCE"] > moved["SEQUENCE"], "a program takes the new day"
    scene.clock.moment += timedelta(minutes=1)

    story.tell(CancelForum(stream_id=story.convention, forum_id=LocalId("fo9"), motive=Prose("Salle prise")))
    off = read(scene, path)[str(forum["UID"])]
    assert str(off["STATUS"]) == "CANCELLED" and str(off["SUMMARY"]).startswith("Annulé :")
    assert off["SEQUENCE"] > later["SEQUENCE"]
    scene.clock.moment += timedelta(days=59)
    assert str(forum["UID"]) in read(scene, path)
    scene.clock.moment += timedelta(days=2)
    assert str(forum["UID"]) not in read(scene, path), "programs have had time to see it"


def test_a_deadline_that_was_met_is_said_to_be_and_nothing_else_moves(scene: Scene) -> None:
    path, story = address(scene.browser(ELSEWHERE), scene.there.convention), scene.there
    before = read(scene, path)
    story.mandate(story.epci, date(2026, 5, 20), date(2026, 5, 28))
    story.mandate(story.caf, date(2026, 5, 20))
    after = read(scene, path)
    changed = {uid for uid in after if uid not in before or before[uid] != after[uid]}
    for uid in changed & before.keys():
        assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
    assert all(after[uid]["SEQUENCE"] >= one["SEQUENCE"] for uid, one in before.items())


def test_a_deadline_that_was_met_elsewhere_is_said_to_be_and_one_that_is_muted_is_not(scene: Scene) -> None:
    path, story = address(scene.browser(roles.PILOT), scene.here.convention), scene.here
    before = read(scene, path)
    suspended = Decision(LocalId("d1"), REMINDERS_SUSPENDED, Prose("Suspendue"))
    story.tell(
        RecordMeeting(
            stream_id=story.body, meeting_id=LocalId("m7"), decisions=(suspended,), occurred_on=scene.clock.today()
        )
    )
    lines = sheet(story.dossier, scene.clock.today(), PublicHolidays())
    one, other = [line for line in lines if line.is_open and not line.is_silence][:2]
    said = SilenceDeadline(
        stream_id=agenda_stream(story.convention),
        convention_id=story.convention,
        home_territory_id=story.territory,
        occurrence=one.occurrence,
        silence=MUTED,
        decided_in=DecisionReference(story.body, LocalId("m7"), LocalId("d1")),
    )
    story.tell(said)
    met = replace(said, occurrence=other.occurrence, silence=MET_ELSEWHERE, decided_in=None)
    story.tell(met, evidence=(Evidence(uuid4(), Sha256("d" * 64), Prose("Procès-verbal")),))
    after = read(scene, path)
    told = {uid for uid, event in after.items() if str(event["SUMMARY"]).startswith("Fait")}
    (done,) = (uid for uid in told if not str(before[uid]["SUMMARY"]).startswith("Fait"))
    assert after[done]["SEQUENCE"] > before[done]["SEQUENCE"], "programs read it anew"


def test_a_program_that_asks_again_hears_that_nothing_changed_and_the_page_says_when_it_read(
    scene: Scene,
) -> None:
    client = scene.browser(ELSEWHERE)
    path = address(client)
    assert "pas encore lue" in client.get(PAGE).text
    first = scene.stranger().get(path)
    scene.clock.moment += timedelta(hours=2)
    again = scene.stranger().get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    scene.clock.moment += timedelta(hours=2)
    page = scene.browser(ELSEWHERE).get(PAGE).text
    assert "votre agenda l’a lue il y a 2 h" in page and "Google met jusqu’à 24 heures" in page


def test_an_address_taken_back_or_of_a_closed_account_or_of_another_territory_is_nowhere(scene: Scene) -> None:
    client, stranger = scene.browser(ELSEWHERE), scene.stranger()
    path = address(client)
    form = next(one for one in forms_of(client.get(PAGE).text) if "revoke" in str(one.buttons))
    (revoke,) = (value for name, value in form.buttons if name == "revoke")
    other = scene.browser(roles.PILOT)
    token = forms_of(other.get(PAGE).text)[-1].one("csrf_token")
    assert other.post(PAGE, data={"csrf_token": token, "revoke": revoke}).status_code == 303
    assert stranger.get(path).status_code == 200, "nobody takes back what is another's"
    assert client.post(PAGE, data={"csrf_token": form.one("csrf_token"), "revoke": revoke}).status_code == 303
    assert stranger.get(path).status_code == 404
    assert client.post(
        PAGE, data={"csrf_token": form.one("csrf_token"), "make": str(scene.here.convention)}
    ).status_code in (403, 404), "what one may not read, one does not follow"

    path = address(client, scene.there.convention)
    assert stranger.get(path).status_code == 200
    account = scene.house.accounts.find(login_of(ELSEWHERE))
    assert account is not None
    scene.house.accounts.disable(account.account_id, scene.clock.now())
    assert stranger.get(path).status_code == 404
    assert stranger.get("/agenda/nulle-part.ics").status_code == 404


@pytest.mark.parametrize(("role", "reads"), [(ELSEWHERE, "CA Grand Auch"), (roles.PILOT, "Gascogne Toulousaine")])
def test_a_person_follows_what_they_are_in_charge_of(scene: Scene, role: str, reads: str) -> None:
    events = read(scene, address(scene.browser(role)))
    assert events and all(reads in str(one["SUMMARY"]) for one in events.values())


def test_two_conventions_whose_last_fact_is_one_and_the_same_have_calendars_of_their_own(scene: Scene) -> None:
    house, now = scene.house, scene.clock.now()
    country, places, paths = Country(house), [], []
    for name, engaged_on in (("un", date(2026, 2, 2)), ("deux", date(2026, 4, 1))):
        place = country.place()
        telling = Telling(country, place)
        opening, engagement, *_ = telling.begun()
        commands = [opening, replace(engagement, occurred_on=engaged_on)]
        house.steering.execute_all(commands, country.context(place.pilot))
        house.accounts.create(name, place.pilot.actor_id, "un mot de passe assez long", now)
        token = house.calendar_feeds.make(place.pilot.actor_id, telling.convention_id, now)
        places.append(place)
        paths.append(f"/agenda/{token}.ics")
    for place in places:
        attach = AttachTerritory(stream_id=scene.here.framework, attached_territory_id=place.territory_id)
        house.steering.execute(attach, house.operator())
    diagnoses = [titled(read(scene, path), "Partage du diagnostic")["DTSTART"].dt for path in paths]
    assert diagnoses == [date(2026, 8, 3), date(2026, 10, 1)], "the days of one are not told as the other's"


def test_a_convention_opened_by_mistake_leaves_the_calendar_that_keeps_its_name(scene: Scene) -> None:
    house, country = scene.house, Country(scene.house)
    place = country.place()
    telling = Telling(country, place)
    opening, *_ = telling.begun()
    opened = house.steering.execute_all([opening], country.context(place.pilot))[0]
    house.accounts.create("seul", place.pilot.actor_id, "un mot de passe assez long", scene.clock.now())
    path = f"/agenda/{house.calendar_feeds.make(place.pilot.actor_id, telling.convention_id, scene.clock.now())}.ics"
    assert {str(one["STATUS"]) for one in read(scene, path).values()} == {"CONFIRMED"}
    because = Prose("Ouverte deux fois")
    annul = AnnulEvent(stream_id=telling.convention_id, target_id=opened.events[0].event_id)
    house.steering.execute(annul, replace(country.context(place.pilot), reason=because))
    assert {str(one["STATUS"]) for one in read(scene, path).values()} == {"CANCELLED"}
    scene.clock.moment += timedelta(days=61)
    assert read(scene, path) == {}
    calendar: Any = icalendar.Calendar.from_ical(scene.stranger().get(path).content)
    assert str(calendar["X-WR-CALNAME"]).startswith("CTG : CC du Pays")


def test_a_meeting_that_is_planned_moved_and_called_off_is_followed_by_its_name_with_its_hour(scene: Scene) -> None:
    there, meeting = scene.there, local_id("printemps")
    path = address(scene.browser(ELSEWHERE), there.convention)

    def told() -> Any:
        calendar: Any = icalendar.Calendar.from_ical(scene.stranger().get(path).content)
        found = [one for one in calendar.walk("VEVENT") if "Comité de pilotage" in str(one["SUMMARY"])]
        (to_come,) = (one for one in found if one["DTSTART"].dt.isoformat() > "2026-06")
        return to_come

    there.tell(PlanMeeting(stream_id=there.body, meeting_id=meeting, planned_on=date(2026, 7, 2), starts_at=time(18)))
    first = told()
    assert first["DTSTART"].dt.isoformat() == "2026-07-02T16:00:00+00:00"
    there.tell(MoveMeeting(stream_id=there.body, meeting_id=meeting, planned_on=date(2026, 7, 9)))
    moved = told()
    assert (moved["UID"], moved["DTSTART"].dt) == (first["UID"], date(2026, 7, 9))
    there.tell(CancelMeeting(stream_id=there.body, meeting_id=meeting, motive=Prose("Salle prise")))
    off = told()
    assert (off["UID"], str(off["STATUS"])) == (first["UID"], "CANCELLED")
    assert first["SEQUENCE"] < moved["SEQUENCE"] < off["SEQUENCE"]
    assert "Annulé" in str(off["SUMMARY"])


def test_whoever_has_a_role_on_a_framework_follows_the_meetings_of_its_bodies(scene: Scene) -> None:
    decided(scene, date(2026, 5, 4), "Publier les données")
    meeting = local_id("automne")
    followed = address(scene.browser(roles.FRAMEWORK_PILOT))
    elsewhere = address(scene.browser(roles.PILOT))

    def told(path: str) -> dict[str, Any]:
        calendar: Any = icalendar.Calendar.from_ical(scene.stranger().get(path).content)
        found = [one for one in calendar.walk("VEVENT") if "Comité du département" in str(one["SUMMARY"])]
        return {("held" if one["DTSTART"].dt == date(2026, 5, 4) else "to come"): one for one in found}

    plan = PlanMeeting(stream_id=BODY, meeting_id=meeting, planned_on=date(2026, 10, 1), starts_at=time(10))
    scene.here.tell(plan, network(scene))
    first = told(followed)["to come"]
    assert told(followed).keys() == {"held", "to come"}
    assert first["DTSTART"].dt.isoformat() == "2026-10-01T08:00:00+00:00"
    assert str(first["URL"]).endswith("/reunions"), "its meetings have a page"
    scene.here.tell(MoveMeeting(stream_id=BODY, meeting_id=meeting, planned_on=date(2026, 10, 8)), network(scene))
    moved = told(followed)["to come"]
    assert (moved["UID"], moved["DTSTART"].dt) == (first["UID"], date(2026, 10, 8))
    off = CancelMeeting(stream_id=BODY, meeting_id=meeting, motive=Prose("Salle prise"))
    scene.here.tell(off, network(scene))
    assert str(told(followed)["to come"]["STATUS"]) == "CANCELLED"
    assert told(elsewhere) == {}, "who has a role on a territory only follows its own"
