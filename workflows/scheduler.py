"""The heartbeat: wakes the sweep, the letters and the cleaning, and tells how they fare.

A thin shell around APScheduler, with everything in memory: the log says what is due, a scheduler only wakes whoever
looks. Civil times are computed here from the injected clock and are handed over as machine instants, so that a moved
clock and the two nights of the year when hours are missing or doubled change nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES
from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from domain.values import Clock
from workflows.failing import where
from workflows.instants import PARIS

FIRST_HOUR: Final = 6
"""The sweep of the day is at this hour in Paris; none is made between midnight and then, so that no letter leaves at
night because a day began. After a stop of the engine one is made at once, whatever the hour."""

LONGEST: Final = timedelta(minutes=15)
"""How long a run takes at most, where nothing else is said."""

FIRST_RETRY: Final = timedelta(seconds=10)
"""How soon a run that failed is tried again, twice as long after each one more: an outage of a minute must not cost the
hour, or the night, that is usually waited."""

SWEEP: Final = "sweep"
NEXT_DUE: Final = "next-due"

# An instant handed over a little early would be before the hour it stands for, and come twice.
_MARGIN: Final = timedelta(milliseconds=50)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something done again and again: at the start, then at `next_at(now)`, an instant later than `now`.

    `longest`: a run that takes more is told of, for it may never end.
    """

    name: str
    run: Callable[[], object]
    next_at: Callable[[datetime], datetime]
    longest: timedelta = LONGEST


@dataclass(frozen=True)
class Heartbeat:
    """How one job fares. Instants are those of the injected clock.

    `last_error` names the kind of error and its place, None when the last run succeeded; `failures` counts those in a
    row; `overrun` says that the last beat found the one before still running. A run that goes on is one `since` then,
    and should be over `until` then.
    """

    job: str
    last_run_at: datetime | None = None
    last_error: str | None = None
    failures: int = 0
    overrun: bool = False
    next_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None

    def is_stuck(self, now: datetime) -> bool:
        """Whether a run takes longer than it should."""
        return self.until is not None and now > self.until


def every(length: timedelta) -> Callable[[datetime], datetime]:
    """Again after that time."""
    return lambda now: now + length


def daily(hour: int) -> Callable[[datetime], datetime]:
    """Every day at that hour in Paris (from 3 on: the earlier ones may be missing or doubled)."""
    return lambda now: next_hour(now, hour, hour)


