"""A convention that already ran is taken over: its past is kept as it is said, its future follows the method (R34)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.convention import earlier
from domain.convention.closing import CloseConvention
from domain.convention.earlier import RecordEarlierFact
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.convention.signing import RecordSignature
from domain.convention.state import CONVENTION, COVERS, PLAN
from domain.convention.taking_over import KnownFact, TakeOverConvention
from domain.corrections import AnnulEvent
from domain.kernel import Correcting, Event, Refused
from domain.values import Code, Evidence, Prose, Sha256
from projections.how_a_convention_does import Known, known, situation
from projections.what_comes_next import awaited
from projections.what_the_plan_rests_on import basis
from projections.where_conventions_stand import convention
from projections.where_signatories_stand import signatories
from projections.which_milestones_are_reached import path
from tests.projections.story import TEXT, Story

AS_OF = date(2026, 5, 15)
WHY = Prose("Une erreur de saisie.")
PAPER = Evidence(uuid4(), Sha256("c" * 64), Prose("Délibération 2022-14"))
DAYS = {
    earlier.ENGAGEMENT: date(2022, 3, 14),
    earlier.DIAGNOSIS: date(2022, 10, 18),
    earlier.PRIORITIES: date(2023, 2, 2),
    earlier.PLAN: date(2023, 6, 15),
    earlier.SIGNED: date(2023, 11, 30),
    earlier.IN_FORCE: date(2024, 1, 1),
}
FACTS = (
    *(KnownFact(fact=fact, on=day) for fact, day in DAYS.items() if fact != earlier.ENGAGEMENT),
    KnownFact(fact=earlier.ENGAGEMENT, on=DAYS[earlier.ENGAGEMENT], evidence=(PAPER,)),
    KnownFact(fact=earlier.FORUMS),
    KnownFact(fact=earlier.REVIEW, period_starts_on=date(2024, 1, 1), on=date(2025, 3, 27)),
)


def terms(story: Story) -> dict[str, Any]:
    return {
        "stream_id": story.convention,
        "home_territory_id": story.territory,
        "holder_ids": (story.epci,),
        "profile_name": Code("cnaf-2020"),
        "profile_version": 1,
        "signatories": (ExpectedSignatory(story.caf, True), ExpectedSignatory(story.cpam, False)),
    }


def taking_over(story: Story, known: tuple[KnownFact, ...] = (), **more: Any) -> TakeOverConvention:
    said = {"effective_from": date(2024, 1, 1), "effective_to": date(2027, 12, 31), "as_of": AS_OF, **more}
    return TakeOverConvention(**{**terms(story), **said}, known=known)


@pytest.fixture
def ran(story: Story) -> Story:
    """A convention taken over, of which six milestones and a review are dated."""
    story.set_up()
    story.tell(taking_over(story, FACTS))
    return story


def told(story: Story, day: date | None = None) -> Known:
    return known(story.dossier, day or story.today, frozenset())


def statuses(story: Story) -> dict[str, str]:
    return {one.code: one.status for one in path(told(story), basis(story.dossier))}


def facts(story: Story) -> Sequence[Event]:
    return story.steering.events_of(story.convention)


def id_of(story: Story, fact: Code) -> UUID:
    return next(one.envelope.event_id for one in facts(story) if getattr(one, "fact", None) == fact)


def test_what_is_known_is_on_its_day_and_what_is_not_is_unknown(ran: Story) -> None:
    assert statuses(ran) == {
        "engagement-confirmed": "done",
        "diagnosis-shared": "unproven",
        "forums": "unknown",
        "priorities": "unproven",
        "action-plan-validated": "unproven",
        "plan-signed": "unproven",
        "convention-activated": "unproven",
        "review-2024": "unproven",
        "review-2025": "unknown",
        "taken-over": "done",
        "review-2026": "on-time",
    }
    found = convention(ran.dossier, ran.today)
    assert (found.standing.phase, found.standing.since) == ("IN_FORCE", date(2024, 1, 1))
    assert found.opened_on == DAYS[earlier.ENGAGEMENT]


def test_nothing_of_before_is_late_awaited_or_withheld(ran: Story) -> None:
    here = told(ran)
    assert next((one.id, one.due_on) for one in here.sheet if one.is_open) == ("D16", date(2027, 3, 31))
    assert all(step.on >= AS_OF for one in here.sheet for step in one.steps)
    found = situation(here)
    assert (found.status, found.late, found.withheld) == ("on-time", (), ())
    assert (found.signed, found.required, found.plan_signed) == (1, 1, True)
    assert [one.act for one in awaited(here)] == [None]
    standings = signatories(here)
    assert {(one.convention.status, one.convention.signed_on) for one in standings} == {
        ("unproven", DAYS[earlier.SIGNED])
    }
    assert {(one.mandate_status, one.act) for one in standings} == {("unknown", None)}


def test_of_a_convention_of_which_nothing_is_known_nothing_is_late_either(story: Story) -> None:
    story.set_up()
    story.tell(taking_over(story))
    here = told(story)
    assert situation(here).status == "on-time"
    assert not [one for one in here.sheet if one.due_on < date(2027, 1, 1)]
    assert {one.convention.status for one in signatories(here)} == {"unknown"}
    late = told(story, date(2027, 4, 15))
    assert [one.review_period.code for one in late.late if one.review_period] == ["2026"], (
        "what follows is the method's"
    )


def test_a_paper_joined_later_moves_nothing_else(ran: Story) -> None:
    before, sheet = statuses(ran), told(ran).sheet
    plan = RecordEarlierFact(stream_id=ran.convention, fact=earlier.PLAN, occurred_on=DAYS[earlier.PLAN])
    with pytest.raises(Refused, match="earlier-fact-dated"):
        ran.tell(plan)
    ran.tell(plan, evidence=(replace(PAPER, sha256=Sha256("d" * 64)),))
    assert statuses(ran) == {**before, "action-plan-validated": "done"}
    assert told(ran).sheet == sheet


def test_an_unknown_fact_is_dated_later_and_moves_nothing_else(ran: Story) -> None:
    before, sheet = statuses(ran), told(ran).sheet
    review = RecordEarlierFact(stream_id=ran.convention, fact=earlier.REVIEW, period_starts_on=date(2025, 1, 1))
    ran.tell(replace(review, occurred_on=date(2026, 3, 20)))
    assert statuses(ran) == {**before, "review-2025": "unproven"}
    assert told(ran).sheet == sheet


def test_a_dated_fact_is_corrected_and_annulled_by_itself(ran: Story) -> None:
    target = id_of(ran, earlier.DIAGNOSIS)
    said = RecordEarlierFact(stream_id=ran.convention, fact=earlier.DIAGNOSIS, occurred_on=date(2022, 11, 18))
    ran.tell(said, corrects=Correcting(target), reason=WHY)
    days = {str(one.code): one.happened_on for one in path(told(ran), basis(ran.dossier))}
    assert days["diagnosis-shared"] == date(2022, 11, 18)
    assert days["engagement-confirmed"] == DAYS[earlier.ENGAGEMENT]
    ran.tell(AnnulEvent(stream_id=ran.convention, target_id=id_of(ran, earlier.SIGNED)), reason=WHY)
    assert statuses(ran)["plan-signed"] == "unknown"
    assert {one.convention.status for one in signatories(told(ran))} == {"unknown"}
    assert situation(told(ran)).status == "on-time"


def test_the_terms_are_corrected_and_what_was_known_stays(ran: Story) -> None:
    opening = facts(ran)[0].envelope.event_id
    longer = taking_over(ran, effective_to=date(2028, 12, 31), as_of=date(2026, 5, 20))
    ran.tell(longer, corrects=Correcting(opening), reason=WHY)
    assert ran.dossier.convention.period.effective_to == date(2028, 12, 31)
    assert ran.dossier.convention.taken_over_on == date(2026, 5, 20)
    assert statuses(ran)["diagnosis-shared"] == "unproven"


def test_a_take_over_by_mistake_is_annulled_with_its_facts_and_done_again(ran: Story) -> None:
    ran.tell(AnnulEvent(stream_id=ran.convention, target_id=facts(ran)[0].envelope.event_id), reason=WHY)
    assert ran.dossier.convention.is_annulled
    ran.convention = uuid4()
    ran.tell(taking_over(ran, FACTS))
    assert statuses(ran)["engagement-confirmed"] == "done"


def test_what_follows_obeys_the_method(ran: Story) -> None:
    ran.today = date(2027, 3, 20)
    ran.review(2026, date(2027, 3, 20))
    assert statuses(ran)["review-2026"] == "done"
    again = RecordSignature(stream_id=ran.convention, partner_id=ran.cpam, covers=COVERS, text_sha256=TEXT)
    ran.tell(again)  # a fact: kept, whatever it breaks
    assert not told(ran).missing_for(CONVENTION)
    assert not told(ran).missing_for(PLAN)
    with pytest.raises(Refused, match="term-not-reached"):
        ran.tell(CloseConvention(stream_id=ran.convention, motive=WHY))


def test_all_that_is_wrong_with_a_take_over_is_told_at_once(story: Story) -> None:
    story.set_up()
    later = KnownFact(fact=earlier.PLAN, on=date(2026, 5, 20))
    never = KnownFact(fact=earlier.REVIEW, period_starts_on=date(2019, 1, 1), on=date(2020, 3, 1))
    with pytest.raises(Refused, match="after-take-over"):
        story.tell(taking_over(story, (later,)))
    with pytest.raises(Refused, match="does-not-fit"):
        story.tell(taking_over(story, (never,)))
    assert not facts(story)


def test_facts_recorded_as_too_early_count_once_the_day_the_work_began_is_corrected(story: Story) -> None:
    story.set_up()
    opening = OpenConvention(
        **terms(story), effective_from=date(2027, 1, 1), occurred_on=date(2026, 5, 1), work_began_on=None
    )
    story.tell(opening)
    answer = story.tell(RecordEngagement(stream_id=story.convention, occurred_on=date(2026, 2, 1)))
    assert [one.CODE for one in answer.irregular] == ["bad-business-date"]
    assert situation(told(story)).phase == "PREPARATION"
    began = replace(opening, work_began_on=date(2026, 1, 15))
    story.tell(began, corrects=Correcting(facts(story)[0].envelope.event_id), reason=WHY)
    here = told(story)
    assert (here.phase, situation(here).withheld) == ("DIAGNOSIS", ())
    assert [(one.id, one.due_on) for one in here.sheet] == [("D01", date(2026, 8, 3))]
