"""What an append writes: events with their index columns, the heads of their streams, rows beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Table

from workflows import schema


class AppendedRow(NamedTuple):
    """An event to write. What comes after its payload are its index columns, which never change and no proof hashes.

    `corrects`: it changes what earlier events of its stream mean, so that no state folded before it may be used.
    `event_id`: what the head remembers of it.
    """

    stream_id: UUID
    version: int
    topic: str
    state: str
    convention_id: UUID | None = None
    territory_id: UUID | None = None
    framework_id: UUID | None = None
    occurred_on: date | None = None
    actor_id: UUID | None = None
    corrects: bool = False
    event_id: UUID | None = None


class Head(NamedTuple):
    """What an append makes of the row of a stream.

    `before` is the version that it must be at, None for a new stream; `after` its last event then, where that is known.
    `register_version`: the version again, for a stream of the register.
    """

    stream_id: UUID
    kind: str
    before: int | None
    after: UUID | None
    version: int
    last_event_id: UUID | None
    convention_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None
    fold_from: int
    register_version: int | None


class Guard(NamedTuple):
    """A stream that a decision looked at, and what it saw: the version (0: none) and the last event, where known."""

    stream_id: UUID
    version: int
    last_event_id: UUID | None = None


class KeptState(NamedTuple):
    """The folded state of a stream at a version, for the code that folds so."""

    stream_id: UUID
    fold: str
    version: int
    last_event_id: UUID | None
    state: str


class StreamRow(NamedTuple):
    """What a stream is loaded from: `name` is the fold of its kept state, which comes first, or the topic of an event.

    `last_event_id` is known of a kept state only.
    """

    is_event: bool
    version: int
    name: str
    state: str
    last_event_id: UUID | None


LogRow: TypeAlias = tuple[int, UUID, int, str, str]
"""position, stream, version, topic, state (JSON, whose UTF-8 bytes are what proofs hash)."""


class PlacedRow(NamedTuple):
    """An event of the log and where it belongs, without what it says."""

    position: int
    stream_id: UUID
    version: int
    topic: str
    kind: str
    convention_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None


Beside: TypeAlias = Sequence[tuple[Table, Mapping[str, Any]]]
"""Rows written in the transaction of the events: table and values; every row of a table has the same columns."""


class VersionTaken(Exception):
    """Another append was faster: a stream is not at the version that this one decided on, or goes on from."""


class IdempotencyKeyTaken(Exception):
    """The command sent under this key is already recorded: its answer is in the table `idempotency`."""


class RowRefused(Exception):
    """The database refuses a row for another reason, which deciding again will not mend: an error of the program."""


_OF_ANY: Final = "correction"


def heads_of(rows: Iterable[AppendedRow], seen: Iterable[Guard]) -> tuple[list[Head], list[Guard]]:
    """The head of each stream that these events go to, and what was `seen` of other streams.

    Both in one order for every writer, so that fewer wait in a ring. A stream begins with version 1; the event store
    library's own cases also begin with 0.
    """
    heads: dict[UUID, Head] = {}
    relied = {guard.stream_id: guard for guard in seen}
    for row in rows:
        known = heads.get(row.stream_id)
        if known is None:
            before = row.version - 1 if row.version > 1 else None
            kind = row.topic.removeprefix("ctg.").partition(".")[0]
            guard = relied.pop(row.stream_id, None)
            after = guard.last_event_id if guard is not None else None
            fold_from, places = 0, row[4:7]
        else:
            _, kind, before, after, *_, fold_from, _ = known
            places = known[6:9]
            if kind == _OF_ANY:
                kind = row.topic.removeprefix("ctg.").partition(".")[0]
        if row.corrects:
            fold_from = row.version
        # What says of a mistake does not say of what kind of stream: it counts as if it were one of the register.
        summed = row.version if kind in schema.KINDS_OF_REGISTER or kind == _OF_ANY else None
        heads[row.stream_id] = Head(
            row.stream_id, kind, before, after, row.version, row.event_id, *places, fold_from, summed
        )
    return sorted(heads.values(), key=_stream), sorted(relied.values(), key=_stream)


def _stream(one: Head | Guard) -> UUID:
    return one.stream_id


def refusal(table_of_taken_key: str | None, message: str) -> Exception:
    """What the refusal of a row means."""
    if table_of_taken_key == schema.idempotency.name:
        return IdempotencyKeyTaken(message)
    taken = table_of_taken_key in (schema.events.name, schema.streams.name)
    return VersionTaken(message) if taken else RowRefused(message)
