"""The table of summaries: one for each version of the code that makes them, and the bit that marks what it lacks.

The version is a fingerprint of the sources that make a summary, so that a release that changes any of them fills a
table of its own beside the one that still answers, and nobody declares anything. Two versions may be in use at once:
each has one of the two bits of `streams.touched`.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    Executable,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    delete,
    inspect,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

import domain
import projections
from workflows import schema
from workflows.database import inserting_into
from workflows.statements import rows_of

PREFIX: Final = "summaries_"
"""What the names of the tables begin with."""

_NOTE: Final = "summaries "
"""What the table `instance` keeps for each version, under this and its name: the bit it has, and its turn."""

_BITS: Final = tuple(1 << place for place in range(schema.TOUCHED.bit_length()))


@cache
def version() -> str:
    """The version of this process: eight digits of a hash of the sources."""
    sources = hashlib.sha256()
    for folder in (Path(domain.__file__).parent, Path(projections.__file__).parent, Path(__file__).parent):
        for file in sorted(folder.rglob("*.py")):
            sources.update(file.read_bytes())
    return sources.hexdigest()[:8]


@cache
def table() -> Table:
    """The table of this version: what lists sort and filter by as columns, all the rest in `answers` (JSON).

    `answers` is empty where the summary could not be made; `error` says where it failed, without what people wrote.
    The last two are for who searches, and read by nobody else: public names and codes in clear (`names`), and what can
    be found (JSON), whose titles are sealed.
    """
    name = PREFIX + version()
    return Table(
        name,
        MetaData(),
        Column("convention_id", Uuid, primary_key=True),
        Column("territory_id", Uuid, nullable=False),
        Column("listed_under", Text, nullable=False),
        Column("siren", Text, nullable=False),
        Column("effective_from", Date, nullable=False),
        Column("basis", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
        Column("made_on", Date, nullable=False),
        Column("right_until", Date, nullable=False),
        Column("next_due_on", Date),
        Column("phase", Text),
        Column("status", Text),
        Column("answers", Text),
        Column("error", Text),
        Column("names", Text),
        Column("findable", Text),
        Index(f"ix_{name}_order", "listed_under", "siren", "effective_from", "convention_id"),
        Index(f"ix_{name}_territory_id", "territory_id"),
        Index(f"ix_{name}_next_due_on", "next_due_on"),
        Index(f"ix_{name}_right_until", "right_until"),
    )


def create(connection: Connection) -> None:
    """Make the table of this version where it is missing, and mark every convention for it.

    In the transaction of the migration, which one process makes at a time. Where both bits are taken, the version that
    came first gives up its own.
    """
    notes = _notes(connection)
    if version() in notes:
        return
    while len(notes) >= len(_BITS):
        first = min(notes, key=lambda one: notes[one][1])
        _drop(connection, first)
        notes = _notes(connection)
    bit = next(one for one in _BITS if one not in {taken for taken, _ in notes.values()})
    turn = max((turn for _, turn in notes.values()), default=0) + 1
    connection.execute(CreateTable(table()))
    for index in sorted(table().indexes, key=lambda one: str(one.name)):
        connection.execute(CreateIndex(index))
    connection.execute(schema.instance.insert().values(name=_NOTE + version(), value=json.dumps([bit, turn])))
    mark_all(connection, bit)


def mark_all(connection: Connection, bit: int) -> None:
    """Have the summary of every convention made again."""
    marked = f"UPDATE streams SET touched = touched | {bit} WHERE kind = 'convention' AND (touched & {bit}) = 0"
    connection.exec_driver_sql(marked)


def bit(connection: Connection) -> int | None:
    """The bit of this version; None when nobody made its table, or another version has taken its place."""
    notes = rows_of(connection, f"SELECT value FROM instance WHERE name = '{_NOTE}{version()}'")
    return next((int(json.loads(note)[0]) for (note,) in notes), None)


def others(connection: Connection) -> list[str]:
    """The versions that other releases made."""
    return sorted(set(_notes(connection)) - {version()})


def retire(connection: Connection) -> list[str]:
    """Drop the tables of other releases, and tell which; for when none of their processes is left."""
    dropped = others(connection)
    for one in dropped:
        _drop(connection, one)
    return dropped


def names(connection: Connection) -> set[str]:
    """The tables of summaries of every release."""
    return {name for name in inspect(connection).get_table_names() if name.startswith(PREFIX)}


def upsert(bind: Engine, *, anew: bool) -> Executable:
    """The statement that writes a summary, over one that knows less or was made on an earlier day, or that failed.

    With `anew`, also over one that knows as much: it may have been made otherwise.
    """
    return _upsert(bind.dialect.name, table(), anew=anew)


@cache
def _upsert(database: str, made: Table, *, anew: bool) -> Executable:
    """Built once: that costs as much as to run it."""
    insert = inserting_into(database, made)
    values = {column.name: insert.excluded[column.name] for column in made.c if not column.primary_key}
    new, old = insert.excluded, made.c
    later = (new.basis > old.basis) | ((new.basis == old.basis) & (new.made_on > old.made_on))
    mended = (new.basis >= old.basis) & old.error.is_not(None)
    condition = new.basis >= old.basis if anew else later | mended
    return insert.on_conflict_do_update(index_elements=["convention_id"], set_=values, where=condition)


def upsert_failed(bind: Engine) -> Executable:
    """The statement that says of a summary that it could not be made: how much it would have known is not known."""
    insert = inserting_into(bind.dialect.name, table())
    values = {name: insert.excluded[name] for name in ("error", "answers", "right_until", "made_on", "next_due_on")}
    return insert.on_conflict_do_update(index_elements=["convention_id"], set_=values)


def _notes(connection: Connection) -> dict[str, tuple[int, int]]:
    kept = select(schema.instance).where(schema.instance.c.name.startswith(_NOTE))
    return {row.name.removeprefix(_NOTE): tuple(json.loads(row.value)) for row in connection.execute(kept)}


def _drop(connection: Connection, one: str) -> None:
    connection.execute(DropTable(Table(PREFIX + one, MetaData()), if_exists=True))
    connection.execute(delete(schema.instance).where(schema.instance.c.name == _NOTE + one))
