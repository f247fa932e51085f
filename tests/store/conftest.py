"""Migrated databases of both kinds, one for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from workflows.database import create_database_engine


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a new SQLite database, not migrated."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database that nobody has migrated."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """A new database that nobody has migrated."""
    engine = create_database_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """A new migrated database of each kind."""
    engine = create_database_engine(migrated_url)
    yield engine
    engine.dispose()
