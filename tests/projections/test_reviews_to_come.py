"""What the next review would say, and what it would lack: nobody is told more than was said of each action."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM
from domain.convention.reviews import RecordReview
from domain.steering import SteeringBody
from domain.values import LocalId
from projections.what_a_review_would_say import to_come
from projections.what_reviews_saw import reviews
from tests.projections.story import Story


def test_a_committee_is_not_told_how_an_action_goes_when_nobody_said(story: Story) -> None:
    story.until_signed()
    coming = to_come(story.dossier, date(2026, 3, 2))
    assert coming is not None
    assert (coming.kind, coming.period.effective_from, coming.counts_from) == (
        ANNUAL,
        date(2025, 1, 1),
        date(2025, 10, 1),
    )
    assert [one.status for one in coming.actions] == [None]  # it runs by its calendar, and nobody said so
    assert coming.lacking == tuple(one.sheet_id for one in coming.actions)

    story.review(2025, date(2026, 3, 20))
    following = to_come(story.dossier, date(2026, 4, 1))
    assert following is not None
    assert following.period.effective_from == date(2026, 1, 1)
    assert [(one.status, one.said_on) for one in following.actions] == [("RUNNING", date(2026, 3, 20))]
    assert following.lacking == ()
    old = to_come(story.dossier, date(2026, 3, 2))  # asked as of a day before, it says what was said by then
    assert old is not None and old.lacking == coming.lacking


def test_each_kind_of_review_has_its_own_period(story: Story) -> None:
    story.until_signed()
    found = {kind: to_come(story.dossier, date(2026, 3, 2), kind) for kind in (MID_TERM, FINAL)}
    periods = {kind: one.period.effective_to for kind, one in found.items() if one is not None}
    assert periods == {MID_TERM: date(2027, 7, 2), FINAL: date(2029, 12, 31)}
    assert to_come(story.dossier, date(2020, 1, 1)) is None


def test_an_incomplete_review_says_what_it_lacks_and_counts_once_it_is_said_with_it(story: Story) -> None:
    story.until_signed()
    said: dict[str, Any] = {
        "stream_id": story.convention,
        "period_starts_on": date(2025, 1, 1),
        "period_ends_on": date(2025, 12, 31),
        "body_id": story.body,
        "meeting_id": LocalId("m1"),
        "occurred_on": date(2026, 3, 20),
    }
    story.tell(RecordReview(**said))
    (sheet,) = story.dossier.sheets
    assert [(one.cause, one.lacking.sheets) for one in reviews(story.dossier)] == [("INCOMPLETE", (sheet.id,))]
    story.tell(RecordReview(**said, action_statuses=story.all_running()))
    first, second = reviews(story.dossier)
    assert (first.replaced_by, first.lacking.sheets) == (second.event_id, (sheet.id,))
    assert (second.cause, second.lacking.sheets) == (None, ())
    assert first.review_id != second.review_id
    assert {one.kind for one in story.dossier.states(SteeringBody)} == {"COPIL"}
