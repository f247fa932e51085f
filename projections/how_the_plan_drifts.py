"""How far has the plan drifted from what was adopted? Sheets added, given up and changed since, money and targets.

What was adopted never changes: the plan that was validated keeps the fingerprint of each of its sheets. One that has
another fingerprint now is compared word by word: what was said again in the same words has not changed, nor has a
partner that turned out to be another one. A drift is no fault: it is what a committee looks at before it adapts its
plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.action_sheets.following import Progress
from domain.action_sheets.funding import Funding
from domain.action_sheets.state import ABANDONED, ActionSheet
from domain.convention.adapting import PlanAdapted
from domain.convention.complete_reviews import of_before
from domain.convention.counting import Signing
from domain.convention.earlier import PLAN as VALIDATED
from domain.convention.earlier import EarlierFacts
from domain.convention.plan import ActionPlanValidated
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import PLAN
from domain.indicators.indicator import Indicator
from domain.kernel import Aggregate
from domain.values import Prose, Sha256
from projections import what_still_stands
from projections.engine import Dossier, Moment, stream_of

Opening: TypeAlias = Callable[[Sequence[Prose]], Callable[[Prose], str | None]]
"""Given sealed texts, gives what reads each of them; None for one that was erased."""


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
    """What was adopted: since when it is known to be, the fingerprint of each sheet, and what a stream said then."""

    validated_on: date | None
    sheets: Mapping[UUID, Sha256]
    said: Callable[[UUID], Aggregate | None]


def drift(dossier: Dossier, opening: Opening) -> PlanDrift:
    """What the plan says now against what was adopted. `opening`: reads some sealed texts, once, to compare them."""
    plan = _adopted(dossier)
    if plan is None:
        return NOTHING_ADOPTED
    then, now = plan.sheets, {one.id: one for one in dossier.sheets if is_going(one, dossier)}
    added = tuple(one for one in now if one not in then)
    abandoned = tuple(one for one in then if one not in now)
    were = {one: plan.said(one) for one in then}
    before = {one: sheet for one, sheet in were.items() if isinstance(sheet, ActionSheet)}
    sealed = [one for one, sheet in now.items() if one in then and sheet.content_sha256 != then[one]]
    changed = _changed({one: (before.get(one), now[one]) for one in sealed}, dossier, opening)
    needs, brings = 0, 0
    for one in (*added, *changed, *abandoned):
        needs += _needed(now.get(one)) - _needed(before.get(one))
        brings += _brought(now.get(one)) - _brought(before.get(one))
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
        return _Adopted(plan.occurred_on, sheets, lambda one: _before(dossier, plan, one))
    convention = dossier.convention
    if convention.taken_over_on is None:
        return None
    then = Moment(occurred_by=convention.taken_over_on)
    known = (_as_of(dossier, then, one.id) for one in of_before(convention, dossier.sheets))
    going = (one for one in known if isinstance(one, ActionSheet) and is_going(one, dossier))
    sheets = {one.id: one.content_sha256 for one in going}
    validated_on = EarlierFacts.of(convention).known_on.get(VALIDATED)
    return _Adopted(validated_on, sheets, lambda one: _as_of(dossier, then, one)) if sheets else None


def _changed(
    pairs: Mapping[UUID, tuple[ActionSheet | None, ActionSheet]], dossier: Dossier, opening: Opening
) -> tuple[UUID, ...]:
    """Those of some sheets that say something else than they did, whatever their seals."""
    kept = dossier.register.twins
    sheets = [each for pair in pairs.values() for each in pair if each is not None]
    read = opening([text for one in sheets for text in one.adopted_texts])

    def said(sheet: ActionSheet) -> str:
        return sheet.content_as(lambda text: read(text) or text.token or "", lambda one: kept.get(one, one))

    return tuple(one for one, (was, now) in pairs.items() if was is None or said(was) != said(now))


def is_going(sheet: ActionSheet, dossier: Dossier) -> bool:
    """Whether an action is of the plan as one carries it on: its priority is live, and nobody gave it up."""
    live = sheet.priority_id in PrioritiesChosen.of(dossier.convention).ranks
    return live and Progress.of(sheet).status != ABANDONED


def _before(dossier: Dossier, plan: ActionPlanValidated, stream_id: UUID) -> Aggregate | None:
    """A stream as the log holds it before the plan."""
    stream = dossier.streams.get(stream_id)
    recorded = dossier.streams[dossier.convention_id].recorded
    place = next((one.position for one in recorded if one.event.envelope.event_id == plan.envelope.event_id), None)
    if stream is None or place is None:  # a plan that was said again by a correction
        return _as_of(dossier, Moment(recorded_by=plan.recorded_at), stream_id)
    then = stream_of(one for one in stream.recorded if one.position < place)
    return then.state if then is not None else None


def _as_of(dossier: Dossier, moment: Moment, stream_id: UUID) -> Aggregate | None:
    stream = dossier.streams.get(stream_id)
    then = stream.as_of(moment) if stream is not None else None
    return then.state if then is not None else None


def _needed(sheet: ActionSheet | None) -> int:
    return sum(one.amount_cents for one in Funding.of(sheet).budget) if sheet is not None else 0


def _brought(sheet: ActionSheet | None) -> int:
    return sum(one.amount_cents for one in Funding.of(sheet).lines.values()) if sheet is not None else 0


def _targets(dossier: Dossier, plan: _Adopted) -> int:
    """The indicators of which other targets were adopted."""
    count = 0
    for one in dossier.states(Indicator):
        was = plan.said(one.id)
        count += isinstance(was, Indicator) and was.terms.targets != one.terms.targets
    return count
