"""The situations that a visitor of the demonstration finds, territory by territory, asked as pages ask."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ctg_engine.demo.chapters import CHAPTERS
from ctg_engine.demo.references import DEPARTMENT, convention_of, partner_of
from ctg_engine.demo.story import DEMO_TODAY
from ctg_engine.demo.territories import load_demo_territories
from domain.agenda import DeadlineMissed, ReminderEscalated
from domain.convention.authorising import MandateRecorded
from domain.convention.counting import ActionPlanSigned, ConventionSigned
from domain.convention.diagnosis import DiagnosisShared
from domain.convention.forums import ForumConvened, ForumHeld
from domain.convention.opening import ConventionOpened
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PriorityChosen
from domain.convention.reviews import ReviewDone
from domain.convention.signing import SignatureRecorded
from domain.convention.state import CONVENTION, PLAN
from domain.convention.waivers import WaiverGranted
from domain.diagnosis.content import diagnosis_stream
from domain.territories import territory_stream
from domain.values import Code
from projections import what_is_due
from projections.what_is_due import DUE_SOON, MET, MET_LATE, MISSED, WATCHED, late
from projections.where_conventions_stand import NOT_COVERED, PLAN_MISSING
from projections.which_signatures_are_missing import signatures
from projections.which_themes_are_crossed import crossing
from tests.demo.telling import HOLIDAYS, Telling
from workflows.schema import refusals

PHASES = {
    "tenareze": "IN_FORCE",
    "grand-auch": "IN_FORCE",
    "gascogne-toulousaine": "IN_FORCE",
    "armagnac-adour": "IN_FORCE",
    "artagnan": "IN_FORCE",
    "bas-armagnac": "IN_FORCE",
    "lomagne-gersoise": "IN_FORCE",
    "valdegers": "SIGNING",
    "grand-armagnac": "PLANNING",
    "arrats-gimone": "PRIORITISATION",
    "bastides-de-lomagne": "FORUMS",
    "astarac-arros": "DIAGNOSIS",
    "bastides-et-vallons": "IN_FORCE",
    "saves": "PREPARATION",
    "coeur-d-astarac": "NOT_COVERED",
}

LATE = {"artagnan": {"D13", "D14", "D16", "D26"}, "astarac-arros": {"D01"}, "valdegers": {"D11"}}
LATE |= {"grand-auch": {"D13", "D14"}}  # what the review of March says late counts for the quarter before it alone
SOON = {"bastides-de-lomagne": {"D05"}, "bastides-et-vallons": {"D01"}, "grand-armagnac": {"D06"}}
SOON |= {"bas-armagnac": {"D11"}, "lomagne-gersoise": {"D12"}, "artagnan": {"D07"}}
SOON |= {"tenareze": {"D13", "D17"}, "grand-auch": {"D13", "D17", "D20"}}
SILENT = {"artagnan": 3, "grand-auch": 0}
"""How many partners say nothing of their actions."""


def test_each_territory_of_the_gers_has_its_chapter() -> None:
    sirens = [siren for _, siren, _ in CHAPTERS]
    assert sorted(sirens) == [territory.facts.siren for territory in load_demo_territories()]
    assert {key for key, _, _ in CHAPTERS} == PHASES.keys()


def test_the_department_shows_fifteen_territories_in_eight_phases(telling: Telling) -> None:
    lines = telling.lines()
    phases = {line.territory_id: line.phase for line in lines}
    assert phases == {territory_stream(siren): PHASES[key] for key, siren, _ in CHAPTERS}
    assert len(set(phases.values())) == 8


def test_four_territories_are_late_and_eight_have_something_due_soon(telling: Telling) -> None:
    sheets = {key: telling.deadlines(key) for key in PHASES}
    assert {key: {one.id for one in late(lines)} for key, lines in sheets.items() if late(lines)} == LATE
    soon = {key: {one.id for one in lines if one.state == DUE_SOON} for key, lines in sheets.items()}
    assert {key: ids for key, ids in soon.items() if ids} == SOON


def test_most_partners_say_each_quarter_how_their_actions_go_and_few_are_silent_or_late(telling: Telling) -> None:
    """A visitor finds few delays among hundreds of words: what the method asks of actions is not a wall of red."""
    for key, silent in SILENT.items():
        sheet = what_is_due.sheet(telling.dossier(key), DEMO_TODAY, HOLIDAYS)
        assert sum(one.id == "S05" and one.state == WATCHED for one in sheet) == silent
    lines = [one for key in PHASES for one in telling.deadlines(key) if one.id in ("D13", "D14", "D15", "D19", "D20")]
    assert len(late(lines)) < 16
    assert sum(one.state == MET for one in lines) > 3 * sum(one.state == MET_LATE for one in lines)
    assert all(one.things for one in late(lines))


def test_a_forum_without_users_leaves_the_priority_waiting(telling: Telling) -> None:
    key = "bastides-de-lomagne"
    forum = telling.events(ForumHeld, key)[-1]
    assert forum.themes == ("PARENTING",)
    assert forum.attendance_by_expertise.usage == 0
    themes = {one.theme.code: one for one in crossing(telling.dossier(key), DEMO_TODAY)}
    assert [one.value for one in themes[Code("PARENTING")].missing_expertises] == ["USAGE"]
    assert telling.events(PriorityChosen, key) == []
    (convened,) = telling.events(ForumConvened, key)
    assert convened.planned_on > DEMO_TODAY


def test_a_plan_waits_for_two_communes(telling: Telling) -> None:
    assert telling.events(ActionPlanValidated, "valdegers")
    sheet = signatures(telling.dossier("valdegers"))
    names = {one.partner_id: one.partner_name for one in sheet.signatories}
    assert [names[one] for one in sheet.missing[PLAN]] == ["Commune de Masseube", "Commune de Seissan"]
    assert sum(one.signed_on[PLAN] is not None for one in sheet.signatories) == 4
    assert telling.events(ActionPlanSigned, "valdegers") == []


def test_the_two_communes_may_now_sign(telling: Telling) -> None:
    """What a visitor does first must succeed: their deliberations are executory."""
    executory = {one.partner_id: one.executory_on for one in telling.events(MandateRecorded, "valdegers")}
    for insee in ("32242", "32426"):
        day = executory[partner_of(insee)]
        assert day is not None
        assert day < DEMO_TODAY


@pytest.mark.parametrize(("key", "code"), [("valdegers", "mandate-missing"), ("bas-armagnac", "mandate-not-executory")])
def test_a_signature_given_too_early_is_kept_and_does_not_count(telling: Telling, key: str, code: str) -> None:
    (early,) = [one for one in telling.events(SignatureRecorded, key) if one.envelope.irregularities]
    assert [mark.code for mark in early.envelope.irregularities] == [code]
    sheet = signatures(telling.dossier(key))
    (signatory,) = [one for one in sheet.signatories if one.partner_id == early.partner_id]
    assert signatory.signed_on == {CONVENTION: None, PLAN: None}


def test_a_signature_recorded_before_its_mandate_was_regularised(telling: Telling) -> None:
    (early,) = [one for one in telling.events(SignatureRecorded, "grand-auch") if one.envelope.irregularities]
    mandate = telling.events(MandateRecorded, "grand-auch")[-1]
    assert mandate.partner_id == early.partner_id
    assert mandate.occurred_on < early.occurred_on < early.recorded_at.date() < mandate.recorded_at.date()
    sheet = signatures(telling.dossier("grand-auch"))
    (signatory,) = [one for one in sheet.signatories if one.partner_id == early.partner_id]
    assert signatory.signed_on[PLAN] == early.occurred_on


def test_a_review_is_late_and_the_chair_and_the_signatories_were_told(telling: Telling) -> None:
    (line,) = (one for one in late(telling.deadlines("artagnan")) if one.id == "D16")
    assert (line.due_on, line.days_late) == (date(2026, 3, 31), 76)
    said = [one for one in telling.events(ReminderEscalated) if one.occurrence == line.occurrence]
    assert [(one.recorded_at.date(), one.offset_days) for one in said] == [
        (date(2026, 3, 31), 0),
        (date(2026, 4, 30), 30),
    ]
    assert len(said[1].recipients) >= 4


def test_a_review_was_done_late_and_the_next_one_in_time(telling: Telling) -> None:
    first, second = telling.events(ReviewDone, "grand-auch")
    assert (first.occurred_on, second.occurred_on) == (date(2025, 5, 22), date(2026, 3, 19))
    sheet = [one for one in telling.deadlines("grand-auch") if one.owner_id is None]
    assert [line.id for line in sheet if line.state == MET_LATE] == ["D16"]
    missed = [one for one in telling.events(DeadlineMissed) if one.occurrence.deadline == "D16"]
    missed = [one for one in missed if one.due_on == date(2025, 3, 31)]
    assert len(missed) == 1


def test_one_fact_was_recorded_weeks_after_it_happened_and_says_why(telling: Telling) -> None:
    delays = {
        event.envelope.event_id: event.recorded_at.date() - event.occurred_on
        for event in telling.events(ForumHeld, "armagnac-adour")
    }
    (late_one,) = [one for one, delay in delays.items() if delay > timedelta(weeks=7)]
    (forum,) = [one for one in telling.events(ForumHeld, "armagnac-adour") if one.envelope.event_id == late_one]
    assert forum.envelope.reason is not None
    assert telling.vault.open_text(str(forum.envelope.reason.token)) == (
        "Compte rendu retrouvé après l’absence prolongée du chargé de coopération."
    )


def test_one_territory_is_followed_without_being_covered(telling: Telling) -> None:
    siren = {key: siren for key, siren, _ in CHAPTERS}["coeur-d-astarac"]
    (line,) = telling.lines([territory_stream(siren)])
    assert (line.phase, line.convention_id) == (NOT_COVERED, None)


def test_refusals_are_kept_in_their_table_and_not_in_the_log(telling: Telling) -> None:
    with telling.engine.connect() as connection:
        rows = connection.execute(select(refusals).order_by(refusals.c.recorded_at)).all()
    kept = [(row.stream_id, row.command, [rule["code"] for rule in json.loads(row.rules)]) for row in rows]
    assert kept == [
        (diagnosis_stream(territory_stream("200072320")), "ask-for-data", ["data-received-already"]),
        (
            convention_of("arrats-gimone"),
            "choose-priority",
            ["priority-without-diagnosis", "priority-without-forum"],
        ),
        (convention_of("bastides-de-lomagne"), "choose-priority", ["priority-without-forum"]),
    ]
    assert telling.events(PriorityChosen, "arrats-gimone") == []


def test_a_waiver_let_one_priority_be_chosen(telling: Telling) -> None:
    (waiver,) = telling.events(WaiverGranted, "armagnac-adour")
    assert (waiver.rule, waiver.subject) == ("R06", "DIGITAL_INCLUSION")
    chosen = {one.themes[0]: one for one in telling.events(PriorityChosen, "armagnac-adour")}
    assert waiver.recorded_at < chosen[Code("DIGITAL_INCLUSION")].recorded_at
    themes = {one.theme.code: one for one in crossing(telling.dossier("armagnac-adour"), DEMO_TODAY)}
    assert not themes[Code("DIGITAL_INCLUSION")].crossed


def test_a_convention_is_in_force_without_its_plan(telling: Telling) -> None:
    assert telling.events(ConventionSigned, "lomagne-gersoise")
    assert telling.events(ActionPlanSigned, "lomagne-gersoise") == []
    assert telling.standing("lomagne-gersoise").standing.flags == (PLAN_MISSING,)


@pytest.mark.parametrize("key", ["tenareze", "gascogne-toulousaine"])
def test_a_convention_met_every_deadline_in_time(telling: Telling, key: str) -> None:
    sheet = telling.deadlines(key)
    assert {"D01", "D02", "D05", "D06", "D11", "D16"} <= {line.id for line in sheet}
    assert {line.state for line in sheet} & {MISSED, MET_LATE} == set()
    missed = [one for one in telling.events(DeadlineMissed) if one.occurrence.subject_id == convention_of(key)]
    assert missed == []


def test_a_diagnosis_is_overdue_and_another_is_due_in_a_month(telling: Telling) -> None:
    (overdue,) = late(telling.deadlines("astarac-arros"))
    assert (overdue.id, overdue.due_on) == ("D01", date(2026, 5, 4))
    (soon,) = telling.deadlines("bastides-et-vallons")
    assert (soon.id, soon.due_on) == ("D01", date(2026, 7, 15))


def test_two_conventions_name_their_own_themes(telling: Telling) -> None:
    named = [one.themes for one in telling.events(ConventionOpened) if one.themes]
    assert len(named) == 2
    assert named[0] != named[1]


def test_milestones_are_proved_by_documents(telling: Telling) -> None:
    for kind in (DiagnosisShared, ForumHeld, ActionPlanValidated, MandateRecorded, SignatureRecorded, ReviewDone):
        for event in telling.events(kind):
            assert event.envelope.evidence, f"{event.TOPIC} of {event.occurred_on}"


def test_partners_record_what_is_their_own(telling: Telling) -> None:
    behalf = {one.envelope.on_behalf_of for one in telling.events(SignatureRecorded)}
    assert partner_of("caf") in behalf
    assert partner_of(DEPARTMENT) not in behalf
