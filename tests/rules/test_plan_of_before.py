"""The plan of a convention that already ran, its money and its measures: kept as told, else unknown (R34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.funding import EstimateBudget
from domain.action_sheets.scheduling import AssignActionOwner, ScheduleAction
from domain.convention import earlier
from domain.convention.adapting import AdaptPlan
from domain.convention.earlier import RecordEarlierFact
from domain.convention.reviewed import ANNUAL
from domain.convention.reviews import RecordReview
from domain.convention.taking_over import KnownFact
from domain.corrections import AnnulEvent
from domain.kernel import Refused
from domain.money import YearAmount
from domain.profiles import PublishMethodProfile, profile_stream
from domain.steering import PLAN_ADAPTED, Decision, DecisionReference, RecordMeeting
from domain.values import Code, LocalId, Prose
from projections.how_the_chain_holds import NO_FORUM, NO_INDICATOR, NO_MONEY, chain
from projections.how_the_plan_drifts import drift
from projections.what_a_review_would_say import to_come
from projections.what_is_due import late, sheet
from projections.what_money_there_is import money
from projections.what_reviews_saw import reviews
from projections.what_the_plan_rests_on import basis
from projections.what_was_pledged import pledges
from projections.where_the_plan_stands import sheets
from projections.whether_sheets_move import DONE, UNKNOWN, WATCH, moving
from projections.which_actions_are_not_measured import unknown, without_indicator
from projections.which_milestones_are_reached import path
from projections.which_targets_are_reached import indicators
from tests.projections.story import PROFILE, Story
from tests.rules.plan_of_before import BEFORE, TITLES, Plan
from tests.rules.test_conventions_taken_over import AS_OF, PAPER, id_of, taking_over, told

ASKED = ("D13", "D14", "D15", "S05")


@pytest.fixture
def plan(story: Story) -> Plan:
    """A convention taken over under a method that asks owners and data partners too, its plan known to be validated."""
    story.set_up()
    active = tuple(replace(one, active=True) if one.id in ASKED else one for one in PROFILE.deadlines)
    method = replace(PROFILE, version=2, deadlines=active)
    published = PublishMethodProfile(stream_id=profile_stream("cnaf-2020", 2), profile=method)
    story.tell(published, story.administrator)
    validated = KnownFact(fact=earlier.PLAN, on=date(2023, 6, 15), count=3, evidence=(PAPER,))
    story.tell(taking_over(story, (validated,), profile_version=2))
    return Plan(story)


def standing(story: Story, day: date) -> dict[UUID, str]:
    return {one.sheet.sheet_id: one.standing for one in moving(sheets(story.dossier, day), story.dossier.method, day)}


def test_the_plan_of_before_is_told_by_ordinary_acts_and_nothing_of_it_is_late(plan: Plan) -> None:
    story = plan.story
    plan.tell()
    plan.fund()
    plan.measure()
    first, second, third = plan.sheets
    assert standing(story, story.today) == {first: UNKNOWN, second: DONE, third: UNKNOWN}
    found = sheets(story.dossier, story.today)
    assert not any(one.late or one.is_silent for one in found)
    assert all(one.in_plan for one in found)
    means = money(story.dossier, date(2026, 6, 1))
    assert (means.late_cents, means.unfunded, [one.sheet_id for one in means.unknown]) == (0, (), [plan.sheets[2]])
    assert [(one.year, one.is_known, one.missing_cents) for one in means.years] == [
        (2024, False, 0),
        (2025, False, 0),
        (2026, True, 10_000_00),
    ]
    assert [one.late_cents for one in means.funders] == [0]
    assert [one.state for one in pledges(story.dossier, story.today)] == ["AWAITED"]
    assert [one.state for one in indicators(story.dossier, story.today)] == ["UNKNOWN"]
    assert (without_indicator(story.dossier), unknown(story.dossier)) == ((), (plan.sheets[1], plan.sheets[2]))
    links = chain(story.dossier, story.today)
    assert not links.broken
    assert {one.link for one in links.unknown} >= {NO_FORUM, NO_MONEY, NO_INDICATOR}
    assert not late(sheet(story.dossier, story.today, frozenset()))


def test_what_follows_is_asked_by_the_method(plan: Plan) -> None:
    story = plan.story
    plan.tell()
    plan.measure()
    story.tell(ReportActionStatus(stream_id=plan.sheets[0], status=Code("RUNNING"), occurred_on=date(2025, 9, 1)))
    due = {(one.id, one.trigger_on) for one in sheet(story.dossier, story.today, frozenset()) if one.owner_id}
    assert {("D14", date(2026, 6, 30)), ("D15", date(2026, 6, 30)), ("D13", date(2027, 6, 30))} <= due
    assert not [one for one in due if one[1] < AS_OF]
    later = date(2027, 3, 1)
    assert standing(story, later)[plan.sheets[0]] == WATCH, "silent since it is followed"
    assert [one.state for one in indicators(story.dossier, later)] == ["UNMEASURED"]
    review = to_come(story.dossier, later)
    assert review is not None
    assert {one.sheet_id for one in review.actions} == set(plan.sheets)


def test_what_was_signed_is_what_was_told_up_to_the_take_over(plan: Plan) -> None:
    """The base of the drift; and what is written since is no part of it until the committee adapts its plan."""
    story = plan.story
    plan.tell()
    plan.fund()
    found = drift(story.dossier, story.vault.reader)
    assert (found.validated_on, found.sheets, found.budget_cents) == (date(2023, 6, 15), 0, 0)
    story.tell(
        DescribeActionSheet(stream_id=plan.sheets[0], description=Prose("Deux tours par jour"), occurred_on=BEFORE)
    )
    assert drift(story.dossier, story.vault.reader).sheets == 0, "completing what is of before moves nothing"
    new = uuid4()
    plan.draft(new, "Maison des jeunes", story.today, owner_id=story.caf, starts_on=AS_OF, ends_on=date(2027, 1, 31))
    story.tell(EstimateBudget(stream_id=new, budget=(YearAmount(2026, 40_000_00),)))
    story.tell(AssignActionOwner(stream_id=plan.sheets[2], owner_id=story.caf))
    found = drift(story.dossier, story.vault.reader)
    assert (found.added, found.changed, found.budget_cents) == ((new,), (plan.sheets[2],), 40_000_00)
    assert {one.sheet_id: one.in_plan for one in sheets(story.dossier, story.today)}[new] is False
    assert new in {one.sheet_id for one in money(story.dossier, story.today).unfunded}, "after it the rules hold"


def test_a_plan_of_before_is_adapted_by_the_committee_under_the_rules(plan: Plan) -> None:
    story, new = plan.story, uuid4()
    plan.tell()
    days: dict[str, Any] = {"starts_on": AS_OF, "ends_on": date(2027, 1, 31)}
    plan.draft(new, "Maison des jeunes", story.today, owner_id=story.caf, **days)
    meeting, decision = LocalId("m9"), Decision(LocalId("d9"), PLAN_ADAPTED, Prose("Une fiche de plus"))
    story.tell(RecordMeeting(stream_id=story.body, meeting_id=meeting, decisions=(decision,)))
    adapt = AdaptPlan(
        stream_id=story.convention,
        sheets=(*plan.sheets, new),
        motive=Prose("Une fiche de plus"),
        decided_in=DecisionReference(story.body, meeting, decision.decision_id),
    )
    with pytest.raises(Refused, match="plan-incomplete"):
        story.tell(adapt)  # of an action of before nobody knows the owner: now it is asked
    story.tell(AssignActionOwner(stream_id=plan.sheets[2], owner_id=story.caf))
    story.tell(ScheduleAction(stream_id=plan.sheets[2], **days))
    story.tell(adapt)
    assert all(one.in_plan for one in sheets(story.dossier, story.today))
    review = to_come(story.dossier, date(2027, 3, 1))
    assert review is not None
    assert len(review.actions) == 4
    with pytest.raises(Refused, match="nothing-to-adapt"):
        story.tell(adapt)


def test_reviews_of_before_bear_no_mark_and_those_that_follow_say_how_each_action_stands(plan: Plan) -> None:
    story = plan.story
    plan.tell()
    story.meet("m2", date(2025, 2, 3))
    review = RecordReview(
        stream_id=story.convention,
        kind=ANNUAL,
        period_starts_on=date(2024, 1, 1),
        period_ends_on=date(2024, 12, 31),
        body_id=story.body,
        meeting_id=LocalId("m2"),
        occurred_on=date(2025, 2, 3),
    )
    answer = story.tell(review)
    assert {one.CODE for one in answer.notices} >= {"taken-over", "review-incomplete"}
    assert not answer.irregular
    story.today = date(2027, 3, 1)
    story.meet("m3", story.today)
    days: dict[str, Any] = {"period_starts_on": date(2026, 1, 1), "period_ends_on": date(2026, 12, 31)}
    answer = story.tell(replace(review, **days, meeting_id=LocalId("m3"), occurred_on=story.today))
    assert [one.CODE for one in answer.irregular] == ["review-incomplete"]
    before, after = reviews(story.dossier, story.today)
    assert (before.cause, before.lacking.sheets) == (None, ())
    assert set(after.lacking.sheets) == {plan.sheets[0], plan.sheets[2]}, "the second is over, and was said to be"


def test_money_and_measures_that_are_known_are_asked_for_as_any_and_forgotten_when_annulled(plan: Plan) -> None:
    story = plan.story
    plan.tell()
    for fact in (earlier.MONEY, earlier.MEASURES):
        story.tell(RecordEarlierFact(stream_id=story.convention, fact=fact, occurred_on=date(2025, 1, 1)))
    found = money(story.dossier, story.today)
    assert [one.sheet_id for one in found.unfunded] == [plan.sheets[0], plan.sheets[2]]
    assert unknown(story.dossier) == ()
    assert len(without_indicator(story.dossier)) == 3
    links = chain(story.dossier, story.today)
    assert {one.link for one in links.broken} == {NO_MONEY, NO_INDICATOR}
    with pytest.raises(Refused, match="earlier-fact-dated"):
        story.tell(RecordEarlierFact(stream_id=story.convention, fact=earlier.MONEY, occurred_on=BEFORE))
    with pytest.raises(Refused, match="after-take-over"):
        story.tell(RecordEarlierFact(stream_id=story.convention, fact=earlier.MEASURES, occurred_on=story.today))
    target = id_of(story, earlier.MONEY)
    story.tell(AnnulEvent(stream_id=story.convention, target_id=target), reason=Prose("On ne sait pas"))
    assert money(story.dossier, story.today).unfunded == ()


def test_priorities_whose_day_nobody_knows_are_known_on_the_day_of_the_take_over(plan: Plan) -> None:
    story = plan.story
    plan.choose(AS_OF)
    assert {one.code: one.status for one in path(told(story), basis(story.dossier))}[Code("priorities")] == "unknown"
    with pytest.raises(Refused) as refused:
        plan.choose(None, "p2")
    assert "decision-awaited" in {one.CODE for one in refused.value.broken}
    plan.draft(plan.sheets[0], TITLES[0])
    story.tell(
        ReportActionStatus(stream_id=plan.sheets[0], status=Code("RUNNING"), progress_percent=10, occurred_on=BEFORE)
    )
    assert standing(story, story.today)[plan.sheets[0]] == UNKNOWN, "no owner, no dates"
