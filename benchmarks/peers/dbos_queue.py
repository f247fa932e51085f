"""DBOS: everything due waits in a queue, each one a workflow of two steps (missed, said), checkpointed.

Workers take from the queue as it comes with the package; only its polling is ten times more frequent.
"""

import logging
import sys
import time
from typing import Any

from dbos import DBOS, DBOSConfig

from benchmarks.peers.asked import answer

QUEUE = "due"


@DBOS.step()  # type: ignore[untyped-decorator]  # the library ships no types
def say(kind: str, what: str) -> dict[str, str]:
    """One thing said: what it answers is what is kept."""
    return {"kind": kind, "what": what}


@DBOS.workflow()  # type: ignore[untyped-decorator]
def fall_due(what: str) -> None:
    """One deadline that has passed."""
    say("missed", what)
    say("said", what)


def main() -> None:
    """Answer on the database named by the first argument."""
    config: DBOSConfig = {"name": "bench", "system_database_url": sys.argv[1], "log_level": "ERROR"}

    def launch(listens: bool) -> None:
        DBOS(config=config)
        logging.getLogger("dbos").setLevel(logging.ERROR)
        if not listens:
            DBOS.listen_queues([])
        DBOS.launch()
        DBOS.register_queue(QUEUE, polling_interval_sec=0.1)

    def fill(number: int) -> dict[str, Any]:
        launch(listens=False)
        for _ in range(number):
            DBOS.enqueue_workflow(QUEUE, fall_due, "x" * 400)
        return {}

    def work() -> dict[str, Any]:
        processor, began = time.process_time(), time.monotonic()
        launch(listens=True)
        while DBOS.list_workflows(queue_name=QUEUE, status=["ENQUEUED", "PENDING"], limit=1):
            time.sleep(0.05)
        ended = time.monotonic()
        return {"done": 0, "began": began, "ended": ended, "processor": time.process_time() - processor}

    answer({"fill": fill, "work": work})
    DBOS.destroy()


if __name__ == "__main__":
    main()
