"""One file that holds a whole store, made while others write, and put back only when it is sound.

The file is a tar: `manifest.json` first, then the database (a SQLite file, or what `pg_dump` makes), then the files
kept as evidence. The manifest says what must be found again: rows by table, last position, the sha256 of the log, the
files. The vault is in it: a backup is as secret as the store, and only its owner may read it.
"""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from ctg_engine import forgotten_list, postgres_programs
from ctg_engine.archive import (
    DATA_NAMES,
    FORMAT,
    Contents,
    Manifest,
    pack,
    require_replaceable,
    sha256_of,
    unpack,
)
from ctg_engine.archived_files import Vanished, lost_among, put_in_place, room_for_files
from ctg_engine.bootstrap import SHIPPED_PROFILES, make_store, opened
from ctg_engine.clock import SystemClock
from ctg_engine.faults import BadInput, Failed, cannot_write
from ctg_engine.ownership import is_foreign, tables_of_ours
from ctg_engine.places import is_of_the_store, make_directory, room_beside, shown_store, store_exists
from ctg_engine.replacing import carry_into_sqlite, replace_postgres, replace_sqlite, set_aside
from ctg_engine.revocations import Revocations, revocations_in
from ctg_engine.settings import Settings
from domain.profiles import profile_stream
from domain.values import Clock
from workflows import schema
from workflows.clock_watch import CLOCK_REACHED
from workflows.database import (
    LOCK_WAIT_SECONDS,
    LONG_SECONDS,
    DatabaseUnavailable,
    create_database_engine,
    means_unavailable,
)
from workflows.file_folder import Folder
from workflows.forgetting import Forgotten, clear_traces, joined, listed
from workflows.instance import instance_facts, remember
from workflows.instants import to_text
from workflows.journal import RESTORED
from workflows.migrating import refuse_older, require_migrated
from workflows.soundness import damage_of, damage_of_file

_CANNOT_WRITE: Final = frozenset(sqlite.SQLITE_IOERR | of << 8 for of in (3, 4, 5, 6))
"""Writing, its synchronisation, that of its folder, cutting: of the file, never of what is read."""

_LOG_SQL: Final = "SELECT position, stream_id, version, topic, state FROM events ORDER BY position"
_FILES_SQL: Final = "SELECT stored FROM files WHERE erased_on IS NULL ORDER BY sha256"


@dataclass(frozen=True)
class Restored:
    """What was put back: the backup's own account of itself, what was forgotten again, and what stays revoked.

    `traces_left`: see `workflows.forgetting.clear_traces`. `revoked`: what the store that was replaced had taken away
    from keys and accounts since the backup was made; None where there was nothing to compare with.
    `aside`: where the damaged store is now whose place it took.
    """

    manifest: Manifest
    forgotten_again: int
    traces_left: tuple[str, ...]
    revoked: Revocations | None
    aside: Path | None


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
                data = room / DATA_NAMES["sqlite"]
                _copy_sqlite(str(engine.url.database), data, file)
                _refuse_damaged(settings, damage_of_file(data))  # before: what is broken cannot be counted
                contents, revision = sqlite_contents(data)
            else:
                data = room / DATA_NAMES["postgresql"]
                _refuse_damaged(settings, damage_of(engine))
                contents, revision = _dump_postgres(engine, data)
            folder = Folder(settings.evidence_folder)
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
                lost_files=lost_among(folder, contents.files),
            )
            return _packed(file, manifest, data, folder)
    finally:
        engine.dispose()


def _refuse_damaged(settings: Settings, damage: str | None) -> None:
    """Raise `Failed` for a store that does not hold together: its copy would take the place of a good backup."""
    if damage is not None:
        raise Failed("error.damaged-store", store=shown_store(settings), detail=damage)


def _packed(file: Path, manifest: Manifest, data: Path, folder: Folder) -> Manifest:
    """Write the archive; what is erased while it is written is then not in it, like what was lost before."""
    while True:
        try:
            pack(file, manifest, data, folder)
        except Vanished:
            manifest = msgspec.structs.replace(manifest, lost_files=lost_among(folder, manifest.contents.files))
        else:
            return manifest


