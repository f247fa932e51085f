"""The one statement of an append on PostgreSQL, by its shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import Dialect, Table

from workflows import schema
from workflows.log.asking import Statement


class Written(NamedTuple):
    """Rows of a table beside the events: values are bound one by one for a row, as an array by column for several."""

    table: Table
    columns: tuple[str, ...]
    several: bool


class Shape(NamedTuple):
    """What an append consists of. Each number is 0, 1 or 2 for several; `absent`: streams that must not exist yet;
    `alone`: nothing else is appended meanwhile."""

    alone: bool
    beside: tuple[Written, ...]
    guards: int
    absent: bool
    moved: int
    started: int
    states: int
    events: int


_PLACES: Final = ("convention_id", "territory_id", "framework_id")
_GUARD: Final = ("stream_id", "version", "last_event_id")
_MOVED: Final = ("stream_id", "before", "after", "version", "last_event_id", *_PLACES, "fold_from", "register_version")
_STARTED: Final = ("stream_id", "kind", "version", "last_event_id", *_PLACES, "fold_from", "register_version")
_STATE: Final = ("stream_id", "fold", "version", "last_event_id", "state")
_LATER: Final = (
    " ON CONFLICT (stream_id, fold) DO UPDATE SET version = excluded.version, last_event_id = excluded.last_event_id,"
    " state = excluded.state WHERE states.version < excluded.version"
)
SAID_BY_HEAD: Final = ("stream_id", "version", *_PLACES)
"""What the head of a stream says of its last event."""

_EVENT: Final = ("stream_id", "version", "topic", "state", *_PLACES, "occurred_on", "actor_id")
_TYPES: Final = {
    "stream_id": "uuid",
    "version": "int",
    "before": "int",
    "after": "uuid",
    "last_event_id": "uuid",
    "fold_from": "int",
    "register_version": "int",
    "kind": "text",
    "fold": "text",
    "topic": "text",
    "state": "text",
    **dict.fromkeys(_PLACES, "uuid"),
    "occurred_on": "date",
    "actor_id": "uuid",
}


class _Bound:
    """The values that a statement binds, by their types, in the order in which they are given to it."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def one(self, kind: str) -> str:
        """The next value."""
        self.kinds.append(kind)
        return f"${len(self.kinds)}::{kind}"

    def all(self, columns: tuple[str, ...], types: Mapping[str, str], *, several: bool) -> list[str]:
        """The next values, one for each column: that of the only row, or the array of those of several rows."""
        return [self.one(types[name] + ("[]" if several else "")) for name in columns]


def state_statement() -> Statement:
    """Keeps the state of a stream, unless a later one is kept."""
    bound = _Bound()
    values = ", ".join(bound.all(_STATE, _TYPES, several=False))
    return Statement(f"INSERT INTO states ({', '.join(_STATE)}) VALUES ({values}){_LATER}", bound.kinds)


