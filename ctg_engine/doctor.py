"""The health of an instance, checked from outside its processes: for people, and for monitoring."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr
from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from ctg_engine.bootstrap import CLOCK_OFFSET, House, instance_facts, opened
from ctg_engine.clock import SystemClock
from ctg_engine.serving import HEARTBEAT, mail_server_of
from ctg_engine.settings import PREFIX, Settings
from workflows.calendar import public_holidays
from workflows.database import (
    DatabaseUnavailable,
    NewerStore,
    NotMigrated,
    UnsafeDatabase,
    create_database_engine,
    require_migrated,
)
from workflows.delivery.mail import Mailer, ServerFailing
from workflows.delivery.outbox import dead_letters
from workflows.instants import from_text, to_text
from workflows.schema import outbox

Level = Literal["ok", "warning", "failed"]

LITTLE_ROOM: Final = 1 << 30
"""Bytes left on the disk under which it is time to act."""
NO_ROOM: Final = 100 << 20
"""Bytes left on the disk under which recording is about to fail."""

LAG_TO_NOTICE: Final = 1000
"""Positions that a read model may be behind: it catches up within seconds."""

SILENCE: Final = timedelta(minutes=5)
"""How long after their last trace the jobs count as stopped."""

LETTERS_LATE_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one look found. Its sentence is `cli.doctor.<check>.<key>` of the catalogues, filled with `parameters`."""

    check: str
    level: Level
    key: str
    parameters: dict[str, str] = field(default_factory=dict)


