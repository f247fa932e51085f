"""One file that holds a whole store, made while others write, and put back only when it is sound.

The file is a tar: `manifest.json` first, then the database (a SQLite file, or what `pg_dump` makes). The manifest says
what must be found again: rows by table, last position, and the sha256 of the log. The vault is in it: a backup is as
secret as the store, and only its owner may read it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, inspect, text

from ctg_engine import postgres_programs
from ctg_engine.bootstrap import opened
from ctg_engine.clock import SystemClock
from ctg_engine.settings import Settings
from ctg_engine.speaking import BadInput, Failed
from domain.values import Clock
from workflows import schema
from workflows.database import (
    LOCK_WAIT_SECONDS,
    create_database_engine,
    is_known_revision,
    migrate,
    require_migrated,
)
from workflows.instants import to_text

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
_DAMAGED: Final = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    KeyError,
    UnicodeError,
    msgspec.DecodeError,
    msgspec.ValidationError,
)
_LOG_SQL: Final = "SELECT position, stream_id, version, topic, state FROM events ORDER BY position"

Kind = Literal["sqlite", "postgresql"]


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a store holds: rows by table, the last position of the log (0 when empty), and the sha256 of its rows."""

    tables: dict[str, int]
    last_position: int
    log_sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself."""

    format: int
    release: str
    kind: Kind
    revision: str
    made_at: str
    contents: Contents
    data_name: str
    data_bytes: int
    data_sha256: str


def back_up(settings: Settings, file: Path, *, force: bool = False, clock: Clock | None = None) -> Manifest:
    """Write a backup of the store as it is at one moment, while others go on writing.

    The file appears whole or not at all. Raises `BadInput` for a file that is already there.
    """
    if file.exists() and not force:
        raise BadInput("error.file-exists", file=str(file))
    engine = create_database_engine(settings.database_url)
    try:
        require_migrated(engine)
        with _room_beside(file) as room:
            if engine.dialect.name == "sqlite":
                data = room / "store.db"
                contents, revision = _copy_sqlite(str(engine.url.database), data)
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
                data_sha256=_sha256_of(data),
            )
            whole = room / "whole"
            _pack(whole, manifest, data)
            whole.replace(file)
    finally:
        engine.dispose()
    return manifest


def restore(settings: Settings, file: Path, *, force: bool = False) -> Manifest:
    """Put a backup in the place of an empty store (of any store with `force`), and build the read models anew.

    Nothing is touched before the file is known to be whole; then it replaces everything in one transaction.
    Raises `BadInput` for a file that is no sound backup for this store, `Failed` for a store that holds something.
    """
    path = settings.sqlite_path
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_database_engine(settings.database_url)
    try:
        if not force and (path is None or path.exists()) and _holds_something(engine):
            raise Failed("error.store-not-empty")
        with _room_beside(path or Path(tempfile.gettempdir()) / "ctg") as room:
            manifest = _unpack(file, room, "sqlite" if path is not None else "postgresql")
            data = room / manifest.data_name
            if path is not None:
                _require_same(manifest, sqlite_contents(data)[0])
                engine.dispose()
                _replace_sqlite(data, path)
            else:
                _replace_postgres(engine, data, room)
        _require_same(manifest, store_contents(engine))
        migrate(engine)
    finally:
        engine.dispose()
    with opened(settings) as house:
        for status in house.projections.status():
            house.projections.rebuild(status.name)
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
    existing = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return any(
            connection.execute(text(f"SELECT 1 FROM {table.name} LIMIT 1")).first() is not None
            for table in (schema.events, schema.accounts, schema.people)
            if table.name in existing
        )


# --- the archive ----------------------------------------------------------------------------------------------------


@contextmanager
def _room_beside(file: Path) -> Iterator[Path]:
    """A directory of the owner's alone, on the same disk. Raises `BadInput` where nothing can be written."""
    try:
        room = tempfile.TemporaryDirectory(prefix=".ctg-", dir=file.parent)
    except OSError as error:
        raise BadInput("error.cannot-write", file=str(file), reason=error.strerror or "") from None
    with room as name:
        yield Path(name)


def _pack(whole: Path, manifest: Manifest, data: Path) -> None:
    head = data.with_name(MANIFEST)
    head.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    descriptor = os.open(whole, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            archive.add(head, MANIFEST, filter=_nobody)
            archive.add(data, data.name, filter=_nobody)
        file.flush()
        os.fsync(file.fileno())


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of who made the backup, on which machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _unpack(file: Path, room: Path, wanted: Kind) -> Manifest:
    """The database of a backup, in `room`. Raises `BadInput` unless it is whole and for this store."""
    try:
        content = file.open("rb")
    except OSError as error:
        raise BadInput("error.cannot-read", file=str(file), reason=error.strerror or "") from None
    try:
        with content, tarfile.open(fileobj=content, mode="r:gz") as archive:
            head = archive.extractfile(MANIFEST)
            told = msgspec.json.decode(head.read() if head else b"", type=dict[str, Any])
            _refuse_foreign(file, told, wanted)
            manifest = msgspec.convert(told, Manifest)
            data = archive.extractfile(manifest.data_name)
            target = room / Path(manifest.data_name).name
            with target.open("wb") as out:
                while data is not None and (chunk := data.read(_CHUNK)):
                    out.write(chunk)
    except _DAMAGED:
        raise BadInput("error.damaged-backup", file=str(file)) from None
    if target.stat().st_size != manifest.data_bytes or _sha256_of(target) != manifest.data_sha256:
        raise BadInput("error.damaged-backup", file=str(file))
    return manifest


def _refuse_foreign(file: Path, told: dict[str, Any], wanted: Kind) -> None:
    """A sound backup may still be for another release or another kind of database."""
    if told["format"] != FORMAT or not is_known_revision(str(told["revision"])):
        raise BadInput("error.newer-backup", file=str(file), release=str(told["release"]))
    if told["kind"] != wanted:
        raise BadInput("error.other-kind-of-backup", file=str(file), kind=str(told["kind"]), wanted=wanted)


def _sha256_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


# --- SQLite ---------------------------------------------------------------------------------------------------------


def _copy_sqlite(source: str, target: Path) -> tuple[Contents, str]:
    """Copy in one step: a reader of the write-ahead log sees one moment, and holds up no writer."""
    with closing(sqlite.connect(source, timeout=LOCK_WAIT_SECONDS)) as origin, closing(sqlite.connect(target)) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
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
        raise Failed("error.cannot-replace-store", detail=str(error)) from None


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
    """Drop what is there and put the backup in its place, in one transaction."""
    script = room / "restore.sql"
    postgres_programs.run(
        engine.url, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(data), connect=False
    )
    before = room / "before.sql"
    names = [engine.dialect.identifier_preparer.quote(name) for name in inspect(engine).get_table_names()]
    drops = [f"DROP TABLE IF EXISTS {name} CASCADE;" for name in names]
    drops.append("DROP FUNCTION IF EXISTS events_refuse_change() CASCADE;")
    before.write_text("\n".join(drops) + "\n", encoding="utf-8")
    after = room / "after.sql"
    # A dump without privileges forgets that even the owner may not change an event.
    after.write_text("REVOKE UPDATE, DELETE, TRUNCATE ON public.events FROM PUBLIC, CURRENT_USER;\n", encoding="utf-8")
    files = [f"--file={one}" for one in (before, script, after)]
    postgres_programs.run(
        engine.url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files,
        "--no-password",
    )  # fmt: skip
