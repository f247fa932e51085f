"""Writers wait for their turn without holding a thread, so that pages are answered however many wait to write.

A turn is asked for when a request is wholly here, not before: whoever sends slowly keeps nobody waiting.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflows.pools import LOCK_WAIT_SECONDS

AT_ONCE: Final = 16
"""Requests that may write, at work at once in one process. There are 40 threads, for them and for what reads."""

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class _Turn:
    """The turn of one request, until it is given back."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._taken = False
        self._asked = False

    async def take(self) -> None:
        """Wait for it, once. Raises `HTTPException` 503 when it does not come in time."""
        if self._asked:
            return
        self._asked = True
        try:
            async with asyncio.timeout(LOCK_WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            raise HTTPException(503) from None
        self._taken = True

    def give_back(self) -> None:
        """Let the next one go on."""
        if self._taken:
            self._taken = False
            self._turns.release()


_OWN: Final[ContextVar[_Turn | None]] = ContextVar("turn", default=None)


def give_turn_back() -> None:
    """For a request that is about to wait in another line: it keeps no writer waiting meanwhile."""
    if (turn := _OWN.get()) is not None:
        turn.give_back()


class TakingTurns:
    """Lets a few of the requests that may write go on at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _READS:
            await self.app(scope, receive, send)
            return
        turn = _Turn(self._turns)
        own = _OWN.set(turn)

        async def receive_in_turn() -> Message:
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False):
                await turn.take()
            return message

        try:
            await self.app(scope, receive_in_turn, send)
        finally:
            turn.give_back()
            _OWN.reset(own)
