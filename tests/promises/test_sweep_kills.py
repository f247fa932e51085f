"""Workers that sweep together and are killed at random say everything once, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.promises.kill_sweeps import CONVENTIONS, days_of, letters, said, settle, torment
from workflows.database import create_database_engine
from workflows.migrating import migrate

KILLS = 10

pytestmark = [pytest.mark.promises, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_killed_sweepers_say_everything_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if kind == "postgresql":
        url = str(request.getfixturevalue("migrated_postgres_url"))
    else:
        url = f"sqlite:///{tmp_path / 'ctg.db'}"
    with opened(f"sqlite:///{tmp_path / 'calm.db'}") as engine:
        calm, conventions = settle(engine)
        days = days_of(calm)
        expected = said(calm, conventions)
    # Three reminders, the missed day and two escalations each, then three who are asked for news.
    assert len(expected) == 9 * CONVENTIONS
    assert set(expected.values()) == {1}

    with opened(url) as engine:
        life, conventions = settle(engine)
        assert len(days) >= KILLS
        interrupted = torment(url, tmp_path, days, KILLS)
        assert said(life, conventions) == expected
        assert letters(engine) == 8 * CONVENTIONS
    assert interrupted >= 1


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """A migrated store."""
    engine = create_database_engine(url)
    try:
        migrate(engine)
        yield engine
    finally:
        engine.dispose()
