"""Wherever an append is cut short: all of it is there or nothing of it, and asking again records it once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Engine, func, select, text

from domain.steering import SteeringMeetingHeld
from tests.properties.test_any_sequence_of_commands import BODY
from tests.workflows.together import ANYBODY, Process, circumstances, meeting, of, opened, stand_alike
from workflows.answers import REQUESTS, record_key
from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.people import Vault
from workflows.schema import events, idempotency, vault_keys

pytestmark = [pytest.mark.promises, pytest.mark.timeout(600)]

ROOT: Final = Path(__file__).parents[2]
MOST_STATEMENTS: Final = 60
"""More than an append has on SQLite, those of its triggers included."""


def die_at(url: str, key: str, point: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.promises.kill_points", url, key, str(point)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def ended(child: subprocess.Popen[str]) -> bool:
    """Wait for its death; whether it had come past the append."""
    said, _ = child.communicate(timeout=100)
    assert child.returncode == -signal.SIGKILL
    return said == "answered\n"


def whole_or_nothing(engine: Engine, key: str) -> bool:
    """Whether the command is recorded, with its key and the keys of its texts; then it is sent again."""
    process = Process(engine)
    stand_alike(process)
    held = [one for one in of(process, BODY) if isinstance(one, SteeringMeetingHeld) and one.meeting_id == key]
    recorded = bool(held)
    record = record_key(ANYBODY.actor_id, key, Vault(engine).own_key(REQUESTS))
    with engine.connect() as connection:
        kept = connection.execute(select(func.count()).where(idempotency.c.key == record)).scalar_one()
        sealed = connection.execute(select(vault_keys.c.subject_id)).scalars().all()
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert kept == recorded
    decided = [one for one in of(process, BODY) if one.envelope.causation_id in {one.envelope.event_id for one in held}]
    assert len(decided) == recorded
    assert {one.envelope.event_id for one in decided} <= set(sealed)
    answer = process.execute(meeting(key, "PRIORITY_CHOSEN"), circumstances(idempotency_key=key))
    assert answer.replayed == recorded
    again = [one for one in of(process, BODY) if isinstance(one, SteeringMeetingHeld) and one.meeting_id == key]
    assert len(again) == 1
    stand_alike(process)
    return recorded


def test_at_every_statement_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    engine = create_database_engine(url)
    migrate(engine)
    opened(engine)
    points, recorded = 0, []
    for point in range(MOST_STATEMENTS):
        key = f"k{point}"
        answered = ended(die_at(url, key, point))
        recorded.append(whole_or_nothing(engine, key))
        points += 1
        if answered:
            break
    assert points > 8, "a statement for each part of the append, at least"
    assert recorded == [False] * (points - 1) + [True]
    engine.dispose()


@pytest.mark.postgres
def test_before_after_and_in_the_middle_on_postgresql(migrated_postgres_url: str) -> None:
    engine = create_database_engine(migrated_postgres_url)
    opened(engine)
    for point, recorded in ((0, False), (1, True), (2, True)):
        key = f"k{point}"
        assert ended(die_at(migrated_postgres_url, key, point)) == (point == 2)
        assert whole_or_nothing(engine, key) == recorded
    # In the middle: its statement waits for somebody else's, and nobody is there any more when it ends.
    with engine.connect() as blocking:
        before = blocking.execute(select(func.count()).select_from(events)).scalar_one()
        blocking.rollback()
        child = die_at(migrated_postgres_url, "k998", 99)
        deadline = time.monotonic() + 60
        while blocking.execute(select(func.count()).select_from(events)).scalar_one() == before:
            blocking.rollback()
            assert time.monotonic() < deadline
            time.sleep(0.001)
        blocking.rollback()
    child.kill()  # somewhere in its append, or before it, or after it
    child.communicate(timeout=60)
    whole_or_nothing(engine, "k998")
    engine.dispose()


@pytest.mark.postgres
def test_a_backend_that_is_ended_in_the_middle_leaves_nothing(migrated_postgres_url: str) -> None:
    """The server ends the connection while the append waits for the head of its stream."""
    engine = create_database_engine(migrated_postgres_url)
    process = opened(engine)
    process.act(meeting("m997"))
    other = create_database_engine(migrated_postgres_url)
    failed: list[str] = []

    def act() -> None:
        try:
            process.execute(meeting("k999", "PRIORITY_CHOSEN"), circumstances(idempotency_key="k999"))
        except Exception as error:  # noqa: BLE001 - whatever it is told
            failed.append(type(error).__name__)

    with other.connect() as holding:
        holding.execute(text("SELECT 1 FROM streams WHERE stream_id = :body FOR UPDATE"), {"body": BODY})
        writing = threading.Thread(target=act)
        writing.start()
        waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        deadline = time.monotonic() + 60
        while (found := holding.execute(text(waiting)).scalar()) is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        holding.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": found})
        writing.join(timeout=60)
        holding.rollback()
    assert failed == ["DatabaseUnavailable"]
    assert not whole_or_nothing(engine, "k999")
    other.dispose()
    engine.dispose()
