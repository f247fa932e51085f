"""Which reviews are accepted, once each, and which ones count (R20)."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from domain.calendar import ending_from
from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM, NOT_ENDING, NOT_SIGNED
from domain.convention.reviews import RecordReview
from domain.method import CIVIL_YEAR, ReviewRule
from domain.values import Code, LocalId
from projections.how_a_convention_does import known
from projections.saying import Reason
from projections.what_is_due import Deadline, sheet
from projections.what_reviews_saw import reviews
from projections.which_facts_do_not_count import reviews_not_counting
from tests.projections.story import Story
from tests.rules.reading import refused
from workflows.answers import Answer
from workflows.calendar import PublicHolidays

DUPLICATE = [("R20", "review-duplicate")]


def planned(story: Story, start: date) -> None:
    """Up to the mandates of both required signatories."""
    story.set_up()
    story.open(start=start)
    story.diagnose(date(2024, 5, 14))
    story.forum("fo1", date(2024, 6, 4))
    story.choose("p1", date(2024, 7, 2))
    story.plan(date(2024, 9, 10))
    story.mandate(story.caf, date(2024, 10, 1))
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9))


def review(story: Story, kind: Code, first: date, last: date, done_on: date) -> Answer:
    """A complete review of a period, in the committee's first meeting."""
    return story.tell(
        RecordReview(
            stream_id=story.convention,
            kind=kind,
            period_starts_on=first,
            period_ends_on=last,
            body_id=story.body,
            meeting_id=LocalId("m1"),
            action_statuses=story.all_running(),
            occurred_on=done_on,
        )
    )


def annual_of(story: Story, year: int, today: date) -> Deadline:
    """The line of the sheet about the review of a civil year."""
    lines = sheet(story.dossier, today, PublicHolidays())
    (found,) = [one for one in lines if one.review_period is not None and one.review_period.first.year == year]
    return found


@pytest.mark.parametrize(("signed_on", "expected"), [(date(2024, 12, 31), True), (date(2025, 1, 2), False)])
def test_the_review_of_a_period_that_ends_the_very_day_of_signing_is_expected(
    story: Story, signed_on: date, expected: bool
) -> None:
    planned(story, date(2024, 1, 1))
    for partner_id in (story.caf, story.epci):
        story.sign(partner_id, signed_on)
    lines = sheet(story.dossier, date(2025, 2, 3), PublicHolidays())
    years = {one.review_period.first.year for one in lines if one.review_period is not None}
    assert (2024 in years, 2025 in years) == (expected, True)


def test_one_mid_term_review_per_convention(story: Story) -> None:
    story.until_signed()
    story.today = date(2030, 6, 3)
    too_early = review(story, MID_TERM, date(2025, 1, 1), date(2027, 6, 30), date(2027, 3, 31))
    assert [mark.code for mark in too_early.irregularities] == ["review-period-invalid"]
    assert review(story, MID_TERM, date(2025, 1, 1), date(2027, 3, 31), date(2027, 5, 3)).irregularities == ()
    again = partial(review, story, MID_TERM, date(2025, 7, 1), date(2027, 12, 31), date(2028, 1, 10))
    assert refused(story, again) == DUPLICATE


def test_one_final_review_per_convention(story: Story) -> None:
    story.until_signed()
    story.today = date(2030, 6, 3)
    assert review(story, FINAL, date(2025, 1, 1), date(2029, 12, 31), date(2029, 6, 4)).irregularities == ()
    again = partial(review, story, FINAL, date(2026, 1, 1), date(2029, 12, 31), date(2029, 9, 3))
    assert refused(story, again) == DUPLICATE
    # The other kinds have their own.
    assert review(story, MID_TERM, date(2025, 1, 1), date(2027, 6, 30), date(2027, 7, 5)).irregularities == ()
    assert review(story, ANNUAL, date(2025, 1, 1), date(2025, 12, 31), date(2026, 3, 2)).irregularities == ()


def test_each_year_has_its_annual_review(story: Story) -> None:
    story.until_signed()
    story.today = date(2030, 6, 3)
    for year in (2025, 2026):
        first, last = date(year, 1, 1), date(year, 12, 31)
        assert review(story, ANNUAL, first, last, date(year + 1, 2, 2)).irregularities == ()
        story.meet(f"m{year - 2000}", date(year + 1, 3, 2))
        assert refused(story, partial(story.review, year, date(year + 1, 3, 2), f"m{year - 2000}")) == DUPLICATE


