"""What did each review see, does it count, and what does it lack?

What the committee saw is what the review itself holds: nothing that is recorded of the actions afterwards changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.complete_reviews import is_committee, lapsed_on, minutes_due_on, planned
from domain.convention.earlier import EarlierFacts
from domain.convention.publishing import ReviewPublished
from domain.convention.reviewed import PARTNERS, PUBLIC, counts_from, review_that_counts, why_not_counted
from domain.convention.reviews import ActionStatus, ReviewDone
from domain.kernel import Irregularity
from domain.steering import SteeringBody
from domain.values import Code, Evidence, LocalId, Prose, ValidityPeriod
from projections.engine import Dossier, Moment


@dataclass(frozen=True)
class Lacking:
    """What a review lacks to be complete (R21): the actions whose state it does not say; where it was held, if that was
    no committee; the day by which the minutes of its meeting were to be approved, if that alone is lacking."""

    sheets: tuple[UUID, ...] = ()
    body_kind: Code | None = None
    minutes_due_on: date | None = None


NOTHING = Lacking()


@dataclass(frozen=True)
class Publication:
    """A review published on a day, to whom, by which event: of one that was recorded as published, its own."""

    event_id: UUID
    audience: Code
    on: date
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Review:
    """One review. `cause`: why it does not count and meets no deadline, None when it counts (R20, R21); the marks it
    was recorded with stay. `counts_from`: from which day a review of its period may count; `replaced_by`: by its event,
    the review that was done instead and counts. `users_heard`: None when nobody counted. `published`: to whom,
    the first time first."""

    event_id: UUID
    review_id: UUID
    kind: Code
    period: ValidityPeriod
    held_on: date
    body_id: UUID
    meeting_id: LocalId
    action_statuses: tuple[ActionStatus, ...]
    decisions: tuple[LocalId, ...]
    users_heard: int | None
    summary: Prose | None
    published_on: date | None
    published: tuple[Publication, ...]
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    cause: Code | None
    counts_from: date
    replaced_by: UUID | None
    lacking: Lacking

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it: it was published to the public, and counts."""
        return self.cause is None and any(one.audience == PUBLIC for one in self.published)


def reviews(dossier: Dossier, today: date) -> tuple[Review, ...]:
    """The reviews of a convention as they count on a day, oldest first."""
    done = [event for _, event in dossier.facts(ReviewDone)]
    return tuple(sorted((_review(dossier, one, done, today) for one in done), key=lambda one: one.held_on))


def bodies_by_id(dossier: Dossier) -> Mapping[UUID, SteeringBody]:
    """The committees and groups whose meetings are known, by id."""
    return {one.id: one for one in dossier.states(SteeringBody)}


def known_from_before(dossier: Dossier) -> dict[date, date]:
    """The days of the annual reviews that are known from before a take-over (R34), by the first day of their period."""
    return dict(EarlierFacts.of(dossier.convention).reviewed_on)


def _review(dossier: Dossier, event: ReviewDone, done: Sequence[ReviewDone], today: date) -> Review:
    convention, method = dossier.convention, dossier.method_on(event.period.effective_to)
    review, bodies = event.done, dossier.once(bodies_by_id)
    lapsed = lapsed_on(bodies.get, method, today)
    why_not = why_not_counted(review, convention, method, lapsed)
    instead = review_that_counts(review, (one.done for one in done), convention, method, lapsed)
    events = (each.envelope.event_id for each in done if why_not is not None and each.done == instead)
    return Review(
        event_id=event.envelope.event_id,
        review_id=event.review_id,
        kind=event.kind,
        period=event.period,
        held_on=event.occurred_on,
        body_id=event.body_id,
        meeting_id=event.meeting_id,
        action_statuses=event.action_statuses,
        decisions=event.decisions,
        users_heard=event.users_heard,
        summary=event.summary,
        published_on=event.published_on,
        published=tuple(_published(dossier, event)),
        evidence=event.envelope.evidence,
        irregularities=event.envelope.irregularities,
        cause=why_not,
        counts_from=counts_from(review, convention.period, method),
        replaced_by=next(events, None),
        lacking=_lacking(dossier, event) if review.incomplete or lapsed(review) else NOTHING,
    )


def _published(dossier: Dossier, review: ReviewDone) -> Iterator[Publication]:
    """To whom a review was published; where it only says that it was, to the partners."""
    if review.published_on is not None:
        yield Publication(review.envelope.event_id, PARTNERS, review.published_on, ())
    for _, one in dossier.facts(ReviewPublished):
        if one.review_id == review.review_id:
            yield Publication(one.envelope.event_id, one.audience, one.occurred_on, one.envelope.evidence)


def _lacking(dossier: Dossier, event: ReviewDone) -> Lacking:
    """What a review lacked when it was recorded, of the plan as it was known then; where nothing else, its minutes."""
    method = dossier.method_on(event.period.effective_to)
    body = dossier.once(bodies_by_id).get(event.body_id)
    minutes = Lacking(minutes_due_on=minutes_due_on(body, event.meeting_id, method))
    if not event.done.incomplete:
        return minutes
    then = dossier.as_of(Moment(recorded_by=event.recorded_at))
    stated = {one.sheet_id for one in event.action_statuses}
    known = {one.id for one in dossier.sheets}
    held = planned(then.convention, event.occurred_on, dossier.sheets) if then is not None else frozenset[UUID]()
    sheets = held & known - stated
    outside = body is not None and not is_committee(body, method)
    if not sheets and not outside:
        return minutes
    return Lacking(tuple(sorted(sheets)), body.kind if body is not None and outside else None)
