"""One territory on a fresh store, where a rule is tried through `execute` and read back from the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projections.story import Story
from workflows.database import create_database_engine
from workflows.migrating import migrate


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A story on a migrated database, with nothing told yet."""
    engine = create_database_engine(f"sqlite:///{tmp_path / 'rules.db'}")
    migrate(engine)
    yield Story(engine)
    engine.dispose()
