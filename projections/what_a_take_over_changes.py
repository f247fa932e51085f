"""What will be reminded of once a convention is taken over as of a day, and what never will (R34)?

Asked before anything is recorded, of its term and of what is known of its past.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import ReviewPeriod, due_on, review_periods, steps
from domain.method import DeadlineRule, MethodProfile
from domain.values import Code, ValidityPeriod

REVIEW_PERIOD: Final = Code("REVIEW_PERIOD")
"""What the deadline of a review is about."""


@dataclass(frozen=True)
class Recalled:
    """A review to come: of which period, due when, first spoken of when; the day may be past already."""

    period: ReviewPeriod
    due_on: date
    first_on: date


@dataclass(frozen=True)
class Changes:
    """What follows the method from the take-over on; when the convention ends; what is left behind.

    `left`: the periods whose review was due before, and of which nothing is known.
    """

    recalled: tuple[Recalled, ...]
    ends_on: date
    left: tuple[ReviewPeriod, ...]

    @property
    def first_on(self) -> date | None:
        """The first day on which somebody is reminded of something."""
        return min((one.first_on for one in self.recalled), default=None)


def changes(
    method: MethodProfile, term: ValidityPeriod, as_of: date, reviewed: Container[date], holidays: Container[date]
) -> Changes:
    """What a take-over as of a day changes; `reviewed`: the periods, by their first day, whose review is dated."""
    rule = next((one for one in method.active_deadlines if one.subject == REVIEW_PERIOD), None)
    periods = review_periods(method.review, term.effective_from, term.effective_to)
    open_ones = [one for one in periods if one.first not in reviewed]
    if rule is None:
        return Changes((), term.effective_to, tuple(one for one in open_ones if one.last < as_of))
    recalled = tuple(_recalled(rule, open_ones, as_of, holidays))
    asked = {one.period.first for one in recalled}
    return Changes(recalled, term.effective_to, tuple(one for one in open_ones if one.first not in asked))


def _recalled(
    rule: DeadlineRule, periods: list[ReviewPeriod], as_of: date, holidays: Container[date]
) -> Iterator[Recalled]:
    for one in periods:
        due = due_on(rule, one.last, holidays)
        if due >= as_of:
            days = [step.on for step in steps(rule, one.last, holidays) if step.on >= as_of]
            yield Recalled(one, due, min(days, default=due))
