"""The digest: what « Mon travail » shows, once a week, never twice, never about what a mail said the same day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from sqlalchemy import select, update

from domain import roles
from domain.corrections import AnnulEvent
from domain.endings import EndTerritoryRole
from domain.kernel import Mending
from domain.values import Prose
from tests.api.mail_room import BASE, MailRoom, facts_in, mail_room, stop_address, the_server
from tests.api.scene import ELSEWHERE, Scene, login_of, person_of
from tests.workflows.post_office import said_in
from workflows.delivery.rhythm import Rhythm, Timetable
from workflows.retention import Retention
from workflows.schema import digests, outbox

FIRST = date(2026, 6, 1)
"""A Monday; people are known from then on."""
MONDAY = date(2026, 6, 8)
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def opened_room(told_scene: Scene) -> Iterator[tuple[MailRoom, Path]]:
    told_scene.restore()
    with mail_room(told_scene) as made:
        made.at(FIRST, 12)
        made.at(FIRST, 13)  # what fell due before leaves, and is done with
        yield made, told_scene.keep("letters")


@pytest.fixture
def room(opened_room: tuple[MailRoom, Path]) -> Iterator[MailRoom]:
    opened, kept = opened_room
    opened.scene.restore(kept)
    with the_server() as server:
        room = replace(opened, server=server)
        room.moment(FIRST, 13)
        yield room


def counts_of_page(html: str) -> dict[str, int]:
    """How much the page of work counts, by when."""
    return {
        when: int(count)
        for when, count in re.findall(r'href="#(late|week|month|others)">.*?<strong>([0-9]+)</strong>', html, re.DOTALL)
    }


def test_the_digest_says_what_the_page_of_work_says_with_one_act_a_line(room: MailRoom) -> None:
    room.at(MONDAY)
    (digest,) = room.digests_to(roles.PILOT)
    page = room.scene.browser(roles.PILOT).get("/travail").text
    counts, said = counts_of_page(page), said_in(digest)
    assert counts["late"] > 0
    words = {"late": "en retard", "week": "sous 7 jours", "month": "sous 30 jours", "others": "chez d’autres"}
    for when, word in words.items():
        assert (f"{counts.get(when)} {word}" in said) is (when in counts)
    assert f"{counts['late']} en retard" in digest["Subject"]
    acts = {unescape(one) for one in re.findall(r'class="next-act"><a class="button[^"]*" href="([^"]+)"', page)}
    told = set(re.findall(rf"{BASE}(/\S+)", said))
    assert {one.partition("?")[0] for one in acts} <= {one.partition("?")[0] for one in told}
    lines = said.count("\n- ")
    assert lines == len(re.findall(r"\n  [^\n]+\s: https://", said)), "one next act a line"


def test_what_an_outage_passed_over_is_told_on_the_page_of_deadlines_and_to_tools(room: MailRoom) -> None:
    page = room.scene.browser(roles.PILOT).get(room.scene.page_of(room.scene.here)).text
    assert page.count("non envoyé, remplacé par la relance du 1er juin") == 7
    assert "Relance du 31 mars" in page
    address = f"/api/v1/conventions/{room.scene.here.convention}/messages"
    told = room.scene.tool(roles.FRAMEWORK_PILOT).get(address).json()
    over = [one for one in told if one["state"] == "REPLACED" and one["deadline"] == "D16"]
    assert [one["offset_days"] for one in over] == [-90, -30, -7, 0]
    assert {one["replaced_by"]["offset_days"] for one in over} == {30}


def test_nothing_is_sent_while_nothing_changed(room: MailRoom) -> None:
    room.at(MONDAY)
    assert len(room.digests_to(roles.PILOT)) == 1
    before = room.scene.event_count()
    room.at(MONDAY, 17)
    room.at(MONDAY + timedelta(days=2))
    assert len(room.digests_to(roles.PILOT)) == 1, "once a week"
    if room.scene.event_count() == before:
        listed = _listed(room)
        room.at(MONDAY + WEEK)
        assert len(room.digests_to(roles.PILOT)) == (1 if _listed(room) == listed else 2)


def _listed(room: MailRoom) -> list[str]:
    with room.house.engine.connect() as connection:
        asked = select(digests.c.listed).where(digests.c.person_id == person_of(roles.PILOT))
        return list(connection.execute(asked.order_by(digests.c.made_at)).scalars())


def test_what_moved_is_in_one_digest_of_each_reader_and_one_s_own_acts_in_none(room: MailRoom) -> None:
    here = room.scene.here
    facts = []
    for week in range(1, 5):
        before = room.scene.events()
        here.today = FIRST + week * WEEK - timedelta(days=3)
        room.scene.clock.moment += timedelta(days=1)
        here.meet(f"m{week}1", here.today)
        facts += [one.envelope.event_id for one in room.scene.events()[len(before) :]]
        room.at(FIRST + week * WEEK)
        room.at(FIRST + week * WEEK, 15)
    told = Counter(fact for one in room.digests_to(roles.COOPERATION_OFFICER) for fact in facts_in(one))
    assert {told[one] for one in facts} == {1}
    assert set(told.values()) == {1}


def test_a_role_that_ended_reads_nothing_more(room: MailRoom) -> None:
    here = room.scene.here
    for role in room.house.reader.register().given[person_of(roles.CO_PILOT)]:
        ended = EndTerritoryRole(stream_id=here.territory, assignment_id=role.assignment.assignment_id)
        here.tell(ended, here.administrator)
    here.meet("m9", FIRST)
    room.at(MONDAY)
    assert room.digests_to(roles.CO_PILOT) == []
    assert room.digests_to(roles.COOPERATION_OFFICER)


def test_who_only_reads_gets_none_unless_they_ask_for_it(room: MailRoom) -> None:
    room.house.digests.choose(person_of(roles.AUDITOR), Rhythm.WEEKLY, room.house.clock.now())
    room.scene.here.meet("m9", FIRST)
    room.at(MONDAY)
    assert room.digests_to(roles.COMMITTEE_MEMBER) == []
    assert len(room.digests_to(roles.AUDITOR)) == 1


@pytest.mark.parametrize("goes", [True, False], ids=["nothing ran", "no server answered"])
def test_a_month_of_downtime_makes_one_digest_not_four(room: MailRoom, *, goes: bool) -> None:
    room.goes = goes
    room.scene.here.meet("m9", FIRST)
    if not goes:
        for week in range(1, 5):
            room.at(FIRST + week * WEEK)
    room.goes = True
    room.at(FIRST + 5 * WEEK)
    (digest,) = room.digests_to(roles.PILOT)
    assert facts_in(digest)


def test_a_clock_that_jumped_and_came_back_makes_one_digest(room: MailRoom) -> None:
    room.at(MONDAY + 4 * WEEK)
    room.at(FIRST + timedelta(days=1))
    room.at(MONDAY)
    assert len(room.digests_to(roles.PILOT)) == 1


def test_what_a_letter_said_at_once_is_counted_in_the_digest_and_not_told_again(room: MailRoom) -> None:
    here, house = room.scene.here, room.house
    mistaken = [one for one in house.steering.events_of(here.convention) if not isinstance(one, Mending)][-1]
    annul = AnnulEvent(stream_id=here.convention, target_id=mistaken.envelope.event_id)
    (proposed,) = here.tell(annul, here.pilot, reason=Prose("Une erreur.")).events
    here.meet("m9", FIRST)
    room.at(FIRST, 15)
    room.at(FIRST, 16)
    (letter,) = room.to(roles.COOPERATION_OFFICER)
    assert "rectification" in letter["Subject"]
    room.at(MONDAY)
    (digest,) = room.digests_to(roles.COOPERATION_OFFICER)
    assert "1 courriel vous a déjà été envoyé" in said_in(digest)
    assert facts_in(digest)
    assert proposed.event_id not in facts_in(digest)


def test_a_digest_that_may_have_arrived_keeps_its_facts_and_the_next_tells_others(room: MailRoom) -> None:
    async def hang_up(server: SMTP) -> str:
        server.transport.abort()  # type: ignore[union-attr]
        return "451 never said"

    accept = room.server.at_data
    room.scene.here.meet("m9", FIRST)
    room.server.at_data = hang_up
    room.at(MONDAY)
    room.server.at_data = accept
    room.scene.here.today = MONDAY
    room.scene.here.meet("m8", MONDAY)
    room.at(MONDAY + WEEK)
    room.at(MONDAY + WEEK, 10)
    digests_by = Counter(one["To"] for one in room.server.received if one["List-Unsubscribe"] is not None)
    assert sorted(digests_by.values())[-2:] == [1, 2], "the round ended with the first; the others have one"
    for reader in digests_by:
        told = Counter(fact for one in room.server.received if one["To"] == reader for fact in facts_in(one))
        assert set(told.values()) == {1}


def test_a_digest_that_may_have_arrived_does_not_come_again_with_more_in_it_after_another_failure(
    room: MailRoom,
) -> None:
    """Under its own name a mail program hides what it has already: what was added would never be read."""
    arrived = []

    async def keep_it_and_hang_up(server: SMTP) -> str:
        assert server.envelope is not None
        arrived.append(message_from_bytes(server.envelope.original_content or b"", policy=policy.default))
        server.transport.abort()  # type: ignore[union-attr]
        return "451 never said"

    accept, welcome = room.server.at_data, room.server.at_recipient
    room.scene.here.meet("m9", FIRST)
    room.server.at_data = keep_it_and_hang_up
    room.at(MONDAY)
    room.server.at_recipient = lambda _: "451 4.7.1 later"
    room.at(MONDAY, 10)
    room.server.at_data, room.server.at_recipient = accept, welcome
    room.scene.here.meet("m8", MONDAY)
    room.at(MONDAY + WEEK)
    room.at(MONDAY + WEEK, 10)
    (first,) = arrived
    told = {one["Message-ID"]: facts_in(one) for one in room.server.received if one["To"] == first["To"]}
    assert len(told) == 2, "its copy, and the next one"
    assert told[first["Message-ID"]] == facts_in(first)


@pytest.mark.parametrize("ending", ["put off", "given up"])
def test_no_fact_is_in_two_digests_when_the_one_before_the_last_failed_late(room: MailRoom, ending: str) -> None:
    """The next one was made while a worker had it in hand."""
    room.goes = False
    room.scene.here.meet("m9", FIRST)
    room.at(MONDAY)
    in_hand: dict[str, Any] = {"attempts": 1, "sent_as": outbox.c.message_id}
    of_monday = (outbox.c.kind == "digest", outbox.c.sent_at.is_(None))
    with room.house.engine.begin() as connection:
        (*first,) = connection.execute(update(outbox).where(*of_monday).values(in_hand).returning(outbox.c.message_id))
    room.scene.here.meet("m8", MONDAY)
    room.at(MONDAY + WEEK)
    failed = {"last_error": "smtp-451"} | ({"dead_at": "2026-06-15T08:00:00Z"} if ending == "given up" else {})
    with room.house.engine.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.message_id.in_([one for (one,) in first])).values(failed))
    room.goes = True
    if ending == "given up":
        room.at(MONDAY + WEEK, 10)
    room.scene.here.meet("m7", MONDAY + WEEK)
    room.at(MONDAY + 2 * WEEK)
    room.at(MONDAY + 2 * WEEK, 10)
    got = room.digests_to(roles.PILOT)
    assert len(got) == 2
    told = Counter(fact for one in got for fact in facts_in(one))
    assert set(told.values()) == {1}


def test_a_reader_whose_digest_waited_longer_than_letters_are_kept_is_told_all_the_same(room: MailRoom) -> None:
    room.goes = False
    room.scene.here.meet("m9", FIRST)
    room.at(MONDAY)
    with room.house.engine.connect() as connection:
        asked = select(outbox.c.message_id).where(outbox.c.kind == "digest", outbox.c.sent_at.is_(None))
        waiting = set(connection.execute(asked).scalars())
    Retention(requests=3, refusals=3, letters=3).remove_old(room.house.engine, room.scene.clock.moment + WEEK)
    with room.house.engine.connect() as connection:
        assert waiting <= set(connection.execute(select(digests.c.message_id)).scalars())
    room.goes = True
    room.at(MONDAY + WEEK)
    (digest,) = room.digests_to(roles.PILOT)
    assert facts_in(digest)


def test_a_reminder_of_what_the_day_s_digest_listed_waits_for_the_next_day(room: MailRoom) -> None:
    room.house.digests.choose(person_of(ELSEWHERE), Rhythm.DAILY, room.house.clock.now())
    day = FIRST + timedelta(days=2)  # the first forum is due in a week
    room.at(day, 8, sweeps=False)
    (digest,) = room.digests_to(ELSEWHERE)
    assert "Premier forum" in said_in(digest)
    room.at(day, 10)
    room.at(day, 11)
    assert room.to(ELSEWHERE) == [digest]
    room.at(day + timedelta(days=1), 9)
    (notice,) = (one for one in room.to(ELSEWHERE) if one["List-Unsubscribe"] is None)
    assert "premier forum" in notice["Subject"]


def test_one_press_stops_the_digests_and_never_the_notices_of_the_method(room: MailRoom) -> None:
    reader = person_of(ELSEWHERE)
    room.house.digests.choose(reader, Rhythm.DAILY, room.house.clock.now())
    room.scene.there.meet("m7", FIRST)
    room.at(FIRST + timedelta(days=1))
    (digest,) = room.digests_to(ELSEWHERE)
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<mailto:aide@gers.example?subject=stop>" in digest["List-Unsubscribe"]
    assert digest["List-Id"] == "<digests.gers.example>"
    program, address = room.scene.stranger(), stop_address(digest)
    shown = program.get(address)
    assert (shown.status_code, "Ne plus recevoir" in shown.text) == (200, True)
    assert room.house.digests.chosen(reader) is Rhythm.DAILY, "programs follow links"
    pressed = program.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (pressed.status_code, "set-cookie" in pressed.headers) == (200, False)
    assert program.post(address + "x").status_code == 404
    room.scene.there.meet("m8", FIRST)
    for day in (2, 3, 7):
        room.at(FIRST + timedelta(days=day))
        room.at(FIRST + timedelta(days=day), 10)
    assert len(room.digests_to(ELSEWHERE)) == 1
    (notice,) = (one for one in room.to(ELSEWHERE) if one["List-Unsubscribe"] is None)
    assert "premier forum" in notice["Subject"], "who holds a role is told of it"


def test_a_rhythm_is_chosen_on_the_account_page_and_by_the_administrator(room: MailRoom) -> None:
    client = room.scene.browser(roles.PILOT)
    html = client.get("/compte").text
    assert re.search(r'value="weekly"[^>]* checked', html)
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert token is not None
    sent = client.post("/compte", data={"csrf_token": token[1], "act": "rythme", "rythme": "daily"})
    assert sent.status_code == 303
    assert room.house.digests.chosen(person_of(roles.PILOT)) is Rhythm.DAILY
    assert client.post("/compte", data={"csrf_token": token[1], "act": "rythme", "rythme": "x"}).status_code == 400
    account = room.house.accounts.find(login_of(roles.PILOT))
    assert account is not None
    boss = room.scene.browser(roles.ADMINISTRATOR)
    page = f"/administration/comptes/{account.account_id}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', boss.get(page).text)
    assert token is not None
    assert boss.post(page, data={"csrf_token": token[1], "act": "rythme", "rythme": "none"}).status_code == 303
    assert room.house.digests.chosen(person_of(roles.PILOT)) is Rhythm.NEVER


@pytest.mark.slow
def test_over_a_busy_month_nobody_gets_two_mails_about_one_thing_on_one_day(room: MailRoom) -> None:
    for role, rhythm in ((roles.PILOT, Rhythm.DAILY), (roles.COOPERATION_OFFICER, Rhythm.AT_ONCE)):
        room.house.digests.choose(person_of(role), rhythm, room.house.clock.now())
    here = room.scene.here
    for number in range(31):
        day = FIRST + timedelta(days=number)
        if number % 2:
            here.today = day
            here.meet(f"b{number}", day)
        for hour in (8, 11):
            room.at(day, hour, 2)
    with room.house.engine.connect() as connection:
        left = connection.execute(select(outbox).where(outbox.c.sent_at.is_not(None))).mappings().all()
        listed = dict(connection.execute(select(digests.c.message_id, digests.c.listed)).all())
    told: Counter[tuple[object, str, str]] = Counter()
    things = {one.envelope.event_id: one for one in room.scene.events()}
    for row in left:
        day = row["sent_at"][:10]
        if row["kind"] == "digest":
            for key in re.findall(r'"([^"]+)": "', listed[row["message_id"]]):
                told[row["person_id"], day, key] += 1
        elif row["kind"] in ("reminder", "escalation"):
            event = things[row["about_id"]]
            one = event.occurrence  # type: ignore[attr-defined]
            told[row["person_id"], day, f"{one.deadline}:{one.subject_id.hex}:{one.key}"] += 1
    assert len(told) > 20
    assert {one: count for one, count in told.items() if count > 1} == {}
    for role in (roles.PILOT, roles.COOPERATION_OFFICER, roles.CO_PILOT):
        facts = Counter(fact for one in room.digests_to(role) for fact in facts_in(one))
        assert set(facts.values()) <= {1}, role
    assert len(room.digests_to(roles.COOPERATION_OFFICER)) >= 10


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-30T05:59", "2026-03-23T07:00"),
        ("2026-03-30T06:00", "2026-03-30T06:00"),
        ("2026-10-26T06:59", "2026-10-19T06:00"),
        ("2026-10-26T07:00", "2026-10-26T07:00"),
        ("2026-10-29T12:00", "2026-10-26T07:00"),
    ],
    ids=[
        "before eight, clocks forward",
        "eight, clocks forward",
        "before eight, clocks back",
        "eight, clocks back",
        "in the week",
    ],
)
def test_monday_at_eight_is_that_of_paris_whatever_the_season(now: str, expected: str) -> None:
    assert Timetable().slot(Rhythm.WEEKLY, datetime.fromisoformat(now).replace(tzinfo=UTC)) == datetime.fromisoformat(
        expected
    ).replace(tzinfo=UTC)
