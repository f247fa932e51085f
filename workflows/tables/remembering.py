"""What a territory said of the columns and the words of its tables, so that it is not asked again.

A convenience, kept as long as letters after it was last of use. Words may name a person: only their fingerprint is
kept, which is enough to know them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Engine, select

from workflows.database import inserting
from workflows.instants import to_text
from workflows.schema import column_mappings
from workflows.tables.words import folded, head_words

HEAD: Final = "head"


def _fingerprint(territory_id: UUID, field_code: str, words: str) -> str:
    return hashlib.sha256(f"{territory_id}:{field_code}:{words}".encode()).hexdigest()


def of_head(territory_id: UUID, head: str) -> str:
    """What is kept of the head of a column."""
    return _fingerprint(territory_id, HEAD, head_words(head))


def of_words(territory_id: UUID, field_code: str, words: str) -> str:
    """What is kept of the words of a cell."""
    return _fingerprint(territory_id, field_code, folded(words))


@dataclass(frozen=True)
class Remembered:
    """What a territory said before: by the fingerprint of a head, or of the words of a field."""

    territory_id: UUID
    meanings: Mapping[str, str] = field(default_factory=dict)

    def field_of(self, head: str) -> str | None:
        """What a column of this head became, empty when it was left out, None when nobody said."""
        return self.meanings.get(of_head(self.territory_id, head))

    def answer_of(self, field_code: str, words: str) -> str | None:
        """What these words stood for."""
        return self.meanings.get(of_words(self.territory_id, field_code, words))


def remembered(engine: Engine, territory_id: UUID) -> Remembered:
    """All that a territory said."""
    asked = select(column_mappings.c.said, column_mappings.c.meaning).where(
        column_mappings.c.territory_id == territory_id
    )
    with engine.connect() as connection:
        return Remembered(territory_id, {one.said: one.meaning for one in connection.execute(asked)})


def remember(engine: Engine, territory_id: UUID, said: Mapping[str, str], now: datetime) -> None:
    """Keep what was said with an import; the latest word counts."""
    if not said:
        return
    rows = [
        {"territory_id": territory_id, "said": one, "meaning": meaning, "used_at": to_text(now)}
        for one, meaning in said.items()
    ]
    with engine.begin() as connection:
        made = inserting(connection, column_mappings).values(rows)
        connection.execute(
            made.on_conflict_do_update(
                index_elements=["said"],
                set_={"meaning": made.excluded.meaning, "used_at": made.excluded.used_at},
            )
        )
