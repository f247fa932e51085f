"""A country of conventions in every phase, who reads it, what it weighs on the disk and what a sweep of it costs."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pysqlite3.dbapi2 as sqlite

from api.access import cookie_name
from benchmarks.ours.conventions import SIGNED_PAGE, STAGES, Telling
from benchmarks.ours.country import Country, Place
from benchmarks.peers.asked import Ask
from ctg_engine.bootstrap import House
from ctg_engine.serving import scheduler_of
from domain.convention.signing import RecordSignature
from domain.roles import ADMINISTRATOR

FOLLOWED: Final = {"32": 15, "31": 60}
"""Territories of a département, all followed by one adviser of the Caf."""
PASSWORD: Final = "un mot de passe assez long"  # noqa: S105 - of a store that lasts as long as the run


def asks(country: Country) -> dict[str, Ask]:
    """What is asked of whoever fills a store."""
    house = country.house

    def fill(conventions: int) -> dict[str, Any]:
        advisers = {
            department: house.vault.register_person(
                f"Claude Essai {department}", f"claude.{department}@exemple.invalid"
            )
            for department in FOLLOWED
        }
        wanted = [department for department, number in FOLLOWED.items() for _ in range(number)]
        shown: tuple[Place, Telling] | None = None
        for number in range(conventions):
            department = wanted[number] if number < len(wanted) else None
            place = country.place(department, advisers.get(department or ""))
            stage = STAGES[number % len(STAGES)]
            told = tell(country, place, stage)
            if shown is None and stage == "signed":
                shown = place, told
        assert shown is not None, "there are as many conventions as stages at least"
        place, told = shown
        return {
            "convention": str(told.convention_id),
            "cookies": {
                **{department: cookie(house, person_id) for department, person_id in advisers.items()},
                "pilot": cookie(house, place.pilot.actor_id),
            },
            "followed": {department: wanted[:conventions].count(department) for department in FOLLOWED},
            "key": _key(house),
            "events": _events(house),
        }

    return {"fill": fill, "sweep": lambda: _sweep(house), "weigh": lambda: _weigh(house)}


def tell(country: Country, place: Place, stage: str, sheets: int = 1) -> Telling:
    """A convention up to a stage, in as few transactions as its evidence allows."""
    telling = Telling(country, place, sheets)
    context = country.context(place.pilot)
    commands = list(telling.until(stage))
    country.house.steering.execute_all(
        [one for one in commands if not isinstance(one, RecordSignature) and one.NAME != "activate-convention"], context
    )
    for one in commands:
        if isinstance(one, RecordSignature):
            country.house.steering.execute(one, country.context(place.pilot, evidence=(SIGNED_PAGE,)))
        elif one.NAME == "activate-convention":
            country.house.steering.execute(one, context)
    return telling


def cookie(house: House, person_id: UUID) -> str:
    """The cookie of someone signed in."""
    login = f"compte-{uuid4().hex[:12]}"
    house.accounts.create(login, person_id, PASSWORD, house.clock.now())
    account = house.accounts.find(login)
    assert account is not None
    session = house.sessions.open(account.account_id, house.clock.now())
    return f"{cookie_name(house.settings.https)}={session.token}"


def _key(house: House) -> str:
    """A key that reads everything."""
    now = house.clock.now()
    return house.api_keys.issue("Mesure", ADMINISTRATOR, now + timedelta(days=30), now, on_instance=True).token


def _events(house: House) -> int:
    with house.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one())


def _sweep(house: House) -> dict[str, Any]:
    """One look at what is due everywhere, as the scheduler makes it."""
    swept = scheduler_of(house)._sweep
    before, processor, began = _events(house), time.process_time(), time.monotonic()
    swept()
    seconds, processor = time.monotonic() - began, time.process_time() - processor
    return {"seconds": seconds, "processor": processor, "events": _events(house) - before}


def _weigh(house: House) -> dict[str, Any]:
    """Bytes of the whole store, and of a store that would hold its log and nothing else (SQLite)."""
    path = house.settings.sqlite_path
    assert path is not None
    copy = path.with_suffix(".weighed")
    with sqlite.connect(path) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    whole = copy.stat().st_size
    return {"events": _events(house), "whole": whole, "log": _log_alone(copy)}


def _log_alone(path: Path) -> int:
    connection = sqlite.connect(path, isolation_level=None)
    others = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'events' AND name NOT LIKE 'sqlite_%'"
    for (name,) in connection.execute(others).fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    connection.execute("VACUUM")
    connection.close()
    size = path.stat().st_size
    path.unlink()
    return size
