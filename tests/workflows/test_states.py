"""Kept states: a stream is loaded from one and the events after it, and says what its events say from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.utils import register_topic
from sqlalchemy import Engine, delete, select, update

from domain.action_sheets.state import ActionSheet
from domain.convention.forums import RecordForum
from domain.convention.opening import Engagement, RecordEngagement
from domain.convention.state import TerritorialConvention
from domain.kernel import AGGREGATES, EVENTS, Aggregate, Case, Event
from domain.values import AnalysisSide, Attendance, Cell, Expertise, local_id
from tests.projections.beside_the_plan import (
    contest_lead,
    tell_claims,
    tell_contribution,
    tell_data,
    tell_delegation,
    tell_diagnosis,
    tell_indicator,
    tell_note,
    tell_pledge,
    tell_satisfaction,
)
from tests.projections.story import Story
from tests.properties.test_any_sequence_of_commands import BODY, CONVENTION_ID, OPENED, READY, SHEETS, THEMES
from tests.workflows.territory_life import Life
from tests.workflows.test_roles_in_use import frameworks
from tests.workflows.together import Process, circumstances, meeting, of, opened, stand_alike
from workflows import states
from workflows.application import Steering
from workflows.log import StreamRow
from workflows.schema import states as kept_states
from workflows.schema import streams

ROOT = Path(__file__).parents[2]
ENGAGEMENT = RecordEngagement(stream_id=CONVENTION_ID, occurred_on=OPENED)
EVERY = states.KEEP_EVERY


def forum(number: int) -> RecordForum:
    return RecordForum(
        stream_id=CONVENTION_ID,
        forum_id=local_id(f"forum-{number}"),
        themes=THEMES,
        attendance_by_expertise=Attendance(3, 2, number % 3),
        cells_covered=(Cell(Expertise.TECHNICAL, AnalysisSide.OFFER),),
        occurred_on=date(2024, 6, 5) + timedelta(days=number),
    )


def versions_kept(engine: Engine, stream_id: UUID) -> list[int]:
    with engine.connect() as connection:
        found = connection.execute(select(kept_states.c.version).where(kept_states.c.stream_id == stream_id))
        return sorted(found.scalars())


def rows_of(process: Process, stream_id: UUID) -> list[StreamRow]:
    return process.log.log.load(stream_id, list(states.folds()))


def from_nothing(process: Process, stream_id: UUID) -> Aggregate:
    folded = states.fold(None, of(process, stream_id))
    assert folded is not None
    return folded


def test_a_state_is_kept_now_and_then_and_loaded_with_what_came_after(engine: Engine) -> None:
    process = opened(engine, *READY, *(forum(number) for number in range(EVERY + 5)))
    assert versions_kept(engine, CONVENTION_ID) == [EVERY]
    rows = rows_of(process, CONVENTION_ID)
    version = from_nothing(process, CONVENTION_ID).version
    assert [row.is_event for row in rows] == [False] + [True] * (version - EVERY)
    loaded = process.load(CONVENTION_ID)
    assert loaded is not None
    assert vars(loaded) == vars(from_nothing(process, CONVENTION_ID))
    Process(engine).act(forum(1000))
    process.act(forum(1001))
    stand_alike(process)


def test_several_states_may_be_kept_in_one_append(engine: Engine) -> None:
    process = opened(engine)
    several = [*[ENGAGEMENT] * EVERY, *(meeting(f"m{number + 100}") for number in range(EVERY))]
    process.execute_all(several, circumstances(idempotency_key=None))
    for stream_id in (BODY, CONVENTION_ID):
        last = from_nothing(process, stream_id)
        assert versions_kept(engine, stream_id) == [last.version]
        assert vars(last) == vars(process.load(stream_id))
    stand_alike(process)


def test_who_folds_much_keeps_what_it_folded(engine: Engine) -> None:
    process = opened(engine, *READY, *(forum(number) for number in range(EVERY)))
    with engine.begin() as connection:
        connection.execute(delete(kept_states))
    version = from_nothing(process, CONVENTION_ID).version
    process.load(CONVENTION_ID)
    assert versions_kept(engine, CONVENTION_ID) == [version]
    assert [row.is_event for row in rows_of(process, CONVENTION_ID)] == [False]
    process.load(BODY)
    assert versions_kept(engine, BODY) == [], "it folded little"


def test_a_state_of_other_code_is_not_seen(engine: Engine) -> None:
    """Nor does it disturb: each release keeps its own."""
    process = opened(engine, *READY, *(forum(number) for number in range(EVERY)))
    with engine.begin() as connection:
        connection.execute(update(kept_states).values(fold="of-another-release", state="{}", version=10_000))
    loaded = process.load(CONVENTION_ID)
    assert vars(loaded) == vars(from_nothing(process, CONVENTION_ID))
    assert len(versions_kept(engine, CONVENTION_ID)) == 2
    assert states.forget_others(engine) == 1
    assert len(versions_kept(engine, CONVENTION_ID)) == 1
    states.forget(engine)
    assert versions_kept(engine, CONVENTION_ID) == []


@pytest.mark.parametrize("text", ["", "{}", "not JSON", '{"holders": 1}'])
def test_a_damaged_state_is_folded_again(engine: Engine, text: str) -> None:
    process = opened(engine, *READY, *(forum(number) for number in range(EVERY)))
    with engine.begin() as connection:
        connection.execute(update(kept_states).values(state=text))
    loaded = process.load(CONVENTION_ID)
    assert vars(loaded) == vars(from_nothing(process, CONVENTION_ID))


def test_an_older_state_does_not_take_the_place_of_a_later_one(engine: Engine) -> None:
    process = opened(engine, *READY)
    before = process.load(CONVENTION_ID)
    assert before is not None
    process.act(ENGAGEMENT)
    after = process.load(CONVENTION_ID)
    assert after is not None
    for state in (after, before):
        process.log.log.keep(states.kept(state))
    assert versions_kept(engine, CONVENTION_ID) == [after.version]


# --- every kind of stream ---------------------------------------------------------------------------------------------


def says_the_same(process: Steering, engine: Engine) -> set[str]:
    """Write and read a state of each kind there is; the kinds."""
    with engine.connect() as connection:
        every = {row.kind: row.stream_id for row in connection.execute(select(streams))}
    kinds = {kind.TOPIC.removeprefix("ctg.") for kind in AGGREGATES.values() if kind.CHANGES}
    for name in kinds & set(every):
        state = process.load(every[name])
        assert state is not None
        row = states.kept(state)
        read = states.restored(row.fold, row.stream_id, row.version, row.last_event_id, row.state)
        assert vars(read) == vars(state), name
        assert type(read) is type(state)
    return kinds - set(every)


def test_a_state_of_every_kind_says_the_same_once_written_and_read(engine: Engine) -> None:
    beside = {"pledge", "indicator", "satisfaction", "claims", "delegation", "lead-role", "diagnosis"}
    beside |= {"participation", "counsel"}
    assert says_the_same(opened(engine, *READY, *frameworks()), engine) == {"agenda"} | beside


def test_so_do_those_of_what_stands_beside_a_plan(engine: Engine) -> None:
    story = Story(engine)
    story.until_signed()
    tell_pledge(story, story.caf)
    tell_indicator(story, story.caf)
    tell_satisfaction(story)
    tell_claims(story, story.caf)
    tell_delegation(story, story.caf)
    tell_data(story, story.caf)
    tell_contribution(story)
    contest_lead(story, story.caf)
    tell_note(story, story.caf)
    tell_diagnosis(story, story.caf)
    beside = {"pledge", "indicator", "satisfaction", "claims", "delegation", "lead-role", "diagnosis"}
    beside |= {"participation", "counsel"}
    assert not beside & says_the_same(story.steering, engine)


def test_so_does_that_of_an_agenda(engine: Engine) -> None:
    life = Life(engine)
    life.engage_several(1, date(2024, 1, 8))
    life.on(date(2026, 1, 8)).sweep()
    assert "agenda" not in says_the_same(life.steering, engine)


def test_a_state_holds_no_clear_text() -> None:
    sheet = ActionSheet.__new__(ActionSheet)
    draft = next(command for command in READY if command.stream_id == SHEETS[0])
    unset = dict.fromkeys(("owner_person_id", "calendar", "drafted_on", "_created_on", "_modified_on"))
    sheet.__dict__.update(vars(draft), **unset, parts={}, _version=1)
    with pytest.raises(NotImplementedError, match="clear text"):
        states.kept(sheet)


# --- the code that folds ----------------------------------------------------------------------------------------------

FOLDS = "import domain; from workflows.states import *; print({kind.__name__: fold for fold, kind in folds().items()})"


def folds_in(tree: Path) -> dict[str, str]:
    """The folds of the code in a tree, by kind."""
    ended = subprocess.run(
        [sys.executable, "-c", FOLDS],
        cwd=tree,
        env={"PATH": os.defpath, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(eval(ended.stdout))  # noqa: S307 - what we printed ourselves


CHANGES = (
    (
        "domain/convention/forums.py",
        "withheld=convention.withholds(self),",
        "withheld=False,",
        {"TerritorialConvention"},
    ),
    ("domain/convention/crossing.py", "day < self.since", "day <= self.since", {"TerritorialConvention"}),
    ("domain/assignments.py", "self.partner_id, self.ends_on", "self.partner_id, None", {"Territory"}),
    ("domain/agenda.py", "max(self.offset_days", "min(self.offset_days", {"Agenda"}),
    ("domain/values.py", "NAMESPACE = ", "NAMESPACE  = ", {"TerritorialConvention", "Partner", "SteeringBody"}),
    ("workflows/codec.py", "def decode(", "def  decode(", {"TerritorialConvention", "Partner", "SteeringBody"}),
)


@pytest.mark.slow
def test_one_changed_line_gives_another_fold(tmp_path: Path, subtests: pytest.Subtests) -> None:
    for package in ("domain", "workflows"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    here = folds_in(tmp_path)
    assert here == {kind.__name__: fold for fold, kind in states.folds().items()}, "the same code folds the same"
    for later, (path, before, after, changed) in enumerate(CHANGES, start=1):
        with subtests.test(path=path):
            module = tmp_path / path
            source = module.read_text(encoding="utf-8")
            assert before in source, "the line is no longer there: choose another one that folds"
            module.write_text(source.replace(before, after, 1), encoding="utf-8")
            # Python sees a change by the second and the size: neither need differ here.
            now = module.stat().st_mtime + 10 * later
            os.utime(module, (now, now))
            there = folds_in(tmp_path)
            module.write_text(source, encoding="utf-8")
            assert changed <= {kind for kind in here if here[kind] != there[kind]}
            if path == "domain/agenda.py":
                assert here["TerritorialConvention"] == there["TerritorialConvention"], "it folds no agenda"


# --- corrections ------------------------------------------------------------------------------------------------------


class Corrected(Event):
    """Says that the convention was never engaged: what a later act will record of what was annulled."""

    TOPIC = "ctg.convention.corrected-by-a-test"
    CORRECTS = True

    def apply(self, convention: TerritorialConvention) -> None:
        """Nothing by itself."""
        Engagement.of(convention).engaged_on = None


class Correct(RecordEngagement):
    """Records it."""

    NAME = RecordEngagement.NAME

    def decide(self, state: TerritorialConvention, case: Case) -> None:
        state.record(Corrected, case)


@pytest.fixture
def _correcting(monkeypatch: pytest.MonkeyPatch) -> None:
    register_topic(Corrected.TOPIC, Corrected)
    monkeypatch.setitem(EVENTS, Corrected.TOPIC, Corrected)


@pytest.mark.usefixtures("_correcting")
def test_no_state_of_before_a_correction_is_used(engine: Engine) -> None:
    process = opened(engine, *READY, *[ENGAGEMENT] * EVERY)
    other = Process(engine)
    other.act(ENGAGEMENT)
    assert rows_of(process, CONVENTION_ID)[0].is_event is False
    version = process.act(Correct(stream_id=CONVENTION_ID)).version
    assert all(row.is_event for row in rows_of(process, CONVENTION_ID)), "folded from nothing"
    assert process.memory.take(CONVENTION_ID) is None, "what is remembered was folded before"
    assert other.act(ENGAGEMENT).version == version + 1
    assert other.read.count(CONVENTION_ID) == 1, "the other process folds it again too"
    with engine.connect() as connection:
        head = connection.execute(select(streams).where(streams.c.stream_id == CONVENTION_ID)).one()
    assert (head.fold_from, head.version) == (version, version + 1)
    loaded = process.load(CONVENTION_ID)
    assert loaded is not None
    assert versions_kept(engine, CONVENTION_ID)[-1] >= version
    stand_alike(process)
