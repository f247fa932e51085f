"""What is due, by when, and what was missed?

The sheet is derived from the facts, from the pinned method profile and from today, each time it is asked (domain.md
4.4). A fact recorded late meets its deadline on the day it happened. What the domain withholds meets nothing: a forum
that does not count, an irregular review, a signature that does not count.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from domain.agenda import ESCALATION, MUTED, REMINDER, Occurrence, PendingStep
from domain.calendar import (
    StepKind,
    add_days,
    add_period,
    due_on,
    is_working_day,
    next_working_day,
)
from domain.convention.closed import Closing
from domain.method import DeadlineRule
from projections.engine import Dossier
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
from projections.what_is_due.falling_due import Subject, falling_due
from projections.what_is_due.naming import CONDITIONS, TRIGGERS
from projections.what_is_due.no_news import OF_CONVENTION, since_last_news
from projections.what_is_due.since_method import since_method
from projections.what_is_due.starting import NEWS, Start
from projections.what_is_due.starts import starts
from projections.what_is_due.term import TERM
from projections.what_is_due.waited_for import Thing, claimed, things

__all__ = [
    "ANSWERED",
    "CONDITIONS",
    "DUE_SOON",
    "MET",
    "MET_LATE",
    "MISSED",
    "MUTED",
    "PLANNED",
    "TRIGGERS",
    "WATCHED",
    "Deadline",
    "due_days",
    "is_silence",
    "late",
    "missed",
    "next_day",
    "next_deadline",
    "pending_steps",
    "review_is_late",
    "sheet",
    "silences",
    "steps_of",
    "still_expected",
]


def sheet(dossier: Dossier, today: date, holidays: Container[date]) -> tuple[Deadline, ...]:
    """The deadlines of a convention by due day; of a closed one, those that were met; none of one opened by mistake."""
    if dossier.convention.is_annulled:
        return ()
    subject = _subject(dossier)
    lines: list[Deadline] = []
    for rule in sorted(dossier.method.active_deadlines, key=lambda one: one.trigger == OF_CONVENTION):
        found = [since_last_news(dossier, rule, one.on(today), lines) for one in starts(dossier, rule)]
        asked = (one for one in found if one is not None and _is_asked(one, today))
        lines += [falling_due(rule, one, subject, today, holidays) for one in asked]
    as_of = dossier.convention.taken_over_on
    if as_of is not None:  # what fell due before the take-over was nobody's to remind of (R34)
        lines = [line for line in lines if line.due_on >= as_of]
    if Closing.of(dossier.convention).closed_on is not None:
        lines = [line for line in lines if not line.is_open]
    return tuple(sorted(lines, key=lambda line: (line.due_on, line.id)))


def _subject(dossier: Dossier) -> Subject:
    return Subject(
        dossier.convention_id,
        dossier.territory_id,
        None,
        dossier.agenda,
        dossier.convention.taken_over_on or date.min,
        since_method(dossier),
        lambda rule, started, by: _things(dossier, rule, started, by),
    )


def due_days(dossier: Dossier, today: date, holidays: Container[date]) -> dict[Occurrence, date]:
    """The day of each deadline of the sheet, silences left out, and nothing else of it: for who asks it of every state
    that a convention ever had."""
    rules = [one for one in dossier.method.active_deadlines if not is_silence(one.id)]
    started = [(rule, one) for rule in rules for one in starts(dossier, rule) if _is_asked(one, today)]
    lines: Iterable[tuple[Occurrence, date]]
    if _is_over(dossier) or any(one.key == NEWS for _, one in started):
        # What is met, or said elsewhere, decides whether a line is there: it takes the whole of it.
        lines = ((one.occurrence, one.due_on) for one in sheet(dossier, today, holidays) if not one.is_silence)
    else:
        as_of = dossier.convention.taken_over_on or date.min
        days = ((rule, one, due_on(rule, one.trigger_on, holidays)) for rule, one in started)
        lines = ((Occurrence(rule.id, one.subject_id, one.key), day) for rule, one, day in days if day >= as_of)
    found: dict[Occurrence, date] = {}
    for occurrence, day in lines:
        found[occurrence] = max(day, found.get(occurrence, day))
    return found


def _is_over(dossier: Dossier) -> bool:
    """Whether it is closed, or was opened by mistake."""
    return dossier.convention.is_annulled or Closing.of(dossier.convention).closed_on is not None


def _is_asked(started: Start, today: date) -> bool:
    """Whether it was done, or may still be done with effect."""
    return started.met_on is not None or started.asked_until is None or today <= started.asked_until


def still_expected(dossier: Dossier, deadlines: tuple[Deadline, ...], today: date) -> tuple[Deadline, ...]:
    """What of its sheet the sweep still speaks of.

    Of a convention that is over nothing is expected any more but what falls due later, its last review, and what is to
    follow it.
    """
    ends_on, method = dossier.convention.period.effective_to, dossier.method
    if today <= ends_on:
        return deadlines
    return tuple(one for one in deadlines if one.due_on > ends_on or method.deadline(one.id).trigger == TERM)


def silences(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """What has given no news for its period, the oldest first."""
    return tuple(one for one in deadlines if one.is_silence and one.state == WATCHED)


def next_deadline(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The open deadline that comes first from today on, None when nothing is expected; missed ones are in `late`, and
    silences move with each fact."""
    return next((one for one in deadlines if one.state in (PLANNED, DUE_SOON) and not one.is_silence), None)


