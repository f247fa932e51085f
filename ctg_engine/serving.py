"""The processes of an instance: `ctg serve` (pages, interface and jobs together) and `ctg work` (jobs alone).

Nothing that a process holds is the truth: any of them may be killed anywhere, and any number may do the same jobs.
"""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from types import FrameType
from typing import Final

import structlog
import uvicorn
from prometheus_client import CollectorRegistry
from sqlalchemy import inspect

from api.app import create_app
from api.nearness import host_in, is_loopback
from ctg_engine.bootstrap import House, prepare
from ctg_engine.draining import Application, DrainingServer, Farewell
from ctg_engine.faults import BadInput, detail_of
from ctg_engine.mailing import digesting, posting
from ctg_engine.metrics import Requests, told_to_prometheus
from ctg_engine.patience import Patience, patient
from ctg_engine.places import store_exists
from ctg_engine.readiness import HEARTBEAT, Readiness, look_for_damage
from ctg_engine.scheduled_backups import tend
from ctg_engine.security_files import DailyFiles
from ctg_engine.settings import Settings
from ctg_engine.working import Post, told_beside
from workflows.database import create_database_engine
from workflows.deadlines import sweep
from workflows.forgetting import clear_traces
from workflows.instance import remember
from workflows.instants import to_text
from workflows.scheduler import Chore, Scheduler, daily, every
from workflows.summaries.refresher import Refresher

GRACE_SECONDS: Final = 5
"""How long a stopping web server waits for the answers it is giving; the jobs get as long after it."""

FAILURES_BEFORE_UNREADY: Final = 3
"""How often in a row a job fails before `/readyz` says so: a database that was locked for a moment is no news."""

_REACTIONS_EVERY: Final = timedelta(seconds=2)
_LETTERS_EVERY: Final = timedelta(seconds=20)
_DIGESTS_EVERY: Final = timedelta(minutes=5)
_HEARTBEAT_EVERY: Final = timedelta(seconds=30)
_BACKUP_LOOKED_EVERY: Final = timedelta(minutes=5)
_CLEANING_HOUR: Final = 4
_LONGEST_AT_NIGHT: Final = timedelta(hours=3)  # what reads everything

_logger = structlog.get_logger("ctg.serving")


def prepare_new_sqlite(settings: Settings) -> None:
    """Make the store when it is a SQLite file without any table; every other store is migrated on purpose."""
    if settings.sqlite_path is None:
        return
    if store_exists(settings):
        engine = create_database_engine(settings.database_url)
        try:
            if inspect(engine).get_table_names():
                return
        finally:
            engine.dispose()
    prepare(settings)


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Take the port at once, so that nobody else gets it meanwhile. Raises `BadInput` when it cannot be had.

    With `shared`, another process that shares it too may take it beside this one, to relay it; the system would hand
    some of the clients to whoever listens: this one begins to when it is ready, and the web server has it do so.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise BadInput("error.unknown-host", host=host) from None
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(address)
        if not shared:
            taken.listen(socket.SOMAXCONN)
    except PermissionError:
        taken.close()
        raise BadInput("error.port-not-allowed", host=host, port=str(port)) from None
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise BadInput("error.port-taken", host=host, port=str(port)) from None
        raise BadInput("error.unknown-host", host=host, detail=detail_of(error)) from None
    return taken


def refuse_elsewhere(house: House, taken: socket.socket) -> None:
    """Raise `BadInput` for a demonstration that others than this machine could reach: its passwords are published."""
    if not house.is_demonstration:
        return
    said = host_in(house.settings.base_url) if house.settings.base_url else ""
    for address in filter(None, (str(taken.getsockname()[0]), said)):
        if not is_loopback(address):
            raise BadInput("error.demonstration-elsewhere", address=address)


def serve(house: House, taken: socket.socket) -> None:
    """Answer on a socket and do the jobs, until SIGTERM or SIGINT."""
    post = Post(house, "serve")
    scheduler, refresher = scheduler_of(house, post), refresher_of(house, post)
    readiness = Readiness(house)
    app = create_app(
        house.services(),
        lambda: {**failing_jobs(scheduler, refresher, house.clock.now()), **readiness()},
        lambda: told_beside(house, post),
    )
    patience = Patience(house.settings.client_seconds, house.settings.most_connections)
    registry = CollectorRegistry()
    counted = Requests(registry).counting(app) if house.settings.metrics_port else app
    server = web_server(counted, patience, _say_started)
    told = told_to_prometheus(house, post, scheduler, registry)
    with _asked_to_stop(), told, running(scheduler, refresher):
        # It stops by itself on a signal, then raises the signal again, for the handlers of `_asked_to_stop`.
        server.run(sockets=[taken])


