"""The log read by what it is about: heads of streams and their events, in constant statements.

A stream is about a territory when one of its events was recorded there, wherever it belongs today: what leaves a
territory stays in its history.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Engine

from projections.engine import KINDS, Entry, Stream, stream_of
from workflows import codec
from workflows.collecting import without_collector
from workflows.people import EPOCH
from workflows.schema import OF_REGISTER
from workflows.statements import rows_of

_AT_ONCE: Final = 250
"""Streams that one statement asks for."""

_BATCH: Final = 5_000
"""Events decoded between two looks of the garbage collector."""

_IDS_KEPT: Final = 50_000
"""Ids that a process keeps as they were last read: the same ones are read again and again."""

REGISTER_KINDS: Final = tuple(sorted(kind.TOPIC.removeprefix("ctg.") for kind in KINDS))

_HEAD: Final = "SELECT stream_id, version, last_event_id, convention_id, territory_id FROM streams WHERE "


RESTORED: Final = "restored"
"""Under which the table `instance` keeps a mark of the last time that a backup was put in the place of the store."""


class Head(NamedTuple):
    """Where a stream stands, and what it belongs to."""

    stream_id: UUID
    version: int
    last_event_id: UUID | None
    convention_id: UUID | None
    territory_id: UUID | None


Seen = tuple[str, ...]
"""What a page would be made of, in few letters: it differs when anything of it does."""


def epoch_in(seen: Seen) -> str:
    """Since when the names and texts are what they are, in what was seen of a territory with its register."""
    *_, restored, epoch, _ = seen
    return f"{restored} {epoch}"


class Journal:
    """Reads the log of one database; every method within the caller's connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self.mark = "?" if self._is_sqlite else "%s"

    # --- heads --------------------------------------------------------------------------------------------------------

    def heads_of_conventions(self, connection: Connection, convention_ids: Iterable[UUID]) -> list[Head]:
        """The streams that name these conventions: each itself, its agenda, its action sheets."""
        return list(self._heads(connection, "convention_id {}", convention_ids))

    def heads_on_territories(self, connection: Connection, territory_ids: Sequence[UUID]) -> dict[UUID, list[Head]]:
        """For each territory, the streams about it that are of no convention: itself, committees and groups."""
        found: dict[UUID, list[Head]] = {one: [] for one in territory_ids}
        sql = (
            "SELECT DISTINCT territory_id, stream_id FROM events WHERE convention_id IS NULL AND territory_id IS NOT"
            " NULL AND territory_id {}"
        )
        pairs = [(self._id(there), self._id(one)) for there, one in self._rows(connection, sql, territory_ids)]
        heads = {one.stream_id: one for one in self.heads(connection, {stream for _, stream in pairs})}
        for territory_id, stream_id in pairs:
            found[territory_id].append(heads[stream_id])
        return found

    def heads_of_framework(self, connection: Connection, framework_id: UUID, kinds: Sequence[str]) -> list[Head]:
        """The streams of these kinds that are of a whole framework, and of no territory."""
        whole = f"territory_id IS NULL AND framework_id = {self.mark}"
        among = ", ".join([self.mark] * len(kinds))
        sql = f"SELECT stream_id FROM streams WHERE kind IN ({among}) AND {whole}"
        found = rows_of(connection, sql, (*kinds, self.stored(framework_id)))
        return self.heads(connection, [self._id(stream) for (stream,) in found])

    def heads(self, connection: Connection, stream_ids: Iterable[UUID]) -> list[Head]:
        """The heads of these streams."""
        return list(self._heads(connection, "stream_id {}", stream_ids))

    def conventions(self, connection: Connection, territory_ids: Iterable[UUID] | None) -> list[UUID]:
        """The conventions of these territories (None: all)."""
        sql = "SELECT stream_id FROM streams WHERE kind = 'convention'"
        if territory_ids is None:
            return [self._id(stream) for (stream,) in rows_of(connection, sql)]
        return [self._id(stream) for (stream,) in self._rows(connection, sql + " AND territory_id {}", territory_ids)]

    def territories_of(self, connection: Connection, stream_ids: Iterable[UUID]) -> set[UUID]:
        """The territories that some streams are or were of."""
        sql = "SELECT DISTINCT territory_id FROM events WHERE territory_id IS NOT NULL AND stream_id {}"
        return {self._id(there) for (there,) in self._rows(connection, sql, stream_ids)}

    def register_versions(self, connection: Connection) -> dict[str, tuple[int, int]]:
        """For each kind of stream of the register, how many there are and the sum of their versions: any change of the
        register changes it, in whatever order commits become visible; and which backup the store was put back from."""
        sql = (
            f"SELECT kind, count(*), sum(register_version) FROM streams WHERE {OF_REGISTER} GROUP BY kind"
            f" UNION ALL SELECT value, 0, 0 FROM instance WHERE name = '{RESTORED}'"
        )
        return {kind: (int(number), int(total)) for kind, number, total in rows_of(connection, sql)}

    def last_change(self, connection: Connection) -> tuple[Any, ...] | None:
        """What differs after any event and after a restored backup, where positions are given out in the order of the
        commits; None elsewhere: an event of a smaller position may become visible later."""
        if not self._is_sqlite:
            return None
        sql = f"SELECT (SELECT max(position) FROM events), (SELECT value FROM instance WHERE name = '{RESTORED}')"
        (last,) = rows_of(connection, sql)
        return tuple(last)

    def heads_of_kind(self, connection: Connection, kind: str) -> list[Head]:
        """The heads of the streams of a kind."""
        sql = f"SELECT stream_id FROM streams WHERE kind = {self.mark}"
        return self.heads(connection, [self._id(stream) for (stream,) in rows_of(connection, sql, (kind,))])

    # --- whether anything changed -------------------------------------------------------------------------------------

    def seen_of_territory(self, connection: Connection, territory_id: UUID) -> Seen:
        """All that the pages of a territory may show beside the register: what is recorded there, what was refused of
        its conventions, which of its letters left or were held back, the names of people, who leads on frameworks."""
        here = f"territory_id = {self.mark}"
        leading = "kind = 'lead-role' AND territory_id IS NULL"
        refused = f"stream_id IN (SELECT stream_id FROM streams WHERE kind = 'convention' AND {here})"
        sql = (
            f"SELECT {self._counted('streams', 'sum(version)', here)},"
            f" {self._counted('streams', 'sum(version)', leading)},"
            f" {self._counted('refusals', 'max(recorded_at)', refused)},"
            f" (SELECT max(coalesce(sent_at, withdrawn_at)) FROM outbox WHERE {here}), {self._shared()}"
        )
        return self._seen(connection, sql, (self.stored(territory_id),) * 3)

    def seen_on_territories(self, connection: Connection, territory_ids: Collection[UUID] | None) -> Seen:
        """All that a list of conventions or the page of a framework may show beside the register, on these territories
        (None: on all) and of whole frameworks."""
        if territory_ids is None:
            sql = f"SELECT {self._counted('streams', 'sum(version)', 'true')}, {self._shared()}"
            return self._seen(connection, sql, ())
        whole = self._counted("streams", "sum(version)", "territory_id IS NULL AND framework_id IS NOT NULL")
        said: list[str] = []
        for where, bound in self.among(sorted(territory_ids, key=attrgetter("int"))):
            there = self._counted("streams", "sum(version)", f"territory_id {where}")
            said += self._seen(connection, f"SELECT {there}, {whole}, {self._shared()}", bound)
        return tuple(said)

    @staticmethod
    def _counted(table: str, total: str, condition: str) -> str:
        return f"(SELECT count(*) || ':' || coalesce(CAST({total} AS text), '') FROM {table} WHERE {condition})"

    def _shared(self) -> str:
        """The names of people, which any page may show, and which backup the store was put back from."""
        return ", ".join(f"(SELECT min(value) FROM instance WHERE name = '{one}')" for one in (RESTORED, EPOCH))

    @staticmethod
    def _seen(connection: Connection, sql: str, bound: tuple[Any, ...]) -> Seen:
        (seen,) = rows_of(connection, sql, bound)
        return tuple(map(str, seen))

    def last_position(self, connection: Connection) -> int:
        """The place of the event that was recorded last."""
        ((position,),) = rows_of(connection, "SELECT max(position) FROM events")
        return position or 0

    # --- events -------------------------------------------------------------------------------------------------------

    def streams(
        self, connection: Connection, heads: Iterable[Head], kept: Callable[[UUID], Stream | None]
    ) -> dict[UUID, Stream]:
        """The streams of these heads: those kept that are still so, the others with what came since, or read anew where
        what is kept is of a store that was put back since. Raises `UnreadableEvent`."""
        found: dict[UUID, Stream] = {}
        after: dict[UUID, int] = {}
        for head in heads:
            known = kept(head.stream_id)
            if known is not None and known.version <= head.version:
                found[head.stream_id] = known
                if (known.version, _last_event(known)) == (head.version, head.last_event_id):
                    continue
            # The last event kept is read again, to see that it is still the one that others go on from.
            after[head.stream_id] = known.version - 1 if head.stream_id in found and known is not None else 0
        foreign = []
        for stream_id, entries in self._entries(connection, after).items():
            known = found.get(stream_id)
            if known is not None and _id_of(entries[0]) != _last_event(known):
                foreign.append(stream_id)
                continue
            found[stream_id] = _folded((*known.recorded, *entries[1:]) if known is not None else entries)
        for stream_id, entries in self._entries(connection, dict.fromkeys(foreign, 0)).items():
            found[stream_id] = _folded(entries)
        return found

    def _entries(self, connection: Connection, streams: Mapping[UUID, int]) -> dict[UUID, list[Entry]]:
        """The events of these streams after a version of each, in their order."""
        whole = [one for one, after in streams.items() if after == 0]
        found: dict[UUID, list[Entry]] = {}
        sql = "SELECT position, stream_id, version, topic, state FROM events WHERE stream_id {}"
        for where, bound in self.among(whole):
            asked = sql.format(where) + " ORDER BY stream_id, version"
            self._decode(connection.exec_driver_sql(asked, bound).partitions(_BATCH), found)
        later = [(one, after) for one, after in streams.items() if after > 0]
        for start in range(0, len(later), _AT_ONCE):
            some = later[start : start + _AT_ONCE]
            after_each = " OR ".join([f"(stream_id = {self.mark} AND version > {self.mark})"] * len(some))
            bound = tuple(value for one, after in some for value in (self.stored(one), after))
            tails = f"SELECT position, stream_id, version, topic, state FROM events WHERE {after_each}"
            asked = tails + " ORDER BY stream_id, version"
            self._decode(connection.exec_driver_sql(asked, bound).partitions(_BATCH), found)
        return found

    def _decode(self, batches: Iterable[Sequence[Sequence[Any]]], found: dict[UUID, list[Entry]]) -> None:
        for batch in batches:
            with without_collector():
                for stored, rows in groupby(batch, itemgetter(1)):
                    stream_id = self._id(stored)
                    own = [(position, stream_id, version, topic, state) for position, _, version, topic, state in rows]
                    found.setdefault(stream_id, []).extend(map(Entry._make, codec.decode_log(own)))

    # --- statements ---------------------------------------------------------------------------------------------------

    def _heads(self, connection: Connection, condition: str, ids: Iterable[UUID]) -> Iterator[Head]:
        for stream, version, event, convention, territory in self._rows(connection, _HEAD + condition, ids):
            last, here, there = map(self.known, (event, convention, territory))
            yield Head(self._id(stream), version, last, here, there)

    def _rows(self, connection: Connection, sql: str, ids: Iterable[UUID]) -> Iterator[Sequence[Any]]:
        """The rows of a statement whose `{}` stands for `IN (…)`."""
        for where, bound in self.among(ids):
            yield from rows_of(connection, sql.format(where), bound)

    def among(self, ids: Iterable[UUID]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """`IN (…)` with what it binds, for some ids, few at a time."""
        wanted = [self.stored(one) for one in ids]
        for start in range(0, len(wanted), _AT_ONCE):
            some = tuple(wanted[start : start + _AT_ONCE])
            yield f"IN ({', '.join([self.mark] * len(some))})", some

    def stored(self, one: UUID) -> Any:
        """An id as the driver wants it."""
        return one.hex if self._is_sqlite else one

    def known(self, stored: Any) -> UUID | None:
        """An id from what the driver gave, None for none."""
        return None if stored is None else self._id(stored)

    def _id(self, stored: Any) -> UUID:
        return _uuid(stored) if self._is_sqlite else stored


@lru_cache(_IDS_KEPT)
def _uuid(digits: str) -> UUID:
    return UUID(hex=digits)


def _folded(entries: Iterable[Entry]) -> Stream:
    folded = stream_of(entries)
    assert folded is not None, "a stream begins with its first event"
    return folded


def _last_event(stream: Stream) -> UUID:
    return _id_of(stream.recorded[-1])


def _id_of(entry: Entry) -> UUID:
    return entry.event.envelope.event_id
