"""What follows a convention: its renewal is prepared while it runs, and a convention that succeeds it takes over (R27).

The successor is opened like any convention, and names the one that it succeeds. Renewed is what a successor that all
have signed takes over, once the final review was held or the committee set that aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_days
from domain.convention.activating import RequiredSignatureMissing
from domain.convention.closed import Closing
from domain.convention.complete_reviews import lapsed_today
from domain.convention.counting import Signing, missing_signatories
from domain.convention.deciding import ConventionCommand, profile_on
from domain.convention.reviewed import FINAL, ReviewsDone, why_not_counted
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.kernel import (
    BrokenRule,
    Case,
    DoesNotFit,
    Event,
    Level,
    NothingToCite,
    Part,
    Surroundings,
    command,
    event,
    part,
    record_from,
)
from domain.method import MethodProfile
from domain.values import Code

NOT_ITS_SUCCESSOR: Final = Code("NOT_ITS_SUCCESSOR")
"""Why a convention does not renew another: it was not opened as its successor."""


@dataclass(frozen=True)
class RenewalAlreadyStarted(BrokenRule):
    """R27: the work on the renewal began once."""

    RULE = "R27"
    LEVEL = Level.HARD
    CONTRADICTS = True
    started_on: date


@dataclass(frozen=True)
class AlreadyRenewed(BrokenRule):
    """R27: a convention has one successor."""

    RULE = "R27"
    LEVEL = Level.HARD
    CONTRADICTS = True
    renewed_on: date


@dataclass(frozen=True)
class SuccessorNotSigned(BrokenRule):
    """R27: nothing is renewed before every required signatory has signed what follows."""

    RULE = "R27"
    LEVEL = Level.HARD
    FIELD = "successor_id"
    partners: tuple[UUID, ...]


@dataclass(frozen=True)
class FinalReviewMissing(BrokenRule):
    """R27: a convention is renewed on its final review."""

    RULE = "R27"
    LEVEL = Level.WAIVABLE
    MENDED_BY = "record-review"
    effective_to: date


@dataclass(frozen=True)
class FinalReviewAwaited(BrokenRule):
    """R27: the successor is prepared, and the final review of what it succeeds is still to come."""

    RULE = "R27"
    CODE = FinalReviewMissing.CODE
    LEVEL = Level.NOTICE
    FIELD = "successor_of"
    effective_to: date


@dataclass(frozen=True)
class CoverageGap(BrokenRule):
    """R27: between the end of a convention and the start of its successor nothing covers the territory."""

    RULE = "R27"
    LEVEL = Level.NOTICE
    FIELD = "effective_from"
    first_day: date
    last_day: date
    days: int


@part(TerritorialConvention, "renewal")
@dataclass
class Renewal(Part):
    """Since when the renewal is prepared; by which convention it was renewed, and since when that is known."""

    started_on: date | None = None
    successor_id: UUID | None = None
    renewed_on: date | None = None


@event("convention.renewal-started")
class RenewalStarted(Event):
    """The partners began on `occurred_on` to prepare what follows the convention."""

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the day."""
        Renewal.of(convention).started_on = self.occurred_on


@event("convention.convention-renewed")
class ConventionRenewed(Event):
    """A successor, signed by all who must, follows the convention from `effective_from`."""

    successor_id: UUID
    effective_from: date

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep which."""
        renewal = Renewal.of(convention)
        renewal.successor_id, renewal.renewed_on = self.successor_id, self.occurred_on


def is_reviewed_as_a_whole(convention: TerritorialConvention, case: Case) -> bool:
    """Whether a final review that counts was held (R20), by the method that the convention followed at its end."""
    profile = profile_on(convention, convention.period.effective_to, case)
    return any(
        one.kind == FINAL and why_not_counted(one, convention, profile, lapsed_today(case, profile)) is None
        for one in ReviewsDone.of(convention).reviews
    )


def coverage_gap(ends_on: date, starts_on: date) -> CoverageGap | None:
    """The days between an end and the start of what follows; None where it follows the next day, or sooner."""
    first, last = add_days(ends_on, 1), add_days(starts_on, -1)
    return CoverageGap(first, last, (last - first).days + 1) if first <= last else None


def told_of_a_successor(former: TerritorialConvention, starts_on: date, case: Case) -> tuple[BrokenRule, ...]:
    """R27: what is told to whoever opens the successor of a convention that was signed; what was done of that one is
    judged by its own method."""
    if CONVENTION not in Signing.of(former).signed_on:
        return ()
    ends_on = former.period.effective_to
    review = () if is_reviewed_as_a_whole(former, case) else (FinalReviewAwaited(ends_on),)
    gap = coverage_gap(ends_on, starts_on)
    return (*review, *((gap,) if gap is not None else ()))


def started_by_a_successor(case: Case, former_id: UUID, successor: TerritorialConvention) -> None:
    """R27: to open the successor of a convention of the same territory is to prepare its renewal, if nobody said so."""
    former = case.streams.find(TerritorialConvention, former_id)
    if former is None or former.home_territory_id != successor.home_territory_id:
        return
    renewal, open_still = Renewal.of(former), Closing.of(former).closed_on is None
    if open_still and CONVENTION in Signing.of(former).signed_on and renewal.started_on is renewal.renewed_on is None:
        former.record(RenewalStarted, case, caused_by=successor.pending_events[0])  # type: ignore[arg-type]
        case.streams.change(former)


def _check_signed(state: TerritorialConvention, case: Case) -> None:
    if CONVENTION not in Signing.of(state).signed_on:
        case.broken(RequiredSignatureMissing(missing_signatories(state, CONVENTION)))
    renewed_on = Renewal.of(state).renewed_on
    if renewed_on is not None:
        case.broken(AlreadyRenewed(renewed_on))


@command(TerritorialConvention, records=RenewalStarted)
@dataclass(frozen=True, kw_only=True)
class StartRenewal(ConventionCommand):
    """Start to prepare what follows the convention; `occurred_on` is the day on which the work began."""

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R27: what was signed is renewed, and that is started once."""
        _check_signed(state, case)
        started_on = Renewal.of(state).started_on
        if started_on is not None:
            case.broken(RenewalAlreadyStarted(started_on))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        self.settle(state, case)
        record_from(self, state, case)


@command(TerritorialConvention, records=ConventionRenewed, derived=("effective_from",))
@dataclass(frozen=True, kw_only=True)
class RenewConvention(ConventionCommand):
    """Say that the convention is renewed by its successor, which was opened as such and is signed by all who must."""

    successor_id: UUID

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R27, of which nothing depends on the form."""
        _check_signed(state, case)
        missing = not is_reviewed_as_a_whole(state, case)
        case.breaks_if(missing, FinalReviewMissing(state.period.effective_to))

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A successor: nobody has begun to prepare one."""
        case.breaks_if(Renewal.of(state).started_on is None, NothingToCite("successor_id", "open-convention"))

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        successor = case.find(TerritorialConvention, self.successor_id, "successor_id")
        if successor is not None and successor.successor_of != state.id:
            case.broken(DoesNotFit("successor_id", str(self.successor_id), NOT_ITS_SUCCESSOR))
        elif successor is not None:
            if CONVENTION not in Signing.of(successor).signed_on:
                case.broken(SuccessorNotSigned(missing_signatories(successor, CONVENTION)))
            gap = coverage_gap(state.period.effective_to, successor.period.effective_from)
            if gap is not None:
                case.broken(gap)
        self.settle(state, case)
        assert successor is not None
        record_from(self, state, case, effective_from=successor.period.effective_from)
