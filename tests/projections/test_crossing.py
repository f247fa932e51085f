"""Which themes are crossed."""

from datetime import date

from domain.values import Attendance
from projections.which_themes_are_crossed import ThemeCrossing, crossing
from tests.projections.story import FULL_GRID, Story


def _parenting(story: Story) -> ThemeCrossing:
    (theme,) = crossing(story.dossier, date(2024, 12, 31))
    assert theme.theme.code == "PARENTING"
    return theme


def test_forums_complete_each_other(story: Story) -> None:
    story.set_up()
    story.open()
    story.diagnose(date(2024, 5, 14))
    before = _parenting(story)
    assert not before.crossed
    assert [one.value for one in before.missing_expertises] == ["TECHNICAL", "POLITICAL", "USAGE"]
    assert [one.value for one in before.missing_sides] == ["OFFER", "DEMAND"]
    story.forum("fo1", date(2024, 6, 4), 9, 4, 0)
    partly = _parenting(story)
    assert not partly.crossed
    assert [one.value for one in partly.missing_expertises] == ["USAGE"]
    assert partly.missing_sides == ()
    story.forum("fo2", date(2024, 6, 11), 0, 0, 5)
    done = _parenting(story)
    assert done.crossed
    assert done.crossed_on == date(2024, 6, 11)
    assert done.attendance == Attendance(9, 4, 5)
    assert set(done.cells) == set(FULL_GRID)
    assert done.counting == ("fo1", "fo2")


def test_a_forum_before_the_diagnosis_counts_only_by_a_waiver(story: Story) -> None:
    story.set_up()
    story.open()
    story.forum("fo8", date(2024, 4, 2))
    assert not _parenting(story).crossed
    assert _parenting(story).not_counting == ("fo8",)
    story.waive("R04", date(2024, 4, 3), date(2024, 12, 31), subject="fo8")
    assert _parenting(story).crossed
    assert _parenting(story).not_counting == ()


def test_a_waived_theme_is_not_crossed_but_says_until_when(story: Story) -> None:
    story.set_up()
    story.open()
    story.diagnose(date(2024, 5, 14))
    story.waive("R06", date(2024, 5, 20), date(2024, 12, 31), subject="PARENTING")
    assert not _parenting(story).crossed
    assert _parenting(story).waived_until == date(2024, 12, 31)
