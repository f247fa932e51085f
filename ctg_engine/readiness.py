"""What keeps a process from doing its work, beside what its jobs say: for `/readyz`, in codes and what they tell."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Final

import psycopg

from ctg_engine.bootstrap import House
from ctg_engine.places import fault_of
from workflows.database import DatabaseUnavailable, writing_at_once
from workflows.instance import instance_facts, remember, remembered
from workflows.instants import from_text, to_text
from workflows.soundness import damage_of

HEARTBEAT: Final = "heartbeat"
"""Under which the table `instance` keeps the instant at which jobs last ran somewhere."""

DAMAGE: Final = "damage"
"""The same of what was found damaged by the last look; empty when nothing was."""

SILENCE: Final = timedelta(minutes=5)
"""How long after their last trace the jobs count as stopped."""

_PROBE: Final = "written"
_KEPT_SECONDS: Final = 2.0
"""For how long an answer is given again: anybody may ask, and each look writes."""


class Readiness:
    """Looks at what the process needs: the database can be written, there is room, it is sound, jobs run somewhere."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._begun = house.clock.now()
        self._lock = threading.Lock()
        self._looked = -_KEPT_SECONDS
        self._found: Mapping[str, str] = {}

    def __call__(self) -> Mapping[str, str]:
        """What is wrong, by code; empty when all is well. Raises DatabaseUnavailable."""
        with self._lock:
            if monotonic() - self._looked >= _KEPT_SECONDS:
                self._found = self._look()
                self._looked = monotonic()
            return self._found

    def _look(self) -> Mapping[str, str]:
        found = {}
        if (short := without_room(self._house)) is not None:
            found["disk"] = short
        facts = instance_facts(self._house.engine)
        if facts.get(DAMAGE):
            found["damage"] = facts[DAMAGE]
        if (minutes := self._silent_for(facts.get(HEARTBEAT))) is not None:
            found["jobs"] = minutes
        if (refused := cannot_be_written(self._house)) is not None:
            found["writing"] = refused
        return found

    def _silent_for(self, beaten: str | None) -> str | None:
        """The minutes since jobs ran; None when they did, or have not had the time to since this process began."""
        now = self._house.clock.now()
        last = max(from_text(beaten), self._begun) if beaten is not None else self._begun
        return str(int((now - last).total_seconds() // 60)) if now - last > SILENCE else None


def without_room(house: House) -> str | None:
    """A folder that the process writes to, on whose disk less is left than the setting wants."""
    settings = house.settings
    wanted = (settings.sqlite_path, settings.evidence_folder, settings.security_folder)
    for path in (one for one in wanted if one is not None):
        here = next((one for one in (path, *path.absolute().parents) if one.exists()), Path("/"))
        if shutil.disk_usage(here).free < settings.least_megabytes << 20:
            return str(settings.least_megabytes)
    return None


def cannot_be_written(house: House) -> str | None:
    """Why nothing can be recorded, by writing something; None when it can, or when somebody else is writing."""
    try:
        with writing_at_once(house.engine) as connection:
            connection.execute(remembered(house.engine, **{_PROBE: to_text(house.clock.now())}))
    except DatabaseUnavailable as error:
        told = fault_of(error)
        busy = isinstance(error.__cause__, psycopg.errors.LockNotAvailable)
        if busy or (told is not None and told[0] == "BUSY"):
            return None
        return told[0] if told is not None else "DISK"
    return None


def look_for_damage(house: House) -> None:
    """Leave word of what does not hold together any more: once a day, for it reads everything."""
    found = damage_of(house.engine)
    with suppress(DatabaseUnavailable):  # what is damaged may well not take the word; `ctg doctor` looks itself
        remember(house.engine, **{DAMAGE: found or ""})
