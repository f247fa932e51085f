"""Keeps the read models up to date: events in, rows out, each projection exactly where its position says.

A projection answers one question (its module is named after it). Any number of processes may call `catch_up`: the
compare-and-set of the positions is the first statement of the transaction that writes the rows, so that a batch is
applied once or not at all. A projection that fails stops alone and says so; nothing is skipped, the others go on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, func, select

from domain.kernel import Event
from projections.engine.applying import Overtaken, apply, is_of_the_database, place_of
from projections.engine.projection import Projection
from projections.engine.rebuilding import alone, build
from projections.engine.tables import create, drop, known_keys, make_room, others_than, positions

BATCH: Final = 500
"""Events per transaction when catching up."""

_LEADER_LOCK: Final = 0x4354475F4C454144  # "CTG_LEAD"


@dataclass(frozen=True)
class ProjectionStatus:
    """How far a projection is. `lag` is in positions (which may have gaps); `error` names code and place, no person."""

    name: str
    version: int
    position: int
    lag: int
    failed_at: datetime | None
    error: str | None


class UnknownProjection(LookupError):
    """No question has this name."""


class NotPrepared(LookupError):
    """Read models that nobody built: `prepare` was not called with this release on this database."""


class Projections:
    """The read models of one database.

    `read_events(after, limit)` gives decoded events in order, never one that can be overtaken later, fewer than
    `limit` only at the log's end; `last_position` says where the log ends, for the lag (without it, the projection
    that is furthest stands for the end).
    """

    def __init__(
        self,
        engine: Engine,
        read_events: Callable[[int, int], list[tuple[int, Event]]],
        clock: Callable[[], datetime],
        projections: Sequence[Projection],
        last_position: Callable[[], int] | None = None,
    ) -> None:
        self.engine = engine
        self._read_events = read_events
        self._clock = clock
        self._projections = {projection.key: projection for projection in projections}
        self._last_position = last_position
        self._one_at_a_time = threading.Lock()

    # --- making and dropping them -----------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Build what is missing, up to the log's end; any number of processes may call it at once.

        Those that are there, of this release or of others, go on answering and are left alone. Raises `NotRebuilt` for
        one that cannot be built, `RebuildUnderWay` when another process has been building for minutes.
        """
        if not self.unprepared():
            return
        nothing_recorded = not self._read_events(0, 1)
        with self.engine.begin() as connection:
            known = make_room(connection)
            missing = [projection for key, projection in self._projections.items() if key not in known]
            if nothing_recorded:  # then empty tables are up to date
                for projection in missing:
                    create(connection, projection, "")
                return
        for projection in missing:
            build(self.engine, self._read_events, self._clock, projection, anew=False)

    def unprepared(self) -> list[str]:
        """The names of the read models of this release that nobody built yet."""
        with self.engine.connect() as connection:
            known = known_keys(connection)
        return [projection.name for key, projection in self._projections.items() if key not in known]

    def rebuild(self, name: str) -> None:
        """Build a projection anew beside the one that answers, then swap them in one transaction.

        Also what brings a failed projection back. Raises `UnknownProjection`, `RebuildUnderWay` when another process
        has been building for minutes, and `NotRebuilt` when the new one fails too (its error is then in the message,
        and the old one still answers).
        """
        projection = next((one for one in self._projections.values() if one.name == name), None)
        if projection is None:
            raise UnknownProjection(name)
        build(self.engine, self._read_events, self._clock, projection, anew=True)

    def retired(self) -> list[str]:
        """The keys of the read models that other releases made, which `retire` would drop."""
        with self.engine.connect() as connection:
            return others_than(connection, self._projections)

    def retire(self) -> list[str]:
        """Drop the read models of other versions, and tell which; for when no process of another release is left."""
        with alone(self.engine), self.engine.begin() as connection:
            others = others_than(connection, self._projections)
            for other in others:
                drop(connection, other)
        return others

    # --- catching up ------------------------------------------------------------------------------------------------

    def catch_up(self) -> bool:
        """Apply the events recorded since; False when another process is already doing it (PostgreSQL).

        A projection whose handler or rows fail is marked and left where it was. Errors of reading the log and of the
        database being unavailable are raised: they belong to no projection. Raises `NotPrepared` too.
        """
        with self._one_at_a_time:
            return self._catch_up(None)

    def wait_for(self, position: int, timeout: float) -> bool:
        """Wait until every healthy projection is at `position`, catching up if nobody does; False after `timeout` s.

        The time is looked at between two batches: one that was begun is ended. Raises as `catch_up` does.
        """
        deadline = time.monotonic() + timeout
        pause = 0.005
        while not self._is_at(position):
            if time.monotonic() >= deadline:
                return False
            # Another thread of this process may be at it, and go on for longer than we wait.
            if self._one_at_a_time.acquire(timeout=pause):
                try:
                    caught_up = self._catch_up(deadline)
                finally:
                    self._one_at_a_time.release()
                if not caught_up:
                    time.sleep(pause)
            pause = min(2 * pause, 0.05)
        return True

    def _catch_up(self, deadline: float | None) -> bool:
        """Batch after batch, to the log's end (then True), the deadline or the first one that another process takes."""
        while True:
            with self._leading() as leader:
                if not leader:
                    return False
                if not self._advance(self._healthy(), BATCH):
                    return True
            if deadline is not None and time.monotonic() >= deadline:
                return False

    def _is_at(self, position: int) -> bool:
        return all(at >= position for at in self._healthy().values())

    @contextmanager
    def _leading(self) -> Iterator[bool]:
        """One process applies a batch on PostgreSQL. On SQLite there is one writer at a time anyway.

        A leader that stops where it stands keeps the others waiting until the database ends its idle transactions
        (`workflows/database.py` says when); the compare-and-set is what keeps each batch from being applied twice.
        """
        if self.engine.dialect.name != "postgresql":
            yield True
            return
        # A transaction of its own, so that the lock goes with it and never stays on a pooled connection.
        with self.engine.connect() as connection:
            yield bool(connection.execute(select(func.pg_try_advisory_xact_lock(_LEADER_LOCK))).scalar_one())

    def _healthy(self) -> dict[str, int]:
        """The positions of the projections that did not fail, by key. Raises `NotPrepared`."""
        if not self._projections:
            return {}
        with self.engine.connect() as connection:
            rows = connection.execute(select(positions).where(positions.c.key.in_(self._projections))).all()
        if len(rows) < len(self._projections):
            raise NotPrepared(", ".join(self._projections.keys() - {row.key for row in rows}))
        return {row.key: row.position for row in rows if row.failed_at is None}

    def _advance(self, healthy: Mapping[str, int], limit: int) -> bool:
        """Take those that are furthest behind one batch further; False when the log has nothing more."""
        if not healthy:
            return False
        start = min(healthy.values())
        group = [key for key in self._projections if healthy.get(key) == start]
        events = self._read_events(start, limit)
        # Up to where the next ones stand, so that they go on together.
        ahead = min((at for at in healthy.values() if at > start), default=None)
        batch = [one for one in events if ahead is None or one[0] <= ahead]
        if not batch:
            return False
        try:
            with self.engine.begin() as connection:
                apply(connection, {key: (self._projections[key], "") for key in group}, start, batch, self._clock)
        except Overtaken:
            return True
        return len(batch) < len(events) or len(events) == limit or ahead is not None

    # --- telling ----------------------------------------------------------------------------------------------------

    def status(self) -> list[ProjectionStatus]:
        """Every projection of this release, in their order; one that was never prepared is at 0."""
        with self.engine.connect() as connection:
            prepared = bool(known_keys(connection))
            rows = {row.key: row for row in connection.execute(select(positions))} if prepared else {}
        end = self._last_position() if self._last_position else max((row.position for row in rows.values()), default=0)
        told = []
        for key, projection in self._projections.items():
            row = rows.get(key)
            at = row.position if row else 0
            failed_at = datetime.fromisoformat(row.failed_at) if row and row.failed_at else None
            told.append(
                ProjectionStatus(
                    projection.name, projection.version, at, max(0, end - at), failed_at, row.error if row else None
                )
            )
        return told

    def unreadable(self) -> str | None:
        """The kind and the place of what keeps the log's next events from being read, None when they can be.

        All the read models then stand still, and none of them is at fault. Raises `NotPrepared`, and what says that
        the database is unavailable.
        """
        healthy = self._healthy()
        if not healthy:
            return None
        try:
            self._read_events(min(healthy.values()), BATCH)
        except Exception as error:
            if is_of_the_database(self.engine, error):
                raise
            return place_of(error)
        return None
