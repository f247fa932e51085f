"""A convention with a long history among others: loading it, deciding on it, reading all there is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
import pysqlite3.dbapi2 as sqlite

from benchmarks.ours.conventions import Telling
from benchmarks.ours.country import Country
from benchmarks.peers.asked import Ask
from ctg_engine.bootstrap import House, opened
from workflows import states

BATCH: Final = 500
TOGETHER: Final = 50
"""Commands in one transaction while a history is made."""


def asks(country: Country) -> dict[str, Ask]:
    """What is asked about what is remembered."""
    memory = _Memory(country)
    return {
        "remember": memory.remember,
        "load": memory.load,
        "command": memory.command,
        "read": memory.read,
        "rebuild": memory.rebuild,
    }


class _Memory:
    long: Telling
    short: Telling

    def __init__(self, country: Country) -> None:
        self.country = country
        self.house = country.house
        self._forums = 0

    def remember(self, events: int, conventions: int) -> dict[str, Any]:
        """Make a convention of so many events, and so many that are told once."""
        for _ in range(max(1, conventions)):
            self.short = Telling(self.country, self.country.place())
            self.house.steering.execute_all(list(self.short.measured()), self._context(self.short))
        self.long = Telling(self.country, self.country.place())
        self.house.steering.execute_all(list(self.long.begun()), self._context(self.long))
        while (missing := events - self._version(self.house)) > 0:
            forums = [self._forum(self.long) for _ in range(min(missing, TOGETHER))]
            self.house.steering.execute_all(forums, self._context(self.long))
        return {"events": self._events()}

    def load(self) -> dict[str, Any]:
        """Seconds to load the long one into a memory that holds others, and to select its rows with the bare driver."""
        with opened(self.house.settings) as house:
            house.steering.load(self.short.convention_id)
            loaded = _seconds(lambda: house.steering.load(self.long.convention_id))
        sql = "SELECT version, topic, state FROM events WHERE stream_id = ? ORDER BY version"
        query = _bare(self.house)
        query(sql, self._key(self.short.convention_id))
        return {"load": loaded, "select": _seconds(lambda: query(sql, self._key(self.long.convention_id)))}

    def command(self) -> dict[str, Any]:
        """Seconds of a command on the long one: right after another one, and in a process that never saw it."""
        self._execute(self.house, self.long)
        warm = _seconds(lambda: self._execute(self.house, self.long))
        with opened(self.house.settings) as house:
            self._execute(house, self.short)
            cold = _seconds(lambda: self._execute(house, self.long))
        return {"warm": warm, "cold": cold}

    def read(self) -> dict[str, Any]:
        """Seconds for each event of the log: reading and decoding it, and reading its row with the bare driver."""
        query, read = _bare(self.house), self.house.steering.read_events
        sql = (
            "SELECT position, stream_id, version, topic, state FROM events WHERE position > ? ORDER BY position LIMIT "
        )

        def each(name: str, batch_after: Callable[[int], list[Any]]) -> dict[str, float]:
            number, after = 0, 0
            processor, began = time.process_time(), time.perf_counter()
            while batch := batch_after(after):
                number, after = number + len(batch), batch[-1][0]
            seconds, processor = time.perf_counter() - began, time.process_time() - processor
            return {name: seconds / number, f"{name} processor": processor / number}

        decoded = each("decode", lambda after: list(read(after, BATCH)))
        return decoded | each("scan", lambda after: query(f"{sql}{BATCH}", after))

    def rebuild(self) -> dict[str, Any]:
        """Seconds for each event of the log, and of processor, to make all that is kept anew."""
        with opened(self.house.settings) as house:
            states.forget(house.engine)
            processor, began = time.process_time(), time.perf_counter()
            house.summaries.rebuild()
            seconds, processor = time.perf_counter() - began, time.process_time() - processor
        events = self._events()
        return {"rebuild": seconds / events, "rebuild processor": processor / events}

    def _execute(self, house: House, telling: Telling) -> None:
        context = self.country.context(telling.place.pilot, key=str(uuid4()))
        house.steering.execute(self._forum(telling), context)

    def _forum(self, telling: Telling) -> Any:
        self._forums += 1
        return telling.forum(1_000 + self._forums)

    def _context(self, telling: Telling) -> Any:
        return self.country.context(telling.place.pilot)

    def _events(self) -> int:
        with self.house.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one())

    def _version(self, house: House) -> int:
        found = house.steering.load(self.long.convention_id)
        assert found is not None
        return found.version

    def _key(self, stream_id: UUID) -> Any:
        return stream_id.hex if self.house.engine.dialect.name == "sqlite" else stream_id


def _bare(house: House) -> Callable[[str, Any], list[Any]]:
    """Rows of a query of one value, by the bare driver."""
    path = house.settings.sqlite_path
    if path is not None:
        file = sqlite.connect(path)
        return lambda sql, value: file.execute(sql, (value,)).fetchall()
    server = psycopg.connect(house.settings.database_url, autocommit=True)
    return lambda sql, value: server.execute(sql.replace("?", "%s").encode(), (value,)).fetchall()


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
