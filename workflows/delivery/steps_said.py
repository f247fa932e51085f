"""What letters about a deadline have in common, be it of a convention or of a whole framework: the step that was said,
when it falls, and the messages before it."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from sqlalchemy import Engine

from domain.agenda import ESCALATION, REMINDER, PendingStep, ReminderEscalated, ReminderSent
from domain.values import Code
from projections import what_is_due
from projections.engine.entries import Stream
from projections.what_is_due import Deadline
from workflows.delivery.outbox import left_about
from workflows.instants import PARIS
from workflows.texts import Texts

StepSaid: TypeAlias = ReminderSent | ReminderEscalated
"""An agenda's event that asks for a letter."""


def kind_of(event: StepSaid) -> Code:
    """Whether it reminds, or tells those above."""
    return ESCALATION if isinstance(event, ReminderEscalated) else REMINDER


def step_of(line: Deadline, event: StepSaid) -> PendingStep | None:
    """The step of a deadline that an event said, None when the method does not know it any more."""
    said = (kind_of(event), event.offset_days)
    steps = (step for _, step in what_is_due.steps_of(line))
    return next((one for one in steps if (one.kind, one.offset_days) == said), None)


def due_words(line: Deadline, today: date) -> str:
    """The key of the sentence that says when a deadline falls, or fell."""
    if line.is_silence:
        return "mail.due.silent"
    if line.state == what_is_due.WATCHED:
        return "mail.due.wished"
    if today > line.due_on:
        return "mail.due.late"
    return "mail.due.today" if today == line.due_on else "mail.due.ahead"


def subject_words(line: Deadline, event: StepSaid) -> str:
    """The key of the subject of the letter."""
    late = "-late" if line.state == what_is_due.MISSED else ""
    return f"mail.{kind_of(event).lower()}.subject{late}"


def with_earlier(why: str, event: StepSaid, agenda: Stream, engine: Engine, texts: Texts) -> str:
    """Why somebody is written to, then how many earlier messages about the same thing left, and when the last did."""
    own = event.occurrence, event.due_on
    earlier = [
        one.envelope.event_id
        for one in (entry.event for entry in agenda.recorded)
        if isinstance(one, ReminderSent | ReminderEscalated)
        and (one.occurrence, one.due_on) == own
        and one.offset_days < event.offset_days
    ]
    left = left_about(engine, earlier)
    if not left:
        return why
    return f"{why} {texts.t_plural('mail.earlier', len(left), on=left[-1].astimezone(PARIS).date())}"
