"""Killing those who decide: commands of several processes on the same few committees, each under a key and with prose.

The processes and their notes are those of `kill_appends`. Here each drives `Steering.execute`: it loads the committee,
decides, appends three events (a meeting and its two decisions), and decides again when another one was faster.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from domain.kernel import Actor, Context, RoleHeld
from domain.roles import PILOT
from domain.steering import ConstituteSteeringBody, Decision, RecordMeeting
from domain.territories import territory_stream
from domain.values import Code, LocalId, Prose, PublicName
from tests.projections.story import SIREN, Story
from tests.promises.kill_appends import Notes, kill_at_random, total
from workflows import schema
from workflows.answers import REQUESTS, record_key
from workflows.application import Steering
from workflows.database import DatabaseUnavailable, create_database_engine
from workflows.log import VersionTaken
from workflows.people import Vault

MODULE = "tests.promises.kill_execute"
SELF_KILLS_AMONG = 15
"""One command in so many ends with its process's death between the commit and the answer."""

OVERTAKEN = "overtaken"

TERRITORY = territory_stream(SIREN)
BODIES = tuple(uuid5(TERRITORY, f"body {number}") for number in range(3))
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PILOT_OF_ALL = Actor(UUID(int=7), (RoleHeld(PILOT, TERRITORY),))
_EVENTS = 3


@dataclass(frozen=True)
class Outcome:
    """What came of it; the last five must be 0, and nothing before them."""

    kills: int
    between_commit_and_answer: int
    acknowledged: int
    replayed: int
    decided_again: int
    """Decisions that another process had overtaken."""
    lost: int
    torn: int
    doubled: int
    without_record: int
    """Commands in the log whose key has no idempotency record."""
    unreadable: int
    """Reasons whose key is not in the vault, or that say something else."""


class _Watched(Steering):
    """Notes each decision that was overtaken, and gives the others a moment to do so."""

    notes: Notes

    def append(self, *given: Any) -> None:
        time.sleep(random.uniform(0, 0.01))
        try:
            super().append(*given)
        except VersionTaken:
            self.notes.write(OVERTAKEN, "-")
            raise


def settle(url: str) -> None:
    """The territory and its committees."""
    engine = create_database_engine(url)
    story = Story(engine)
    story.set_up()
    for body in BODIES:
        story.tell(
            ConstituteSteeringBody(
                stream_id=body,
                home_territory_id=TERRITORY,
                kind=Code("COPIL"),
                name=PublicName("Comité de pilotage"),
            )
        )
    engine.dispose()


def decide_until_stopped(url: str, notes: Notes, stop: Path) -> None:
    """Be one of the processes."""
    steering = _Watched(create_database_engine(url))
    steering.notes = notes
    chance = random.Random()
    unanswered = notes.unanswered()
    if unanswered is not None:
        send(steering, notes, unanswered[0])
    while not stop.exists():
        key = uuid4()
        notes.write("sent", key, _EVENTS)
        send(steering, notes, key, die=chance.randrange(SELF_KILLS_AMONG) == 0)


def send(steering: Steering, notes: Notes, key: UUID, *, die: bool = False) -> None:
    """Record a meeting under a key, as often as it takes, and note the answer."""
    decisions = tuple(
        Decision(LocalId(name), Code("PRIORITY_CHOSEN"), Prose(f"décision {name} de {key}")) for name in ("d1", "d2")
    )
    command = RecordMeeting(
        stream_id=BODIES[key.int % len(BODIES)],
        meeting_id=LocalId(str(key)),
        decisions=decisions,
        occurred_on=date(2026, 1, 5),
    )
    context = Context(
        actor=PILOT_OF_ALL, today=NOW.date(), now=NOW, idempotency_key=key.hex, reason=Prose(f"motif de {key}")
    )
    while True:
        try:
            answer = steering.execute(command, context)
            break
        except DatabaseUnavailable:
            notes.write("unavailable", key)  # overtaken too often: whoever asks comes back, under the same key
    if die:
        notes.write("dies", key)
        os.kill(os.getpid(), signal.SIGKILL)
    notes.write("replayed" if answer.replayed else "acknowledged", key)


def torment(url: str, directory: Path, *, kills: int, acknowledged: int, processes: int = 4) -> Outcome:
    """Kill processes until so many were killed, and go on until so many commands were acknowledged."""
    settle(url)
    notes = [Notes(directory / f"decider-{number}") for number in range(processes)]
    command = [sys.executable, "-m", MODULE, url]
    seen = ("dies", "replayed", OVERTAKEN)
    killed = kill_at_random(command, notes, directory / "stop", kills=kills, acknowledged=acknowledged, seen=seen)
    return compare(url, notes, killed)


def compare(url: str, notes: list[Notes], killed: int) -> Outcome:
    """Hold the notes against the log, the idempotency records and the vault."""
    engine = create_database_engine(url)
    recorded: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for _, event in Steering(engine).read_events(0, 1_000_000):
        meeting = getattr(event, "meeting_id", "")
        if event.originator_id in BODIES and len(meeting) == 36:
            recorded[UUID(meeting).hex] += 1
            token = event.envelope.reason.token if event.envelope.reason is not None else None
            reasons[token or ""] = f"motif de {UUID(meeting)}"
    vault = Vault(engine)
    opened, secret = vault.open_texts(reasons), vault.own_key(REQUESTS)
    with engine.connect() as connection:
        keyed = set(connection.execute(select(schema.idempotency.c.key)).scalars())
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    answered = {
        UUID(key).hex
        for kind, key, *_ in (line for note in notes for line in note.lines())
        if kind in ("acknowledged", "replayed", "dies")
    }
    return Outcome(
        kills=killed,
        between_commit_and_answer=total(notes, "dies"),
        acknowledged=total(notes, "acknowledged") + total(notes, "replayed"),
        replayed=total(notes, "replayed"),
        decided_again=total(notes, OVERTAKEN),
        lost=len(answered - recorded.keys()),
        torn=sum(count % _EVENTS != 0 for count in recorded.values()),
        doubled=sum(count > _EVENTS for count in recorded.values()),
        without_record=sum(record_key(PILOT_OF_ALL.actor_id, key, secret) not in keyed for key in recorded),
        unreadable=sum(opened[token] != reason for token, reason in reasons.items()),
    )


if __name__ == "__main__":
    decide_until_stopped(sys.argv[1], Notes(Path(sys.argv[2])), Path(sys.argv[3]))
