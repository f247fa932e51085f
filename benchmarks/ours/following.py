"""A reader of the log that goes forward while others write, and says at the end what it missed."""

from __future__ import annotations

import itertools
import threading
from typing import Any, Final

from benchmarks.peers.asked import Ask
from ctg_engine.bootstrap import House

EVERY_SECONDS: Final = 0.02
BATCH: Final = 500


class Follower:
    """Reads what was recorded since it last looked, every twentieth of a second and once more at the end."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seen: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def begin(self) -> dict[str, Any]:
        """From the beginning of the log on."""
        self._thread.start()
        return {}

    def end(self) -> dict[str, Any]:
        """Read to the end; how many events were seen, missed, and seen twice or after a larger position."""
        self._over.set()
        self._thread.join()
        with self.house.engine.connect() as connection:
            kept = {position for (position,) in connection.exec_driver_sql("SELECT position FROM events")}
        misplaced = len(self.seen) - len(set(self.seen)) + sum(a > b for a, b in itertools.pairwise(self.seen))
        return {"seen": len(self.seen), "missed": len(kept - set(self.seen)), "misplaced": misplaced}

    def _follow(self) -> None:
        last = False
        while not last:
            last = self._over.wait(EVERY_SECONDS)
            while batch := self.house.steering.read_events(self.seen[-1] if self.seen else 0, BATCH):
                self.seen += (position for position, _ in batch)


def asks(house: House) -> dict[str, Ask]:
    """What is asked of a reader."""
    follower = Follower(house)
    return {"follow": follower.begin, "followed": follower.end}
