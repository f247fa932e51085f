"""What questions are asked of, read from the log: right at commit, waiting for nothing.

What was read is kept, bounded, and used again while the heads of its streams have not moved: an unchanged dossier costs
a look at the heads, and is given with all that was asked of it; a changed one costs the events that came since.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine

from domain.agenda import Agenda
from domain.counsel.counsel import Counsel
from domain.delegations.delegation import Delegation
from domain.kernel import TOPIC_PREFIX
from domain.lead_roles.leading import LeadRoles
from domain.steering import SteeringBody
from projections.engine import Dossier, Register, Stream, Surroundings, WholeFramework, about
from workflows.journal import Head, Journal, Seen
from workflows.kept_dossiers import KeptDossiers
from workflows.register import KeptRegister
from workflows.statements import glancing

OF_FRAMEWORKS: Final = (SteeringBody, Delegation, LeadRoles, Agenda, Counsel)
"""What may be of a whole framework, beside its own stream."""

MOST_KEPT: Final = 100_000
"""Events of streams that a process keeps decoded, at most."""


class Reader:
    """The dossiers of conventions and the register, each time as the log has them."""

    def __init__(self, engine: Engine, most_kept: int = MOST_KEPT) -> None:
        self.engine = engine
        self.journal = Journal(engine)
        self._register = KeptRegister(self.journal)
        self._kept = _Kept(most_kept)
        self._dossiers = KeptDossiers()
        self.forgotten = 0
        """How often all was read anew: what was made of it before then is of another store."""

    def register(self, connection: Connection | None = None) -> Register:
        """Territories, partners, frameworks, methods and roles."""
        if connection is not None:
            return self._register.current(connection)
        with glancing(self.engine) as lent:
            return self._register.current(lent)

    def dossier(self, convention_id: UUID, connection: Connection | None = None) -> Dossier | None:
        """Everything about one convention, None when there is none with this id."""
        return self.dossiers([convention_id], connection).get(convention_id)

    def dossiers(
        self, convention_ids: Iterable[UUID], connection: Connection | None = None, *, once: bool = False
    ) -> dict[UUID, Dossier]:
        """The same for several conventions; those that do not exist are left out. `once`: they are not asked for again
        soon, and nothing of them is kept. Raises `UnreadableEvent`."""
        wanted = list(dict.fromkeys(convention_ids))
        if not wanted:
            return {}
        with self._on(connection) as lent:
            own: dict[UUID, list[Head]] = {}
            for head in self.journal.heads_of_conventions(lent, wanted):
                if head.convention_id is not None:
                    own.setdefault(head.convention_id, []).append(head)
            homes = {
                one.stream_id: one.territory_id
                for heads in own.values()
                for one in heads
                if one.stream_id == one.convention_id and one.territory_id is not None
            }
            there = self.journal.heads_on_territories(lent, list(dict.fromkeys(homes.values())))
            bodies = {home: [one for one in heads if one.stream_id != home] for home, heads in there.items()}
            heads = [
                *(one for each in own.values() for one in each),
                *(one for each in bodies.values() for one in each),
            ]
            streams = self._streams(lent, heads, once=once)
            register = self._register.current(lent)  # last: whatever the events cite is in it
        found = {}
        for convention_id, home in homes.items():
            mine = {one.stream_id: streams[one.stream_id] for one in (*own[convention_id], *bodies[home])}
            found[convention_id] = self._dossier(convention_id, mine, register, once=once)
        return {one: found[one] for one in wanted if one in found}

    def conventions(
        self, territory_ids: Iterable[UUID] | None = None, connection: Connection | None = None
    ) -> tuple[UUID, ...]:
        """The conventions of these territories (None: all)."""
        with self._on(connection) as lent:
            return tuple(self.journal.conventions(lent, territory_ids))

    def surroundings(self, territory_id: UUID, connection: Connection | None = None) -> Surroundings:
        """A territory, its committees and groups."""
        with self._on(connection) as lent:
            heads = self.journal.heads_on_territories(lent, [territory_id])[territory_id]
            streams = self._streams(lent, [one for one in heads if one.stream_id != territory_id])
            register = self._register.current(lent)
        if territory_id in register.streams:
            streams[territory_id] = register.streams[territory_id]
        return Surroundings(territory_id, streams, register)

    def of_framework(self, framework_id: UUID, connection: Connection | None = None) -> WholeFramework:
        """A framework, with the committees and the delegations of the whole of it."""
        kinds = [one.TOPIC.removeprefix(TOPIC_PREFIX) for one in OF_FRAMEWORKS]
        with self._on(connection) as lent:
            streams = self._streams(lent, self.journal.heads_of_framework(lent, framework_id, kinds))
            register = self._register.current(lent)
        if framework_id in register.streams:
            streams[framework_id] = register.streams[framework_id]
        return WholeFramework(framework_id, streams, register)

    def seen_of_territory(self, territory_id: UUID, connection: Connection | None = None) -> Seen:
        """What the pages of a territory would be made of; on a connection on which the register was looked at just now,
        where the caller has one."""
        return self._seen(lambda lent: self.journal.seen_of_territory(lent, territory_id), connection)

    def seen_on_territories(self, territory_ids: Collection[UUID] | None, connection: Connection | None = None) -> Seen:
        """What a list of conventions on these territories (None: on all) would be made of; on a connection as above."""
        return self._seen(lambda lent: self.journal.seen_on_territories(lent, territory_ids), connection)

    def _seen(self, ask: Callable[[Connection], Seen], connection: Connection | None) -> Seen:
        if connection is not None:
            return (*ask(connection), self._register.seen(None))
        with glancing(self.engine) as lent:
            return (*ask(lent), self._register.seen(lent))

    def position(self) -> int:
        """The place of the entry of the log that was recorded last."""
        with self.engine.connect() as connection:
            return self.journal.last_position(connection)

    def forget(self) -> None:
        """Read everything anew: the store was put back to what it was."""
        self._register.forget()
        self._kept.forget()
        self._dossiers.forget()
        self.forgotten += 1

    @contextmanager
    def _on(self, connection: Connection | None) -> Iterator[Connection]:
        if connection is not None:
            yield connection
            return
        with self.engine.connect() as lent:
            yield lent

    def _streams(self, connection: Connection, heads: Iterable[Head], *, once: bool = False) -> dict[UUID, Stream]:
        """The streams of these heads, from what is kept and what came since."""
        found = self.journal.streams(connection, heads, self._kept.get)
        if not once:
            self._kept.put(found)
        return found

    def _dossier(self, convention_id: UUID, own: Mapping[UUID, Stream], register: Register, *, once: bool) -> Dossier:
        """The dossier of some streams: the same one, with all that was asked of it, while they are the same."""
        found = self._dossiers.get(convention_id, own, register)
        if found is None:
            found = _dossier(convention_id, own, register)
            if not once:
                self._dossiers.put(own, found)
        return found


def _dossier(convention_id: UUID, mine: Mapping[UUID, Stream], register: Register) -> Dossier:
    concerned = about([mine[convention_id], *mine.values()], register)
    shared = (concerned.territory_id, *concerned.frameworks, *concerned.cited)
    streams = dict(mine)
    streams |= {one: register.streams[one] for one in shared if one in register.streams}
    return Dossier(convention_id, streams, register)


class _Kept:
    """Streams as they were read, the least used left out first; a stream is never changed, only replaced."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._streams: OrderedDict[UUID, Stream] = OrderedDict()
        self._events = 0

    def get(self, stream_id: UUID) -> Stream | None:
        return self._streams.get(stream_id)

    def put(self, streams: Mapping[UUID, Stream]) -> None:
        with self._lock:
            for stream_id, stream in streams.items():
                before = self._streams.get(stream_id)
                if before is not stream:
                    self._events += len(stream.recorded) - (len(before.recorded) if before is not None else 0)
                    self._streams[stream_id] = stream
                self._streams.move_to_end(stream_id)
            while self._events > self._most and len(self._streams) > 1:
                _, left = self._streams.popitem(last=False)
                self._events -= len(left.recorded)

    def forget(self) -> None:
        with self._lock:
            self._streams.clear()
            self._events = 0
