"""What became of what a committee adjusted at its reviews: which adjustments were carried out, by what, which wait?

Nobody declares that one was carried out: its kind says which fact of its actions shows that it was, or the plan that
was adapted by citing it does. How an action is to be adapted is said in words, which no fact shows: what changed of it
since is told, and the committee judges. A status that a review only repeats is no news of the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from domain.action_sheets.describing import ActionSheetDescribed
from domain.action_sheets.following import ActionAbandoned, ActionCompleted, ActionPostponed, ActionStatusReported
from domain.action_sheets.funding import BudgetEstimated
from domain.action_sheets.scheduling import ActionOwnerAssigned, ActionScheduled
from domain.action_sheets.state import ABANDONED, DONE, RUNNING, ActionSheet
from domain.adjusting import (
    ACTION_ADAPTED,
    ACTION_CONTINUED,
    ACTION_STARTED,
    ACTION_STOPPED,
    TARGETS_REVISED,
    AdjustmentDecided,
)
from domain.convention.adapting import PlanAdapted
from domain.convention.reviews import ReviewDone
from domain.indicators.defining import IndicatorDefined, IndicatorRedefined
from domain.indicators.indicator import Indicator
from domain.kernel import Event
from domain.steering import (
    PLAN_ADAPTED,
    DecisionReference,
    SteeringBody,
    SteeringDecisionRecorded,
    SteeringMeetingHeld,
)
from domain.values import Code, Prose
from projections.engine import Dossier

KEPT: Final = Code("KEPT")
WAITING: Final = Code("WAITING")
LATE: Final = Code("LATE")
TOUCHED: Final = Code("TOUCHED")
"""What it asks is only in its words, and something of each of its actions was changed since."""

_SHOWN_BY: Final[Mapping[Code, tuple[Code, ...]]] = {
    ACTION_CONTINUED: (RUNNING, DONE),
    ACTION_STOPPED: (ABANDONED, DONE),
    ACTION_STARTED: (RUNNING, DONE),
}
"""How an action that is told to stand so shows that the adjustment was carried out."""
_TELLS: Final = (ActionStatusReported, ActionAbandoned, ActionCompleted)
_ADAPTS: Final = (ActionSheetDescribed, ActionScheduled, ActionPostponed, ActionOwnerAssigned, BudgetEstimated)
"""What tells how an action stands, and what adapts it."""


@dataclass(frozen=True)
class CarriedOut:
    """What was done of an adjustment: which kind of fact, when, on which action, None where it is the whole plan."""

    event_id: UUID
    topic: Code
    on: date
    sheet_id: UUID | None


@dataclass(frozen=True)
class Adjustment:
    """One adjustment, and what became of it by a day. `kept_on`: when all that it is about was done, None while it
    waits; `since`: what else was recorded last of those of its actions for which nothing shows it yet; `state`: KEPT,
    TOUCHED, WAITING, or LATE once its due day is past."""

    event_id: UUID
    reference: DecisionReference
    kind: Code
    text: Prose
    decided_on: date
    sheets: tuple[UUID, ...]
    owner_id: UUID | None
    due_on: date | None
    carried_out: tuple[CarriedOut, ...]
    kept_on: date | None
    state: Code
    since: tuple[CarriedOut, ...] = ()


class _Decided(NamedTuple):
    """An adjustment as it was decided, the day of its meeting, and where in the log that stands."""

    event: AdjustmentDecided | SteeringDecisionRecorded
    held_on: date
    since: int

    @property
    def reference(self) -> DecisionReference:
        """What an act that rests on it cites."""
        return DecisionReference(self.event.originator_id, self.event.meeting_id, self.event.decision_id)

    @property
    def told(self) -> tuple[tuple[UUID, ...], UUID | None, date | None]:
        """Its actions, who sees to it, and by when; of one that a meeting only told in words, nothing."""
        if isinstance(self.event, AdjustmentDecided):
            return self.event.sheets, self.event.owner_id, self.event.due_on
        return (), None, None


class _Fact(NamedTuple):
    """Something recorded that may carry an adjustment out; `status`: how it says that the action stands."""

    position: int
    event: Event
    sheet_id: UUID
    status: Code | None = None


def adjustments(dossier: Dossier, day: date) -> tuple[Adjustment, ...]:
    """The adjustments decided by a day for a convention, the oldest first, with what was done of each by then."""
    return dossier.once(_adjustments, day)


def awaiting(dossier: Dossier, day: date, last: ReviewDone | None) -> tuple[Adjustment, ...]:
    """What the next review begins from: what was adjusted at the last one or since, and what is older and waits."""
    return tuple(
        one
        for one in adjustments(dossier, day)
        if last is None or one.state in (WAITING, LATE) or _was_at(one, last) or one.decided_on >= last.occurred_on
    )


def by_review(dossier: Dossier, day: date) -> Mapping[UUID, tuple[Adjustment, ...]]:
    """The adjustments that each review led to, by its event: decided at its meeting, or since and before the next."""
    done = [event for _, event in dossier.facts(ReviewDone)]
    found: dict[UUID, tuple[Adjustment, ...]] = {}
    for one in adjustments(dossier, day):
        at = [each for each in done if _was_at(one, each)]
        before = [each for each in done if each.occurred_on <= one.decided_on]
        if at or before:
            event_id = max(reversed(at or before), key=lambda each: each.occurred_on).envelope.event_id
            found[event_id] = (*found.get(event_id, ()), one)
    return found


def _was_at(one: Adjustment, review: ReviewDone) -> bool:
    """Whether the meeting that a review cites decided it."""
    return (one.reference.body_id, one.reference.meeting_id) == (review.body_id, review.meeting_id)


def _adjustments(dossier: Dossier, day: date) -> tuple[Adjustment, ...]:
    decided = [one for one in _decided(dossier) if one.held_on <= day]
    if not decided:
        return ()
    facts = [one for one in _facts(dossier) if one.event.occurred_on <= day]
    plans = [one for one in dossier.effective(PlanAdapted) if one.occurred_on <= day]
    found = [_told(one, facts, plans, day) for one in decided]
    return tuple(sorted(found, key=lambda one: one.decided_on))


def _decided(dossier: Dossier) -> Iterator[_Decided]:
    """Each adjustment of this convention: of one of its actions, or of its plan while it ran."""
    held = {
        (event.originator_id, event.meeting_id): (event.occurred_on, entry.position)
        for entry, event in dossier.of(SteeringBody, SteeringMeetingHeld)
    }
    own, steering = {one.id for one in dossier.sheets}, {one.id for one in dossier.bodies}
    runs = dossier.convention.opened_on, dossier.convention.period.effective_to
    said: list[AdjustmentDecided | SteeringDecisionRecorded] = [
        *(event for _, event in dossier.of(SteeringBody, AdjustmentDecided)),
        *(event for _, event in dossier.of(SteeringBody, SteeringDecisionRecorded) if event.kind == PLAN_ADAPTED),
    ]
    for event in said:
        met = held.get((event.originator_id, event.meeting_id))
        if met is None or event.originator_id not in steering:
            continue
        one = _Decided(event, *met)
        sheets = one.told[0]
        if own.intersection(sheets) or (not sheets and runs[0] <= one.held_on <= runs[1]):
            yield one


def _facts(dossier: Dossier) -> tuple[_Fact, ...]:
    """What was recorded of actions: how they stand, what changed of them, the targets of their indicators."""
    found = [
        _Fact(entry.position, event, event.originator_id, _status(event))
        for entry, event in dossier.of(ActionSheet, *_TELLS, *_ADAPTS)
    ]
    found += [
        _Fact(entry.position, done, one.sheet_id, one.status)
        for entry, done in dossier.facts(ReviewDone)
        for one in done.action_statuses
    ]
    targets = {event.originator_id: event.targets for _, event in dossier.of(Indicator, IndicatorDefined)}
    for entry, redefined in dossier.of(Indicator, IndicatorRedefined):
        if redefined.targets != targets.get(redefined.originator_id):
            found += [_Fact(entry.position, redefined, sheet_id) for sheet_id in redefined.sheet_ids]
        targets[redefined.originator_id] = redefined.targets
    return tuple(sorted(found, key=lambda one: (one.event.occurred_on, one.position)))


def _status(event: Event) -> Code | None:
    if isinstance(event, ActionStatusReported):
        return event.status
    return {ActionAbandoned: ABANDONED, ActionCompleted: DONE}.get(type(event))


def _carried_out(one: _Decided, facts: Sequence[_Fact]) -> tuple[CarriedOut, ...]:
    """The first fact that carries it out, of each of its actions that has one."""
    found = (
        (sheet_id, next((each for each in facts if _shows(each, one, sheet_id)), None)) for sheet_id in one.told[0]
    )
    return tuple(_done(fact.event, sheet_id) for sheet_id, fact in found if fact is not None)


def _since(one: _Decided, facts: Sequence[_Fact], done: Sequence[CarriedOut]) -> tuple[CarriedOut, ...]:
    """What was recorded last of each of its other actions: of one to be adapted, what adapts it. That a review
    looked at it is no news."""
    shown = {each.sheet_id for each in done}
    found = []
    for sheet_id in (each for each in one.told[0] if each not in shown):
        after = [each for each in facts if _follows(each, one, sheet_id) and not isinstance(each.event, ReviewDone)]
        if one.event.kind == ACTION_ADAPTED:
            after = [each for each in after if isinstance(each.event, _ADAPTS)]
        found += [_done(each.event, sheet_id) for each in after[-1:]]
    return tuple(found)


def _done(event: Event, sheet_id: UUID | None = None) -> CarriedOut:
    return CarriedOut(event.envelope.event_id, Code(event.TOPIC), event.occurred_on, sheet_id)


def _shows(fact: _Fact, one: _Decided, sheet_id: UUID) -> bool:
    """Whether a fact shows that what was decided of an action was done."""
    if not _follows(fact, one, sheet_id):
        return False
    if one.event.kind == TARGETS_REVISED:
        return isinstance(fact.event, IndicatorRedefined)
    return fact.status is not None and fact.status in _SHOWN_BY.get(one.event.kind, ())


def _follows(fact: _Fact, one: _Decided, sheet_id: UUID) -> bool:
    """Whether a fact of an action came after the meeting, or on its day once that was recorded."""
    day = fact.event.occurred_on
    if fact.sheet_id != sheet_id or day < one.held_on:
        return False
    return day > one.held_on or (fact.position >= one.since and not isinstance(fact.event, ReviewDone))


def _told(one: _Decided, facts: Sequence[_Fact], plans: Sequence[PlanAdapted], day: date) -> Adjustment:
    sheets, owner_id, due_on = one.told
    done = _carried_out(one, facts)
    cited = tuple(_done(plan) for plan in plans if plan.decided_in == one.reference)
    kept_on = min((each.on for each in cited), default=None)
    if kept_on is None and sheets and len(done) == len(sheets):
        kept_on = max(each.on for each in done)
    since = _since(one, facts, done) if kept_on is None else ()
    waiting = LATE if due_on is not None and due_on < day else WAITING
    if one.event.kind == ACTION_ADAPTED and sheets and len(since) == len(sheets):
        waiting = TOUCHED
    return Adjustment(
        one.event.envelope.event_id,
        one.reference,
        one.event.kind,
        one.event.text,
        one.held_on,
        sheets,
        owner_id,
        due_on,
        (*cited, *done),
        kept_on,
        KEPT if kept_on is not None else waiting,
        since,
    )
