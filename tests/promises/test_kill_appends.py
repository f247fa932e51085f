"""A few kills on each database; `python -m benchmarks.kills` makes the long run."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert

from tests.promises.kill_appends import Notes, compare, send, torment
from workflows import schema
from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.store import SqlAlchemyApplicationRecorder

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
    assert outcome.between_commit_and_answer >= 1
    assert outcome.replayed >= 1
    assert (outcome.lost, outcome.torn, outcome.doubled) == (0, 0, 0), outcome


def test_the_comparison_sees_what_is_lost_torn_or_doubled(tmp_path: Path) -> None:
    """Otherwise three zeros would say nothing."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    engine = create_database_engine(url)
    migrate(engine)
    notes = Notes(tmp_path / "writer")
    whole, doubled, torn, lost = (uuid4() for _ in range(4))
    for key in (whole, doubled):
        notes.write("sent", key, 2)
        send(SqlAlchemyApplicationRecorder(engine), notes, key, 2)
    assert compare(url, [notes], 0).acknowledged == 2
    assert (compare(url, [notes], 0).lost, compare(url, [notes], 0).torn, compare(url, [notes], 0).doubled) == (0, 0, 0)
    with engine.begin() as connection:
        for key, version in ((doubled, 1), (doubled, 2), (torn, 1)):
            connection.execute(
                insert(schema.events).values(
                    stream_id=uuid4(), version=version, topic="ctg.test.sent", state=f'"{key}"'
                )
            )
    notes.write("sent", torn, 2)
    notes.write("sent", lost, 1)
    notes.write("acknowledged", lost)
    outcome = compare(url, [notes], 0)
    assert (outcome.lost, outcome.torn, outcome.doubled) == (1, 1, 1)
    engine.dispose()
