"""« À l'heure », of what has waited for a year: where no deadline runs, what waits for too long is to be watched."""

from __future__ import annotations

from datetime import date

from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.state import RUNNING
from domain.values import Code
from projections.how_a_convention_does import Situation, known, situation
from projections.saying import Said
from tests.projections.story import Story
from tests.rules.test_deadlines_of_another_method import under
from workflows.calendar import PublicHolidays


def on(story: Story, day: date) -> Situation:
    """Where the convention stands on a day."""
    return situation(known(story.dossier, day, PublicHolidays()))


def test_a_plan_without_any_mandate_is_not_on_time_a_year_after(story: Story) -> None:
    under(story, "D09", active=False)
    story.engage(date(2024, 1, 15))
    story.diagnose(date(2024, 5, 14))
    story.forum("fo1", date(2024, 6, 4))
    story.choose("p1", date(2024, 7, 2))
    sheet = story.plan(date(2024, 9, 10))
    assert on(story, date(2024, 12, 9)).status == "on-time"
    late = on(story, date(2025, 9, 10))
    partners = (story.caf, story.epci)
    waits = Said(word="stalled-mandates", partners=partners, on=date(2024, 9, 10), count=2)
    assert (late.status, late.reason) == ("watch", waits)
    assert waits in late.first_sentences

    story.mandate(story.caf, date(2024, 10, 1))
    assert on(story, date(2025, 9, 10)).reason == Said(
        word="stalled-mandates", partners=(story.epci,), on=date(2024, 9, 10), count=1
    )
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9))
    reason = on(story, date(2025, 9, 10)).reason
    assert reason is not None
    assert (reason.word, reason.partners) == ("stalled-signatures", partners)

    story.sign(story.caf, date(2024, 11, 18))
    reason = on(story, date(2024, 12, 20)).reason
    assert reason is not None
    assert reason.word == "soon", "a deadline runs for the others"
    story.sign(story.epci, date(2024, 11, 20))
    running = ReportActionStatus(stream_id=sheet, status=RUNNING, occurred_on=date(2025, 1, 2))
    story.tell(running)  # else the action that has not begun is late
    activation = on(story, date(2025, 6, 1)).reason
    assert activation == Said(word="stalled-activation", on=date(2025, 1, 1))


def test_an_opened_convention_that_nothing_follows_is_not_on_time(story: Story) -> None:
    story.set_up()
    story.open(date(2024, 1, 5))
    assert on(story, date(2024, 4, 4)).status == "on-time"
    assert on(story, date(2024, 4, 5)).reason == Said(word="stalled-engagement", on=date(2024, 1, 5))


def test_a_theme_without_a_priority_is_not_said_to_have_been_chosen(story: Story) -> None:
    """« Priorités choisies sans croiser : santé », where no such priority exists."""
    story.until_signed()
    story.forum("fo2", date(2024, 6, 5), 9, 0, 0, theme="HEALTH")
    themes = {one.theme.code: one for one in known(story.dossier, story.today, PublicHolidays()).themes}
    assert (themes[Code("HEALTH")].crossed, themes[Code("HEALTH")].priorities) == (False, ())
    assert themes[Code("PARENTING")].priorities == ("p1",)
