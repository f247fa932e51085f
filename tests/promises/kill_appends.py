"""Killing writers at random: nothing acknowledged is lost, nothing is half written, nothing is written twice.

`torment` starts writers as processes of their own, kills them again and again with SIGKILL, starts each anew, and at
the end compares the database with what the writers noted. Before sending a command a writer notes its key (*sent*);
once it has the answer it notes that too (*acknowledged*). Started anew, it sends again, under the same key, the
command it has no answer to. Now and then a writer kills itself after the commit and before the answer.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Table, select

from workflows import schema
from workflows.database import create_database_engine
from workflows.store import IdempotencyKeyTaken, SqlAlchemyApplicationRecorder

ROOT = Path(__file__).parents[2]
MODULE = "tests.promises.kill_appends"
SELF_KILLS_AMONG = 50
"""One append in so many ends with the writer's death between the commit and the answer."""


@dataclass(frozen=True)
class Outcome:
    """What came of it; the last three must be 0. `between_commit_and_answer` and `replayed` must not: otherwise the
    death that a repeated command is for never came."""

    kills: int
    between_commit_and_answer: int
    acknowledged: int
    replayed: int
    """Commands sent again whose first sending turned out to be recorded."""
    lost: int
    torn: int
    doubled: int


class Notes:
    """What one writer sent and what was acknowledged, in a file that survives it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, *words: object) -> None:
        """Note a line, in one system call."""
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, (" ".join(map(str, words)) + "\n").encode())
        os.close(file)

    def lines(self) -> Iterator[list[str]]:
        """The lines, as words."""
        if self.path.exists():
            yield from (line.split() for line in self.path.read_text().splitlines())

    def unanswered(self) -> tuple[UUID, int] | None:
        """The key and the number of events of the command that was sent and has no answer, if there is one."""
        sent = None
        for kind, key, *rest in self.lines():
            if kind == "sent":
                sent = (UUID(key), int(rest[0]))
            elif kind in ("acknowledged", "replayed"):
                sent = None
        return sent


def write_until_stopped(url: str, notes: Notes, stop: Path) -> None:
    """Be a writer."""
    recorder = SqlAlchemyApplicationRecorder(create_database_engine(url))
    chance = random.Random()
    unanswered = notes.unanswered()
    if unanswered is not None:
        send(recorder, notes, *unanswered)
    while not stop.exists():
        key, events = uuid4(), chance.choice((1, 1, 1, 3))
        notes.write("sent", key, events)
        send(recorder, notes, key, events, die=chance.randrange(SELF_KILLS_AMONG) == 0)


def send(recorder: SqlAlchemyApplicationRecorder, notes: Notes, key: UUID, events: int, *, die: bool = False) -> None:
    """Append events under a key, with the rows beside them, and note the answer."""
    stream = uuid4()  # another one each time it is sent: only the key keeps a command from being recorded twice
    state = f'"{key}"'.encode()
    record = {"key": key.bytes, "request_hash": b"-", "answer": f'{{"events":{events}}}', "day": date(2026, 1, 1)}
    beside: list[tuple[Table, dict[str, object]]] = [(schema.idempotency, record)]
    beside += (
        (schema.vault_keys, {"subject_id": uuid5(key, str(version)), "key": key.bytes})
        for version in range(1, events + 1)
    )
    try:
        recorder.insert_events(
            [StoredEvent(stream, version, "ctg.test.sent", state) for version in range(1, events + 1)], beside=beside
        )
    except IdempotencyKeyTaken:
        notes.write("replayed", key)
        return
    if die:
        notes.write("dies", key)
        os.kill(os.getpid(), signal.SIGKILL)
    notes.write("acknowledged", key)


def torment(url: str, directory: Path, *, kills: int, acknowledged: int, writers: int = 4) -> Outcome:
    """Kill writers until so many were killed, and go on until so many commands were acknowledged."""
    stop = directory / "stop"
    notes = [Notes(directory / f"writer-{number}") for number in range(writers)]
    command = [sys.executable, "-m", MODULE, url]
    return compare(url, notes, kill_at_random(command, notes, stop, kills=kills, acknowledged=acknowledged))


def kill_at_random(
    command: list[str],
    notes: list[Notes],
    stop: Path,
    *,
    kills: int,
    acknowledged: int,
    seen: Collection[str] = ("dies", "replayed"),
) -> int:
    """Start a writer for each note, kill one after the other and start it anew; how many died.

    It ends when so many were killed and so many commands acknowledged, and when each of the lines to be `seen` was
    noted: a death between the commit and the answer, a command sent again that turned out to be recorded.
    """
    processes = [_start(command, note, stop) for note in notes]
    chance = random.Random()
    killed = 0
    while killed < kills or total(notes, "acknowledged") < acknowledged or not all(total(notes, kind) for kind in seen):
        time.sleep(chance.uniform(0.02, 0.25))
        for number, process in enumerate(processes):
            status = process.poll()
            if status is not None:
                if status != -signal.SIGKILL:
                    raise AssertionError(f"writer {number} ended with exit code {status}")
                killed += 1
                processes[number] = _start(command, notes[number], stop)
        # One that is still starting has nothing to lose.
        busy = [process for process, note in zip(processes, notes, strict=True) if _started(process, note)]
        if busy and killed < kills:
            victim = chance.choice(busy)
            victim.kill()
            victim.wait()
    stop.touch()
    for number, process in enumerate(processes):
        while process.wait(timeout=60) == -signal.SIGKILL:
            killed += 1
            process = processes[number] = _start(command, notes[number], stop)
        if process.returncode != 0:
            raise AssertionError(f"writer {number} ended with exit code {process.returncode}")
    return killed


def _start(command: list[str], note: Notes, stop: Path) -> subprocess.Popen[bytes]:
    note.write("started", "-")
    return subprocess.Popen([*command, note.path, stop], cwd=ROOT)


def _started(process: subprocess.Popen[bytes], note: Notes) -> bool:
    *_, last = note.lines()
    return process.poll() is None and last[0] != "started"


def total(notes: list[Notes], kind: str) -> int:
    """How many lines of a kind the writers noted."""
    return sum(line[0] == kind for note in notes for line in note.lines())


def compare(url: str, notes: list[Notes], killed: int) -> Outcome:
    """Hold the notes against the database."""
    engine = create_database_engine(url)
    with engine.connect() as connection:
        recorded = Counter(
            tuple(row) for row in connection.execute(select(schema.events.c.state, schema.events.c.version))
        )
        answered = set(connection.execute(select(schema.idempotency.c.key)).scalars())
        sealed = set(connection.execute(select(schema.vault_keys.c.subject_id)).scalars())
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    sent: dict[str, int] = {}
    known: set[str] = set()
    for kind, key, *rest in (line for note in notes for line in note.lines()):
        if kind == "sent":
            sent[key] = int(rest[0])
        elif kind in ("acknowledged", "replayed", "dies"):
            known.add(key)
    lost = torn = doubled = 0
    for key, events in sent.items():
        times = [recorded[f'"{key}"', version] for version in range(1, events + 1)]
        seals = [uuid5(UUID(key), str(version)) in sealed for version in range(1, events + 1)]
        whole = {bool(count) for count in times} | {UUID(key).bytes in answered} | set(seals)
        lost += key in known and not any(times)
        torn += len(whole) > 1
        doubled += any(count > 1 for count in times)
    torn += sum(state.strip('"') not in sent for state, _ in recorded)  # an event that nobody sent
    return Outcome(
        kills=killed,
        between_commit_and_answer=total(notes, "dies"),
        acknowledged=total(notes, "acknowledged") + total(notes, "replayed"),
        replayed=total(notes, "replayed"),
        lost=lost,
        torn=torn,
        doubled=doubled,
    )


if __name__ == "__main__":
    write_until_stopped(sys.argv[1], Notes(Path(sys.argv[2])), Path(sys.argv[3]))
