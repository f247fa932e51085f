"""The register as questions read it: every territory, partner, framework and method, with who holds which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from domain.frameworks import FrameworkConvention, TerritoryAttached
from domain.kernel import Aggregate
from domain.method import MethodProfile
from domain.partners import Partner
from domain.perimeters import PerimeterRegister, PerimeterReleased, PerimeterReserved
from domain.profiles import PublishedProfile
from domain.roles import Assignment
from domain.territories import Territory
from domain.values import Code
from projections.engine.entries import Entry, Moment, Stream

KINDS: tuple[type[Aggregate], ...] = (Territory, Partner, FrameworkConvention, PublishedProfile, PerimeterRegister)
"""What the register holds."""


@dataclass(frozen=True)
class Given:
    """A role as it was given, on a territory or on a whole framework."""

    assignment: Assignment
    territory_id: UUID | None
    framework_id: UUID | None


@dataclass(frozen=True)
class Register:
    """The streams of the register, by id: one picture of them, which never changes."""

    streams: Mapping[UUID, Stream]

    def as_of(self, moment: Moment) -> Register:
        """The register as of then."""
        kept = {one: then for one, stream in self.streams.items() if (then := stream.as_of(moment)) is not None}
        return Register(kept)

    @cached_property
    def _standing(self) -> tuple[tuple[UUID, Stream], ...]:
        """The streams that count: one registered by mistake has nothing to say but that."""
        return tuple((one, stream) for one, stream in self.streams.items() if not stream.state.is_annulled)

    @cached_property
    def territories(self) -> Mapping[UUID, Territory]:
        """Every territory."""
        return {one: stream.state for one, stream in self._standing if isinstance(stream.state, Territory)}

    @cached_property
    def partners(self) -> Mapping[UUID, Partner]:
        """Every partner."""
        return {one: stream.state for one, stream in self._standing if isinstance(stream.state, Partner)}

    @cached_property
    def twins(self) -> Mapping[UUID, UUID]:
        """The partners that another one answers for, each with the last of those."""
        merged = {one: known.merged_into for one, known in self.partners.items() if known.merged_into is not None}
        found = {}
        for one, kept in merged.items():
            while kept in merged:
                kept = merged[kept]
            found[one] = kept
        return found

    def kept(self, partner_id: UUID | None) -> UUID | None:
        """The partner that answers for one: itself, unless it was merged into another."""
        return self.twins.get(partner_id, partner_id) if partner_id is not None else None

    @cached_property
    def frameworks(self) -> Mapping[UUID, FrameworkConvention]:
        """Every framework."""
        kind = FrameworkConvention
        return {one: stream.state for one, stream in self._standing if isinstance(stream.state, kind)}

    @cached_property
    def methods(self) -> Mapping[tuple[str, int], MethodProfile]:
        """Every published method, by name and version."""
        published = (stream.state for stream in self.streams.values() if isinstance(stream.state, PublishedProfile))
        return {(one.profile.name, one.profile.version): one.profile for one in published}

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """The official names of partners and territories."""
        return {
            one: known.name for known_here in (self.partners, self.territories) for one, known in known_here.items()
        }

    @cached_property
    def communes(self) -> Mapping[str, str]:
        """The names of the communes of every territory, by their Insee code."""
        return {one.insee: one.name for territory in self.territories.values() for one in territory.communes}

    def name_of(self, one: UUID | Code) -> str:
        """The official name of a partner, a territory or a commune; what is unknown stays as it is."""
        known = self.names.get(one) if isinstance(one, UUID) else self.communes.get(one)
        return known if known is not None else str(one)

    @cached_property
    def followed_by(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """The frameworks that follow a territory."""
        found: dict[UUID, list[UUID]] = {}
        for framework_id, framework in self.frameworks.items():
            for territory_id in framework.territories:
                found.setdefault(territory_id, []).append(framework_id)
        return {territory_id: tuple(frameworks) for territory_id, frameworks in found.items()}

    @cached_property
    def ever_followed_by(self) -> Mapping[UUID, frozenset[UUID]]:
        """The frameworks that follow a territory or once did: what left stays counted."""
        found: dict[UUID, set[UUID]] = {}
        for framework_id in self.frameworks:
            for entry in self.streams[framework_id].recorded:
                if isinstance(entry.event, TerritoryAttached):
                    found.setdefault(entry.event.attached_territory_id, set()).add(framework_id)
        return {territory_id: frozenset(frameworks) for territory_id, frameworks in found.items()}

    @cached_property
    def reserved(self) -> Mapping[UUID, tuple[Entry, ...]]:
        """What was reserved for each convention and freed, in the registers of its perimeter (R01)."""
        found: dict[UUID, list[Entry]] = {}
        for stream in self.streams.values():
            if isinstance(stream.state, PerimeterRegister):
                for entry in stream.recorded:
                    if isinstance(entry.event, PerimeterReserved | PerimeterReleased):
                        found.setdefault(entry.event.convention_id, []).append(entry)
        return {convention_id: tuple(entries) for convention_id, entries in found.items()}

    @cached_property
    def given(self) -> Mapping[UUID, tuple[Given, ...]]:
        """The roles that each person was given, the oldest first."""
        found: dict[UUID, list[Given]] = {}
        for one in self._all_given():
            found.setdefault(one.assignment.person_id, []).append(one)
        return {person_id: tuple(sorted(roles, key=_since)) for person_id, roles in found.items()}

    def place(self, one: Given) -> Territory | FrameworkConvention:
        """Where a role was given."""
        if one.framework_id is not None:
            return self.frameworks[one.framework_id]
        assert one.territory_id is not None
        return self.territories[one.territory_id]

    def given_on(self, territory_id: UUID) -> tuple[Given, ...]:
        """The roles given on a territory, those of the frameworks that follow it included, the oldest first."""
        found = []
        for framework_id in self.followed_by.get(territory_id, ()):
            found += [Given(one, None, framework_id) for one in self.frameworks[framework_id].assignments]
        territory = self.territories.get(territory_id)
        if territory is not None:
            found += [Given(one, territory_id, None) for one in territory.assignments]
        return tuple(sorted(found, key=_since))

    def _all_given(self) -> Iterator[Given]:
        for framework_id, framework in self.frameworks.items():
            for one in framework.assignments:
                yield Given(one, None, framework_id)
        for territory_id, territory in self.territories.items():
            for one in territory.assignments:
                yield Given(one, territory_id, None)


def _since(one: Given) -> date:
    return one.assignment.starts_on
