"""What was recorded since a summary was made: marks on the heads of streams, and the conventions they concern."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.frameworks import TerritoryAttached
from projections.engine import Register
from workflows.journal import Journal

_CITED = ("partner", "method-profile")
"""Kinds of streams that conventions cite: what changes one may change what is said of any of them."""

MOST_READ = 1_000
"""Marks read at once."""


class Mark(NamedTuple):
    """A stream to which something was recorded, and the version it was seen at."""

    stream_id: UUID
    kind: str
    version: int
    convention_id: UUID | None
    territory_id: UUID | None


class Marks:
    """The marks of one version of the summaries."""

    def __init__(self, journal: Journal, bit: int) -> None:
        self._journal = journal
        self._bit = bit

    def read(self, connection: Connection, most: int = MOST_READ) -> list[Mark]:
        """The marks there are, `most` of them at most; few but after a migration."""
        return self._found(connection, f"LIMIT {most}", ())

    def on(self, connection: Connection, convention_ids: Iterable[UUID]) -> list[Mark]:
        """The marks on the streams that name these conventions."""
        asked = self._journal.among(convention_ids)
        return [one for where, bound in asked for one in self._found(connection, f"AND convention_id {where}", bound)]

    def concerned(self, connection: Connection, marks: Collection[Mark], register: Register) -> set[UUID]:
        """The conventions that marks on streams of no convention are about."""
        if any(one.kind in _CITED and one.version > 1 for one in marks):
            return set(self._journal.conventions(connection, None))
        territories: set[UUID] = set()
        for one in marks:
            stream = register.streams.get(one.stream_id) if one.kind == "framework" else None
            events = [entry.event for entry in stream.recorded] if stream is not None else []
            territories |= {event.attached_territory_id for event in events if isinstance(event, TerritoryAttached)}
        placed = [one.stream_id for one in marks if one.kind not in _CITED]
        territories |= self._journal.territories_of(connection, placed)
        return set(self._journal.conventions(connection, territories))

    def _found(self, connection: Connection, narrowed: str, bound: tuple[Any, ...]) -> list[Mark]:
        sql = (
            "SELECT stream_id, kind, version, convention_id, territory_id FROM streams"
            f" WHERE (touched & {self._bit}) = {self._bit} {narrowed}"
        )
        ids = self._journal.known
        return [
            Mark(ids(stream), kind, version, ids(convention), ids(territory))  # type: ignore[arg-type]
            for stream, kind, version, convention, territory in connection.exec_driver_sql(sql, bound)
        ]

    def put(self, connection: Connection, convention_ids: Iterable[UUID]) -> None:
        """Mark these conventions."""
        for where, bound in self._journal.among(convention_ids):
            set_bit = (
                f"UPDATE streams SET touched = touched | {self._bit} WHERE (touched & {self._bit}) = 0 AND stream_id"
            )
            connection.exec_driver_sql(f"{set_bit} {where}", bound)

    def clear(self, connection: Connection, marks: Collection[Mark]) -> None:
        """Take the marks away, but for the streams to which something was recorded since they were seen."""
        mark = self._journal.mark
        cleared = f"UPDATE streams SET touched = touched & ~{self._bit} WHERE (touched & {self._bit}) = {self._bit}"
        statement = f"{cleared} AND stream_id = {mark} AND version = {mark}"
        # In one order for every writer, so that none waits in a ring.
        in_order = sorted(marks, key=lambda one: one.stream_id)
        rows = [(self._journal.stored(one.stream_id), one.version) for one in in_order]
        if rows:
            connection.exec_driver_sql(statement, rows)
