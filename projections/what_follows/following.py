"""A command that follows by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import Command, Event
from domain.values import Code, deterministic_id


@dataclass(frozen=True)
class Following:
    """A command to send from a day on, and the event that it follows from.

    `generation`: how often what it records was recorded because of this cause and fell again, so that what fell may
    come again and what stands comes once.
    """

    reaction: Code
    command: Command
    cause: Event
    on: date
    generation: int = 0

    @property
    def identity(self) -> UUID:
        """What tells this consequence from every other one, whoever sends it and however often."""
        return deterministic_id("reaction", self.reaction, self.cause.envelope.event_id, str(self.generation))
