"""The workers of a store: each leaves its beat, so that one that stalls, dies or whose clock is off is noticed."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, RowMapping, delete, select

from workflows.database import inserting
from workflows.instants import from_text, to_text
from workflows.schema import workers

SILENT_AFTER: Final = timedelta(minutes=3)
"""A worker leaves its beat every half minute: after six that are missing it stalls, or is dead."""

FORGOTTEN_AFTER: Final = timedelta(days=1)
"""How long a worker that went without a word is told of, when others work on."""

MOST_SKEW: Final = 2.0
"""Seconds by which the clock of a machine may be off the database's without anybody being told."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a worker is at: since when, and until when that is no longer than it should be."""

    name: str
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A process that does the jobs, as its last beat tells of it."""

    worker_id: UUID = field(default_factory=uuid4)
    kind: str
    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)
    release: str
    started_at: datetime
    beat_at: datetime
    job: Job | None = None
    failing: Mapping[str, int] = field(default_factory=dict)
    skew: float = 0.0

    def is_silent(self, now: datetime) -> bool:
        """Whether it has left no beat for too long."""
        return now - self.beat_at > SILENT_AFTER

    def is_stuck(self, now: datetime) -> bool:
        """Whether it is alive, and at one job for too long."""
        return self.job is not None and now > self.job.until and not self.is_silent(now)


def beat(engine: Engine, worker: Worker) -> None:
    """Leave the beat of a worker, and forget those that went long ago."""
    written = inserting(engine, workers).values(_row(worker))
    changing = ("beat_at", "job", "job_since", "job_until", "failing", "skew")
    stated = written.on_conflict_do_update(
        index_elements=[workers.c.worker_id], set_={name: written.excluded[name] for name in changing}
    )
    with engine.begin() as connection:
        connection.execute(stated)
        connection.execute(delete(workers).where(workers.c.beat_at < to_text(worker.beat_at - FORGOTTEN_AFTER)))


def leave(engine: Engine, worker_id: UUID) -> None:
    """A worker stops in order: nobody is to miss it."""
    with engine.begin() as connection:
        connection.execute(delete(workers).where(workers.c.worker_id == worker_id))


def known(source: Engine | Connection) -> list[Worker]:
    """The workers of a store, the longest at work first."""
    asked = select(workers).order_by(workers.c.started_at, workers.c.worker_id)
    if isinstance(source, Connection):
        return [_worker(row) for row in source.execute(asked).mappings()]
    with source.connect() as connection:
        return [_worker(row) for row in connection.execute(asked).mappings()]


def _row(worker: Worker) -> dict[str, Any]:
    job = worker.job
    return {
        "worker_id": worker.worker_id,
        "kind": worker.kind,
        "host": worker.host,
        "pid": worker.pid,
        "release": worker.release,
        "started_at": to_text(worker.started_at),
        "beat_at": to_text(worker.beat_at),
        "job": job.name if job is not None else None,
        "job_since": to_text(job.since) if job is not None else None,
        "job_until": to_text(job.until) if job is not None else None,
        "failing": json.dumps(dict(worker.failing)),
        "skew": worker.skew,
    }


def _worker(row: RowMapping) -> Worker:
    job = None
    if row["job"] is not None:
        job = Job(name=row["job"], since=from_text(row["job_since"]), until=from_text(row["job_until"]))
    return Worker(
        worker_id=row["worker_id"],
        kind=row["kind"],
        host=row["host"],
        pid=row["pid"],
        release=row["release"],
        started_at=from_text(row["started_at"]),
        beat_at=from_text(row["beat_at"]),
        job=job,
        failing=json.loads(row["failing"]),
        skew=row["skew"],
    )
