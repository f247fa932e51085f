"""What people said, in a forum, by mail or at a desk: recorded by college and channel, never under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known
from domain.kernel import (
    AlreadyExists,
    Case,
    Event,
    Part,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.participation.gathering import Spaces
from domain.participation.participation import STAGES, OnTerritory, TerritoryParticipation, require_code
from domain.values import Code, InvalidValue, LocalId, Prose

COLLEGES: Final = tuple(map(Code, ("USAGE", "TECHNICAL", "POLITICAL")))
"""Who spoke: those who live it, those who work on it, those who decide. The first are most often missing."""

CHANNELS: Final = tuple(
    map(
        Code,
        (
            "FORUM",
            "SURVEY",
            "INTERVIEW",
            "LETTER",
            "HELP_DESK",
            "NEIGHBOURHOOD_COUNCIL",
            "SOCIAL_CENTRE",
            "ONLINE",
            "OTHER",
        ),
    )
)
"""How it came."""


class Contribution(NamedTuple):
    """What was brought, as rules look at it. `outcome`: None while nobody said what became of it."""

    convention_id: UUID
    given_on: date
    outcome: Code | None = None
    told: bool = False


@part(TerritoryParticipation, "contributions")
@dataclass
class Contributions(Part):
    """What was brought, by id."""

    known: dict[LocalId, Contribution] = field(default_factory=dict)

    def of_convention(self, convention_id: UUID) -> Mapping[LocalId, Contribution]:
        """What was brought for one convention."""
        return {one: each for one, each in self.known.items() if each.convention_id == convention_id}


@event("participation.contribution-recorded")
class ContributionRecorded(Event):
    """Somebody said something on `occurred_on`: of which college, how, at which stage, on which theme. `people`: how
    many said the same; `forum_id`, `space_id`: the forum or the permanent space where it was said. Nobody is named."""

    convention_id: UUID
    home_territory_id: UUID
    contribution_id: LocalId
    college: Code
    channel: Code
    stage: Code
    theme: Code
    text: Prose
    people: int | None
    forum_id: LocalId | None
    space_id: LocalId | None

    def apply(self, participation: TerritoryParticipation) -> None:
        """It waits for an answer."""
        known = Contributions.of(participation).known
        known[self.contribution_id] = Contribution(self.convention_id, self.occurred_on)


@command(TerritoryParticipation, starts=True, records=ContributionRecorded)
@dataclass(frozen=True, kw_only=True)
class RecordContribution(OnTerritory):
    """Record what somebody said about the life of the territory, without naming them."""

    convention_id: UUID
    contribution_id: LocalId
    college: Code
    channel: Code
    stage: Code
    theme: Code
    text: Prose
    people: int | None = None
    forum_id: LocalId | None = None
    space_id: LocalId | None = None

    def __post_init__(self) -> None:
        required_text(self.text, "text")
        require_code(self.college, "college", COLLEGES)
        require_code(self.channel, "channel", CHANNELS)
        require_code(self.stage, "stage", STAGES)
        if self.people is not None and self.people < 1:
            raise InvalidValue("negative-count", field="people")

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """Nothing is in the way of it: people may speak at any time."""
        return case.weighed()

    def decide(self, state: TerritoryParticipation | None, case: Case) -> TerritoryParticipation:
        self.check_place(case)
        known = Contributions.of(state).known if state is not None else {}
        case.breaks_if(self.contribution_id in known, AlreadyExists(self.contribution_id))
        convention = case.find(TerritorialConvention, self.convention_id, "convention_id")
        if convention is not None:
            elsewhere = convention.home_territory_id != self.home_territory_id
            case.breaks_if(elsewhere, UnknownReference("convention_id", str(self.convention_id)))
            check_known((self.theme,), "theme", convention, pinned_profile(case, *convention.profile_key), case)
            if self.forum_id is not None and self.forum_id not in ForumsHeld.of(convention).held:
                case.broken(UnknownReference("forum_id", self.forum_id))
        if self.space_id is not None:
            spaces = Spaces.of(state) if state is not None else Spaces()
            spaces.check_there(self.space_id, case.occurred_on, case)
        case.settle()
        begun = self.begun(state, case)
        record_from(self, begun, case)
        return begun
