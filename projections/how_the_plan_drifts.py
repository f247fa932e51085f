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


@dataclass(frozen=True)
class _Compared:
    """The sheets as they are going `now` and as they stood `before`; `other`: those whose fingerprint is another one,
    of which those `in_doubt` differ at most by the words of their texts. `targets`: as `PlanDrift` counts them."""

    plan: _Adopted
    now: Mapping[UUID, ActionSheet]
    before: Mapping[UUID, ActionSheet]
    other: tuple[UUID, ...]
    in_doubt: Mapping[UUID, tuple[ActionSheet, ActionSheet]]
    targets: int


def drift(dossier: Dossier, opening: Opening) -> PlanDrift:
    """What the plan says now against what was adopted. `opening`: reads some sealed texts, once, to compare them."""
    found = dossier.once(_compared)
    if found is None:
        return NOTHING_ADOPTED
    plan, then, now, before = found.plan, found.plan.sheets, found.now, found.before
    added = tuple(one for one in now if one not in then)
    abandoned = tuple(one for one in then if one not in now)
    said_again = _in_other_words(found.in_doubt, opening)
    changed = tuple(one for one in found.other if one not in found.in_doubt or one in said_again)
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
        targets=found.targets,
        adapted_on=tuple(one.occurred_on for one in dossier.effective(PlanAdapted)),
    )


def _compared(dossier: Dossier) -> _Compared | None:
    """What was adopted beside what is said now, as far as one sees without opening a text; None where nothing was."""
    plan = _adopted(dossier)
    if plan is None:
        return None
    now = {one.id: one for one in dossier.sheets if is_going(one, dossier)}
    were = {one: plan.said(one) for one in plan.sheets}
    before = {one: sheet for one, sheet in were.items() if isinstance(sheet, ActionSheet)}
    kept = dossier.register.twins

    def beside_texts(sheet: ActionSheet) -> str:
        return sheet.content_as(lambda _: "", lambda one: kept.get(one, one))

    other = [one for one, sheet in now.items() if one in plan.sheets and sheet.content_sha256 != plan.sheets[one]]
    in_doubt = {
        one: (was, now[one])
        for one in other
        if (was := before.get(one)) is not None and beside_texts(was) == beside_texts(now[one])
    }
    return _Compared(plan, now, before, tuple(other), in_doubt, _targets(dossier, plan))


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


def _in_other_words(pairs: Mapping[UUID, tuple[ActionSheet, ActionSheet]], opening: Opening) -> frozenset[UUID]:
    """Those of some sheets, the same beside their texts, that say something else in these than they did."""
    texts = {one: (was.adopted_texts, now.adopted_texts) for one, (was, now) in pairs.items()}
    read = opening([text for pair in texts.values() for each in pair for text in each])

    def said(each: Sequence[Prose]) -> list[str]:
        return [read(text) or text.token or "" for text in each]

    return frozenset(one for one, (was, now) in texts.items() if said(was) != said(now))


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
