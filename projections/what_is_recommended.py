"""What is recommended, and what became of it? What each rests on, what was answered, how it ended.

One that nobody decided for the time after which a decision ages is long undecided, and heads what waits for a meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_period
from domain.counsel.counsel import Counsel
from domain.counsel.following import (
    ENDINGS,
    DecideRecommendation,
    FollowRecommendation,
    RecommendationDecided,
    RecommendationFollowed,
)
from domain.counsel.recommending import ACCEPTED, IN_PART, REFUSED, RecommendationIssued
from domain.method import Period
from domain.steering.reference import DecisionReference
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import Dossier, Surroundings
from projections.what_became_of_decisions import ages_after

LONG_UNDECIDED: Final = Code("LONG_UNDECIDED")
UNDECIDED: Final = Code("UNDECIDED")
STATES: Final = (LONG_UNDECIDED, UNDECIDED, ACCEPTED, IN_PART, REFUSED, *ENDINGS)
"""What waits first: a recommendation is in exactly one of them."""
WAITING: Final = (LONG_UNDECIDED, UNDECIDED)
FOLLOWED: Final = (ACCEPTED, IN_PART)
"""What was accepted, and of which something is still to be done."""


@dataclass(frozen=True)
class RecommendationTold:
    """One recommendation and what became of it by a day. `late_on`: from when on it is long undecided, None where no
    method says or once it is decided; `shown_by`: what shows that it was done, or why it was given up; `next_act`: the
    one act that brings it on."""

    recommendation_id: LocalId
    event_id: UUID
    convention_id: UUID
    issued_on: date
    kind: Code
    text: Prose
    partner_id: UUID
    by_body_id: UUID | None
    findings: tuple[LocalId, ...]
    review_id: UUID | None
    diagnosis_id: LocalId | None
    to_body_id: UUID | None
    to_partner_id: UUID | None
    state: Code
    late_on: date | None
    answer: Code | None
    decided_on: date | None
    motive: Prose | None
    decided_in: DecisionReference | None
    ended_on: date | None
    shown_by: Prose | None
    evidence: tuple[Evidence, ...]
    next_act: Code | None


def recommendations(dossier: Dossier, today: date) -> tuple[RecommendationTold, ...]:
    """Those of the territory of a convention, what waits first."""
    return _told_there(dossier, ages_after(dossier.method), today)


def undecided(found: Sequence[RecommendationTold]) -> tuple[RecommendationTold, ...]:
    """Those that nobody decided, the oldest first."""
    return tuple(one for one in found if one.state in WAITING)


def _told_there(place: Surroundings, silence: Period | None, today: date) -> tuple[RecommendationTold, ...]:
    decided = {one.recommendation_id: one for _, one in place.of(Counsel, RecommendationDecided)}
    ended = {one.recommendation_id: one for _, one in place.of(Counsel, RecommendationFollowed)}
    found = [
        _told(one, decided.get(one.recommendation_id), ended.get(one.recommendation_id), silence, today)
        for _, one in place.of(Counsel, RecommendationIssued)
    ]
    return tuple(sorted(found, key=lambda one: (STATES.index(one.state), one.issued_on)))


def _told(
    one: RecommendationIssued,
    answer: RecommendationDecided | None,
    end: RecommendationFollowed | None,
    silence: Period | None,
    today: date,
) -> RecommendationTold:
    late_on = add_period(one.occurred_on, silence, frozenset()) if silence is not None and answer is None else None
    waits = LONG_UNDECIDED if late_on is not None and late_on <= today else UNDECIDED
    state = end.ended if end is not None else answer.answer if answer is not None else waits
    return RecommendationTold(
        recommendation_id=one.recommendation_id,
        event_id=one.envelope.event_id,
        convention_id=one.convention_id,
        issued_on=one.occurred_on,
        kind=one.kind,
        text=one.text,
        partner_id=one.partner_id,
        by_body_id=one.by_body_id,
        findings=one.findings,
        review_id=one.review_id,
        diagnosis_id=one.diagnosis_id,
        to_body_id=one.to_body_id,
        to_partner_id=one.to_partner_id,
        state=state,
        late_on=late_on,
        answer=answer.answer if answer is not None else None,
        decided_on=answer.occurred_on if answer is not None else None,
        motive=answer.motive if answer is not None else None,
        decided_in=answer.decided_in if answer is not None else None,
        ended_on=end.occurred_on if end is not None else None,
        shown_by=end.shown_by if end is not None else None,
        evidence=(*one.envelope.evidence, *(end.envelope.evidence if end is not None else ())),
        next_act=_next(state),
    )


def _next(state: Code) -> Code | None:
    if state in WAITING:
        return Code(DecideRecommendation.NAME)
    return Code(FollowRecommendation.NAME) if state in FOLLOWED else None
