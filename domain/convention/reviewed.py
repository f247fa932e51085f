"""What was reviewed: the reviews of a convention, and which of them count (R20, R21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from domain.calendar import add_months, ending_from, review_periods
from domain.convention.counting import Signing
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.convention.waived import WaiversGranted
from domain.kernel import Part, part
from domain.method import MethodProfile
from domain.values import Code, LocalId, ValidityPeriod

ANNUAL: Final = Code("ANNUAL")
MID_TERM: Final = Code("MID_TERM")
FINAL: Final = Code("FINAL")

NOT_SIGNED: Final = Code("NOT_SIGNED")
NOT_A_PERIOD: Final = Code("NOT_A_PERIOD")
NOT_ENDING: Final = Code("NOT_ENDING")
"""Why a review does not count: no convention is signed yet, no such period is reviewed, it is not ending yet (R20)."""
INCOMPLETE: Final = Code("INCOMPLETE")
"""Why a review does not count: it does not say of every action how it stands, no committee held it, or its minutes are
still not approved (R21)."""

PARTNERS: Final = Code("PARTNERS")
PUBLIC: Final = Code("PUBLIC")
"""To whom a review is published: the partners, or everybody."""

COMPLETE: Final = "R21"


@dataclass(frozen=True)
class Review:
    """A review that was done; whether it counts is derived.

    `incomplete`: whether it was recorded without all that a complete one has. That is of its own words: nothing that is
    recorded of the actions afterwards changes what the committee saw. `earlier`: only its day is known (R34).
    `body_id`, `meeting_id`: the meeting that held it.
    """

    review_id: UUID
    kind: Code
    period: ValidityPeriod
    done_on: date
    incomplete: bool = False
    earlier: bool = False
    body_id: UUID | None = None
    meeting_id: LocalId | None = None


class Published(NamedTuple):
    """To whom a review was published last, and since when it is."""

    audience: Code
    on: date


@part(TerritorialConvention, "reviews")
@dataclass
class ReviewsDone(Part):
    """Every review, in the order of recording; and to whom each was published."""

    reviews: list[Review] = field(default_factory=list)
    published: dict[UUID, Published] = field(default_factory=dict)

    def held(self, review_id: UUID) -> Review | None:
        """A review that was recorded here; one that is only known from before a take-over is none."""
        return next((one for one in self.reviews if one.review_id == review_id and not one.earlier), None)

    def publish(self, review_id: UUID, audience: Code, day: date) -> None:
        """Keep that it was published."""
        self.published[review_id] = Published(audience, day)


Lapsed: TypeAlias = Callable[[Review], bool]
"""Whether the minutes of its meeting are still not approved once the time for it is over (R21)."""


def nothing_lapses(_: Review) -> bool:
    """Whatever the day is."""
    return False


def review_that_counts(
    review: Review, done: Iterable[Review], convention: TerritorialConvention, profile: MethodProfile, lapsed: Lapsed
) -> Review | None:
    """The review of the same kind and period that counts, if one does: itself, or the one that was done instead.

    A year has one annual review; a convention has one mid-term and one final review.
    """
    return next(
        (
            one
            for one in done
            if one.kind == review.kind
            and (one.kind != ANNUAL or one.period.effective_from == review.period.effective_from)
            and why_not_counted(one, convention, profile, lapsed) is None
        ),
        None,
    )


def counts_from(review: Review, convention: ValidityPeriod, profile: MethodProfile) -> date:
    """The first day on which a review of this kind and period may count (R20)."""
    if review.kind == FINAL:
        return add_months(convention.effective_to, -profile.thresholds.final_review_before_end_months)
    return ending_from(profile.review, review.period.effective_from, review.period.effective_to)


def why_not_counted(
    review: Review, convention: TerritorialConvention, profile: MethodProfile, lapsed: Lapsed
) -> Code | None:
    """Why a review does not count, None when it does; a signature recorded late, minutes approved late, or a waiver,
    may settle it afterwards."""
    signed_on, runs, period = Signing.of(convention).signed_on.get(CONVENTION), convention.period, review.period
    if signed_on is None or signed_on > review.done_on:
        return NOT_SIGNED
    if review.kind == FINAL:
        known = period.effective_to == runs.effective_to
    elif review.kind == ANNUAL:
        expected = review_periods(profile.review, runs.effective_from, runs.effective_to)
        known = any(period == ValidityPeriod(one.first, one.last) for one in expected)
    else:
        known = runs.effective_from <= period.effective_from and period.effective_to <= runs.effective_to
    if not known:
        return NOT_A_PERIOD
    if review.done_on < counts_from(review, runs, profile):
        return NOT_ENDING
    return INCOMPLETE if (review.incomplete or lapsed(review)) and not is_excused(review, convention) else None


def is_excused(review: Review, convention: TerritorialConvention) -> bool:
    """Whether the committee set aside that a review held on that day is complete."""
    granted = WaiversGranted.of(convention).waivers
    return any(one.covers(COMPLETE, None) and review.done_on <= one.expires_on for one in granted)