def late(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """What is past its day and still expected, the oldest first."""
    return tuple(one for one in deadlines if one.state == MISSED)


def review_is_late(deadlines: Sequence[Deadline]) -> bool:
    """Whether the flag REVIEW_LATE holds."""
    return any(one.review_period is not None for one in late(deadlines))


def missed(deadlines: Sequence[Deadline]) -> tuple[tuple[Occurrence, date], ...]:
    """What the sweep records as missed, with its due day."""
    return tuple((one.occurrence, one.due_on) for one in late(deadlines) if not one.missed_before)


def pending_steps(deadlines: Sequence[Deadline], today: date, holidays: Container[date]) -> tuple[PendingStep, ...]:
    """The steps that time has reached of what is not met, for the sweep; it finds the people of `roles`.

    On a day off nothing is said of deadlines that move, not even what a sweep came too late to say before.
    """
    worked = is_working_day(today, holidays)
    return tuple(
        step
        for one in deadlines
        if one.is_open and (worked or not one.moves)
        for on, step in steps_of(one)
        if on <= today
    )


def steps_of(deadline: Deadline) -> tuple[tuple[date, PendingStep], ...]:
    """The messages of a deadline, each with its day."""
    return tuple(
        (
            step.on,
            PendingStep(
                occurrence=deadline.occurrence,
                due_on=deadline.due_on,
                offset_days=int(step.id.removeprefix(step.kind.value)),
                kind=ESCALATION if step.kind is StepKind.ESCALATION else REMINDER,
                recipients=(),
                roles=step.recipients,
            ),
        )
        for step in deadline.steps
    )


def next_day(deadlines: Sequence[Deadline], today: date, holidays: Container[date]) -> date | None:
    """The next day on which a step of a sheet is reached or a due day is past; after a day off, the next worked one,
    for what waits until then."""
    worked = next_working_day(today, holidays)
    days = (
        [worked]
        if worked != today and any(one.is_open and one.steps and one.steps[0].on <= today for one in deadlines)
        else []
    )
    days += [add_days(one.muted_until, 1) for one in deadlines if one.state == MUTED and one.muted_until is not None]
    days += [one.next_step.on for one in deadlines if one.is_open and one.next_step is not None]
    days += [add_days(one.due_on, 1) for one in deadlines if one.is_open and one.due_on >= today]
    days += [add_days(one.met_until, 1) for one in deadlines if one.met_until is not None]
    return min(days, default=None)


def _things(dossier: Dossier, rule: DeadlineRule, started: Start, by: date) -> tuple[Thing, ...]:
    """What it waits for; of a silence, of what nothing will have been heard for its period by a day."""
    if started.claim is not None:
        return claimed(started.claim, dossier.convention_id)
    silent = (
        one
        for on, some in groupby(started.heard, itemgetter(0))  # by day: many were heard of together
        if add_period(on, rule.offset, frozenset()) <= by
        for _, one in some
    )
    return things(dossier, started.things or silent)
