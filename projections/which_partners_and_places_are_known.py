"""Which territories, partners, frameworks and methods are known? What forms propose and imports compare with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.collation import alphabetical
from domain.frameworks import FrameworkConventionOpened, FrameworkConventionSigned, Heading
from domain.method import MethodProfile
from domain.partners import PartnerRegistered
from domain.profiles import DEFAULT_METHOD
from domain.territories import Commune
from domain.values import Code, PublicName, ValidityPeriod
from projections.engine import Register


@dataclass(frozen=True)
class TerritoryKnown:
    """A territory with its present perimeter; `version` is its stream's, to send back with a change."""

    territory_id: UUID
    siren: Code
    name: PublicName
    legal_form: Code
    department: Code
    communes: tuple[Commune, ...]
    version: int

    @property
    def population(self) -> int:
        """The sum of its communes' municipal populations."""
        return sum(commune.population for commune in self.communes)


@dataclass(frozen=True)
class PartnerKnown:
    """An institution; `territory_id` where it is a local one. `answers_for`: the partners that turned out to be it."""

    partner_id: UUID
    kind: Code
    name: PublicName
    siren: Code | None
    territory_id: UUID | None
    answers_for: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class FrameworkKnown:
    """A departmental framework: its partners, who signed when, the territories it follows."""

    framework_id: UUID
    name: PublicName
    department: Code
    headings: tuple[Heading, ...]
    signatories: tuple[UUID, ...]
    signed_on: dict[UUID, date]
    profile_name: Code
    profile_version: int
    period: ValidityPeriod
    territories: tuple[UUID, ...]


def territories(register: Register, territory_ids: Iterable[UUID] | None = None) -> tuple[TerritoryKnown, ...]:
    """Territories by name (None: all)."""
    wanted = register.territories if territory_ids is None else set(territory_ids)
    found = [known for one in wanted if (known := territory(register, one)) is not None]
    return tuple(sorted(found, key=lambda one: (alphabetical(one.name), one.siren)))


def territory(register: Register, territory_id: UUID) -> TerritoryKnown | None:
    """One territory, None when it is not registered."""
    found = register.territories.get(territory_id)
    if found is None:
        return None
    return TerritoryKnown(
        found.id, found.siren, found.name, found.legal_form, found.department, found.communes, found.version
    )


def by_siren(register: Register, siren: str) -> TerritoryKnown | None:
    """One territory by its SIREN, None when it is not registered."""
    found = next((one.id for one in register.territories.values() if one.siren == siren), None)
    return territory(register, found) if found is not None else None


def partners(register: Register, partner_ids: Iterable[UUID] | None = None) -> tuple[PartnerKnown, ...]:
    """Partners by name (None: all). One that another answers for is not told beside it."""
    asked = register.partners if partner_ids is None else set(partner_ids) & register.partners.keys()
    wanted = {register.twins.get(one, one) for one in asked}
    found = [_partner(register, one) for one in wanted]
    return tuple(sorted(found, key=lambda one: (alphabetical(one.name), str(one.partner_id))))


def _partner(register: Register, partner_id: UUID) -> PartnerKnown:
    state = register.partners[partner_id]
    registered: Any = register.streams[partner_id].entries[0].event
    assert isinstance(registered, PartnerRegistered)
    twins = tuple(sorted(one for one, kept in register.twins.items() if kept == partner_id))
    return PartnerKnown(partner_id, state.kind, state.name, state.siren, registered.home_territory_id, twins)


def frameworks(register: Register) -> tuple[FrameworkKnown, ...]:
    """The frameworks by name."""
    return tuple(
        sorted((_framework(register, one) for one in register.frameworks), key=lambda one: alphabetical(one.name))
    )


def _framework(register: Register, framework_id: UUID) -> FrameworkKnown:
    state = register.frameworks[framework_id]
    events = [entry.event for entry in register.streams[framework_id].entries]
    opened = events[0]
    assert isinstance(opened, FrameworkConventionOpened)
    return FrameworkKnown(
        framework_id=framework_id,
        name=state.name,
        department=opened.department,
        headings=opened.headings,
        signatories=opened.signatories,
        signed_on={one.partner_id: one.occurred_on for one in events if isinstance(one, FrameworkConventionSigned)},
        profile_name=opened.profile_name,
        profile_version=opened.profile_version,
        period=opened.period,
        territories=tuple(state.territories),
    )


def profiles(register: Register) -> tuple[MethodProfile, ...]:
    """The published methods, by name then version."""
    return tuple(method for _, method in sorted(register.methods.items(), key=lambda one: one[0]))


def default_profile(register: Register) -> MethodProfile | None:
    """The method to propose where nothing says another: the last version of the default one, else the last known."""
    known = profiles(register)
    return next((one for one in reversed(known) if one.name == DEFAULT_METHOD), known[-1] if known else None)


def profile(register: Register, name: str, version: int) -> MethodProfile | None:
    """One published method, None when it is unknown."""
    return register.methods.get((name, version))
