"""Which acts are offered today: nothing refuses them whatever their form says, and something calls for them."""

from __future__ import annotations

from typing import Final

from domain.adjusting import DecideAdjustment
from domain.calendar import add_months, middle_of
from domain.convention.closing import CloseConvention
from domain.convention.earlier import RecordEarlierFact
from domain.convention.extending import ExtendConvention
from domain.convention.opening import RecordEngagement
from domain.convention.publishing import PublishReview
from domain.convention.renewing import RenewConvention, StartRenewal
from domain.convention.reviewed import FINAL, MID_TERM
from domain.convention.reviews import RecordReview
from domain.kernel import NothingToCite
from projections.how_a_convention_does.known import Known

AT_THE_TERM: Final = (ExtendConvention.NAME, StartRenewal.NAME, RenewConvention.NAME)
"""The acts that nobody looks for before the term is a question."""


def is_possible(known: Known, command: str) -> bool:
    """Whether an act is neither done nor sure to be refused today.

    Where it has nothing to cite yet, its form leads to what comes first.
    """
    if any(not isinstance(rule, NothingToCite) for rule in known.in_the_way.get(command, ())):
        return False
    if command in AT_THE_TERM and not known.term_is_near:
        return False
    if command == RenewConvention.NAME:  # nothing of it is proposed before its successor may be there
        return known.is_renewing and not known.in_the_way.get(command)
    if command == CloseConvention.NAME:  # the end of the file is not proposed before it may come
        return not known.in_the_way.get(command)
    if command == RecordEngagement.NAME:
        return known.taken_over is None and not known.facts("engagement-confirmed")
    if command == RecordEarlierFact.NAME:
        return known.taken_over is not None and bool(known.taken_over.unknown)
    if command == PublishReview.NAME:
        return any(one.cause is None and not one.is_public for one in known.reviews)
    if command == DecideAdjustment.NAME:  # what was reviewed is adjusted, and what is signed
        return known.is_signed and bool(known.reviews)
    return command != RecordReview.NAME or _has_something_to_review(known)


def is_to_activate(known: Known) -> bool:
    """Whether the convention is signed, and not in force yet (R15)."""
    return bool(known.facts("convention-signed")) and not known.facts("convention-activated")


def _has_something_to_review(known: Known) -> bool:
    """A period over or ending and not reviewed, or the time of a mid-term or final review not done yet (R20)."""
    if not known.is_signed:
        return False
    if any(known.is_reviewable(one) and one.is_open for one in known.sheet):
        return True
    period = known.standing.period
    if period is None:
        return False
    done = {one.kind for one in known.reviews if one.cause is None}
    middle = middle_of(period.effective_from, period.effective_to)
    final = add_months(period.effective_to, -known.method.thresholds.final_review_before_end_months)
    times = ((MID_TERM, middle), (FINAL, final))
    return any(kind in known.method.review.kinds and kind not in done and day <= known.today for kind, day in times)
