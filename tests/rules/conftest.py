"""One territory on a fresh store, where a rule is tried through `execute` and read back from the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from projections import ALL
from projections.engine import Projections
from tests.projections.story import NOON, Story
from workflows.application import Steering
from workflows.database import create_database_engine, migrate


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A story on a migrated database, with nothing told yet."""
    engine = create_database_engine(f"sqlite:///{tmp_path / 'rules.db'}")
    migrate(engine)
    steering = Steering(engine)
    projections = Projections(engine, steering.read_events, lambda: NOON, ALL, steering.log.safe_position)
    projections.prepare()
    yield Story(engine, projections)
    engine.dispose()
