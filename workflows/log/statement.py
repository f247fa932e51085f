"""The one statement of an append on PostgreSQL, by its shape."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Dialect, Table

from workflows import schema


class Written(NamedTuple):
    """Rows of a table beside the events: values are bound one by one for a row, as an array by column for several."""

    table: Table
    columns: tuple[str, ...]
    several: bool


class Shape(NamedTuple):
    """What an append consists of. Each number is 0, 1 or 2 for several; `absent`: streams that must not exist yet."""

    beside: tuple[Written, ...]
    guards: int
    absent: bool
    moved: int
    started: int
    states: int
    events: int


_PLACES: Final = ("convention_id", "territory_id", "framework_id")
_GUARD: Final = ("stream_id", "version", "last_event_id")
_MOVED: Final = ("stream_id", "before", "after", "version", "last_event_id", *_PLACES, "fold_from")
_STARTED: Final = ("stream_id", "kind", "version", "last_event_id", *_PLACES, "fold_from")
_STATE: Final = ("stream_id", "fold", "version", "last_event_id", "state")
_LATER: Final = (
    " ON CONFLICT (stream_id, fold) DO UPDATE SET version = excluded.version, last_event_id = excluded.last_event_id,"
    " state = excluded.state WHERE states.version < excluded.version"
)
STATE_STATEMENT: Final = f"INSERT INTO states ({', '.join(_STATE)}) VALUES (%s, %s, %s, %s, %s){_LATER}"
"""Keeps the state of a stream, unless a later one is kept."""

_EVENT: Final = ("stream_id", "version", "topic", "state", *_PLACES, "occurred_on", "actor_id")
_TYPES: Final = {
    "stream_id": "uuid",
    "version": "int",
    "before": "int",
    "after": "uuid",
    "last_event_id": "uuid",
    "fold_from": "int",
    "kind": "text",
    "fold": "text",
    "topic": "text",
    "state": "text",
    **dict.fromkeys(_PLACES, "uuid"),
    "occurred_on": "date",
    "actor_id": "uuid",
}


def append_statement(shape: Shape, dialect: Dialect) -> str:
    """The statement: a chain in which each part waits for the one before it, and the events come last.

    The lock comes first: whoever waits for a key that another append holds must not keep that one from the lock. Then
    what is written beside, first of all the idempotency key, so that a command sent again meets its own key before the
    version that it has moved. Where a guard or a head is not at its version the parts after it write nothing, and the
    missing event divides by zero, which ends the statement with all that it did. A join with the part before would do
    as well as a condition, and costs the server a third more.
    """
    lock = "pg_advisory_xact_lock" if shape.events > 1 else "pg_advisory_xact_lock_shared"
    parts = [f"held AS MATERIALIZED (SELECT {lock}(%s) IS NOT NULL AS lock)"]
    after = "(SELECT lock FROM held)"
    for table, columns, several in shape.beside:
        types = {name: table.c[name].type.compile(dialect) for name in columns}
        parts.append(_insert(f"into_{table.name}", table.name, _source(columns, types, after, several=several), "1"))
        after = f"(SELECT count(*) FROM into_{table.name}) >= 0"
    if shape.guards:
        wanted = _rows_of(_GUARD, several=shape.guards > 1)
        parts.append(
            f"guarded AS MATERIALIZED (SELECT 1 FROM streams s, {wanted} WHERE {after}"
            f" AND {_at('version', 'last_event_id')} ORDER BY s.stream_id FOR SHARE OF s)"
        )
        after = "(SELECT count(*) FROM guarded) = %s"
    if shape.absent:
        after += " AND NOT EXISTS (SELECT 1 FROM streams WHERE stream_id = ANY(%s))"
    if shape.moved:
        wanted = _rows_of(_MOVED, several=shape.moved > 1)
        places = ", ".join(f"{name} = coalesce(v.{name}, s.{name})" for name in _PLACES)
        parts.append(
            f"moved AS (UPDATE streams s SET version = v.version, last_event_id = v.last_event_id, {places},"
            f" fold_from = greatest(v.fold_from, s.fold_from), touched = {schema.TOUCHED} FROM {wanted}"
            f" WHERE {after} AND {_at('before', 'after')} RETURNING 1)"
        )
        after = "(SELECT count(*) FROM moved) = %s"
    if shape.started:
        source = _source(_STARTED, _TYPES, after, several=shape.started > 1)
        parts.append(_insert("started", "streams", source, "1"))
        after = "(SELECT count(*) FROM started) > 0"
    if not shape.events:
        return f"WITH {', '.join(parts)} SELECT NULL::bigint[] WHERE false"
    source = _source(_EVENT, _TYPES, after, several=shape.events > 1)
    parts.append(_insert("into_events", "events", source, "position"))
    if shape.states:
        written = "(SELECT count(*) FROM into_events) > 0"
        source = _source(_STATE, _TYPES, written, several=shape.states > 1)
        parts.append(_insert("into_states", "states", source, "1", _LATER))
    answer = "array_agg(position ORDER BY position), 1 / (count(*) > 0)::int"
    return f"WITH {', '.join(parts)} SELECT {answer} FROM into_events"


class _Source(NamedTuple):
    """Rows to insert: their columns, and what selects them."""

    columns: tuple[str, ...]
    select: str


def _source(columns: tuple[str, ...], types: dict[str, str], condition: str, *, several: bool) -> _Source:
    if not several:
        chosen = ", ".join(f"%s::{types[name]}" for name in columns)
        return _Source(columns, f"SELECT {chosen} WHERE {condition}")
    arrays = ", ".join(f"%s::{types[name]}[]" for name in columns)
    chosen = ", ".join(f"v.{name}" for name in columns)
    rows = f"unnest({arrays}) WITH ORDINALITY AS v({', '.join(columns)}, place)"
    return _Source(columns, f"SELECT {chosen} FROM {rows} WHERE {condition} ORDER BY v.place")


def _insert(name: str, table: str, source: _Source, answer: str, on_conflict: str = "") -> str:
    columns = ", ".join(source.columns)
    return f"{name} AS (INSERT INTO {table} ({columns}) {source.select}{on_conflict} RETURNING {answer})"


def _at(version: str, event: str) -> str:
    """A head is where it is expected: at this version, after this event where that is known."""
    return (
        f"s.stream_id = v.stream_id AND s.version = v.{version} AND (v.{event} IS NULL OR s.last_event_id = v.{event})"
    )


def _rows_of(columns: tuple[str, ...], *, several: bool) -> str:
    names = ", ".join(columns)
    if several:
        return f"unnest({', '.join(f'%s::{_TYPES[name]}[]' for name in columns)}) AS v({names})"
    return f"(VALUES ({', '.join(f'%s::{_TYPES[name]}' for name in columns)})) AS v({names})"
