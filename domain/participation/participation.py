"""The participation of a territory: one stream, which outlives its conventions, whatever was brought and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.closed import check_open
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    Composed,
    CreatedEvent,
    DoesNotFit,
    Level,
    Places,
    UnknownReference,
    aggregate,
    event,
)
from domain.territories import Territory
from domain.values import Code, InvalidValue, LocalId, deterministic_id

NOT_ITS_PARTICIPATION: Final = Code("NOT_ITS_PARTICIPATION")
"""Why something is not recorded there: each territory has one stream of what people bring to it."""

STAGES: Final = tuple(map(Code, ("DIAGNOSIS", "PLAN", "REVIEW")))
"""The three stages at which people take part: knowing, deciding, evaluating."""

KEPT: Final = Code("KEPT")
NOT_KEPT: Final = Code("NOT_KEPT")


def participation_stream(territory_id: UUID) -> UUID:
    """The stream of what people bring to a territory."""
    return deterministic_id("participation", territory_id)


@dataclass(frozen=True)
class KeptForNothing(BrokenRule):
    """What is kept feeds something: a finding, a priority or an action, which the answer names."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "priority_id"


@dataclass(frozen=True)
class NotKeptWithoutReason(BrokenRule):
    """Whoever brought something that is not kept is told why."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "motive"


@aggregate("participation", "participations")
class TerritoryParticipation(Composed):
    """What people bring to one territory; each family keeps its own state."""

    home_territory_id: UUID

    def __init__(self) -> None:
        super().__init__()

    @property
    def territory_id(self) -> UUID:
        """The territory itself."""
        return self.home_territory_id

    def places(self) -> Places:
        """The territory."""
        return Places(territory_id=self.home_territory_id)


@event("participation.participation-begun")
class ParticipationBegun(CreatedEvent):
    """Something is brought to a territory, or asked of its people, for the first time."""

    home_territory_id: UUID

    def apply(self, participation: TerritoryParticipation) -> None:
        """Keep whose it is."""
        participation.home_territory_id = self.home_territory_id


@dataclass(frozen=True, kw_only=True)
class OnTerritory(Command):
    """An act that may be the first of a territory. `stream_id` is `participation_stream(home_territory_id)`."""

    home_territory_id: UUID

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory itself."""
        return self.home_territory_id

    def check_place(self, case: Case) -> None:
        """The stream is that of the territory, which is known."""
        case.find(Territory, self.home_territory_id, "home_territory_id")
        strange = self.stream_id != participation_stream(self.home_territory_id)
        case.breaks_if(strange, DoesNotFit("stream_id", str(self.stream_id), NOT_ITS_PARTICIPATION))

    def begun(self, state: TerritoryParticipation | None, case: Case) -> TerritoryParticipation:
        """The stream, begun where this is its first act."""
        if state is not None:
            return state
        started: TerritoryParticipation = TerritoryParticipation.start(
            self.stream_id, ParticipationBegun, case, home_territory_id=self.home_territory_id
        )
        return started


def convention_of(state: TerritoryParticipation, convention_id: UUID, case: Case) -> TerritorialConvention | None:
    """The convention that an act names, of the same territory."""
    found = case.find(TerritorialConvention, convention_id, "convention_id")
    if found is not None and found.home_territory_id != state.home_territory_id:
        case.broken(UnknownReference("convention_id", str(convention_id)))
        return None
    return found


@dataclass(frozen=True, kw_only=True)
class Tracing(Command):
    """An act that says what something feeds: a finding, a priority or an action of a convention."""

    convention_id: UUID
    finding_id: LocalId | None = None
    priority_id: LocalId | None = None
    sheet_id: UUID | None = None

    @property
    def is_traced(self) -> bool:
        """Whether it names anything."""
        return any(one is not None for one in (self.finding_id, self.priority_id, self.sheet_id))

    def check_traces(self, state: TerritoryParticipation, case: Case) -> None:
        """What it names is there."""
        convention = convention_of(state, self.convention_id, case)
        if convention is None:
            return
        check_open(convention, case, is_fact=False)
        if self.finding_id is not None and self.finding_id not in DiagnosesShared.of(convention).findings:
            case.broken(UnknownReference("finding_id", self.finding_id))
        if self.priority_id is not None:
            PrioritiesChosen.of(convention).check_live(self.priority_id, case)
        if self.sheet_id is not None:
            sheet = case.find(ActionSheet, self.sheet_id, "sheet_id")
            elsewhere = sheet is not None and sheet.convention_id != self.convention_id
            case.breaks_if(elsewhere, UnknownReference("sheet_id", str(self.sheet_id)))


def require_code(said: Code, field: str, allowed: tuple[Code, ...]) -> None:
    """Refuse a word of no such vocabulary. Raises `InvalidValue("unknown-code")`."""
    if said not in allowed:
        raise InvalidValue("unknown-code", field=field, value=said, allowed=allowed)
