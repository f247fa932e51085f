"""Following the log: catching up from nothing and rebuilding, against reading the same log raw.

`python -m benchmarks.projections`. The log holds conventions told once through commands, then copied under ids of
their own up to the number of events asked for. Raw is the bare driver reading the same rows in the same batches and
doing nothing with them. Catching up writes all the read models; a rebuild writes one beside the one that answers.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine, make_url

from benchmarks.databases import measured_directory, new_sqlite, postgres_server
from projections import ALL
from projections.engine import Projections
from projections.engine.running import BATCH
from tests.projections.story import Story
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.log import AppendedRow

_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_COPIED: Final = ("ctg.convention.", "ctg.steering-body.", "ctg.action-sheet.", "ctg.agenda.")


def now() -> datetime:
    """A moment: nothing measured depends on it."""
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


def projections_of(engine: Engine) -> Projections:
    """Prepared read models that follow the log of this database."""
    steering = Steering(engine)
    made = Projections(engine, steering.read_events, now, ALL, steering.log.safe_position)
    made.prepare()
    return made


def fill(engine: Engine, events: int) -> int:
    """Tell one convention through commands, then copy it under new ids; how many events the log holds."""
    nothing = Projections(engine, lambda after, limit: [], now, ())
    nothing.prepare()
    story = Story(engine, nothing)
    story.until_signed()
    story.activate(date(2025, 1, 1))
    log = Steering(engine).log
    told = log.read_log(0, 1_000)
    copied = [row for row in told if row[3].startswith(_COPIED)]
    number = len(told)
    kept = {str(one) for one in (story.caf, story.epci, story.cpam)}
    while number < events:

        def renamed(found: re.Match[str], copy: int = number) -> str:
            return found[0] if found[0] in kept else str(uuid5(UUID(found[0]), str(copy)))

        log.log.append(
            [
                AppendedRow(uuid5(stream, str(number)), version, topic, _ID.sub(renamed, state))
                for _, stream, version, topic, state in copied
            ]
        )
        number += len(copied)
    return number


def read_raw(engine: Engine) -> int:
    """Every row of the log by the bare driver, in the batches of catching up."""
    url = make_url(engine.url)
    sql = "SELECT position, stream_id, version, topic, state FROM events WHERE position > ? ORDER BY position LIMIT ?"
    read: Callable[[int], list[tuple[int, ...]]]
    if url.get_backend_name() == "sqlite":
        file = sqlite.connect(str(url.database))
        read = lambda after: file.execute(sql, (after, BATCH)).fetchall()  # noqa: E731
    else:
        server = psycopg.connect(
            url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        )
        read = lambda after: server.execute(sql.replace("?", "%s"), (after, BATCH)).fetchall()  # noqa: E731
    number, after = 0, 0
    while rows := read(after):
        number += len(rows)
        after = rows[-1][0]
    return number


def decode(engine: Engine) -> int:
    """Every event of the log, decoded, and nothing done with it."""
    steering, number, after = Steering(engine), 0, 0
    while events := steering.read_events(after, BATCH):
        number += len(events)
        after = events[-1][0]
    return number


def report(title: str, engine: Engine, events: int) -> Iterator[str]:
    """Measure one database; the lines that say how fast it was."""
    projections = projections_of(engine)  # before anything is recorded: what is measured is catching up
    number = fill(engine, events)
    raw = _seconds(lambda: read_raw(engine))
    decoded = _seconds(lambda: decode(engine))
    cpu = time.process_time()
    caught_up = _seconds(projections.catch_up)
    cpu = time.process_time() - cpu
    yield f"{title}, {number} events, {len(ALL)} read models"
    yield f"  read raw                {number / raw:9.0f} events/s"
    yield f"  read and decode         {number / decoded:9.0f} events/s   raw x {raw / decoded:.3f}"
    yield f"  catch up, all of them   {number / caught_up:9.0f} events/s   raw x {raw / caught_up:.3f}"
    yield f"  of which in this process{number / cpu:9.0f} events/s of processor time"
    total = 0.0
    for projection in ALL:
        took = _seconds(lambda name=projection.name: projections.rebuild(name))  # type: ignore[misc]
        total += took
        yield f"  rebuild {projection.name:10}      {number / took:9.0f} events/s   {took:5.1f} s"
    yield f"  rebuild all, one by one {number / total:9.0f} events/s   {total:5.1f} s"
    late = [one for one in projections.status() if one.lag or one.error]
    if late:
        raise SystemExit(f"not caught up: {late}")


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000, help="events in the log (default: 100000)")
    parser.add_argument("--sqlite-only", action="store_true", help="leave PostgreSQL out")
    arguments = parser.parse_args()
    with measured_directory() as directory:
        _measure("SQLite", new_sqlite(directory), arguments.events)
        if not arguments.sqlite_only:
            _measure("PostgreSQL", _new_postgres(directory), arguments.events)


def _new_postgres(directory: Path) -> str:
    server = postgres_server(directory)
    return server.create_database(server.template)


def _measure(title: str, url: str, events: int) -> None:
    engine = create_database_engine(url)
    for line in report(title, engine, events):
        print(line, flush=True)
    engine.dispose()


if __name__ == "__main__":
    main()
