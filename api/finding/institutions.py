"""Territories, partners and frameworks by their public names and numbers, as the register has them now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.finding.hits import FRAMEWORK, TERRITORY, Hit
from domain.collation import alphabetical
from projections.engine import Register
from projections.what_can_be_found import PARTNER
from projections.what_is_sought import Sought, named, spelled
from projections.which_names_are_known import Names, PlaceNamed, names_of


@dataclass(frozen=True)
class Institutions:
    """The register within reach. `scope`: the territories that may be read, None for all; `frameworks`: those that may
    be; `cited`: where each partner is named, and in which convention; `whole`: all that may be read is searched."""

    register: Register
    scope: Collection[UUID] | None
    frameworks: Collection[UUID]
    cited: Mapping[UUID, Mapping[UUID, UUID]]
    whole: bool

    def found(self, wanted: Sought) -> Iterator[Hit]:
        """Those that fit; frameworks only where the whole is searched."""
        for place in self._places:
            if not wanted or wanted.fits(place.whole):
                yield from self._place(place, wanted)
        yield from self._partners(wanted)
        for one in sorted(self.frameworks) if self.whole else ():
            name = self.register.frameworks[one].name
            if not wanted or wanted.fits(named(name)):
                yield Hit(FRAMEWORK, name, str(one), rank=wanted.rank(named(name)), listed_under=named(name))

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {
            TERRITORY: len(self._places),
            PARTNER: len(self._within),
            FRAMEWORK: len(self.frameworks) if self.whole else 0,
        }

    def _place(self, place: PlaceNamed, wanted: Sought) -> Iterator[Hit]:
        one, own = place.territory, place.spelled
        if not wanted or wanted.fits(own):
            rank = wanted.rank(own) if wanted else 0
            yield Hit(TERRITORY, one.name, str(one.id), (one.id,), rank=rank, listed_under=own)
            return
        fitting = [commune for commune in place.communes if wanted.fits(commune.spelled, own)]
        if fitting:
            rank, name = min((wanted.rank(named(commune.name)), commune.name) for commune in fitting)
            yield Hit(TERRITORY, one.name, str(one.id), (one.id,), beside=(name,), rank=rank + 4, listed_under=own)

    def _partners(self, wanted: Sought) -> Iterator[Hit]:
        """Those of a territory or of a framework that may be read, also under a name that they were merged from."""
        found: dict[UUID, list[tuple[int, str]]] = {}
        for one in self._names.partners_like(wanted) if wanted else ():
            if one.partner_id in self._within:
                found.setdefault(one.partner_id, []).append((wanted.rank(one.spelled), one.name))
        for kept in found if wanted else self._within:
            name, fitting = self.register.partners[kept].name, found.get(kept, [])
            former = tuple(other for _, other in fitting if other != name)
            rank = min((rank for rank, _ in fitting), default=0)
            where, cited = self._where(kept), self.cited.get(kept, {})
            yield Hit(
                PARTNER,
                name,
                str(kept),
                where,
                beside=former,
                rank=rank,
                listed_under=named(name),
                named_in=tuple(cited[one] for one in where if one in cited),
            )

    @cached_property
    def _within(self) -> frozenset[UUID]:
        """The partners within reach: of the conventions that may be read, of their territories, of the frameworks."""
        found = set(self.cited)
        homes = self._names.homes.items()
        found |= {one for one, home in homes if self.scope is None or home in self.scope}
        if self.whole:
            signing = (self.register.frameworks[one].signatories for one in self.frameworks)
            found |= {self._names.kept(partner_id) for several in signing for partner_id in several}
        return frozenset(found & self.register.partners.keys())

    def _where(self, partner_id: UUID) -> tuple[UUID, ...]:
        """The territories in which a partner is known, by name."""
        places = set(self.cited.get(partner_id, ()))
        home = self._names.homes.get(partner_id)
        if home is not None and (self.scope is None or home in self.scope):
            places.add(home)
        if len(places) < 2:
            return tuple(places)
        return tuple(sorted(places, key=lambda one: (alphabetical(self.register.name_of(one)), str(one))))

    @cached_property
    def _names(self) -> Names:
        return names_of(self.register)

    @cached_property
    def _places(self) -> tuple[PlaceNamed, ...]:
        known = self._names.places
        return known if self.scope is None else tuple(one for one in known if one.territory.id in self.scope)

    @property
    def vocabulary(self) -> dict[str, str]:
        """The words of these names, with how they are written."""
        names: list[str] = [one.territory.name for one in self._places]
        names += [commune.name for one in self._places for commune in one.communes]
        names += [self.register.partners[one].name for one in self.cited]
        return {key: word for name in names for key, word in words_of(name)}


def words_of(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that are long enough to be mistaken, folded, with how they are written."""
    for word in text.replace("’", " ").replace("'", " ").replace("-", " ").split():
        key = spelled(word).split()  # not kept: it may be of a title
        if len(word) > 3 and len(key) == 1:
            yield key[0], word
