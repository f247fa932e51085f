"""What the shipped method does not ask of its deadlines, another one may: a deadline that starts anew with the latest
fact, messages that do not wait for a working day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.method import DeadlineRule
from domain.profiles import PublishMethodProfile, profile_stream
from projections.what_is_due import Deadline, pending_steps, sheet
from tests.projections.story import METHOD, Story
from workflows.calendar import PublicHolidays
from workflows.methods.reader import read_profile

HOLIDAYS = PublicHolidays()


def under(story: Story, deadline: str, **terms: Any) -> None:
    """A convention under a second version of the method, where one deadline has other terms."""
    story.set_up()
    shipped = read_profile(METHOD)

    def changed(rule: DeadlineRule) -> DeadlineRule:
        return replace(rule, **terms) if rule.id == deadline else rule

    second = replace(shipped, version=2, deadlines=tuple(changed(rule) for rule in shipped.deadlines))
    command = PublishMethodProfile(stream_id=profile_stream(second.name, 2), profile=second)
    story.tell(command, story.administrator)
    story.open(version=2)


def lines(story: Story, deadline: str, today: date) -> list[Deadline]:
    """The lines of one deadline."""
    return [one for one in sheet(story.dossier, today, HOLIDAYS) if one.id == deadline]


def test_what_starts_anew_with_the_latest_fact_is_not_met_by_an_earlier_one(story: Story) -> None:
    under(story, "D06", occurrence="LATEST")
    story.diagnose(date(2024, 5, 14))
    story.forum("fo1", date(2024, 6, 4))
    story.choose("p1", date(2024, 7, 2))
    first = story.plan(date(2024, 9, 10))
    (met,) = lines(story, "D06", date(2024, 9, 11))
    assert (str(met.state), met.met_on) == ("MET", date(2024, 9, 10))
    story.choose("p2", date(2024, 10, 1))
    (again,) = lines(story, "D06", date(2024, 10, 2))
    assert (str(again.state), again.met_on) == ("PLANNED", None)
    assert (again.trigger_on, again.due_on) == (date(2024, 10, 1), date(2025, 2, 3))  # 1 February is a Saturday
    assert again.occurrence == met.occurrence
    story.plan(date(2024, 10, 1), priority="p2", also=(first,))
    (met,) = lines(story, "D06", date(2024, 10, 2))
    assert (str(met.state), met.met_on) == ("MET", date(2024, 10, 1))


def test_what_does_not_wait_for_a_working_day_is_said_on_a_day_off(story: Story) -> None:
    under(story, "D01", moves=False)
    story.engage(date(2024, 1, 10))
    saturday = date(2024, 5, 11)  # sixty days before 10 July
    reached = pending_steps(lines(story, "D01", saturday), saturday, HOLIDAYS)
    assert [step.offset_days for step in reached] == [-60]


def test_what_waits_for_a_working_day_is_not_said_on_a_day_off(story: Story) -> None:
    under(story, "D01")
    story.engage(date(2024, 1, 10))
    for day, said in (
        (date(2024, 5, 11), []),  # a Saturday
        (date(2024, 5, 13), [-60]),
        (date(2024, 5, 18), []),
        (date(2024, 5, 20), []),  # Whit Monday
        (date(2024, 5, 21), [-60]),
    ):
        assert [step.offset_days for step in pending_steps(lines(story, "D01", day), day, HOLIDAYS)] == said
