"""The period that a review is awaited for."""

from __future__ import annotations

from api.pages.asking import Asking
from domain.calendar import review_periods
from domain.convention.reviews import ANNUAL
from domain.method import MethodProfile
from projections import what_the_committee_decided, where_conventions_stand


def awaited_period(
    ask: Asking, standing: where_conventions_stand.ConventionStanding, profile: MethodProfile
) -> dict[str, str]:
    """What an empty form proposes: the oldest annual period without a review that counts, over or not."""
    first = {"kind": str(ANNUAL)}
    period = standing.standing.period
    if period is None:
        return first
    reviews = what_the_committee_decided.reviews(ask.connection, standing.convention_id)
    settled = {one.period.effective_from for one in reviews if one.kind == ANNUAL and one.why_not is None}
    periods = review_periods(profile.review, period.effective_from, period.effective_to)
    awaited = next((one for one in periods if one.first not in settled), None)
    if awaited is None:
        return first
    return first | {"period_starts_on": awaited.first.isoformat(), "period_ends_on": awaited.last.isoformat()}
