"""Two processes with memories of their own, in whatever turns: they decide as one would that forgets nothing, and what
they remember, what is kept and what the log says from nothing are the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.utils import register_topic
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from domain.convention.opening import RecordEngagement
from domain.convention.state import TerritorialConvention
from domain.convention.texts import TextsAdopted
from domain.kernel import EVENTS, Command, Refused
from domain.values import Sha256
from tests.postgres import Server
from tests.properties.test_any_sequence_of_commands import (
    CONVENTION_ID,
    OPENED,
    READY,
    Streams,
    closing,
    commands,
    state_of,
    surroundings,
)
from tests.properties.test_any_sequence_of_commands import opened as in_one_mind
from tests.workflows.test_states import Corrected
from tests.workflows.together import Process, circumstances, convention_of, of, overtaken_by, stand_alike
from workflows import states
from workflows.application import UnknownStream
from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.schema import states as kept_states

Turn = tuple[int, Command]
"""Whose turn it is, and what it does; 2: the first, overtaken by the second while it is about to append."""

ENGAGEMENT = RecordEngagement(stream_id=CONVENTION_ID, occurred_on=OPENED)


class Correction(RecordEngagement):
    """Says that nothing was engaged: whatever was folded before is folded again."""

    NAME = RecordEngagement.NAME

    def decide(self, state: object, case: object) -> None:
        state.record(Corrected, case)  # type: ignore[attr-defined]


corrections = st.just(Correction(stream_id=CONVENTION_ID, occurred_on=OPENED))
turns = st.tuples(st.sampled_from((0, 1, 2)), st.one_of(commands, closing, closing, corrections))


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "KEEP_EVERY", 3)
    register_topic(Corrected.TOPIC, Corrected)
    monkeypatch.setitem(EVENTS, Corrected.TOPIC, Corrected)


def sent(process: Process, command: Command) -> bool:
    """Whether a process accepts a command."""
    try:
        process.execute(command, circumstances())
    except (Refused, UnknownStream):
        return False
    return True


def live(engine: Engine, sequence: list[Turn]) -> None:
    """Let them act in turns, beside one mind that has everything in memory, and compare."""
    processes = [Process(engine), Process(engine)]
    for command in surroundings():
        assert sent(processes[0], command)
    mind: Streams = in_one_mind()
    for whose, command in sequence:
        first, second = processes[whose % 2], processes[1 - whose % 2]
        if whose == 2:
            with overtaken_by(first, second, ENGAGEMENT) as times:
                accepted = sent(first, command)
            if times[0]:
                assert mind.send(ENGAGEMENT)
        else:
            accepted = sent(first, command)
        known = command.stream_id in mind.live or command.STARTS
        assert accepted == (known and mind.send(command)), f"{command.NAME} by {whose}"
    for process in processes:
        stand_alike(process)
    convention = mind.find(TerritorialConvention, CONVENTION_ID)
    assert convention is not None
    assert said(convention_of(processes[0])) == said(convention)
    what_is_kept_is_what_was_recorded(processes[0])


def said(convention: TerritorialConvention) -> dict[str, Any]:
    """What the rules look at, but for the hash of the sheets' titles, which only a store seals."""
    texts = TextsAdopted.of(convention)
    texts.by_cover = {cover: replace(one, plan_hash=Sha256("")) for cover, one in texts.by_cover.items()}
    return state_of(convention)


def what_is_kept_is_what_was_recorded(process: Process) -> None:
    """Each kept state is what its events lead to, up to its version."""
    with process.engine.connect() as connection:
        kept = connection.execute(select(kept_states)).all()
    folded: dict[UUID, list[int]] = {}
    for row in kept:
        state = states.restored(row.fold, row.stream_id, row.version, row.last_event_id, row.state)
        events = [one for one in of(process, row.stream_id) if one.originator_version <= row.version]
        assert vars(states.fold(None, events)) == vars(state)
        folded.setdefault(row.stream_id, []).append(row.version)
    assert kept or len(of(process, CONVENTION_ID)) < states.KEEP_EVERY


sequences = st.one_of(
    st.lists(turns, max_size=12),
    st.lists(turns, max_size=8).map(lambda some: [*((0, command) for command in READY), *some]),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied for each example."""
    path = tmp_path_factory.mktemp("two") / "template.db"
    engine = create_database_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@contextmanager
def store(url: str) -> Iterator[Engine]:
    engine = create_database_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


example = [0]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(sequences)
def test_on_sqlite(template: Path, sequence: list[Turn]) -> None:
    example[0] += 1
    copy = template.with_name(f"{example[0]}.db")
    shutil.copyfile(template, copy)
    with store(f"sqlite:///{copy}") as engine:
        live(engine, sequence)
    for end in ("", "-wal", "-shm"):
        copy.with_name(copy.name + end).unlink(missing_ok=True)


@pytest.mark.postgres
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(sequences)
def test_on_postgresql(postgres_server: Server, sequence: list[Turn]) -> None:
    try:
        with store(postgres_server.create_database(postgres_server.template)) as engine:
            live(engine, sequence)
    finally:
        postgres_server.drop_databases()
