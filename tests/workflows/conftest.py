"""What the tests of `workflows` share: a migrated database of each kind, its vault, and a moment to live in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from sqlalchemy import Engine

from workflows.database import create_database_engine
from workflows.people import Vault

PLAIN_TABLES: Final = {"test_accounts", "test_people", "test_delivery"}
"""What asks the same plain statements of both databases, many times: on PostgreSQL they are slow tests. What differs
from one database to the other (locks, order, what is left of what was removed) is asked of both at each change."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them before anything is chosen by its marks."""
    for item in items:
        if item.path.stem in PLAIN_TABLES and item.get_closest_marker("postgres") is not None:
            item.add_marker(pytest.mark.slow)


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
