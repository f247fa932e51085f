"""Leases: which of several workers does what one of them need do.

A lease only spares useless work. It may be lost, taken twice or broken by hand: whatever is done under one is recorded
once by other means (the identity of what is recorded, a position moved by compare-and-set). It lapses by itself when
its holder does not renew it, so a worker that dies holds up nobody for long. Time is the database's own, which goes on
while the time of an instance is moved or stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from time import monotonic
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Float,
    and_,
    collate,
    delete,
    literal_column,
    or_,
    select,
    update,
)

from workflows.database import inserting
from workflows.schema import leases

LASTING_SECONDS: Final = 60.0
"""For how long what is done again and again stays with one worker after it was last seen at it."""

_MOST_SECONDS: Final = 3600.0
"""No lease is given for longer: one that lasts longer was given by a clock that was wrong."""

_NOW: Final = {"sqlite": "unixepoch('subsec')", "postgresql": "extract(epoch FROM clock_timestamp())::float8"}

_own: Final = leases.c


class Leases:
    """The leases of one store, as one worker takes them."""

    def __init__(self, engine: Engine, holder: UUID) -> None:
        self.holder = holder
        self._engine = engine
        self._now: ColumnElement[float] = literal_column(_NOW[engine.dialect.name], Float)
        self._held: dict[str, float] = {}

    def now(self) -> float:
        """The time by which leases last, in seconds."""
        with self._engine.connect() as connection:
            return float(connection.execute(select(self._now)).scalar_one())

    def take(self, name: str, seconds: float = LASTING_SECONDS) -> bool:
        """Whether this worker holds the lease, from now on or already; the holder keeps it by asking in time.

        The store is asked only when half of the time is over: until then nobody else can have it.
        """
        asked = monotonic()
        if self._held.get(name, asked) - asked > seconds / 2:
            return True
        if not self.take_some((name,), seconds):
            self._held.pop(name, None)
            return False
        self._held[name] = asked + seconds
        return True

    def keep(self, name: str, seconds: float) -> None:
        """Hold a lease of this worker's for longer; one that it never had, or has lost, is left to the others."""
        if name in self._held:
            self.take(name, seconds)

    def take_some(self, names: Iterable[str], seconds: float, since: float | None = None) -> frozenset[str]:
        """Those of some leases that are free, or this worker's already, and are its own from now on.

        With `since`, not what was done as of a later time.
        """
        until = self._now + seconds
        # In one order for everybody, so that none waits in a ring.
        wanted = [{"name": name, "holder": self.holder, "until": until} for name in sorted(set(names))]
        if not wanted:
            return frozenset()
        written = inserting(self._engine, leases).values(wanted)
        free = or_(_own.holder == self.holder, _own.until <= self._now, _own.until > self._now + _MOST_SECONDS)
        if since is not None:
            free = and_(free, or_(_own.done_at.is_(None), _own.done_at <= since, _own.done_at > self._now))
        statement = written.on_conflict_do_update(
            index_elements=[_own.name],
            set_={"holder": written.excluded.holder, "until": written.excluded.until},
            where=free,
        ).returning(_own.name)
        with self._engine.begin() as connection:
            return frozenset(connection.execute(statement).scalars())

    def done(self, names: Collection[str], as_of: float) -> None:
        """Say that what was under these leases at that time is done, and give them back."""
        mine = and_(_own.name.in_(names), _own.holder == self.holder)
        with self._engine.begin() as connection:
            _lock(connection, mine)
            connection.execute(update(leases).where(mine).values(done_at=as_of, until=self._now))

    def done_since(self, names: Collection[str], since: float) -> frozenset[str]:
        """Those of some leases under which all that there was at some later time was done, by whomever."""
        asked = select(_own.name).where(_own.name.in_(names), _own.done_at > since, _own.done_at <= self._now)
        with self._engine.connect() as connection:
            return frozenset(connection.execute(asked).scalars())

    def give_back(self) -> None:
        """Leave everything to the others at once: this worker stops."""
        self._held.clear()
        mine = _own.holder == self.holder
        with self._engine.begin() as connection:
            _lock(connection, mine)
            connection.execute(delete(leases).where(mine))


def _lock(connection: Connection, some: ColumnElement[bool]) -> None:
    """Lock rows in the order in which `take_some` does: who gives back and who takes never wait for each other."""
    if connection.dialect.name == "postgresql":
        held = select(_own.name).where(some).order_by(collate(_own.name, "C")).with_for_update()
        connection.execute(held)
