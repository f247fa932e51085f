"""PostgreSQL asked through libpq itself, for the statements of the log: no cursor is made for each of them.

Statements are prepared once for each connection and values are bound in binary, so that nothing is parsed or planned
again.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from workflows.database import ANSWER_SECONDS
from workflows.log.binary import encoder

Driver: TypeAlias = psycopg.Connection[tuple[Any, ...]]
"""A connection to PostgreSQL, without SQLAlchemy around it."""

_BINARY: Final = 1
_DONE: Final = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Statement:
    """What is asked, with the types of the values it binds (`$1` to the last)."""

    def __init__(self, sql: str, kinds: Sequence[str]) -> None:
        self.sql = sql.encode()
        self._encoders = [encoder(kind) for kind in kinds]
        self.formats = [_BINARY] * len(kinds)

    def bound(self, values: Sequence[Any]) -> list[bytes | None]:
        """The values, encoded."""
        return [None if value is None else encode(value) for encode, value in zip(self._encoders, values, strict=True)]


class Asked:
    """A connection on which statements are asked.

    Whoever opened a transaction on the driver's connection goes on in it.
    """

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._libpq = driver.pgconn
        self._names: dict[Statement, bytes] = {}
        self._heard = select.poll()
        self._heard.register(self._libpq.socket, select.POLLIN)
        self._patience = int(getattr(driver, "answer_within", ANSWER_SECONDS) * 1000)

    def prepared(self, statement: Statement, values: Sequence[Any]) -> tuple[bytes, ...] | None:
        """The first row of the answer, None when there is none; each value of it in PostgreSQL's text, none is NULL.

        Raises the driver's errors.
        """
        name = self._names.get(statement)
        if name is None:
            name = b"log_%d" % len(self._names)
            self._libpq.send_prepare(name, statement.sql)
            self._answer()
            self._names[statement] = name
        self._libpq.send_query_prepared(name, statement.bound(values), statement.formats)
        return _first_row(self._answer())

    def once(self, statement: Statement, values: Sequence[Any]) -> tuple[bytes, ...] | None:
        """The same for a connection that is only borrowed: nothing stays prepared on it."""
        formats = statement.formats
        self._libpq.send_query_params(statement.sql, statement.bound(values), param_formats=formats)
        return _first_row(self._answer())

    def close(self) -> None:
        """Close the connection."""
        self.driver.close()

    def _answer(self) -> PGresult:
        """What the server answers to what was sent; the connection is closed when it says nothing for too long."""
        libpq = self._libpq
        last: PGresult | None = None
        try:
            while libpq.flush():
                self._wait(select.POLLIN | select.POLLOUT)
            while True:
                while libpq.is_busy():
                    self._wait(select.POLLIN)
                result = libpq.get_result()
                if result is None:
                    break
                last = result
        except BaseException:
            if libpq.transaction_status == TransactionStatus.ACTIVE:  # the answer has not come
                self.driver.close()
            raise
        assert last is not None, "something was asked"
        if last.status not in _DONE:
            raise (
                psycopg.OperationalError(last.get_error_message()) if self.driver.closed else error_from_result(last)
            )
        return last

    def _wait(self, for_what: int) -> None:
        if for_what != select.POLLIN:
            self._heard.modify(self._libpq.socket, for_what)
        heard = self._heard.poll(self._patience)
        if for_what != select.POLLIN:
            self._heard.modify(self._libpq.socket, select.POLLIN)
        if not heard:
            raise psycopg.OperationalError("the server says nothing any more")
        if heard[0][1] != select.POLLOUT:
            self._libpq.consume_input()


def _first_row(result: PGresult) -> tuple[bytes, ...] | None:
    if result.ntuples == 0:
        return None
    return tuple(result.get_value(0, column) or b"" for column in range(result.nfields))
