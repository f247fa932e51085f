"""The departmental framework convention: its eight headings, its signatories, its territories and its roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.kernel import (
    AlreadyExists,
    Case,
    Command,
    Composed,
    CreatedEvent,
    DoesNotFit,
    Event,
    Places,
    aggregate,
    command,
    event,
    record_from,
    start_from,
    unique,
)
from domain.partners import NOT_A_SIGNATORY, Partner
from domain.profiles import PublishedProfile, profile_stream
from domain.roles import Assignment
from domain.territories import Territory
from domain.values import Code, InvalidValue, Prose, PublicName, ValidityPeriod, require_department

HEADINGS = tuple(Code(name) for name in ("WHY", "WHAT", "STAKES", "WITH_WHOM", "ENDS", "HOW", "MEANS", "FOLLOW_UP"))
"""The eight headings under which the framework of the Gers presents itself (S2)."""


@dataclass(frozen=True)
class Heading:
    """One heading of the framework and what it says."""

    heading: Code
    text: Prose

    def __post_init__(self) -> None:
        if self.heading not in HEADINGS:
            raise InvalidValue("unknown-code", field="headings", value=self.heading, allowed=HEADINGS)


@aggregate("framework", "frameworks")
class FrameworkConvention(Composed):
    """The agreement of the département's partners that the territories' conventions follow."""

    name: PublicName
    department: Code
    signatories: tuple[UUID, ...]
    profile: tuple[str, int]
    ends_on: date
    territories: list[UUID]
    signed_on: dict[UUID, date]
    assignments: list[Assignment]

    def __init__(self) -> None:
        super().__init__()
        self.name = PublicName("")
        self.department = Code("")
        self.ends_on = date.max
        self.signatories = ()
        self.profile = ("", 0)
        self.territories = []
        self.signed_on = {}
        self.assignments = []

    @property
    def whole_framework_id(self) -> UUID:
        """Itself."""
        return self.id

    def places(self) -> Places:
        """Itself."""
        return Places(framework_id=self.id)

    def follows(self, territory_id: UUID) -> bool:
        """Whether the territory is attached to it."""
        return territory_id in self.territories


@event("framework.framework-convention-opened")
class FrameworkConventionOpened(CreatedEvent):
    """The framework exists, with its method: name and version of the profile it recommends."""

    name: PublicName
    department: Code
    headings: tuple[Heading, ...]
    signatories: tuple[UUID, ...]
    profile_name: Code
    profile_version: int
    period: ValidityPeriod

    def apply(self, framework: FrameworkConvention) -> None:
        """Take the terms."""
        framework.name = self.name
        framework.department = self.department
        framework.ends_on = self.period.effective_to
        framework.signatories = self.signatories
        framework.profile = (self.profile_name, self.profile_version)


@event("framework.framework-convention-signed")
class FrameworkConventionSigned(Event):
    """A partner signed the framework."""

    partner_id: UUID

    def apply(self, framework: FrameworkConvention) -> None:
        """Count the signature."""
        framework.signed_on[self.partner_id] = self.occurred_on


@event("framework.territory-attached")
class TerritoryAttached(Event):
    """A territory is followed by the framework, with a convention or not yet."""

    attached_territory_id: UUID

    def apply(self, framework: FrameworkConvention) -> None:
        """Keep the territory."""
        framework.territories.append(self.attached_territory_id)


@command(FrameworkConvention, starts=True, records=FrameworkConventionOpened, derived=("period",))
@dataclass(frozen=True, kw_only=True)
class OpenFrameworkConvention(Command):
    """Open the departmental framework with its headings, partners and method."""

    name: PublicName
    department: Code
    headings: tuple[Heading, ...] = ()
    signatories: tuple[UUID, ...]
    profile_name: Code
    profile_version: int
    effective_from: date
    effective_to: date

    def __post_init__(self) -> None:
        require_department(self.department)
        unique((heading.heading for heading in self.headings), "headings")
        unique((str(partner) for partner in self.signatories), "signatories")
        if self.effective_to <= self.effective_from:
            raise InvalidValue("period-reversed", field="effective_to")

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its period."""
        return dict(vars(event.period))

    def decide(self, state: FrameworkConvention | None, case: Case) -> FrameworkConvention:
        case.breaks_if(state is not None, AlreadyExists(str(self.stream_id)))
        for partner_id in self.signatories:
            case.find(Partner, partner_id, "signatories")
        case.find(PublishedProfile, profile_stream(self.profile_name, self.profile_version), "profile_name")
        case.settle()
        period = ValidityPeriod(self.effective_from, self.effective_to)
        started: FrameworkConvention = start_from(self, case, period=period)
        return started


@command(FrameworkConvention, records=FrameworkConventionSigned)
@dataclass(frozen=True, kw_only=True)
class SignFrameworkConvention(Command):
    """Record that a partner of the framework signed it."""

    partner_id: UUID

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        case.breaks_if(self.partner_id in state.signed_on, AlreadyExists(str(self.partner_id)))
        stranger = DoesNotFit("partner_id", str(self.partner_id), NOT_A_SIGNATORY)
        case.breaks_if(self.partner_id not in state.signatories, stranger)
        case.settle()
        record_from(self, state, case)


@command(FrameworkConvention, records=TerritoryAttached)
@dataclass(frozen=True, kw_only=True)
class AttachTerritory(Command):
    """Have a territory followed by the framework, whether or not it has a convention yet."""

    attached_territory_id: UUID

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        case.breaks_if(self.attached_territory_id in state.territories, AlreadyExists(str(self.attached_territory_id)))
        case.find(Territory, self.attached_territory_id, "attached_territory_id")
        case.settle()
        record_from(self, state, case)
