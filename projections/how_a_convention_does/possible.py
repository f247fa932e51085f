"""Which acts are neither done nor sure to be refused today."""

from __future__ import annotations

from domain.action_sheets import DraftActionSheet
from domain.calendar import add_months
from domain.convention.opening import RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.reviews import FINAL, MID_TERM, RecordReview
from domain.convention.signing import ActivateConvention
from projections.how_a_convention_does.known import Known


def is_possible(known: Known, command: str) -> bool:
    """Whether an act is neither done nor sure to be refused today."""
    if command == RecordEngagement.NAME:
        return not known.facts("engagement-confirmed")
    if command == ChoosePriority.NAME:
        return can_prioritise(known)
    if command in (DraftActionSheet.NAME, ValidateActionPlan.NAME):
        return bool(known.facts("priority-chosen"))
    if command == ActivateConvention.NAME:
        return can_activate(known)
    if command == RecordReview.NAME:
        return _has_something_to_review(known)
    return True


def can_activate(known: Known) -> bool:
    """Whether the entry into force would be accepted (R15)."""
    return bool(known.facts("convention-signed")) and not known.facts("convention-activated")


def can_prioritise(known: Known) -> bool:
    """Whether some theme may lead to a priority (R06)."""
    return any(one.crossed or one.waived for one in known.themes)


def _has_something_to_review(known: Known) -> bool:
    """A period that is over and not reviewed, or the time of a mid-term or final review not done yet (R20)."""
    if not known.facts("convention-signed"):
        return False
    if any(known.is_over(one) and one.is_open for one in known.sheet):
        return True
    period = known.standing.period
    if period is None:
        return False
    done = {one.facts["kind"] for one in known.facts("review-done") if not one.irregularities}
    middle = period.effective_from + (period.effective_to - period.effective_from) / 2
    final = add_months(period.effective_to, -known.method.thresholds.final_review_before_end_months)
    times = ((MID_TERM, middle), (FINAL, final))
    return any(kind in known.method.review.kinds and kind not in done and day <= known.today for kind, day in times)
