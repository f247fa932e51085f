"""What did the committee see at a review: the measures, the money, and what had become of what it adjusted before?

Read out of the log as it was when the review was recorded: what is measured, revised, promised or paid afterwards, and
what is corrected since, changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.convention.reviews import ReviewDone
from domain.values import Prose
from projections.engine import Dossier, as_recorded
from projections.what_became_of_adjustments import Adjustment, awaiting
from projections.what_money_there_is import money
from projections.which_money_is_written import Sums
from projections.which_targets_are_reached import IndicatorTold, indicators


@dataclass(frozen=True)
class MeasureSeen:
    """The last value of an indicator about a day by then, None where nobody had measured it, beside what was wanted of
    the year."""

    indicator_id: UUID
    title: Prose
    about: date | None
    value: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class Figures:
    """Each indicator that was followed, and the money of the plan, by how sure it was; `need_cents`: what it needs."""

    measures: tuple[MeasureSeen, ...]
    money: Sums
    need_cents: int


@dataclass(frozen=True)
class SeenAtReview:
    """The figures that a review saw; `adjustments`: those decided at the review before or since, and the older that
    waited still, as they stood then."""

    review_id: UUID
    event_id: UUID
    held_on: date
    figures: Figures
    adjustments: tuple[Adjustment, ...]


def seen_at_reviews(dossier: Dossier) -> tuple[SeenAtReview, ...]:
    """What each review saw, the oldest first."""
    found = []
    for entry, event in dossier.facts(ReviewDone):
        then, day = as_recorded(dossier, entry.position), event.occurred_on
        done = (one for _, one in then.facts(ReviewDone) if one.occurred_on < day)
        earlier = awaiting(then, day, max(done, key=lambda one: one.occurred_on, default=None))
        own = event.body_id, event.meeting_id
        earlier = tuple(
            one for one in earlier if one.decided_on < day and (one.reference.body_id, one.reference.meeting_id) != own
        )
        seen = figures(then, day)
        found.append(SeenAtReview(event.review_id, event.envelope.event_id, day, seen, earlier))
    return tuple(sorted(found, key=lambda one: one.held_on))


def figures(dossier: Dossier, day: date) -> Figures:
    """What a committee that meets on a day sees of what is recorded."""
    known = money(dossier, day)
    running = (one for one in indicators(dossier, day) if one.retired_on is None or one.retired_on > day)
    return Figures(tuple(_measure(one, day) for one in running), known.total, known.need_cents)


def _measure(one: IndicatorTold, day: date) -> MeasureSeen:
    last = max((each for each in one.values if each.about <= day), key=lambda each: each.about, default=None)
    wanted = {each.year: each.value for each in one.terms.targets}
    return MeasureSeen(
        one.indicator_id,
        one.terms.title,
        last.about if last is not None else None,
        last.value if last is not None else None,
        wanted.get((last.about if last is not None else day).year),
    )
