"""A worker of an instance: what it does alone, the beat it leaves, and what it says of itself and of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Final, Literal
from uuid import uuid4

import structlog

from ctg_engine.bootstrap import House
from ctg_engine.clock import DatabaseClock
from ctg_engine.findings import Finding, failed, ok, warning
from ctg_engine.scheduled_backups import state_of
from workflows import workers
from workflows.database import DatabaseUnavailable
from workflows.instants import PARIS, from_text
from workflows.leases import LASTING_SECONDS, Leases
from workflows.scheduler import Heartbeat
from workflows.workers import MOST_SKEW, Job, Worker

Kind = Literal["serve", "work"]

_logger = structlog.get_logger("ctg.working")

_BACKUP: Final = "backup"
"""The job that makes backups, and its lease."""

_BACKUP_SECONDS: Final = 1800.0
"""For how long the backup that is due is left to a worker that gives no sign any more; each of its beats renews it."""

ONCE_A_DAY_SECONDS: Final = 120.0
"""For how long what one worker does once a day is not begun by another: all wake at the same hour."""


class Post:
    """The place of one process among those that do the jobs of a house."""

    def __init__(self, house: House, kind: Kind = "serve") -> None:
        self._house = house
        self.kind: Kind = kind
        self.worker_id = uuid4()
        self.leases = Leases(house.engine, self.worker_id)
        self.skew = 0.0
        self._started_at = house.clock.now()
        self._told = False

    def alone(self, name: str, run: Callable[[], object], seconds: float = ONCE_A_DAY_SECONDS) -> Callable[[], object]:
        """The same, done by one worker at a time; the others leave it."""
        return lambda: run() if self.leases.take(name, seconds) else None

    def backs_up(self) -> bool:
        """Whether this is the worker that makes the backup that is due."""
        return self.leases.take(_BACKUP, _BACKUP_SECONDS)

    def follows(self) -> bool:
        """Whether this is the worker that follows the log."""
        return self.leases.take("follow", LASTING_SECONDS)

    def compare_clocks(self) -> None:
        """Read the clock by which everybody decides, and tell when this machine's is off."""
        if isinstance(self._house.clock, DatabaseClock):
            self.skew = self._house.clock.compare()
        off = abs(self.skew) > MOST_SKEW
        if off and not self._told:
            _logger.warning("the clock of this machine is off the database's", seconds=round(self.skew, 1))
        self._told = off

    def beat(self, beats: Sequence[Heartbeat]) -> None:
        """Leave word of how this worker fares, and keep the backup that it is at: it may take hours."""
        if any(one.job == _BACKUP and one.since is not None for one in beats):
            self.leases.keep(_BACKUP, _BACKUP_SECONDS)
        workers.beat(self._house.engine, self._as_told(beats))

    def leave(self) -> None:
        """Stop in order: the others need not wait for this one's leases, nor miss it."""
        with suppress(DatabaseUnavailable):
            self.leases.give_back()
            workers.leave(self._house.engine, self.worker_id)

    def _as_told(self, beats: Sequence[Heartbeat]) -> Worker:
        now = self._house.clock.now()
        going = [
            Job(name=one.job, since=one.since, until=one.until)
            for one in beats
            if one.since is not None and one.until is not None
        ]
        return Worker(
            worker_id=self.worker_id,
            kind=self.kind,
            release=version("ctg-engine"),
            started_at=self._started_at,
            beat_at=now,
            job=min(going, key=lambda one: (one.until > now, one.since), default=None),
            failing={one.job: one.failures for one in beats if one.failures},
            skew=self.skew,
        )


def look_at_workers(house: House) -> Iterator[Finding]:
    """Who does the jobs: each that stalls, is at one job for too long, fails again and again or has a wrong clock."""
    now, healthy = house.clock.now(), 0
    for one in workers.known(house.engine):
        who = {"kind": one.kind, "host": one.host, "pid": str(one.pid)}
        found = []
        if one.is_silent(now):
            minutes = int((now - one.beat_at).total_seconds() // 60)
            found.append(warning("workers", "silent", **who, minutes=str(minutes)))
        if one.job is not None and one.is_stuck(now):
            since = f"{one.job.since.astimezone(PARIS):%Y-%m-%d %H:%M}"
            found.append(failed("workers", "stuck", **who, job=one.job.name, since=since))
        for job, times in one.failing.items():
            found.append(warning("workers", "failing", **who, job=job, times=str(times)))
        if abs(one.skew) > MOST_SKEW:
            key = "ahead" if one.skew > 0 else "behind"
            found.append(warning("workers", key, **who, seconds=f"{abs(one.skew):.0f}"))
        healthy += not found
        yield from found
    if healthy:
        yield ok("workers", count=str(healthy))


def told_beside(house: House, own: Post) -> Mapping[str, str]:
    """What `/readyz` says beside the health of its own process, by code: anybody reads it, so no name of a machine."""
    now, told = house.clock.now(), {}
    others = [one for one in workers.known(house.engine) if one.worker_id != own.worker_id]
    if silent := [one for one in others if one.is_silent(now)]:
        told["worker-silent"] = str(len(silent))
    if stuck := [one for one in others if one.is_stuck(now)]:
        told["worker-stuck"] = str(len(stuck))
    if (backups := state_of(house.engine)).fault:
        told["backup"] = f"{from_text(backups.failed_at).astimezone(PARIS):%Y-%m-%d %H:%M}"
    stuck_reactions, _ = house.reactions().stuck.since_when()
    if stuck_reactions:
        told["reactions"] = str(stuck_reactions)
    if abs(own.skew) > MOST_SKEW:
        told["skew"] = f"{abs(own.skew):.0f}"
    return told
