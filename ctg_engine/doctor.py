"""The health of an instance, checked from outside its processes: for people, and for monitoring."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr
from sqlalchemy import URL, Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from ctg_engine.bootstrap import CLOCK_OFFSET, House, opened
from ctg_engine.clock import SystemClock
from ctg_engine.contradictions import look_at_settings
from ctg_engine.findings import Finding, failed, ok, warning
from ctg_engine.keeping import look_at_files, look_at_forgotten, look_at_kept, look_at_reactions
from ctg_engine.mail_dns import look_at_mail_names
from ctg_engine.mailing import mail_server_of
from ctg_engine.notices import look_at_notices
from ctg_engine.places import fault_of, shown_store, store_exists, why_unusable
from ctg_engine.readiness import HEARTBEAT, SILENCE
from ctg_engine.scheduled_backups import look_at_backups
from ctg_engine.security_files import look_at_security_files
from ctg_engine.settings import PREFIX, Settings
from ctg_engine.working import look_at_workers
from workflows.calendar import public_holidays
from workflows.database import LONG_SECONDS, DatabaseUnavailable, UnsafeDatabase, create_database_engine
from workflows.delivery.mail import Mailer, ServerFailing
from workflows.delivery.outbox import counted
from workflows.delivery.queueing import unreadable
from workflows.instance import instance_facts
from workflows.instants import from_text, to_text
from workflows.migrating import NewerStore, NotMigrated, OlderStore, require_migrated
from workflows.soundness import damage_of

LITTLE_ROOM: Final = 1 << 30
"""Bytes left on the disk under which it is time to act."""
_SECRETS: Final = frozenset({"password", "sslpassword", "passfile"})
"""Parameters of an address that are nobody's to read."""

LETTERS_LATE_AFTER: Final = timedelta(hours=1)


