"""A store, its one way in, and a short way to tell a convention's story in commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.projections.story import Story
from workflows.database import create_database_engine
from workflows.migrating import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A new migrated database of each kind."""
    if request.param == "sqlite":
        made = create_database_engine(f"sqlite:///{tmp_path / 'ctg.db'}")
        migrate(made)
    else:
        made = create_database_engine(request.getfixturevalue("migrated_postgres_url"))
    yield made
    made.dispose()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Engine]:
    """A new migrated SQLite database, where what is tested is the question and not the database."""
    made = create_database_engine(f"sqlite:///{tmp_path / 'lite.db'}")
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def story(lite: Engine) -> Story:
    """A territory with its partners and committee."""
    return Story(lite)
