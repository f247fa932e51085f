"""The review of each period (D16)."""

from __future__ import annotations

from typing import Any

from domain.convention.counting import Signing
from domain.convention.earlier import EarlierFactRecorded
from domain.convention.reviewed import ANNUAL, why_not_counted
from domain.convention.reviews import ReviewDone
from domain.convention.state import CONVENTION
from domain.kernel import Event
from domain.method import DeadlineRule
from projections import which_periods_are_reviewed
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, facts_of, key


@named(trigger="REVIEW_PERIOD_ENDED", conditions=("REVIEW_OF_PERIOD",))
def reviews(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D16: each period ending after the convention was signed, met by its first annual review that counts."""
    convention = dossier.convention
    signed_on = Signing.of(convention).signed_on.get(CONVENTION)
    if signed_on is None:
        return []
    known = {one.period.effective_from: one for one in reversed(dossier.effective(EarlierFactRecorded)) if one.period}
    done = {
        (one.period.effective_from, one.period.effective_to): one
        for one in reversed(facts_of(dossier, ReviewDone.TOPIC))
        if isinstance(one, ReviewDone)
        and one.kind == ANNUAL
        and why_not_counted(one.done, convention, dossier.method_on(one.period.effective_to)) is None
    }
    lost: list[Any] = [one for one in dossier.annulled(ReviewDone) if one.kind == ANNUAL]
    lost += [one for one in dossier.annulled(EarlierFactRecorded) if one.period is not None]
    found = []
    for one in which_periods_are_reviewed.periods(dossier):
        if one.last >= signed_on:
            met: Event | None = known.get(one.first) or done.get((one.first, one.last))
            found.append(
                Start(
                    convention.id,
                    key(one.first.isoformat(), [each for each in lost if each.period.effective_from == one.first]),
                    one.last,
                    met.occurred_on if met else None,
                    met.envelope.event_id if met else None,
                    one,
                )
            )
    return found
