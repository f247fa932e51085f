"""What happened? The audit trail: who recorded what, when, in what role, why and on what evidence.

A convention's trail holds its own events, those of its agenda and action sheets, and those of its territory: roles,
perimeter, committees and their meetings. Nothing is left out and nothing is summed up; free texts stay sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    Text,
    Uuid,
    func,
    select,
)

from domain.action_sheets import ActionSheetDrafted
from domain.agenda import ABOUT_CONVENTION, AgendaOpened
from domain.convention.opening import ConventionOpened
from domain.frameworks import FrameworkConventionOpened
from domain.kernel import Event, Irregularity, Origin
from domain.steering import SteeringBodyConstituted
from domain.territories import TerritoryRegistered
from domain.values import Code, Evidence, Prose
from projections.engine import Batch, Projection, envelope_columns, envelope_values

MOST: Final = 500
"""Entries on one page, at most."""

happened = Projection("happened", 1)

streams = happened.table(
    "streams",
    Column("stream_id", Uuid, primary_key=True),
    Column("convention_id", Uuid),  # null: of the whole territory or framework
    Column("territory_id", Uuid),
    Column("framework_id", Uuid),
    Index(None, "convention_id"),
    Index(None, "territory_id"),
)
entries = happened.table(
    "events",
    *envelope_columns(),
    Column("stream_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("causation_id", Uuid),
    Index(None, "stream_id", "position"),
    Index(None, "event_id", unique=True),
)


@happened.when(Event)
def _anything(batch: Batch, event: Event) -> None:
    batch.put(
        entries,
        stream_id=event.originator_id,
        version=event.originator_version,
        origin=event.envelope.origin.value,
        correlation_id=event.envelope.correlation_id,
        causation_id=event.envelope.causation_id,
        **envelope_values(batch.position, event),
    )


@happened.when(ConventionOpened)
def _convention(batch: Batch, event: ConventionOpened) -> None:
    stream = event.originator_id
    batch.put(streams, stream_id=stream, convention_id=stream, territory_id=event.home_territory_id)


@happened.when(AgendaOpened)
def _agenda(batch: Batch, event: AgendaOpened) -> None:
    batch.put(
        streams,
        stream_id=event.originator_id,
        convention_id=event.subject_id if event.subject_kind == ABOUT_CONVENTION else None,
        territory_id=event.home_territory_id,
    )


@happened.when(ActionSheetDrafted)
def _sheet(batch: Batch, event: ActionSheetDrafted) -> None:
    batch.put(
        streams,
        stream_id=event.originator_id,
        convention_id=event.convention_id,
        territory_id=event.home_territory_id,
    )


@happened.when(SteeringBodyConstituted)
def _committee(batch: Batch, event: SteeringBodyConstituted) -> None:
    batch.put(streams, stream_id=event.originator_id, territory_id=event.home_territory_id)


@happened.when(TerritoryRegistered)
def _territory(batch: Batch, event: TerritoryRegistered) -> None:
    batch.put(streams, stream_id=event.originator_id, territory_id=event.originator_id)


@happened.when(FrameworkConventionOpened)
def _framework(batch: Batch, event: FrameworkConventionOpened) -> None:
    batch.put(streams, stream_id=event.originator_id, framework_id=event.originator_id)


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One event: when it happened (`occurred_on`), when it was recorded, by whom, why, on what documents.

    `topic` is its full topic; `facts` its payload as JSON values (dates and ids as text, free texts as `Prose`).
    `convention_id` is None for what belongs to the whole territory. `position` is internal: page with the cursor.
    """

    position: int
    event_id: UUID
    stream_id: UUID
    version: int
    topic: Code
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    origin: Origin
    correlation_id: UUID
    causation_id: UUID | None
    convention_id: UUID | None
    territory_id: UUID | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Page:
    """Some entries; `after` is the cursor of the next page, None on the last one."""

    entries: tuple[Entry, ...]
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What to keep; both ends of a period are included, an empty tuple keeps everything."""

    occurred_from: date | None = None
    occurred_to: date | None = None
    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    topics: tuple[Code, ...] = ()
    actors: tuple[UUID, ...] = ()
    correlation_id: UUID | None = None
    irregular_only: bool = False


EVERYTHING: Final = Filter()


def history(
    connection: Connection,
    convention_id: UUID,
    only: Filter = EVERYTHING,
    *,
    after: int | None = None,
    limit: int = 50,
    newest_first: bool = True,
) -> Page:
    """A page of a convention's trail, in the order of recording; empty when there is no such convention."""
    return _page(connection, _streams_of(connection, convention_id), only, after, limit, newest_first)


