"""Writers wait for their turn without holding a thread, so that pages are answered however many wait to write.

A turn is asked for when a request is wholly here, not before: whoever sends slowly keeps nobody waiting.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflows.pools import LOCK_WAIT_SECONDS

AT_ONCE: Final = 16
"""Requests that may write, at work at once in one process. There are 40 threads, for them and for what reads."""

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class TakingTurns:
    """Lets a few of the requests that may write go on at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _READS:
            await self.app(scope, receive, send)
            return
        has_turn = False

        async def receive_in_turn() -> Message:
            nonlocal has_turn
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False) and not has_turn:
                await self._turn()
                has_turn = True
            return message

        try:
            await self.app(scope, receive_in_turn, send)
        finally:
            if has_turn:
                self._turns.release()

    async def _turn(self) -> None:
        """Raises `HTTPException` 503 when it does not come in time."""
        try:
            async with asyncio.timeout(LOCK_WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            raise HTTPException(503) from None
