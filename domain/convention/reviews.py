"""Reviews: annual, mid-term and final, each of one period, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.state import ACTION_STATUSES, OVER, ActionSheet
from domain.convention.complete_reviews import ReviewIncomplete, check_complete, lapsed_today, live_actions
from domain.convention.deciding import ConventionCommand, profile_on
from domain.convention.reviewed import (
    ANNUAL,
    NOT_ENDING,
    PARTNERS,
    Review,
    ReviewsDone,
    counts_from,
    nothing_lapses,
    review_that_counts,
    why_not_counted,
)
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    DatesDoNotFit,
    DoesNotFit,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
    unique,
)
from domain.method import MethodProfile
from domain.steering import RecordMeeting, SteeringBody
from domain.values import Code, InvalidValue, LocalId, Prose, ValidityPeriod, deterministic_id

WHOLE: Final = 100
NOT_OF_THE_METHOD = Code("NOT_OF_THE_METHOD")
"""Why a kind of review is refused: the method asks for none."""


@dataclass(frozen=True)
class ReviewPeriodInvalid(BrokenRule):
    """R20: the review is of a period of a convention that is signed."""

    RULE = "R20"
    LEVEL = Level.IRREGULAR
    FIELD = "period_starts_on"
    period: ValidityPeriod
    cause: Code


@dataclass(frozen=True)
class ReviewTooEarly(BrokenRule):
    """R20: the period that it reviews is neither over nor ending: a review of it counts from a later day."""

    RULE = "R20"
    CODE = ReviewPeriodInvalid.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "occurred_on"
    period: ValidityPeriod
    counts_from: date


@dataclass(frozen=True)
class ReviewDuplicate(BrokenRule):
    """R20: one review that counts per kind and period; a change is a correction."""

    RULE = "R20"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "period_starts_on"
    kind: Code
    period: ValidityPeriod
    done_on: date


@dataclass(frozen=True)
class ReviewSaidAgain(BrokenRule):
    """R20: a review that does not count may be done again, which the same one, of the same day, is not."""

    RULE = "R20"
    CODE = ReviewDuplicate.CODE
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "occurred_on"
    done_on: date


@dataclass(frozen=True)
class ActionStatus:
    """How an action stood when it was reviewed, and how far it was, where somebody said so."""

    sheet_id: UUID
    status: Code
    progress_percent: int | None = None

    def __post_init__(self) -> None:
        if self.status not in ACTION_STATUSES:
            raise InvalidValue("unknown-code", field="action_statuses", value=self.status, allowed=ACTION_STATUSES)
        if self.progress_percent is not None and not 0 <= self.progress_percent <= WHOLE:
            raise InvalidValue("percent", field="action_statuses", value=self.progress_percent)


@event("convention.review-done")
class ReviewDone(Event):
    """The partners reviewed a period on `occurred_on`: what they saw of each action, what users said, publication."""

    review_id: UUID
    kind: Code
    period: ValidityPeriod
    body_id: UUID
    meeting_id: LocalId
    action_statuses: tuple[ActionStatus, ...]
    decisions: tuple[LocalId, ...]
    users_heard: int | None
    summary: Prose | None
    published_on: date | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep it; whether it counts is derived."""
        known = ReviewsDone.of(convention)
        known.reviews.append(self.done)
        if self.published_on is not None:  # to whom was not said: to the partners, whom the public is more than
            known.publish(self.review_id, PARTNERS, self.published_on)

    @property
    def done(self) -> Review:
        """As it is kept."""
        incomplete = any(mark.code == ReviewIncomplete.CODE for mark in self.envelope.irregularities)
        return Review(
            self.review_id,
            self.kind,
            self.period,
            self.occurred_on,
            incomplete,
            body_id=self.body_id,
            meeting_id=self.meeting_id,
        )


