"""The register kept in memory: territories, partners, frameworks, methods and roles, as of the last commit.

It is looked at against the heads of its streams each time it is used, in one statement; what changed is read again.
Where nothing at all was recorded since, the end of the log says so, and the heads are not summed.
"""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from projections.engine import Register, Stream
from workflows.journal import REGISTER_KINDS, Journal


class KeptRegister:
    """One process's register."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._versions: dict[str, tuple[int, int]] = {}
        self._change: tuple[Any, ...] | None = None
        self._register = Register({})

    def current(self, connection: Connection) -> Register:
        """The register as the log has it now. Raises `UnreadableEvent`."""
        change = self._journal.last_change(connection)  # first: what comes meanwhile is looked at next time
        if change is not None and change == self._change:
            return self._register
        versions = self._journal.register_versions(connection)
        if versions == self._versions:
            self._change = change
            return self._register
        with self._lock:  # one thread reads what changed, the others wait for it
            versions = self._journal.register_versions(connection)
            changed = [kind for kind, seen in versions.items() if self._versions.get(kind) != seen]
            if not set(changed) <= set(REGISTER_KINDS):  # a backup was put back: any of it may be otherwise
                changed = list(REGISTER_KINDS)
                self._register = Register({})
            if changed:
                self._register = Register(self._renewed(connection, changed))
                self._versions = versions
            self._change = change
            return self._register

    def seen(self, connection: Connection | None) -> str:
        """What differs when anything of the register does; without a connection, as it was looked at last."""
        if connection is not None:
            self.current(connection)
        return " ".join(f"{kind}:{number}:{total}" for kind, (number, total) in sorted(self._versions.items()))

    def forget(self) -> None:
        """Read everything anew at the next use."""
        with self._lock:
            self._versions, self._register, self._change = {}, Register({}), None

    def _renewed(self, connection: Connection, kinds: list[str]) -> dict[UUID, Stream]:
        streams = dict(self._register.streams)
        heads = [head for kind in kinds for head in self._journal.heads_of_kind(connection, kind)]
        return streams | self._journal.streams(connection, heads, streams.get)
