"""What was recorded since a summary was made: marks on the heads of streams, and the conventions they concern."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.frameworks import TerritoryAttached
from projections.engine import Register
from workflows.journal import Journal

_CITED = ("partner", "method-profile")
"""Kinds of streams that conventions cite: what changes one may change what is said of any of them."""

MOST_READ = 2_000
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

    def read(self, connection: Connection) -> list[Mark]:
        """Some of the marks there are; few but after a migration."""
        sql = (
            "SELECT stream_id, kind, version, convention_id, territory_id FROM streams"
            f" WHERE (touched & {self._bit}) <> 0 LIMIT {MOST_READ}"
        )
        ids = self._journal.known
        return [
            Mark(ids(stream), kind, version, ids(convention), ids(territory))  # type: ignore[arg-type]
            for stream, kind, version, convention, territory in connection.exec_driver_sql(sql)
        ]

    def concerned(self, connection: Connection, mark: Mark, register: Register) -> list[UUID]:
        """The conventions that a mark on a stream of no convention is about."""
        if mark.kind == "framework":
            stream = register.streams.get(mark.stream_id)
            events = [entry.event for entry in stream.entries] if stream is not None else []
            followed = {one.attached_territory_id for one in events if isinstance(one, TerritoryAttached)}
            return self._journal.conventions(connection, followed)
        if mark.kind in _CITED:
            return self._journal.conventions(connection, None) if mark.version > 1 else []
        territories = self._journal.territories_of(connection, mark.stream_id)
        return self._journal.conventions(connection, territories)

    def put(self, connection: Connection, convention_ids: Iterable[UUID]) -> None:
        """Mark these conventions."""
        for where, bound in self._journal.among(convention_ids):
            set_bit = (
                f"UPDATE streams SET touched = touched | {self._bit} WHERE (touched & {self._bit}) = 0 AND stream_id"
            )
            connection.exec_driver_sql(f"{set_bit} {where}", bound)

    def clear(self, connection: Connection, marks: Collection[Mark]) -> None:
        """Take the marks away, but for the streams to which something was recorded since they were seen."""
        sql = f"UPDATE streams SET touched = touched & ~{self._bit} WHERE stream_id = {{}} AND version = {{}}"
        statement = sql.format(self._journal.mark, self._journal.mark)
        rows = [(self._journal.stored(mark.stream_id), mark.version) for mark in sorted(marks)]
        if rows:
            connection.exec_driver_sql(statement, rows)
