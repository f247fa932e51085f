"""What was known of a convention when it was taken over while it ran, and what is still unknown (R34)?

What nobody knows is neither late nor expected: it is said to be unknown, until somebody dates it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.calendar import ReviewPeriod, review_periods
from domain.convention.earlier import KNOWN_SINCE, MILESTONES, REVIEW, EarlierFactRecorded
from domain.convention.taking_over import ConventionTakenOver
from domain.method import ReviewRule
from domain.values import Code, Evidence, ValidityPeriod
from projections.engine import Dossier


@dataclass(frozen=True)
class EarlierFactKnown:
    """One milestone of before: of which period, if it is a review; on which day, None while nobody knows; how many.

    `event_id`: the fact that said it first. `evidence`: its papers, joined then or since.
    """

    fact: Code
    review_period: ReviewPeriod | None = None
    on: date | None = None
    count: int | None = None
    evidence: tuple[Evidence, ...] = ()
    event_id: UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class TakenOverAsOf:
    """As of when a convention was taken over (`event_id`), and each thing it had passed by then, in order."""

    as_of: date
    event_id: UUID
    facts: tuple[EarlierFactKnown, ...]

    def of(self, fact: Code) -> EarlierFactKnown:
        """One milestone that is no review."""
        return next(one for one in self.facts if one.fact == fact)

    @property
    def unknown(self) -> tuple[EarlierFactKnown, ...]:
        """What nobody knows the day of."""
        return tuple(one for one in self.facts if one.on is None)


def taken_over(dossier: Dossier) -> TakenOverAsOf | None:
    """What is known from before a take-over; None for a convention that began here."""
    as_of = dossier.convention.taken_over_on
    if as_of is None:
        return None
    ((entry, _),) = dossier.facts(ConventionTakenOver)
    return TakenOverAsOf(as_of, entry.event.envelope.event_id, tuple(_facts(dossier, as_of)))


def over_by(method: ReviewRule, convention: ValidityPeriod, day: date) -> tuple[ReviewPeriod, ...]:
    """The periods of a convention that are over on a day: what was made of them is asked when it is taken over."""
    periods = review_periods(method, convention.effective_from, convention.effective_to)
    return tuple(one for one in periods if one.last < day)


def _facts(dossier: Dossier, as_of: date) -> Iterator[EarlierFactKnown]:
    said: dict[tuple[Code, date | None], EarlierFactKnown] = {}
    for entry, event in dossier.facts(EarlierFactRecorded):
        key = (event.fact, event.period.effective_from if event.period is not None else None)
        before = said.get(key)
        said[key] = EarlierFactKnown(
            event.fact,
            None,
            event.occurred_on,
            event.count or (before.count if before is not None else None),
            (*(before.evidence if before is not None else ()), *event.envelope.evidence),
            before.event_id if before is not None else entry.event.envelope.event_id,
            before.recorded_at if before is not None else event.timestamp,
        )
    for fact in MILESTONES:
        if fact != REVIEW:
            yield said.get((fact, None)) or EarlierFactKnown(fact)
    for period in over_by(dossier.method_on(as_of).review, dossier.convention.period, as_of):
        known = said.pop((REVIEW, period.first), None) or EarlierFactKnown(REVIEW)
        yield _of_period(known, period)
    # A committee may have reviewed a period before it was over.
    periods = review_periods(dossier.method_on(as_of).review, *vars(dossier.convention.period).values())
    for period in periods:
        if (early := said.get((REVIEW, period.first))) is not None:
            yield _of_period(early, period)
    for fact in KNOWN_SINCE:
        yield said.get((fact, None)) or EarlierFactKnown(fact)


def _of_period(known: EarlierFactKnown, period: ReviewPeriod) -> EarlierFactKnown:
    return EarlierFactKnown(
        known.fact, period, known.on, known.count, known.evidence, known.event_id, known.recorded_at
    )
