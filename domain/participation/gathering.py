"""Permanent spaces where people are heard: opened by a territory, met time after time, closed with a reason.

A space decides nothing. A working group that decides is constituted as a steering body, of which the space may be the
face: its meetings are told there, and here only how many of each college came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from domain.convention.closed import check_not_closed, check_open
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DatesDoNotFit,
    Event,
    Level,
    NothingToCite,
    Part,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.participation.participation import (
    STAGES,
    OnTerritory,
    TerritoryParticipation,
    convention_of,
    require_code,
)
from domain.partners import Partner
from domain.steering import SteeringBody
from domain.values import Attendance, Code, InvalidValue, LocalId, Prose

SPACE_KINDS: Final = tuple(
    map(
        Code,
        (
            "NEIGHBOURHOOD_COUNCIL",
            "SOCIAL_CENTRE",
            "USERS_COUNCIL",
            "PARENTS_COUNCIL",
            "WORKING_GROUP",
            "OTHER",
        ),
    )
)
"""Where people already meet: the territory listens there before it gathers them anew."""

NOBODY: Final = Attendance(0, 0, 0)
"""Where nobody came nothing met."""

LONGEST_RHYTHM: Final = 24
"""Months between two meetings of a space: what meets less often is no permanent space."""


@dataclass(frozen=True)
class SpaceClosedAlready(BrokenRule):
    """The space is closed: it is not closed twice."""

    RULE = ""
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "space_id"
    closed_on: date


@dataclass(frozen=True)
class SpaceHadClosed(BrokenRule):
    """What is told of a space happened there after it closed: kept, for a fact is a fact, and told."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "space_id"
    closed_on: date


@dataclass(frozen=True)
class BodyDidNotMeetThatDay(BrokenRule):
    """The group meets as a steering body, of which no meeting of that day is recorded: its agenda, minutes and
    decisions are told there. Told, for who came is known all the same."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    MENDED_BY = "record-meeting"


class Space(NamedTuple):
    """A space as rules look at it. `body_id`: the steering body as which it meets, None where it decides nothing."""

    opened_on: date
    body_id: UUID | None = None
    closed_on: date | None = None


@part(TerritoryParticipation, "spaces")
@dataclass
class Spaces(Part):
    """The spaces of the territory, by id, and the meetings told of them."""

    known: dict[LocalId, Space] = field(default_factory=dict)
    meetings: set[LocalId] = field(default_factory=set)

    def check_there(self, space_id: LocalId, day: date, case: Case) -> Space | None:
        """The space is known and was open by then; that it had closed is told."""
        known = self.known.get(space_id)
        if known is None:
            case.broken(UnknownReference("space_id", space_id))
            return None
        if known.opened_on > day:
            case.broken(DatesDoNotFit("space_id", known.opened_on, day))
        if known.closed_on is not None and known.closed_on < day:
            case.broken(SpaceHadClosed(known.closed_on))
        return known


@event("participation.space-opened")
class SpaceOpened(Event):
    """A permanent space hears people of the territory from `occurred_on` on: whose it is, about which themes (none: all
    of them), at which stages, how often. `body_id`: the steering body as which a working group that decides meets."""

    convention_id: UUID
    home_territory_id: UUID
    space_id: LocalId
    kind: Code
    name: Prose
    stages: tuple[Code, ...]
    host_id: UUID | None
    themes: tuple[Code, ...]
    rhythm_months: int | None
    body_id: UUID | None

    def apply(self, participation: TerritoryParticipation) -> None:
        """It is open."""
        Spaces.of(participation).known[self.space_id] = Space(self.occurred_on, self.body_id)


@command(TerritoryParticipation, starts=True, records=SpaceOpened)
@dataclass(frozen=True, kw_only=True)
class OpenSpace(OnTerritory):
    """Open a permanent space where people are heard; it outlives the convention under which it opens."""

    convention_id: UUID
    space_id: LocalId
    kind: Code
    name: Prose
    stages: tuple[Code, ...]
    host_id: UUID | None = None
    themes: tuple[Code, ...] = ()
    rhythm_months: int | None = None
    body_id: UUID | None = None

    def __post_init__(self) -> None:
        required_text(self.name, "name")
        require_code(self.kind, "kind", SPACE_KINDS)
        if not self.stages:
            raise InvalidValue("at-least-one", field="stages")
        for one in self.stages:
            require_code(one, "stages", STAGES)
        unique(self.stages, "stages")
        unique(self.themes, "themes")
        if self.rhythm_months is not None and not 1 <= self.rhythm_months <= LONGEST_RHYTHM:
            raise InvalidValue("number", field="rhythm_months", limit=LONGEST_RHYTHM)

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """Nothing is in the way of it while the convention is not closed."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: TerritoryParticipation | None, case: Case) -> TerritoryParticipation:
        self.check_place(case)
        known = Spaces.of(state).known if state is not None else {}
        case.breaks_if(self.space_id in known, AlreadyExists(self.space_id))
        convention = case.find(TerritorialConvention, self.convention_id, "convention_id")
        if convention is not None:
            elsewhere = convention.home_territory_id != self.home_territory_id
            case.breaks_if(elsewhere, UnknownReference("convention_id", str(self.convention_id)))
            check_known(self.themes, "themes", convention, pinned_profile(case, *convention.profile_key), case)
            check_open(convention, case, is_fact=False)
        if self.host_id is not None:
            case.find(Partner, self.host_id, "host_id")
        if self.body_id is not None:
            body = case.find(SteeringBody, self.body_id, "body_id")
            far = body is not None and body.home_territory_id != self.home_territory_id
            case.breaks_if(far, UnknownReference("body_id", str(self.body_id)))
        case.settle()
        begun = self.begun(state, case)
        record_from(self, begun, case)
        return begun


