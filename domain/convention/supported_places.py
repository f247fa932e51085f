"""Places that local authorities support: what their bonus is worth, and what is lost if the coverage ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from domain.convention.deciding import ConventionCommand
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    Case,
    Event,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
)
from domain.method import MethodProfile
from domain.partners import Partner
from domain.values import Code, InvalidValue


@part(TerritorialConvention, "supported_places")
@dataclass
class SupportedPlaces(Part):
    """How many places of each kind each authority supports."""

    by_authority: dict[UUID, dict[Code, int]] = field(default_factory=dict)


@event("convention.places-supported")
class PlacesSupported(Event):
    """An authority supports so many places of a kind, from `occurred_on` on: what it supported before is replaced."""

    partner_id: UUID
    place_kind: Code
    places: int

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the last number."""
        if not convention.withholds(self):
            SupportedPlaces.of(convention).by_authority.setdefault(self.partner_id, {})[self.place_kind] = self.places


@command(TerritorialConvention, records=PlacesSupported)
@dataclass(frozen=True, kw_only=True)
class RecordSupportedPlaces(ConventionCommand):
    """Record how many places of a kind an authority supports; zero for none any more."""

    partner_id: UUID
    place_kind: Code
    places: int

    def __post_init__(self) -> None:
        if self.places < 0:
            raise InvalidValue("negative-places", field="places")

    @property
    def acting_partner(self) -> UUID:
        """The authority may record it itself (R33)."""
        return self.partner_id

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        known = [one.place_kind for one in profile.bonuses]
        case.breaks_if(self.place_kind not in known, UnknownReference("place_kind", self.place_kind))
        case.find(Partner, self.partner_id, "partner_id")
        before = SupportedPlaces.of(state).by_authority.get(self.partner_id, {}).get(self.place_kind)
        case.breaks_if(before == self.places, AlreadyExists(str(self.partner_id)))
        self.settle(state, case)
        record_from(self, state, case)