def restore(
    settings: Settings,
    file: Path,
    *,
    force: bool = False,
    forgotten: Sequence[Forgotten] = (),
) -> Restored:
    """Put a backup in the place of an empty store (of any store with `force`), bring it to this release.

    Nothing is touched before the file is known to be whole; then it replaces everything in one transaction. Tables of
    another application are never touched. What was forgotten in the store that is replaced, what `forgotten` and the
    list of the settings say, is forgotten again. Every session is closed, and what the store that is replaced took away
    from keys and accounts stays taken away. Raises `BadInput` for a file that is no sound backup for this store or
    a database that is no store, `Failed` for a store that holds something.
    """
    path = settings.sqlite_path
    there = store_exists(settings)
    make_directory(settings)
    lists = [forgotten, forgotten_list.of_settings(settings)]
    engine = create_database_engine(settings.database_url, answer_within=LONG_SECONDS)
    aside: Path | None = None
    try:
        if there and path is not None and damage_of(engine) is not None:
            if not force:
                raise Failed("error.damaged-in-place", store=str(path))
            lists.append(_what_can_be_read(engine))
            engine.dispose()
            there, aside = False, path  # nothing else of it is believed
        if there and is_foreign(engine):
            raise BadInput("error.foreign-store", store=str(path or engine.url.database))
        if there:
            refuse_older(engine)
        if there and not force and _holds_something(engine):
            raise Failed("error.store-not-empty")
        carried = joined(*lists, _forgotten_in(engine) if there else ())
        known = revocations_in(engine) if there else None
        revoked = known or Revocations()
        reached = _clock_of(engine) if there else None
        with (
            room_beside(path or Path(tempfile.gettempdir()) / "ctg") as room,
            room_for_files(settings.evidence_folder) as of_files,
        ):
            manifest = unpack(file, room, of_files, "sqlite" if path is not None else "postgresql")
            data = room / manifest.data_name
            if path is not None:
                require_sound(file, data, manifest)
            put_in_place(of_files, Folder(settings.evidence_folder))  # before: no row is ever without its file
            if path is not None:
                engine.dispose()
                if aside is not None:
                    aside = set_aside(aside)
                carry_into_sqlite(data, carried, revoked)
                replace_sqlite(data, path)
            else:
                replace_postgres(engine, data, room, carried, revoked)
        _require_same(manifest, store_contents(engine))
    finally:
        engine.dispose()
    make_store(settings)
    with opened(settings) as house:
        remember(house.engine, **{RESTORED: uuid4().hex})  # whoever remembers something of the store reads it anew
        if reached is not None and reached > (_clock_of(house.engine) or ""):
            remember(house.engine, **{CLOCK_REACHED: reached})  # the instance had come so far, if not the backup
        again = house.forgetting.again(house.forgetting.listed(), house.clock.now())
        left = clear_traces(house.engine, house.vault)
        since = known.since(manifest.made_at, house.engine) if known is not None else None
    return Restored(manifest=manifest, forgotten_again=again, traces_left=left, revoked=since, aside=aside)


def _what_can_be_read(engine: Engine) -> list[Forgotten]:
    """What was forgotten in a damaged store, where that can still be read."""
    try:
        return _forgotten_in(engine)
    except (DatabaseUnavailable, SQLAlchemyError):
        return []


def require_sound(file: Path, data: Path, manifest: Manifest) -> None:
    """Raise `BadInput` for a database that is none, or is damaged, `Failed` for another one than the manifest tells."""
    try:
        damage = damage_of_file(data)
        contents, revision = sqlite_contents(data) if damage is None else (None, "")
    except sqlite.DatabaseError as error:
        raise BadInput("error.damaged-backup", file=str(file), detail=str(error)) from None
    except ValueError as error:  # it has no revision, or several
        raise BadInput("error.damaged-backup", file=str(file)) from error
    if contents is None or revision != manifest.revision:
        raise BadInput("error.damaged-backup", file=str(file), detail=damage or "")
    _require_same(manifest, contents)


def _clock_of(engine: Engine) -> str | None:
    """How far time had come in a store, where it can say."""
    with engine.connect() as connection:
        known = schema.instance.name in inspect(connection).get_table_names()
    return instance_facts(engine).get(CLOCK_REACHED) if known else None


def _forgotten_in(engine: Engine) -> list[Forgotten]:
    """What was forgotten in a store that is to be replaced; nothing where it has no such list, or cannot say."""
    with engine.connect() as connection:
        known = schema.forgotten.name in inspect(connection).get_table_names()
        return listed(connection) if known else []


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
    files = tuple(str(name) for (name,) in rows(_FILES_SQL))
    return Contents(tables=tables, last_position=last, log_sha256=digest.hexdigest(), files=files)


MAY_DIFFER: Final = (schema.forgotten, schema.sessions, schema.one_time_links, schema.leases, schema.workers)
"""Tables that a restoration leaves otherwise than the backup has them."""


def _require_same(manifest: Manifest, found: Contents) -> None:
    """The list of what was forgotten may be longer than in the backup, and no session, link or worker is left; nothing
    else differs."""
    told = manifest.contents
    differing = {table.name: found.tables[table.name] for table in MAY_DIFFER}
    if found != msgspec.structs.replace(told, tables={**told.tables, **differing}):
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


def _refuse_copy(file: Path, error: sqlite.DatabaseError) -> None:
    """Raise `BadInput` when it is the file that cannot be written. Copying says most of what it meets in words only."""
    said, code = str(error), getattr(error, "sqlite_errorcode", None)
    if "full" in said:
        raise cannot_write(file, OSError(errno.ENOSPC, "")) from None
    if "locked" in said:
        raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
    if code in _CANNOT_WRITE or (code is None and "I/O" in said):
        raise cannot_write(file, OSError(said)) from None


def _copy_sqlite(source: str, target: Path, file: Path) -> None:
    """Copy in one step: a reader of the write-ahead log sees one moment, and holds up no writer."""
    try:
        with (
            closing(sqlite.connect(source, timeout=LOCK_WAIT_SECONDS)) as origin,
            closing(sqlite.connect(target)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite.DatabaseError as error:
        _refuse_copy(file, error)
        if means_unavailable(error):
            raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
        raise


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
