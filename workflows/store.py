"""The recorders of the eventsourcing library, on our log (`workflows/log/`), for SQLite and PostgreSQL alike.

The library's own recorders are not used: they know one transaction for the events only, and on PostgreSQL they lock the
table and notify at each commit (docs/adr/0003).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    DataError,
    InfrastructureFactory,
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)
from eventsourcing.utils import Environment, EnvType, resolve_topic
from sqlalchemy import Connection, Engine, func, select

from workflows import schema
from workflows.database import create_database_engine, inserting
from workflows.log import (
    AppendedRow,
    Beside,
    EventLog,
    IdempotencyKeyTaken,
    LogRow,
    PostgresLog,
    SqliteLog,
    VersionTaken,
)

__all__ = [
    "IdempotencyKeyTaken",
    "SqlAlchemyAggregateRecorder",
    "SqlAlchemyApplicationRecorder",
    "SqlAlchemyProcessRecorder",
    "SqlAlchemyTrackingRecorder",
    "StoreFactory",
]

_BUSY_POLL_SECONDS: Final = 0.02
_IDLE_POLL_SECONDS: Final = 0.25


class SqlAlchemyAggregateRecorder(AggregateRecorder):
    """Events by stream. It tells no positions: the library asks that of whoever keeps no log, such as snapshots."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.log: EventLog = PostgresLog(engine) if engine.dialect.name == "postgresql" else SqliteLog(engine)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, beside: Beside = (), **kwargs: Any
    ) -> Sequence[int] | None:
        """Append events, and the rows `beside` them (table, values), in one transaction.

        What the library stores says nothing of where an event belongs: its index columns stay empty.

        Raises the library's IntegrityError when a version is taken, IdempotencyKeyTaken when `beside` holds an
        idempotency key that is taken (this one, when both hold), the library's DataError for a payload that is not
        UTF-8, DatabaseUnavailable when the database is locked or lost. Nothing is written then.
        """
        self._insert(stored_events, beside, **kwargs)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of a stream with gt < version <= lte."""
        stream_id = _stream_id(originator_id)
        rows = self.log.select_stream(stream_id, after=gt, up_to=lte, descending=desc, limit=limit)
        return [StoredEvent(stream_id, version, topic, state.encode()) for version, topic, state in rows]

    def _insert(self, stored_events: Sequence[StoredEvent], beside: Beside, **_: Any) -> list[int]:
        rows = _rows(stored_events)
        try:
            return self.log.append(rows, beside, consecutive=True)  # as the library's cases ask
        except VersionTaken as error:
            raise IntegrityError(str(error)) from error


class SqlAlchemyApplicationRecorder(SqlAlchemyAggregateRecorder, ApplicationRecorder):
    """Events by stream and in the order of the log."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, beside: Beside = (), **kwargs: Any
    ) -> Sequence[int]:
        """As the class above; the positions of the events, in their order."""
        return self._insert(stored_events, beside, **kwargs)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The events from `start` to `stop`, none of which can be overtaken later by a smaller position."""
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        rows = self.log.read(after, limit, up_to=stop, topics=topics)
        return [
            Notification(stream_id, version, topic, state.encode(), id=position)
            for position, stream_id, version, topic, state in rows
        ]

    def read_log(self, after: int, limit: int) -> list[LogRow]:
        """Position, stream, version, topic and state (JSON) of at most `limit` events after a position.

        Fewer than `limit` means the end of the log. None of them can be overtaken later by a smaller position.
        """
        return self.log.read(after, limit)

    def safe_position(self) -> int:
        """A position under which every event is visible now or never will be; 0 for an empty log."""
        return self.log.safe_position()

    def max_notification_id(self) -> int | None:
        """The largest position that can be seen now; a smaller one may still appear (`safe_position`)."""
        return self.log.last_position()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> PollingSubscription:
        """The events after `gt`, for ever, by polling: notifications would serialise PostgreSQL's commits."""
        return PollingSubscription(self, gt, topics)


