"""The story, told once for all the tests that look at it."""

from __future__ import annotations

import fcntl
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.telling import Outcome, Telling
from workflows.database import create_database_engine


@pytest.fixture(scope="session")
def telling(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Telling]:
    """The story, told once for all the workers of a run; each looks at a copy of its own."""
    base, folder = tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("demo")
    shared = (base if worker_id == "master" else base.parent) / "story"
    before = told_once(shared)
    shutil.copytree(shared, folder, dirs_exist_ok=True)
    engine = create_database_engine(f"sqlite:///{folder / 'demo.db'}")
    yield Telling(engine, folder / "files", before)
    engine.dispose()


def told_once(folder: Path) -> Outcome:
    """What came of telling it in a folder, by whichever process came first; the others wait for it."""
    folder.mkdir(exist_ok=True)
    kept = folder / "outcome"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            engine = create_database_engine(f"sqlite:///{folder / 'demo.db'}")
            outcome = Telling(engine, folder / "files").outcome
            engine.dispose()
            kept.write_bytes(pickle.dumps(outcome))
    found = pickle.loads(kept.read_bytes())  # noqa: S301 - written here, by this run
    assert isinstance(found, Outcome)
    return found


@pytest.fixture
def told_again(tmp_path: Path) -> Iterator[Telling]:
    """The same story, told in another store."""
    engine = create_database_engine(f"sqlite:///{tmp_path / 'again.db'}")
    yield Telling(engine, tmp_path / "files")
    engine.dispose()
