"""A read model that shows each application of an event, and processes that race to keep it."""

from __future__ import annotations

import time
from uuid import uuid4

from sqlalchemy import BigInteger, Column, Uuid

from domain.kernel import Event
from projections.engine import Batch, Projection, Projections
from tests.projections.story import NOON
from workflows.application import Steering
from workflows.database import create_database_engine

seen = Projection("seen", 1)
applications = seen.table(
    "applications",
    Column("id", Uuid, primary_key=True),  # drawn anew: an event applied twice leaves two rows
    Column("position", BigInteger, nullable=False),
)


@seen.when(Event)
def _seen(batch: Batch, event: Event) -> None:
    batch.put(applications, id=uuid4(), position=batch.position)


def run(url: str, until: int, seconds: float) -> None:
    """Prepare and catch up like one more process, until the log's last expected position."""
    engine = create_database_engine(url)
    steering = Steering(engine)
    projections = Projections(engine, steering.read_events, lambda: NOON, (seen,), steering.log.safe_position)
    projections.prepare()
    deadline = time.monotonic() + seconds
    while projections.status()[0].position < until and time.monotonic() < deadline:
        projections.catch_up()
    engine.dispose()
