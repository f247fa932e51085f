"""The figures of an instance for Prometheus, on a port of their own: how it fares, never about whom.

Most are looked up in the store when they are asked for; what one process alone knows (its jobs, its pool, its requests)
is its own. Names are `ctg_…`; the guide of the operator lists them, with what to watch.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import event, func, select

from ctg_engine.bootstrap import House
from ctg_engine.draining import Application, Message, Scope
from ctg_engine.faults import BadInput, detail_of
from ctg_engine.scheduled_backups import state_of
from ctg_engine.working import Post
from workflows import schema, workers
from workflows.database import DatabaseUnavailable
from workflows.delivery.outbox import counted, waits
from workflows.instants import from_text
from workflows.pools import WritingApart
from workflows.scheduler import Scheduler, morning_of

_LATE: Final = timedelta(hours=1)


class Requests:
    """Counts the requests of one web server, and the time they take, by method and kind of status."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._count = Counter("ctg_requests", "Requests answered.", ("method", "status"), registry=registry)
        self._seconds = Histogram(
            "ctg_request_seconds",
            "Seconds from a request to the beginning of its answer.",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=registry,
        )

    def counting(self, app: Application) -> Application:
        """The same application, counted."""

        async def counted_app(scope: Scope, receive: Callable[[], Any], send: Callable[[Message], Any]) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            begun = time.perf_counter()
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._seconds.observe(time.perf_counter() - begun)
                    self._count.labels(method, f"{message['status'] // 100}xx").inc()
                await send(message)

            await app(scope, receive, sent)

        return counted_app


