"""A committee or a group is constituted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    Case,
    Command,
    CreatedEvent,
    Places,
    command,
    event,
    start_from,
)
from domain.steering.body import BODY_KINDS, SteeringBody
from domain.steering.deciding import DeciderNotEntitled
from domain.territories import Territory
from domain.values import Code, InvalidValue, PublicName


@event("steering-body.steering-body-constituted")
class SteeringBodyConstituted(CreatedEvent):
    """The body exists; `mandated_by` names the steering committee that lets it decide in its place, if any."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    kind: Code
    name: PublicName
    mandated_by: UUID | None

    def apply(self, body: SteeringBody) -> None:
        """Take its kind."""
        body.home_territory_id = self.home_territory_id
        body.home_framework_id = self.home_framework_id
        body.kind = self.kind
        body.name = self.name
        body.mandated_by = self.mandated_by


@command(SteeringBody, starts=True, records=SteeringBodyConstituted)
@dataclass(frozen=True, kw_only=True)
class ConstituteSteeringBody(Command):
    """Constitute a committee or group of a territory, else of a whole framework."""

    home_territory_id: UUID | None = None
    home_framework_id: UUID | None = None
    kind: Code
    name: PublicName
    mandated_by: UUID | None = None

    def __post_init__(self) -> None:
        if self.kind not in BODY_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=BODY_KINDS)
        if (self.home_territory_id is None) == (self.home_framework_id is None):
            raise InvalidValue("territory-or-framework", field="home_territory_id")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory it will steer."""
        return self.home_territory_id

    def whole_framework(self, state: Aggregate | None) -> UUID | None:
        """The framework it will steer."""
        return self.home_framework_id

    @property
    def _home(self) -> Places:
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)

    def decide(self, state: SteeringBody | None, case: Case) -> SteeringBody:
        case.breaks_if(state is not None, AlreadyExists(str(self.stream_id)))
        if self.home_territory_id is not None:
            case.find(Territory, self.home_territory_id, "home_territory_id")
        if self.home_framework_id is not None:
            case.find(FrameworkConvention, self.home_framework_id, "home_framework_id")
        if self.mandated_by is not None:
            committee = case.find(SteeringBody, self.mandated_by, "mandated_by")
            if committee is not None and (committee.kind != "COPIL" or committee.places() != self._home):
                case.broken(DeciderNotEntitled(committee.kind))
        case.settle()
        started: SteeringBody = start_from(self, case)
        return started
