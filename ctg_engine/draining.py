"""Stopping without losing a request: nobody new is let in, whoever was let in is answered, then all is closed.

The web server alone closes its port with the connections that wait there, and those it has accepted without having read
what they ask. Here the system first stops answering whoever calls (they call again, and reach the process that takes
over, or nobody), those who wait are let in, each answer says that the connection closes with it, and a connection is
closed only when nothing has come on it for a moment.
"""

from __future__ import annotations

import asyncio
import ctypes
import select
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, Final, cast

import uvicorn

from ctg_engine.patience import PatientProtocol

HANDSHAKE_SECONDS: Final = 0.25
"""How long whoever was being let in has to finish it: a round trip, from far away."""

QUIET_SECONDS: Final = 1.0
"""A connection on which nothing has come for so long, while all is being closed, is closed too."""

_LOOK_EVERY_SECONDS: Final = 0.02
_SO_ATTACH_FILTER: Final = 26

# A filter of the system, over the header of TCP: what asks to begin (SYN without ACK, at byte 13) is dropped.
_NO_NEWCOMERS: Final = (
    (0x30, 0, 0, 13),
    (0x54, 0, 0, 0x12),
    (0x15, 0, 1, 0x02),
    (0x06, 0, 0, 0),
    (0x06, 0, 0, 0xFFFFFFFF),
)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Application = Callable[[Scope, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


class Farewell:
    """An application whose answers say, once it `begun`, that their connection closes with them; those that wait for
    something know by `stopping` that they are to be given."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self.begun = False

    async def __call__(
        self, scope: Scope, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        """See ASGI."""

        async def sent(message: Message) -> None:
            if self.begun and message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        await self._app({**scope, "stopping": lambda: self.begun}, receive, sent)


class DrainingServer(uvicorn.Server):
    """A web server that stops as this module says, within the time that its configuration gives.

    `listens`: called once it lets people in.
    """

    def __init__(self, config: uvicorn.Config, listens: Callable[[], object] = lambda: None) -> None:
        super().__init__(config)
        self._listens = listens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        await super().startup(sockets)
        self._listens()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        cast(Farewell, self.config.app).begun = True
        for one in sockets or ():
            _let_nobody_new_in(one)
        await asyncio.sleep(HANDSHAKE_SECONDS)
        last = begun + (self.config.timeout_graceful_shutdown or 0)

        def may_wait() -> bool:
            return loop.time() < last and not self.force_exit

        # Where newcomers cannot be held off, or none can be let in any more, there may be no end of them.
        while may_wait() and any(_somebody_waits(one) for one in sockets or ()):  # noqa: ASYNC110 - the loop lets them in
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
        for server in self.servers:
            server.close()
        while self.server_state.connections and may_wait():
            for connection in cast(set[PatientProtocol], set(self.server_state.connections)):
                if connection.quiet_for() >= QUIET_SECONDS:
                    connection.shutdown()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
        # What is still at work had its time: what is left of it, and a second to be told.
        self.config.timeout_graceful_shutdown = max(1, int(last - loop.time()))
        await super().shutdown(sockets)


def _let_nobody_new_in(listening: socket.socket) -> None:
    """Where the system can: elsewhere whoever comes in the moment before the port closes is turned away."""
    rules = b"".join(struct.pack("HBBI", *rule) for rule in _NO_NEWCOMERS)
    kept = ctypes.create_string_buffer(rules)
    with suppress(OSError):
        filtered = struct.pack("HP", len(_NO_NEWCOMERS), ctypes.addressof(kept))
        listening.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, filtered)


def _somebody_waits(listening: socket.socket) -> bool:
    return bool(select.select([listening], [], [], 0)[0])
