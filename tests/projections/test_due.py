"""What is due and what was missed."""

from datetime import date, timedelta

from domain.convention.state import CONVENTION, PLAN
from projections.what_is_due import (
    Deadline,
    late,
    missed,
    next_deadline,
    pending_steps,
    review_is_late,
    sheet,
)
from tests.projections.story import Story
from workflows.calendar import PublicHolidays


def _sheet(story: Story, today: date) -> tuple[Deadline, ...]:
    """What is due, but for what gives no news (`test_no_news.py`) and for minutes (`test_meetings_due.py`)."""
    lines = sheet(story.dossier, today, PublicHolidays())
    return tuple(one for one in lines if not one.is_silence and one.id not in ("D08", "D08B"))


def _told(story: Story, deadline: str, today: date) -> list[tuple[date, str, int]]:
    return [(one.due_on, str(one.state), one.days_late) for one in _sheet(story, today) if one.id == deadline]


def test_each_state_of_a_deadline(story: Story) -> None:
    story.set_up()
    story.open()
    assert _sheet(story, date(2024, 1, 14)) == ()
    story.engage(date(2024, 1, 15))
    due = date(2024, 7, 15)
    assert _told(story, "D01", date(2024, 5, 15)) == [(due, "PLANNED", 0)]
    assert _told(story, "D01", date(2024, 5, 16)) == [(due, "DUE_SOON", 0)]
    assert _told(story, "D01", due) == [(due, "DUE_SOON", 0)]
    assert _told(story, "D01", due + timedelta(days=1)) == [(due, "MISSED", 1)]
    story.diagnose(date(2024, 7, 20))
    assert _told(story, "D01", date(2026, 1, 1)) == [(due, "MET_LATE", 5)]


def test_the_happy_path_meets_everything_up_to_the_signatures(story: Story) -> None:
    story.until_signed()
    lines = _sheet(story, date(2024, 12, 1))
    assert {str(one.id) for one in lines if one.state == "MET"} == {
        *("D01", "D02", "D04", "D05", "D06", "D09", "D10", "D11")
    }
    following = next_deadline(lines)
    assert following is not None
    assert (following.id, following.partner_id, following.due_on) == ("D09", story.cpam, date(2024, 12, 10))
    following = next_deadline([one for one in lines if one.id == "D11"])
    assert following is not None
    assert (following.partner_id, following.due_on) == (story.cpam, date(2025, 2, 17))  # ninety days fall on a Sunday
    assert late(lines) == ()


def test_the_deadline_for_priorities_moves_with_each_forum_and_keeps_its_key(story: Story) -> None:
    story.set_up()
    story.open()
    story.diagnose(date(2024, 5, 14))
    story.forum("fo1", date(2024, 6, 4))
    (before,) = [one for one in _sheet(story, date(2024, 6, 5)) if one.id == "D05"]
    story.forum("fo2", date(2024, 7, 9))
    (after,) = [one for one in _sheet(story, date(2024, 7, 10)) if one.id == "D05"]
    assert (before.due_on, after.due_on) == (date(2024, 8, 5), date(2024, 9, 9))
    assert before.occurrence == after.occurrence
    story.choose("p1", date(2024, 9, 10))
    story.forum("fo3", date(2024, 11, 5))
    assert _told(story, "D05", date(2025, 6, 1)) == [(date(2024, 9, 9), "MET_LATE", 1)]


def test_a_forum_that_does_not_count_neither_starts_nor_meets_anything(story: Story) -> None:
    story.set_up()
    story.open()
    story.forum("fo8", date(2024, 4, 2))
    assert {str(one.id) for one in _sheet(story, date(2024, 4, 3))} == {"D04"}  # what was said there is given back
    story.diagnose(date(2024, 5, 14))
    assert _told(story, "D02", date(2024, 6, 1)) == [(date(2024, 8, 14), "PLANNED", 0)]
    assert _told(story, "D05", date(2024, 6, 1)) == []
    story.waive("R04", date(2024, 5, 20), date(2024, 12, 31), subject="fo8")
    assert _told(story, "D02", date(2024, 6, 1)) == [(date(2024, 8, 14), "MET", 0)]


def test_the_record_of_a_forum_is_given_back_in_time_or_late(story: Story) -> None:
    story.set_up()
    story.open()
    story.diagnose(date(2024, 5, 14))
    story.forum("fo1", date(2024, 6, 4), shared_after=None)
    assert _told(story, "D04", date(2024, 6, 5)) == [(date(2024, 6, 19), "PLANNED", 0)]
    assert _told(story, "D04", date(2024, 6, 20)) == [(date(2024, 6, 19), "MISSED", 1)]
    story.share_record("fo1", date(2024, 6, 21))
    assert _told(story, "D04", date(2024, 7, 1)) == [(date(2024, 6, 19), "MET_LATE", 2)]


def test_a_new_diagnosis_starts_a_new_round_of_priorities(story: Story) -> None:
    story.until_signed()
    story.diagnose(date(2025, 3, 4))
    assert len(_told(story, "D05", date(2025, 4, 1))) == 1
    story.forum("fo2", date(2025, 4, 8))
    first, second = _told(story, "D05", date(2025, 4, 9))
    assert first[1] == "MET"
    assert second == (date(2025, 6, 10), "PLANNED", 0)  # 8 June is a Sunday, 9 June Whit Monday
    keys = {one.occurrence.key for one in _sheet(story, date(2025, 4, 9)) if one.id == "D05"}
    assert len(keys) == 2