def web_server(app: Application, patience: Patience, listens: Callable[[], object] = lambda: None) -> uvicorn.Server:
    """The web server of a process, which waits so long for its clients, and loses none of them when it stops.

    `listens`: called once it lets people in.
    """
    config = uvicorn.Config(
        Farewell(app),
        http=patient(patience),
        log_config=None,
        access_log=False,  # addresses and queries of people
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return DrainingServer(config, listens)


def work(house: House) -> None:
    """Do the jobs, until SIGTERM or SIGINT."""
    post = Post(house, "work")
    scheduler = scheduler_of(house, post)
    told = told_to_prometheus(house, post, scheduler, CollectorRegistry())
    with _asked_to_stop() as stop, told, running(scheduler, refresher_of(house, post)):
        _say_started()
        stop.wait()


def _say_started() -> None:
    """From here on it is there, and stops in order: whoever relays another process waits for this line."""
    _logger.info("started")


def failing_jobs(scheduler: Scheduler, refresher: Refresher, now: datetime) -> Mapping[str, str]:
    """What is wrong with the jobs of this process, by name; empty when all is well."""
    failing = {} if scheduler.is_alive() else {"scheduler": "stopped"}
    for beat in scheduler.status():
        if beat.failures >= FAILURES_BEFORE_UNREADY:
            failing[f"job {beat.job}"] = beat.last_error or "failing"
    if stuck := [beat.job for beat in scheduler.status() if beat.is_stuck(now)]:
        failing["stuck"] = ", ".join(stuck)
    if refresher.last_error is not None or not refresher.is_alive():
        failing["summaries"] = refresher.last_error or "stopped"
    return failing


def refresher_of(house: House, post: Post) -> Refresher:
    """What makes the summaries of what this process appends, and those that others left."""
    return Refresher(house.summaries, house.steering.log.log.stirred, lambda: post.leases.take("summaries"))


def scheduler_of(house: House, post: Post | None = None) -> Scheduler:
    """The heartbeat of one process, with everything it wakes; `post`: its place among those beside it."""
    post = post or Post(house)

    def swept() -> date | None:
        if _is_held(house):
            return None
        post.compare_clocks()  # a day is the day of the database's clock, read now
        return sweep(house.steering, house.summaries, house.clock, house.holidays, post.leases).next_on

    def beaten() -> None:
        post.compare_clocks()
        if not _is_held(house):
            beat(house)
            post.beat([one for one in scheduler.status() if one.job != HEARTBEAT])

    def unless_held(run: Callable[[], object]) -> Callable[[], object]:
        return lambda: None if _is_held(house) else run()

    def nightly(name: str, run: Callable[[], object]) -> Chore:
        return Chore(name, unless_held(post.alone(name, run)), daily(_CLEANING_HOUR), _LONGEST_AT_NIGHT)

    reactions, digests = house.reactions(), digesting(house)
    scheduler = Scheduler(
        house.clock,
        swept,
        [
            Chore(
                "reactions",
                unless_held(lambda: reactions.follow() if post.follows() else None),
                every(_REACTIONS_EVERY),
            ),
            Chore("letters", unless_held(posting(house, post.follows)), every(_LETTERS_EVERY)),
            Chore("digests", unless_held(lambda: digests() if post.follows() else None), every(_DIGESTS_EVERY)),
            nightly("sessions", lambda: _remove_ended(house)),
            nightly("retention", lambda: cleaned(house)),
            Chore(
                "security journal", unless_held(lambda: _remove_old_lines(house.settings)), daily(_CLEANING_HOUR)
            ),  # of this machine
            Chore(
                "backup",
                unless_held(lambda: tend(house, post.backs_up)),
                every(_BACKUP_LOOKED_EVERY),
                _LONGEST_AT_NIGHT,
            ),
            nightly("soundness", lambda: look_for_damage(house)),
            Chore(HEARTBEAT, beaten, every(_HEARTBEAT_EVERY)),
        ],
        post.leave,
    )
    return scheduler


def _is_held(house: House) -> bool:
    """Whether the clock is not believed: nothing is said, sent or taken away on it. `/readyz` and `doctor` say why."""
    gap = house.watch.doubt(house.clock.now())
    if gap is not None:
        _logger.error("jobs held: the clock is in doubt", days=gap.days, reached=gap.told["reached"])
    return gap is not None


def _remove_ended(house: House) -> None:
    """Remove the sessions and the one-time links that open nothing any more."""
    house.sessions.remove_ended(house.clock.now())
    house.links.remove_ended(house.clock.now())


def cleaned(house: House) -> None:
    """Take away what was kept long enough, and forget again what a backup of before brought back."""
    if not house.is_demonstration:  # the years of its story were told in a minute
        house.retention.remove_old(house.engine, house.clock.now())
        house.files.remove_uncited(house.clock.now(), house.settings.keep_uncited_files_days)
    if house.forgetting.returned():
        house.forgetting.again(house.forgetting.listed(), house.clock.now())
        clear_traces(house.engine, house.vault)


def beat(house: House) -> None:
    """Leave a trace that jobs run somewhere, for `ctg doctor`."""
    now = house.clock.now()
    house.watch.reached(now)
    remember(house.engine, **{HEARTBEAT: to_text(now)})


def _remove_old_lines(settings: Settings) -> None:
    """Remove what is past its time, also where nobody has come in since."""
    if settings.security_folder is not None:
        DailyFiles(settings.security_folder, settings.security_days).remove_old()


@contextmanager
def running(scheduler: Scheduler, refresher: Refresher) -> Iterator[None]:
    """The jobs of a process, which are stopped in the end: the others need not wait for what was this one's."""
    scheduler.start()
    refresher.start()
    try:
        yield
    finally:
        over = [refresher.stop(1), scheduler.stop(GRACE_SECONDS - 2)]  # each, whatever becomes of the other
        _logger.info("stopped", jobs_cut_short=not all(over))


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set, instead of ending the process where it stands."""
    stop = threading.Event()

    def set_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, set_stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
