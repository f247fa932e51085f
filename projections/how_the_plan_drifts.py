"""How far has the plan drifted from what was adopted? Sheets added, given up and changed since, money and targets.

What was adopted never changes: the plan that was validated keeps the fingerprint of each of its sheets, and each is
compared with what it says now. A drift is no fault: it is what a committee looks at before it adapts its plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ABANDONED, ActionSheet
from domain.convention.adapting import PlanAdapted
from domain.convention.complete_reviews import of_before
from domain.convention.counting import Signing
from domain.convention.earlier import PLAN as VALIDATED
from domain.convention.earlier import EarlierFacts
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import PLAN
from domain.indicators.indicator import Indicator
from domain.values import Sha256
from projections import what_still_stands
from projections.engine import Dossier, Moment


@dataclass(frozen=True)
class PlanDrift:
    """`validated_on`: when the plan that stands was, None while none does, or nobody knows the day (R34); `signed_on`:
    since when it is signed.

    `added`: sheets written for it since; `abandoned`: given up, or of a priority that was withdrawn; `changed`: those
    that say something else than what was adopted. `sheets`: how many in all. `budget_cents` and `funding_cents`: how
    much more is needed and brought than then, less where negative; `targets`: indicators whose targets changed.
    `adapted_on`: when it was adapted since, which nobody signed: the drift is told from what was.
    """

    validated_on: date | None
    signed_on: date | None
    added: tuple[UUID, ...]
    abandoned: tuple[UUID, ...]
    changed: tuple[UUID, ...]
    sheets: int
    budget_cents: int
    funding_cents: int
    targets: int
    adapted_on: tuple[date, ...] = ()


NOTHING_ADOPTED = PlanDrift(None, None, (), (), (), 0, 0, 0, 0)


@dataclass(frozen=True)
class _Adopted:
    """What was adopted: since when it is known to be, the fingerprint of each sheet, and what was known then."""

    validated_on: date | None
    sheets: Mapping[UUID, Sha256]
    then: Moment


def drift(dossier: Dossier) -> PlanDrift:
    """What the plan says now against what was adopted."""
    plan = _adopted(dossier)
    if plan is None:
        return NOTHING_ADOPTED
    then, now = plan.sheets, {one.id: one for one in dossier.sheets if is_going(one, dossier)}
    added = tuple(one for one in now if one not in then)
    abandoned = tuple(one for one in then if one not in now)
    changed = tuple(one for one, sheet in now.items() if one in then and sheet.content_sha256 != then[one])
    needs, brings = 0, 0
    for one in (*added, *changed, *abandoned):
        before, after = _as_adopted(dossier, plan, one) if one in then else None, now.get(one)
        needs += _needed(after) - _needed(before)
        brings += _brought(after) - _brought(before)
    return PlanDrift(
        validated_on=plan.validated_on,
        signed_on=Signing.of(dossier.convention).signed_on.get(PLAN),
        added=added,
        abandoned=abandoned,
        changed=changed,
        sheets=len(added) + len(abandoned) + len(changed),
        budget_cents=needs,
        funding_cents=brings,
        targets=_targets(dossier, plan),
        adapted_on=tuple(one.occurred_on for one in dossier.effective(PlanAdapted)),
    )


def _adopted(dossier: Dossier) -> _Adopted | None:
    """The plan that stands; of a convention taken over without one (R34), its sheets as they are told up to then."""
    adopted = [one for one in what_still_stands.plans(dossier).facts if PLAN in one.text_covers]
    if adopted:
        plan = adopted[-1]
        sheets = {one.sheet_id: one.content_sha256 for one in plan.sheets}
        return _Adopted(plan.occurred_on, sheets, Moment(recorded_by=plan.recorded_at))
    convention = dossier.convention
    if convention.taken_over_on is None:
        return None
    then = Moment(occurred_by=convention.taken_over_on)
    known = (_as_of(dossier, then, one.id) for one in of_before(convention, dossier.sheets))
    sheets = {one.id: one.content_sha256 for one in known if one is not None and is_going(one, dossier)}
    validated_on = EarlierFacts.of(convention).known_on.get(VALIDATED)
    return _Adopted(validated_on, sheets, then) if sheets else None


def is_going(sheet: ActionSheet, dossier: Dossier) -> bool:
    """Whether an action is of the plan as one carries it on: its priority is live, and nobody gave it up."""
    live = sheet.priority_id in PrioritiesChosen.of(dossier.convention).ranks
    return live and Progress.of(sheet).status != ABANDONED


def _as_adopted(dossier: Dossier, plan: _Adopted, sheet_id: UUID) -> ActionSheet | None:
    """A sheet as it was known when the plan was recorded."""
    return _as_of(dossier, plan.then, sheet_id)


def _as_of(dossier: Dossier, moment: Moment, sheet_id: UUID) -> ActionSheet | None:
    stream = dossier.streams.get(sheet_id)
    then = stream.as_of(moment) if stream is not None else None
    state = then.state if then is not None else None
    return state if isinstance(state, ActionSheet) else None


def _needed(sheet: ActionSheet | None) -> int:
    return sum(one.amount_cents for one in Funding.of(sheet).budget) if sheet is not None else 0


def _brought(sheet: ActionSheet | None) -> int:
    return sum(one.amount_cents for one in Funding.of(sheet).lines.values()) if sheet is not None else 0


def _targets(dossier: Dossier, plan: _Adopted) -> int:
    """The indicators of which other targets were adopted."""
    count = 0
    for one in dossier.states(Indicator):
        then = dossier.streams[one.id].as_of(plan.then)
        was = then.state if then is not None else None
        count += isinstance(was, Indicator) and was.terms.targets != one.terms.targets
    return count
