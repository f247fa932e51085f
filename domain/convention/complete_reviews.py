"""When a review is complete (R21): a committee held it, and it says of every live action how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.state import ActionSheet
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


def planned(convention: TerritorialConvention, day: date) -> frozenset[UUID]:
    """The sheets of the plan in force on a day; none while there was no plan."""
    plan = TextsAdopted.of(convention).by_cover.get(PLAN)
    return plan.sheets if plan is not None and plan.adopted_on <= day else frozenset()


def live_actions(convention: TerritorialConvention, case: Case) -> tuple[ActionSheet, ...]:
    """The actions of the plan in force that day, in a stable order; one written down by mistake is none."""
    found = (case.streams.find(ActionSheet, one) for one in sorted(planned(convention, case.occurred_on)))
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
