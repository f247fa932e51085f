"""The other end of `benchmarks.workers`: a process that is asked things and answers them, one line of JSON each.

The standard library only: the peers run in environments of their own.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Prepared = TypeVar("Prepared")
Ask = Callable[..., Mapping[str, Any]]


def answer(asks: Mapping[str, Ask]) -> None:
    """Say that this process is ready, then answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        given = json.loads(line)
        print(json.dumps(asks[given.pop("ask")](**given)), file=answers, flush=True)


def telling(prepare: Callable[[int], Sequence[Prepared]], tell: Callable[[Prepared], int]) -> dict[str, Ask]:
    """What is asked of a way of telling conventions: `prepare` some outside the clock, then `tell` them."""
    waiting: list[Prepared] = []

    def prepared(conventions: int) -> dict[str, Any]:
        waiting[:] = prepare(conventions)
        return {}

    def told() -> dict[str, Any]:
        commands, processor, began = 0, time.process_time(), time.monotonic()
        for one in waiting:
            commands += tell(one)
        ended, processor = time.monotonic(), time.process_time() - processor
        return {"commands": commands, "began": began, "ended": ended, "processor": processor}

    return {"prepare": prepared, "tell": told}
