"""After any sequence of acts by two processes, what each keeps in memory and in tables says what the log says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from ctg_engine.clock import SetClock
from domain.kernel import Actor, Aggregate, Refused, RoleHeld
from domain.steering import ConstituteSteeringBody
from domain.values import Code, PublicName, luhn_is_valid
from projections.engine import Dossier
from projections.what_happened import history
from projections.what_is_due import sheet
from projections.what_lists_say import Summary, summary
from projections.where_conventions_stand import convention
from projections.which_signatures_are_missing import signatures
from projections.which_themes_are_crossed import crossing
from tests.projections.story import Story
from workflows.calendar import PublicHolidays
from workflows.database import create_database_engine
from workflows.migrating import migrate
from workflows.reading import Reader
from workflows.summaries import Summaries

HOLIDAYS = PublicHolidays()
TODAY = date(2026, 6, 1)

ACTS: tuple[Callable[[Story], object], ...] = (
    lambda story: story.engage(date(2024, 1, 15)),
    lambda story: story.diagnose(date(2024, 5, 14)),
    lambda story: story.diagnose(date(2023, 5, 14)),
    lambda story: story.forum(str(uuid4()), date(2024, 6, 4)),
    lambda story: story.forum("fo7", date(2024, 4, 2), 9, 0, 2),
    lambda story: story.choose(str(uuid4()), date(2024, 7, 2)),
    lambda story: story.plan(date(2024, 9, 10)),
    lambda story: story.meet(str(uuid4()), date(2024, 9, 12)),
    lambda story: story.mandate(story.caf, date(2024, 10, 1)),
    lambda story: story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9)),
    lambda story: story.sign(story.caf, date(2024, 11, 18)),
    lambda story: story.sign(story.epci, date(2024, 11, 20)),
    lambda story: story.activate(date(2025, 1, 2)),
    lambda story: story.waive("R06", date(2024, 5, 20), date(2026, 12, 31), subject="MOBILITY"),
    lambda story: story.review(2025, date(2026, 3, 20)),
    lambda story: story.assign("PILOT", uuid4(), date(2024, 1, 2)),
)


def answers(dossier: Dossier) -> tuple[object, ...]:
    return (
        convention(dossier, TODAY),
        sheet(dossier, TODAY, HOLIDAYS),
        crossing(dossier, TODAY),
        signatures(dossier),
        history(dossier, limit=500),
    )


@contextmanager
def database(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Iterator[Engine]:
    if kind == "sqlite":
        engine = create_database_engine(f"sqlite:///{tmp_path / uuid4().hex}.db")
        migrate(engine)
    else:
        engine = create_database_engine(request.getfixturevalue("migrated_postgres_url"))
    try:
        yield engine
    finally:
        engine.dispose()


def told(state: Aggregate) -> dict[str, object]:
    """All of a state but what the store itself notes on it."""
    return {name: value for name, value in vars(state).items() if name != "_last_event_id"}


def settle(story: Story, number: int) -> None:
    """A territory of its own with its committee and its convention: one perimeter has one convention at a time."""
    digits = f"20{number:06d}"
    siren = next(each for last in range(10) if luhn_is_valid(each := f"{digits}{last}"))
    story.territory = story.register(Code(siren), f"CC {number}", f"32{number:03d}")
    story.pilot = Actor(story.pilot.actor_id, (RoleHeld(Code("PILOT"), story.territory),))
    story.body, story.convention = uuid4(), uuid4()
    committee = ConstituteSteeringBody(
        stream_id=story.body,
        home_territory_id=story.territory,
        kind=Code("COPIL"),
        name=PublicName("Comité de pilotage"),
    )
    story.tell(committee)
    story.meet("m1", date(2024, 1, 10))
    story.open()


def another(story: Story) -> Story:
    """The same people in another process, with a memory of its own."""
    other = Story(story.engine)
    for name in ("administrator", "territory", "pilot", "caf", "epci", "cpam", "body", "convention", "framework"):
        setattr(other, name, getattr(story, name))
    return other


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_memories_and_summaries_say_what_the_log_says(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    with database(request, tmp_path, kind) as engine:
        first = Story(engine)
        first.set_up()
        summaries = Summaries(engine, Reader(engine), SetClock(datetime(2026, 6, 1, 9, tzinfo=UTC)), HOLIDAYS)
        summaries.prepare()
        number = count(1)

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, len(ACTS) - 1), st.booleans()), max_size=25))
        def live(lived: list[tuple[int, int, bool]]) -> None:
            settle(first, next(number))
            processes = (first, another(first))
            for process, act, refreshed in lived:
                try:
                    ACTS[act](processes[process])
                except Refused:
                    continue
                if refreshed:
                    summaries.refresh()
            wanted = Reader(engine).dossier(first.convention)
            assert wanted is not None
            for story in processes:
                found = story.reader.dossier(first.convention)
                assert found is not None
                assert answers(found) == answers(wanted)
                assert found.basis == wanted.basis == len(wanted.entries)
                state = story.steering.load(first.convention)
                assert state is not None
                assert told(state) == told(wanted.convention)
            (line,) = [one for one in summaries.on_territories(None) if one.convention_id == first.convention]
            said, expected = line.said, summary(wanted, TODAY, HOLIDAYS)
            assert said is not None
            names = set(Summary.__dataclass_fields__) - {"day", "right_until"}
            assert {name for name in names if getattr(said, name) != getattr(expected, name)} == set()

        live()
