"""One occurrence of a deadline falling due, about whatever has deadlines: a convention, or a whole framework."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agenda import MUTED, Agenda, Occurrence
from domain.calendar import StepKind, days_late, due_on, steps
from domain.method import DeadlineRule
from projections.what_is_due.deadline import (
    ANSWERED,
    DUE_SOON,
    MET,
    MET_LATE,
    MISSED,
    PLANNED,
    WATCHED,
    Deadline,
    is_silence,
)
from projections.what_is_due.signatures import SIGNATURE
from projections.what_is_due.silenced import silenced_by
from projections.what_is_due.since_method import SinceMethod
from projections.what_is_due.starting import Start
from projections.what_is_due.starts import SIGNATORY
from projections.what_is_due.waited_for import Thing


@dataclass(frozen=True)
class Subject:
    """What has deadlines: a convention of a territory, or a framework. `first_on`: the first day of which anybody is
    reminded; `since`: what the last change of method left to say; `things`: what a deadline waits for by a day."""

    convention_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None
    agenda: Agenda | None
    first_on: date
    since: SinceMethod
    things: Callable[[DeadlineRule, Start, date], tuple[Thing, ...]]


def falling_due(
    rule: DeadlineRule, started: Start, subject: Subject, today: date, holidays: Container[date]
) -> Deadline:
    """The line of the sheet, as it stands today."""
    day = due_on(rule, started.trigger_on, holidays)
    occurrence = Occurrence(rule.id, started.subject_id, started.key)
    planned = steps(rule, started.trigger_on, holidays)
    dated = tuple(step for step in planned if step.on >= subject.first_on and subject.since.still(step, occurrence))
    is_soon = any(step.on <= today for step in dated)
    if started.silent_from is not None and started.silent_from <= today:
        dated = ()
    if started.asked_until is not None and started.met_on is None:
        dated = tuple(step for step in dated if step.on <= started.asked_until)
    if not started.obliged:
        dated = tuple(step for step in dated if step.kind is not StepKind.ESCALATION)
    silenced = silenced_by(subject.agenda, occurrence, today)
    if silenced.over_on is not None:  # what was muted is not said afterwards
        dated = tuple(step for step in dated if step.on > silenced.over_on)
    met_on, met_by, elsewhere = started.met_on, started.met_by, silenced.met_elsewhere
    is_elsewhere = elsewhere is not None and (met_on is None or elsewhere.on < met_on)
    if elsewhere is not None and is_elsewhere:
        met_on, met_by = elsewhere.on, elsewhere.event_id
    if met_on is not None:
        state = MET if met_on <= day or not started.obliged else MET_LATE
    elif started.answered_on is not None:
        state = ANSWERED
    elif silenced.muted is not None:
        state = MUTED
    elif today > day:
        state = MISSED if started.obliged and not is_silence(rule.id) else WATCHED
    else:
        state = DUE_SOON if is_soon else PLANNED
    is_open = met_on is None and state not in (ANSWERED, MUTED)
    return Deadline(
        convention_id=subject.convention_id,
        territory_id=subject.territory_id,
        id=rule.id,
        occurrence=occurrence,
        trigger_on=started.trigger_on,
        due_on=day,
        met_on=met_on,
        met_by=met_by,
        state=state,
        days_late=days_late(day, met_on or started.answered_on or today) if started.obliged and state != MUTED else 0,
        steps=dated,
        moves=rule.moves,
        next_step=next((step for step in dated if step.on > today), None) if is_open else None,
        partner_id=started.subject_id if rule.subject == SIGNATORY else None,
        review_period=started.review_period,
        missed_before=subject.since.missed_before(occurrence, day),
        met_elsewhere=is_elsewhere,
        muted_until=silenced.muted.until if silenced.muted is not None else None,
        role=started.role,
        is_signature=SIGNATURE in rule.met_by,
        owner_id=started.owner_id,
        things=subject.things(rule, started, max(day, today)),
        framework_id=subject.framework_id,
        met_until=started.met_until if met_on is not None and not is_elsewhere else None,
        about_on=started.about_on,
    )
