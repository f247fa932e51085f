"""A few kills on each database; `python -m benchmarks.kills` makes the long run."""

from pathlib import Path

import pytest

from tests.promises.kill_appends import torment
from workflows.database import create_database_engine, migrate

pytestmark = [pytest.mark.promises, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_killing_writers_loses_tears_and_doubles_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "postgresql":
        url = str(request.getfixturevalue("migrated_postgres_url"))
    else:
        url = f"sqlite:///{tmp_path / 'store.db'}"
        engine = create_database_engine(url)
        migrate(engine)
        engine.dispose()
    outcome = torment(url, tmp_path, kills=6, acknowledged=300)
    assert outcome.kills >= 6
    assert outcome.acknowledged >= 300
    assert (outcome.lost, outcome.torn, outcome.doubled) == (0, 0, 0), outcome
