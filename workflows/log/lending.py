"""A few connections of the log's own, past the engine's pool: lending one there costs as much as a short statement.

They are made as the engine makes its own, and closed with them when the engine is disposed of.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool

from workflows.database import LOCK_WAIT_SECONDS, DatabaseUnavailable

MOST_CONNECTIONS: Final = 5
"""In use at once by one process, beside those of the engine's pool."""


class Lending:
    """Driver connections, lent one after the other to whoever asks.

    `prepare(driver)` makes a new one ready. `is_clean(driver)` says whether one that is given back may be lent again,
    having ended what was left open on it.
    """

    def __init__(self, engine: Engine, prepare: Callable[[Any], None], is_clean: Callable[[Any], bool]) -> None:
        self._engine = engine
        self._prepare = prepare
        self._is_clean = is_clean
        self._room = threading.Semaphore(MOST_CONNECTIONS)
        self._free: list[Any] = []
        self._shares_one = isinstance(engine.pool, StaticPool)  # a database in memory is its one connection
        event.listen(engine, "engine_disposed", self._close)

    @contextmanager
    def lent(self) -> Iterator[Any]:
        """A connection, nobody else's meanwhile. Raises DatabaseUnavailable when all are in use for too long."""
        if self._shares_one:
            shared = self._engine.raw_connection()
            try:
                yield shared.driver_connection
            finally:
                shared.close()
            return
        if not self._room.acquire(timeout=LOCK_WAIT_SECONDS):
            raise DatabaseUnavailable("every connection to the log is in use")
        try:
            free = self._free
            try:
                driver = free.pop()
            except IndexError:
                driver = self._made()
            try:
                yield driver
            finally:
                if free is self._free and self._is_clean(driver):
                    free.append(driver)
                else:
                    driver.close()
        finally:
            self._room.release()

    def _made(self) -> Any:
        lent = self._engine.raw_connection()
        driver = lent.driver_connection
        lent.detach()
        self._prepare(driver)
        return driver

    def _close(self, _engine: Engine) -> None:
        """Those that are free now; those in use are closed when they are given back."""
        closed, self._free = self._free, []
        for driver in closed:
            driver.close()
