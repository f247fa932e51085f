"""Territories, partners and frameworks by their public names and numbers, as the register has them now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.finding.hits import FRAMEWORK, TERRITORY, Hit
from domain.collation import alphabetical
from domain.territories import Territory
from projections.engine import Register
from projections.what_can_be_found import PARTNER
from projections.what_is_sought import Sought, named, spelled


@dataclass(frozen=True)
class Institutions:
    """The register within reach. `scope`: the territories that may be read, None for all; `frameworks`: those that may
    be; `cited`: the territories whose conventions name each partner."""

    register: Register
    scope: Collection[UUID] | None
    frameworks: Collection[UUID]
    cited: Mapping[UUID, tuple[UUID, ...]]

    def found(self, wanted: Sought, *, whole: bool) -> Iterator[Hit]:
        """Those that fit; frameworks only where the `whole` of what may be read is searched."""
        yield from self._territories(wanted)
        yield from self._partners(wanted, whole=whole)
        for one in sorted(self.frameworks) if whole else ():
            name = self.register.frameworks[one].name
            if _fits(wanted, named(name)):
                yield Hit(FRAMEWORK, name, str(one), rank=wanted.rank(named(name)))

    def _territories(self, wanted: Sought) -> Iterator[Hit]:
        for one in self._places:
            own = named(one.name) + one.siren + " "
            if _fits(wanted, own):
                yield Hit(TERRITORY, one.name, str(one.id), (one.id,), rank=wanted.rank(own))
                continue
            communes = [
                commune.name
                for commune in one.communes
                if wanted.fits(f"{named(commune.name)}{commune.insee.lower()} ", own)
            ]
            if communes:
                best = min(communes, key=lambda name: (wanted.rank(named(name)), name))
                yield Hit(
                    TERRITORY, one.name, str(one.id), (one.id,), beside=(best,), rank=4 + wanted.rank(named(best))
                )

    def _partners(self, wanted: Sought, *, whole: bool) -> Iterator[Hit]:
        """Those of a territory or of a framework that may be read, also under a name that they were merged from."""
        for kept, names in self._names_of_partners(whole=whole).items():
            partner = self.register.partners[kept]
            own = [f"{named(name)}{partner.siren or ''} " for name in names]
            if not wanted or any(wanted.fits(one) for one in own):
                rank = min(map(wanted.rank, own))
                former = tuple(name for name in names if name != partner.name and wanted.fits(named(name)))
                yield Hit(PARTNER, partner.name, str(kept), self._where(kept), beside=former, rank=rank)

    def _names_of_partners(self, *, whole: bool) -> dict[UUID, list[str]]:
        """The partners within reach, each with every name that it goes or went by."""
        named_here = set(self.cited)
        if whole:
            signing = (self.register.frameworks[one].signatories for one in self.frameworks)
            named_here |= {self._kept(partner_id) for several in signing for partner_id in several}
        found: dict[UUID, list[str]] = {}
        for partner_id, partner in self.register.partners.items():
            kept = self._kept(partner_id)
            if kept in named_here or self._homes(kept):
                found.setdefault(kept, []).append(partner.name)
        return found

    def _where(self, partner_id: UUID) -> tuple[UUID, ...]:
        """The territories in which a partner is known, by name."""
        places = {*self.cited.get(partner_id, ()), *self._homes(partner_id)}
        return tuple(sorted(places, key=lambda one: (alphabetical(self.register.name_of(one)), str(one))))

    def _homes(self, partner_id: UUID) -> tuple[UUID, ...]:
        home = self._home.get(partner_id)
        return (home,) if home is not None and (self.scope is None or home in self.scope) else ()

    @cached_property
    def _home(self) -> Mapping[UUID, UUID]:
        """The territory of each partner that is a local one."""
        return {
            self._kept(one): home
            for one in self.register.partners
            if (home := getattr(self.register.streams[one].entries[0].event, "home_territory_id", None)) is not None
        }

    def _kept(self, partner_id: UUID) -> UUID:
        return self.register.twins.get(partner_id, partner_id)

    @cached_property
    def _places(self) -> tuple[Territory, ...]:
        known = self.register.territories
        return tuple(one for one in known.values() if self.scope is None or one.id in self.scope)

    @property
    def vocabulary(self) -> dict[str, str]:
        """The words of these names, with how they are written."""
        names = [one.name for one in self._places]
        names += [commune.name for one in self._places for commune in one.communes]
        names += [self.register.partners[one].name for one in self.cited]
        return {key: word for name in names for key, word in words_of(name)}


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that are long enough to be mistaken, folded, with how they are written."""
    for word in text.replace("’", " ").replace("'", " ").replace("-", " ").split():
        key = spelled(word).split()  # not kept: it may be of a title
        if len(word) > 3 and len(key) == 1:
            yield key[0], word


def _fits(wanted: Sought, own: str) -> bool:
    return not wanted or wanted.fits(own)
