"""The changes of one batch of events, gathered by row and written with few statements."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, MetaData, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.kernel import Event

Key = tuple[Any, ...]
Values = dict[str, Any]


class Batch:
    """Collects rows. Several changes of one row become one; `write` sends each table's rows together.

    `position` and `event` are those being applied. `suffix` names the copy of the tables that is written.
    """

    def __init__(self, suffix: str) -> None:
        self.position = 0
        self.event: Event | None = None
        self._suffix = suffix
        self._rows: dict[Table, dict[Key, Values]] = {}
        self._parts: dict[tuple[Table, tuple[str, ...]], dict[Key, Values]] = {}
        self._changes: dict[Table, dict[Key, Values]] = {}

    def put(self, table: Table, **row: Any) -> None:
        """Write the whole row, whether or not it exists; columns not named are null."""
        key = _key(table, row)
        self._rows.setdefault(table, {})[key] = dict.fromkeys(_names(table)) | row
        self._changes.get(table, {}).pop(key, None)
        for (other, _), rows in self._parts.items():
            if other is table:
                rows.pop(key, None)

    def merge(self, table: Table, **row: Any) -> None:
        """Write these columns, whether or not the row exists; where it does, its other columns stay.

        A table is either merged or changed, not both.
        """
        key = _key(table, row)
        pending = self._rows.get(table, {}).get(key)
        if pending is not None:
            pending.update(row)
        else:
            self._parts.setdefault((table, tuple(sorted(row))), {})[key] = row

    def change(self, table: Table, **values: Any) -> None:
        """Change some columns of the row with this primary key; nothing happens where there is none."""
        key = _key(table, values)
        pending = self._rows.get(table, {}).get(key)
        if pending is None:
            pending = self._changes.setdefault(table, {}).setdefault(key, {})
        pending.update(values)

    def write(self, connection: Connection) -> None:
        """Send everything in the caller's transaction."""
        for table, rows in self._rows.items():
            self._upsert(connection, table, list(rows.values()))
        for (table, _), rows in self._parts.items():
            self._upsert(connection, table, list(rows.values()))
        for table, changes in self._changes.items():
            shapes: dict[tuple[str, ...], list[Values]] = {}
            for values in changes.values():
                shapes.setdefault(tuple(sorted(values)), []).append(values)
            for names, changed in shapes.items():
                self._update(connection, table, names, changed)

    def _upsert(self, connection: Connection, table: Table, rows: list[Values]) -> None:
        if not rows:
            return
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        copy = self._copy(table)
        statement = dialect.insert(copy)
        keys = _key_names(table)
        others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=others)
            if others
            else statement.on_conflict_do_nothing(index_elements=keys),
            rows,
        )

    def _update(self, connection: Connection, table: Table, names: tuple[str, ...], changed: list[Values]) -> None:
        copy = self._copy(table)
        keys = _key_names(table)
        statement = update(copy).values({name: bindparam(f"new_{name}") for name in names if name not in keys})
        for name in keys:
            statement = statement.where(copy.c[name] == bindparam(f"new_{name}"))
        connection.execute(statement, [{f"new_{name}": value for name, value in values.items()} for values in changed])

    def _copy(self, table: Table) -> Table:
        return table.to_metadata(MetaData(), name=table.name + self._suffix) if self._suffix else table


def _key(table: Table, row: Values) -> Key:
    return tuple([row[name] for name in _key_names(table)])


@cache
def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.c)


@cache
def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)