@command(TerritorialConvention, records=ReviewDone, derived=("review_id", "period", "action_statuses"))
@dataclass(frozen=True, kw_only=True)
class RecordReview(ConventionCommand):
    """Record a review; `period_starts_on` and `period_ends_on` say of what, `occurred_on` when it was done.

    `action_statuses`: what the committee itself says of actions; of the others of the plan, what was reported in the
    period is kept as it saw it. `users_heard`: how many people of the public were heard, None when nobody counted.
    """

    kind: Code = ANNUAL
    period_starts_on: date
    period_ends_on: date
    body_id: UUID
    meeting_id: LocalId
    action_statuses: tuple[ActionStatus, ...] = ()
    decisions: tuple[LocalId, ...] = ()
    users_heard: int | None = None
    summary: Prose | None = None
    published_on: date | None = None

    def __post_init__(self) -> None:
        if self.period_ends_on < self.period_starts_on:
            raise InvalidValue("period-reversed", field="period_ends_on")
        if self.users_heard is not None and self.users_heard < 0:
            raise InvalidValue("negative-count", field="users_heard")
        unique((str(one.sheet_id) for one in self.action_statuses), "action_statuses")

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its period."""
        return {"period_starts_on": event.period.effective_from, "period_ends_on": event.period.effective_to}

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """The meeting that reviewed."""
        bodies = [one for one in around.states(SteeringBody) if one.home_territory_id == state.home_territory_id]
        met = any(meeting.held_on <= case.occurred_on for body in bodies for meeting in body.meetings.values())
        case.breaks_if(not met, NothingToCite("meeting_id", RecordMeeting.NAME))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        body = self._check_meeting(state, case)
        for status in self.action_statuses:
            sheet = case.find(ActionSheet, status.sheet_id, "action_statuses")
            case.breaks_if(
                sheet is not None and sheet.convention_id != state.id,
                UnknownReference("action_statuses", str(status.sheet_id)),
            )
        period = ValidityPeriod(self.period_starts_on, self.period_ends_on)
        then = profile_on(state, period.effective_to, case)
        kinds = (*profile.review.kinds, *then.review.kinds)  # one that was held under another method is a fact
        case.breaks_if(self.kind not in kinds, DoesNotFit("kind", self.kind, NOT_OF_THE_METHOD))
        live = live_actions(state, case)
        seen = (*self.action_statuses, *self._reported(live, period, case))
        complete = check_complete(case, body, self.meeting_id, live, (one.sheet_id for one in seen), then)
        new = self._check_once(self._new(period, state, case), state, case, then, complete=complete)
        cause = why_not_counted(new, state, then, nothing_lapses)
        if cause is not None:
            case.broken(does_not_count(period, cause, counts_from(new, state.period, then)))
        self.settle(state, case)
        record_from(self, state, case, review_id=new.review_id, period=period, action_statuses=seen)

    def _reported(self, live: Sequence[ActionSheet], period: ValidityPeriod, case: Case) -> Iterator[ActionStatus]:
        """How those stand of which the committee says nothing itself, as was reported by the day of the review: in the
        period, or since; what is over for good was said whenever it was."""
        said = {one.sheet_id for one in self.action_statuses}
        for sheet in live:
            goes = Progress.of(sheet)
            if sheet.id in said or goes.status_on is None or goes.status_on > case.occurred_on:
                continue
            if goes.status in OVER or goes.status_on >= period.effective_from:
                yield ActionStatus(sheet.id, goes.status, goes.progress_percent)

    def _new(self, period: ValidityPeriod, state: TerritorialConvention, case: Case) -> Review:
        review_id = review_id_of(state.id, self.kind, period, self.body_id, self.meeting_id, case.occurred_on)
        return Review(review_id, self.kind, period, case.occurred_on, body_id=self.body_id, meeting_id=self.meeting_id)

    def _check_meeting(self, state: TerritorialConvention, case: Case) -> SteeringBody | None:
        """The meeting is of a body of this territory, on or before the review, and took the decisions cited."""
        body = case.find(SteeringBody, self.body_id, "body_id")
        if body is None:
            return None
        meeting = body.meetings.get(self.meeting_id)
        if meeting is None or body.home_territory_id != state.home_territory_id:
            case.broken(UnknownReference("meeting_id", self.meeting_id))
        elif meeting.held_on > case.occurred_on:
            case.broken(DatesDoNotFit("meeting_id", meeting.held_on, case.occurred_on))
        taken = meeting.decisions if meeting is not None else {}
        for decision in self.decisions:
            case.breaks_if(decision not in taken, UnknownReference("decisions", decision))
        return body

    @staticmethod
    def _check_once(
        new: Review, state: TerritorialConvention, case: Case, profile: MethodProfile, *, complete: bool
    ) -> Review:
        """R20: refused when a review that counts has settled the period; one that does not count may be done again,
        and one that was incomplete may be said again once nothing is lacking (R21).

        Returns the review under an identity of its own.
        """
        done = ReviewsDone.of(state).reviews
        lapsed = lapsed_today(case, profile)
        settled = review_that_counts(new, done, state, profile, lapsed)
        if settled is not None:
            case.broken(ReviewDuplicate(settled.kind, settled.period, settled.done_on))
            return new
        said = {one.review_id: one for one in done}
        while (before := said.get(new.review_id)) is not None:
            lacked = before.incomplete or lapsed(before)
            case.breaks_if(not (lacked and complete), ReviewSaidAgain(new.done_on))
            new = replace(new, review_id=deterministic_id("review-completed", new.review_id))
        return new


def review_id_of(
    convention_id: UUID, kind: Code, period: ValidityPeriod, body_id: UUID, meeting_id: LocalId, held_on: date
) -> UUID:
    """Which review it is: of a period, held by a meeting on a day; one that is completed afterwards is another."""
    return deterministic_id("review", convention_id, kind, *vars(period).values(), body_id, meeting_id, held_on)


def does_not_count(period: ValidityPeriod, cause: Code, first_day: date) -> ReviewPeriodInvalid | ReviewTooEarly:
    """The rule that the review of a period breaks; `first_day`: from when a review of it may count."""
    return ReviewTooEarly(period, first_day) if cause == NOT_ENDING else ReviewPeriodInvalid(period, cause)
