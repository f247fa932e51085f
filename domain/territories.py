"""Territories (the intercommunalities of a convention): their perimeter by date and the roles held there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
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
    Places,
    aggregate,
    command,
    event,
    record_from,
    start_from,
    unique,
)
from domain.roles import Assignment, Renewal, emptied
from domain.values import (
    Code,
    InvalidValue,
    PublicName,
    deterministic_id,
    parse_insee,
    parse_siren,
    require_department,
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
        if self.population < 0:
            raise InvalidValue("negative-count", field="communes")
        if self.siren is not None:
            object.__setattr__(self, "siren", parse_siren(self.siren))  # typed with spaces, kept without


@dataclass(frozen=True)
class UnchangedPerimeter(BrokenRule):
    """Nothing differs from what is recorded: an event would say nothing."""

    RULE = ""
    LEVEL = Level.HARD


LEGAL_FORMS: Final = (Code("CC"), Code("CA"), Code("CU"), Code("METRO"), Code("MET69"))
"""Communauté de communes, d'agglomération, urbaine, métropole, métropole de Lyon (codes of the DGCL)."""


@aggregate("territory", "territories")
class Territory(Aggregate):
    """One intercommunality, known by its SIREN."""

    siren: Code
    name: PublicName
    legal_form: Code
    department: Code
    communes: tuple[Commune, ...]
    as_of: date
    """The day of this perimeter: an older list is not written over it."""
    assignments: list[Assignment]
    renewals: list[Renewal]

    def __init__(self) -> None:
        self.siren = Code("")
        self.name = PublicName("")
        self.legal_form = Code("")
        self.department = Code("")
        self.communes = ()
        self.as_of = date.min
        self.assignments = []
        self.renewals = []

    @property
    def territory_id(self) -> UUID:
        """Itself."""
        return self.id

    def places(self) -> Places:
        """Itself."""
        return Places(territory_id=self.id)

    def settle_roles(self) -> None:
        """End the roles that a renewal of mandates empties, those told after it too."""
        for one in self.renewals:
            self.assignments = emptied(self.assignments, one)


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
        territory.as_of = self.occurred_on


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
        territory.as_of = self.occurred_on


def _require_legal_form(form: str) -> None:
    if form not in LEGAL_FORMS:
        raise InvalidValue("unknown-code", field="legal_form", value=form, allowed=LEGAL_FORMS)


def _require_told_apart(communes: tuple[Commune, ...]) -> None:
    """Communes, each once: by its INSEE code and, where it is known, by its SIREN."""
    unique((commune.insee for commune in communes), "communes")
    unique((commune.siren for commune in communes if commune.siren is not None), "communes")
    if not communes:
        raise InvalidValue("at-least-one", field="communes")


@command(Territory, starts=True, records=TerritoryRegistered)
@dataclass(frozen=True, kw_only=True)
class RegisterTerritory(Command):
    """Register a territory; `stream_id` is `territory_stream(siren)`."""

    siren: Code
    name: PublicName
    legal_form: Code
    department: Code
    communes: tuple[Commune, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "siren", parse_siren(self.siren))  # typed with spaces, kept without
        _require_legal_form(self.legal_form)
        require_department(self.department)
        _require_told_apart(self.communes)
        if self.stream_id != territory_stream(self.siren):
            raise InvalidValue("territory-id", value=str(self.stream_id), expected=str(territory_stream(self.siren)))

    def decide(self, state: Territory | None, case: Case) -> Territory:
        case.breaks_if(state is not None, AlreadyExists(self.siren))
        case.settle()
        started: Territory = start_from(self, case)
        return started


@command(Territory, records=PerimeterChanged)
@dataclass(frozen=True, kw_only=True)
class ChangePerimeter(Command):
    """Record that the perimeter, official name or populations changed."""

    name: PublicName
    legal_form: Code
    communes: tuple[Commune, ...]

    def __post_init__(self) -> None:
        _require_legal_form(self.legal_form)
        _require_told_apart(self.communes)

    def decide(self, state: Territory, case: Case) -> None:
        same = (self.name, self.legal_form, set(self.communes)) == (
            state.name,
            state.legal_form,
            set(state.communes),
        )
        case.breaks_if(same, UnchangedPerimeter())
        case.settle()
        record_from(self, state, case)
