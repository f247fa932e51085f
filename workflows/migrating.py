"""The tables of the database, brought to this release once; those of other releases are told apart.

Nobody but `migrate` makes or changes a table: who serves or works on tables that are not this release's stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2 as sqlite
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from workflows.database import LONG_SECONDS, DatabaseUnavailable, means_unavailable, waiting, write_ahead

_MIGRATION_WAIT_SECONDS: Final = 120
_MIGRATION_LOCK: Final = 0x4354475F4D494752  # "CTG_MIGR"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BEFORE: Final = frozenset({"0001"})
"""Revisions of before the first release."""


class NotMigrated(Exception):
    """The tables are missing or older than the code."""


class NewerStore(Exception):
    """The tables were migrated by a newer release than this one, to a `revision` that this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database was migrated by a newer release (revision {revision}): "
            "install that release, or restore a backup made before it"
        )
        self.revision = revision


class OlderStore(Exception):
    """The tables were made before the first release, at a `revision` that no migration leads on from."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database was made before the first release (revision {revision}), which cannot take it over: "
            "start anew, as `ctg demo --fresh` does for a demonstration"
        )
        self.revision = revision


def migrate(engine: Engine) -> None:
    """Bring the tables to this release, in one transaction, under a lock: any number of processes may call it at once.

    Raises NewerStore or OlderStore for tables that it does not know, DatabaseUnavailable when the lock is held for two
    minutes.
    """
    with migrating(engine) as connection:
        if _refuse_unknown(connection) == _revisions().get_current_head():
            return
        config = _alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_migrated(engine: Engine) -> bool:
    """Whether the tables are those of this release. Raises NewerStore or OlderStore when it does not know them."""
    with engine.connect() as connection:
        return _refuse_unknown(connection) == _revisions().get_current_head()


def refuse_older(engine: Engine) -> None:
    """Raise OlderStore for a store of before the first release, for who would otherwise replace it unseen."""
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision in _BEFORE:
        raise OlderStore(str(revision))


def require_migrated(engine: Engine) -> None:
    """Raise NotMigrated, saying what to do, unless the tables are those of this release."""
    if not is_migrated(engine):
        raise NotMigrated(
            "the database has not been migrated to this release: run `ctg migrate` once, then start again"
        )


def is_known_revision(revision: str) -> bool:
    """Whether this release can bring tables of this revision up to date."""
    return revision in _known_revisions()


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the lock of the migration, having waited for the other processes that migrate."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            lent: Any = connection.connection.driver_connection
            lent.answer_within = LONG_SECONDS
            connection.detach()  # so that nobody else gets it from the pool
            with connection.begin():
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_MIGRATION_WAIT_SECONDS}s'")
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
                yield connection
            return
        with connection.begin():
            _refuse_unknown(connection)  # before anything of the file is changed
        with waiting(connection, _MIGRATION_WAIT_SECONDS) as driver:
            try:
                write_ahead(driver)
            except sqlite.Error as error:
                if not means_unavailable(error):
                    raise
                raise DatabaseUnavailable(f"the database is locked or lost: {error}") from error
            with connection.execution_options(writing=True).begin():
                yield connection


def _refuse_unknown(connection: Connection) -> str | None:
    """The revision the tables are at (None: no tables). Raises NewerStore or OlderStore for one it does not know."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision in _BEFORE:
        raise OlderStore(str(revision))
    if revision is not None and revision not in _known_revisions():
        raise NewerStore(revision)
    return revision


def _known_revisions() -> frozenset[str]:
    return frozenset(script.revision for script in _revisions().walk_revisions())


@cache
def _revisions() -> ScriptDirectory:
    """Those that come with this release, which stay what they are while a process runs."""
    return ScriptDirectory.from_config(_alembic_config())


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
