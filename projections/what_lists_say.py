"""What do lists say of a convention? All that they sort, filter, count and show by, and until when it stays so."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.agenda import unsaid
from domain.calendar import add_days, add_months, ending_from, middle_of
from domain.convention.methods_followed import MethodKey
from domain.convention.waived import WaiversGranted
from domain.values import Code
from projections import what_follows, what_is_due, which_corrections_wait
from projections.engine import Dossier
from projections.how_a_convention_does import Due, Known, brief, known, situation, waiting
from projections.saying import Said, Status
from projections.what_another_method_changes import is_live
from projections.what_comes_next import Awaited, awaited, to_decide
from projections.what_is_due import Deadline
from projections.where_conventions_stand import Standing
from projections.who_does_what_next import ToDo, to_do


@dataclass(frozen=True)
class FirstDeadline:
    """The deadline to look at first: the oldest missed one, else the next to come."""

    id: Code
    due_on: date
    state: Code
    days_late: int


@dataclass(frozen=True)
class Summary:
    """One convention as lists say it, made on a `day` and right until `right_until`, as long as nothing is recorded.

    `first_due` and `first_deadline`: the oldest missed deadline, else the next one. `following`: the first thing
    awaited; `step`: the first that an act brings. `to_decide`: the first that waits for the committee, of so many
    `decisions`. `to_do`: what has a day. `next_due_on`: the first day on which the sweep has something to say.
    `follows`: the method that it follows; None once it is closed.
    """

    standing: Standing
    day: date
    right_until: date
    status: Status
    reason: Said | None
    beside_deadlines: Said | None
    is_late: bool
    review_is_late: bool
    first_due: Due | None
    first_deadline: FirstDeadline | None
    following: Awaited | None
    step: Awaited | None
    to_decide: Awaited | None
    decisions: int
    to_do: tuple[ToDo, ...]
    crossed: int
    themes: int
    signed: int
    required: int
    any_signature: bool
    plan_signed: bool
    next_due_on: date | None
    follows: MethodKey | None


def summary(dossier: Dossier, today: date, holidays: Container[date]) -> Summary:
    """What lists say of a convention today."""
    facts = known(dossier, today, holidays)
    told = situation(facts)
    steps = awaited(facts)
    decisions = to_decide(facts)
    first = next(iter(facts.late), None) or facts.following
    return Summary(
        standing=facts.standing,
        day=today,
        right_until=_right_until(dossier, facts),
        status=told.status,
        reason=brief(facts, told.reason) if told.reason is not None else None,
        beside_deadlines=told.beside_deadlines,
        is_late=bool(told.late),
        review_is_late=what_is_due.review_is_late(facts.sheet),
        first_due=_due(facts, next(iter(told.late), None) or told.following),
        first_deadline=FirstDeadline(first.id, first.due_on, first.state, first.days_late) if first else None,
        following=_kept(facts, next(iter(steps), None)),
        step=_kept(facts, next((one for one in steps if one.act is not None), None)),
        to_decide=_kept(facts, next(iter(decisions), None)),
        decisions=len(decisions),
        to_do=to_do(steps),
        crossed=told.crossed,
        themes=told.themes,
        signed=told.signed,
        required=told.required,
        any_signature=told.any_signature,
        plan_signed=told.plan_signed,
        next_due_on=_next_due_on(dossier, (*facts.sheet, *facts.silences), today, holidays),
        follows=dossier.convention.profile_key if is_live(dossier) else None,
    )


def _due(facts: Known, one: Due | None) -> Due | None:
    return replace(one, what=brief(facts, one.what), things=()) if one is not None else None


def _kept(facts: Known, one: Awaited | None) -> Awaited | None:
    """What lists keep of a thing awaited: no title, which is read on its own pages."""
    return replace(one, what=brief(facts, one.what), things=()) if one is not None else None


def _next_due_on(
    dossier: Dossier, deadlines: tuple[Deadline, ...], today: date, holidays: Container[date]
) -> date | None:
    """The first day, today or later, on which the sweep has something to say; None when it never will."""
    sheet = what_is_due.still_expected(dossier, deadlines, today)
    missed, pending = unsaid(
        dossier.agenda, what_is_due.missed(sheet), what_is_due.pending_steps(sheet, today, holidays)
    )
    if missed or pending or what_follows.due(dossier, today):
        return today
    days = (what_is_due.next_day(sheet, today, holidays), what_follows.next_day(dossier, today))
    return min((day for day in days if day is not None), default=None)


def _right_until(dossier: Dossier, facts: Known) -> date:
    """The eve of the first day on which something of it is otherwise by itself; how late one is grows each day."""
    today = facts.today
    if facts.late:
        return today
    return add_days(min((day for day in _turns(dossier, facts) if day > today), default=date.max), -1)


def _turns(dossier: Dossier, facts: Known) -> Iterator[date]:
    """The days on which an answer may change although nothing is recorded."""
    for deadline in (*facts.sheet, *facts.silences):
        yield from _turns_of(deadline)
        if (ending := deadline.review_period) is not None:
            yield ending_from(facts.method.review, ending.first, ending.last)
    period = dossier.convention.period
    yield period.effective_from
    yield add_days(period.effective_to, 1)
    # A day after the middle and after the last months begin, other reviews are asked for.
    yield middle_of(period.effective_from, period.effective_to)
    yield add_months(period.effective_to, -facts.method.thresholds.final_review_before_end_months)
    if (waits := waiting(facts)) is not None:
        yield waits.watched_from
    for waiver in WaiversGranted.of(dossier.convention).waivers:
        yield waiver.granted_on
        yield add_days(waiver.expires_on, 1)
    for proposal in which_corrections_wait.waiting(dossier, facts.today):
        yield add_days(proposal.lapses_on, 1)
    for given in dossier.register.given_on(dossier.territory_id):
        yield given.assignment.starts_on
        if given.assignment.ends_on is not None:
            yield add_days(given.assignment.ends_on, 1)


def _turns_of(deadline: Deadline) -> Iterator[date]:
    yield add_days(deadline.due_on, 1)
    if deadline.muted_until is not None:
        yield add_days(deadline.muted_until, 1)
    for step in deadline.steps:
        yield step.on
    if deadline.review_period is not None:
        yield add_days(deadline.review_period.last, 1)
