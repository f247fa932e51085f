"""How things stood: the same projections over some of the events, in a throw-away database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import Final

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from domain.kernel import Event
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import TerritoryRegistered
from projections.engine.batches import Batch
from projections.engine.projection import Projection

_REGISTER: Final = frozenset({MethodProfilePublished.TOPIC, PartnerRegistered.TOPIC, TerritoryRegistered.TOPIC})


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
