"""Migrated stores for the tests, a copy for each: one is migrated for each worker, or in PostgreSQL for the run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workflows.database import create_database_engine
from workflows.migrating import migrate


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as `migrate` leaves it, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "ctg.db"
    made = create_database_engine(f"sqlite:///{path}")
    migrate(made)
    made.dispose()
    return path


@pytest.fixture
def migrated_sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a new SQLite store, already migrated."""
    return f"sqlite:///{shutil.copyfile(migrated_sqlite, tmp_path / 'migrated.db')}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The address of a new store of each kind, already migrated."""
    kind = "sqlite" if request.param == "sqlite" else "postgres"
    return str(request.getfixturevalue(f"migrated_{kind}_url"))
