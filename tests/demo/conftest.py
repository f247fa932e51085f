"""The story, told once for all the tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.telling import Telling
from workflows.database import create_database_engine


@pytest.fixture(scope="session")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telling]:
    """The story, told once in a SQLite file."""
    folder = tmp_path_factory.mktemp("demo")
    engine = create_database_engine(f"sqlite:///{folder / 'demo.db'}")
    yield Telling(engine, folder / "files")
    engine.dispose()


@pytest.fixture
def told_again(tmp_path: Path) -> Iterator[Telling]:
    """The same story, told in another store."""
    engine = create_database_engine(f"sqlite:///{tmp_path / 'again.db'}")
    yield Telling(engine, tmp_path / "files")
    engine.dispose()
