"""A store of each kind, and where its bytes are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.cli.conftest import ctg, port
from tests.forgetting.canaries import files_in

__all__ = ["ctg", "place", "port"]


@dataclass
class Place:
    """A store, and the files that hold what it knows."""

    url: str
    folder: Path
    """Where the test keeps its own: a SQLite store, logs, lists."""
    files: Callable[[], list[Path]]
    """Every file of the store and of the test but backups; PostgreSQL has written all it knows in them."""
    transaction_log: Callable[[], list[Path]]
    """What PostgreSQL keeps of its transactions, of which nothing is promised."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty store; PostgreSQL's must be one that the tests started, for its files to be read."""
    if request.param == "sqlite":
        return Place(f"sqlite:///{tmp_path / 'ctg.db'}", tmp_path, lambda: own(tmp_path), list)
    url = make_url(request.getfixturevalue("postgres_url"))
    home = Path(str(url.query.get("host", "")))
    if not (home / "data" / "base").is_dir():
        pytest.skip("cannot apply: the files of a server given by CTG_TEST_POSTGRES are not ours to read")
    administrator = url.set(username="postgres", drivername="postgresql").render_as_string(hide_password=False)

    def files() -> list[Path]:
        with psycopg.connect(administrator, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
            assert row is not None
        return [*files_in(home / "data" / "base" / str(row[0])), home / "log", *own(tmp_path)]

    return Place(url.render_as_string(hide_password=False), tmp_path, files, lambda: files_in(home / "data" / "pg_wal"))


def own(folder: Path) -> list[Path]:
    """The files of the test, but backups: they keep what they had."""
    return files_in(folder, without=lambda file: file.name.endswith(".tar"))
