"""What the tests of `workflows` share: a migrated database of each kind, its vault, and a moment to live in."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.people import Vault


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `migrate` leaves it; copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "ctg.db"
    made = create_database_engine(f"sqlite:///{path}")
    migrate(made)
    made.dispose()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A new migrated database."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "ctg.db")
        made = create_database_engine(f"sqlite:///{path}")
    else:
        made = create_database_engine(request.getfixturevalue("migrated_postgres_url"))
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
