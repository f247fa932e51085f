"""Waiting for the log to move: many wait, and one look at it in a while serves them all.

Whoever waits holds neither a thread nor a connection to the database. Nobody is woken for a while after having been, so
that a busy log is not read anew for each of its events.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool

from workflows.database import DatabaseUnavailable

LOOK_EVERY_SECONDS: Final = 0.25


class LogWatch:
    """Tells those who wait when the log has moved. `look` says where it ends."""

    def __init__(self, look: Callable[[], int]) -> None:
        self._look = look
        self._watches: WeakKeyDictionary[asyncio.AbstractEventLoop, _Watch] = WeakKeyDictionary()

    async def moved(self, position: int, seconds: float, stopping: Callable[[], bool]) -> bool:
        """Wait until the log has gone beyond a position; False when it has not in time, or the process stops."""
        loop = asyncio.get_running_loop()
        watch = self._watches.get(loop)
        if watch is None:
            watch = self._watches[loop] = _Watch(self._look)
        return await watch.moved(position, seconds, stopping)


class _Watch:
    def __init__(self, look: Callable[[], int]) -> None:
        self._look = look
        self._end = 0
        self._waiting = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def moved(self, position: int, seconds: float, stopping: Callable[[], bool]) -> bool:
        loop = asyncio.get_running_loop()
        last = loop.time() + seconds
        self._waiting += 1
        try:
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._watch())
            while self._end <= position:
                left = last - loop.time()
                if left <= 0 or stopping():
                    return False
                try:
                    async with asyncio.timeout(left):
                        await self._news.wait()
                except TimeoutError:
                    return False
            return not stopping()
        finally:
            self._waiting -= 1

    async def _watch(self) -> None:
        """Look while somebody waits, and wake them at each look: they see whether it is for them."""
        while self._waiting:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            try:
                self._end = await run_in_threadpool(self._look)
            except DatabaseUnavailable:
                self._end = 1 << 62  # those who wait ask for themselves, and are told so
            news, self._news = self._news, asyncio.Event()
            news.set()
