"""Killing those who decide: what was answered is there, once and whole, with its key and its prose."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select

from tests.promises.kill_appends import Notes
from tests.promises.kill_execute import BODIES, PILOT_OF_ALL, Outcome, compare, send, settle, torment
from workflows import schema
from workflows.answers import REQUESTS, record_key
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.people import Vault

pytestmark = [pytest.mark.promises, pytest.mark.timeout(600)]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'ctg.db'}"
    engine = create_database_engine(url)
    migrate(engine)
    engine.dispose()
    return url


def broken(outcome: Outcome) -> tuple[int, ...]:
    return outcome.lost, outcome.torn, outcome.doubled, outcome.without_record, outcome.unreadable


@pytest.mark.parametrize("kind", ["sqlite_url", pytest.param("migrated_postgres_url", marks=pytest.mark.postgres)])
def test_killing_who_decides_loses_tears_and_doubles_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    outcome = torment(str(request.getfixturevalue(kind)), tmp_path, kills=8, acknowledged=80)
    assert outcome.kills >= 8
    assert outcome.acknowledged >= 80
    assert outcome.between_commit_and_answer >= 1
    assert outcome.replayed >= 1
    assert outcome.decided_again >= 1, outcome
    assert broken(outcome) == (0, 0, 0, 0, 0), outcome


def test_the_comparison_sees_what_is_broken(sqlite_url: str, tmp_path: Path) -> None:
    """Otherwise five zeros would say nothing."""
    settle(sqlite_url)
    engine = create_database_engine(sqlite_url)
    notes = Notes(tmp_path / "decider")
    keys = [uuid4() for _ in range(4)]
    for key in keys:
        notes.write("sent", key, 3)
        send(Steering(engine), notes, key)
    assert broken(compare(sqlite_url, [notes], 0)) == (0, 0, 0, 0, 0)
    _whole, doubled, torn, unkeyed = keys
    events, secret = schema.events, Vault(engine).own_key(REQUESTS)
    with engine.begin() as connection:
        rows = connection.execute(select(events).order_by(events.c.position)).mappings().all()
        copied = [row for row in rows if str(doubled) in row["state"]] + [
            row for row in rows if str(torn) in row["state"]
        ][:1]
        for version, row in enumerate(copied, 10_000):
            copy = {"stream_id": BODIES[0], "version": version, "topic": row["topic"], "state": row["state"]}
            connection.execute(insert(events).values(copy))
        record = record_key(PILOT_OF_ALL.actor_id, unkeyed.hex, secret)
        connection.execute(delete(schema.idempotency).where(schema.idempotency.c.key == record))
        connection.execute(delete(schema.vault_keys).where(schema.vault_keys.c.subject_id != REQUESTS))
    notes.write("sent", lost := uuid4(), 3)
    notes.write("acknowledged", lost)
    outcome = compare(sqlite_url, [notes], 0)
    assert broken(outcome) == (1, 1, 2, 1, len(keys))  # an event too many is torn, and doubled too
    engine.dispose()
