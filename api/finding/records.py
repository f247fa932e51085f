"""What conventions hold: forums, priorities, sheets, decisions and documents, by their words and their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from api.finding.hits import Hit
from api.finding.institutions import words_of
from api.finding.words import Words
from api.services import Services
from projections.engine import Register
from projections.what_can_be_found import FORUM, PARTNER, Findable
from projections.what_is_sought import Sought, named, spelled
from workflows.summaries.searched import Stored

MOST_OPENED: Final = 5_000
"""Titles that one search opens, at most, the newest first."""


@dataclass(frozen=True)
class _Thing:
    """One thing and the convention that holds it."""

    within: Stored
    own: Findable


@dataclass(frozen=True)
class Records:
    """What some conventions hold, each thing once."""

    services: Services
    connection: Connection
    register: Register
    words: Words
    stored: Collection[Stored]

    def found(self, wanted: Sought) -> Iterator[Hit]:
        """Those that fit."""
        for one in self._things:
            if not wanted or self._fits(one, wanted):
                yield self._hit(one, wanted)

    @cached_property
    def partners(self) -> Mapping[UUID, Mapping[UUID, UUID]]:
        """The territories where each partner is named, with the latest convention that does."""
        found: dict[UUID, dict[UUID, UUID]] = {}
        for stored in self.stored:
            for one in stored.things:
                if one.kind == PARTNER:
                    partner_id = UUID(one.reference)
                    kept = self.register.twins.get(partner_id, partner_id)
                    if kept in self.register.partners:
                        found.setdefault(kept, {}).setdefault(stored.territory_id, stored.convention_id)
        return found

    @cached_property
    def _things(self) -> tuple[_Thing, ...]:
        """What a territory has once for several conventions is told by the latest."""
        found: dict[tuple[UUID, str, str], _Thing] = {}
        for stored in self.stored:
            for one in stored.things:
                if one.kind != PARTNER:
                    found.setdefault((stored.territory_id, one.kind, one.reference), _Thing(stored, one))
        return tuple(found.values())

    @cached_property
    def _sealed(self) -> list[_Thing]:
        titled = [one for one in self._things if one.own.title is not None]
        return sorted(titled, key=lambda one: -one.own.on.toordinal() if one.own.on is not None else 0)

    @property
    def all_read(self) -> bool:
        """Whether no title was left unread."""
        return len(self._sealed) <= MOST_OPENED

    @cached_property
    def _titles(self) -> Mapping[str, str | None]:
        """The titles that were opened, by their seals."""
        tokens = {one.own.title for one in self._sealed[:MOST_OPENED] if one.own.title is not None}
        return self.services.vault.open_texts(tokens, self.connection)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return dict(Counter(one.own.kind for one in self._things))

    def _fits(self, one: _Thing, wanted: Sought) -> bool:
        title = self._titles.get(one.own.title) if one.own.title is not None else None
        own = f"{spelled(title or '')}{self._clear(one.own)}"
        return wanted.fits(own, named(one.within.said.standing.territory_name))

    def _clear(self, own: Findable) -> str:
        codes = (f"search.kind.{own.kind}", *own.codes)
        said = (*map(named, own.said), *map(self.words.compared, codes))
        return "".join(said) + (f"{own.on.year} " if own.on is not None else "")

    def _hit(self, one: _Thing, wanted: Sought) -> Hit:
        token = one.own.title
        is_read = token is None or (bool(wanted) and token in self._titles)
        title = self._forum(one.own) if one.own.kind == FORUM else self._titles.get(token or "") if is_read else None
        name = spelled(title or "")
        return Hit(
            one.own.kind,
            title,
            one.own.reference,
            (one.within.territory_id,),
            one.within.convention_id,
            one.own.on,
            one.own.codes,
            one.own.names,
            one.own.themes,
            wanted.rank(name) if wanted else 0,
            name,
            None if is_read else token,
        )

    def _forum(self, own: Findable) -> str:
        themes = [self.words.of(code) for code in own.codes if code.startswith("theme.")]
        said = ", ".join((*themes, *own.themes))
        return said[:1].upper() + said[1:]

    @property
    def vocabulary(self) -> dict[str, str]:
        """The words of what may be read here, with how they are written."""
        texts = [title for title in self._titles.values() if title]
        return {key: word for text in texts for key, word in words_of(text)}