def test_a_review_done_before_the_signature_was_recorded_counts_once_it_is(story: Story) -> None:
    planned(story, start=date(2025, 1, 1))
    story.sign(story.caf, date(2024, 11, 18))
    told = story.review(2025, date(2026, 3, 10))
    assert [mark.code for mark in told.irregularities] == ["review-period-invalid"]
    assert [one.cause for one in reviews(story.dossier, story.today)] == [NOT_SIGNED]

    story.sign(story.epci, date(2024, 11, 20))
    (kept,) = reviews(story.dossier, story.today)
    assert kept.cause is None
    assert [mark.code for mark in kept.irregularities] == ["review-period-invalid"]  # what was recorded stays
    line = annual_of(story, 2025, story.today)
    assert (str(line.state), line.met_on) == ("MET", date(2026, 3, 10))
    story.meet("m2", date(2026, 3, 20))
    assert refused(story, partial(story.review, 2025, date(2026, 3, 20), "m2")) == DUPLICATE


def test_the_meeting_of_a_review_is_not_held_after_it(story: Story) -> None:
    story.until_signed()
    story.meet("m2", date(2026, 3, 11))
    later, unknown = [("", "dates-do-not-fit")], [("", "unknown-reference")]
    assert refused(story, partial(story.review, 2025, date(2026, 3, 10), "m2")) == later
    assert refused(story, partial(story.review, 2025, date(2026, 3, 10), "m99")) == unknown
    assert story.review(2025, date(2026, 3, 11), "m2").irregularities == ()


def test_a_review_held_at_the_end_of_its_year_is_not_told_to_be_done_again(story: Story) -> None:
    """« Refaites le bilan » : a committee held in the last quarter reviews the year that is ending."""
    story.until_signed()
    early = story.review(2025, date(2025, 9, 30))
    assert [mark.code for mark in early.irregularities] == ["review-period-invalid"]
    assert [(one.cause, one.counts_from) for one in reviews(story.dossier, story.today)] == [
        (NOT_ENDING, date(2025, 10, 1))
    ]
    story.meet("m2", date(2025, 10, 1))
    assert story.review(2025, date(2025, 10, 1), "m2").irregularities == ()
    line = annual_of(story, 2025, story.today)
    assert (str(line.state), line.met_on) == ("MET", date(2025, 10, 1))


def test_a_review_done_again_replaces_the_one_that_does_not_count(story: Story) -> None:
    """« Refaites le bilan », puis « un bilan ne se refait pas » : the same meeting may do it again, another day."""
    story.until_signed()
    story.review(2025, date(2025, 9, 1))
    assert [one.case for one in not_counting(story)] == ["review-not-ending"]
    assert refused(story, partial(story.review, 2025, date(2025, 9, 1))) == DUPLICATE
    done = story.review(2025, date(2026, 1, 12))
    assert done.irregularities == ()
    assert not_counting(story) == []
    assert [one.replaced_by for one in reviews(story.dossier, story.today)] == [done.events[0].event_id, None]
    assert reviews_not_counting(reviews(story.dossier, story.today)) == {}


def not_counting(story: Story) -> list[Reason]:
    """Why facts of the convention do not count."""
    facts = known(story.dossier, story.today, PublicHolidays())
    return [reason for one in facts.withheld for reason in one.reasons]


def test_a_period_shorter_than_a_quarter_is_not_reviewed_before_it_began() -> None:
    rule = ReviewRule(CIVIL_YEAR, (), 3)
    assert ending_from(rule, date(2025, 12, 1), date(2025, 12, 31)) == date(2025, 12, 1)
    assert ending_from(rule, date(2025, 1, 1), date(2025, 12, 31)) == date(2025, 10, 1)


@pytest.mark.parametrize(("last_signed_on", "first_year"), [(date(2024, 12, 31), 2024), (date(2025, 1, 1), 2025)])
def test_a_period_that_ends_the_day_of_the_last_signature_is_reviewed(
    story: Story, last_signed_on: date, first_year: int
) -> None:
    planned(story, start=date(2024, 1, 1))
    story.sign(story.caf, date(2024, 11, 18))
    story.sign(story.epci, last_signed_on)
    lines = sheet(story.dossier, date(2025, 1, 2), PublicHolidays())
    awaited = [one.review_period.first.year for one in lines if one.review_period is not None]
    assert awaited == list(range(first_year, 2029))
