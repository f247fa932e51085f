"""Territories (the intercommunalities of a convention): their perimeter by date and the roles held there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    Event,
    Level,
    aggregate,
    command,
    event,
    unique,
)
from domain.roles import TERRITORY_ROLES, Assignment
from domain.values import (
    Code,
    InvalidValue,
    PublicName,
    deterministic_id,
    parse_insee,
    parse_siren,
)


def territory_stream(siren: str) -> UUID:
    """The stream of the territory with this SIREN: a name is never a key."""
    return deterministic_id("territory", siren)


@dataclass(frozen=True)
class Commune:
    """A commune of a perimeter: INSEE code, SIREN where known, official name, municipal population."""

    insee: Code
    siren: Code | None
    name: PublicName
    population: int

    def __post_init__(self) -> None:
        parse_insee(self.insee)
        if self.siren is not None:
            object.__setattr__(self, "siren", parse_siren(self.siren))  # typed with spaces, kept without


@dataclass(frozen=True)
class UnchangedPerimeter(BrokenRule):
    """Nothing differs from what is recorded: an event would say nothing (R31)."""

    rule = "R31"
    level = Level.HARD


@dataclass(frozen=True)
class UnknownRole(BrokenRule):
    """The role does not exist at this level (R33)."""

    rule = "R33"
    level = Level.HARD
    field_at_fault = "role"
    role: str


@aggregate("territory", "territories")
class Territory(Aggregate):
    """One intercommunality, known by its SIREN."""

    def __init__(self) -> None:
        self.siren = Code("")
        self.name = PublicName("")
        self.legal_form = Code("")
        self.department = Code("")
        self.communes: tuple[Commune, ...] = ()
        self.assignments: list[Assignment] = []

    @property
    def territory_id(self) -> UUID:
        """Itself."""
        return self.id


@event("territory.territory-registered")
class TerritoryRegistered(CreatedEvent):
    """The territory entered the register with its perimeter of that day."""

    siren: Code
    name: PublicName
    legal_form: Code
    department: Code
    communes: tuple[Commune, ...]

    def apply(self, territory: Territory) -> None:
        """Take the perimeter."""
        territory.siren = self.siren
        territory.name = self.name
        territory.legal_form = self.legal_form
        territory.department = self.department
        territory.communes = self.communes


@event("territory.perimeter-changed")
class PerimeterChanged(Event):
    """The perimeter, name or populations differ from a day on; carries them whole."""

    name: PublicName
    legal_form: Code
    communes: tuple[Commune, ...]

    def apply(self, territory: Territory) -> None:
        """Take the new perimeter."""
        territory.name = self.name
        territory.legal_form = self.legal_form
        territory.communes = self.communes


@event("territory.territory-role-assigned")
class TerritoryRoleAssigned(Event):
    """A person holds a role on this territory from `occurred_on` to `ends_on`."""

    role: Code
    person_id: UUID
    partner_id: UUID | None
    ends_on: date | None

    def apply(self, territory: Territory) -> None:
        """Keep the assignment; several per person are usual."""
        territory.assignments.append(
            Assignment(self.role, self.person_id, self.partner_id, self.occurred_on, self.ends_on)
        )


@command(Territory, starts=True)
@dataclass(frozen=True, kw_only=True)
class RegisterTerritory(Command):
    """Register a territory; `stream_id` is `territory_stream(siren)`."""

    siren: Code
    territory_name: PublicName
    legal_form: Code
    department: Code
    communes: tuple[Commune, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "siren", parse_siren(self.siren))  # typed with spaces, kept without
        unique((commune.insee for commune in self.communes), "communes")
        if not self.communes:
            raise InvalidValue("at-least-one", field="communes")
        if self.stream_id != territory_stream(self.siren):
            raise InvalidValue("territory-id", value=str(self.stream_id), expected=str(territory_stream(self.siren)))

    def decide(self, state: Territory | None, case: Case) -> Territory:
        case.breaks_if(state is not None, AlreadyExists(self.siren))
        case.settle()
        started: Territory = Territory.start(
            self.stream_id,
            TerritoryRegistered,
            case,
            siren=self.siren,
            name=self.territory_name,
            legal_form=self.legal_form,
            department=self.department,
            communes=self.communes,
        )
        return started


@command(Territory)
@dataclass(frozen=True, kw_only=True)
class ChangePerimeter(Command):
    """Record that the perimeter, official name or populations changed."""

    territory_name: PublicName
    legal_form: Code
    communes: tuple[Commune, ...]

    def __post_init__(self) -> None:
        unique((commune.insee for commune in self.communes), "communes")
        if not self.communes:
            raise InvalidValue("at-least-one", field="communes")

    def decide(self, state: Territory, case: Case) -> None:
        same = (self.territory_name, self.legal_form, set(self.communes)) == (
            state.name,
            state.legal_form,
            set(state.communes),
        )
        case.breaks_if(same, UnchangedPerimeter())
        case.settle()
        state.record(
            PerimeterChanged, case, name=self.territory_name, legal_form=self.legal_form, communes=self.communes
        )


@command(Territory)
@dataclass(frozen=True, kw_only=True)
class AssignTerritoryRole(Command):
    """Give a person a role on the territory, for a partner where the role speaks for one."""

    role: Code
    person_id: UUID
    partner_id: UUID | None = None
    ends_on: date | None = None

    def decide(self, state: Territory, case: Case) -> None:
        case.breaks_if(self.role not in TERRITORY_ROLES, UnknownRole(self.role))
        case.settle()
        state.record(
            TerritoryRoleAssigned,
            case,
            role=self.role,
            person_id=self.person_id,
            partner_id=self.partner_id,
            ends_on=self.ends_on,
        )
