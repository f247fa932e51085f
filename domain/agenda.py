"""The agenda of a convention, or of a framework: what was missed and what was sent about it. Nothing else about time is
stored."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_days
from domain.convention.state import TerritorialConvention
from domain.kernel import Aggregate, Case, CreatedEvent, Event, Places, aggregate, event
from domain.values import Code, deterministic_id

REMINDER = Code("REMINDER")
ESCALATION = Code("ESCALATION")

MUTED: Final = Code("MUTED")
"""Silenced by a decision of the committee."""
MET_ELSEWHERE: Final = Code("MET_ELSEWHERE")
"""Silenced by what was done outside, on proof."""

ABOUT_CONVENTION = Code("CONVENTION")
ABOUT_FRAMEWORK = Code("FRAMEWORK")


def agenda_stream(subject_id: UUID) -> UUID:
    """The agenda of a convention, or of a framework."""
    return deterministic_id("agenda", subject_id)


@dataclass(frozen=True)
class Occurrence:
    """One falling due: which deadline of the method, about what, of which trigger.

    `subject_id`: the partner for a signature, the convention otherwise; `key`: tells occurrences apart (the event
    that started it, or the first day of a review's period). Moved, it keeps its key.
    """

    deadline: Code
    subject_id: UUID
    key: Code

    @property
    def word(self) -> str:
        """This occurrence in one word, whatever its day."""
        return f"{self.deadline}:{self.subject_id.hex}:{self.key}"

    def due(self, day: date) -> str:
        """This occurrence falling due on a day, in one word, for the agenda to remember it by."""
        return f"{self.word}:{day.isoformat()}"


@dataclass(frozen=True)
class Silence:
    """One time that a deadline was silenced: `MUTED` from a day until another, both included, or for good;
    `MET_ELSEWHERE` on that day."""

    event_id: UUID
    kind: Code
    on: date
    until: date | None

    def mutes(self, day: date) -> bool:
        """Whether nothing is said of it that day."""
        return self.kind == MUTED and self.on <= day and (self.until is None or day <= self.until)


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

    subject_id: UUID | None
    home_territory_id: UUID | None
    home_framework_id: UUID | None
    missed: set[str]
    reached: dict[str, int]
    silences: dict[str, tuple[Silence, ...]]

    def __init__(self) -> None:
        self.subject_id = None
        self.home_territory_id = None
        self.home_framework_id = None
        self.missed = set()
        self.reached = {}
        self.silences = {}

    def known_silences(self) -> frozenset[UUID]:
        """The events by which anything was silenced."""
        return frozenset(one.event_id for said in self.silences.values() for one in said)

    def is_silenced_since(self, occurrence: Occurrence, known: Container[UUID]) -> bool:
        """Whether a deadline was silenced after all that is known."""
        return any(one.event_id not in known for one in self.silences.get(occurrence.word, ()))

    @property
    def territory_id(self) -> UUID | None:
        """The territory of what it is about, None for a framework."""
        return self.home_territory_id

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework that it is about, None for a convention."""
        return self.home_framework_id

    def places(self) -> Places:
        """The convention it is about, and its territory; else the framework."""
        if self.home_framework_id is not None:
            return Places(framework_id=self.home_framework_id)
        return Places(self.subject_id, self.home_territory_id)


@event("agenda.agenda-opened")
class AgendaOpened(CreatedEvent):
    """An agenda starts with the first thing to say about its subject (`CONVENTION` or `FRAMEWORK`, of that stream)."""

    subject_kind: Code
    subject_id: UUID
    home_territory_id: UUID | None

    def apply(self, agenda: Agenda) -> None:
        """Keep what it is about and where it belongs."""
        agenda.subject_id = self.subject_id
        agenda.home_territory_id = self.home_territory_id
        agenda.home_framework_id = self.subject_id if self.subject_kind == ABOUT_FRAMEWORK else None


def opened(convention: TerritorialConvention, case: Case) -> Agenda:
    """The agenda of a convention, with the first thing to say about it."""
    agenda: Agenda = Agenda.start(
        agenda_stream(convention.id),
        AgendaOpened,
        case,
        subject_kind=ABOUT_CONVENTION,
        subject_id=convention.id,
        home_territory_id=convention.home_territory_id,
    )
    return agenda


@event("agenda.deadline-missed")
class DeadlineMissed(Event):
    """The due day passed and nothing had met the deadline; recorded once for each due day."""

    occurrence: Occurrence
    due_on: date

    def apply(self, agenda: Agenda) -> None:
        """Remember."""
        agenda.missed.add(self.occurrence.due(self.due_on))


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
        key = self.occurrence.due(self.due_on)
        agenda.reached[key] = max(self.offset_days, agenda.reached.get(key, self.offset_days))


@event("agenda.reminder-sent")
class ReminderSent(_Sent):
    """People were reminded of what they are expected to do, on or before the due day."""


@event("agenda.reminder-escalated")
class ReminderEscalated(_Sent):
    """The next level up was told that the due day has passed."""


@dataclass
class Spoken:
    """What would have been said by a day that has not come: an agenda in memory, which nobody records."""

    missed: set[str] = field(default_factory=set)
    reached: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, agenda: Agenda | None) -> Spoken:
        """What an agenda has said, to go on from."""
        return cls(set(agenda.missed), dict(agenda.reached)) if agenda is not None else cls()

    def say(self, missed: Iterable[tuple[Occurrence, date]], steps: Iterable[PendingStep]) -> None:
        """Remember, as the events that say so do."""
        self.missed.update(occurrence.due(day) for occurrence, day in missed)
        for step in steps:
            key = step.occurrence.due(step.due_on)
            self.reached[key] = max(step.offset_days, self.reached.get(key, step.offset_days))


def unsaid(
    agenda: Agenda | Spoken | None, missed: Iterable[tuple[Occurrence, date]], pending: Iterable[PendingStep]
) -> tuple[tuple[tuple[Occurrence, date], ...], tuple[PendingStep, ...]]:
    """What the agenda has not said yet: the missed due days, and for each occurrence its most severe pending step only.

    A reminder and an escalation of one and the same day are both that step: they speak to different people.
    """
    said_missed = agenda.missed if agenda is not None else frozenset[str]()
    reached = agenda.reached if agenda is not None else {}
    steps: dict[str, list[PendingStep]] = {}
    for step in dict.fromkeys(pending):
        key = step.occurrence.due(step.due_on)
        if key in reached and step.offset_days <= reached[key]:
            continue
        best = steps.get(key)
        if best is None or step.offset_days > best[0].offset_days:
            steps[key] = [step]
        elif step.offset_days == best[0].offset_days:
            best.append(step)
    new = tuple((one, day) for one, day in dict.fromkeys(missed) if one.due(day) not in said_missed)
    return new, tuple(step for severest in steps.values() for step in severest)


def missed_on(due_on: date, since: date | None) -> date:
    """The day on which a due day is missed, however late the sweep that sees it: the day after, and never before the
    method that says so (`since`, None where there was no other)."""
    passed_on = add_days(due_on, 1)
    return passed_on if since is None else max(passed_on, since)