def examine(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which to mend them. Raises nothing: what cannot be looked at is a finding.

    Nothing is written: a SQLite file is opened for reading only.
    """
    around = [ok("release", version=version("ctg-engine")), *_look_at_time(), *_look_at_mail_server(settings)]
    around.extend(look_at_mail_names(settings))
    around.extend(look_at_security_files(settings))
    around.extend(look_at_settings(settings))
    around.extend(look_at_notices(settings))
    path = settings.sqlite_path
    unusable = why_unusable(settings)
    if unusable is not None:
        return [failed("database", "no-place", path=str(path), reason=unusable), *around]
    around.extend(_look_at_room(settings))
    if not store_exists(settings):
        return [failed("database", "missing", path=str(path)), *around]
    try:
        engine = create_database_engine(settings.database_url, reading_only=True, answer_within=LONG_SECONDS)
    except UnsafeDatabase as unsafe:
        return [failed("database", "unsafe", version=unsafe.version), *around]
    try:
        if (damage := damage_of(engine)) is not None:
            broken = failed("soundness", "damaged", store=shown_store(settings))
            return [replace(broken, detail=damage), *around]  # nothing else that it says can be believed
        return [*_look_at_store(settings, engine), *_look_inside(settings, engine), *around]
    except (DatabaseUnavailable, SQLAlchemyError) as error:
        return [_unavailable(settings, error), *around]
    finally:
        engine.dispose()


def _unavailable(settings: Settings, error: DatabaseUnavailable | SQLAlchemyError) -> Finding:
    told = fault_of(error) if isinstance(error, DatabaseUnavailable) else None
    if told is None:
        said = str(error.__cause__) if isinstance(error, DatabaseUnavailable) else type(error).__name__
        return replace(failed("database", "unavailable"), detail=" ".join(said.split()))
    kind, said = told
    return replace(failed("database", "fault", path=str(settings.sqlite_path), fault=kind), detail=said)


def shown_settings(settings: Settings) -> dict[str, str]:
    """The settings in force, without their secrets."""
    shown = {}
    for name, value in settings:
        if isinstance(value, SecretStr):
            value = "***" if value.get_secret_value() else ""
        elif name == "database_url":
            value = _without_secrets(make_url(value))
        shown[PREFIX + name.upper()] = str(value)
    return shown


def _without_secrets(url: URL) -> str:
    """The address of a database; a password may also stand in its query, as the driver allows."""
    hidden = {name: "***" for name in url.query if name.lower() in _SECRETS}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


# --- the store ------------------------------------------------------------------------------------------------------


def _look_at_store(settings: Settings, engine: Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            read = {
                "journal_mode": "wal" if _writes_ahead(settings) else "delete",
                "synchronous": str(connection.exec_driver_sql("PRAGMA synchronous").scalar()),
            }
            release = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())
            yield ok("database", "sqlite", version=release)
            # 2 is FULL: an acknowledged fact survives a power cut.
            durable = read["journal_mode"] == "wal" and int(read["synchronous"]) >= 2
            guards = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
            wanted = 3
        else:
            release = str(connection.exec_driver_sql("SHOW server_version").scalar())
            yield ok("database", "postgresql", version=release)
            read = {
                name: str(connection.exec_driver_sql(f"SHOW {name}").scalar())
                for name in ("fsync", "synchronous_commit")
            }
            durable = read["fsync"] == "on" and read["synchronous_commit"] != "off"
            guards = "SELECT count(*) FROM pg_trigger WHERE tgname = 'events_refuse_change' AND tgenabled = 'A'"
            wanted = 1
        said = ", ".join(f"{name} = {value}" for name, value in read.items())
        yield ok("durability", said=said) if durable else failed("durability", "low", said=said)
        found = int(connection.execute(text(guards)).scalar_one())
    try:
        require_migrated(engine)
        yield ok("migrations")
    except NotMigrated:
        yield failed("migrations", "missing")
        return
    except NewerStore as newer:
        yield failed("migrations", "newer", revision=newer.revision)
        return
    except OlderStore as older:
        yield failed("migrations", "older", revision=older.revision)
        return
    yield ok("soundness")
    yield ok("guards") if found == wanted else failed("guards", "missing")


def _writes_ahead(settings: Settings) -> bool:
    """Whether the SQLite file keeps a write-ahead log, by its header: a connection that may not write does not say."""
    assert settings.sqlite_path is not None
    with settings.sqlite_path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def _look_inside(settings: Settings, engine: Engine) -> Iterator[Finding]:
    with suppress(NotMigrated, NewerStore, OlderStore):
        require_migrated(engine)
        yield from _look_into_house(settings, engine)


def _look_into_house(settings: Settings, engine: Engine) -> Iterator[Finding]:
    with opened(settings, reading_only=True) as house:
        yield from _look_at_log(house)
        yield from _look_at_summaries(house)
        yield from _look_at_letters(house)
        yield from look_at_reactions(house)
        yield from _look_at_clock(house)
        yield from _look_at_jobs(house)
        yield from look_at_workers(house)
        yield from look_at_backups(house)
        yield from look_at_kept(house)
        yield from look_at_files(house)
        yield from look_at_forgotten(house)
        offset = float(instance_facts(engine).get(CLOCK_OFFSET, "0"))
    if offset:
        yield warning("clock", "moved", days=str(round(offset / 86400)))


def _look_at_log(house: House) -> Iterator[Finding]:
    where = unreadable(house.steering)
    yield ok("log") if where is None else failed("log", "unreadable", error=where)


def _look_at_summaries(house: House) -> Iterator[Finding]:
    if others := house.summaries.others():
        yield warning("summaries", "others", names=", ".join(others))
    unsure = house.summaries.unsure()
    if unsure.failed:
        yield failed("summaries", "failed", count=str(unsure.failed))
    if unsure.marked:
        yield warning("summaries", "behind", count=str(unsure.marked))
    if not unsure.failed and not unsure.marked:
        yield ok("summaries")


def _look_at_letters(house: House) -> Iterator[Finding]:
    letters = counted(house.engine, house.clock.now() - LETTERS_LATE_AFTER)
    if letters.given_up:
        yield warning("outbox", "dead", count=str(letters.given_up))
    if letters.overdue and not house.is_demonstration:
        yield warning("outbox", "late", count=str(letters.overdue))
    elif not letters.given_up:
        yield ok("outbox", count=str(letters.waiting))
    if letters.withdrawn:
        yield ok("outbox", "withdrawn", count=str(letters.withdrawn))


def _look_at_clock(house: House) -> Iterator[Finding]:
    now = house.clock.now()
    if (gap := house.watch.doubt(now)) is not None:
        yield failed("clock", gap.direction, **gap.told)
    elif (gap := house.watch.went_back(now)) is not None:
        yield warning("clock", "went-back", **gap.told)


def _look_at_jobs(house: House) -> Iterator[Finding]:
    beaten = instance_facts(house.engine).get(HEARTBEAT)
    if beaten is None:
        yield warning("jobs", "never")
        return
    now = house.clock.now()
    if house.watch.doubt(now) is not None:
        return  # they are held, which is said
    silence = now - from_text(beaten)
    if silence > SILENCE:
        yield failed("jobs", "silent", minutes=str(int(silence.total_seconds() // 60)))
    else:
        yield ok("jobs", seconds=str(max(0, int(silence.total_seconds()))))


# --- around it ------------------------------------------------------------------------------------------------------


def _look_at_time() -> Iterator[Finding]:
    try:
        paris = ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        yield failed("clock", "no-zone")
        return
    summer = datetime(2026, 7, 1, 12, tzinfo=paris).utcoffset()
    winter = datetime(2026, 1, 1, 12, tzinfo=paris).utcoffset()
    if (summer, winter) == (timedelta(hours=2), timedelta(hours=1)):
        yield ok("clock", now=to_text(SystemClock().now())[:19])
    else:
        yield failed("clock", "wrong-zone")
    year = SystemClock().today().year
    without = [str(one) for one in (year, year + 1) if not public_holidays(one)]
    yield failed("holidays", "missing", years=", ".join(without)) if without else ok("holidays", until=str(year + 1))


def _look_at_mail_server(settings: Settings) -> Iterator[Finding]:
    server = mail_server_of(settings)
    if server is None:
        yield warning("mail", "none")
        return
    where = {"host": server.host, "port": str(server.port)}
    try:
        with Mailer(server).round() as round_:
            round_.greet()
    except ServerFailing as failing:
        yield failed("mail", "failing", **where, code=failing.code)
    else:
        yield ok("mail", **where)


def _look_at_room(settings: Settings) -> Iterator[Finding]:
    path = settings.sqlite_path
    if path is None:
        return  # the disk of another machine
    here = next(one for one in (path, *path.absolute().parents) if one.exists())
    free = shutil.disk_usage(here).free
    is_short = free < settings.least_megabytes << 20
    look: Callable[..., Finding] = failed if is_short else warning if free < LITTLE_ROOM else ok
    shown: dict[str, Any] = {"megabytes": str(free >> 20), "path": str(Path(path))}
    yield look("disk", "little" if is_short or free < LITTLE_ROOM else "ok", **shown)
