"""How long the web server waits for a client, and how many it serves: none can hold up the others by being slow.

A connection has to give its request, its body and room for its answer at some pace. Where there are too many, the one
that has been waited for longest gives way. What is at work here is never the client's fault, and waits as long as it
takes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

LEAST_PER_SECOND: Final = 1_000
"""Bytes of a body or an answer that a client moves, at least, not to count as one that stands still."""

LOOKS: Final = 4
"""How often the pace of a client is looked at in the time that it is given."""

FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 5\r\n"
    b"Connection: close\r\nContent-Length: 73\r\n\r\n"
    + "Trop de demandes à la fois : recommencez.\nToo many requests: try again.\n".encode()
)
"""What is said to whoever comes when all are at work."""


@dataclass(frozen=True)
class Patience:
    """`seconds` that a client may stand still, and `connections` at once, at most."""

    seconds: float
    connections: int


class _Awaited(Enum):
    """What a connection waits for; whoever it is that keeps it waiting is the client, but for its `WORK`."""

    REQUEST = "request"
    BODY = "body"
    READING = "reading"
    WORK = "work"


class PatientProtocol(H11Protocol):
    """A connection that is closed when its client stands still."""

    patience: ClassVar[Patience]

    _received = 0
    _moved_at = 0.0
    _unread = 0
    _since = 0.0
    _seen: tuple[object, ...] = ()
    _next: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Serve it, if there is room or another gives way."""
        super().connection_made(transport)
        self._since = self._moved_at = self.loop.time()
        self._later()
        if len(self.connections) > self.patience.connections and not self._make_room():
            transport.write(FULL)
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Count what comes."""
        self._received += len(data)
        self._moved_at = self.loop.time()
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Wait for the next request from now on."""
        self._moved_at = self.loop.time()
        super().on_response_complete()

    def quiet_for(self) -> float:
        """The seconds since anything came from a client that asks for nothing; nought while one is answered."""
        asks = self._awaited() is not _Awaited.REQUEST or bool(self.conn.trailing_data[0])
        return 0.0 if asks else self.loop.time() - self._moved_at

    def connection_lost(self, exc: Exception | None) -> None:
        """Look at it no more."""
        if self._next is not None:
            self._next.cancel()
        super().connection_lost(exc)

    def _make_room(self) -> bool:
        others = (cast(PatientProtocol, one) for one in self.connections if one is not self)
        waited_for = [one for one in others if one._awaited() is not _Awaited.WORK]
        if waited_for:
            min(waited_for, key=lambda one: one._since).transport.abort()
        return bool(waited_for)

    def _awaited(self) -> _Awaited:
        if self.transport.get_write_buffer_size() > 0:
            return _Awaited.READING
        cycle = self.cycle
        if cast(object, cycle) is None or cycle.response_complete:
            return _Awaited.REQUEST
        may_send = not self.flow.read_paused and not cycle.waiting_for_100_continue
        return _Awaited.BODY if cycle.more_body and may_send else _Awaited.WORK

    def _look(self) -> None:
        unread = self.transport.get_write_buffer_size()
        moved = self._received + max(0, self._unread - unread)
        self._received, self._unread = 0, unread
        awaited = self._awaited()
        seen = (awaited, self.cycle)
        # A request is short: it has to be whole in time, at whatever pace it comes.
        keeps_pace = awaited is not _Awaited.REQUEST and moved * LOOKS >= LEAST_PER_SECOND * self.patience.seconds
        if awaited is _Awaited.WORK or seen != self._seen or keeps_pace:
            self._seen, self._since = seen, self.loop.time()
        elif self.loop.time() - self._since >= self.patience.seconds:
            self.transport.abort()
            return
        self._later()

    def _later(self) -> None:
        self._next = self.loop.call_later(self.patience.seconds / LOOKS, self._look)


def patient(patience: Patience) -> type[PatientProtocol]:
    """The protocol of a web server that waits so long for so many."""
    return type("Patient", (PatientProtocol,), {"patience": patience})
