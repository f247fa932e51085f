"""The bare driver: one row of the log for each fact, under a unique stream and version; nothing is read or decided."""

import json
import sys
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pysqlite3.dbapi2 as sqlite

from benchmarks.peers.asked import answer, telling
from benchmarks.peers.facts import Fact, conventions

TABLE = """
CREATE TABLE events (
    position {position}, stream_id {id} NOT NULL, version INTEGER NOT NULL, topic TEXT NOT NULL, state TEXT NOT NULL,
    UNIQUE (stream_id, version)
)"""
INSERT = "INSERT INTO events (stream_id, version, topic, state) VALUES (?, ?, ?, ?)"

Write = Callable[[str, int, str, str], object]


def on_sqlite(path: str) -> Write:
    """Autocommit, WAL, an fsync for each commit."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE.format(position="INTEGER PRIMARY KEY AUTOINCREMENT", id="TEXT"))
    return lambda *row: connection.execute(INSERT, row)


def on_postgres(url: str) -> Write:
    """Autocommit, a prepared statement, one round trip for each commit."""
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
    insert = INSERT.replace("?", "%s").encode()
    table = TABLE.format(position="BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", id="UUID")
    with connection.transaction():  # several writers come at once
        connection.execute("SELECT pg_advisory_xact_lock(1)")
        connection.execute(table.replace("TABLE", "TABLE IF NOT EXISTS", 1).encode())
    return lambda *row: connection.execute(insert, row)


def main() -> None:
    """Answer on the database named by the first argument."""
    scheme, _, path = sys.argv[1].partition(":///")
    write = on_sqlite(path) if scheme == "sqlite" else on_postgres(sys.argv[1])

    def tell(facts: list[Fact]) -> int:
        stream = uuid4().hex
        for version, (kind, known) in enumerate(facts, 1):
            write(stream, version, f"ctg.convention.{kind}", json.dumps(known))
        return len(facts)

    answer(telling(conventions, tell))


if __name__ == "__main__":
    main()
