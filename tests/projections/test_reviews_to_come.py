"""What the next review would say, and what it would lack: nobody is told more than was said of each action."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from domain.action_sheets.funding import PledgeFunding
from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM
from domain.convention.reviews import RecordReview
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.indicators.terms import Target
from domain.money import FIRM
from domain.steering import SteeringBody
from domain.values import Code, LocalId, Prose
from projections.what_a_review_would_say import to_come
from projections.what_reviews_saw import reviews
from projections.what_the_committee_saw import seen_at_reviews
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
    assert [(one.cause, one.lacking.sheets) for one in reviews(story.dossier, story.today)] == [
        ("INCOMPLETE", (sheet.id,))
    ]
    story.tell(RecordReview(**said, action_statuses=story.all_running()))
    first, second = reviews(story.dossier, story.today)
    assert (first.replaced_by, first.lacking.sheets) == (second.event_id, (sheet.id,))
    assert (second.cause, second.lacking.sheets) == (None, ())
    assert first.review_id != second.review_id
    assert {one.kind for one in story.dossier.states(SteeringBody)} == {"COPIL"}


def test_the_figures_that_a_committee_saw_do_not_change_with_what_is_recorded_afterwards(story: Story) -> None:
    story.until_signed()
    indicator, (sheet,) = uuid4(), story.dossier.sheets
    story.tell(
        DefineIndicator(
            stream_id=indicator,
            convention_id=story.convention,
            home_territory_id=story.territory,
            title=Prose("Places d'accueil"),
            unit=Code("NUMBER"),
            counts_persons=False,
            kind=Code("RESULT"),
            direction=Code("UP"),
            owner_id=story.caf,
            frequency=Code("YEARLY"),
            targets=(Target(2025, Decimal(58)),),
        )
    )
    measure = {"stream_id": indicator, "period_ends_on": date(2025, 12, 31)}
    money: dict[str, Any] = {"stream_id": sheet.id, "partner_id": story.caf, "year": 2026, "certainty": FIRM}
    story.tell(RecordMeasure(measure_id=LocalId("d1"), value=Decimal(46), **measure))  # type: ignore[arg-type]
    story.tell(PledgeFunding(line_id=LocalId("l1"), amount_cents=100_00, **money))
    story.review(2025, date(2026, 3, 20))
    before = seen_at_reviews(story.dossier)
    (figures,) = [one.figures for one in before]
    assert [(one.value, one.target) for one in figures.measures] == [(Decimal(46), Decimal(58))]
    assert figures.money.firm_cents == 100_00

    revised = {"revises": LocalId("d1"), "motive": Prose("Deux places comptées deux fois"), **measure}
    story.tell(RecordMeasure(measure_id=LocalId("d2"), value=Decimal(44), **revised))  # type: ignore[arg-type]
    story.tell(PledgeFunding(line_id=LocalId("l2"), amount_cents=900_00, **money))
    assert seen_at_reviews(story.dossier) == before
    coming = to_come(story.dossier, date(2026, 6, 1))
    assert coming is not None
    assert [one.value for one in coming.figures.measures] == [Decimal(44)]
    assert coming.figures.money.firm_cents == 1_000_00
