"""The connections of one process: those that write apart from those that read, so that whoever waits to write keeps
nobody from reading."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy.exc
from sqlalchemy import Connection, Engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool, StaticPool
from sqlalchemy.pool import Pool as AnyPool

from workflows.unavailable import DatabaseUnavailable

LOCK_WAIT_SECONDS: Final = 10
"""How long a statement waits for another process before the database counts as unavailable."""


class Pool(QueuePool):
    """A pool whose exhaustion is told like any other unavailability, and which leaves nothing open behind it."""

    _ended = False

    def dispose(self) -> None:
        """See SQLAlchemy; what is given back later is closed too."""
        self._ended = True
        super().dispose()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        super()._do_return_conn(record)
        if self._ended:  # a thread gave it back after the pool was closed
            super().dispose()

    def connect(self) -> PoolProxiedConnection:
        """See SQLAlchemy. Raises DatabaseUnavailable when every connection is in use."""
        try:
            return super().connect()
        except sqlalchemy.exc.TimeoutError as error:
            raise DatabaseUnavailable("every connection to the database is in use") from error


class WritingApart(Engine):
    """`begin` writes on connections of its own, with the write lock of SQLite at once; `connect` reads on others."""

    def __init__(self, made: Engine) -> None:
        super().__init__(made.pool, made.dialect, made.url, hide_parameters=True)
        self._writers: AnyPool | None = None
        self._making = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that writes."""
        lent = self._pool_of_writers().connect()
        with Connection(self, lent) as connection, connection.execution_options(writing=True).begin():
            yield connection

    def connections(self) -> dict[str, tuple[int, int]]:
        """How many connections are in use and how many wait, of those that read and of those that write."""
        pools = {"reading": self.pool, "writing": self._writers}
        return {name: (one.checkedout(), one.checkedin()) for name, one in pools.items() if isinstance(one, Pool)}

    def dispose(self, close: bool = True) -> None:
        """See SQLAlchemy."""
        super().dispose(close)
        with self._making:
            writers, self._writers = self._writers, None
        if writers is not None and close:
            writers.dispose()

    def _pool_of_writers(self) -> AnyPool:
        if isinstance(self.pool, StaticPool):
            return self.pool  # a database in memory is its one connection
        with self._making:
            if self._writers is None:
                self._writers = self.pool.recreate()
            return self._writers