@event("participation.space-met")
class SpaceMet(Event):
    """A space met on `occurred_on`, for a stage of a convention: how many of each college came, and about what."""

    convention_id: UUID
    space_id: LocalId
    meeting_id: LocalId
    stage: Code
    usage: int
    technical: int
    political: int
    about: Prose | None

    def apply(self, participation: TerritoryParticipation) -> None:
        """It met."""
        Spaces.of(participation).meetings.add(self.meeting_id)


@dataclass(frozen=True, kw_only=True)
class _OfSpace(Command):
    """An act on a space that is there."""

    space_id: LocalId

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: a space has to be there."""
        if not any(Spaces.of(one).known for one in around.states(TerritoryParticipation)):
            case.broken(check_not_closed(state) or NothingToCite("space_id", OpenSpace.NAME))
        return case.weighed()


@command(TerritoryParticipation, records=SpaceMet)
@dataclass(frozen=True, kw_only=True)
class RecordSpaceMeeting(_OfSpace):
    """Record that a space met: people are counted by college, and nobody is named (R32)."""

    convention_id: UUID
    meeting_id: LocalId
    stage: Code
    usage: int
    technical: int = 0
    political: int = 0
    about: Prose | None = None

    def __post_init__(self) -> None:
        require_code(self.stage, "stage", STAGES)
        if Attendance(self.technical, self.political, self.usage) == NOBODY:
            raise InvalidValue("at-least-one", field="usage")

    def decide(self, state: TerritoryParticipation, case: Case) -> None:
        spaces = Spaces.of(state)
        case.breaks_if(self.meeting_id in spaces.meetings, AlreadyExists(self.meeting_id))
        convention_of(state, self.convention_id, case)
        space = spaces.check_there(self.space_id, case.occurred_on, case)
        if space is not None and space.body_id is not None:
            body = case.find(SteeringBody, space.body_id, "space_id")
            met = body is not None and any(one.held_on == case.occurred_on for one in body.meetings.values())
            case.breaks_if(not met, BodyDidNotMeetThatDay())
        case.settle()
        record_from(self, state, case)


@event("participation.space-closed")
class SpaceClosed(Event):
    """A space hears nobody any more, because (`motive`); what came out of it stays."""

    space_id: LocalId
    motive: Prose

    def apply(self, participation: TerritoryParticipation) -> None:
        """It is closed."""
        known = Spaces.of(participation).known
        if (one := known.get(self.space_id)) is not None:
            known[self.space_id] = one._replace(closed_on=self.occurred_on)


@command(TerritoryParticipation, records=SpaceClosed)
@dataclass(frozen=True, kw_only=True)
class CloseSpace(_OfSpace):
    """Close a space, and say why."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: TerritoryParticipation, case: Case) -> None:
        known = Spaces.of(state).known.get(self.space_id)
        if known is None:
            case.broken(UnknownReference("space_id", self.space_id))
        else:
            if known.closed_on is not None:
                case.broken(SpaceClosedAlready(known.closed_on))
            if known.opened_on > case.occurred_on:
                case.broken(DatesDoNotFit("space_id", known.opened_on, case.occurred_on))
        case.settle()
        record_from(self, state, case)