def next_hour(now: datetime, first: int = FIRST_HOUR, last: int = 23) -> datetime:
    """The next full hour after `now` that is between `first` and `last` o'clock in Paris, both included."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while not first <= hour.astimezone(PARIS).hour <= last:
        hour += timedelta(hours=1)
    return hour


def morning_of(day: date) -> datetime:
    """The instant, UTC, at which the sweep of a civil day is made."""
    return datetime(day.year, day.month, day.day, FIRST_HOUR, tzinfo=PARIS).astimezone(UTC)


class Scheduler:
    """Runs chores in threads of this process, each one at a time, from `start` to `stop`.

    `sweep` looks at what is due, and answers the next day on which something more will be (None: nothing is known of).
    It runs every hour of the day, and on that day at `FIRST_HOUR`. `at_end` is called when all has stopped.
    """

    def __init__(
        self,
        clock: Clock,
        sweep: Callable[[], date | None],
        chores: Sequence[Chore] = (),
        at_end: Callable[[], object] = lambda: None,
    ) -> None:
        self._clock = clock
        self._at_end = at_end
        self._sweep = sweep
        self._chores = (Chore(SWEEP, self._swept, next_hour), *chores)
        self._longest = {chore.name: chore.longest for chore in self._chores}
        self._one_sweep = threading.Lock()
        self._beats = {
            chore.name: Heartbeat(chore.name) for chore in (*self._chores, Chore(NEXT_DUE, sweep, next_hour))
        }
        self._beats_lock = threading.Lock()
        self._threads = _Threads(self._begun)
        self._scheduler: Any = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": self._threads},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_listener(self._heard, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Begin, with every chore at once: whatever was missed while nothing ran is caught up."""
        for chore in self._chores:
            self._scheduler.add_job(chore.run, _Repeated(self._clock, chore.next_at), id=chore.name, name=chore.name)
        self._scheduler.start()

    def stop(self, timeout: float = 8.0) -> bool:
        """Begin nothing more and wait `timeout` seconds at most for what runs; False when something still does.

        What still runs ends with the process: each chore may be cut short anywhere, that is what it is made for.
        """
        self._scheduler.shutdown(wait=False)
        over = self._threads.join(timeout)
        self._at_end()
        return over

    def is_alive(self) -> bool:
        """Whether the thread that wakes the others is there."""
        thread = getattr(self._scheduler, "_thread", None)
        return thread is not None and thread.is_alive()

    def status(self) -> tuple[Heartbeat, ...]:
        """How each job fares, for `readyz` and `doctor`."""
        with self._beats_lock:
            beats = tuple(self._beats.values())
        return tuple(replace(beat, next_at=self._next_at(beat.job)) for beat in beats)

    def _next_at(self, name: str) -> datetime | None:
        job = self._scheduler.get_job(name)
        return None if job is None else job.trigger.at

    # --- jobs -------------------------------------------------------------------------------------------------------

    def _swept(self) -> None:
        """Sweep, then set the one job of the next day on which something falls due."""
        with self._one_sweep:
            next_on = self._sweep()
            if next_on is not None:
                trigger = _Once(self._clock, morning_of(next_on))
                self._scheduler.add_job(self._swept, trigger, id=NEXT_DUE, name=NEXT_DUE, replace_existing=True)
            elif self._scheduler.get_job(NEXT_DUE) is not None:
                self._scheduler.remove_job(NEXT_DUE)

    def _begun(self, name: str) -> None:
        """Keep since when a run goes on."""
        now = self._clock.now()
        with self._beats_lock:
            until = now + self._longest.get(name, LONGEST)
            self._beats[name] = replace(self._beats[name], since=now, until=until)

    def _heard(self, heard: Any) -> None:
        """Keep what became of a run: an error is never only a line in a log."""
        with self._beats_lock:
            before = self._beats[heard.job_id]
            if heard.code == EVENT_JOB_MAX_INSTANCES:
                after = replace(before, overrun=True)
            elif heard.code == EVENT_JOB_ERROR:
                error = where(heard.exception)
                after = replace(before, last_error=error, failures=before.failures + 1, overrun=False)
                _logger.error("job %s failed: %s (%d in a row)", heard.job_id, error, after.failures)
            else:
                after = replace(before, last_error=None, failures=0, overrun=False)
            if heard.code != EVENT_JOB_MAX_INSTANCES:
                after = replace(after, last_run_at=self._clock.now(), since=None, until=None)
            self._beats[heard.job_id] = after
        if heard.code == EVENT_JOB_ERROR:
            self._bring_forward(SWEEP if heard.job_id == NEXT_DUE else heard.job_id, after.failures)

    def _bring_forward(self, name: str, failures: int) -> None:
        """Have a job that failed run again soon, if it would not anyway."""
        job = self._scheduler.get_job(name)
        if job is None:  # it is being stopped
            return
        sooner = job.trigger.at - (self._clock.now() + FIRST_RETRY * 2 ** min(failures - 1, 20))
        if sooner > timedelta():
            job.trigger.at -= sooner
            job.modify(next_run_time=job.next_run_time - sooner)


class _Repeated(BaseTrigger):  # type: ignore[misc]  # the library ships no types
    """At the start, then at the instants that `next_at` gives, by the injected clock."""

    def __init__(self, clock: Clock, next_at: Callable[[datetime], datetime]) -> None:
        self._clock = clock
        self._next_at = next_at
        self.at: datetime | None = None

    def __str__(self) -> str:
        return "again and again"

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """When to wake next, by the machine's clock, which is what `now` is read on."""
        moment = self._clock.now()
        if previous_fire_time is None:
            self.at = moment
            return now
        self.at = self._next_at(moment)
        return now + (self.at - moment) + _MARGIN


class _Once(BaseTrigger):  # type: ignore[misc]  # the library ships no types
    """Once, at an instant of the injected clock."""

    def __init__(self, clock: Clock, at: datetime) -> None:
        self._clock = clock
        self.at = at

    def __str__(self) -> str:
        return "once"

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """When to wake, by the machine's clock; at once when the instant is past."""
        if previous_fire_time is not None:
            return None
        return now + max(self.at - self._clock.now(), timedelta()) + _MARGIN


class _Threads(BaseExecutor):  # type: ignore[misc]  # the library ships no types
    """A thread for each run, that does not keep the process from ending. The library's own pool would."""

    def __init__(self, begun: Callable[[str], object]) -> None:
        super().__init__()
        self._begun = begun
        self._running: set[threading.Thread] = set()

    def join(self, timeout: float) -> bool:
        """Wait for the runs; False when some are not over in time."""
        deadline = time.monotonic() + timeout
        for thread in list(self._running):
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in list(self._running))

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:
        thread = threading.Thread(target=self._run, args=(job, run_times), name=f"ctg-{job.id}", daemon=True)
        self._running.add(thread)
        thread.start()

    def _run(self, job: Any, run_times: list[datetime]) -> None:
        self._begun(job.id)
        # `run_job` raises nothing: what the job raised is one of the events.
        events = run_job(job, job._jobstore_alias, run_times, self._logger.name)  # as its own pools do
        self._run_job_success(job.id, events)
        self._running.discard(threading.current_thread())
