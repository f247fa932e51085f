"""The tables of the read models: made, dropped, and listed with how far each read model is."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    inspect,
    quoted_name,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from projections.engine.projection import Projection

BESIDE: Final = "_next"
"""What ends the names of a read model that is being built, until it takes the place of the one that answers."""

_PREPARE_LOCK: Final = 0x4354475F50524A  # "CTG_PRJ"

positions = Table(
    "projection_positions",
    MetaData(),
    Column("key", Text, primary_key=True),  # name, version, and `_next` while it is built beside
    Column("position", BigInteger, nullable=False),
    Column("tables", Text, nullable=False),  # JSON list, so that a later release can drop them
    Column("failed_at", Text),
    Column("error", Text),
)


def make_room(connection: Connection) -> set[str]:
    """Create the table of positions where it is missing; the keys of the read models there are.

    On PostgreSQL the caller's transaction then holds a lock, so that any number of processes may do this at once.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_PREPARE_LOCK)))
    if not inspect(connection).has_table(positions.name):
        connection.execute(CreateTable(positions))
    return known_keys(connection)


def known_keys(connection: Connection) -> set[str]:
    """The keys of the read models there are, those being built included; empty in a store that never had any."""
    if not inspect(connection).has_table(positions.name):
        return set()
    return set(connection.execute(select(positions.c.key)).scalars())


def create(connection: Connection, projection: Projection, suffix: str) -> None:
    """New empty tables and a position of 0."""
    for table in projection.metadata.sorted_tables:
        copy = table.to_metadata(MetaData(), name=table.name + suffix)
        connection.execute(CreateTable(copy))
        for number, index in enumerate(sorted(copy.indexes, key=lambda one: [column.name for column in one.columns])):
            # Nobody asks for an index by name, and it must survive the renaming of its table beside a new one.
            index.name = quoted_name(f"ix_{table.name[:40]}_{number}_{secrets.token_hex(4)}", quote=None)
            connection.execute(CreateIndex(index))
    connection.execute(
        insert(positions).values(key=projection.key + suffix, position=0, tables=table_names(projection, suffix))
    )


def drop(connection: Connection, key: str) -> None:
    """The tables and the position of one read model, if it is there."""
    for name in tables_of(connection, key):
        connection.execute(DropTable(Table(name, MetaData())))
    connection.execute(delete(positions).where(positions.c.key == key))


def tables_of(connection: Connection, key: str) -> list[str]:
    """The names of the tables of a read model, whatever release made it; none when it is not there."""
    names = connection.execute(select(positions.c.tables).where(positions.c.key == key)).scalar()
    return [] if names is None else list(json.loads(names))


def others_than(connection: Connection, keys: Collection[str]) -> list[str]:
    """The keys of the read models that other releases made."""
    own = [key + suffix for key in keys for suffix in ("", BESIDE)]
    return sorted(connection.execute(select(positions.c.key).where(positions.c.key.not_in(own))).scalars())


def table_names(projection: Projection, suffix: str) -> str:
    """The names of a projection's tables, as the table of positions keeps them."""
    return json.dumps([table.name + suffix for table in projection.metadata.sorted_tables])
