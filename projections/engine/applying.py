"""One batch of events applied to some read models, and what becomes of one that fails."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import SQLAlchemyError

from domain.kernel import Event
from projections.engine.batches import Batch
from projections.engine.projection import Projection
from projections.engine.tables import positions

_PROJECTIONS: Final = str(Path(__file__).parents[1])


class Overtaken(Exception):
    """Another process moved the positions first."""


def apply(
    connection: Connection,
    group: Mapping[str, tuple[Projection, str]],
    start: int,
    events: Sequence[tuple[int, Event]],
    clock: Callable[[], datetime],
) -> None:
    """The rows of one batch and the new positions, in the caller's transaction, which does nothing before.

    `group` gives each key its projection and the suffix of its tables. One that fails, whatever it raises, is marked
    and stays at `start`. Raises `Overtaken`, and what says that the database is unavailable: no projection is at fault.
    """
    moved = connection.execute(
        update(positions)
        .where(positions.c.key.in_(list(group)), positions.c.position == start, positions.c.failed_at.is_(None))
        .values(position=events[-1][0])
    )
    if moved.rowcount != len(group):
        raise Overtaken
    for key, (projection, suffix) in group.items():
        batch = Batch(suffix)
        part = connection.begin_nested()
        try:
            projection.apply(batch, events)
            batch.event = None
            batch.write(connection)
            part.commit()
        except Exception as error:
            if is_of_the_database(connection.engine, error):
                raise
            part.rollback()
            connection.execute(
                update(positions)
                .where(positions.c.key == key)
                .values(position=start, failed_at=clock().astimezone(UTC).isoformat(), error=_where(batch, error))
            )


def is_of_the_database(engine: Engine, error: Exception) -> bool:
    """Whether an error says that the database is locked, lost or full, which is nobody's fault.

    Whoever made the engine tells that by an error of his own, caused by the driver's or the pool's
    (`workflows/database.py`); what is wrong with a statement or its values stays an error of SQLAlchemy or of Python.
    """
    causes = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)
    return not isinstance(error, SQLAlchemyError) and isinstance(error.__cause__, causes)


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised, without its message, which may repeat what people wrote.

    The place is the innermost one of the projections, or else the innermost one.
    """
    frames = traceback.extract_tb(error.__traceback__)
    own: Sequence[Any] = [frame for frame in frames if frame.filename.startswith(_PROJECTIONS)] or frames
    return f"{type(error).__name__} ({Path(own[-1].filename).name}:{own[-1].lineno})"


def _where(batch: Batch, error: Exception) -> str:
    event = batch.event
    on = f" on {event.TOPIC} at {batch.position}" if event is not None else f" writing rows up to {batch.position}"
    kind, place = place_of(error).split(" ", 1)
    return f"{kind}{on} {place}"
