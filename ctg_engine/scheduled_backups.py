"""Backups that are made by themselves: at the hours of the settings, verified, rotated, and told when they fail.

Any worker that has the folder may make one; a lease has one do it. What was made, and what failed, is kept in the table
`instance`, so that every process can tell it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final
from uuid import uuid4

import structlog
from sqlalchemy import Engine, make_url

from ctg_engine import backup, postgres_programs
from ctg_engine.archive import unpack
from ctg_engine.bootstrap import House
from ctg_engine.clock import SetClock
from ctg_engine.faults import BadInput, Failed
from ctg_engine.findings import Finding, failed, ok, warning
from ctg_engine.places import room_beside
from ctg_engine.rotation import Slot, kept, latest, slot_of
from ctg_engine.settings import Settings
from workflows.database import DatabaseUnavailable
from workflows.delivery.about_backups import letters_about
from workflows.delivery.outbox import enqueue
from workflows.instance import instance_facts, remember
from workflows.instants import PARIS, from_text, to_text

STATE: Final = "backup"
"""Under which the table `instance` keeps what became of the last backups."""

AGAIN_AFTER: Final = timedelta(minutes=15)
"""When a backup that failed is tried again."""

LATE_AFTER: Final = timedelta(hours=2)
"""How long after its hour a backup that is not there is late."""

_UNVERIFIED: Final = re.compile(r"(.+)\.[0-9a-f]{32}\.unverified")
_KNOWN: Final = ("error.no-room", "error.damaged-backup", "error.damaged-store", "error.cannot-write")

_logger = structlog.get_logger("ctg.backups")


@dataclass(frozen=True, kw_only=True)
class Backups:
    """What became of the backups: the last good one, and the last failure since, if any (`fault` says which).

    `not_rotated`: the last good one is there, and those of before it could not be taken away.
    """

    slot: str = ""
    made_at: str = ""
    file: str = ""
    megabytes: int = 0
    seconds: float = 0.0
    failed_at: str = ""
    failed_slot: str = ""
    fault: str = ""
    failures: int = 0
    not_rotated: bool = False


def state_of(engine: Engine) -> Backups:
    """What is known of the backups of a store."""
    known = instance_facts(engine).get(STATE)
    return Backups(**json.loads(known)) if known else Backups()


def failing_slot(engine: Engine) -> str | None:
    """The day and hour of the backup that fails; None when the last one that was due is there."""
    state = state_of(engine)
    return state.failed_slot if state.fault else None


def tend(house: House, may: Callable[[], bool]) -> None:
    """Make the backup that is due, where one is and this worker `may`: has the folder, and the lease."""
    settings, now = house.settings, house.clock.now()
    if settings.backup_folder is None:
        return
    before, slot = state_of(house.engine), latest(now, settings.hours_of_backups)
    waits = bool(before.failed_at) and now - from_text(before.failed_at) < AGAIN_AFTER
    is_made = before.slot == slot.text
    if waits or (is_made and not before.not_rotated) or not may():
        return
    if not is_made:
        _keep(house.engine, before)  # what could not be told would be made again and again
        begun = time.monotonic()
        try:
            file = make(settings, slot, now, lambda: _is_made(house, slot))
        except (BadInput, Failed, DatabaseUnavailable, OSError) as error:
            _tell_failure(house, before, slot, error)
            return
        if file is None:
            return
        before = Backups(
            slot=slot.text,
            made_at=to_text(house.clock.now()),
            file=str(file),
            megabytes=-(-file.stat().st_size >> 20),
            seconds=round(time.monotonic() - begun, 1),
        )
        _keep(house.engine, before)
        _logger.info("backup made", file=before.file, megabytes=before.megabytes, seconds=before.seconds)
    _rotate(house, before)


def make(settings: Settings, slot: Slot, now: datetime, is_made: Callable[[], bool] = lambda: False) -> Path | None:
    """Make a backup, verify it, and only then give it its name; None when another worker `is_made` it meanwhile.

    Raises `BadInput`, `Failed`, `DatabaseUnavailable`, `OSError`.
    """
    folder = settings.backup_folder
    assert folder is not None
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    target = folder / slot.name
    unverified = folder / f"{slot.name}.{uuid4().hex}.unverified"  # of this worker alone
    _require_room(settings, folder)
    try:
        backup.back_up(settings, unverified, force=True, clock=SetClock(now))
        verify(settings, unverified)
        if is_made():
            return None
        _keep_what_is_there(target)
        unverified.rename(target)
    finally:
        unverified.unlink(missing_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return target


def _keep_what_is_there(target: Path) -> None:
    """Give another name to the backup that has this one: of another instance, or newer than the store put back since.

    That name is of no slot: such a file is never rotated.
    """
    with suppress(FileNotFoundError):
        made_at = datetime.fromtimestamp(target.stat().st_mtime, PARIS)
        named = target.name.removesuffix(".tar.gz")
        for again in count():
            aside = target.with_name(f"{named}-{made_at:%Y%m%d%H%M%S}{f'-{again}' if again else ''}.tar.gz")
            with suppress(FileExistsError):
                aside.touch(0o600, exist_ok=False)  # the name is taken, by nobody else
                break
        try:
            target.replace(aside)
        except OSError:
            aside.unlink()
            raise
        _logger.warning("a backup of that name was set aside", file=str(aside))


def verify(settings: Settings, file: Path) -> None:
    """Read a backup as a restoration would, up to where a store would be changed. Raises `BadInput`, `Failed`."""
    sqlite = settings.sqlite_path is not None
    with room_beside(file) as room:
        files = room / "files"
        files.mkdir()
        manifest = unpack(file, room, files, "sqlite" if sqlite else "postgresql")
        data = room / manifest.data_name
        if sqlite:
            backup.require_sound(file, data, manifest)
        else:
            postgres_programs.run(
                make_url(settings.database_url), "pg_restore", "--file=/dev/null", str(data), connect=False
            )


def rotate(settings: Settings, now: datetime) -> list[str]:
    """Take away the backups that are not to be kept any more, and tell which. Other files are left alone.

    Raises `OSError`.
    """
    folder = settings.backup_folder
    assert folder is not None
    files = [one for one in folder.iterdir() if one.is_file()]
    slots = {slot for one in files if (slot := slot_of(one.name)) is not None}
    stay = kept(slots, settings.backup_days, settings.backup_weeks, settings.backup_months)
    gone = sorted(slots - stay)
    for slot in gone:
        (folder / slot.name).unlink(missing_ok=True)
    for one in files:
        ours = _UNVERIFIED.fullmatch(one.name)
        if ours is None or slot_of(ours[1]) is None:
            continue
        with suppress(FileNotFoundError):
            if now.timestamp() - one.stat().st_mtime > 86400:  # of a worker that was killed
                one.unlink()
    return [slot.name for slot in gone]


def _rotate(house: House, state: Backups) -> None:
    """Rotate, and remember when that fails, to tell it and to try again."""
    try:
        rotate(house.settings, house.clock.now())
    except OSError as error:
        _logger.error("backups not rotated", kind=type(error).__name__)
        fails = True
    else:
        fails = False
    if fails != state.not_rotated:
        _keep(house.engine, replace(state, not_rotated=fails))


def _require_room(settings: Settings, folder: Path) -> None:
    """Raise `Failed` unless there is room for the archive, for what it is made of, and for reading it once."""
    earlier = [one.stat().st_size for one in folder.iterdir() if slot_of(one.name) is not None and one.is_file()]
    path = settings.sqlite_path
    store = path.stat().st_size if path is not None else 0
    files = sum(one.stat().st_size for one in _below(settings.evidence_folder))
    wanted = 2 * (max(store, 3 * max(earlier, default=0)) + files) + (settings.least_megabytes << 20)
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise Failed("error.no-room", folder=str(folder), wanted=str(-(-wanted >> 20)), free=str(free >> 20))


def _below(folder: Path) -> Iterator[Path]:
    return (one for one in folder.rglob("*") if one.is_file()) if folder.is_dir() else iter(())


def _is_made(house: House, slot: Slot) -> bool:
    """Whether it was made meanwhile, by a worker that began earlier and took longer than its lease."""
    return state_of(house.engine).slot == slot.text


def _tell_failure(house: House, before: Backups, slot: Slot, error: Exception) -> None:
    key = error.key if isinstance(error, BadInput | Failed) else ""
    fault = key.removeprefix("error.") if key in _KNOWN else "other"
    _logger.error("backup failed", slot=slot.text, fault=fault, kind=type(error).__name__, key=key)
    again = before.failures + 1 if before.failed_slot == slot.text else 1
    now = house.clock.now()
    state = replace(before, failed_at=to_text(now), failed_slot=slot.text, fault=fault, failures=again)
    with suppress(DatabaseUnavailable):
        if _is_made(house, slot):
            return
        _keep(house.engine, state)
        with house.engine.begin() as connection:
            for letter in letters_about(slot.text, house.accounts.administrators()):
                enqueue(connection, letter, now)


def _keep(engine: Engine, state: Backups) -> None:
    remember(engine, **{STATE: json.dumps(asdict(state))})


def look_at_backups(house: House) -> Iterator[Finding]:
    """Whether backups are made by themselves, and the last one is there and no older than it should be."""
    settings, now = house.settings, house.clock.now()
    if settings.backup_folder is None:
        if not house.is_demonstration:
            yield ok("backups", "by-hand")
        return
    state = state_of(house.engine)
    made = f"{from_text(state.made_at).astimezone(PARIS):%Y-%m-%d %H:%M}" if state.made_at else ""
    if state.fault:
        since = f"{from_text(state.failed_at).astimezone(PARIS):%Y-%m-%d %H:%M}"
        yield failed("backups", f"failed-{state.fault}", at=since, folder=str(settings.backup_folder))
    if not made:
        yield warning("backups", "none-yet")
    elif state.slot < latest(now - LATE_AFTER, settings.hours_of_backups).text:
        yield failed("backups", "late", at=made)
    elif not state.fault:
        if state.not_rotated:
            yield warning("backups", "not-rotated", folder=str(settings.backup_folder))
        yield ok("backups", at=made, megabytes=str(state.megabytes), file=state.file, seconds=f"{state.seconds:.0f}")
