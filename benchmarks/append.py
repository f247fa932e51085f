"""Appending one event with its idempotency record: our recorder, against the bare driver and the library's recorders.

`python -m benchmarks.append`. Every way writes one event per transaction with the same durability, in turns within one
run, each in a database of its own; figures are medians of the rounds. Raw is the bare driver writing an event and its
record in the fewest round trips there are; `same rows` is the bare driver writing all that ours writes: besides, the
index columns of the event and the head of its stream. The library's recorders write the record too, in the transaction
of the event, in the place they keep for it; without the record they write the event only, less than the others do.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pysqlite3.dbapi2 as sqlite
from eventsourcing.persistence import ApplicationRecorder, StoredEvent  # noqa: TID251
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore  # noqa: TID251
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore  # noqa: TID251
from sqlalchemy import make_url

from benchmarks.databases import measured_directory, new_sqlite, postgres_server
from tests.postgres import Server
from workflows import schema
from workflows.database import create_database_engine
from workflows.log import AppendedRow
from workflows.store import SqlAlchemyApplicationRecorder

Append = Callable[[], object]

TOPIC = "ctg.convention.priority-chosen"
STATE = (
    b'{"actor":"0b1c3d1e-5a6f-4b60-8f0e-2f4b8d6f1a10","role":"LOCAL_PILOT","reason":"choix du comite du 12 mars",'
    b'"occurred_on":"2026-03-12","recorded_at":"2026-03-13T09:12:44.120034+00:00","correlation":"9f0f7c0e-9d4e-4d1c-'
    b'8f6a-6d3c3c1f7a11","theme":"PARENTING","findings":["7b0e","91aa"],"decision":"d-12","evidence":[{"name":"releve.'
    b'pdf","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}'
)
ANSWER = '{"position":1,"version":2}'
DAY = date(2026, 3, 13)


OF_A_STREAM = 26
"""Events of each stream, one after the other."""


def events() -> Iterator[AppendedRow]:
    """Events of conventions, each with where it belongs."""
    state = STATE.decode()
    territory = uuid4()
    while True:
        stream = uuid4()
        for version in range(1, OF_A_STREAM + 1):
            yield AppendedRow(stream, version, TOPIC, state, stream, territory, None, DAY, territory, event_id=uuid4())


def ours(url: str) -> Append:
    """Our log, as a command appends to it."""
    log = SqlAlchemyApplicationRecorder(create_database_engine(url)).log
    columns = schema.idempotency.c.keys()
    told = events()

    def append() -> None:
        values = dict(zip(columns, record(), strict=True)) | {"day": DAY}
        log.append([next(told)], [(schema.idempotency, values)])

    return append


INSERT_RECORD = "INSERT INTO idempotency (key, request_hash, answer, day) VALUES (%s, %s, %s, %s)"


def record() -> tuple[object, ...]:
    """An idempotency record, as bound values."""
    return (uuid4().bytes, bytes(64), ANSWER, DAY.isoformat())


class SqliteWithRecord(SQLiteApplicationRecorder):
    """The library's recorder, writing the record in its transaction."""

    def _insert_events(self, c: Any, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        c.execute(INSERT_RECORD.replace("%s", "?"), record())
        return super()._insert_events(c, stored_events, **kwargs)


class PostgresWithRecord(PostgresApplicationRecorder):
    """The library's recorder, writing the record in its transaction."""

    def _insert_events(self, curs: Any, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        curs.execute(INSERT_RECORD, record(), prepare=True)
        super()._insert_events(curs, stored_events, **kwargs)


def library(recorder: ApplicationRecorder) -> Append:
    """A recorder of the library."""
    return lambda: recorder.insert_events([StoredEvent(uuid4(), 1, TOPIC, STATE)])


def raw_sqlite(url: str) -> Append:
    """The same two rows by the bare driver, prepared statements kept by it."""
    connection = sqlite.connect(make_url(url).database, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    state = STATE.decode()

    def append() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT_RECORD.replace("%s", "?"), record())
        connection.execute(
            "INSERT INTO events (stream_id, version, topic, state) VALUES (?, ?, ?, ?)", (uuid4().hex, 1, TOPIC, state)
        )
        connection.execute("COMMIT")

    return append


def raw_postgres(url: str) -> Append:
    """The same two rows by the bare driver, in one statement that is its own transaction."""
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
    state = STATE.decode()

    def append() -> None:
        connection.execute(
            f"WITH beside AS ({INSERT_RECORD}) "
            "INSERT INTO events (stream_id, version, topic, state) VALUES (%s, %s, %s, %s) RETURNING position",
            (*record(), uuid4(), 1, TOPIC, state),
        ).fetchone()

    return append


_PLACES = "convention_id, territory_id, framework_id"
SAME_EVENT = (
    f"INSERT INTO events (stream_id, version, topic, state, {_PLACES}, occurred_on, actor_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
NEW_HEAD = (
    f"INSERT INTO streams (stream_id, kind, version, last_event_id, {_PLACES}, fold_from, touched)"
    " VALUES (%s, 'convention', 1, %s, %s, %s, %s, 0, 3)"
)
MOVED_HEAD = "UPDATE streams SET version = %s, last_event_id = %s WHERE stream_id = %s AND version = %s"


def same_rows_sqlite(url: str) -> Append:
    """All the rows of ours by the bare driver."""
    connection = sqlite.connect(make_url(url).database, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    told = events()

    def append() -> None:
        row = next(told)
        stored = [one.hex if isinstance(one, UUID) else one for one in row]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT_RECORD.replace("%s", "?"), record())
        if row.version == 1:
            connection.execute(NEW_HEAD.replace("%s", "?"), (stored[0], stored[-1], *stored[4:7]))
        else:
            connection.execute(MOVED_HEAD.replace("%s", "?"), (row.version, stored[-1], stored[0], row.version - 1))
        connection.execute(SAME_EVENT.replace("%s", "?"), (*stored[:7], DAY.isoformat(), stored[8]))
        connection.execute("COMMIT")

    return append


def same_rows_postgres(url: str) -> Append:
    """All the rows of ours by the bare driver, in one statement that is its own transaction."""
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
    told = events()
    statements = {
        head: f"WITH beside AS ({INSERT_RECORD}), head AS ({head}) {SAME_EVENT} RETURNING position"
        for head in (NEW_HEAD, MOVED_HEAD)
    }

    def append() -> None:
        row = next(told)
        if row.version == 1:
            connection.execute(statements[NEW_HEAD], (*record(), row[0], row.event_id, *row[4:7], *row[:9])).fetchone()
        else:
            moved = (row.version, row.event_id, row.stream_id, row.version - 1)
            connection.execute(statements[MOVED_HEAD], (*record(), *moved, *row[:9])).fetchone()

    return append


def library_sqlite(url: str, kind: type[SQLiteApplicationRecorder]) -> ApplicationRecorder:
    """The library's recorder for SQLite, as it comes: WAL, synchronous FULL."""
    recorder = kind(SQLiteDatastore(str(make_url(url).database)))
    recorder.create_table()
    return recorder


def library_postgres(url: str, kind: type[PostgresApplicationRecorder], *, create: bool = True) -> ApplicationRecorder:
    """The library's recorder for PostgreSQL, as it comes."""
    parsed = make_url(url)
    datastore = PostgresDatastore(
        dbname=str(parsed.database),
        host=str(parsed.query.get("host", parsed.host)),
        port=str(parsed.port or 5432),
        user=str(parsed.username),
        password=parsed.password or "",
    )
    recorder = kind(datastore, events_table_name="stored_events")
    if create:
        recorder.create_table()
    return recorder


def ways_sqlite(directory: Path) -> dict[str, Append]:
    """Each way with a SQLite file of its own."""
    return {
        "raw": raw_sqlite(new_sqlite(directory, "raw")),
        "same rows": same_rows_sqlite(new_sqlite(directory, "same")),
        "ours": ours(new_sqlite(directory, "ours")),
        "library": library(library_sqlite(new_sqlite(directory, "library"), SqliteWithRecord)),
        "library without the record": library(
            library_sqlite(new_sqlite(directory, "without"), SQLiteApplicationRecorder)
        ),
    }


def ways_postgres(server: Server) -> dict[str, Append]:
    """Each way with a PostgreSQL database of its own."""

    def new() -> str:
        return server.create_database(server.template)

    return {
        "raw": raw_postgres(new()),
        "same rows": same_rows_postgres(new()),
        "ours": ours(new()),
        "library": library(library_postgres(new(), PostgresWithRecord)),
        "library without the record": library(library_postgres(new(), PostgresApplicationRecorder)),
    }


def measure(ways: dict[str, Append], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Appends per second of each way in each round; the ways take turns, in another order each round."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for append in ways.values():
        for _ in range(50):
            append()
    for turn in range(rounds):
        names = list(ways)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            rates[name].append(_rate(ways[name], seconds))
    return rates


def _rate(append: Append, seconds: float) -> float:
    done, start = 0, time.perf_counter()
    while (passed := time.perf_counter() - start) < seconds:
        append()
        done += 1
    return done / passed


def report(title: str, rates: dict[str, list[float]]) -> tuple[list[str], list[str]]:
    """The lines that say how fast each way was, with the ratios, and those that say what is below its target."""
    middle = {name: statistics.median(of_rounds) for name, of_rounds in rates.items()}
    rounds = len(rates["ours"])
    lines = [f"{title}, 1 writer, 1 event per append, median of {rounds} rounds [least-most], appends/s"]
    missed = []
    for name, of_rounds in rates.items():
        lines.append(f"  {name:27} {middle[name]:7.0f} [{min(of_rounds):.0f}-{max(of_rounds):.0f}]")
    targets = {
        "raw": 0.5,
        "same rows": 0.7,
        "library": 1.8 if title == "PostgreSQL" else None,
        "library without the record": None,
    }
    for other, target in targets.items():
        by_round = statistics.median(a / b for a, b in zip(rates["ours"], rates[other], strict=True))
        wanted = f" (at least {target})" if target else ""
        lines.append(f"  ours / {other}: {by_round:.2f}{wanted}")
        if target is not None and by_round < target:
            missed.append(f"{title}: ours / {other} is {by_round:.2f}, and should be at least {target}")
    return lines, missed


def main() -> None:
    """Measure and print; the exit code is 1 when a ratio is below its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.7, help="how long each way appends in each round")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    arguments = parser.parse_args()
    missed: list[str] = []
    with measured_directory() as directory:
        if arguments.only != "postgresql":
            rates = measure(ways_sqlite(directory), arguments.rounds, arguments.seconds)
            missed += _tell("SQLite (WAL, synchronous FULL)", rates)
        if arguments.only != "sqlite":
            server = postgres_server(directory)
            rates = measure(ways_postgres(server), arguments.rounds, arguments.seconds)
            missed += _tell("PostgreSQL", rates)
    if missed:
        raise SystemExit("\n".join(missed))


def _tell(title: str, rates: dict[str, list[float]]) -> list[str]:
    """Print what was measured; what is below its target."""
    lines, missed = report(title, rates)
    print(*lines, sep="\n", flush=True)
    return missed


if __name__ == "__main__":
    main()
