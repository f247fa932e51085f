"""What was reviewed under one method still counts once another one is followed, or opened under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import uuid4

from domain.convention import earlier
from domain.convention.changing_method import ChangeMethod
from domain.convention.earlier import RecordEarlierFact
from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.convention.renewing import FinalReviewAwaited, FinalReviewMissing, RenewConvention
from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM
from domain.method import ANNIVERSARY, MethodProfile
from domain.profiles import PublishMethodProfile, profile_stream
from domain.values import Code, Prose
from projections.how_a_convention_does import known
from projections.what_is_due import sheet
from tests.projections.story import PROFILE, Story
from tests.rules.reading import refused
from tests.rules.test_conventions_taken_over import taking_over
from tests.rules.test_reviews_that_count import review
from workflows.calendar import PublicHolidays

STRICTER = replace(
    PROFILE,
    version=2,
    review=replace(PROFILE.review, period=ANNIVERSARY, ending_months=1),
    thresholds=replace(PROFILE.thresholds, final_review_before_end_months=1),
)
"""A review counts in the last month of its period, not in its last quarter or in the last year of the convention;
periods are anniversaries, not civil years."""
START, END = date(2025, 1, 1), date(2029, 12, 31)


def publish(story: Story, method: MethodProfile = STRICTER) -> None:
    story.tell(PublishMethodProfile(stream_id=profile_stream("cnaf-2020", 2), profile=method), story.administrator)


def change(story: Story, day: date, method: MethodProfile = STRICTER) -> None:
    """The convention follows another method from a day on, the stricter one unless said otherwise."""
    story.today = day
    publish(story, method)
    story.tell(
        ChangeMethod(
            stream_id=story.convention,
            former_name=Code("cnaf-2020"),
            former_version=1,
            profile_name=Code("cnaf-2020"),
            profile_version=2,
            motive=Prose("Le département a revu ses délais"),
        ),
        story.administrator,
    )


def test_a_mid_term_review_that_was_held_is_not_asked_for_again_because_the_method_changed(story: Story) -> None:
    story.until_signed()
    story.today = date(2027, 5, 4)
    assert review(story, MID_TERM, START, date(2027, 6, 30), date(2027, 5, 3)).irregularities == ()
    change(story, date(2027, 9, 1))
    (line,) = [one for one in sheet(story.dossier, story.today, PublicHolidays()) if one.id == "D17"]
    assert (line.met_on, str(line.state)) == (date(2027, 5, 3), "MET")


def test_a_mid_term_review_that_was_held_may_be_recorded_once_the_method_asks_for_none(story: Story) -> None:
    story.until_signed()
    without = replace(PROFILE, version=2, review=replace(PROFILE.review, kinds=(ANNUAL, FINAL)))
    change(story, date(2027, 9, 1), without)
    later = partial(review, story, MID_TERM, START, date(2027, 9, 30), date(2027, 9, 1))
    assert refused(story, later) == [("", "does-not-fit")]
    assert review(story, MID_TERM, START, date(2027, 6, 30), date(2027, 5, 3)).irregularities == ()


def test_a_final_review_that_was_held_lets_renew_although_the_method_changed_after_the_term(story: Story) -> None:
    story.until_signed()
    story.today = date(2029, 6, 4)
    assert review(story, FINAL, START, END, date(2029, 6, 3)).irregularities == ()
    change(story, date(2030, 2, 1))
    in_the_way = known(story.dossier, story.today, PublicHolidays()).in_the_way.get(RenewConvention.NAME, ())
    assert FinalReviewMissing not in {type(one) for one in in_the_way}


def test_who_opens_what_follows_under_another_method_is_not_told_that_the_final_review_is_to_come(story: Story) -> None:
    story.until_signed()
    story.today = date(2029, 6, 4)
    opening = OpenConvention(
        stream_id=uuid4(),
        home_territory_id=story.territory,
        holder_ids=(story.epci,),
        profile_name=Code("cnaf-2020"),
        profile_version=2,
        effective_from=date(2030, 1, 1),
        signatories=(ExpectedSignatory(story.caf, True),),
        successor_of=story.convention,
    )
    publish(story)
    awaited = FinalReviewAwaited(END)
    assert awaited in story.steering.weigh(opening, story.context(story.pilot)).notices
    review(story, FINAL, START, END, date(2029, 6, 3))
    assert awaited not in story.tell(opening).notices


def test_a_year_of_before_a_take_over_is_still_dated_once_the_method_counts_years_otherwise(story: Story) -> None:
    story.set_up()
    story.tell(taking_over(story, effective_from=date(2023, 7, 1), effective_to=date(2027, 6, 30)))
    change(story, date(2026, 9, 1))
    year = date(2024, 1, 1)
    story.tell(
        RecordEarlierFact(
            stream_id=story.convention, fact=earlier.REVIEW, period_starts_on=year, occurred_on=date(2025, 3, 27)
        )
    )
    told = known(story.dossier, story.today, PublicHolidays()).taken_over
    assert told is not None
    assert [one.on for one in told.facts if one.review_period is not None and one.review_period.first == year] == [
        date(2025, 3, 27)
    ]
