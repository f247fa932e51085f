"""Edges of what questions answer: last days, facts without effect, the current convention, the last page."""

from dataclasses import replace
from datetime import date, timedelta

from domain.values import Code
from projections.what_happened import history
from projections.what_is_due import sheet, still_expected
from projections.what_the_committee_decided import waivers
from projections.where_conventions_stand import CLOSED, Standing, convention, departments
from projections.which_partners_and_places_are_known import territories
from projections.which_themes_are_crossed import crossing
from tests.projections.story import Story
from workflows.calendar import PublicHolidays

LAST = date(2029, 12, 31)
"""The last day of the story's convention."""


def _standing(story: Story, today: date = date(2024, 12, 1)) -> Standing:
    return convention(story.dossier, today).standing


def test_what_is_late_is_still_expected_on_the_last_day_of_the_convention_and_not_after(story: Story) -> None:
    story.until_signed()
    dossier, holidays = story.dossier, PublicHolidays()
    expected = {
        day: still_expected(dossier, sheet(dossier, day, holidays), day) for day in (LAST, LAST + timedelta(days=1))
    }
    assert any(one.due_on <= LAST for one in expected[LAST])
    after = expected[LAST + timedelta(days=1)]
    assert after
    assert [one.id for one in after if one.due_on <= LAST] == ["D18"], "what follows it is still to be prepared"
    on_the_last_day = tuple(replace(one, due_on=LAST) for one in after if one.id != "D18")
    assert still_expected(dossier, on_the_last_day, LAST) == on_the_last_day
    assert still_expected(dossier, on_the_last_day, LAST + timedelta(days=1)) == ()


def test_the_convention_in_force_is_the_current_one_although_its_successor_takes_effect_later(story: Story) -> None:
    story.until_signed()
    story.activate(date(2025, 1, 1))
    running = _standing(story, date(2029, 6, 1))
    assert running.period is not None
    later = replace(running.period, effective_from=date(2030, 1, 1), effective_to=date(2034, 12, 31))
    following = replace(running, convention_id=story.body, period=later, phase=Code("PREPARATION"))
    for lines in ([running, following], [following, running]):
        (shown,) = departments(territories(story.known), lines, date(2029, 6, 1))
        assert shown.convention_id == story.convention


def test_an_abandoned_convention_does_not_stand_for_its_territory_although_it_was_to_start_later(story: Story) -> None:
    story.until_signed()
    prepared = replace(_standing(story), phase=Code("PREPARATION"))
    assert prepared.period is not None
    later = replace(prepared.period, effective_from=date(2030, 1, 1), effective_to=date(2034, 12, 31))
    abandoned = replace(prepared, convention_id=story.body, period=later, phase=CLOSED)
    for lines in ([prepared, abandoned], [abandoned, prepared]):
        (shown,) = departments(territories(story.known), lines, date(2029, 6, 1))
        assert shown.convention_id == story.convention


def test_the_later_of_two_conventions_is_the_current_one_while_none_is_in_force(story: Story) -> None:
    story.until_signed()
    first = _standing(story)
    assert first.period is not None
    later = replace(first.period, effective_from=date(2030, 1, 1), effective_to=date(2034, 12, 31))
    following = replace(first, convention_id=story.body, period=later)
    (shown,) = departments(territories(story.known), [following, first], date(2024, 12, 1))
    assert shown.convention_id == story.body


def test_what_happened_before_the_opening_begins_no_phase(story: Story) -> None:
    story.set_up()
    story.open(date(2024, 1, 5))
    story.engage(date(2023, 12, 1))
    story.diagnose(date(2023, 12, 15))
    standing = _standing(story)
    assert (standing.phase, standing.since) == ("PREPARATION", date(2024, 1, 5))
    story.engage(date(2024, 1, 15))
    assert _standing(story).phase == "DIAGNOSIS"


def test_a_waiver_holds_from_the_day_it_was_granted(story: Story) -> None:
    story.set_up()
    story.open()
    story.diagnose(date(2024, 5, 14))
    story.waive("R06", date(2024, 5, 20), date(2024, 6, 30))
    for day, holds in (
        (date(2024, 5, 19), False),
        (date(2024, 5, 20), True),
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
    ):
        assert [one.waived for one in crossing(story.dossier, day)] == [holds], day
        assert [one.in_force for one in waivers(story.dossier, day)] == [holds], day


def test_the_last_page_is_the_last_also_when_it_is_full(story: Story) -> None:
    story.until_signed()
    everything = history(story.dossier, limit=500).entries
    for newest_first in (True, False):
        whole = history(story.dossier, limit=len(everything), newest_first=newest_first)
        assert (len(whole.entries), whole.after) == (len(everything), None)
        but_one = history(story.dossier, limit=len(everything) - 1, newest_first=newest_first)
        assert but_one.after is not None
        rest = history(story.dossier, after=but_one.after, limit=1, newest_first=newest_first)
        assert (len(rest.entries), rest.after) == (1, None)


def test_the_last_fact_of_a_convention_is_its_latest_by_the_day_it_happened(story: Story) -> None:
    story.until_signed()
    days = sorted(one.event.envelope.occurred_on for one in story.dossier.own)
    assert days[0] < days[-1]
    assert _standing(story).last_fact_on == days[-1]
