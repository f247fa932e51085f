"""Whose password is checked now: each costs its time and 64 MB on purpose, and strangers may ask for many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.taking_turns import give_turn_back

AT_ONCE: Final = 2
"""Passwords checked at the same moment by one process. The other pages keep their threads meanwhile."""

LONGEST_QUEUE: Final = 50
"""People who wait for their turn, at most; the next ones are asked to come back."""


class Turns:
    """Who is being checked, who waits, who comes too late. It lives in the event loop, without locks."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._here = 0

    @property
    def full(self) -> bool:
        """Whether nobody else can wait."""
        return self._here >= AT_ONCE + LONGEST_QUEUE

    async def run(self, check: Callable[[], Response]) -> Response:
        """Check in a thread, when it is its turn. Who waits here keeps nobody who writes waiting."""
        give_turn_back()
        self._here += 1
        try:
            async with self._free:
                return await run_in_threadpool(check)
        finally:
            self._here -= 1


TURNS: Final = Turns()
"""Signing in and changing a password wait in the same line."""
