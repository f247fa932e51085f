"""The dossiers that a process keeps, with what was asked of them: while nothing about a convention is recorded, no
question on it is answered twice, whoever asks.

A dossier never changes. It is given again while it is made of the very streams that were read for whoever asks now, so
that what it answers is right at commit, as if it were made anew. Answers hold ids and sealed texts, no name of a person
and no word that somebody wrote: names and texts are opened for each page, and rights are looked at there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

from projections.engine import Dossier, Register, Stream

MOST_EVENTS: Final = 30_000
"""Events of the dossiers that a process keeps, at most: some twenty of real plans after five years."""


class _Kept(NamedTuple):
    own: Mapping[UUID, Stream]
    dossier: Dossier
    events: int


class KeptDossiers:
    """Dossiers by convention, the least used left out first."""

    def __init__(self, most_events: int = MOST_EVENTS) -> None:
        self._most = most_events
        self._lock = threading.Lock()
        self._kept: OrderedDict[UUID, _Kept] = OrderedDict()
        self._events = 0

    def get(self, convention_id: UUID, own: Mapping[UUID, Stream], register: Register) -> Dossier | None:
        """The dossier that was made of these very streams and this register; None where there is none."""
        kept = self._kept.get(convention_id)
        if kept is None or kept.dossier.register is not register or len(kept.own) != len(own):
            return None
        if not all(kept.own.get(one) is stream for one, stream in own.items()):
            return None
        with self._lock:
            if convention_id in self._kept:
                self._kept.move_to_end(convention_id)
        return kept.dossier

    def put(self, own: Mapping[UUID, Stream], dossier: Dossier) -> None:
        """Keep a dossier in the place of what was kept of its convention, and of those that nobody asked for lately."""
        kept = _Kept(own, dossier, sum(len(one.recorded) for one in own.values()))
        with self._lock:
            self._leave(dossier.convention_id)
            self._kept[dossier.convention_id] = kept
            self._events += kept.events
            while self._events > self._most and len(self._kept) > 1:
                self._leave(next(iter(self._kept)))

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()
            self._events = 0

    def _leave(self, convention_id: UUID) -> None:
        left = self._kept.pop(convention_id, None)
        self._events -= left.events if left is not None else 0
