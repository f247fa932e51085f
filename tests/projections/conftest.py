"""A store, its one way in, and a short way to tell a convention's story in commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.projections.story import Story
from workflows.database import create_database_engine


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """A new migrated database of each kind."""
    made = create_database_engine(migrated_url)
    yield made
    made.dispose()


@pytest.fixture
def lite(migrated_sqlite_url: str) -> Iterator[Engine]:
    """A new migrated SQLite database, where what is tested is the question and not the database."""
    made = create_database_engine(migrated_sqlite_url)
    yield made
    made.dispose()


@pytest.fixture
def story(lite: Engine) -> Story:
    """A territory with its partners and committee."""
    return Story(lite)
