"""What is found under some words? The one search of pages and tools, over what the visitor may read and nothing else.

Names of institutions are compared in memory, with the register; what conventions hold, with their summaries. Titles are
sealed: those that the visitor may read are opened when they ask, the newest first, at most `MOST_OPENED`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from api.access import Visitor
from api.finding.hits import KINDS, Found, Hit
from api.finding.institutions import Institutions
from api.finding.records import Records
from api.finding.words import Words
from api.services import Services
from projections.engine import Register
from projections.what_is_sought import Sought, sought
from workflows.summaries.searched import Looked, look

__all__ = ["KINDS", "Found", "Hit", "Search", "visible_framework"]

NOTHING: Final = sought("")


@dataclass(frozen=True)
class Search:
    """Whoever searches, with what; `territory_id`: in one territory only, which they may read."""

    services: Services
    visitor: Visitor
    connection: Connection
    territory_id: UUID | None = None

    def find(self, wanted: Sought) -> Found:
        """All that fits, the best of each kind first; all there is where nothing is sought. The titles of what is shown
        are to be opened (`titled`)."""
        looked, institutions, records = self._within(wanted)
        hits = (*institutions.found(wanted), *records.found(wanted))
        return Found(
            tuple(sorted(hits, key=lambda one: one.order)),
            looked.whole and (not wanted or records.all_read),
            {**records.vocabulary, **institutions.vocabulary} if not hits else {},
        )

    def counts(self) -> dict[str, int]:
        """How many things there are of each kind, without opening any."""
        _, institutions, records = self._within(NOTHING)
        return institutions.counts() | records.counts()

    def titled(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """Some hits, with the titles that were not opened yet."""
        shown = tuple(hits)
        sealed = {one.sealed for one in shown if one.sealed is not None}
        texts = self.services.vault.open_texts(sealed, self.connection) if sealed else {}
        return tuple(one.opened(texts) for one in shown)

    def _within(self, wanted: Sought) -> tuple[Looked, Institutions, Records]:
        """What is within reach, and may hold what is sought."""
        register = self.services.reader.register(self.connection)
        scope = self._scope()
        words = Words(self.visitor.texts, register)
        ways = [[(word, words.codes(word)) for word in way] for way in wanted.ways]
        looked = look(self.services.summaries, scope, ways)
        records = Records(self.services, self.connection, register, words, looked.stored)
        frameworks = frozenset(one for one in register.frameworks if visible_framework(self.visitor, register, one))
        institutions = Institutions(register, scope, frameworks, records.partners, self.territory_id is None)
        return looked, institutions, records

    def _scope(self) -> frozenset[UUID] | None:
        """The territories in which to look, None for all: never more than the visitor may read."""
        readable = self.visitor.territories
        if self.territory_id is None:
            return readable
        return frozenset({self.territory_id} if readable is None or self.territory_id in readable else ())


def visible_framework(visitor: Visitor, register: Register, framework_id: UUID) -> bool:
    """Whether a framework exists for somebody: they hold a role there, or read a territory that it follows."""
    readable = visitor.territories
    if readable is None or any(one.framework_id == framework_id for one in visitor.actor.roles):
        return True
    return any(one in readable for one in register.frameworks[framework_id].territories)