def append_statement(shape: Shape, dialect: Dialect, lock: int) -> Statement:
    """The statement: a chain in which each part waits for the one before it, and the events come last.

    The lock comes first: whoever waits for a key that another append holds must not keep that one from the lock. Then
    what is written beside, first of all the idempotency key, so that a command sent again meets its own key before the
    version that it has moved. Where a guard or a head is not at its version the parts after it write nothing, and the
    missing event divides by zero, which ends the statement with all that it did. A join with the part before would do
    as well as a condition, and costs the server a third more.

    Where there is one event only, what its head says of it too is bound once.
    """
    bound = _Bound()
    locking = "pg_advisory_xact_lock" if shape.alone else "pg_advisory_xact_lock_shared"
    parts = [f"held AS MATERIALIZED (SELECT {locking}({lock}) IS NOT NULL AS lock)"]
    after = "(SELECT lock FROM held)"
    for table, columns, several in shape.beside:
        types = {name: table.c[name].type.compile(dialect).lower() for name in columns}
        values = bound.all(columns, types, several=several)
        rows = _selected(columns, values, after, several=several)
        parts.append(_insert(f"into_{table.name}", table.name, columns, rows, "1"))
        after = f"(SELECT count(*) FROM into_{table.name}) >= 0"
    if shape.guards:
        values = bound.all(_GUARD, _TYPES, several=shape.guards > 1)
        wanted = _rows_of(_GUARD, values, several=shape.guards > 1)
        parts.append(
            f"guarded AS MATERIALIZED (SELECT 1 FROM streams s, {wanted} WHERE {after}"
            f" AND {_at('version', 'last_event_id')} ORDER BY s.stream_id FOR SHARE OF s)"
        )
        after = _all_of("guarded", values, several=shape.guards > 1)
    if shape.absent:
        after += f" AND NOT EXISTS (SELECT 1 FROM streams WHERE stream_id = ANY({bound.one('uuid[]')}))"
    said: dict[str, str] = {}
    if shape.moved:
        values = bound.all(_MOVED, _TYPES, several=shape.moved > 1)
        wanted = _rows_of(_MOVED, values, several=shape.moved > 1)
        places = ", ".join(f"{name} = coalesce(v.{name}, s.{name})" for name in _PLACES)
        parts.append(
            f"moved AS (UPDATE streams s SET version = v.version, last_event_id = v.last_event_id, {places},"
            " fold_from = greatest(v.fold_from, s.fold_from), register_version = v.register_version,"
            f" touched = {schema.TOUCHED} FROM {wanted}"
            f" WHERE {after} AND {_at('before', 'after')} RETURNING 1)"
        )
        after = _all_of("moved", values, several=shape.moved > 1)
        said = dict(zip(_MOVED, values, strict=True))
    if shape.started:
        values = bound.all(_STARTED, _TYPES, several=shape.started > 1)
        rows = _selected(_STARTED, values, after, several=shape.started > 1)
        parts.append(_insert("started", "streams", _STARTED, rows, "1"))
        after = "(SELECT count(*) FROM started) > 0"
        said = dict(zip(_STARTED, values, strict=True))
    if not shape.events:
        return Statement(f"WITH {', '.join(parts)} SELECT NULL WHERE false", bound.kinds)
    known = {name: said[name] for name in SAID_BY_HEAD} if shape.events == 1 else {}
    values = [known.get(name) or bound.all((name,), _TYPES, several=shape.events > 1)[0] for name in _EVENT]
    rows = _selected(_EVENT, values, after, several=shape.events > 1)
    parts.append(_insert("into_events", "events", _EVENT, rows, "position"))
    if shape.states:
        values = bound.all(_STATE, _TYPES, several=shape.states > 1)
        written = "(SELECT count(*) FROM into_events) > 0"
        rows = _selected(_STATE, values, written, several=shape.states > 1)
        parts.append(_insert("into_states", "states", _STATE, rows, "1", _LATER))
    answer = "string_agg(position::text, ',' ORDER BY position), 1 / (count(*) > 0)::int"
    return Statement(f"WITH {', '.join(parts)} SELECT {answer} FROM into_events", bound.kinds)


def _selected(columns: tuple[str, ...], values: list[str], condition: str, *, several: bool) -> str:
    """Rows to insert, where a condition holds."""
    if not several:
        return f"SELECT {', '.join(values)} WHERE {condition}"
    chosen = ", ".join(f"v.{name}" for name in columns)
    rows = f"unnest({', '.join(values)}) WITH ORDINALITY AS v({', '.join(columns)}, place)"
    return f"SELECT {chosen} FROM {rows} WHERE {condition} ORDER BY v.place"


def _insert(name: str, table: str, columns: tuple[str, ...], rows: str, answer: str, on_conflict: str = "") -> str:
    return f"{name} AS (INSERT INTO {table} ({', '.join(columns)}) {rows}{on_conflict} RETURNING {answer})"


def _at(version: str, event: str) -> str:
    """A head is where it is expected: at this version, after this event where that is known."""
    return (
        f"s.stream_id = v.stream_id AND s.version = v.{version} AND (v.{event} IS NULL OR s.last_event_id = v.{event})"
    )


def _all_of(part: str, values: list[str], *, several: bool) -> str:
    """A part has found each of the streams that it was given."""
    return f"(SELECT count(*) FROM {part}) = {f'cardinality({values[0]})' if several else '1'}"


def _rows_of(columns: tuple[str, ...], values: list[str], *, several: bool) -> str:
    names, given = ", ".join(columns), ", ".join(values)
    return f"unnest({given}) AS v({names})" if several else f"(VALUES ({given})) AS v({names})"
