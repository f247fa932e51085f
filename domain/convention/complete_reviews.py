"""When a review is complete (R21): a committee held it, it says of every live action how it stands, and the minutes of
its meeting are approved within the time of the method.

While that time runs it counts; afterwards only once they are, however late. One that is recorded later than that
without them is irregular, and said again once they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.calendar import add_days
from domain.convention.deciding import is_of_before
from domain.convention.priorities import PrioritiesChosen
from domain.convention.reviewed import COMPLETE, Lapsed, Review
from domain.convention.state import PLAN, TerritorialConvention
from domain.convention.texts import TextsAdopted
from domain.kernel import BrokenRule, Case, Level
from domain.method import MethodProfile
from domain.steering import SteeringBody
from domain.steering.minutes import ApproveMinutes, approved_on
from domain.values import Code, LocalId


@dataclass(frozen=True)
class ReviewIncomplete(BrokenRule):
    """R21: a review says of each live action of the plan how it stands."""

    RULE = COMPLETE
    LEVEL = Level.IRREGULAR
    FIELD = "action_statuses"
    sheets: tuple[UUID, ...]


@dataclass(frozen=True)
class ReviewOutsideCommittee(BrokenRule):
    """R21: a review is held by the steering committee, or a body that it mandated."""

    RULE = COMPLETE
    CODE = ReviewIncomplete.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "body_id"
    body_kind: Code


@dataclass(frozen=True)
class ReviewWithoutMinutes(BrokenRule):
    """R21: the minutes of its meeting were to be approved by a day that is past, and are not."""

    RULE = COMPLETE
    CODE = ReviewIncomplete.CODE
    LEVEL = Level.IRREGULAR
    FIELD = "meeting_id"
    MENDED_BY = ApproveMinutes.NAME
    held_on: date
    due_on: date


@dataclass(frozen=True)
class MinutesAwaited(BrokenRule):
    """R21: the minutes of its meeting are to be approved by a day that is still to come."""

    RULE = COMPLETE
    LEVEL = Level.NOTICE
    FIELD = "meeting_id"
    held_on: date
    due_on: date


def planned(convention: TerritorialConvention, day: date, sheets: Iterable[ActionSheet]) -> frozenset[UUID]:
    """The sheets of the plan in force on a day; none while there was no plan. `sheets`: all that the convention has."""
    plan = TextsAdopted.of(convention).plan
    if plan is None or (PLAN not in TextsAdopted.of(convention).by_cover and day < plan.adopted_on):
        return frozenset(one.id for one in of_before(convention, sheets))
    return plan.sheets if plan.adopted_on <= day else frozenset()


def of_before(convention: TerritorialConvention, sheets: Iterable[ActionSheet]) -> Iterator[ActionSheet]:
    """R34: the plan of a convention taken over, as long as no act says another one: the actions that are written down
    as of then or before, whatever day they were typed; none of a convention that began here."""
    withdrawn = PrioritiesChosen.of(convention).withdrawn
    return (one for one in sheets if is_of_before(convention, one.drafted_on) and one.priority_id not in withdrawn)


def live_actions(convention: TerritorialConvention, case: Case) -> tuple[ActionSheet, ...]:
    """The actions of the plan in force that day, in a stable order; one written down by mistake is none."""
    known = TextsAdopted.of(convention).plan is not None or convention.taken_over_on is None
    every = () if known else case.streams.beside(ActionSheet, convention.id)
    held = planned(convention, case.occurred_on, every)
    found = (case.streams.find(ActionSheet, one) for one in sorted(held))
    sheets = tuple(one for one in found if one is not None)
    for one in sheets:
        case.streams.rely_on(one)
    return sheets


def minutes_due_on(body: SteeringBody | None, meeting_id: LocalId | None, profile: MethodProfile) -> date | None:
    """The last day by which the minutes of a meeting are to be approved, None where the method waits for none."""
    if body is None or meeting_id not in body.meetings or profile.review.minutes_days is None:
        return None
    return add_days(body.meetings[meeting_id].held_on, profile.review.minutes_days)


def minutes_awaited_by(body: SteeringBody | None, meeting_id: LocalId | None, profile: MethodProfile) -> date | None:
    """The same while they are not approved; None once they are."""
    is_approved = body is not None and meeting_id is not None and approved_on(body, meeting_id) is not None
    return None if is_approved else minutes_due_on(body, meeting_id, profile)


def lapsed_on(find: Callable[[UUID], SteeringBody | None], profile: MethodProfile, day: date) -> Lapsed:
    """Of which reviews the minutes are not approved although the time for it is over on a day."""

    def is_lapsed(review: Review) -> bool:
        body = find(review.body_id) if review.body_id is not None else None
        due_on = minutes_awaited_by(body, review.meeting_id, profile)
        return due_on is not None and due_on < day

    return is_lapsed


def lapsed_today(case: Case, profile: MethodProfile) -> Lapsed:
    """The same for whoever decides today."""
    return lapsed_on(lambda body_id: case.streams.find(SteeringBody, body_id), profile, case.context.today)


def check_complete(
    case: Case,
    body: SteeringBody | None,
    meeting_id: LocalId,
    live: Iterable[ActionSheet],
    stated: Iterable[UUID],
    profile: MethodProfile,
) -> bool:
    """R21: whether a review has all that a complete one has; what it lacks is added to the case."""
    known = set(stated)
    lacking = tuple(one.id for one in live if one.id not in known)
    case.breaks_if(lacking, ReviewIncomplete(lacking))
    outside = body is not None and not is_committee(body, profile)
    if body is not None and outside:
        case.broken(ReviewOutsideCommittee(body.kind))
    due_on = minutes_awaited_by(body, meeting_id, profile)
    late = due_on is not None and due_on < case.context.today
    if body is not None and due_on is not None:
        held_on = body.meetings[meeting_id].held_on
        case.broken(ReviewWithoutMinutes(held_on, due_on) if late else MinutesAwaited(held_on, due_on))
    return not lacking and not outside and not late


def is_committee(body: SteeringBody, profile: MethodProfile) -> bool:
    """Whether a review that it holds is held by the committee."""
    return body.kind in profile.deciding_bodies or body.mandated_by is not None
