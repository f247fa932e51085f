"""What a database keeps for a while of what it destroyed is cleared, or told where somebody still looks at it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.clearing import cleared
from tests.workflows.test_forgetting import TODAY, forgetting, known
from workflows.accounts import Accounts
from workflows.database import create_database_engine
from workflows.file_folder import Folder
from workflows.files import Files
from workflows.forgetting import Forgetting, clear_traces, traces
from workflows.people import Vault

__all__ = ["forgetting"]


def test_traces_are_cleared_or_told(engine: Engine, vault: Vault, forgetting: Forgetting, now: datetime) -> None:
    """Whoever still looks at the moment before keeps what was forgotten in the files: it is said, and done later."""
    person_id = known(engine, vault, now)
    with engine.connect() as reader:
        if engine.dialect.name == "postgresql":
            reader = reader.execution_options(isolation_level="REPEATABLE READ")
        reader.execute(text("SELECT count(*) FROM instance")).scalar()
        forgetting.person(person_id, "REQUEST", TODAY, now)
        if engine.dialect.name == "sqlite":
            with engine.connect() as impatient:
                impatient.exec_driver_sql("PRAGMA busy_timeout = 50")
        left = clear_traces(engine, vault)
        assert left == ("wal",) if engine.dialect.name == "sqlite" else {"vault_keys", "people"} <= set(left)
    assert cleared(engine, vault) == ()


def test_a_passing_look_of_postgresql_leaves_no_work_to_the_operator(
    migrated_postgres_url: str, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_database_engine(migrated_postgres_url)
    vault = Vault(engine)
    forgetting = Forgetting(engine, vault, Accounts(engine), Files(engine, vault, Folder(tmp_path), 1))
    for _ in range(20):  # autovacuum may have a longer look of its own
        person_id = vault.register_person("Zoé Lacoste", "zoe@gers.example")
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as reader:
            reader.execute(text("SELECT count(*) FROM instance")).scalar()
            monkeypatch.setattr(traces, "sleep", lambda _, its=reader: its.rollback())
            forgetting.person(person_id, "REQUEST", TODAY, now)
            if not (left := clear_traces(engine, vault)):
                break
    engine.dispose()
    assert left == ()
