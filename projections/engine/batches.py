"""The changes of one batch of events, gathered by row and written with few statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, MetaData, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.kernel import Event


class Batch:
    """Collects rows. Several changes of one row become one; `write` sends each table's rows together.

    `position` and `event` are those being applied. `suffix` names the copy of the tables that is written.
    """

    def __init__(self, suffix: str) -> None:
        self.position = 0
        self.event: Event | None = None
        self._suffix = suffix
        self._rows: dict[Table, dict[tuple[Any, ...], dict[str, Any]]] = {}
        self._changes: dict[Table, dict[tuple[Any, ...], dict[str, Any]]] = {}

    def put(self, table: Table, **row: Any) -> None:
        """Write the whole row, whether or not it exists; columns not named are null."""
        key = tuple(row[column.name] for column in table.primary_key)
        self._rows.setdefault(table, {})[key] = dict.fromkeys(table.c.keys()) | row
        self._changes.get(table, {}).pop(key, None)

    def change(self, table: Table, **values: Any) -> None:
        """Change some columns of the row with this primary key; nothing happens where there is none."""
        key = tuple(values[column.name] for column in table.primary_key)
        pending = self._rows.get(table, {}).get(key)
        if pending is None:
            pending = self._changes.setdefault(table, {}).setdefault(key, {})
        pending.update(values)

    def write(self, connection: Connection) -> None:
        """Send everything in the caller's transaction."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        for table, rows in self._rows.items():
            copy = self._copy(table)
            statement = dialect.insert(copy)
            keys = [column.name for column in copy.primary_key]
            others = {name: statement.excluded[name] for name in (column.name for column in copy.c) if name not in keys}
            written = (
                statement.on_conflict_do_update(index_elements=keys, set_=others)
                if others
                else statement.on_conflict_do_nothing(index_elements=keys)
            )
            connection.execute(written, list(rows.values()))
        for table, changes in self._changes.items():
            copy = self._copy(table)
            shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for values in changes.values():
                bound = {f"new_{name}": value for name, value in values.items()}
                shapes.setdefault(tuple(sorted(values)), []).append(bound)
            for names, bound_rows in shapes.items():
                keys = [column.name for column in copy.primary_key]
                changed = update(copy).values({name: bindparam(f"new_{name}") for name in names if name not in keys})
                for name in keys:
                    changed = changed.where(copy.c[name] == bindparam(f"new_{name}"))
                connection.execute(changed, bound_rows)

    def _copy(self, table: Table) -> Table:
        return table.to_metadata(MetaData(), name=table.name + self._suffix) if self._suffix else table
