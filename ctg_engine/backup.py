"""One file that holds a whole store, made while others write, and put back only when it is sound.

The file is a tar: `manifest.json` first, then the database (a SQLite file, or what `pg_dump` makes). The manifest says
what must be found again: rows by table, last position, and the sha256 of the log. The vault is in it: a backup is as
secret as the store, and only its owner may read it.
"""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, inspect, select, text

from ctg_engine import postgres_programs
from ctg_engine.archive import (
    FORMAT,
    Contents,
    Manifest,
    pack,
    require_replaceable,
    room_beside,
    sha256_of,
    unpack,
)
from ctg_engine.bootstrap import SHIPPED_PROFILES, make_store, remember
from ctg_engine.clock import SystemClock
from ctg_engine.faults import BadInput, Failed, cannot_write
from ctg_engine.ownership import is_foreign, tables_of_ours
from ctg_engine.places import is_of_the_store, make_directory, store_exists
from ctg_engine.settings import Settings
from domain.profiles import profile_stream
from domain.values import Clock
from workflows import schema
from workflows.database import (
    LOCK_WAIT_SECONDS,
    LONG_SECONDS,
    DatabaseUnavailable,
    create_database_engine,
    means_unavailable,
)
from workflows.instants import to_text
from workflows.journal import RESTORED
from workflows.migrating import refuse_older, require_migrated

_LOG_SQL: Final = "SELECT position, stream_id, version, topic, state FROM events ORDER BY position"


def back_up(settings: Settings, file: Path, *, force: bool = False, clock: Clock | None = None) -> Manifest:
    """Write a backup of the store as it is at one moment, while others go on writing.

    The file appears whole or not at all. Raises `BadInput` for a file that is already there (with `force`: unless it
    is an ordinary one), and whatever `force` says for the store itself.
    """
    if is_of_the_store(file, settings):
        raise BadInput("error.backup-over-store", file=str(file))
    require_replaceable(file, force=force)
    engine = create_database_engine(settings.database_url, answer_within=LONG_SECONDS)
    try:
        require_migrated(engine)
        with room_beside(file) as room:
            if engine.dialect.name == "sqlite":
                data = room / "store.db"
                contents, revision = _copy_sqlite(str(engine.url.database), data, file)
            else:
                data = room / "store.dump"
                contents, revision = _dump_postgres(engine, data)
            manifest = Manifest(
                format=FORMAT,
                release=version("ctg-engine"),
                kind="sqlite" if engine.dialect.name == "sqlite" else "postgresql",
                revision=revision,
                made_at=to_text((clock or SystemClock()).now()),
                contents=contents,
                data_name=data.name,
                data_bytes=data.stat().st_size,
                data_sha256=sha256_of(data),
            )
            pack(file, manifest, data)
    finally:
        engine.dispose()
    return manifest


def restore(settings: Settings, file: Path, *, force: bool = False) -> Manifest:
    """Put a backup in the place of an empty store (of any store with `force`), bring it to this release.

    Nothing is touched before the file is known to be whole; then it replaces everything in one transaction. Tables of
    another application are never touched. Raises `BadInput` for a file that is no sound backup for this store or a
    database that is no store, `Failed` for a store that holds something.
    """
    path = settings.sqlite_path
    there = store_exists(settings)
    make_directory(settings)
    engine = create_database_engine(settings.database_url, answer_within=LONG_SECONDS)
    try:
        if there and is_foreign(engine):
            raise BadInput("error.foreign-store", store=str(path or engine.url.database))
        if there:
            refuse_older(engine)
        if there and not force and _holds_something(engine):
            raise Failed("error.store-not-empty")
        with room_beside(path or Path(tempfile.gettempdir()) / "ctg") as room:
            manifest = unpack(file, room, "sqlite" if path is not None else "postgresql")
            data = room / manifest.data_name
            if path is not None:
                _require_same(manifest, sqlite_contents(data)[0])
                engine.dispose()
                _replace_sqlite(data, path)
            else:
                _replace_postgres(engine, data, room)
        _require_same(manifest, store_contents(engine))
    finally:
        engine.dispose()
    make_store(settings)
    engine = create_database_engine(settings.database_url)
    try:
        remember(engine, **{RESTORED: uuid4().hex})  # whoever remembers something of the store reads it anew
    finally:
        engine.dispose()
    return manifest


