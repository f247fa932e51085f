"""The thread that makes summaries beside the writers: a round begins within a tenth of a second of what its own process
appends.

Between two rounds it sleeps that long however much was marked meanwhile, but where one left something over: whoever
writes on and on would else have each of their conventions summed up again at every other command, and lose a processor
to it. What other processes left marked (they make their own, unless they are tools, or dead) is looked for once a
second, by one process: an instance at which nobody writes asks next to nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from workflows.database import DatabaseUnavailable
from workflows.summaries import Summaries
from workflows.summaries.making import BY_A_READER

EVERY_SECONDS: Final = 0.1
"""How long it sleeps at least after a round that left nothing over."""

LOOK_EVERY_SECONDS: Final = 1.0
"""How often what others left is looked for."""

AFTER_A_FAILURE_SECONDS: Final = 2.0

_logger = logging.getLogger(__name__)


class Refresher:
    """Runs from `start` to `stop`; any number of processes may have one. It may be killed anywhere.

    `stirred`: set by what this process appends. `looks`: whether this process looks for what others left.
    """

    def __init__(
        self,
        summaries: Summaries,
        stirred: threading.Event | None = None,
        looks: Callable[[], bool] = lambda: True,
    ) -> None:
        self._summaries = summaries
        self._stirred = stirred or threading.Event()
        self._looks = looks
        self._asked_to_stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ctg-summaries", daemon=True)
        self.last_error: str | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Begin nothing more; False when what runs is not over in time: it ends with the process."""
        self._asked_to_stop.set()
        self._stirred.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def is_alive(self) -> bool:
        """Whether the thread is there."""
        return self._thread.is_alive()

    def _run(self) -> None:
        pause, left = 0.0, True
        while not self._asked_to_stop.wait(pause):
            own = left or self._stirred.wait(LOOK_EVERY_SECONDS)
            if self._asked_to_stop.is_set():
                return  # it is that which stirred it
            self._stirred.clear()  # before looking: what comes meanwhile is for the next round
            try:
                if own or self._looks():
                    left = self._summaries.refresh() == BY_A_READER
                self.last_error = None
                pause = 0.0 if left else EVERY_SECONDS
            except Exception as error:
                pause, left = AFTER_A_FAILURE_SECONDS, True
                self.last_error = type(error).__name__
                if not isinstance(error, DatabaseUnavailable):
                    _logger.exception("summaries are not made")
