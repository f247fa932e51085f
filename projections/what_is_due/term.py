"""What the term of a convention asks for: a review half-way (D17), and what follows prepared in time (D18).

Both move with the term: extended, or corrected, a convention has another middle and another end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from domain.calendar import middle_of
from domain.convention.closing import ConventionClosed
from domain.convention.counting import Signing
from domain.convention.renewing import ConventionRenewed, RenewalStarted
from domain.convention.reviewed import MID_TERM
from domain.convention.reviews import ReviewDone
from domain.convention.state import CONVENTION
from domain.kernel import Event
from domain.method import DeadlineRule
from projections.engine import Dossier
from projections.what_is_due.naming import named
from projections.what_is_due.reviews import reviews_that_count
from projections.what_is_due.starting import Start, facts_of, key

TERM: Final = "TERM"


@named(trigger="HALF_OF_DURATION", conditions=("MID_TERM_REVIEW",))
def mid_term(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D17: half-way through a convention that was signed by then, met by its first mid-term review that counts."""
    convention = dossier.convention
    signed_on, period = Signing.of(convention).signed_on.get(CONVENTION), convention.period
    half_way = middle_of(period.effective_from, period.effective_to)
    if signed_on is None or signed_on > half_way or MID_TERM not in dossier.method.review.kinds:
        return []
    counting = reviews_that_count(dossier, MID_TERM)
    lost: list[Any] = [one for one in dossier.annulled(ReviewDone) if one.kind == MID_TERM]
    started = _once(dossier, rule, half_way, [one for one, _ in counting], lost)
    return [replace(started, met_until=counting[0][1] if counting else None)]


@named(trigger=TERM, conditions=("RENEWED_OR_CLOSED",))
def term(dossier: Dossier, rule: DeadlineRule) -> list[Start]:
    """D18: the end of a convention that was signed, met once what follows is prepared or the file is closed."""
    convention = dossier.convention
    if CONVENTION not in Signing.of(convention).signed_on:
        return []
    kinds = (RenewalStarted, ConventionRenewed, ConventionClosed)
    meeting = facts_of(dossier, *(one.TOPIC for one in kinds))
    return [_once(dossier, rule, convention.period.effective_to, meeting, dossier.annulled(*kinds))]


def _once(dossier: Dossier, rule: DeadlineRule, day: date, meeting: Sequence[Event], lost: Sequence[Event]) -> Start:
    met = meeting[0] if meeting else None
    return Start(
        dossier.convention_id,
        key(rule.id, lost),
        day,
        met.occurred_on if met is not None else None,
        met.envelope.event_id if met is not None else None,
    )