class PollingSubscription(Subscription[SqlAlchemyApplicationRecorder]):
    """Asks the log for more: at once while there is more, then ever less often, down to four times a second."""

    _batch: Final = 500

    def __init__(self, recorder: SqlAlchemyApplicationRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._waiting: list[Notification] = []

    def __next__(self) -> Notification:
        pause = _BUSY_POLL_SECONDS
        while not self._has_been_stopped:
            if self._waiting:
                return self._waiting.pop()
            found = self._recorder.select_notifications(
                self._last_notification_id or 0, self._batch, topics=self._topics, inclusive_of_start=False
            )
            if found:
                self._last_notification_id = found[-1].id
                self._waiting = list(reversed(found))
            else:
                time.sleep(pause)
                pause = min(pause * 2, _IDLE_POLL_SECONDS)
        raise StopIteration


class SqlAlchemyTrackingRecorder(TrackingRecorder):
    """How far process managers have read a log; a position only ever grows."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def insert_tracking(self, tracking: Tracking) -> None:
        """Move a position. Raises the library's IntegrityError unless it grows."""
        with self.engine.begin() as connection:
            _track(connection, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """How far a process manager has read, None when it has read nothing."""
        table = schema.tracking
        with self.engine.connect() as connection:
            return connection.execute(
                select(func.max(table.c.notification_id)).where(table.c.application_name == application_name)
            ).scalar()


class SqlAlchemyProcessRecorder(SqlAlchemyTrackingRecorder, SqlAlchemyApplicationRecorder, ProcessRecorder):
    """Appends what a process manager decided, and how far it has read, in one transaction: exactly once."""

    def __init__(self, engine: Engine) -> None:
        SqlAlchemyApplicationRecorder.__init__(self, engine)

    def _insert(
        self, stored_events: Sequence[StoredEvent], beside: Beside, *, tracking: Tracking | None = None, **_: Any
    ) -> list[int]:
        if tracking is None:
            return super()._insert(stored_events, beside)
        rows = _rows(stored_events)
        try:
            with self.engine.begin() as connection:
                positions = self.log.append_within(connection, rows, beside)
                _track(connection, tracking)
        except VersionTaken as error:
            raise IntegrityError(str(error)) from error
        return positions


class StoreFactory(InfrastructureFactory[SqlAlchemyTrackingRecorder]):
    """Gives the library our recorders: on an engine of ours, or on the DATABASE_URL of the library's environment."""

    DATABASE_URL: Final = "DATABASE_URL"

    def __init__(self, env: Environment | EnvType | None, engine: Engine | None = None) -> None:
        super().__init__(env)
        self._owns_engine = engine is None
        if engine is None:
            url = self.env.get(self.DATABASE_URL)
            if not url:
                raise OSError(f"the environment of the application has no {self.DATABASE_URL}")
            engine = create_database_engine(url)
        self.engine = engine

    def aggregate_recorder(self, purpose: str = "events") -> SqlAlchemyAggregateRecorder:
        """The recorder of streams. Raises ValueError for another purpose than events: we keep no snapshots."""
        if purpose != "events":
            raise ValueError(f"there is no table for {purpose}")
        return SqlAlchemyAggregateRecorder(self.engine)

    def application_recorder(self) -> SqlAlchemyApplicationRecorder:
        """The recorder of the log."""
        return SqlAlchemyApplicationRecorder(self.engine)

    def tracking_recorder(
        self, tracking_recorder_class: type[SqlAlchemyTrackingRecorder] | None = None
    ) -> SqlAlchemyTrackingRecorder:
        """The recorder of positions, of the class given here or by TRACKING_RECORDER_TOPIC."""
        if tracking_recorder_class is None:
            topic = self.env.get(self.TRACKING_RECORDER_TOPIC)
            tracking_recorder_class = resolve_topic(topic) if topic else SqlAlchemyTrackingRecorder
        return tracking_recorder_class(self.engine)

    def process_recorder(self) -> SqlAlchemyProcessRecorder:
        """The recorder of process managers."""
        return SqlAlchemyProcessRecorder(self.engine)

    def close(self) -> None:
        """Close the connections, unless the engine was given."""
        if self._owns_engine:
            self.engine.dispose()


def _rows(stored_events: Sequence[StoredEvent]) -> list[AppendedRow]:
    try:
        return [
            AppendedRow(
                _stream_id(stored.originator_id), stored.originator_version, stored.topic, stored.state.decode()
            )
            for stored in stored_events
        ]
    except UnicodeDecodeError as error:
        raise DataError("an event's state must be JSON in UTF-8: the log keeps it as text") from error


def _stream_id(originator_id: UUID | str) -> UUID:
    if not isinstance(originator_id, UUID):
        raise DataError(f"a stream's id must be a UUID, not {originator_id!r}")
    return originator_id


def _track(connection: Connection, tracking: Tracking) -> None:
    """Move a position within a transaction; IntegrityError unless it grows."""
    statement = inserting(connection, schema.tracking).values(
        application_name=tracking.application_name, notification_id=tracking.notification_id
    )
    grown = statement.on_conflict_do_update(
        index_elements=["application_name"],
        set_={"notification_id": tracking.notification_id},
        where=schema.tracking.c.notification_id < tracking.notification_id,
    ).returning(schema.tracking.c.notification_id)
    if connection.execute(grown).first() is None:
        raise IntegrityError(f"{tracking.application_name} has already read up to {tracking.notification_id}")
