"""The page of a search: what is known under some words, grouped by kind and counted, the best first?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from api.finding import KINDS, Found, Hit, Search
from api.pages.addresses import SEARCH
from api.pages.asking import Asking
from api.pages.contexts import FoundGroup, Narrowing, Phrase, SearchPage
from api.pages.found import Lines
from api.pages.paging import page_number
from domain.collation import alphabetical
from domain.territories import territory_stream
from projections.what_is_sought import MOST_TYPED, sought

PAGE: Final = 50
"""Things of one kind on a page."""
AT_FIRST: Final = 5
"""Things of each kind where all kinds are shown."""
MOST_PLACES: Final = 8

SLUGS: Final = {
    "territory": "territoire",
    "partner": "partenaire",
    "framework": "cadre",
    "sheet": "fiche",
    "priority": "priorite",
    "forum": "forum",
    "decision": "decision",
    "document": "document",
}
"""How addresses name the kinds."""


@dataclass(frozen=True)
class Asked:
    """What the address asks: some words, a kind, a territory by its SIREN, a page; what means nothing is none."""

    typed: str = ""
    kind: str = ""
    siren: str = ""
    page: str = ""

    @property
    def number(self) -> int:
        """Which page, from 1 on."""
        return page_number(self.page)

    @property
    def only(self) -> str | None:
        """The kind that is asked for."""
        return next((kind for kind, slug in SLUGS.items() if slug == self.kind), None)

    def address(self, **changed: str) -> str:
        """The same, some of it otherwise; on its first page."""
        other = replace(self, **{"page": "", **changed})
        pairs = {"q": other.typed, "quoi": other.kind, "ou": other.siren, "page": other.page}
        return f"{SEARCH}?{urlencode({name: value for name, value in pairs.items() if value})}"


def search_page(ask: Asking, asked: Asked) -> SearchPage:
    """Everything the page shows."""
    asked = replace(asked, typed=" ".join(asked.typed[:MOST_TYPED].split()))
    return _Searching(ask, asked).page


class _Searching:
    """One search, and the one that is tried in its place where it finds nothing."""

    def __init__(self, ask: Asking, asked: Asked) -> None:
        self.ask, self.asked = ask, asked
        self.wanted = sought(asked.typed)
        self.place = self._place()

    def _place(self) -> UUID | None:
        """The territory that is asked for, where the visitor may read it."""
        if not self.asked.siren:
            return None
        place, readable = territory_stream(self.asked.siren), self.ask.visitor.territories
        known = place in self.ask.register.territories and (readable is None or place in readable)
        return place if known else None

    @cached_property
    def _search(self) -> Search:
        return Search(self.ask.services, self.ask.visitor, self.ask.connection, self.place)

    def _find(self, typed: str) -> Found:
        return self._search.find(sought(typed))

    @cached_property
    def found(self) -> Found:
        """What fits."""
        return self._find(self.asked.typed)

    @cached_property
    def instead(self) -> tuple[str, Found] | None:
        """What may have been meant, and what fits that."""
        if self.found.hits or not self.wanted:
            return None
        typed = self.wanted.instead(self.found.vocabulary)
        found = self._find(typed) if typed is not None else None
        return (typed, found) if typed is not None and found is not None and found.hits else None

    @property
    def page(self) -> SearchPage:
        """Everything the page shows."""
        asked = self.asked
        if not self.wanted and asked.only is None:
            return SearchPage(asked.typed, (Phrase("page.search.answer-empty"),), browse=self._browse())
        found = self.found
        shown = found if self.instead is None else self.instead[1]
        hits = shown.of(asked.only) if asked.only is not None else shown.hits
        first = (asked.number - 1) * PAGE
        has_more = asked.only is not None and first + PAGE < len(hits)
        searched = asked.typed if self.instead is None else self.instead[0]
        return SearchPage(
            asked.typed,
            self._answer(hits),
            self._groups(shown, searched),
            self._kinds(shown) if shown.hits and self.instead is None else (),
            self._places(hits) if self.instead is None else (),
            tuple((name, value) for name, value in (("quoi", asked.kind), ("ou", asked.siren)) if value),
            (self.instead[0], asked.address(typed=self.instead[0])) if self.instead is not None else None,
            self._browse() if not hits else (),
            shown.all_read,
            asked.address(page=str(asked.number - 1)) if asked.only is not None and asked.number > 1 else None,
            asked.address(page=str(asked.number + 1)) if has_more else None,
            asked.address(kind="", siren="") if asked.kind or asked.siren else None,
        )

    def _answer(self, hits: tuple[Hit, ...]) -> tuple[Phrase, ...]:
        """How many things, in how many territories; of one place by its name."""
        if self.instead is not None:
            return (Phrase("page.search.answer-near", {}, len(hits)),)
        if not hits:
            return (Phrase("page.search.answer-none" if self.wanted else "page.search.answer-none-of-kind"),)
        places = {one for hit in hits for one in hit.territories}
        if len(places) == 1:
            return (Phrase("page.search.answer-in", {"place": self.ask.name(next(iter(places)))}, len(hits)),)
        if not places:
            return (Phrase("page.search.answer", {}, len(hits)),)
        return (Phrase("page.search.answer-in", {"place": Phrase("page.search.places", {}, len(places))}, len(hits)),)

    def _groups(self, found: Found, searched: str) -> tuple[FoundGroup, ...]:
        asked = self.asked
        kinds = (asked.only,) if asked.only is not None else KINDS
        first = (asked.number - 1) * PAGE if asked.only is not None else 0
        most = PAGE if asked.only is not None else AT_FIRST
        shown = {kind: found.of(kind)[first : first + most] for kind in kinds}
        shown = {kind: self._search.titled(hits) for kind, hits in shown.items()}
        lines = Lines(self.ask, sought(searched), [hit for hits in shown.values() for hit in hits])
        return tuple(
            FoundGroup(
                kind,
                len(found.of(kind)),
                tuple(map(lines.line, hits)),
                asked.address(typed=searched, kind=SLUGS[kind])
                if asked.only is None and len(found.of(kind)) > most
                else None,
            )
            for kind, hits in shown.items()
            if hits
        )

    def _kinds(self, found: Found) -> tuple[Narrowing, ...]:
        """The kinds of which something was found, after all of them together where words are sought."""
        if not self.wanted:
            return self._browse()
        asked, counts = self.asked, Counter(one.kind for one in found.hits)
        every = Narrowing(Phrase("page.search.every"), len(found.hits), asked.address(kind=""), asked.only is None)
        return (every, *_by_kind(asked, counts))

    def _browse(self) -> tuple[Narrowing, ...]:
        """The kinds of which there is anything."""
        return _by_kind(Asked(kind=self.asked.kind, siren=self.asked.siren), self._search.counts())

    def _places(self, hits: Iterable[Hit]) -> tuple[Narrowing, ...]:
        """The territories in which most was found; none where there is but one."""
        counts = Counter(one for hit in hits for one in hit.territories)
        if len(counts) < 2 and self.place is None:
            return ()
        most = sorted(counts, key=lambda one: (-counts[one], alphabetical(self.ask.name(one))))[:MOST_PLACES]
        known = self.ask.register.territories
        return tuple(
            Narrowing(
                Phrase("page.literal", {"text": known[one].name}),
                counts[one],
                self.asked.address(siren="" if one == self.place else known[one].siren),
                one == self.place,
            )
            for one in most
        )


def _by_kind(asked: Asked, counts: Mapping[Any, int]) -> tuple[Narrowing, ...]:
    return tuple(
        Narrowing(Phrase(f"page.search.kinds.{kind}"), count, asked.address(kind=SLUGS[kind]), asked.only == kind)
        for kind in KINDS
        if (count := counts.get(kind, 0))
    )
