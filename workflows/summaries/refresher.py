"""The thread that makes summaries beside the writers: a round begins within a tenth of a second of a mark.

Between two rounds it sleeps that long however much was marked meanwhile, but where one left something over: whoever
writes on and on would else have each of their conventions summed up again at every other command, and lose a processor
to it.
"""

from __future__ import annotations

import logging
import threading
from typing import Final

from workflows.database import DatabaseUnavailable
from workflows.summaries import Summaries
from workflows.summaries.making import BY_A_READER

EVERY_SECONDS: Final = 0.1
"""How long it sleeps after a round that left nothing over."""

AFTER_A_FAILURE_SECONDS: Final = 2.0

_logger = logging.getLogger(__name__)


class Refresher:
    """Runs from `start` to `stop`; any number of processes may have one. It may be killed anywhere."""

    def __init__(self, summaries: Summaries) -> None:
        self._summaries = summaries
        self._asked_to_stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ctg-summaries", daemon=True)
        self.last_error: str | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Begin nothing more; False when what runs is not over in time: it ends with the process."""
        self._asked_to_stop.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def is_alive(self) -> bool:
        """Whether the thread is there."""
        return self._thread.is_alive()

    def _run(self) -> None:
        pause = 0.0
        while not self._asked_to_stop.wait(pause):
            try:
                pause = 0.0 if self._summaries.refresh() == BY_A_READER else EVERY_SECONDS
                self.last_error = None
            except Exception as error:
                pause = AFTER_A_FAILURE_SECONDS
                self.last_error = type(error).__name__
                if not isinstance(error, DatabaseUnavailable):
                    _logger.exception("summaries are not made")
