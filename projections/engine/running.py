"""Keeps the read models up to date: events in, rows out, each projection exactly where its position says.

A projection answers one question (its module is named after it). Any number of processes may call `catch_up`: the
compare-and-set of the positions is the first statement of the transaction that writes the rows, so that a batch is
applied once or not at all. A projection that fails stops alone and says so; nothing is skipped, the others go on.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy.exc
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Row,
    Table,
    Text,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    quoted_name,
    select,
    update,
)
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from domain.kernel import Event
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import TerritoryRegistered
from projections.engine.batches import Batch
from projections.engine.projection import Projection

BATCH: Final = 500
"""Events per transaction when catching up."""

REBUILD_BATCH: Final = 2_000
"""Events per transaction when rebuilding: nobody waits for a commit in between."""

_LEADER_LOCK: Final = 0x4354475F4C454144  # "CTG_LEAD"
_PREPARE_LOCK: Final = 0x4354475F50524A  # "CTG_PRJ"
_BESIDE: Final = "_next"
_REGISTER: Final = frozenset({MethodProfilePublished.TOPIC, PartnerRegistered.TOPIC, TerritoryRegistered.TOPIC})

positions = Table(
    "projection_positions",
    MetaData(),
    Column("key", Text, primary_key=True),  # name, version, and `_next` while it is rebuilt beside
    Column("position", BigInteger, nullable=False),
    Column("tables", Text, nullable=False),  # JSON list, so that a later release can drop them
    Column("failed_at", Text),
    Column("error", Text),
)


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
    """Read models that nobody created: `prepare` was not called with this release on this database."""


class _Overtaken(Exception):
    """Another process moved the positions first."""


class Projections:
    """The read models of one database.

    `read_events(after, limit)` gives decoded events in order, never one that can be overtaken later; `last_position`
    says where the log ends, for the lag (without it, the projection that is furthest stands for the end).
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

    # --- tables ---------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Create what is missing; any number of processes may call it at once. Existing rows are left alone."""
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_PREPARE_LOCK)))
            existing = set(inspect(connection).get_table_names())
            if positions.name not in existing:
                connection.execute(CreateTable(positions))
            known = set(connection.execute(select(positions.c.key)).scalars())
            for key, projection in self._projections.items():
                if key not in known:
                    _create(connection, projection, "")

    def retire(self) -> list[str]:
        """Drop the read models of other versions, and tell which; for when no process of another release is left."""
        own = [key + suffix for key in self._projections for suffix in ("", _BESIDE)]
        with self.engine.begin() as connection:
            others = connection.execute(select(positions.c.key).where(positions.c.key.not_in(own))).scalars().all()
            for other in others:
                _drop(connection, other)
        return list(others)

    # --- catching up ----------------------------------------------------------------------------------------------

    def catch_up(self) -> bool:
        """Apply the events recorded since; False when another process is already doing it (PostgreSQL).

        A projection whose handler or rows fail is marked and left where it was. Errors of reading the log and of the
        database being unavailable are raised: they belong to no projection. Raises `NotPrepared` too.
        """
        with self._one_at_a_time, self._leading() as leader:
            if not leader:
                return False
            while self._advance(self._healthy(), BATCH):
                pass
        return True

    def wait_for(self, position: int, timeout: float) -> bool:
        """Wait until every healthy projection is at `position`, catching up if nobody does; False after `timeout` s."""
        deadline = time.monotonic() + timeout
        pause = 0.005
        while True:
            if self._is_at(position):
                return True
            if time.monotonic() >= deadline:
                return False
            if not self.catch_up():
                time.sleep(pause)
                pause = min(2 * pause, 0.05)

    def _is_at(self, position: int) -> bool:
        return all(at >= position for at in self._healthy().values())

    @contextmanager
    def _leading(self) -> Iterator[bool]:
        """One process catches up on PostgreSQL. On SQLite there is one writer at a time anyway."""
        if self.engine.dialect.name != "postgresql":
            yield True
            return
        # A transaction of its own, so that the lock goes with it and never stays on a pooled connection.
        with self.engine.connect() as connection:
            yield bool(connection.execute(select(func.pg_try_advisory_xact_lock(_LEADER_LOCK))).scalar_one())

    def _healthy(self) -> dict[str, int]:
        """The positions of the projections that did not fail, by key. Raises `NotPrepared`."""
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
                self._apply(connection, {key: (self._projections[key], "") for key in group}, start, batch)
        except _Overtaken:
            return True
        return len(batch) < len(events) or len(events) == limit or ahead is not None

    def _apply(
        self,
        connection: Connection,
        group: Mapping[str, tuple[Projection, str]],
        start: int,
        events: Sequence[tuple[int, Event]],
    ) -> None:
        """The rows of one batch and the new positions, in the caller's transaction. Raises `_Overtaken`."""
        moved = connection.execute(
            update(positions)
            .where(positions.c.key.in_(list(group)), positions.c.position == start, positions.c.failed_at.is_(None))
            .values(position=events[-1][0])
        )
        if moved.rowcount != len(group):
            raise _Overtaken
        for key, (projection, suffix) in group.items():
            batch = Batch(suffix)
            part = connection.begin_nested()
            try:
                projection.apply(batch, events)
            except Exception as error:  # noqa: BLE001 - whatever a handler raises stops this projection alone
                self._fail(connection, part, key, start, batch, error)
                continue
            batch.event = None
            try:
                batch.write(connection)
                part.commit()
            except sqlalchemy.exc.SQLAlchemyError as error:  # an unavailable database is no fault of the projection
                self._fail(connection, part, key, start, batch, error)

    def _fail(self, connection: Connection, part: Any, key: str, start: int, batch: Batch, error: Exception) -> None:
        part.rollback()
        connection.execute(
            update(positions)
            .where(positions.c.key == key)
            .values(position=start, failed_at=self._clock().astimezone(UTC).isoformat(), error=_place(batch, error))
        )

    # --- rebuilding -----------------------------------------------------------------------------------------------

    def rebuild(self, name: str) -> None:
        """Build a projection anew beside the one that answers, then swap them in one transaction.

        Also what brings a failed projection back. Raises `UnknownProjection`, and RuntimeError when the new one fails
        too (its error is then in the message, and the old one still answers).
        """
        projection = next((one for one in self._projections.values() if one.name == name), None)
        if projection is None:
            raise UnknownProjection(name)
        beside = projection.key + _BESIDE
        with self.engine.begin() as connection:
            _drop(connection, beside)
            _create(connection, projection, _BESIDE)
        while not self._swapped(projection):
            row = self._row(beside)
            if row is None:
                return  # another process rebuilt it meanwhile
            if row.failed_at is not None:
                raise RuntimeError(f"{projection.key} cannot be rebuilt: {row.error}")
            events = self._read_events(row.position, REBUILD_BATCH)
            if events:
                try:
                    with self.engine.begin() as connection:
                        self._apply(connection, {beside: (projection, _BESIDE)}, row.position, events)
                except _Overtaken:
                    continue

    def _swapped(self, projection: Projection) -> bool:
        """Swap once the new one has caught up with the old one and with the log; False before."""
        row = self._row(projection.key + _BESIDE)
        if row is None or row.failed_at is not None or self._read_events(row.position, 1):
            return False
        with self.engine.begin() as connection:
            # Changes nothing, but nobody moves the old one while its row is held.
            connection.execute(update(positions).where(positions.c.key == projection.key).values(key=projection.key))
            both = {
                one.key: one.position
                for one in connection.execute(
                    select(positions).where(positions.c.key.in_((projection.key, projection.key + _BESIDE)))
                )
            }
            built = both.get(projection.key + _BESIDE)
            if built is None or built < both.get(projection.key, 0):
                return False
            _drop(connection, projection.key)
            for table in projection.metadata.sorted_tables:
                connection.exec_driver_sql(f"ALTER TABLE {table.name}{_BESIDE} RENAME TO {table.name}")
            connection.execute(
                update(positions)
                .where(positions.c.key == projection.key + _BESIDE)
                .values(key=projection.key, tables=_table_names(projection, ""))
            )
        return True

    def _row(self, key: str) -> Row[Any] | None:
        with self.engine.connect() as connection:
            return connection.execute(select(positions).where(positions.c.key == key)).first()

    # --- telling --------------------------------------------------------------------------------------------------

    def status(self) -> list[ProjectionStatus]:
        """Every projection of this release, in their order; one that was never prepared is at 0."""
        with self.engine.connect() as connection:
            prepared = inspect(connection).has_table(positions.name)
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


