"""How the story is told: in order of time, through commands, with nobody's name and no clear text in the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import select

from ctg_engine.clock import SetClock
from ctg_engine.demo.cast import everyone
from ctg_engine.demo.diary import Diary, StoryBroken
from ctg_engine.demo.story import ACCOUNTS, DEMO_NOW, DEMO_PASSWORD, DEMO_TODAY, write_everything
from domain.calendar import is_working_day
from domain.kernel import Event, Origin
from domain.participation.proposing import ANYBODY
from domain.values import Prose
from tests.demo.telling import HOLIDAYS, Telling
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.instants import PARIS
from workflows.migrating import migrate
from workflows.schema import events, idempotency


def prose_in(value: object) -> Iterator[str]:
    """Every clear text of a command or a context, however deep."""
    if isinstance(value, Prose):
        yield str(value.text)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from prose_in(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from prose_in(getattr(value, field.name))


def test_the_clock_moves_forward_and_stops_on_the_demonstrations_day(telling: Telling) -> None:
    instants = [event.recorded_at for _, event in telling.log]
    assert all(before <= after for before, after in pairwise(instants))
    assert instants[0].date() == date(2023, 1, 9)
    assert instants[-1] <= DEMO_NOW == telling.clock.now()
    assert telling.clock.today() == DEMO_TODAY
    assert DEMO_TODAY.weekday() == 0


def test_no_fact_is_recorded_before_it_happened(telling: Telling) -> None:
    assert [event for _, event in telling.log if event.recorded_at.astimezone(PARIS).date() < event.occurred_on] == []


def test_every_event_of_people_says_that_it_is_a_demonstration(telling: Telling) -> None:
    origins = {event.envelope.origin for _, event in telling.log}
    assert origins == {Origin.DEMO, Origin.REACTION}
    engine = {event.envelope.actor_role for _, event in telling.log if event.envelope.origin is Origin.REACTION}
    assert engine == {"ENGINE"}


def test_every_command_but_the_refused_ones_left_its_events(telling: Telling) -> None:
    diary = write_everything()
    refused = [moment for moment in diary.moments if moment.refused]
    told = {event.envelope.correlation_id for _, event in telling.log if event.envelope.origin is Origin.DEMO}
    assert len(refused) == 3
    assert len(told) == len(diary.moments) - len(refused)


def test_deadlines_are_swept_each_week_then_each_working_day(telling: Telling) -> None:
    days = [instant.astimezone(PARIS).date() for instant in telling.swept]
    assert days == sorted(set(days))
    assert {day.weekday() for day in days if day < date(2026, 3, 1)} == {0}
    assert {day.weekday() for day in days if day >= date(2026, 3, 1)} == {0, 1, 2, 3, 4}
    assert days[-1] == DEMO_TODAY


def test_no_free_text_and_no_name_is_readable_in_the_log(telling: Telling) -> None:
    with telling.engine.connect() as connection:
        log = "\n".join(connection.execute(select(events.c.state)).scalars())
        log += "\n".join(connection.execute(select(idempotency.c.answer)).scalars())
    log = re.sub(r'"[a-z_0-9]+":', "", log)  # the names of fields are no text of anybody
    written = {text for moment in write_everything().moments for text in prose_in((moment.command, moment.evidence))}
    written |= {moment.reason for moment in write_everything().moments if moment.reason}
    assert len(written) > 200
    assert [text for text in written if text in log] == []
    assert [person.key for person in everyone() if person.name in log or person.email in log] == []


def test_every_sealed_text_can_be_opened(telling: Telling) -> None:
    tokens = [prose.token for _, event in telling.log for prose in _sealed(event)]
    opened = telling.vault.open_texts(str(token) for token in tokens)
    assert len(opened) > 300
    assert all(opened.values())


def _sealed(value: object) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _sealed(one)
    elif isinstance(value, Event):
        for one in vars(value).values():
            yield from _sealed(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sealed(getattr(value, field.name))


def test_every_person_is_invented_and_unreachable(telling: Telling) -> None:
    people = everyone()
    assert len({person.key for person in people}) == len({person.name for person in people}) == len(people)
    known = telling.vault.people(person.person_id for person in people)
    assert {one.name for one in known.values()} == {person.name for person in people}
    assert all(one.email.endswith(".invalid") for one in known.values())


def test_whoever_acted_is_someone_of_the_story(telling: Telling) -> None:
    ids = {person.person_id for person in everyone()}
    acted = {event.envelope.actor_id for _, event in telling.log if event.envelope.origin is Origin.DEMO}
    assert acted <= ids | {ANYBODY}


def test_visitors_can_enter_by_each_account(telling: Telling) -> None:
    assert {"pilote.departement", "pilote.valdegers", "comite.valdegers", "caf", "administrateur"} <= {
        account.login for account in telling.told.accounts
    }
    for account in ACCOUNTS:
        entered = telling.accounts.verify(account.login, DEMO_PASSWORD, DEMO_NOW)
        assert entered is not None
        assert entered.person_id == account.person.person_id
        assert entered.is_administrator == account.is_administrator


def test_the_partners_tool_has_its_key(telling: Telling) -> None:
    key = telling.api_keys.authenticate(telling.told.api_key, DEMO_NOW)
    assert key is not None
    assert (key.role, key.territory_id) == ("PARTNER_REPRESENTATIVE", None)


@pytest.mark.slow
def test_the_same_story_is_told_twice(telling: Telling, told_again: Telling) -> None:
    def skeleton(log: list[tuple[int, Event]]) -> list[tuple[object, ...]]:
        return [
            (position, event.TOPIC, event.originator_id, event.originator_version, event.occurred_on, event.recorded_at)
            for position, event in log
        ]

    assert skeleton(told_again.log) == skeleton(telling.log)


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steering]:
    """An empty migrated store."""
    engine = create_database_engine(f"sqlite:///{tmp_path_factory.mktemp('broken') / 'broken.db'}")
    migrate(engine)
    yield Steering(engine)
    engine.dispose()


def test_an_unforeseen_refusal_stops_the_story(empty: Steering) -> None:
    first = write_everything().moments[0]
    with pytest.raises(StoryBroken, match="already-exists"):
        Diary([first, first]).play(empty, SetClock(DEMO_NOW), lambda now: None)


def test_a_refusal_that_does_not_come_stops_the_story(empty: Steering) -> None:
    first = replace(write_everything().moments[0], refused=("priority-without-diagnosis",))
    with pytest.raises(StoryBroken, match="accepted"):
        Diary([first]).play(empty, SetClock(DEMO_NOW), lambda now: None)


def test_people_meet_and_record_on_working_days() -> None:
    days = {
        day
        for moment in write_everything().moments
        for day in (moment.day, getattr(moment.command, "occurred_on", None))
        if day
    }
    days.remove(date(2026, 3, 22))  # a municipal election, on a Sunday
    assert [day for day in sorted(days) if not is_working_day(day, HOLIDAYS)] == []


def test_nothing_is_told_after_the_last_day() -> None:
    late = replace(write_everything().moments[0], day=date(2026, 6, 16))
    with pytest.raises(StoryBroken, match="after the story ends"):
        Diary().write(late)


def test_every_paper_that_a_fact_cites_opens(telling: Telling) -> None:
    """None did: their fingerprints were invented."""
    cited = {document.sha256 for _, event in telling.log for document in event.envelope.evidence}
    assert len(cited) > 100
    for sha256 in cited:
        name = next(iter(telling.files.places(sha256).values()))
        assert b"D\xe9monstration" in telling.files.open(sha256, name).data
