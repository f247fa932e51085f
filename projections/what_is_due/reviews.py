"""The review of each period (D16), and which reviews count until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.convention.complete_reviews import minutes_awaited_by
from domain.convention.counting import Signing
from domain.convention.earlier import EarlierFactRecorded
from domain.convention.reviewed import ANNUAL, is_excused, nothing_lapses, why_not_counted
from domain.convention.reviews import ReviewDone
from domain.convention.state import CONVENTION
from domain.kernel import Event
from domain.method import DeadlineRule
from domain.values import Code
from projections import which_periods_are_reviewed
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.starting import Start, facts_of, key
from projections.what_reviews_saw import bodies_by_id


@named(trigger="REVIEW_PERIOD_ENDED", conditions=("REVIEW_OF_PERIOD",))
def reviews(dossier: Dossier, _: DeadlineRule) -> list[Start]:
    """D16: each period ending after the convention was signed, met by its first annual review that counts."""
    convention = dossier.convention
    signed_on = Signing.of(convention).signed_on.get(CONVENTION)
    if signed_on is None:
        return []
    known = {one.period.effective_from: one for one in reversed(dossier.effective(EarlierFactRecorded)) if one.period}
    done = {
        (one.period.effective_from, one.period.effective_to): (one, until)
        for one, until in reversed(reviews_that_count(dossier, ANNUAL))
    }
    lost: list[Any] = [one for one in dossier.annulled(ReviewDone) if one.kind == ANNUAL]
    lost += [one for one in dossier.annulled(EarlierFactRecorded) if one.period is not None]
    found = []
    for one in which_periods_are_reviewed.periods(dossier):
        if one.last >= signed_on:
            met: Event | None = known.get(one.first)
            until: date | None = None
            if met is None:
                met, until = done.get((one.first, one.last), (None, None))
            found.append(
                Start(
                    convention.id,
                    key(one.first.isoformat(), [each for each in lost if each.period.effective_from == one.first]),
                    one.last,
                    met.occurred_on if met else None,
                    met.envelope.event_id if met else None,
                    one,
                    met_until=until,
                )
            )
    return found


def reviews_that_count(dossier: Dossier, kind: Code) -> list[tuple[ReviewDone, date | None]]:
    """The reviews of a kind that count, each with the last day on which it does as long as the minutes of its meeting
    are not approved (R21), None for good: those first, else by their day."""
    found = []
    for one in facts_of(dossier, ReviewDone.TOPIC):
        if not isinstance(one, ReviewDone) or one.kind != kind:
            continue
        method = dossier.method_on(one.period.effective_to)
        if why_not_counted(one.done, dossier.convention, method, nothing_lapses) is None:
            body = dossier.once(bodies_by_id).get(one.body_id)
            until = minutes_awaited_by(body, one.meeting_id, method)
            found.append((one, None if is_excused(one.done, dossier.convention) else until))
    return sorted(found, key=lambda one: one[1] is not None)
