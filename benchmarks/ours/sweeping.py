"""This engine with everything due at once: a process that fills a store with a crowd, or sweeps it beside others.

`python -m benchmarks.ours.sweeping URL`.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from benchmarks.ours.crowd import fill
from benchmarks.peers.asked import answer
from ctg_engine.bootstrap import House, opened, prepare
from ctg_engine.settings import Settings
from ctg_engine.working import Post
from workflows.deadlines import sweep


def main() -> None:
    """Answer on the store named by the first argument, which is made where it is empty."""
    settings = Settings(database_url=sys.argv[1])
    prepare(settings)
    with opened(settings) as house:
        leases = Post(house, "work").leases

        def filled(conventions: int, deadlines: int) -> dict[str, Any]:
            fill(house, conventions, deadlines)
            _summarise(house)
            return {}

        def worked() -> dict[str, Any]:
            processor, began = time.process_time(), time.monotonic()
            swept = sweep(house.steering, house.summaries, house.clock, house.holidays, leases)
            ended = time.monotonic()
            return {
                "done": swept.missed,
                "began": began,
                "ended": ended,
                "processor": time.process_time() - processor,
            }

        answer({"fill": filled, "work": worked})


def _summarise(house: House) -> None:
    """What the refresher does beside the writers, before anything is measured."""
    while house.summaries.refresh(1_000):
        pass


if __name__ == "__main__":
    main()
