"""A deadline that moved says from which day to which and because of what: to tools, and to whoever asks why."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from domain import roles
from domain.convention.diagnosis import DiagnosisShared, Finding, RecordSharedDiagnosis
from domain.convention.extending import ExtendConvention
from domain.convention.forums import ForumHeld
from domain.convention.opening import EngagementConfirmed, RecordEngagement
from domain.corrections import AnnulEvent, ConfirmCorrection
from domain.kernel import Actor, Correcting, Event, RoleHeld
from domain.steering import CONVENTION_EXTENDED, Decision, DecisionReference, RecordMeeting
from domain.values import Code, LocalId, Prose
from tests.api.routes import API
from tests.api.scene import ELSEWHERE, Scene
from tests.projections.story import PARENTING, TEXT, Story

WHY = Prose("Erreur de saisie")


def moves(scene: Scene, story: Story) -> dict[str, list[dict[str, Any]]]:
    """The days of what moved, by deadline."""
    answer = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions/{story.convention}/deadlines/moves")
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, Any]]] = {one["id"]: one["days"] for one in answer.json()}
    assert len(found) == len(answer.json())
    sheet = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions/{story.convention}/deadlines").json()
    now = {one["id"]: one["due_on"] for one in sheet}
    assert all(days[-1]["due_on"] == now[name] for name, days in found.items()), "the last day is the one it has"
    return found


def told(days: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["due_on"], one["topic"].removeprefix("ctg.")) for one in days]


def last(scene: Scene, story: Story, kind: type[Event]) -> Event:
    (*_, found) = (one for one in scene.events() if isinstance(one, kind) and one.originator_id == story.convention)
    return found


def page(scene: Scene, story: Story, role: str) -> str:
    text = scene.browser(role).get(f"{scene.page_of(story)}/calendrier").text
    return " ".join(unescape(text).replace("\xa0", " ").split())


def test_a_diagnosis_said_again_with_another_day_tells_both_days_of_what_it_moved(scene: Scene) -> None:
    story = scene.there
    assert moves(scene, story) == {}
    assert "Aucune échéance n’a changé de jour" in page(scene, story, ELSEWHERE)
    shared = last(scene, story, DiagnosisShared)
    finding = Finding(LocalId("f1"), PARENTING, Code("CONSTRAINT"), Prose("Peu de lieux d'accueil"))
    again = RecordSharedDiagnosis(stream_id=story.convention, findings=(finding,), occurred_on=date(2026, 5, 12))
    story.tell(again, corrects=Correcting(shared.envelope.event_id), reason=WHY)
    days = moves(scene, story)["D02"]
    assert told(days) == [
        ("2026-06-10", "convention.diagnosis-shared"),
        ("2026-08-12", "correction.event-corrected"),
    ]
    assert days[0]["event_id"] == days[1]["mended_id"] == str(shared.envelope.event_id)
    assert days[0]["mended_id"] is None
    shown = page(scene, story, ELSEWHERE)
    assert "Fixée au 10 juin 2026 : <a" in shown and "« Diagnostic partagé » du 10 mars 2026</a>" in shown
    assert "Puis au 12 août 2026 : <a" in shown and "correction de « Diagnostic partagé » du 10 mars 2026</a>" in shown
    assert str(days[1]["event_id"]) in shown, "the journal is a step away"
    today = unescape(scene.browser(ELSEWHERE).get(scene.page_of(story)).text)
    assert f'href="{scene.page_of(story)}/calendrier#moves"' in today


def test_a_day_that_is_proposed_moves_nothing_before_a_second_person_confirms_it(scene: Scene) -> None:
    story = scene.here
    wrong = last(scene, story, EngagementConfirmed)
    right = RecordEngagement(stream_id=story.convention, partners=(story.caf,), occurred_on=date(2024, 2, 5))
    proposed = story.tell(right, corrects=Correcting(wrong.envelope.event_id), reason=WHY)
    assert "D01" not in moves(scene, story)
    second = Actor(uuid4(), (RoleHeld(roles.PILOT, story.territory),))
    story.tell(ConfirmCorrection(stream_id=story.convention, proposal_id=proposed.events[0].event_id), second)
    days = moves(scene, story)["D01"]
    assert told(days) == [
        ("2024-07-15", "convention.engagement-confirmed"),
        ("2024-08-05", "correction.event-corrected"),
    ]
    assert days[1]["mended_id"] == str(wrong.envelope.event_id)


def test_each_forum_that_moves_the_priorities_is_told_and_one_annulled_moves_them_back(scene: Scene) -> None:
    story = scene.there
    for number, day in enumerate((date(2026, 3, 24), date(2026, 4, 14), date(2026, 4, 2)), 1):
        scene.clock.moment += timedelta(minutes=1)
        story.forum(f"fo{number}", day)
    expected = [("2026-05-26", "convention.forum-held"), ("2026-06-15", "convention.forum-held")]
    assert told(moves(scene, story)["D05"]) == expected, "the third one, held before the second, moved nothing"
    second = next(one for one in scene.events() if isinstance(one, ForumHeld) and one.occurred_on == date(2026, 4, 14))
    story.tell(AnnulEvent(stream_id=story.convention, target_id=second.envelope.event_id), reason=WHY)
    days = moves(scene, story)["D05"]
    assert told(days) == [*expected, ("2026-06-02", "correction.event-annulled")]
    assert days[2]["mended_id"] == days[1]["event_id"]
    assert "annulation de « Forum tenu » du 14 avril 2026" in page(scene, story, ELSEWHERE)


def test_an_extension_moves_what_is_due_at_the_term_on_its_last_signature_and_not_when_it_is_decided(
    scene: Scene,
) -> None:
    story = scene.here
    decided = DecisionReference(story.body, LocalId("m9"), LocalId("d9"))
    taken = Decision(decided.decision_id, CONVENTION_EXTENDED, Prose("Approuvé"))
    story.tell(
        RecordMeeting(
            stream_id=story.body,
            meeting_id=decided.meeting_id,
            attendance=7,
            partners_present=(story.caf,),
            decisions=(taken,),
            occurred_on=date(2026, 5, 4),
        )
    )
    story.tell(
        ExtendConvention(
            stream_id=story.convention,
            effective_to=date(2030, 6, 28),
            text_sha256=TEXT,
            motive=Prose("Quelques mois de plus"),
            decided_in=decided,
            occurred_on=date(2026, 5, 5),
        )
    )
    assert "D18" not in moves(scene, story)
    covers = (Code("EXTENSION"),)
    story.mandate(story.caf, date(2026, 5, 6), covers=covers)
    story.mandate(story.epci, date(2026, 5, 6), date(2026, 5, 12), covers=covers)
    story.sign(story.caf, date(2026, 5, 18), covers=covers)
    assert "D18" not in moves(scene, story)
    story.sign(story.epci, date(2026, 5, 19), covers=covers)
    assert told(moves(scene, story)["D18"]) == [
        ("2029-12-31", "convention.convention-signed"),
        ("2030-06-28", "convention.convention-extended"),
    ]
