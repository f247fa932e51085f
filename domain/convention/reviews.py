"""Reviews: annual, mid-term and final, each of one period, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.calendar import add_months, review_periods
from domain.convention.state import ConventionCommand, TerritorialConvention
from domain.kernel import BrokenRule, Case, Event, Level, UnknownReference, command, event, unique
from domain.method import MethodProfile
from domain.steering import SteeringBody
from domain.values import Code, InvalidValue, LocalId, Prose, ValidityPeriod, deterministic_id

ANNUAL = Code("ANNUAL")
MID_TERM = Code("MID_TERM")
FINAL = Code("FINAL")
ACTION_STATUSES = tuple(Code(name) for name in ("TO_START", "RUNNING", "DONE", "POSTPONED", "ABANDONED"))


@dataclass(frozen=True)
class ReviewPeriodInvalid(BrokenRule):
    """R20: the review is of an elapsed (or, for a final one, ending) period of a signed convention."""

    rule = "R20"
    level = Level.IRREGULAR
    field_at_fault = "period_starts_on"
    period: ValidityPeriod


@dataclass(frozen=True)
class ReviewDuplicate(BrokenRule):
    """R20: one review per kind and period; a change is a correction."""

    rule = "R20"
    level = Level.HARD
    field_at_fault = "period_starts_on"
    kind: Code
    period_starts_on: date


@dataclass(frozen=True)
class ActionStatus:
    """How an action stood when it was reviewed."""

    sheet_id: UUID
    status: Code

    def __post_init__(self) -> None:
        if self.status not in ACTION_STATUSES:
            raise InvalidValue("unknown-code", field="action_statuses", value=self.status, allowed=ACTION_STATUSES)


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
    users_heard: int
    summary: Prose | None
    published_on: date | None

    def apply(self, convention: TerritorialConvention) -> None:
        """Only a regular review settles its period."""
        if not self.irregular:
            convention.reviews.add((self.kind, self.period.effective_from))


@command(TerritorialConvention)
@dataclass(frozen=True, kw_only=True)
class RecordReview(ConventionCommand):
    """Record a review; `period_starts_on` and `period_ends_on` say of what, `occurred_on` when it was done."""

    review_kind: Code = ANNUAL
    period_starts_on: date
    period_ends_on: date
    body_id: UUID
    meeting_id: LocalId
    action_statuses: tuple[ActionStatus, ...] = ()
    decisions: tuple[LocalId, ...] = ()
    users_heard: int = 0
    summary: Prose | None = None
    published_on: date | None = None

    def __post_init__(self) -> None:
        if self.review_kind not in (ANNUAL, MID_TERM, FINAL):
            raise InvalidValue(
                "unknown-code", field="review_kind", value=self.review_kind, allowed=(ANNUAL, MID_TERM, FINAL)
            )
        if self.period_ends_on < self.period_starts_on:
            raise InvalidValue("period-reversed", field="period_ends_on")
        if self.users_heard < 0:
            raise InvalidValue("negative-count", field="users_heard")
        unique((str(one.sheet_id) for one in self.action_statuses), "action_statuses")

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        body = case.find(SteeringBody, self.body_id, "body_id")
        if body is not None:
            fits = body.home_territory_id == state.home_territory_id and self.meeting_id in body.meetings
            case.breaks_if(not fits, UnknownReference("meeting_id", self.meeting_id))
            for decision in self.decisions:
                case.breaks_if(
                    (self.meeting_id, decision) not in body.decisions, UnknownReference("decisions", decision)
                )
        period = ValidityPeriod(self.period_starts_on, self.period_ends_on)
        case.breaks_if(
            (self.review_kind, self.period_starts_on) in state.reviews,
            ReviewDuplicate(self.review_kind, self.period_starts_on),
        )
        case.breaks_if(not self._is_reviewable(period, state, case, profile), ReviewPeriodInvalid(period))
        self.settle(state, case)
        state.record(
            ReviewDone,
            case,
            review_id=deterministic_id("review", state.id, self.review_kind, self.period_starts_on),
            kind=self.review_kind,
            period=period,
            body_id=self.body_id,
            meeting_id=self.meeting_id,
            action_statuses=self.action_statuses,
            decisions=self.decisions,
            users_heard=self.users_heard,
            summary=self.summary,
            published_on=self.published_on,
        )

    def _is_reviewable(
        self, period: ValidityPeriod, state: TerritorialConvention, case: Case, profile: MethodProfile
    ) -> bool:
        signed_on = state.milestones.convention_signed_on
        if signed_on is None or signed_on > case.occurred_on:
            return False
        if self.review_kind == FINAL:
            limit = add_months(state.period.effective_to, -profile.thresholds.final_review_before_end_months)
            return case.occurred_on >= limit and period.effective_to == state.period.effective_to
        if self.review_kind == ANNUAL:
            expected = review_periods(profile.review, state.period.effective_from, state.period.effective_to)
            known = any(period == ValidityPeriod(one.first, one.last) for one in expected)
        else:
            known = period.effective_from >= state.period.effective_from
        return known and period.effective_to < case.occurred_on
