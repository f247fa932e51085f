"""When a review is complete (R21): a committee held it, and it says of every live action how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.deciding import is_of_before
from domain.convention.priorities import PrioritiesChosen
from domain.convention.reviewed import COMPLETE
from domain.convention.state import PLAN, TerritorialConvention
from domain.convention.texts import TextsAdopted
from domain.kernel import BrokenRule, Case, Level
from domain.method import MethodProfile
from domain.steering import SteeringBody
from domain.values import Code


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
class MinutesAwaited(BrokenRule):
    """R21: the minutes of its meeting are to be approved; told where no paper is joined, as long as no act says that
    they are."""

    RULE = COMPLETE
    LEVEL = Level.NOTICE
    FIELD = "meeting_id"
    held_on: date


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


def check_complete(
    case: Case,
    body: SteeringBody | None,
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
    return not lacking and not outside


def is_committee(body: SteeringBody, profile: MethodProfile) -> bool:
    """Whether a review that it holds is held by the committee."""
    return body.kind in profile.deciding_bodies or body.mandated_by is not None
