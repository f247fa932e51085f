"""Reviews published: on a day, to whom; the public reads the page of one that was published to it, and of no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.complete_reviews import lapsed_today
from domain.convention.deciding import ConventionCommand, profile_on
from domain.convention.reviewed import (
    INCOMPLETE,
    PARTNERS,
    PUBLIC,
    Review,
    ReviewsDone,
    why_not_counted,
)
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    command,
    event,
    record_from,
)
from domain.method import MethodProfile
from domain.values import Code, InvalidValue

AUDIENCES: Final = (PARTNERS, PUBLIC)
"""To whom a review is published, the narrower first."""


@dataclass(frozen=True)
class ReviewToPublishDoesNotCount(BrokenRule):
    """R20: what the rules withhold of a review that does not count is its effect: it is not published either."""

    RULE = "R20"
    CODE = "review-does-not-count"
    LEVEL = Level.HARD
    FIELD = "review_id"
    MENDED_BY = "record-review"
    cause: Code


@dataclass(frozen=True)
class ReviewToPublishIncomplete(BrokenRule):
    """R21: a review that lacks how an action stands, or whose minutes are overdue, is completed, or excused, before it
    is shown."""

    RULE = "R21"
    CODE = ReviewToPublishDoesNotCount.CODE
    LEVEL = Level.HARD
    FIELD = "review_id"
    MENDED_BY = "record-review"


@dataclass(frozen=True)
class ReviewPublishedAlready(BrokenRule):
    """A review is published once to each: what was published to the public was to the partners too."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "audience"
    audience: Code
    published_on: date


@event("convention.review-published")
class ReviewPublished(Event):
    """A review was published on `occurred_on`, to the partners or to everybody; the document is the evidence."""

    review_id: UUID
    audience: Code

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep to whom, and since when."""
        ReviewsDone.of(convention).publish(self.review_id, self.audience, self.occurred_on)


@command(TerritorialConvention, records=ReviewPublished)
@dataclass(frozen=True, kw_only=True)
class PublishReview(ConventionCommand):
    """Publish a review that counts: to the partners first, to the public then or at once."""

    review_id: UUID
    audience: Code = PARTNERS

    def __post_init__(self) -> None:
        if self.audience not in AUDIENCES:
            raise InvalidValue("unknown-code", field="audience", value=self.audience, allowed=AUDIENCES)

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A review that was done."""
        case.breaks_if(not ReviewsDone.of(state).reviews, NothingToCite("review_id", "record-review"))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        done = ReviewsDone.of(state)
        review = done.held(self.review_id)
        if review is None:
            case.broken(UnknownReference("review_id", str(self.review_id)))
        else:
            self._check(review, state, case)
        self.settle(state, case)
        record_from(self, state, case)

    def _check(self, review: Review, state: TerritorialConvention, case: Case) -> None:
        if review.done_on > case.occurred_on:
            case.broken(DatesDoNotFit("review_id", review.done_on, case.occurred_on))
        then = profile_on(state, review.period.effective_to, case)
        cause = why_not_counted(review, state, then, lapsed_today(case, then))
        if cause is not None:
            case.broken(ReviewToPublishIncomplete() if cause == INCOMPLETE else ReviewToPublishDoesNotCount(cause))
        known = ReviewsDone.of(state).published.get(review.review_id)
        if known is not None and (known.audience == PUBLIC or self.audience == PARTNERS):
            case.broken(ReviewPublishedAlready(known.audience, known.on))
