"""What a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.values import Code
from projections.what_can_be_found import DECISION, DOCUMENT, FORUM, PARTNER, PRIORITY, SHEET

TERRITORY: Final = Code("territory")
FRAMEWORK: Final = Code("framework")
KINDS: Final = (TERRITORY, PARTNER, FRAMEWORK, SHEET, PRIORITY, FORUM, DECISION, DOCUMENT)
"""What can be found, in the order in which it is told."""


@dataclass(frozen=True)
class Hit:
    """One thing found. `title`: None once it was erased; `beside`: names that say what it is; `themes`: those that the
    committee named; `reference`: its id, or what its place on its page is named after; `territories`: where it is,
    `convention_id` in which; `sealed`: a title that was not opened yet; `named_in`: the conventions that name
    a partner."""

    kind: Code
    title: str | None
    reference: str
    territories: tuple[UUID, ...] = ()
    convention_id: UUID | None = None
    on: date | None = None
    codes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    rank: int = 0
    listed_under: str = ""
    sealed: str | None = None
    named_in: tuple[UUID, ...] = ()

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """By kind, the best first, then the newest."""
        newest = -self.on.toordinal() if self.on is not None else 0
        return KINDS.index(self.kind), self.rank, newest, self.listed_under, self.reference

    def opened(self, texts: Mapping[str, str | None]) -> Hit:
        """Itself, its title out of those that were opened."""
        return self if self.sealed is None else replace(self, title=texts[self.sealed], sealed=None)


@dataclass(frozen=True)
class Found:
    """What was found. `all_read`: whether every title was read; `vocabulary`: the words there are, with how they are
    written, where nothing was found."""

    hits: tuple[Hit, ...]
    all_read: bool
    vocabulary: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Hit, ...]:
        """Those of one kind."""
        return tuple(one for one in self.hits if one.kind == kind)