def store_contents(engine: Engine) -> Contents:
    """What the store holds now, as one moment sees it."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        return _contents_seen_by(connection)


def sqlite_contents(file: Path) -> tuple[Contents, str]:
    """What a SQLite file holds, and the revision of its tables."""
    with closing(sqlite.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        ((revision,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        contents = _contents(
            lambda sql: int(connection.execute(sql).fetchone()[0]), lambda sql: connection.execute(sql)
        )
    return contents, str(revision)


def _contents_seen_by(connection: Connection) -> Contents:
    return _contents(
        lambda sql: int(connection.exec_driver_sql(sql).scalar_one()),
        lambda sql: connection.exec_driver_sql(sql, execution_options={"yield_per": 1000}),
    )


def _contents(count: Callable[[str], int], rows: Callable[[str], Iterable[Any]]) -> Contents:
    tables = {table.name: count(f"SELECT count(*) FROM {table.name}") for table in schema.metadata.sorted_tables}
    last, digest = 0, hashlib.sha256()
    for position, stream_id, version_, topic, state in rows(_LOG_SQL):
        last = position
        stream = str(stream_id).replace("-", "")  # each database writes ids in its own way
        digest.update(f"{position} {stream} {version_} {topic} {len(state)}\n{state}\n".encode())
    return Contents(tables=tables, last_position=last, log_sha256=digest.hexdigest())


def _require_same(manifest: Manifest, found: Contents) -> None:
    if found != manifest.contents:
        raise Failed("error.restored-differs")


def _holds_something(engine: Engine) -> bool:
    """Whether anything would be lost: a fact besides the methods that ship, an account, a table that is not ours."""
    shipped = [profile_stream(name, number) for name, number in SHIPPED_PROFILES]
    facts = (
        select(schema.events.c.position).where(schema.events.c.stream_id.not_in(shipped)),
        *(select(table) for table in (schema.accounts, schema.people, schema.api_keys)),
    )
    names = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        if names - tables_of_ours(connection):
            return True
        if schema.events.name not in names:
            return False
        return any(connection.execute(wanted.limit(1)).first() is not None for wanted in facts)


# --- SQLite ---------------------------------------------------------------------------------------------------------


def _copy_sqlite(source: str, target: Path, file: Path) -> tuple[Contents, str]:
    """Copy in one step: a reader of the write-ahead log sees one moment, and holds up no writer."""
    try:
        with (
            closing(sqlite.connect(source, timeout=LOCK_WAIT_SECONDS)) as origin,
            closing(sqlite.connect(target)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite.SQLITE_FULL:
            raise cannot_write(file, OSError(errno.ENOSPC, "")) from None
        if means_unavailable(error):
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
        raise
    return sqlite_contents(target)


def _replace_sqlite(data: Path, target: Path) -> None:
    """Put every page in place in one transaction of the target, which other processes may have open."""
    target.touch(mode=0o600)
    try:
        with (
            closing(sqlite.connect(data)) as origin,
            closing(sqlite.connect(target, timeout=LOCK_WAIT_SECONDS)) as place,
        ):
            origin.backup(place)
    except sqlite.DatabaseError as error:
        raise Failed("error.cannot-replace-store", path=str(target), detail=str(error)) from None


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def _dump_postgres(engine: Engine, target: Path) -> tuple[Contents, str]:
    """Dump the moment that this transaction sees, and count what it sees."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        postgres_programs.run(
            engine.url, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", "--no-password"
        )
        contents = _contents_seen_by(connection)
    return contents, str(revision)


def _replace_postgres(engine: Engine, data: Path, room: Path) -> None:
    """Drop the tables of the store, no other, and put the backup in their place, in one transaction."""
    script = room / "restore.sql"
    postgres_programs.run(
        engine.url, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(data), connect=False
    )
    before = room / "before.sql"
    with engine.connect() as connection:
        ours = sorted(tables_of_ours(connection))
    # Without CASCADE: what others built on our tables stops the restoration instead of disappearing.
    drops = [f"DROP TABLE {', '.join(map(engine.dialect.identifier_preparer.quote, ours))};"] if ours else []
    drops.append("DROP FUNCTION IF EXISTS events_refuse_change();")
    before.write_text("\n".join(drops) + "\n", encoding="utf-8")
    after = room / "after.sql"
    # A dump without privileges forgets that even the owner may not change an event.
    after.write_text("REVOKE UPDATE, DELETE, TRUNCATE ON public.events FROM PUBLIC, CURRENT_USER;\n", encoding="utf-8")
    files = [f"--file={one}" for one in (before, script, after)]
    postgres_programs.run(
        engine.url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files,
        "--no-password",
    )  # fmt: skip
