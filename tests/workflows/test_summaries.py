"""Summaries say what a fold from nothing says, whoever makes them, whenever; what they cannot say is not hidden."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event, select

from domain.frameworks import FrameworkConvention
from domain.kernel import EVENTS, Event
from domain.roles import COOPERATION_OFFICER, FRAMEWORK_PILOT
from domain.steering import SteeringBody
from projections.engine import Dossier
from projections.what_lists_say import Summary, summary
from projections.who_holds_which_role import role_holders
from tests.workflows.territory_life import Life
from workflows import codec, schema
from workflows.codec import UnreadableEvent
from workflows.database import create_database_engine
from workflows.log import AppendedRow
from workflows.reading import Reader
from workflows.summaries import Line, Summaries, making, table
from workflows.summaries.marks import Marks
from workflows.summaries.refresher import Refresher


def anew(life: Life, convention_id: UUID) -> Dossier:
    """A dossier read by a process that keeps nothing."""
    found = Reader(life.engine).dossier(convention_id)
    assert found is not None
    return found


def lines(life: Life, made: Summaries | None = None) -> dict[UUID, Line]:
    return {one.convention_id: one for one in (made or life.summaries).on_territories(None)}


def right(life: Life, convention_id: UUID, line: Line) -> bool:
    """Whether a line says what a fold from nothing says; it may have been made on an earlier day."""
    said = line.said
    wanted = summary(anew(life, convention_id), life.clock.today(), life.holidays)
    assert said is not None
    same = {name for name in Summary.__dataclass_fields__ if name not in ("day", "right_until", "next_due_on")}
    return all(getattr(said, name) == getattr(wanted, name) for name in same)


def rows(life: Life) -> dict[UUID, Any]:
    with life.engine.connect() as connection:
        return {row.convention_id: row for row in connection.execute(select(table.table()))}


def marked(life: Life) -> int:
    return life.summaries.unsure().marked


@pytest.fixture
def life(engine: Engine) -> Life:
    return Life(engine)


def test_a_convention_summed_up_while_a_sweep_looks_for_what_is_due_is_swept(life: Life) -> None:
    """Its mark was gone when marks were read, and its summary was not there yet when summaries were."""
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    life.on(date(2027, 1, 4))
    other = create_database_engine(life.engine.url.render_as_string(hide_password=False))
    meanwhile = Summaries(other, Reader(other), life.clock, life.holidays)
    event.listen(life.engine, "after_cursor_execute", lambda *_: meanwhile.refresh())
    assert life.summaries.to_sweep(life.clock.today()) == [life.convention_id]
    other.dispose()


# --- what they say ----------------------------------------------------------------------------------------------------


def test_a_list_is_right_after_each_act_and_each_day(life: Life) -> None:
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    acts = (
        (date(2024, 1, 15), life.engage),
        (date(2024, 5, 14), life.share_diagnosis),
        (date(2024, 6, 3), lambda: life.hold_forum("fo1")),
        (date(2024, 7, 1), life.choose_priority),
        (date(2024, 10, 15), life.validate_plan),
        (date(2024, 12, 2), lambda: life.sign("caf", "epci", "msa")),
        (date(2024, 12, 3), lambda: life.appoint("another", COOPERATION_OFFICER)),
        (date(2026, 2, 3), lambda: life.review(2025, date(2026, 2, 2))),
    )
    for day, act in acts:
        life.on(day)
        act()
        ((convention_id, line),) = lines(life).items()
        assert right(life, convention_id, line), day
        assert marked(life) == 0
    life.sweep()
    ((convention_id, line),) = lines(life).items()
    assert right(life, convention_id, line)


def test_a_day_that_begins_changes_what_is_said_although_nothing_was_recorded(life: Life) -> None:
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    (before,) = lines(life).values()
    assert before.said is not None
    assert (before.said.status, before.said.right_until) == ("on-time", date(2024, 5, 12))  # the eve of a reminder
    life.on(date(2024, 5, 12))
    assert life.summaries.refresh() == 0
    life.on(date(2024, 5, 13))
    (soon,) = lines(life).values()
    assert soon.said is not None
    assert (soon.said.status, soon.to_check) == ("watch", False)
    life.on(date(2024, 7, 11))
    assert life.summaries.refresh() == 1
    (late,) = lines(life).values()
    assert late.said is not None
    assert (late.said.status, late.said.right_until) == ("late", date(2024, 7, 11))


def test_who_is_ahead_of_the_day_writes_nothing_over(life: Life) -> None:
    """A process whose day has begun already: what it made stays, and the others still say their own day."""
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    life.on(date(2024, 7, 11))
    lines(life)
    life.on(date(2024, 7, 10))
    (line,) = lines(life).values()
    assert line.said is not None
    assert (line.said.status, line.said.day) == ("watch", date(2024, 7, 10))
    (row,) = rows(life).values()
    assert row.made_on == date(2024, 7, 11)


# --- who makes them ---------------------------------------------------------------------------------------------------


def test_what_is_recorded_while_a_summary_is_made_keeps_its_mark(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    made = life.summaries.made

    def overtaken(convention_ids: Any) -> list[dict[str, Any]]:
        found = made(convention_ids)
        life.engage()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(life.summaries, "made", overtaken)
        life.summaries.refresh()
    assert marked(life) == 1
    life.summaries.refresh()
    assert marked(life) == 0
    ((convention_id, line),) = lines(life).items()
    assert right(life, convention_id, line)


def test_of_two_that_make_one_the_one_that_knows_more_stays(life: Life) -> None:
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    slow = life.summaries.made([life.convention_id])
    life.engage()
    life.summaries.refresh()
    (kept,) = rows(life).values()
    with life.engine.begin() as connection:
        statement: Any = table.upsert(life.engine, anew=False)
        connection.execute(statement, slow)
    (after,) = rows(life).values()
    assert after.basis == kept.basis > slow[0]["basis"]


def test_few_are_made_at_once_and_none_is_forgotten(life: Life) -> None:
    conventions = life.engage_several(5, date(2024, 1, 8))
    life.summaries.refresh()
    assert marked(life) == 0
    life.appoint("another", COOPERATION_OFFICER)  # on the territory of all five
    assert [life.summaries.refresh(2) for _ in range(4)] == [2, 2, 1, 0]
    found = lines(life)
    assert found.keys() == set(conventions)
    assert all(right(life, one, line) for one, line in found.items())


def test_everything_can_be_made_anew(life: Life) -> None:
    life.engage_several(3, date(2024, 1, 8))
    life.summaries.refresh()
    with life.engine.begin() as connection:
        connection.execute(table.table().update().values(answers=None, phase="WRONG", basis=table.table().c.basis))
    assert life.summaries.rebuild() == 3
    assert {row.phase for row in rows(life).values()} == {"DIAGNOSIS"}
    assert marked(life) == 0


@pytest.mark.parametrize("step", ["put", "clear"])
def test_a_refresher_that_dies_anywhere_loses_no_mark(life: Life, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (convention_id,) = life.engage_several(1, date(2024, 1, 8))
    life.summaries.refresh()
    before = rows(life)[convention_id].basis
    life.appoint("another", COOPERATION_OFFICER)

    def dying(*asked: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Marks, step, dying)
        with pytest.raises(KeyboardInterrupt):
            life.summaries.refresh()
    assert rows(life)[convention_id].basis == before
    assert marked(life) == 1
    assert right(life, convention_id, lines(life)[convention_id])
    assert marked(life) == 0


class Asleep(threading.Event):
    """What stirs a refresher; tells when it waits for that."""

    def __init__(self) -> None:
        super().__init__()
        self.began = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.began.set()
        return super().wait(timeout)


def test_a_process_that_is_asked_to_stop_is_not_held_up_by_one_more_round(life: Life) -> None:
    stirred = Asleep()
    refresher = Refresher(life.summaries, stirred, looks=lambda: False)
    refresher.start()
    stirred.began.wait(60)
    life.engage_several(1, date(2024, 1, 8))
    assert refresher.stop(60)
    assert marked(life) > 0


# --- two releases at once ---------------------------------------------------------------------------------------------


@contextmanager
def release(name: str) -> Iterator[None]:
    """The code of another release: other sources, hence another version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "version", lambda: name)
        table.table.cache_clear()
        try:
            yield
        finally:
            table.table.cache_clear()


