"""What is found when the question that made a letter is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol
from uuid import UUID

from domain.kernel import Event
from workflows.application import Steering
from workflows.delivery.letters import Item, Letter
from workflows.people import Person
from workflows.texts import Texts


@dataclass(frozen=True)
class NotMeant:
    """What it tells of does not stand any more, and why."""

    reason: str


@dataclass(frozen=True)
class Meant:
    """It stands: who is told of it today, and what it says. `to_somebody`: where nobody is, it waits for somebody;
    `thing`: what it is about, where a digest may have told of it the same day (`things.py`)."""

    people: tuple[UUID, ...]
    says: Callable[[Person, Texts], Item]
    to_somebody: bool = True
    thing: str | None = None


class Family(Protocol):
    """The letters of one kind of events: which ones an event asks for, and what became of that since."""

    KINDS: ClassVar[frozenset[str]]

    @staticmethod
    def letters_of(steering: Steering, event: Event) -> Iterator[Letter]:
        """The letters that an event asks for, none for one that is not of this family."""

    def ask_again(self, letter: Letter, today: date) -> Meant | NotMeant:
        """Whether what a letter tells of stands today. Raises LookupError for an event that is not there."""
