"""What a process remembers makes it fast and never wrong: the append sees to it, and a second look before a refusal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import Engine

from domain.convention.activating import ActivateConvention
from domain.convention.changing_method import ChangeMethod
from domain.convention.opening import RecordEngagement
from domain.convention.priorities import ChoosePriority
from domain.kernel import Actor, Case, Refused, RoleHeld, VersionConflict
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import PILOT
from domain.steering import DecisionReference
from domain.values import Code, Evidence, LocalId, Prose, Sha256, local_id
from tests.properties.test_any_sequence_of_commands import BODY, CONVENTION_ID, OPENED, PROFILE, READY, THEMES, TODAY
from tests.workflows.together import (
    ANYBODY,
    Process,
    circumstances,
    convention_of,
    meeting,
    of,
    opened,
    overtaken_by,
    stand_alike,
)
from workflows.answers import IdempotencyKeyReused
from workflows.application import UnknownStream
from workflows.memory import Memory

ENGAGEMENT = RecordEngagement(stream_id=CONVENTION_ID, occurred_on=OPENED)


def choice(meeting_id: str, priority_id: str = "p1") -> ChoosePriority:
    """A priority chosen in a meeting."""
    return ChoosePriority(
        stream_id=CONVENTION_ID,
        priority_id=LocalId(priority_id),
        title=Prose("Navette"),
        themes=(THEMES[0],),
        findings=(local_id(f"ready-{THEMES[0]}"),),
        decided_in=DecisionReference(BODY, LocalId(meeting_id), local_id("d")),
        occurred_on=TODAY,
    )


def second_version() -> PublishMethodProfile:
    """A second version of the method."""
    return PublishMethodProfile(
        stream_id=profile_stream("cnaf-2020", 2), profile=replace(PROFILE, version=2), occurred_on=TODAY
    )


def to_second_version() -> ChangeMethod:
    """The convention moves to it."""
    return ChangeMethod(
        stream_id=CONVENTION_ID,
        former_name=Code("cnaf-2020"),
        former_version=1,
        profile_name=Code("cnaf-2020"),
        profile_version=2,
        motive=Prose("Nouvelle circulaire"),
        occurred_on=TODAY,
    )


def test_a_command_on_what_is_remembered_reads_nothing(engine: Engine) -> None:
    process = opened(engine, *READY)
    process.act(ENGAGEMENT)
    assert process.read == []
    process.act(meeting("m9", "PRIORITY_CHOSEN"))
    assert process.read == []
    process.act(choice("m9"))
    assert process.read == []
    stand_alike(process)


def test_what_another_process_recorded_is_seen_at_the_append(engine: Engine) -> None:
    process = opened(engine)
    other = Process(engine)
    assert other.act(ENGAGEMENT).version == 2
    assert process.act(ENGAGEMENT).version == 3
    assert process.read.count(CONVENTION_ID) == 1
    assert other.act(ENGAGEMENT).version == 4
    stand_alike(process)
    stand_alike(other)


def test_a_refusal_is_said_on_what_stands_now(engine: Engine) -> None:
    """The process remembers a committee that has decided nothing; meanwhile another recorded its meeting."""
    process = opened(engine, *READY)
    with pytest.raises(Refused):
        process.act(choice("m9"))
    process.act(meeting("m8"))
    Process(engine).act(meeting("m9", "PRIORITY_CHOSEN"))
    assert process.act(choice("m9")).events
    with pytest.raises(Refused) as refused:
        process.act(choice("m9"))
    assert [one.CODE for one in refused.value.broken] == ["already-exists"]
    assert {BODY, CONVENTION_ID} <= set(process.read), "said on states read now"
    stand_alike(process)


def test_a_404_and_an_answer_without_events_are_said_on_what_stands_now(engine: Engine) -> None:
    process, unknown = opened(engine), uuid4()
    for _ in range(2):
        with pytest.raises(UnknownStream):
            process.act(replace(ENGAGEMENT, stream_id=unknown))
        assert process.read == [unknown]


def test_what_was_relied_on_has_moved_and_it_is_decided_again_in_silence(engine: Engine) -> None:
    """Also when the caller expects a version: it is that of the convention, and it still holds."""
    process, other = opened(engine, *READY, meeting("m9", "PRIORITY_CHOSEN")), Process(engine)
    version = convention_of(process).version
    with overtaken_by(process, other, meeting("m10")) as times:
        answer = process.act(choice("m9"), expected_version=version)
    assert answer.version == version + 1
    assert times == [2]
    with overtaken_by(process, other, ENGAGEMENT), pytest.raises(Refused) as refused:
        process.act(choice("m9", "p2"), expected_version=version + 1)
    assert refused.value.broken == (VersionConflict(version + 1, version + 2),)
    stand_alike(process)


def test_a_decision_that_fails_halfway_leaves_nothing_behind(engine: Engine) -> None:
    process = opened(engine)

    class Broken(RecordEngagement):
        """Records, then fails."""

        def decide(self, state: object, case: Case) -> None:
            super().decide(state, case)  # type: ignore[arg-type]
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        process.act(Broken(stream_id=CONVENTION_ID, occurred_on=OPENED))
    assert len(of(process, CONVENTION_ID)) == 1
    assert process.act(ENGAGEMENT).version == 2
    stand_alike(process)


def test_an_append_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    process = opened(engine)
    append = process.log.log.append

    def lose(*_: object) -> list[int]:
        raise ConnectionError

    process.log.log.append = lose  # type: ignore[method-assign, assignment]
    with pytest.raises(ConnectionError):
        process.act(ENGAGEMENT)
    process.log.log.append = append  # type: ignore[method-assign]
    assert process.act(ENGAGEMENT).version == 2
    stand_alike(process)


@pytest.fixture
def backup(engine: Engine, tmp_path: Path) -> Callable[[], Callable[[], None]]:
    """Takes a copy of a SQLite store, and gives what puts it back under whoever has it open."""
    if engine.dialect.name != "sqlite":
        pytest.skip("cannot apply: the copy of a file; a restored PostgreSQL is the same to the append")
    path = Path(str(engine.url.database))

    def take() -> Callable[[], None]:
        with closing(sqlite.connect(path)) as origin, closing(sqlite.connect(tmp_path / "copy.db")) as copy:
            origin.backup(copy)

        def restore() -> None:
            engine.dispose()
            for end in ("-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
            shutil.copyfile(tmp_path / "copy.db", path)

        return restore

    return take


def test_a_memory_ahead_of_a_restored_store_makes_no_gap(
    engine: Engine, backup: Callable[[], Callable[[], None]]
) -> None:
    process = opened(engine)
    restore = backup()
    assert process.act(ENGAGEMENT).version == 2
    assert process.act(ENGAGEMENT).version == 3
    restore()
    assert process.act(ENGAGEMENT).version == 2
    stand_alike(process)


def test_a_memory_of_what_a_restored_store_has_lost_is_not_gone_on_from(
    engine: Engine, backup: Callable[[], Callable[[], None]]
) -> None:
    """Others have written since, so that the stream is as long as it was: only its last event tells."""
    process = opened(engine, *READY)
    restore = backup()
    process.act(meeting("m11", "PRIORITY_CHOSEN"))
    restore()
    other = Process(engine)
    other.act(meeting("m12"))
    with pytest.raises(Refused) as refused:
        process.act(choice("m11"))
    assert "unknown-reference" in [one.CODE for one in refused.value.broken]
    process.act(meeting("m13"))
    stand_alike(process)
    stand_alike(other)


def test_a_method_that_a_restored_store_has_lost_is_followed_by_nobody(
    engine: Engine, backup: Callable[[], Callable[[], None]]
) -> None:
    """A process remembers what it published after the copy was taken; a convention that cited it was read by nobody."""
    process = opened(engine)
    restore = backup()
    published, to_the_lost_one = second_version(), to_second_version()
    process.act(published)
    process.act(to_the_lost_one)
    restore()
    with pytest.raises(Refused) as refused:
        process.act(to_the_lost_one)
    assert "unknown-reference" in [one.CODE for one in refused.value.broken]
    process.act(published)
    assert process.act(to_the_lost_one).events
    stand_alike(process)


def test_a_process_that_remembers_what_a_restored_store_has_lost_goes_on_with_what_is_there(
    engine: Engine, backup: Callable[[], Callable[[], None]]
) -> None:
    """Another process published the method: this one has nothing of it in mind but that the convention follows it."""
    process, other = opened(engine), Process(engine)
    restore = backup()
    other.act(second_version())
    process.act(to_second_version())
    process.memory.doubt()
    restore()
    assert process.act(ENGAGEMENT).version == 2
    stand_alike(process)


# --- answers that are said again --------------------------------------------------------------------------------------


def test_a_repeated_request_gets_its_answer_whatever_came_later(engine: Engine) -> None:
    """Its own act would be refused now, its right is gone, its thing is out of sight: the answer is the one kept."""
    process = opened(engine, *READY, meeting("m9", "PRIORITY_CHOSEN"))
    first = process.act(choice("m9"), idempotency_key="twice")
    process.act(ENGAGEMENT)
    for warm in (process, Process(engine)):
        assert replace(warm.act(choice("m9"), idempotency_key="twice"), replayed=False) == first
    for roles in ((), (RoleHeld(PILOT, uuid4()),)):
        actor = Actor(ANYBODY.actor_id, roles)
        again = process.act(choice("m9"), idempotency_key="twice", actor=actor)
        assert again.replayed
        with pytest.raises(UnknownStream):
            process.act(choice("m9"), idempotency_key="once", actor=actor)
    stand_alike(process)


def test_a_refused_decision_looks_again_for_the_answer_of_the_same_request(engine: Engine) -> None:
    """It was sent twice at once: the other one was recorded after this one had looked for its key."""
    process, other = opened(engine, *READY, meeting("m9", "PRIORITY_CHOSEN")), Process(engine)
    request = circumstances(idempotency_key="at-once")

    class Late(ChoosePriority):
        """While it is decided, the same request is done elsewhere."""

        NAME = ChoosePriority.NAME

        def decide(self, state: object, case: Case) -> None:
            other.execute(choice("m9"), request)
            raise Refused(VersionConflict(1, 2))

    late = Late(**vars(choice("m9")))
    assert process.execute(late, request).replayed
    assert len([one for one in of(process, CONVENTION_ID) if one.TOPIC.endswith("priority-chosen")]) == 2


PROOF = Evidence(UUID(int=5), Sha256("c" * 64), Prose("Délibération"))


@pytest.mark.parametrize(
    "other",
    [
        {"reason": Prose("autre")},
        {"reason": None},
        {"evidence": (replace(PROOF, title=Prose("Autre")),)},
        {"evidence": (replace(PROOF, sha256=Sha256("d" * 64)),)},
        {"evidence": ()},
        {"expected_version": 1},
        {"occurred_on": date(2024, 1, 9)},
    ],
    ids=["reason", "no-reason", "title", "document", "no-evidence", "version", "day"],
)
def test_a_key_of_another_request_is_refused(engine: Engine, other: dict[str, object]) -> None:
    """Whatever differs: the act, the reason, any part of the evidence."""
    process = opened(engine)
    same = {"idempotency_key": "k", "reason": Prose("motif"), "evidence": (PROOF,)}
    process.act(ENGAGEMENT, **same)
    assert process.act(ENGAGEMENT, **same).replayed
    act = replace(ENGAGEMENT, occurred_on=OPENED if "occurred_on" not in other else date(2024, 1, 9))
    more = {name: value for name, value in other.items() if name != "occurred_on"}
    with pytest.raises(IdempotencyKeyReused):
        process.act(act, **(same | more))
    with pytest.raises(IdempotencyKeyReused):
        process.act(ActivateConvention(stream_id=CONVENTION_ID), **same)
    assert len(of(process, CONVENTION_ID)) == 2


def test_what_is_kept_of_a_request_says_nothing_of_its_words(engine: Engine) -> None:
    """The hash is under a key of the vault: another store hashes the same request otherwise."""
    process = opened(engine)
    kept = process.answers.hash_of(ENGAGEMENT, circumstances(idempotency_key="k"))
    assert kept == Process(engine).answers.hash_of(ENGAGEMENT, circumstances(idempotency_key="k"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM vault_keys")
    assert kept != Process(engine).answers.hash_of(ENGAGEMENT, circumstances(idempotency_key="k"))


def test_what_is_kept_of_the_key_of_a_request_says_nothing_of_it(engine: Engine) -> None:
    """A tool may make its keys of names: nobody who reads the table can try them out."""
    process = opened(engine)
    process.act(ENGAGEMENT, idempotency_key="relance-mme-lacoste")
    assert Process(engine).answers.find(ANYBODY.actor_id, "relance-mme-lacoste") is not None
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM vault_keys")
    assert Process(engine).answers.find(ANYBODY.actor_id, "relance-mme-lacoste") is None


# --- its bounds -------------------------------------------------------------------------------------------------------


def test_it_forgets_what_was_not_used_for_longest(engine: Engine) -> None:
    process = opened(engine)
    process.memory = Memory(most=2)
    for _ in range(3):
        process.act(ENGAGEMENT)
        process.act(meeting(str(uuid4())))
        assert len(process.memory) <= 2
    stand_alike(process)


def test_each_state_has_one_owner(engine: Engine) -> None:
    process = opened(engine)
    taken = process.memory.take(CONVENTION_ID)
    assert taken is not None
    assert process.memory.take(CONVENTION_ID) is None
    older = convention_of(process)
    process.memory.put([taken])
    process.act(ENGAGEMENT)
    process.memory.put([older])
    remembered = process.memory.take(CONVENTION_ID)
    assert remembered is not None
    assert remembered.version == 2, "an older one does not take its place"
    assert Code(PILOT) == PILOT
