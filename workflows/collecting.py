"""The garbage collector, kept from walking over the whole heap while events are read.

An event is some twenty-five containers; as the interpreter comes, every seven hundred make it look for cycles, of which
there are none, and now and then through all there is: more than half of the time of decoding.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

CONTAINERS_BETWEEN_LOOKS: Final = 50_000


@cache
def settle_collector() -> None:
    """What was built at the start of the process stays, and the rest is looked at less often; once for each process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(CONTAINERS_BETWEEN_LOOKS, 20, 50)


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing is looked for meanwhile; for batches of a bounded size."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
