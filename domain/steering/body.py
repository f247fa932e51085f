"""One steering body: what it steers, its meetings, and the kind of each decision taken there."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.kernel import Composed, Places, aggregate
from domain.values import Code, LocalId, Prose, PublicName

BODY_KINDS = tuple(Code(kind) for kind in ("COPIL", "COTECH", "FOLLOW_UP", "WORKING_GROUP"))


class HeldMeeting(NamedTuple):
    """A meeting of a body: its day, and the kind of each decision taken there."""

    held_on: date
    decisions: dict[LocalId, Code]


@aggregate("steering-body", "steering-bodies")
class SteeringBody(Composed):
    """A committee or group of a territory, or of a whole framework when it has no territory."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    kind: Code
    name: PublicName
    mandated_by: UUID | None
    meetings: dict[LocalId, HeldMeeting]

    def __init__(self) -> None:
        super().__init__()
        self.home_territory_id = None
        self.home_framework_id = None
        self.kind = Code("")
        self.mandated_by = None
        self.meetings = {}

    @property
    def territory_id(self) -> UUID | None:
        """The territory it steers."""
        return self.home_territory_id

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework it steers as a whole."""
        return self.home_framework_id

    @property
    def called(self) -> tuple[PublicName | Prose, ...]:
        """Its name."""
        return (self.name,)

    def places(self) -> Places:
        """What it steers."""
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)
