"""Databases to measure on: migrated, private to the run, as durable as in production."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Server, prepare_server
from workflows.database import create_database_engine
from workflows.migrating import migrate


@contextmanager
def measured_directory() -> Iterator[Path]:
    """A directory that disappears afterwards, on the disk of the temporary files."""
    with tempfile.TemporaryDirectory(prefix="ctg-bench-") as directory:
        yield Path(directory)


def new_sqlite(directory: Path, name: str = "store") -> str:
    """The address of a new migrated SQLite database."""
    url = f"sqlite:///{directory / name}.db"
    engine = create_database_engine(url)
    migrate(engine)
    engine.dispose()
    return url


def postgres_server(directory: Path) -> Server:
    """A PostgreSQL server of this run. Raises SystemExit, saying why, where there can be none."""
    server = prepare_server(directory)
    if server is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql, or set CTG_TEST_POSTGRES")
    return server
