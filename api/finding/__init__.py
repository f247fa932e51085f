"""What is found under some words? The one search of pages and tools, over what the visitor may read and nothing else.

Names of institutions are compared in memory, with the register; what conventions hold, with their summaries. Titles are
sealed: those that the visitor may read are opened when they ask, the newest first, at most `MOST_OPENED`.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from projections.what_is_sought import Sought
from workflows.summaries.searched import look

__all__ = ["KINDS", "Found", "Hit", "Search", "visible_framework"]

EVERY_KIND: Final = ""


@dataclass(frozen=True)
class Search:
    """Whoever searches, with what; `territory_id`: in one territory only, which they may read."""

    services: Services
    visitor: Visitor
    connection: Connection
    territory_id: UUID | None = None

    def find(self, wanted: Sought) -> Found:
        """All that fits, the best of each kind first."""
        register = self.services.reader.register(self.connection)
        scope = self._scope(register)
        words = Words(self.visitor.texts, register)
        ways = [[(word, words.codes(word)) for word in way] for way in wanted.ways]
        looked = look(self.services.summaries, scope, ways)
        records = Records(self.services, self.connection, register, words, looked.stored)
        frameworks = frozenset(one for one in register.frameworks if visible_framework(self.visitor, register, one))
        institutions = Institutions(register, scope, frameworks, records.partners)
        hits = (*institutions.found(wanted, whole=self.territory_id is None), *records.found(wanted))
        return Found(
            tuple(sorted(hits, key=lambda one: one.order)),
            looked.whole and records.all_read,
            {**records.vocabulary, **institutions.vocabulary} if not hits else {},
        )

    def _scope(self, register: Register) -> frozenset[UUID] | None:
        """The territories in which to look, None for all: never more than the visitor may read."""
        readable = self.visitor.territories
        if self.territory_id is None:
            return readable
        return frozenset({self.territory_id} if readable is None or self.territory_id in readable else ())


def visible_framework(visitor: Visitor, register: Register, framework_id: UUID) -> bool:
    """Whether a framework exists for somebody: they hold a role there, or read a territory that it follows."""
    readable: Mapping[UUID, object] | frozenset[UUID] | None = visitor.territories
    return (
        readable is None
        or any(one in readable for one in register.frameworks[framework_id].territories)
        or any(one.framework_id == framework_id for one in visitor.actor.roles)
    )
