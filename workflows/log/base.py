"""What both databases have in common: reading streams and the log, in statements that each writes in its own words."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine

from workflows.log.rows import AppendedRow, Beside, Guard, KeptState, LogRow, PlacedRow, StreamRow

_LOAD: Final = (
    "WITH kept AS (SELECT s.version, s.fold, s.state, s.last_event_id FROM states s"
    " JOIN streams h ON h.stream_id = s.stream_id AND s.version >= h.fold_from"
    " WHERE s.stream_id = {mark} AND s.fold IN ({folds}) ORDER BY s.version DESC LIMIT 1)"
    " SELECT 0, version, fold, state, last_event_id FROM kept UNION ALL"
    " SELECT 1, version, topic, state, NULL FROM events WHERE stream_id = {mark}"
    " AND version > coalesce((SELECT version FROM kept), -1) ORDER BY 1, 2"
)


class EventLog(ABC):
    """Appending to the log and reading it, in the words of one database."""

    mark: str
    """How the database's driver writes a bound value."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.stirred = threading.Event()
        """Set by what this process appends; whoever acts on it clears it before it looks."""

    @abstractmethod
    def append(
        self,
        rows: Sequence[AppendedRow],
        beside: Beside = (),
        guards: Sequence[Guard] = (),
        states: Sequence[KeptState] = (),
        *,
        consecutive: bool = False,
    ) -> list[int]:
        """Write events, and the rows beside them, in one transaction of its own; the events' positions.

        They are in the order of the events; with `consecutive` nobody else's are between them, which on PostgreSQL has
        all other writers wait.

        Raises VersionTaken (also for a guard), IdempotencyKeyTaken (which wins when both hold), RowRefused or
        `workflows.database.DatabaseUnavailable`; then nothing is written, unless the connection was lost while
        committing.
        """

    @abstractmethod
    def append_within(self, connection: Connection, rows: Sequence[AppendedRow], beside: Beside = ()) -> list[int]:
        """A consecutive `append` within the transaction of `connection`, which must have written nothing before."""

    @abstractmethod
    def keep(self, state: KeptState) -> None:
        """Keep the state of a stream, unless a later one is kept; not worth waiting for another writer.

        Raises `workflows.database.DatabaseUnavailable`.
        """

    def load(self, stream_id: UUID, folds: Sequence[str]) -> list[StreamRow]:
        """The latest state of a stream that was kept by one of these folds and may be used, then the events after it.

        What one moment sees, in order; nothing for a stream that does not exist.
        """
        marks = ", ".join([self.mark] * len(folds)) or "NULL"
        known, stored = self._known_id, self._stored_id(stream_id)
        sql = _LOAD.format(mark=self.mark, folds=marks)
        return [
            StreamRow(bool(is_event), version, name, state, known(last) if last is not None else None)
            for is_event, version, name, state, last in self._read(sql, [stored, *folds, stored])
        ]

    def select_stream(
        self, stream_id: UUID, *, after: int | None, up_to: int | None, descending: bool, limit: int | None
    ) -> list[tuple[int, str, str]]:
        """(version, topic, state) of a stream's events with after < version <= up_to, in order of version."""
        sql = f"SELECT version, topic, state FROM events WHERE stream_id = {self.mark}"
        values: list[Any] = [self._stored_id(stream_id)]
        if after is not None:
            sql += f" AND version > {self.mark}"
            values.append(after)
        if up_to is not None:
            sql += f" AND version <= {self.mark}"
            values.append(up_to)
        sql += " ORDER BY version DESC" if descending else " ORDER BY version"
        if limit is not None:
            sql += f" LIMIT {self.mark}"
            values.append(limit)
        return self._read(sql, values)

    def beside(self, kind: str, convention_id: UUID) -> list[UUID]:
        """The streams of a kind about a convention."""
        sql = f"SELECT stream_id FROM streams WHERE convention_id = {self.mark} AND kind = {self.mark}"
        return [self._known_id(one) for (one,) in self._read(sql, [self._stored_id(convention_id), kind])]

    def of_kind(self, kind: str) -> list[UUID]:
        """Every stream of a kind."""
        sql = f"SELECT stream_id FROM streams WHERE kind = {self.mark}"
        return [self._known_id(one) for (one,) in self._read(sql, [kind])]

    def on_territory(self, territory_id: UUID) -> list[LogRow]:
        """Every event recorded on a territory, in the order of the log."""
        sql = f"SELECT position, stream_id, version, topic, state FROM events WHERE territory_id = {self.mark}"
        return self._known_rows(self._read(sql + " ORDER BY position", [self._stored_id(territory_id)]))

    def naming(self, text: str) -> list[LogRow]:
        """Every event whose state holds a text without signs of `LIKE`, in the order of the log."""
        sql = f"SELECT position, stream_id, version, topic, state FROM events WHERE state LIKE {self.mark}"
        return self._known_rows(self._read(sql + " ORDER BY position", [f"%{text}%"]))

    def read(self, after: int, limit: int, *, up_to: int | None = None, topics: Sequence[str] = ()) -> list[LogRow]:
        """At most `limit` events with after < position <= up_to, in order, none of which can be overtaken later."""
        found: list[LogRow] = []
        while len(found) < limit and (up_to is None or after < up_to):
            ceiling = self._ceiling(after)
            if ceiling <= after:
                break
            if up_to is not None:
                ceiling = min(ceiling, up_to)
            found += self._read_between(after, ceiling, topics, limit - len(found))
            after = ceiling  # a batch cut short by an older ceiling goes on, so that a short batch means the end
        return found

    def _read_between(self, after: int, up_to: int, topics: Sequence[str], limit: int) -> list[LogRow]:
        mark = self.mark
        sql = f"SELECT position, stream_id, version, topic, state FROM events WHERE position > {mark}"
        sql += f" AND position <= {mark}"
        if topics:
            sql += f" AND topic IN ({', '.join([mark] * len(topics))})"
        sql += f" ORDER BY position LIMIT {mark}"
        return self._known_rows(self._read(sql, [after, up_to, *topics, limit]))

    def ceiling(self, after: int) -> int:
        """The end of what a reader who is at `after` may read: nothing under it can appear later."""
        return min(self._ceiling(after), self.last_position() or 0)

    def placed(
        self,
        after: int,
        up_to: int,
        limit: int,
        *,
        convention_id: UUID | None = None,
        territory_id: UUID | None = None,
        topics: Sequence[str] = (),
    ) -> list[PlacedRow]:
        """At most `limit` events with after < position <= up_to, in order: where each belongs, and of what kind its
        stream is. `up_to` is no more than a `ceiling`."""
        mark = self.mark
        sql = (
            "SELECT e.position, e.stream_id, e.version, e.topic, h.kind, e.convention_id, e.territory_id,"
            " e.framework_id FROM events e JOIN streams h ON h.stream_id = e.stream_id"
            f" WHERE e.position > {mark} AND e.position <= {mark}"
        )
        chosen: list[Any] = [after, up_to]
        for column, wanted in (("convention_id", convention_id), ("territory_id", territory_id)):
            if wanted is not None:
                sql += f" AND e.{column} = {mark}"
                chosen.append(self._stored_id(wanted))
        if topics:
            sql += f" AND e.topic IN ({', '.join([mark] * len(topics))})"
            chosen += topics
        rows = self._read(f"{sql} ORDER BY e.position LIMIT {mark}", [*chosen, limit])
        return [
            PlacedRow(
                row[0], self._known_id(row[1]), *row[2:5], *(self._known_id(one) if one else None for one in row[5:])
            )
            for row in rows
        ]

    def at(self, positions: Sequence[int]) -> list[LogRow]:
        """The events at some positions, in order."""
        if not positions:
            return []
        marks = ", ".join([self.mark] * len(positions))
        sql = f"SELECT position, stream_id, version, topic, state FROM events WHERE position IN ({marks})"
        return self._known_rows(self._read(f"{sql} ORDER BY position", positions))

    def last_until(self, position: int) -> LogRow | None:
        """The last event at a position or before it."""
        sql = "SELECT position, stream_id, version, topic, state FROM events"
        sql += f" WHERE position <= {self.mark} ORDER BY position DESC LIMIT 1"
        return next(iter(self._known_rows(self._read(sql, [position]))), None)

    def last_position(self) -> int | None:
        """The largest position that can be seen now, None for an empty log. Not safe to read up to: `safe_position`."""
        ((position,),) = self._read("SELECT max(position) FROM events", [])
        return None if position is None else int(position)

    @abstractmethod
    def safe_position(self) -> int:
        """A position under which every event is visible now or never will be; 0 for an empty log."""

    @abstractmethod
    def _ceiling(self, after: int) -> int:
        """The position a reader that is at `after` may read up to."""

    @abstractmethod
    def _read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """The rows of a query, on a connection of its own."""

    @abstractmethod
    def _stored_id(self, stream_id: UUID) -> Any:
        """A stream id as the driver wants it."""

    @abstractmethod
    def _known_rows(self, rows: list[Any]) -> list[LogRow]:
        """Rows of the log as they are known, from what the driver gave."""

    @abstractmethod
    def _known_id(self, stored: Any) -> UUID:
        """A stream id from what the driver gave."""
