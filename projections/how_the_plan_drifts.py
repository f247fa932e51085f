"""How far has the plan drifted from what was adopted? Sheets added, given up and changed since, money and targets.

What was adopted never changes: the plan that was validated keeps the fingerprint of each of its sheets, and each is
compared with what it says now. A drift is no fault: it is what a committee looks at before it adapts its plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ABANDONED, ActionSheet
from domain.convention.adapting import PlanAdapted
from domain.convention.counting import Signing
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import PLAN
from domain.indicators.indicator import Indicator
from projections import what_still_stands
from projections.engine import Dossier, Moment


@dataclass(frozen=True)
class PlanDrift:
    """`validated_on`: when the plan that stands was, None while none does; `signed_on`: since when it is signed.

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


def drift(dossier: Dossier) -> PlanDrift:
    """What the plan says now against what was adopted."""
    adopted = [one for one in what_still_stands.plans(dossier).facts if PLAN in one.text_covers]
    if not adopted:
        return NOTHING_ADOPTED
    plan = adopted[-1]
    then = {one.sheet_id: one.content_sha256 for one in plan.sheets}
    now = {one.id: one for one in dossier.sheets if is_going(one, dossier)}
    added = tuple(one for one in now if one not in then)
    abandoned = tuple(one for one in then if one not in now)
    changed = tuple(one for one, sheet in now.items() if one in then and sheet.content_sha256 != then[one])
    needs, brings = 0, 0
    for one in (*added, *changed, *abandoned):
        before, after = _as_adopted(dossier, plan, one) if one in then else None, now.get(one)
        needs += _needed(after) - _needed(before)
        brings += _brought(after) - _brought(before)
    return PlanDrift(
        validated_on=plan.occurred_on,
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


def is_going(sheet: ActionSheet, dossier: Dossier) -> bool:
    """Whether an action is of the plan as one carries it on: its priority is live, and nobody gave it up."""
    live = sheet.priority_id in PrioritiesChosen.of(dossier.convention).ranks
    return live and Progress.of(sheet).status != ABANDONED


def _as_adopted(dossier: Dossier, plan: ActionPlanValidated, sheet_id: UUID) -> ActionSheet | None:
    """A sheet as it was known when the plan was recorded."""
    stream = dossier.streams.get(sheet_id)
    then = stream.as_of(Moment(recorded_by=plan.recorded_at)) if stream is not None else None
    state = then.state if then is not None else None
    return state if isinstance(state, ActionSheet) else None


def _needed(sheet: ActionSheet | None) -> int:
    return sum(one.amount_cents for one in Funding.of(sheet).budget) if sheet is not None else 0


def _brought(sheet: ActionSheet | None) -> int:
    return sum(one.amount_cents for one in Funding.of(sheet).lines.values()) if sheet is not None else 0


def _targets(dossier: Dossier, plan: ActionPlanValidated) -> int:
    """The indicators of which other targets were adopted."""
    count = 0
    for one in dossier.states(Indicator):
        then = dossier.streams[one.id].as_of(Moment(recorded_by=plan.recorded_at))
        was = then.state if then is not None else None
        count += isinstance(was, Indicator) and was.terms.targets != one.terms.targets
    return count
