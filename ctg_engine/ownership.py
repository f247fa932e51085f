"""Whose tables a database holds: nothing of another application is ever written over, nor taken for a store."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Engine, inspect

from workflows import schema
from workflows.summaries.table import PREFIX

_REVISION: Final = "alembic_version"
_CORE: Final = frozenset(table.name for table in schema.metadata.sorted_tables)


def is_foreign(engine: Engine) -> bool:
    """Whether the database is another application's: it has tables, and they are not those of a store.

    Beside a store on PostgreSQL there may be tables of others (an extension's, for instance), as long as none has a
    name that the store needs. A SQLite file belongs to one application.
    """
    names = set(inspect(engine).get_table_names())
    if {_REVISION, schema.events.name} <= names:
        return False
    return bool(names) if engine.dialect.name == "sqlite" else bool(names & (_CORE | {_REVISION}))


def tables_of_ours(connection: Connection) -> set[str]:
    """The tables that belong to the store, summaries of every release included."""
    names = set(inspect(connection).get_table_names())
    return {name for name in names if name in _CORE or name == _REVISION or name.startswith(PREFIX)}
