"""What the tests of `workflows` share: a migrated database of each kind, its vault, and a moment to live in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from workflows.database import create_database_engine
from workflows.people import Vault


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """A new migrated database of each kind."""
    made = create_database_engine(migrated_url)
    yield made
    made.dispose()


@pytest.fixture
def vault(engine: Engine) -> Vault:
    """The vault of that database."""
    return Vault(engine)


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
