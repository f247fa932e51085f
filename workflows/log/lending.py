"""A few connections of the log's own, past the engine's pool: lending one there costs as much as a short statement.

They are made as the engine makes its own, and closed with them when the engine is disposed of.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool

from workflows.database import LOCK_WAIT_SECONDS, DatabaseUnavailable

MOST_CONNECTIONS: Final = 5
"""In use at once by one process to read, and as many to write, beside those of the engine's pools."""


class Lending:
    """Driver connections, lent one after the other to whoever asks.

    `prepare(driver)` makes a new one ready, and gives what is lent of it: itself, or what asks it. `is_clean(lent)`
    says whether one that is given back may be lent again, having ended what was left open on it.
    """

    def __init__(self, engine: Engine, prepare: Callable[[Any], Any], is_clean: Callable[[Any], bool]) -> None:
        self._engine = engine
        self._prepare = prepare
        self._is_clean = is_clean
        self._free: list[Any] = []
        self._in_use = 0
        self._given_back = threading.Condition()
        self._shares_one = isinstance(engine.pool, StaticPool)  # a database in memory is its one connection
        event.listen(engine, "engine_disposed", self._close)

    def lent(self) -> AbstractContextManager[Any]:
        """A connection, nobody else's meanwhile. Raises DatabaseUnavailable when all are in use for too long."""
        return self._shared() if self._shares_one else _Loan(self)

    @contextmanager
    def _shared(self) -> Iterator[Any]:
        shared = self._engine.raw_connection()
        try:
            yield shared.driver_connection
        finally:
            shared.close()

    def take(self) -> tuple[Any, list[Any]]:
        """A connection, and the list to which it belongs while the engine is not disposed of."""
        with self._given_back:
            has_room = self._in_use < MOST_CONNECTIONS or self._given_back.wait_for(
                lambda: self._in_use < MOST_CONNECTIONS, LOCK_WAIT_SECONDS
            )
            if not has_room:
                raise DatabaseUnavailable("every connection to the log is in use")
            self._in_use += 1
            if self._free:
                return self._free.pop(), self._free
            generation = self._free
        try:
            return self._made(), generation
        except BaseException:
            with self._given_back:
                self._in_use -= 1
                self._given_back.notify()
            raise

    def give_back(self, lent: Any, generation: list[Any]) -> None:
        """Let others have a connection, where it may still be used."""
        with self._given_back:
            self._in_use -= 1
            if generation is self._free and self._is_clean(lent):
                self._free.append(lent)
            else:
                lent.close()
            self._given_back.notify()

    def _made(self) -> Any:
        lent = self._engine.raw_connection()
        driver: Any = lent.driver_connection
        lent.detach()
        try:
            return self._prepare(driver)
        except BaseException:
            driver.close()
            raise

    def _close(self, _engine: Engine) -> None:
        """Those that are free now; those in use are closed when they are given back."""
        with self._given_back:
            closed, self._free = self._free, []
        for driver in closed:
            driver.close()


class _Loan(AbstractContextManager[Any]):
    """One connection, from when it is entered until it is left. A class: a generator would cost twice as much."""

    __slots__ = ("_generation", "_lending", "_lent")

    def __init__(self, lending: Lending) -> None:
        self._lending = lending

    def __enter__(self) -> Any:
        self._lent, self._generation = self._lending.take()
        return self._lent

    def __exit__(self, *error: object) -> None:
        self._lending.give_back(self._lent, self._generation)
