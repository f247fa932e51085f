"""Putting the database of a backup in the place of a store, in one transaction, with the list of what was forgotten."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine

from ctg_engine import postgres_programs
from ctg_engine.faults import Failed, cannot_write
from ctg_engine.ownership import tables_of_ours
from ctg_engine.places import BESIDE, remove_store
from ctg_engine.revocations import Revocations
from workflows import schema
from workflows.database import LOCK_WAIT_SECONDS, create_database_engine
from workflows.forgetting import Forgotten, add


def carry_into_sqlite(data: Path, carried: Sequence[Forgotten], revoked: Revocations) -> None:
    """Put what is forgotten and what is revoked into a backup before it takes its place: nothing can come between."""
    engine = create_database_engine(f"sqlite:///{data}")
    try:
        with engine.begin() as connection:
            add(connection, carried)
            revoked.carry(connection)
    finally:
        engine.dispose()


def set_aside(store: Path) -> Path:
    """Give a damaged store another name, with the files that belong to it: what is left of it is kept. Its new name.

    Raises `BadInput` where the system refuses.
    """
    number = next(one for one in count(1) if not store.with_name(f"{store.name}.damaged-{one}").exists())
    aside = store.with_name(f"{store.name}.damaged-{number}")
    try:
        for suffix in BESIDE:
            own = store.with_name(store.name + suffix)
            if own.exists():
                own.replace(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise cannot_write(aside, error) from None
    return aside


def replace_sqlite(data: Path, target: Path) -> None:
    """Put every page in place in one transaction of the target, which other processes may have open.

    Raises `Failed`; then what was there is there, and nothing where there was nothing.
    """
    is_new = not target.exists()
    try:
        target.touch(mode=0o600)
    except OSError as error:
        raise cannot_write(target, error) from None
    try:
        with (
            closing(sqlite.connect(data)) as origin,
            closing(sqlite.connect(target, timeout=LOCK_WAIT_SECONDS)) as place,
        ):
            origin.backup(place)
    except sqlite.DatabaseError as error:
        if is_new:
            remove_store(target)
        if "full" in str(error):  # copying says it in words only
            raise cannot_write(target, OSError(errno.ENOSPC, "")) from None
        raise Failed("error.cannot-replace-store", path=str(target), detail=str(error)) from None


def replace_postgres(
    engine: Engine, data: Path, room: Path, carried: Sequence[Forgotten], revoked: Revocations
) -> None:
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
    done = ["REVOKE UPDATE, DELETE, TRUNCATE ON public.events FROM PUBLIC, CURRENT_USER;", *map(_carried_row, carried)]
    # pg_restore leaves no schema to look names up in.
    done += ["SET LOCAL search_path TO public;", *revoked.script()]
    after.write_text("\n".join(done) + "\n", encoding="utf-8")
    after.chmod(0o600)  # hashes of passwords
    files = [f"--file={one}" for one in (before, script, after)]
    postgres_programs.run(
        engine.url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files,
        "--no-password",
    )  # fmt: skip


def _carried_row(one: Forgotten) -> str:
    """The statement that adds to the list of what is forgotten; it is made of ids, codes, days and digits only."""
    values = f"'{one.subject_id}', '{one.part}', '{one.kind}', '{one.reason}', '{one.day}', '{one.fingerprint}'"
    columns = ", ".join(column.name for column in schema.forgotten.columns)
    return f"INSERT INTO public.{schema.forgotten.name} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING;"
