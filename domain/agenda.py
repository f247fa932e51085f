"""The agenda of one convention: what was missed and what was sent about it. Nothing else about time is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.state import TerritorialConvention
from domain.kernel import Aggregate, Case, Command, CreatedEvent, Event, aggregate, command, event
from domain.values import Code, deterministic_id

REMINDER = Code("REMINDER")
ESCALATION = Code("ESCALATION")


def agenda_stream(convention_id: UUID) -> UUID:
    """The agenda of a convention."""
    return deterministic_id("agenda", convention_id)


@dataclass(frozen=True)
class Occurrence:
    """One falling due: which deadline of the method, about what, of which trigger.

    `subject_id`: the partner for a signature, the convention otherwise; `key`: tells occurrences apart (the event
    that started it, or the first day of a review's period). Moved, it keeps its key.
    """

    deadline: Code
    subject_id: UUID
    key: Code


@dataclass(frozen=True)
class PendingStep:
    """A step of the sheet that time has reached: a reminder before the day, an escalation after it."""

    occurrence: Occurrence
    due_on: date
    offset_days: int
    kind: Code
    recipients: tuple[UUID, ...]
    roles: tuple[Code, ...]


@aggregate("agenda", "agendas")
class Agenda(Aggregate):
    """What was already said, so that nothing is said twice."""

    def __init__(self) -> None:
        self.home_territory_id: UUID | None = None
        self.missed: set[tuple[Occurrence, date]] = set()
        self.reached: dict[tuple[Occurrence, date], int] = {}

    @property
    def territory_id(self) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id


@event("agenda.opened")
class AgendaOpened(CreatedEvent):
    """The agenda of a convention starts with the first thing to say."""

    convention_id: UUID
    home_territory_id: UUID

    def apply(self, agenda: Agenda) -> None:
        """Keep the territory."""
        agenda.home_territory_id = self.home_territory_id


@event("agenda.deadline-missed")
class DeadlineMissed(Event):
    """The due day passed and nothing had met the deadline; recorded once for each due day."""

    occurrence: Occurrence
    due_on: date

    def apply(self, agenda: Agenda) -> None:
        """Remember."""
        agenda.missed.add((self.occurrence, self.due_on))


class _Sent(Event):
    """What reminders and escalations have in common."""

    message_id: UUID
    occurrence: Occurrence
    due_on: date
    offset_days: int
    recipients: tuple[UUID, ...]
    roles: tuple[Code, ...]

    def apply(self, agenda: Agenda) -> None:
        """Everything up to this step is said."""
        key = (self.occurrence, self.due_on)
        agenda.reached[key] = max(self.offset_days, agenda.reached.get(key, self.offset_days))


@event("agenda.reminder-sent")
class ReminderSent(_Sent):
    """People were reminded of what they are expected to do, on or before the due day."""


@event("agenda.reminder-escalated")
class ReminderEscalated(_Sent):
    """The next level up was told that the due day has passed."""


@command(Agenda, starts=True, internal=True)
@dataclass(frozen=True, kw_only=True)
class SweepAgenda(Command):
    """Record what has become due, in one save. Sent by the sweep with what the sheet says today.

    Exactly once whatever the number of workers: what is already recorded is skipped, ids are deterministic, and of
    several pending steps of one occurrence only the most severe is sent. Returns without events when nothing is new.
    """

    convention_id: UUID
    missed: tuple[tuple[Occurrence, date], ...]
    pending: tuple[PendingStep, ...]

    def decide(self, state: Agenda | None, case: Case) -> Agenda | None:
        case.settle()
        missed = [one for one in dict.fromkeys(self.missed) if state is None or one not in state.missed]
        steps: dict[tuple[Occurrence, date], PendingStep] = {}
        for step in self.pending:
            key = (step.occurrence, step.due_on)
            said = state.reached.get(key) if state is not None else None
            best = steps.get(key)
            if (said is None or step.offset_days > said) and (best is None or step.offset_days > best.offset_days):
                steps[key] = step
        if not missed and not steps:
            return state
        if state is None:
            convention = case.streams.find(TerritorialConvention, self.convention_id)
            assert convention is not None, f"agenda of an unknown convention {self.convention_id}"
            state = Agenda.start(
                self.stream_id,
                AgendaOpened,
                case,
                convention_id=self.convention_id,
                home_territory_id=convention.home_territory_id,
            )
        for occurrence, due_on in missed:
            state.record(DeadlineMissed, case, occurrence=occurrence, due_on=due_on)
        for step in steps.values():
            state.record(
                ReminderSent if step.kind == REMINDER else ReminderEscalated,
                case,
                message_id=deterministic_id(
                    "reminder", self.stream_id, *vars(step.occurrence).values(), step.due_on, step.offset_days
                ),
                occurrence=step.occurrence,
                due_on=step.due_on,
                offset_days=step.offset_days,
                recipients=step.recipients,
                roles=step.roles,
            )
        return state
