"""One territory on a fresh store, where a rule is tried through `execute` and read back from the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.projections.story import Story
from workflows.database import create_database_engine


@pytest.fixture
def story(migrated_sqlite_url: str) -> Iterator[Story]:
    """A story on a migrated database, with nothing told yet."""
    engine = create_database_engine(migrated_sqlite_url)
    yield Story(engine)
    engine.dispose()
