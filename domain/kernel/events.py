"""Events and their envelope: the facts of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import ClassVar, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from eventsourcing.domain import CanInitAggregate, CanMutateAggregate, DomainEvent
from eventsourcing.utils import register_topic

from domain.kernel.rules import DatedBeforeOpening
from domain.values import Code, Evidence, Prose

TOPIC_PREFIX = "ctg."

PARIS: Final = ZoneInfo("Europe/Paris")
"""Where business days begin."""


class Origin(Enum):
    """How a fact reached the log."""

    PERSON = "person"
    TOOL = "tool"
    IMPORT = "import"
    REACTION = "reaction"
    LINK = "link"
    DEMO = "demo"


@dataclass(frozen=True)
class Irregularity:
    """A rule that a recorded fact breaks: the fact stays, its effect is withheld until regularised."""

    rule: Code
    code: Code


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who, in what role, for which partner, why, caused by what, on which documents (domain.md 4.1)."""

    event_id: UUID
    occurred_on: date
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    evidence: tuple[Evidence, ...]
    reason: Prose | None
    causation_id: UUID | None
    correlation_id: UUID
    irregularities: tuple[Irregularity, ...]
    origin: Origin


def is_withheld(irregularities: Iterable[Irregularity]) -> bool:
    """Whether a fact with these marks was recorded as having no effect: see `Event.withheld`."""
    return any(mark.code == DatedBeforeOpening.CODE for mark in irregularities)


class Event(CanMutateAggregate[UUID], DomainEvent):
    """A fact, past tense, immutable. `timestamp` is when it was recorded (UTC), `occurred_on` when it happened."""

    TOPIC: ClassVar[str]
    CORRECTS: ClassVar[bool] = False
    """Whether it changes what earlier events of its stream mean: no state folded before it is used again."""
    DERIVED: ClassVar[bool] = False
    """Whether it follows from other facts by itself: it falls when they do, and comes again when they do."""
    envelope: Envelope

    @property
    def occurred_on(self) -> date:
        """The business date, Europe/Paris."""
        return self.envelope.occurred_on

    @property
    def recorded_at(self) -> datetime:
        """The instant of recording, UTC."""
        return self.timestamp

    @property
    def recorded_on(self) -> date:
        """The civil day of recording, Europe/Paris: what is recorded just after midnight is of the day that began."""
        return self.timestamp.astimezone(PARIS).date()

    @property
    def withheld(self) -> bool:
        """Whether it was recorded as having no effect: dated before the work on its convention began (R03).

        It has none until that day is corrected. The other irregularities are weighed again by what they withhold (a
        forum, a signature, a review).
        """
        marks = self.envelope.irregularities
        return bool(marks) and is_withheld(marks)


class CreatedEvent(CanInitAggregate[UUID], Event):
    """The first fact of a stream."""

    originator_topic: Code


EVENTS: dict[str, type[Event]] = {}
"""Every event class by its topic."""

EventT = TypeVar("EventT", bound=type[Event])


def event(topic: str) -> Callable[[EventT], EventT]:
    """Give an event class its stable topic `ctg.<aggregate>.<event-in-kebab>`, stored for ever."""

    def register(cls: EventT) -> EventT:
        cls.TOPIC = TOPIC_PREFIX + topic
        register_topic(cls.TOPIC, cls)
        EVENTS[cls.TOPIC] = cls
        return cls

    return register
