"""What a rehearsal foretells is what happens: conventions live under a moved clock with the real sweep, the real outbox
and a real server of mail, and each message and each mail is compared with what was foretold on the first day."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from domain.calendar import add_months
from domain.contesting import ContestRecord
from domain.convention.diagnosis import DiagnosisShared
from domain.participation.contributing import RecordContribution
from domain.participation.participation import participation_stream
from domain.participation.proposing import SubmitProposal
from domain.roles import MEETING_SECRETARY
from domain.steering import Decision, RecordMeeting
from domain.steering.deciding import OTHER
from domain.steering.planning import PlanMeeting
from domain.values import Code, LocalId, Prose
from projections.engine import Dossier
from tests.specification.world import siren_of
from tests.workflows.letterbox import letterboxes
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import engaged
from tests.workflows.test_methods_changed import version
from workflows.database import create_database_engine
from workflows.delivery.outbox import kept
from workflows.delivery.queueing import queue_letters
from workflows.instants import PARIS
from workflows.rehearsing import Rehearsal, different, rehearse, replayed, was

BEGAN = date(2024, 12, 2)
FIRST = date(2024, 12, 4)
DEPARTMENTS = ("32", "31", "65", "82", "09", "81", "12", "46", "40", "47", "64", "33", "24", "67", "974")
"""Of Gascony and beyond: two with holidays of their own."""
ASKED_OF_COMMITTEES = {"D07", "D07B", "D08", "D08B", "S07"}
"""To convene, to send papers, to approve minutes and to draft them; to follow what was decided."""
LEFT_UNANSWERED = {"S08", "S12", "S13"}
"""What people said, what they proposed, what a partner contests."""


def at_stage(life: Life, stage: int) -> None:
    """Engaged; diagnosed, its committee having met once and to meet again; with a priority; planned and signed by the
    Caf alone; signed by all."""
    life.on(BEGAN).open(date(2025, 1, 1))
    life.engage()
    if stage >= 1:
        life.share_diagnosis()
        committee_to_be_followed(life)
        leave_unanswered(life)
    if stage >= 2:
        life.hold_forum("fo1")
        life.choose_priority()
    if stage >= 3:
        life.validate_plan()
        life.on(BEGAN + timedelta(days=1)).sign(*("caf", "epci", "msa")[: 1 if stage == 3 else 3])


def committee_to_be_followed(life: Life) -> None:
    """It met and decided something that the Caf sees to, and will meet in February; nobody writes minutes, convenes or
    does what was decided."""
    life.appoint("secretary", MEETING_SECRETARY)
    decision = Decision(LocalId("d1"), OTHER, Prose("Ouvrir une salle"), owner_id=life.partners["caf"])
    life.act(RecordMeeting(stream_id=life.body_id, meeting_id=LocalId("m1"), attendance=4, decisions=(decision,)))
    life.act(PlanMeeting(stream_id=life.body_id, meeting_id=LocalId("m2"), planned_on=date(2025, 2, 11)))


def leave_unanswered(life: Life) -> None:
    """Somebody says something, somebody proposes something, the MSA contests the diagnosis; nobody answers."""
    stream_id, home = participation_stream(life.territory_id), life.territory_id
    life.act(
        RecordContribution(
            stream_id=stream_id,
            home_territory_id=home,
            convention_id=life.convention_id,
            contribution_id=LocalId("co1"),
            college=Code("USAGE"),
            channel=Code("HELP_DESK"),
            stage=Code("DIAGNOSIS"),
            theme=Code("MOBILITY"),
            text=Prose("Le dernier bus part trop tôt"),
        )
    )
    proposal = SubmitProposal(
        stream_id=stream_id, home_territory_id=home, proposal_id=LocalId("pr1"), text=Prose("Un bus le soir")
    )
    life.act(proposal)
    shared = next(one for one in dossier_of(life).effective(DiagnosisShared))
    contesting = ContestRecord(
        stream_id=life.convention_id, target_id=shared.envelope.event_id, partner_id=life.partners["msa"]
    )
    life.act(contesting, why="La liste des destinataires est incomplète.")


@pytest.fixture
def lives(migrated_sqlite_url: str, request: pytest.FixtureRequest) -> Iterator[list[Life]]:
    """Territories with a convention each, at five stages."""
    engine = create_database_engine(migrated_sqlite_url)
    found = []
    for number, department in enumerate(DEPARTMENTS[: request.param]):
        life = Life(engine, siren=siren_of(f"territoire {number}"), department=Code(department))
        at_stage(life, number % 5)
        life.people = {f"{name}.{number}": person for name, person in life.people.items()}
        found.append(life)
    yield found
    engine.dispose()


@pytest.mark.timeout(1_200)
@pytest.mark.parametrize(
    ("lives", "months", "at_most"),
    [
        pytest.param(5, 3, 1, id="five-three-months"),
        pytest.param(15, 60, 7, id="fifteen-five-years", marks=pytest.mark.slow),
    ],
    indirect=["lives"],
)
def test_what_is_foretold_is_what_happens(lives: list[Life], months: int, at_most: int) -> None:
    """The clock goes to the next day that the sweep announces, and never further than `at_most` days."""
    last = add_months(FIRST, months)
    first = lives[0]
    with letterboxes(first) as boxes:
        for life in lives:
            first.people |= life.people
        boxes.meet()
        first.on(BEGAN + timedelta(days=1))
        queue_letters(first.steering, first.clock.now())
        boxes.empty(first.clock.today())  # that a fact is contested is written at once, whatever time brings
        boxes.post_office.received.clear()
        people = first.steering.people
        before, spent = time.perf_counter(), time.process_time()
        foretold: dict[UUID, Rehearsal] = {}
        known = {one.convention_id: dossier_of(one) for one in lives}
        for convention_id, dossier in known.items():
            holidays = first.holidays.of(dossier.territory.department)
            foretold[convention_id] = rehearse(dossier, FIRST, last, holidays, people)
        played = time.perf_counter() - before
        day, waiting = FIRST, False
        while day <= last:
            swept = first.on(day).sweep()
            if queue_letters(first.steering, first.clock.now()) or waiting:
                boxes.empty(day)
                # A letter put off over a weekend is only looked at again when it may leave.
                waiting = bool(kept(first.engine, "waiting"))
            day = min(swept.next_on or date.max, day + timedelta(days=1 if waiting else at_most))
        lived = time.perf_counter() - before - played
        spent = time.process_time() - spent
        received = list(boxes.post_office.received)
    counts = sum(len(one.said) for one in foretold.values()), len(received)
    sys.stdout.write(f"{len(lives)} conventions, {months} months: {counts[0]} said and {counts[1]} mails")
    sys.stdout.write(f", foretold in {played:.1f} s, lived in {lived:.1f} s, {spent:.1f} s of processor\n")
    for convention_id, dossier in known.items():
        earlier = len(was(dossier))
        happened = was(dossier_of(next(one for one in lives if one.convention_id == convention_id)))[earlier:]
        assert happened == foretold[convention_id].said
    assert counts[0] > len(lives)
    told_of = {said.deadline for one in foretold.values() for said in one.messages}
    assert told_of >= ASKED_OF_COMMITTEES | LEFT_UNANSWERED
    names = {person: name for name, person in first.people.items()}
    assert mails(received) == {
        (f"{names[person]}@gers.example", on)
        for rehearsal in foretold.values()
        for person, on in rehearsal.mail_days()
        if on <= last
    }


def test_the_past_replayed_under_its_own_method_is_the_past(migrated_sqlite_url: str) -> None:
    """And under another one: what would have been said, and when, against what was."""
    engine = create_database_engine(migrated_sqlite_url)
    life = engaged(Life(engine))
    life.live_until(date(2024, 7, 29))
    life.share_diagnosis()
    life.live_until(date(2024, 9, 20))
    life.hold_forum("fo1")
    life.live_until(date(2024, 12, 31))
    dossier, today = dossier_of(life), life.clock.today()
    holidays, out = life.holidays.of(dossier.territory.department), life.steering.people
    same = replayed(dossier, dossier.method, today, holidays, out)
    assert different(same.said, was(dossier)) == ((), ())
    other = replayed(dossier, version(2, "P12M"), today, holidays, out)
    gained, lost = different(other.said, was(dossier))
    # With nothing due for a year, the silence of the convention is noticed instead.
    assert {one.deadline for one in gained} == {"S01"}
    assert [(one.on, one.deadline, one.kind) for one in lost if one.deadline == "D01"] == [
        (date(2024, 5, 13), "D01", "REMINDER"),
        (date(2024, 6, 10), "D01", "REMINDER"),
        (date(2024, 7, 3), "D01", "REMINDER"),
        (date(2024, 7, 11), "D01", "MISSED"),
        (date(2024, 7, 25), "D01", "ESCALATION"),
    ]
    engine.dispose()


def dossier_of(life: Life) -> Dossier:
    found = life.reader.dossier(life.convention_id)
    assert found is not None
    return found


def mails(received: list[EmailMessage]) -> set[tuple[str, date]]:
    """Who got a letter on which day; nobody gets two on one day."""
    found = [(one["To"].addresses[0].addr_spec, one["Date"].datetime.astimezone(PARIS).date()) for one in received]
    assert len(found) == len(set(found))
    return set(found)