def test_a_missing_signature_is_expected_of_each_signatory(story: Story) -> None:
    story.until_signed()
    lines = [one for one in _sheet(story, date(2025, 2, 18)) if one.id == "D11"]
    assert {one.partner_id: (str(one.state), one.met_on) for one in lines} == {
        story.caf: ("MET", date(2024, 11, 18)),
        story.epci: ("MET", date(2024, 11, 20)),
        story.cpam: ("WATCHED", None),  # nobody obliges it
    }
    # A signature without mandate does not count until the mandate is known.
    story.sign(story.cpam, date(2025, 2, 20))
    assert [one.state for one in _sheet(story, date(2025, 3, 1)) if one.partner_id == story.cpam] == ["WATCHED"] * 2
    story.mandate(story.cpam, date(2025, 1, 6))
    (mandate, line) = [one for one in _sheet(story, date(2025, 3, 1)) if one.partner_id == story.cpam]
    assert (mandate.id, mandate.state, mandate.met_on) == ("D09", "MET", date(2025, 1, 6))
    assert (line.state, line.days_late, line.met_on) == ("MET", 0, date(2025, 2, 20))
    assert line.met_by is not None


def test_a_plan_signed_apart_is_expected_apart(story: Story) -> None:
    story.set_up()
    story.open()
    for partner in (story.caf, story.epci):
        story.mandate(partner, date(2024, 2, 1), date(2024, 2, 8))
        story.sign(partner, date(2024, 3, 4), covers=(CONVENTION,))
    assert len([one for one in _sheet(story, date(2024, 3, 5)) if one.id == "D11" and one.state == "MET"]) == 2
    story.sign(story.caf, date(2025, 3, 3), covers=(PLAN,))
    lines = [one for one in _sheet(story, date(2025, 3, 5)) if (one.id, one.partner_id) == ("D11", story.epci)]
    assert [(one.trigger_on, str(one.state)) for one in lines] == [
        (date(2024, 3, 4), "MET"),
        (date(2025, 3, 3), "PLANNED"),
    ]


def test_a_review_held_late_and_recorded_later_is_late_from_the_day_it_was_held(story: Story) -> None:
    story.until_signed()
    story.today = date(2026, 7, 3)
    due = date(2026, 3, 31)
    (before,) = [one for one in _sheet(story, date(2026, 6, 30)) if one.due_on == due]
    assert (before.state, before.days_late) == ("MISSED", 91)
    assert before.review_period is not None
    assert before.occurrence.key == "2025-01-01"
    assert review_is_late(_sheet(story, date(2026, 6, 30)))
    assert (before.occurrence, due) in missed(_sheet(story, date(2026, 6, 30)))
    story.review(2025, date(2026, 6, 12))
    (line,) = [one for one in _sheet(story, date(2026, 7, 3)) if one.due_on == due]
    assert (line.state, line.days_late, line.met_on) == ("MET_LATE", 73, date(2026, 6, 12))
    assert not review_is_late(_sheet(story, date(2026, 7, 3)))


def test_an_irregular_review_does_not_meet_its_deadline(story: Story) -> None:
    story.until_signed()
    story.review(2025, date(2025, 9, 1))
    assert _told(story, "D16", date(2026, 4, 1))[0] == (date(2026, 3, 31), "MISSED", 1)


def test_no_review_is_due_of_a_period_over_before_the_signature(story: Story) -> None:
    story.until_signed()
    periods = [one.review_period.code for one in _sheet(story, date(2025, 1, 1)) if one.review_period]
    assert periods == ["2025", "2026", "2027", "2028", "2029"]


def test_the_steps_that_time_has_reached(story: Story) -> None:
    story.until_signed(last=False)
    steps = {}
    for day in (date(2024, 12, 17), date(2024, 12, 18), date(2025, 1, 20), date(2025, 2, 17)):
        reached = pending_steps(_sheet(story, day), day, PublicHolidays())
        about = {story.epci: "D11"}
        own = [one for one in reached if about.get(one.occurrence.subject_id) == one.occurrence.deadline]
        if own:
            steps[day] = [(step.offset_days, str(step.kind), tuple(map(str, step.roles))) for step in own]
    assert steps[date(2024, 12, 18)] == [(-60, "REMINDER", ("MISSING_SIGNATORY",))]
    assert date(2024, 12, 17) not in steps
    assert [offset for offset, _, _ in steps[date(2025, 1, 20)]] == [-60, -30]
    # On the day, whoever must sign is reminded, and whoever can help is told.
    assert steps[date(2025, 2, 17)][-2:] == [
        (0, "REMINDER", ("MISSING_SIGNATORY",)),
        (0, "ESCALATION", ("COMMITTEE_CHAIR", "CAF_ADVISER")),
    ]
    # An optional signatory is only reminded.
    optional = [one for one in reached if one.occurrence.subject_id == story.cpam]
    assert {(one.offset_days, str(one.kind)) for one in optional} == {
        (-60, "REMINDER"),
        (-30, "REMINDER"),
        (0, "REMINDER"),
    }