def examine(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which to mend them. Raises nothing: what cannot be looked at is a finding."""
    findings = [*_look_at_time(), *_look_at_mail_server(settings), *_look_at_room(settings)]
    path = settings.sqlite_path
    if path is not None and not path.exists():
        return [_failed("database", "missing", path=str(path)), *findings]
    try:
        engine = create_database_engine(settings.database_url)
    except UnsafeDatabase as unsafe:
        return [_failed("database", "unsafe", detail=str(unsafe)), *findings]
    try:
        return [*_look_at_store(engine), *_look_inside(settings, engine), *findings]
    except (DatabaseUnavailable, SQLAlchemyError) as error:
        return [_failed("database", "unavailable", detail=type(error).__name__), *findings]
    finally:
        engine.dispose()


def shown_settings(settings: Settings) -> dict[str, str]:
    """The settings in force, without their secrets."""
    shown = {}
    for name, value in settings:
        if isinstance(value, SecretStr):
            value = "***" if value.get_secret_value() else ""
        elif name == "database_url":
            value = make_url(value).render_as_string(hide_password=True)
        shown[PREFIX + name.upper()] = str(value)
    return shown


def _ok(check: str, key: str = "ok", **parameters: str) -> Finding:
    return Finding(check=check, level="ok", key=key, parameters=parameters)


def _warning(check: str, key: str, **parameters: str) -> Finding:
    return Finding(check=check, level="warning", key=key, parameters=parameters)


def _failed(check: str, key: str, **parameters: str) -> Finding:
    return Finding(check=check, level="failed", key=key, parameters=parameters)


# --- the store ------------------------------------------------------------------------------------------------------


def _look_at_store(engine: Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            read = {
                name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
                for name in ("journal_mode", "synchronous")
            }
            version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())
            yield _ok("database", "sqlite", version=version)
            # 2 is FULL: an acknowledged fact survives a power cut.
            durable = read["journal_mode"] == "wal" and int(read["synchronous"]) >= 2
            guards = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
            wanted = 3
        else:
            version = str(connection.exec_driver_sql("SHOW server_version").scalar())
            yield _ok("database", "postgresql", version=version)
            read = {
                name: str(connection.exec_driver_sql(f"SHOW {name}").scalar())
                for name in ("fsync", "synchronous_commit")
            }
            durable = read["fsync"] == "on" and read["synchronous_commit"] != "off"
            guards = "SELECT count(*) FROM pg_trigger WHERE tgname = 'events_refuse_change' AND tgenabled = 'A'"
            wanted = 1
        said = ", ".join(f"{name} = {value}" for name, value in read.items())
        yield _ok("durability", said=said) if durable else _failed("durability", "low", said=said)
        found = int(connection.execute(text(guards)).scalar_one())
    try:
        require_migrated(engine)
        yield _ok("migrations")
    except NotMigrated:
        yield _failed("migrations", "missing")
        return
    except NewerStore as newer:
        yield _failed("migrations", "newer", detail=str(newer))
        return
    yield _ok("guards") if found == wanted else _failed("guards", "missing")


def _look_inside(settings: Settings, engine: Engine) -> Iterator[Finding]:
    try:
        require_migrated(engine)
    except (NotMigrated, NewerStore):
        return
    with opened(settings) as house:
        yield from _look_at_read_models(house)
        yield from _look_at_letters(house)
        yield from _look_at_jobs(house)
        offset = float(instance_facts(engine).get(CLOCK_OFFSET, "0"))
    if offset:
        yield _warning("clock", "moved", days=str(round(offset / 86400)))


def _look_at_read_models(house: House) -> Iterator[Finding]:
    for status in house.projections.status():
        if status.failed_at is not None:
            yield _failed("read-models", "stopped", name=status.name, error=status.error or "")
        elif status.lag > LAG_TO_NOTICE:
            yield _warning("read-models", "behind", name=status.name, lag=str(status.lag))
        else:
            yield _ok("read-models", name=status.name, lag=str(status.lag))


def _look_at_letters(house: House) -> Iterator[Finding]:
    dead = len(dead_letters(house.engine))
    if dead:
        yield _warning("outbox", "dead", count=str(dead))
    waiting = select(func.count(), func.min(outbox.c.queued_at)).where(
        outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None)
    )
    with house.engine.connect() as connection:
        count, oldest = connection.execute(waiting).one()
    late = oldest is not None and house.clock.now() - from_text(oldest) > LETTERS_LATE_AFTER
    if late and not house.is_demonstration:
        yield _warning("outbox", "late", count=str(count))
    elif not dead:
        yield _ok("outbox", count=str(count))


def _look_at_jobs(house: House) -> Iterator[Finding]:
    beaten = instance_facts(house.engine).get(HEARTBEAT)
    if beaten is None:
        yield _warning("jobs", "never")
        return
    silence = house.clock.now() - from_text(beaten)
    if silence > SILENCE:
        yield _failed("jobs", "silent", minutes=str(int(silence.total_seconds() // 60)))
    else:
        yield _ok("jobs", seconds=str(max(0, int(silence.total_seconds()))))


# --- around it ------------------------------------------------------------------------------------------------------


def _look_at_time() -> Iterator[Finding]:
    try:
        paris = ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        yield _failed("clock", "no-zone")
        return
    summer = datetime(2026, 7, 1, 12, tzinfo=paris).utcoffset()
    winter = datetime(2026, 1, 1, 12, tzinfo=paris).utcoffset()
    if (summer, winter) == (timedelta(hours=2), timedelta(hours=1)):
        yield _ok("clock", now=to_text(SystemClock().now())[:19])
    else:
        yield _failed("clock", "wrong-zone")
    year = SystemClock().today().year
    without = [str(one) for one in (year, year + 1) if not public_holidays(one)]
    yield _failed("holidays", "missing", years=", ".join(without)) if without else _ok("holidays", until=str(year + 1))


def _look_at_mail_server(settings: Settings) -> Iterator[Finding]:
    server = mail_server_of(settings)
    if server is None:
        yield _warning("mail", "none")
        return
    where = {"host": server.host, "port": str(server.port)}
    try:
        with Mailer(server).round() as round_:
            round_.greet()
    except ServerFailing as failing:
        yield _failed("mail", "failing", **where, code=failing.code)
    else:
        yield _ok("mail", **where)


def _look_at_room(settings: Settings) -> Iterator[Finding]:
    path = settings.sqlite_path
    if path is None:
        return  # the disk of another machine
    here = next(one for one in (path, *path.absolute().parents) if one.exists())
    free = shutil.disk_usage(here).free
    look: Callable[..., Finding] = _failed if free < NO_ROOM else _warning if free < LITTLE_ROOM else _ok
    shown: dict[str, Any] = {"megabytes": str(free >> 20), "path": str(Path(path))}
    yield look("disk", "ok" if free >= LITTLE_ROOM else "little", **shown)
