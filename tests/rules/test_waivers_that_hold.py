"""From when and until when a waiver holds: of a decision, and of a forum before its diagnosis (R04, R30)."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.projections.story import Story
from tests.rules.reading import refused

NOT_CROSSED = [("R06", "priority-without-forum")]


def opened(story: Story) -> None:
    """A convention where nothing has happened yet."""
    story.set_up()
    story.open()


@pytest.mark.parametrize(("until", "counts"), [(date(2024, 4, 2), True), (date(2024, 4, 1), False)])
def test_a_forum_is_waived_until_the_last_day_of_the_waiver(story: Story, until: date, *, counts: bool) -> None:
    opened(story)
    story.waive("R04", date(2024, 1, 20), until)
    told = story.forum("fo8", date(2024, 4, 2))
    assert [mark.code for mark in told.irregularities] == ([] if counts else ["forum-before-diagnosis"])
    story.diagnose(date(2024, 5, 14))
    choice = partial(story.choose, "p1", date(2024, 7, 2))
    if counts:
        choice()
    else:
        assert refused(story, choice) == NOT_CROSSED


def test_a_forum_is_waived_after_the_fact(story: Story) -> None:
    """Nobody could hold back what had happened: the committee may accept it afterwards."""
    opened(story)
    story.forum("fo8", date(2024, 4, 2))
    story.diagnose(date(2024, 5, 14))
    choice = partial(story.choose, "p1", date(2024, 7, 2))
    assert refused(story, choice) == NOT_CROSSED
    story.waive("R04", date(2024, 5, 20), date(2024, 12, 31), subject="fo8")
    choice()


def test_a_waiver_of_one_forum_is_of_no_other(story: Story) -> None:
    opened(story)
    story.forum("fo8", date(2024, 4, 2), 9, 4, 0)
    story.forum("fo9", date(2024, 4, 3), 0, 0, 15)
    story.diagnose(date(2024, 5, 14))
    story.waive("R04", date(2024, 5, 20), date(2024, 12, 31), subject="fo8")
    assert refused(story, partial(story.choose, "p1", date(2024, 7, 2))) == NOT_CROSSED
    story.waive("R04", date(2024, 5, 20), date(2024, 12, 31), subject="fo9")
    story.choose("p1", date(2024, 7, 2))


@pytest.mark.parametrize(
    ("chosen_on", "accepted"),
    [
        (date(2024, 5, 19), False),
        (date(2024, 5, 20), True),
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
    ],
)
def test_a_decision_is_waived_from_the_first_to_the_last_day(story: Story, chosen_on: date, *, accepted: bool) -> None:
    opened(story)
    story.diagnose(date(2024, 5, 14))
    story.waive("R06", date(2024, 5, 20), date(2024, 6, 30))
    choice = partial(story.choose, "p1", chosen_on)
    if accepted:
        assert [rule.CODE for rule in choice().waived] == ["priority-without-forum"]
    else:
        assert refused(story, choice) == NOT_CROSSED
