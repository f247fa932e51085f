"""What gives no news: counted from the last news, watched and never late, and spoken of where something is to watch."""

from __future__ import annotations

from datetime import date

from domain.steering import RecordMeeting
from domain.values import LocalId
from projections.how_a_convention_does.known import known
from projections.what_comes_next import awaited
from projections.what_is_due import Deadline, late, missed, next_deadline, sheet, silences, still_expected
from tests.minutes import minutes
from tests.projections.story import Story
from workflows.calendar import PublicHolidays

HOLIDAYS = PublicHolidays()


def of(story: Story, today: date) -> dict[str, Deadline]:
    """The silences of a convention, by their id (the last of each)."""
    return {str(one.id): one for one in sheet(story.dossier, today, HOLIDAYS) if one.is_silence}


def opened(story: Story, start: date = date(2026, 1, 1)) -> None:
    """A convention of which nothing else is known; facts are recorded on the day they happen."""
    story.set_up()
    story.today = date(2026, 6, 8)
    story.open(date(2026, 6, 8), start)


def heard(story: Story, day: date) -> None:
    """A meeting of that day, the only news of it, with its minutes."""
    story.today, meeting = day, LocalId(f"m{day:%j}")
    story.tell(RecordMeeting(stream_id=story.body, meeting_id=meeting, partners_present=(story.caf,), occurred_on=day))
    for one in minutes(story.body, meeting, day):
        story.tell(one)


def test_a_convention_that_says_nothing_is_to_be_watched_and_never_late(story: Story) -> None:
    opened(story)
    quiet = of(story, date(2027, 2, 1))["S01"]
    assert (quiet.trigger_on, quiet.due_on, str(quiet.state)) == (date(2026, 6, 8), date(2026, 12, 8), "WATCHED")
    lines = sheet(story.dossier, date(2027, 2, 1), HOLIDAYS)
    assert silences(lines) == (quiet,)
    assert late(lines) == ()
    assert missed(lines) == ()
    assert next_deadline(lines) is None
    assert [step.on for step in quiet.steps] == [date(2026, 12, 8), date(2026, 12, 23), date(2027, 1, 22)]


def test_what_is_watched_says_since_when_and_who_is_asked_in_turn(story: Story) -> None:
    opened(story)
    (found,) = [one for one in awaited(known(story.dossier, date(2027, 2, 1), HOLIDAYS)) if one.what.of == "S01"]
    assert (found.status, str(found.act)) == ("watch", "record-meeting")
    assert (found.due_on, found.days_late) == (None, 0)  # nobody is late
    assert found.why is not None
    assert found.why.on == date(2026, 6, 8)
    assert [one.recipients for one in found.why.asked] == [("COOPERATION_OFFICER",), ("PILOT",), ("FRAMEWORK_PILOT",)]
    assert [one for one in awaited(known(story.dossier, date(2026, 12, 7), HOLIDAYS)) if one.what.of == "S01"] == []


def test_a_meeting_of_the_committee_is_news_of_its_convention(story: Story) -> None:
    opened(story)
    heard(story, date(2026, 9, 3))
    assert of(story, date(2027, 2, 1))["S01"].due_on == date(2027, 3, 3)


def test_what_somebody_is_asked_for_already_is_no_silence(story: Story) -> None:
    """The diagnosis is asked until 45 days after its day: the period starts after that."""
    opened(story)
    story.today = date(2026, 6, 10)
    story.engage(date(2026, 6, 10))
    assert of(story, date(2027, 2, 1))["S01"].due_on == date(2027, 7, 26)


def test_nothing_is_expected_of_a_convention_near_its_end_but_its_end(story: Story) -> None:
    opened(story, date(2024, 1, 1))
    heard(story, date(2028, 6, 20))
    assert of(story, date(2028, 6, 21))["S01"].due_on == date(2028, 12, 20)
    heard(story, date(2028, 7, 3))
    assert "S01" not in of(story, date(2028, 12, 31))


def test_nobody_is_asked_for_news_of_a_convention_that_is_over(story: Story) -> None:
    """What is to follow it is still asked for after its end, which moves its silence beyond."""
    story.until_signed()
    heard(story, date(2029, 5, 1))
    over = date(2030, 7, 2)
    lines = sheet(story.dossier, over, HOLIDAYS)
    asked = [one.steps[-1].on for one in lines if one.id == "D18" and one.is_open]
    assert asked and max(asked) > date(2029, 12, 31)
    assert [one.due_on for one in still_expected(story.dossier, lines, over) if one.is_silence] == []


def test_partners_are_silent_once_they_have_signed_and_not_before(story: Story) -> None:
    story.until_signed()
    lines = [one for one in sheet(story.dossier, date(2026, 6, 20), HOLIDAYS) if one.id == "S04"]
    assert {one.partner_id for one in lines} == {
        one
        for one in story.dossier.convention.signatories
        if one != story.cpam  # it has not signed
    }
    heard_of = {one.partner_id: one.due_on for one in lines}
    heard(story, date(2026, 7, 6))  # the Caf was there
    moved = {one.partner_id: one.due_on for one in sheet(story.dossier, date(2026, 7, 7), HOLIDAYS) if one.id == "S04"}
    assert {one for one, due_on in moved.items() if due_on != heard_of[one]} == {story.caf}
    assert "S03" not in of(story, date(2026, 6, 20))  # somebody signed: the missing signature asks
