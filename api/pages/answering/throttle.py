"""How often links that open nothing may be presented from one machine: whoever tries tokens is soon made to wait.

What is counted is of this process and of the last minutes. Secrets are not to be guessed; this spares the database.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

MOST_WRONG: Final = 20
"""Links that open nothing, from one machine, in one window."""
WINDOW: Final = timedelta(minutes=10)
MOST_MACHINES: Final = 2_000


class Throttle:
    """Counts what came from each machine: tokens that opened nothing, unless something else is told to it. `most` of it
    in one `window`."""

    def __init__(self, most: int = MOST_WRONG, window: timedelta = WINDOW) -> None:
        self._most, self._window = most, window
        self._wrong: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def is_shut(self, machine: str, now: datetime) -> bool:
        """Whether a machine presented so many that it is to wait."""
        with self._lock:
            since, count = self._wrong.get(machine, (now, 0))
            return count >= self._most and since <= now < since + self._window

    def count(self, machine: str, now: datetime) -> None:
        """One more."""
        with self._lock:
            since, count = self._wrong.pop(machine, (now, 0))
            if not since <= now < since + self._window:
                since, count = now, 0
            self._wrong[machine] = (since, count + 1)
            while len(self._wrong) > MOST_MACHINES:
                self._wrong.popitem(last=False)
