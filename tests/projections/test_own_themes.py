"""What forums heard of a convention's own themes and of those that none crosses."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from domain.convention.themes import AddTheme, ThemeAdded, ThemeOfThatName
from domain.corrections import AnnulEvent
from domain.kernel import Refused
from domain.values import AnalysisSide, Code, Expertise, InvalidValue, LocalId, Prose, PublicName, Theme
from projections import what_forums_heard, which_themes_there_are
from projections.how_a_convention_does import known
from projections.what_forums_heard import heard
from tests.projections.story import Story
from workflows.calendar import PublicHolidays

OWN = Theme(Code("t1"), PublicName("Vieillir chez soi"))


def add(story: Story, theme_id: str = "t1", name: str = "Vieillir chez soi", *, transverse: bool = False) -> None:
    """A theme of the convention's own."""
    story.tell(
        AddTheme(
            stream_id=story.convention,
            theme_id=LocalId(theme_id),
            name=PublicName(name),
            transverse=transverse,
            occurred_on=date(2024, 5, 2),
        )
    )


def told(story: Story) -> Story:
    """A convention with a theme of its own, and a transverse one."""
    story.set_up()
    story.open()
    add(story)
    add(story, "t2", "Faire ensemble", transverse=True)
    story.diagnose(date(2024, 5, 14))
    return story


def test_own_themes_come_first_and_say_how_they_are_named(story: Story) -> None:
    found = which_themes_there_are.themes(told(story).dossier)
    assert [one.theme for one in found[:2]] == [OWN, Theme(Code("t2"), PublicName("Faire ensemble"))]
    assert [one.theme.code for one in found if one.transverse] == ["t2", "GOVERNANCE"]
    assert found[0].is_own and not found[2].is_own


def test_the_worst_theme_comes_first_and_transverse_ones_lack_nothing(story: Story) -> None:
    told(story)
    story.forum("fo1", date(2024, 6, 1))
    story.forum("fo2", date(2024, 6, 2), 9, 4, 0, theme="t1")
    story.forum("fo3", date(2024, 6, 3), 9, 0, 0, theme="GOVERNANCE")
    story.forum("fo4", date(2024, 6, 4), 9, 0, 0, theme="t2")
    found = heard(known(story.dossier, date(2024, 7, 1), PublicHolidays()))
    assert [(one.theme.code, one.status) for one in found] == [("t1", "watch"), ("PARENTING", "done")]
    residents, technical, elected = found[0].voices
    assert (residents.expertise, residents.present, residents.sides) == (Expertise.USAGE, 0, ())
    assert (technical.present, technical.sides) == (9, tuple(AnalysisSide))
    assert elected.present == 4
    assert (found[0].present, found[0].lacks, found[0].last_forum) == (13, ("expertise.USAGE",), "fo2")
    assert known(story.dossier, date(2024, 7, 1), PublicHolidays()).withheld == (), "a transverse forum counts too"


def test_side_by_side_what_is_left_to_cross_comes_first(story: Story) -> None:
    told(story)
    story.forum("fo1", date(2024, 6, 1))
    one = heard(known(story.dossier, date(2024, 7, 1), PublicHolidays()))
    rows = what_forums_heard.across([one, (), one])
    assert [(row.theme.code, row.had, row.crossed) for row in rows] == [("t1", 2, 0), ("PARENTING", 2, 2)]
    assert [each is None for each in rows[0].heard] == [False, True, False]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_theme_has_a_short_name(name: str) -> None:
    with pytest.raises(InvalidValue):
        AddTheme(stream_id=uuid.uuid4(), theme_id=LocalId("t1"), name=PublicName(name))


def test_a_name_is_taken_once(story: Story) -> None:
    told(story)
    with pytest.raises(Refused) as refused:
        add(story, "t3", "vieillir  chez SOI")
    assert refused.value.broken == (ThemeOfThatName(OWN),)


def test_a_theme_annulled_before_anybody_used_it_is_there_no_more(story: Story) -> None:
    told(story)
    (added,) = (event for _, event in story.dossier.facts(ThemeAdded) if event.theme_id == "t1")
    annul = AnnulEvent(stream_id=story.convention, target_id=added.envelope.event_id)
    story.tell(annul, reason=Prose("Une erreur de saisie."))
    found = which_themes_there_are.themes(story.dossier)
    assert OWN not in [one.theme for one in found]
    assert "t1" not in [one.theme.code for one in heard(known(story.dossier, date(2024, 7, 1), PublicHolidays()))]