def of_release(life: Life, name: str) -> Summaries:
    with release(name):
        made = Summaries(life.engine, Reader(life.engine), life.clock, life.holidays)
        made.prepare()
        return made


def test_two_releases_each_see_every_change(life: Life) -> None:
    conventions = life.engage_several(2, date(2024, 1, 8))
    life.summaries.refresh()
    new = of_release(life, "later")
    with release("later"):
        assert new.refresh() == 2
        assert {one.convention_id for one in new.on_territories(None)} == set(conventions)
    life.appoint("another", COOPERATION_OFFICER)
    assert life.summaries.refresh() == 2
    with release("later"):
        assert new.refresh() == 2  # what the older one made took no mark of the newer one's away
        assert new.others() == [life.summaries.version]
        assert new.retire() == [life.summaries.version]


def test_a_third_release_takes_the_place_of_the_first_which_stops(life: Life) -> None:
    life.engage_several(2, date(2024, 1, 8))
    life.summaries.refresh()
    of_release(life, "second")
    third = of_release(life, "third")
    assert not life.summaries.is_prepared()
    assert life.summaries.refresh() == 0
    with release("third"):
        assert third.refresh() == 2


# --- what cannot be said ----------------------------------------------------------------------------------------------


def test_one_that_fails_is_told_and_swept_from_its_own_fold_then_made_again(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    conventions = life.engage_several(3, date(2024, 1, 8))
    broken = conventions[1]

    def failing(dossier: Dossier, *asked: Any) -> Summary:
        if dossier.convention_id == broken:
            raise ZeroDivisionError("Mme Exemple")
        return summary(dossier, *asked)

    life.on(date(2024, 6, 10))
    with monkeypatch.context() as patch:
        patch.setattr(making, "summary", failing)
        found = lines(life)
        assert {one for one, line in found.items() if line.to_check} == {broken}
        assert found[broken].said is None
        assert life.summaries.unsure().failed == 1
        error = rows(life)[broken].error
        assert error.startswith("ZeroDivisionError (test_summaries.py:")
        assert life.sweep().said == 3
    life.on(date(2024, 6, 11)).sweep()
    found = lines(life)
    assert life.summaries.unsure().failed == 0
    assert right(life, broken, found[broken])


def test_one_that_cannot_be_read_hides_no_other(life: Life) -> None:
    conventions = life.engage_several(3, date(2024, 1, 8))
    unreadable = conventions[0]
    life.summaries.refresh()
    version = anew(life, unreadable).convention.version
    later = AppendedRow(unreadable, version + 1, "ctg.convention.of-a-later-release", "{}", event_id=uuid4())
    life.steering.log.log.append([later])
    found = lines(life)
    assert {one for one, line in found.items() if line.to_check} == {unreadable}
    assert set(found) == set(conventions)
    with pytest.raises(UnreadableEvent):
        life.reader.dossier(unreadable)
    life.on(date(2024, 6, 10))
    with pytest.raises(ExceptionGroup) as failed:
        life.sweep()
    assert [error.__notes__ for error in failed.value.exceptions] == [[f"convention {unreadable}"]]
    with life.engine.connect() as connection:
        agendas = connection.execute(select(schema.streams.c.convention_id).where(schema.streams.c.kind == "agenda"))
        assert set(agendas.scalars()) == set(conventions[1:])


# --- what leaves ------------------------------------------------------------------------------------------------------


def append_after(
    life: Life, last: Event, kind: type[Event], *, territory_id: UUID | None = None, **payload: UUID
) -> None:
    """Record an event of tests only after the last one of its stream, as an append does."""
    made = object.__new__(kind)
    envelope = replace(last.envelope, event_id=uuid4())
    values = {"originator_id": last.originator_id, "originator_version": last.originator_version + 1}
    object.__setattr__(made, "__dict__", {**values, "timestamp": last.timestamp, "envelope": envelope, **payload})
    state, _ = codec.encode(made)
    row = AppendedRow(
        made.originator_id,
        made.originator_version,
        kind.TOPIC,
        state.decode(),
        territory_id=territory_id,
        event_id=envelope.event_id,
    )
    life.steering.log.log.append([row])


class Moved(Event):
    """An event of tests only: a body goes to another territory."""

    TOPIC = "ctg.steering-body.test-moved"
    home_territory_id: UUID

    def apply(self, body: SteeringBody) -> None:
        body.home_territory_id = self.home_territory_id


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only while the test runs: others look through all events there are."""
    monkeypatch.setitem(EVENTS, Moved.TOPIC, Moved)


@pytest.mark.usefixtures("moving")
def test_a_body_that_leaves_stays_counted_and_steers_no_more(life: Life) -> None:
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.meet("OTHER")
    life.summaries.refresh()
    before = anew(life, life.convention_id)
    assert [one.id for one in before.bodies] == [life.body_id]
    elsewhere = uuid4()
    told = before.streams[life.body_id].entries[-1].event
    append_after(life, told, Moved, territory_id=elsewhere, home_territory_id=elsewhere)
    assert marked(life) == 1
    for reader in (life.reader, Reader(life.engine)):
        after = reader.dossier(life.convention_id)
        assert after is not None
        assert after.bodies == ()
        assert after.basis == before.basis + 1
    life.summaries.refresh()
    (kept,) = rows(life).values()
    assert kept.basis == before.basis + 1


def test_the_log_of_the_heads_is_the_log(life: Life) -> None:
    """The basis counts each event that is about a convention once."""
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.engage()
    life.meet("OTHER")
    dossier = anew(life, life.convention_id)
    assert dossier.basis == len(dossier.entries)
    with life.engine.connect() as connection:
        heads = connection.execute(select(schema.streams.c.stream_id, schema.streams.c.version)).all()
    versions = {one.stream_id: one.version for one in heads}
    assert {one: stream.version for one, stream in dossier.streams.items()}.items() <= versions.items()


class Detached(Event):
    """An event of tests only: a framework follows a territory no more."""

    TOPIC = "ctg.framework.test-detached"
    attached_territory_id: UUID

    def apply(self, framework: FrameworkConvention) -> None:
        framework.territories.remove(self.attached_territory_id)


def test_a_framework_that_follows_a_territory_no_more_stays_counted(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its roles reach the convention no more; what it said stays in the journal."""
    monkeypatch.setitem(EVENTS, Detached.TOPIC, Detached)
    life.on(date(2024, 1, 10)).open(date(2025, 1, 1))
    life.summaries.refresh()
    before = anew(life, life.convention_id)
    assert [one.id for one in before.frameworks] == [life.framework_id]
    told = before.streams[life.framework_id].entries[-1].event
    append_after(life, told, Detached, attached_territory_id=life.territory_id)
    assert marked(life) == 1
    for reader in (life.reader, Reader(life.engine)):
        after = reader.dossier(life.convention_id)
        assert after is not None
        assert after.frameworks == ()
        assert after.basis == before.basis + 1
        assert set(before.entries) < set(after.entries)
        assert FRAMEWORK_PILOT not in {
            one.role for one in role_holders(after.register, life.territory_id, None, life.clock.today())
        }
    life.summaries.refresh()
    (kept,) = rows(life).values()
    assert kept.basis == before.basis + 1


def test_the_marks_are_found_without_reading_every_stream(engine: Engine) -> None:
    """Asked by each reader of a list, and ten times a second by the refresher."""
    marks = Marks(Life(engine).reader.journal, 2)
    unmarked = [{"stream_id": uuid4(), "kind": "agenda", "version": 1, "touched": 1} for _ in range(5000)]
    asked: list[str] = []
    with engine.begin() as connection:
        connection.execute(schema.streams.insert(), unmarked)
        connection.exec_driver_sql("ANALYZE")
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2]))
        marks.read(connection)
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        plan = connection.exec_driver_sql(f"{explain} {asked[0]}").all()
    assert any("ix_streams_touched_2" in str(line) for line in plan), plan


def test_no_convention_waits_for_a_second_sweep_behind_many_marks(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an import or a migration there are more marks than are read at once; all of them are swept."""
    conventions = life.engage_several(5, date(2024, 1, 8))
    monkeypatch.setattr(Marks.read, "__defaults__", (2,))
    assert set(conventions) <= set(life.summaries.to_sweep(life.clock.today()))
