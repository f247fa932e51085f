"""What would the review say, were it held on a day, and what would it lack to be complete (R21)?

What a committee is shown is what was said by then: of an action of which nobody said anything, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.state import OVER, ActionSheet
from domain.calendar import ReviewPeriod, middle_of
from domain.convention.complete_reviews import planned
from domain.convention.reviewed import ANNUAL, FINAL, MID_TERM, Review, counts_from
from domain.convention.reviews import ReviewDone
from domain.steering import DecisionReference
from domain.values import Code, LocalId, Prose, ValidityPeriod, deterministic_id
from projections import how_actions_went, what_reviews_saw, which_periods_are_reviewed
from projections.engine import Dossier, Moment
from projections.what_became_of_adjustments import Adjustment, awaiting
from projections.what_the_committee_decided import meetings
from projections.what_the_committee_saw import Figures, figures

KINDS: Final = (ANNUAL, MID_TERM, FINAL)


@dataclass(frozen=True)
class ActionAsSaid:
    """An action of the plan, and what was said of it last: `status` None where nobody said anything in the period."""

    sheet_id: UUID
    title: Prose
    priority_id: LocalId
    owner_id: UUID | None
    status: Code | None
    progress_percent: int | None
    said_on: date | None


@dataclass(frozen=True)
class ReviewToCome:
    """A review as it would be on a day. `counts_from`: from which day one of its period counts (R20); `done_on`: when
    one that counts was done already. `lacking`: the actions that nobody said anything of (R21). `decisions`: those that
    the committee took in its period; `figures`: the measures and the money that it would see. `adjustments`: what it
    begins from, those of the last review that counts or since, and the older that wait, with what became of each."""

    kind: Code
    period: ValidityPeriod
    on: date
    counts_from: date
    done_on: date | None
    actions: tuple[ActionAsSaid, ...]
    lacking: tuple[UUID, ...]
    decisions: tuple[DecisionReference, ...]
    figures: Figures
    adjustments: tuple[Adjustment, ...] = ()


def to_come(dossier: Dossier, day: date, kind: Code = ANNUAL) -> ReviewToCome | None:
    """The review of a kind that is awaited first, as it would be on a day; None where there is none of that kind, or
    the convention was not opened by then."""
    then = dossier.as_of(Moment(occurred_by=day))
    period = awaited(then, kind, day) if then is not None else None
    if then is None or period is None:
        return None
    method = then.method_on(period.effective_to)
    review = Review(deterministic_id("to-come", then.convention_id, kind), kind, period, day)
    # Sheets that were typed after the plan was validated are of it too.
    held = planned(then.convention, day, dossier.sheets)
    actions = tuple(_action(dossier, one, period, day) for one in dossier.sheets if one.id in held)
    return ReviewToCome(
        kind,
        period,
        day,
        counts_from(review, then.convention.period, method),
        _done_on(then, kind, period, day),
        actions,
        tuple(one.sheet_id for one in actions if one.status is None),
        tuple(
            decision.reference
            for meeting in reversed(meetings(then, (then,)))
            if period.effective_from <= meeting.held_on <= period.effective_to
            for decision in meeting.decisions
        ),
        figures(then, day),
        awaiting(then, day, _last(then, day)),
    )


def _last(dossier: Dossier, day: date) -> ReviewDone | None:
    """The last review that counts."""
    counting = {one.event_id for one in dossier.once(what_reviews_saw.reviews, day) if one.cause is None}
    done = (one for _, one in dossier.facts(ReviewDone) if one.envelope.event_id in counting)
    return max(done, key=lambda one: one.occurred_on, default=None)


def awaited(dossier: Dossier, kind: Code, day: date) -> ValidityPeriod | None:
    """The period of the review of a kind that is awaited first; None where the method asks for none of that kind."""
    runs = dossier.convention.period
    if kind not in dossier.method.review.kinds:
        return None
    if kind == FINAL:
        return runs
    if kind == MID_TERM:
        return ValidityPeriod(runs.effective_from, middle_of(runs.effective_from, runs.effective_to))
    periods = which_periods_are_reviewed.periods(dossier)
    first = next((one for one in periods if _done_on(dossier, ANNUAL, _of(one), day) is None), None)
    return _of(first) if first is not None else None


def _of(period: ReviewPeriod) -> ValidityPeriod:
    return ValidityPeriod(period.first, period.last)


def _done_on(dossier: Dossier, kind: Code, period: ValidityPeriod, day: date) -> date | None:
    """When the review that counts was done; of a year, also one known from before a take-over."""
    done = (one for one in dossier.once(what_reviews_saw.reviews, day) if one.kind == kind and one.cause is None)
    if kind != ANNUAL:
        return next((one.held_on for one in done), None)
    known = what_reviews_saw.known_from_before(dossier)
    held = {one.period.effective_from: one.held_on for one in done}
    return (known | held).get(period.effective_from)


def _action(dossier: Dossier, sheet: ActionSheet, period: ValidityPeriod, day: date) -> ActionAsSaid:
    """What was said of an action in the period, or since; what is over for good was said whenever it was."""
    said = how_actions_went.last_said(dossier, sheet.id, day)
    if said is not None and said.on < period.effective_from and said.status not in OVER:
        said = None
    return ActionAsSaid(
        sheet.id,
        sheet.title,
        sheet.priority_id,
        sheet.owner_id,
        said.status if said is not None else None,
        said.progress_percent if said is not None else None,
        said.on if said is not None else None,
    )
