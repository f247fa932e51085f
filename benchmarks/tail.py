"""Eight writers at once on PostgreSQL, against one, while a reader follows the log every 20 ms and must miss nothing.

`python -m benchmarks.tail`. Each writer is a process appending one event with its idempotency record per transaction.
One writer and eight take turns within one run; the figure is the median of the rounds. Missed is what is in the log at
the end and was not seen by the reader going forward.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.append import PostgresWithRecord, library, library_postgres, ours
from benchmarks.databases import measured_directory, postgres_server
from workflows.database import create_database_engine
from workflows.store import SqlAlchemyApplicationRecorder

READ_EVERY_SECONDS = 0.02
WARM_UP = 10
"""Appends of each writer before the clock starts: they are followed, and not counted in the rate."""
AT_LEAST = 1.3
"""What many writers must do together, against one."""
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Followed:
    """What came of a turn."""

    appended: int
    """Events there are, those before the clock started included."""
    counted: int
    """Appends while the clock ran."""
    seconds: float
    seen: int
    missed: int
    misplaced: int
    """Seen twice or after a larger position."""

    @property
    def rate(self) -> float:
        """Appends per second, all writers together."""
        return self.counted / self.seconds


def follow(url: str, writers: int, seconds: float) -> Followed:
    """Let that many writers append for that long, follow the log meanwhile, and compare at the end."""
    recorder = SqlAlchemyApplicationRecorder(create_database_engine(url))
    processes = _start(url, "ours", writers, seconds)
    seen: list[int] = []
    writing = True
    while writing:
        writing = any(process.poll() is None for process in processes)
        while batch := recorder.read_log(seen[-1] if seen else 0, 500):
            seen += (row[0] for row in batch)
        time.sleep(READ_EVERY_SECONDS)
    counted = _counted(processes)
    appended = counted + writers * WARM_UP
    with recorder.engine.connect() as connection:
        kept = {position for (position,) in connection.exec_driver_sql("SELECT position FROM events")}
    recorder.engine.dispose()
    return Followed(
        appended=appended,
        counted=counted,
        seconds=seconds,
        seen=len(seen),
        missed=len(kept - set(seen)) + max(0, appended - len(kept)),
        misplaced=len(seen) - len(set(seen)) + sum(a > b for a, b in itertools.pairwise(seen)),
    )


def library_rate(url: str, writers: int, seconds: float) -> float:
    """Appends per second of the library's recorder, with nobody reading."""
    return _counted(_start(url, "library", writers, seconds)) / seconds


def _start(url: str, way: str, writers: int, seconds: float) -> list[subprocess.Popen[str]]:
    if way == "library":
        library_postgres(url, PostgresWithRecord)  # its tables: made once, not by eight at a time
    command = [sys.executable, "-m", "benchmarks.tail", "--worker", way, url, str(seconds)]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(writers)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return processes


def _counted(processes: list[subprocess.Popen[str]]) -> int:
    total = 0
    for process in processes:
        total += int(process.communicate()[0])
        if process.returncode != 0:
            raise SystemExit(f"a writer failed with exit code {process.returncode}")
    return total


def _work(way: str, url: str, seconds: float) -> None:
    """A writer: say when it is ready, append from the word on until its time is over, print how often."""
    append = ours(url) if way == "ours" else library(library_postgres(url, PostgresWithRecord, create=False))
    for _ in range(WARM_UP):
        append()
    print("ready", flush=True)
    sys.stdin.readline()
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        append()
        done += 1
    print(done)


def main() -> None:
    """Measure and print, or be one of the writers.

    The exit code is 1 when an event was missed or misplaced, or when the ratio is below its target.
    """
    if sys.argv[1:2] == ["--worker"]:
        way, url, seconds = sys.argv[2:]
        _work(way, url, float(seconds))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long the writers append in each round")
    parser.add_argument("--writers", type=int, default=8)
    arguments = parser.parse_args()
    with measured_directory() as directory:
        server = postgres_server(directory)
        one: list[Followed] = []
        many: list[Followed] = []
        of_library: list[float] = []
        for _ in range(arguments.rounds):
            urls = [server.create_database(server.template) for _ in range(3)]
            one.append(follow(urls[0], 1, arguments.seconds))
            many.append(follow(urls[1], arguments.writers, arguments.seconds))
            of_library.append(library_rate(urls[2], arguments.writers, arguments.seconds))
            server.drop_databases()
    print(f"PostgreSQL, followed every {READ_EVERY_SECONDS * 1000:.0f} ms, median of {arguments.rounds} rounds")
    for name, turns in (("1 writer", one), (f"{arguments.writers} writers", many)):
        rates = [turn.rate for turn in turns]
        print(
            f"  {name:10} {statistics.median(rates):7.0f} appends/s [{min(rates):.0f}-{max(rates):.0f}], "
            f"seen {sum(turn.seen for turn in turns)}, missed {sum(turn.missed for turn in turns)}, "
            f"misplaced {sum(turn.misplaced for turn in turns)}"
        )
    print(f"  library, {arguments.writers} writers, not followed: {statistics.median(of_library):.0f} appends/s")
    ratio = statistics.median(a.rate / b.rate for a, b in zip(many, one, strict=True))
    print(f"  {arguments.writers} writers / 1: {ratio:.2f} (at least {AT_LEAST})")
    against = statistics.median(a.rate / b for a, b in zip(many, of_library, strict=True))
    print(f"  ours / library, {arguments.writers} writers: {against:.2f}", flush=True)
    failures = []
    if any(turn.missed or turn.misplaced for turn in (*one, *many)):
        failures.append("the reader missed or misplaced events")
    if ratio < AT_LEAST:
        failures.append(f"{arguments.writers} writers / 1 is {ratio:.2f}, and should be at least {AT_LEAST}")
    if failures:
        raise SystemExit("; ".join(failures))


if __name__ == "__main__":
    main()
