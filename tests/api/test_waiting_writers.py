"""Many wait to write: whoever wants to read a page does not wait with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import make_url

from api.access import cookie_name
from domain import roles
from tests.api.listening import LONG, answer, answered, listening
from tests.api.routes import API
from tests.api.scene import Scene, login_of, told
from workflows.log.postgres import _APPEND_LOCK

WRITERS = 60
"""More than there are threads, turns and connections."""


@contextmanager
def being_written(url: str) -> Iterator[None]:
    """Another process writes, and does not end."""
    if url.startswith("sqlite"):
        with closing(sqlite.connect(str(make_url(url).database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(url) as server:
            server.execute("SELECT pg_advisory_xact_lock(%s)", (_APPEND_LOCK,))
            yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def patient_scene(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Scene]]:
    """A store whose writers wait for as long as the test needs."""
    for module in ("workflows.database", "workflows.log.lending", "api.taking_turns"):
        monkeypatch.setattr(f"{module}.LOCK_WAIT_SECONDS", int(LONG))
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'ctg.db'}" if is_sqlite else request.getfixturevalue("postgres_url")
    with told(url) as scene:
        yield url, scene


def test_a_page_is_read_while_sixty_wait_to_write(patient_scene: tuple[str, Scene]) -> None:
    url, scene = patient_scene
    account = scene.house.accounts.find(login_of(roles.PILOT))
    assert account is not None
    session = scene.house.sessions.open(account.account_id, scene.clock.now())
    reader = {"Cookie": f"{cookie_name(False)}={session.token}"}
    writer = {"Authorization": f"Bearer {scene.keys[roles.ADMINISTRATOR]}"}
    with listening(scene.app) as server:
        with being_written(url):
            waiting = [
                server.send(
                    "POST",
                    f"{API}/partners/{uuid4()}/register-partner",
                    {"kind": "ASSOCIATION", "name": f"Association {number}"},
                    **writer,
                    Idempotency_Key=f"k{number}",
                )
                for number in range(WRITERS)
            ]
            for _ in range(10):
                assert server.ask("GET", scene.page_of(scene.here), **reader)[0] == 200
                assert server.ask("GET", f"{API}/conventions/{scene.here.convention}", **writer)[0] in (200, 403)
            assert answered(waiting) == []
        assert {answer(one)[0] for one in waiting} == {200}