def as_of(
    events: Iterable[tuple[int, Event]], *, occurred_by: date | None = None, recorded_by: datetime | None = None
) -> Iterator[tuple[int, Event]]:
    """The events that had happened by a day, that were known by an instant, or both; `replay` them.

    The register (methods, partners, territories) is kept whatever its business date, which says when it was entered
    here and not since when the institution exists.
    """
    for position, event in events:
        happened = occurred_by is None or event.occurred_on <= occurred_by or event.TOPIC in _REGISTER
        if happened and (recorded_by is None or event.recorded_at <= recorded_by):
            yield position, event


def replay(events: Iterable[tuple[int, Event]], projections: Sequence[Projection]) -> Engine:
    """The same projections over these events only, in a throw-away database: how things stood as of a date.

    The caller chooses the events (up to a business date or a recording date) and disposes of the engine. A handler's
    error is raised.
    """
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    chosen = list(events)
    with ExitStack() as undo, engine.begin() as connection:
        undo.callback(engine.dispose)
        for projection in projections:
            projection.metadata.create_all(connection)
            batch = Batch("")
            projection.apply(batch, chosen)
            batch.write(connection)
        undo.pop_all()
    return engine


def _table_names(projection: Projection, suffix: str) -> str:
    return json.dumps([table.name + suffix for table in projection.metadata.sorted_tables])


def _create(connection: Connection, projection: Projection, suffix: str) -> None:
    """New empty tables and a position of 0."""
    for table in projection.metadata.sorted_tables:
        copy = table.to_metadata(MetaData(), name=table.name + suffix)
        connection.execute(CreateTable(copy))
        for number, index in enumerate(sorted(copy.indexes, key=lambda one: [column.name for column in one.columns])):
            # Nobody asks for an index by name, and it must survive the renaming of its table beside a new one.
            index.name = quoted_name(f"ix_{table.name[:40]}_{number}_{secrets.token_hex(4)}", quote=None)
            connection.execute(CreateIndex(index))
    connection.execute(
        insert(positions).values(key=projection.key + suffix, position=0, tables=_table_names(projection, suffix))
    )


def _drop(connection: Connection, key: str) -> None:
    """The tables and the position of one read model, if it is there."""
    names = connection.execute(select(positions.c.tables).where(positions.c.key == key)).scalar()
    if names is not None:
        for name in json.loads(names):
            connection.execute(DropTable(Table(name, MetaData())))
        connection.execute(delete(positions).where(positions.c.key == key))


def _place(batch: Batch, error: Exception) -> str:
    """What failed and where, without the message of the error, which may repeat what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    here = str(Path(__file__).parent)
    own = [frame for frame in frames if frame.filename.startswith(here)] or frames
    event = batch.event
    on = f" on {event.TOPIC} at {batch.position}" if event is not None else f" writing rows up to {batch.position}"
    return f"{type(error).__name__}{on} ({Path(own[-1].filename).name}:{own[-1].lineno})"