class Figures(Collector):
    """What is looked up at each asking."""

    def __init__(self, house: House, post: Post, scheduler: Scheduler) -> None:
        self._house = house
        self._post = post
        self._scheduler = scheduler

    def collect(self) -> Iterator[Metric]:
        """See prometheus_client."""
        now = self._house.clock.now()
        yield _one("ctg_info", "The release of this process.", 1, release=version("ctg-engine"), kind=self._post.kind)
        yield _one("ctg_clock_skew_seconds", "By how much this machine is ahead of the database.", self._post.skew)
        yield from self._jobs(now)
        yield self._pool()
        try:
            found = [*self._due(now), *self._letters(now), *self._log(), *self._backups(), self._workers(now)]
        except DatabaseUnavailable:
            found = []
        yield _one("ctg_database_up", "Whether the store answers.", 1 if found else 0)
        yield from found

    def _jobs(self, now: datetime) -> Iterator[Metric]:
        last = GaugeMetricFamily("ctg_job_last_run_timestamp_seconds", "When a job last ended here.", labels=["job"])
        failures = GaugeMetricFamily("ctg_job_failures", "How often in a row it has failed here.", labels=["job"])
        running = GaugeMetricFamily("ctg_job_running_seconds", "Since when it runs here; 0: not now.", labels=["job"])
        stuck = GaugeMetricFamily("ctg_job_stuck", "Whether it runs longer than it should.", labels=["job"])
        for beat in self._scheduler.status():
            if beat.last_run_at is not None:
                last.add_metric([beat.job], beat.last_run_at.timestamp())
            failures.add_metric([beat.job], beat.failures)
            running.add_metric([beat.job], (now - beat.since).total_seconds() if beat.since is not None else 0)
            stuck.add_metric([beat.job], int(beat.is_stuck(now)))
        yield from (last, failures, running, stuck)

    def _pool(self) -> Metric:
        found = GaugeMetricFamily(
            "ctg_pool_connections", "Connections to the database, by use.", labels=["pool", "state"]
        )
        engine = self._house.engine
        assert isinstance(engine, WritingApart)
        for pool, (out, idle) in engine.connections().items():
            found.add_metric([pool, "out"], out)
            found.add_metric([pool, "idle"], idle)
        return found

    def _due(self, now: datetime) -> Iterator[Metric]:
        today, table = self._house.clock.today(), self._house.summaries.table
        asked = select(func.count(), func.min(table.c.next_due_on)).where(table.c.next_due_on <= today)
        with self._house.engine.connect() as connection:
            count, oldest = connection.execute(asked).one()
        late = max(0.0, (now - morning_of(oldest)).total_seconds()) if oldest is not None else 0.0
        yield _one("ctg_due_conventions", "Conventions of which something due is not said yet.", count)
        yield _one("ctg_due_oldest_seconds", "By how much the oldest of that is late.", late)
        unsure = self._house.summaries.unsure()
        yield _one("ctg_summaries_marked", "Conventions whose summary is to be made again.", unsure.marked)
        yield _one("ctg_summaries_failed", "Conventions whose summary cannot be made.", unsure.failed)

    def _letters(self, now: datetime) -> Iterator[Metric]:
        letters = counted(self._house.engine, now - _LATE)
        found = GaugeMetricFamily("ctg_outbox_letters", "Letters that have not left, by state.", labels=["state"])
        for state, count in (
            ("waiting", letters.waiting),
            ("late", letters.overdue),
            ("given-up", letters.given_up),
            ("withdrawn", letters.withdrawn),
        ):
            found.add_metric([state], count)
        yield found
        with self._house.engine.connect() as connection:
            oldest = connection.execute(select(func.min(schema.outbox.c.queued_at)).where(waits())).scalar()
        age = (now - from_text(oldest)).total_seconds() if oldest is not None else 0.0
        yield _one("ctg_outbox_oldest_seconds", "For how long the oldest letter waits.", age)

    def _log(self) -> Iterator[Metric]:
        with self._house.engine.connect() as connection:
            last = connection.execute(select(func.max(schema.events.c.position))).scalar() or 0
            followers = connection.execute(select(schema.tracking)).all()
        yield _one("ctg_log_position", "The position of the last event.", last)
        lag = GaugeMetricFamily("ctg_follower_lag", "Positions that a follower has still to read.", labels=["follower"])
        for name, position in followers:
            lag.add_metric([name], max(0, last - position))
        yield lag

    def _backups(self) -> Iterator[Metric]:
        state = state_of(self._house.engine)
        if state.made_at:
            made = from_text(state.made_at).timestamp()
            yield _one("ctg_backup_last_success_timestamp_seconds", "When the last good backup was made.", made)
            yield _one("ctg_backup_bytes", "Its size.", state.megabytes << 20)
            yield _one("ctg_backup_seconds", "How long it took.", state.seconds)
        yield _one("ctg_backup_failing", "Whether the backup that is due fails.", int(bool(state.fault)))

    def _workers(self, now: datetime) -> Metric:
        found = GaugeMetricFamily("ctg_workers", "Processes that do the jobs, by state.", labels=["state"])
        known = workers.known(self._house.engine)
        silent = sum(one.is_silent(now) for one in known)
        stuck = sum(one.is_stuck(now) for one in known)
        for state, count in (("well", len(known) - silent - stuck), ("silent", silent), ("stuck", stuck)):
            found.add_metric([state], count)
        return found


def _one(name: str, meaning: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


@contextmanager
def told_to_prometheus(
    house: House, post: Post, scheduler: Scheduler, registry: CollectorRegistry
) -> Iterator[int | None]:
    """Tell the figures on the port of the settings, if any, until the end. Raises `BadInput` when it cannot be had."""
    host, port = house.settings.metrics_host, house.settings.metrics_port
    if port == 0:
        yield None
        return
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(Figures(house, post, scheduler))
    asked = Counter("ctg_statements", "Statements sent to the database.", registry=registry)
    event.listen(house.engine, "before_cursor_execute", lambda *_: asked.inc())
    try:
        server, thread = start_http_server(port, host, registry)
    except socket.gaierror:
        raise BadInput("error.unknown-host", host=host) from None
    except OSError as error:
        raise BadInput("error.no-metrics", host=host, port=str(port), detail=detail_of(error)) from None
    try:
        yield port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
