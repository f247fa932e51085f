"""A store whose methods fail at a chosen call: before it has any effect, after it had all of it, or while another
worker overtakes it.

Every public method by which facts, answers, letters and positions are written and read is wrapped, and counted; the
test chooses one call of all those of a day's work, or has each method fail once in the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import wraps
from typing import Any, Final

import pytest

from workflows import following
from workflows.database import DatabaseUnavailable
from workflows.delivery import queueing
from workflows.journal import Journal
from workflows.log import PostgresLog, SqliteLog
from workflows.people import Vault
from workflows.reactions.stuck import StuckList
from workflows.store import SqlAlchemyApplicationRecorder
from workflows.summaries import Summaries
from workflows.summaries.marks import Marks

ASKED_OF_THE_LOG: Final = (
    "append", "load", "read", "safe_position", "last_position", "ceiling", "placed", "at", "last_until"
)  # fmt: skip
"""What deciding, the reactions and the feed ask of it."""

_LOG: Final = (*ASKED_OF_THE_LOG, "append_within", "keep", "select_stream")
METHODS: Final = {
    SqliteLog: _LOG,
    PostgresLog: _LOG,
    SqlAlchemyApplicationRecorder: ("read_log", "max_notification_id"),
    Journal: ("heads_of_conventions", "heads_on_territories", "heads", "conventions", "territories_of", "streams"),
    Marks: ("read", "on", "concerned", "put", "clear"),
    Summaries: ("to_sweep", "next_due_after"),
    Vault: ("keys", "own_key", "people", "person"),
    StuckList: ("all", "of", "put", "remove"),
}
FUNCTIONS: Final = ((following, "known_position"), (queueing, "position"), (queueing, "move"), (queueing, "enqueue"))

_WITH_AN_EFFECT: Final = frozenset(
    {"append", "append_within", "keep", "put", "clear", "remove", "own_key", "move", "enqueue"}
)


class Fault(Enum):
    """What goes wrong at one call."""

    BEFORE = "nothing was done"
    AFTER = "all was done, and the caller is told that it failed"
    OVERTAKEN = "another worker does the same step meanwhile"

    def may_befall(self, name: str) -> bool:
        """Whether it is another thing than the fault before it, for that method: what only reads has no effect."""
        return self is not Fault.AFTER or name.rpartition(".")[2] in _WITH_AN_EFFECT


class Faults:
    """Counts the calls of a store, and has the one `at` a number fail, and each method that is `left` to once."""

    def __init__(self) -> None:
        self.calls = 0
        self.at: int | None = None
        self.left: set[str] = set()
        self.fault = Fault.BEFORE
        self.overtake: Callable[[], object] = lambda: None
        self.names: list[str] = []
        self._armed = False

    @contextmanager
    def armed(self) -> Iterator[None]:
        """Count, and fail, what is called meanwhile."""
        self._armed = True
        try:
            yield
        finally:
            self._armed = False

    def around(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        """A method that may fail."""

        @wraps(method)
        def faulty(*given: Any, **named: Any) -> Any:
            if not self._armed:
                return method(*given, **named)
            number, self.calls = self.calls, self.calls + 1
            self.names.append(name)
            if number != self.at and name not in self.left:
                return method(*given, **named)
            if self.fault is Fault.OVERTAKEN:
                self.left.discard(name)
                self._armed = False
                try:
                    self.overtake()
                finally:
                    self._armed = True
                return method(*given, **named)
            if self.fault is Fault.AFTER:
                method(*given, **named)
            self.left.discard(name)
            raise DatabaseUnavailable(f"made to fail {self.fault.name.lower()} {name}")

        return faulty


def wrap(patch: pytest.MonkeyPatch) -> Faults:
    """Have the methods of the store fail as `Faults` says, until the patch is undone."""
    faults = Faults()
    for kind, names in METHODS.items():
        for name in names:
            patch.setattr(kind, name, faults.around(f"{kind.__name__}.{name}", getattr(kind, name)))
    for module, name in FUNCTIONS:
        patch.setattr(module, name, faults.around(f"{module.__name__}.{name}", getattr(module, name)))
    return faults
