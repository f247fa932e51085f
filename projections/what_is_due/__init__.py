"""What is due, by when, and what was missed?

The projection keeps what can start or meet a deadline; the sheet is derived from it, from the pinned method profile and
from today, each time it is asked (domain.md 4.4). A fact recorded late meets its deadline on the day it happened. What
the domain withholds meets nothing: a forum that does not count, an irregular review, a signature that does not count.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from domain.agenda import ESCALATION, REMINDER, Occurrence, PendingStep
from domain.calendar import DatedStep, ReviewPeriod, StepKind, days_late, due_on, is_working_day, steps
from domain.method import DeadlineRule, MethodProfile
from domain.values import Code
from projections.what_is_due.rows import conventions, due, facts, profiles
from projections.what_is_due.starts import SIGNATORY, ConventionFacts, Fact, Start

__all__ = [
    "DUE_SOON",
    "MET",
    "MET_LATE",
    "MISSED",
    "PLANNED",
    "Deadline",
    "conventions",
    "due",
    "late",
    "missed",
    "next_deadline",
    "pending_steps",
    "review_is_late",
    "sheet",
    "sheets",
]

PLANNED = Code("PLANNED")
DUE_SOON = Code("DUE_SOON")
"""Its first reminder is past and its day is not."""
MISSED = Code("MISSED")
MET = Code("MET")
MET_LATE = Code("MET_LATE")


@dataclass(frozen=True)
class Deadline:
    """One line of the sheet: which deadline of the method, about what, due when, in what state today.

    `days_late`: calendar days from the due day to the day it was met, or to today; 0 when in time. `partner_id`: whose
    signature (D11); `review_period`: which review (D16). `next_step`: the next message, while it is not met. `moves`:
    whether its messages wait for a working day.
    """

    convention_id: UUID
    territory_id: UUID
    id: Code
    occurrence: Occurrence
    trigger_on: date
    due_on: date
    met_on: date | None
    met_by: UUID | None
    state: Code
    days_late: int
    steps: tuple[DatedStep, ...]
    next_step: DatedStep | None
    moves: bool = True
    partner_id: UUID | None = None
    review_period: ReviewPeriod | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still expected."""
        return self.met_on is None


def sheet(connection: Connection, convention_id: UUID, today: date, holidays: Container[date]) -> tuple[Deadline, ...]:
    """The deadlines of a convention by due day; empty when there is no such convention."""
    return sheets(connection, [convention_id], today, holidays).get(convention_id, ())


def sheets(
    connection: Connection, convention_ids: Iterable[UUID] | None, today: date, holidays: Container[date]
) -> dict[UUID, tuple[Deadline, ...]]:
    """The sheets of several conventions (None: of all)."""
    asked = select(conventions)
    kept = select(facts).order_by(facts.c.position)
    if convention_ids is not None:
        wanted = list(convention_ids)
        asked = asked.where(conventions.c.convention_id.in_(wanted))
        kept = kept.where(facts.c.convention_id.in_(wanted))
    methods: dict[tuple[str, int], MethodProfile] = {
        (row.name, row.version): row.profile for row in connection.execute(select(profiles))
    }
    histories: dict[UUID, list[Fact]] = {}
    for row in connection.execute(kept):
        one = Fact(row.topic, row.event_id, row.occurred_on, row.position, row.detail)
        histories.setdefault(row.convention_id, []).append(one)
    found = {}
    for row in connection.execute(asked):
        profile = methods[row.profile_name, row.profile_version]
        convention = ConventionFacts(row, histories.get(row.convention_id, []), profile)
        lines = [
            _deadline(rule, started, row.convention_id, row.territory_id, today, holidays)
            for rule in profile.active_deadlines
            for started in convention.starts(rule)
        ]
        found[row.convention_id] = tuple(sorted(lines, key=lambda line: (line.due_on, line.id)))
    return found


def next_deadline(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The open deadline that comes first from today on, None when nothing is expected; missed ones are in `late`."""
    return next((one for one in deadlines if one.state in (PLANNED, DUE_SOON)), None)


def late(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """What is past its day and still expected, the oldest first."""
    return tuple(one for one in deadlines if one.state == MISSED)


def review_is_late(deadlines: Sequence[Deadline]) -> bool:
    """Whether the flag REVIEW_LATE holds."""
    return any(one.review_period is not None for one in late(deadlines))


def missed(deadlines: Sequence[Deadline]) -> tuple[tuple[Occurrence, date], ...]:
    """What the sweep records as missed, with its due day."""
    return tuple((one.occurrence, one.due_on) for one in late(deadlines))


def pending_steps(deadlines: Sequence[Deadline], today: date, holidays: Container[date]) -> tuple[PendingStep, ...]:
    """The steps that time has reached of what is not met, for the sweep; it finds the people of `roles`.

    On a day off nothing is said of deadlines that move, not even what a sweep came too late to say before.
    """
    worked = is_working_day(today, holidays)
    return tuple(
        PendingStep(
            occurrence=one.occurrence,
            due_on=one.due_on,
            offset_days=int(step.id.removeprefix(step.kind.value)),
            kind=ESCALATION if step.kind is StepKind.ESCALATION else REMINDER,
            recipients=(),
            roles=step.recipients,
        )
        for one in deadlines
        if one.is_open and (worked or not one.moves)
        for step in one.steps
        if step.on <= today
    )


def _deadline(
    rule: DeadlineRule,
    started: Start,
    convention_id: UUID,
    territory_id: UUID,
    today: date,
    holidays: Container[date],
) -> Deadline:
    day = due_on(rule, started.trigger_on, holidays)
    dated = steps(rule, day, holidays)
    met_on = started.met_on
    if met_on is not None:
        state = MET if met_on <= day else MET_LATE
    elif today > day:
        state = MISSED
    else:
        state = DUE_SOON if any(step.on <= today for step in dated) else PLANNED
    return Deadline(
        convention_id=convention_id,
        territory_id=territory_id,
        id=rule.id,
        occurrence=Occurrence(rule.id, started.subject_id, started.key),
        trigger_on=started.trigger_on,
        due_on=day,
        met_on=met_on,
        met_by=started.met_by,
        state=state,
        days_late=days_late(day, met_on or today),
        steps=dated,
        moves=rule.moves,
        next_step=next((step for step in dated if step.on > today), None) if met_on is None else None,
        partner_id=started.subject_id if rule.subject == SIGNATORY else None,
        review_period=started.review_period,
    )
