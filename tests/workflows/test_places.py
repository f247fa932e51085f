"""Every event is found again by what it concerns: its convention, its territory, its framework."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Engine, Row, select

from domain.agenda import agenda_stream
from domain.kernel import AGGREGATES
from domain.territories import territory_stream
from tests.projections.beside_the_plan import (
    contest_lead,
    tell_claims,
    tell_contribution,
    tell_data,
    tell_delegation,
    tell_indicator,
    tell_note,
    tell_pledge,
    tell_satisfaction,
)
from tests.projections.story import OTHER_SIREN, Story
from tests.workflows.territory_life import Life
from workflows.journal import REGISTER_KINDS
from workflows.schema import OF_REGISTER, events, streams


@pytest.fixture
def story(engine: Engine) -> Story:
    """A story of which only the log is read."""
    return Story(engine)


def rows_of(story: Story) -> list[Row[tuple[object, ...]]]:
    with story.engine.connect() as connection:
        return list(connection.execute(select(events).order_by(events.c.position)))


def test_each_kind_of_stream_says_where_it_belongs(story: Story) -> None:
    story.until_signed()
    story.register(OTHER_SIREN, "CC du Bas Armagnac", "32096")
    story.attach(story.territory)
    story.assign("AUDITOR", UUID(int=1), date(2024, 1, 1))
    tell_pledge(story, story.caf)
    tell_indicator(story, story.caf)
    tell_satisfaction(story)
    tell_claims(story, story.caf)
    tell_delegation(story, story.caf)
    tell_data(story, story.caf)
    tell_contribution(story)
    contest_lead(story, story.caf)
    tell_note(story, story.caf)
    here, nothing = story.territory, None
    expected = {
        "convention": {(story.convention, here, nothing)},
        "action-sheet": {(story.convention, here, nothing)},
        "pledge": {(story.convention, here, nothing)},
        "indicator": {(story.convention, here, nothing)},
        "satisfaction": {(story.convention, here, nothing)},
        "claims": {(story.convention, here, nothing)},
        "steering-body": {(nothing, here, nothing)},
        "delegation": {(nothing, here, nothing)},
        "lead-role": {(nothing, here, nothing)},
        "diagnosis": {(nothing, here, nothing)},
        "participation": {(nothing, here, nothing)},
        "counsel": {(nothing, here, nothing)},
        "territory": {(nothing, here, nothing), (nothing, territory_stream(OTHER_SIREN), nothing)},
        "framework": {(nothing, nothing, story.framework)},
        "partner": {(nothing, nothing, nothing)},
        "method-profile": {(nothing, nothing, nothing)},
        "partner-key": {(nothing, nothing, nothing)},
        "perimeter-register": {(nothing, nothing, nothing)},
    }
    found: dict[str, set[tuple[UUID | None, ...]]] = {}
    for row in rows_of(story):
        kind = row.topic.split(".")[1]
        found.setdefault(kind, set()).add((row.convention_id, row.territory_id, row.framework_id))
    assert found == expected
    with story.engine.connect() as connection:
        heads = connection.execute(select(streams)).all()
    of_heads: dict[str, set[tuple[UUID | None, ...]]] = {}
    for head in heads:
        of_heads.setdefault(head.kind, set()).add((head.convention_id, head.territory_id, head.framework_id))
    assert of_heads == expected
    assert set(expected) | {"agenda"} == {kind.TOPIC.removeprefix("ctg.") for kind in AGGREGATES.values()}


def test_when_and_by_whom_stand_beside_the_event(story: Story) -> None:
    story.until_signed()
    decoded = {event.envelope.event_id: event for _, event in story.steering.read_events(0, 1000)}
    rows = rows_of(story)
    assert len(rows) == len(decoded)
    for row, event in zip(rows, decoded.values(), strict=True):
        assert (row.occurred_on, row.actor_id) == (event.occurred_on, event.envelope.actor_id)


def test_an_agenda_belongs_to_its_convention(engine: Engine) -> None:
    life = Life(engine)
    (convention,) = life.engage_several(1, date(2024, 1, 8))
    life.on(date(2026, 1, 8)).sweep()
    with life.engine.connect() as connection:
        about = connection.execute(
            select(events.c.convention_id, events.c.territory_id)
            .where(events.c.stream_id == agenda_stream(convention))
            .distinct()
        ).all()
    assert [tuple(one) for one in about] == [(convention, life.territory_id)]


def test_the_register_is_summed_over_all_that_it_holds(engine: Engine) -> None:
    """The condition of its index and of its statement names each of its kinds."""
    assert "kind IN ({})".format(", ".join(f"'{kind}'" for kind in REGISTER_KINDS)) == OF_REGISTER
    if engine.dialect.name == "sqlite":
        summed = f"SELECT kind, count(*), sum(register_version) FROM streams WHERE {OF_REGISTER} GROUP BY kind"
        asked = f"EXPLAIN QUERY PLAN {summed}"
        with engine.connect() as connection:
            (plan,) = connection.exec_driver_sql(asked).all()
        assert "COVERING INDEX ix_streams_kind_register_version" in plan[-1]
