"""Under which names are territories, communes and partners known? The register as a search compares it.

Spelling the names of a nation takes a second, so it is done once for each picture of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from domain.partners import PartnerRegistered
from domain.territories import Territory
from projections.engine import Register
from projections.what_is_sought import Sought, named


class CommuneNamed(NamedTuple):
    """A commune and its name as it is compared, its Insee code behind."""

    name: str
    spelled: str


class PlaceNamed(NamedTuple):
    """A territory: its name and its SIREN; those with its communes'; its communes."""

    territory: Territory
    spelled: str
    whole: str
    communes: tuple[CommuneNamed, ...]


class PartnerNamed(NamedTuple):
    """A name that a partner goes or went by; `partner_id`: the one that answers for it."""

    partner_id: UUID
    name: str
    spelled: str


@dataclass(frozen=True)
class Names:
    """Every name of one picture of the register."""

    register: Register

    @cached_property
    def places(self) -> tuple[PlaceNamed, ...]:
        """The territories."""
        return tuple(map(_place, self.register.territories.values()))

    @cached_property
    def partners(self) -> tuple[PartnerNamed, ...]:
        """The partners, those that were merged under the one that was kept."""
        known = self.register.partners.items()
        return tuple(
            PartnerNamed(self.kept(one), partner.name, f"{named(partner.name)}{partner.siren or ''} ")
            for one, partner in known
        )

    @cached_property
    def homes(self) -> Mapping[UUID, UUID]:
        """The territory of each partner that is a local one."""
        found = {}
        for one in self.register.partners:
            registered = self.register.streams[one].entries[0].event
            if isinstance(registered, PartnerRegistered) and registered.home_territory_id is not None:
                found[self.kept(one)] = registered.home_territory_id
        return found

    def kept(self, partner_id: UUID) -> UUID:
        """The partner that answers for one: itself, unless it was merged into another."""
        return self.register.twins.get(partner_id, partner_id)

    def partners_like(self, wanted: Sought) -> Iterator[PartnerNamed]:
        """The names of partners that fit."""
        near: dict[PartnerNamed, None] = {}
        for way in wanted.ways:
            rarest = f" {max(way, key=len)}"  # looked for first: most names lack it
            near |= dict.fromkeys([one for one in self.partners if rarest in one.spelled])
        yield from (one for one in near if wanted.fits(one.spelled))


def names_of(register: Register) -> Names:
    """The names of a picture of the register; those of the last one that was asked about are kept."""
    known = _LAST[0] if _LAST else None
    if known is None or known.register is not register:
        known = Names(register)
        _LAST[:] = [known]
    return known


_LAST: list[Names] = []


def _place(one: Territory) -> PlaceNamed:
    communes = tuple(CommuneNamed(each.name, f"{named(each.name)}{each.insee.lower()} ") for each in one.communes)
    own = f"{named(one.name)}{one.siren} "
    return PlaceNamed(one, own, own + _joined(communes), communes)


def _joined(communes: Iterable[CommuneNamed]) -> str:
    return "".join(one.spelled for one in communes)