def territory_history(
    connection: Connection,
    territory_id: UUID,
    only: Filter = EVERYTHING,
    *,
    after: int | None = None,
    limit: int = 50,
    newest_first: bool = True,
) -> Page:
    """A page of everything recorded on a territory, all its conventions included."""
    found = _streams(connection, streams.c.territory_id == territory_id)
    return _page(connection, found, only, after, limit, newest_first)


def entry(connection: Connection, event_id: UUID) -> Entry | None:
    """One event, None when there is none with this id."""
    row = connection.execute(select(entries).where(entries.c.event_id == event_id)).first()
    if row is None:
        return None
    return _entry(row, _streams(connection, streams.c.stream_id == row.stream_id))


def position_of(connection: Connection, convention_id: UUID, event_id: UUID) -> int | None:
    """Where an event stands in a convention's trail, to go on from there; None for one that is not in it."""
    of_it = entries.c.stream_id.in_(_streams_of(connection, convention_id))
    return connection.execute(select(entries.c.position).where(entries.c.event_id == event_id, of_it)).scalar()


def kinds_and_actors(connection: Connection, convention_id: UUID) -> tuple[tuple[Code, ...], tuple[UUID, ...]]:
    """The topics and the actors found in a convention's trail: what a page offers to filter by."""
    of_it = entries.c.stream_id.in_(_streams_of(connection, convention_id))
    topics, actors = (
        connection.execute(select(column).distinct().where(of_it).order_by(column)).scalars().all()
        for column in (entries.c.topic, entries.c.actor_id)
    )
    return tuple(topics), tuple(actors)


def count(connection: Connection, convention_id: UUID, only: Filter = EVERYTHING) -> int:
    """How many entries a filter keeps."""
    of_it = entries.c.stream_id.in_(_streams_of(connection, convention_id))
    return connection.execute(select(func.count()).select_from(entries).where(of_it, *_conditions(only))).scalar_one()


def _streams_of(connection: Connection, convention_id: UUID) -> dict[UUID, Row[Any]]:
    """The streams of a convention's trail. Asked first: the events of a few streams are then read by their index,
    where a join would go through the whole log backwards."""
    own = select(streams.c.territory_id).where(streams.c.stream_id == convention_id).scalar_subquery()
    found = _streams(connection, streams.c.convention_id == convention_id)
    shared = _streams(connection, streams.c.territory_id == own, streams.c.convention_id.is_(None))
    return found | shared


def _streams(connection: Connection, *conditions: ColumnElement[bool]) -> dict[UUID, Row[Any]]:
    return {row.stream_id: row for row in connection.execute(select(streams).where(*conditions))}


def _conditions(only: Filter) -> Iterable[ColumnElement[bool]]:
    if only.occurred_from is not None:
        yield entries.c.occurred_on >= only.occurred_from
    if only.occurred_to is not None:
        yield entries.c.occurred_on <= only.occurred_to
    if only.recorded_from is not None:
        yield entries.c.recorded_at >= only.recorded_from
    if only.recorded_to is not None:
        yield entries.c.recorded_at <= only.recorded_to
    if only.topics:
        yield entries.c.topic.in_(only.topics)
    if only.actors:
        yield entries.c.actor_id.in_(only.actors)
    if only.correlation_id is not None:
        yield entries.c.correlation_id == only.correlation_id
    if only.irregular_only:
        yield entries.c.irregularities != ()


def _page(
    connection: Connection,
    places: Mapping[UUID, Row[Any]],
    only: Filter,
    after: int | None,
    limit: int,
    newest_first: bool,
) -> Page:
    position = entries.c.position
    limit = max(1, min(limit, MOST))
    asked = select(entries).where(entries.c.stream_id.in_(places), *_conditions(only))
    if after is not None:
        asked = asked.where(position < after if newest_first else position > after)
    asked = asked.order_by(position.desc() if newest_first else position).limit(limit + 1)
    found = [_entry(row, places) for row in connection.execute(asked)]
    return Page(tuple(found[:limit]), found[limit - 1].position if len(found) > limit else None)


def _entry(row: Row[Any], places: Mapping[UUID, Row[Any]]) -> Entry:
    place = places.get(row.stream_id)
    return Entry(
        **{**row._mapping, "origin": Origin(row.origin)},
        convention_id=place.convention_id if place is not None else None,
        territory_id=place.territory_id if place is not None else None,
    )
