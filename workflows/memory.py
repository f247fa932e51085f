"""The states of streams that a process keeps, so that a decision reads nothing when nobody else wrote meanwhile.

Nothing here is the truth: the append tells whether a state was still the last one. Each state has one owner at a time,
for deciding changes it: it is taken out, and put back only when what it was changed by is in the log.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from domain.kernel import Aggregate

MOST_STATES: Final = 5_000
"""About the conventions of the nation with what each decision on them looks at; the longest unused goes first."""


class Memory:
    """States by stream, the last one known of each."""

    def __init__(self, most: int = MOST_STATES) -> None:
        self._most = most
        self._states: OrderedDict[UUID, Aggregate] = OrderedDict()
        self._unchanging: dict[UUID, Aggregate] = {}
        self._lock = threading.Lock()

    def take(self, stream_id: UUID) -> Aggregate | None:
        """The state of a stream, which is nobody else's until it is put back; one that never changes is shared."""
        unchanging = self._unchanging.get(stream_id)
        return unchanging if unchanging is not None else self._states.pop(stream_id, None)

    def put(self, states: Iterable[Aggregate]) -> None:
        """Give back what was taken, or keep what was loaded. Of two states of one stream the later one stays."""
        with self._lock:
            kept = self._states
            for state in states:
                stream_id = state.id
                if not state.CHANGES:
                    self._unchanging[stream_id] = state
                    continue
                known = kept.pop(stream_id, None)
                kept[stream_id] = state if known is None or known.version < state.version else known
            while len(kept) > self._most:
                kept.popitem(last=False)

    def doubt(self) -> None:
        """Forget what never changes: a store that was put back may have lost it, or have another in its place."""
        self._unchanging.clear()

    def __len__(self) -> int:
        return len(self._states)
