"""What happened? The audit trail: who recorded what, when, in what role, why and on what evidence.

A convention's trail holds all that is about it (`projections.engine.about`): its own events, those of its agenda and
action sheets, those of its territory (roles, perimeter, committees and their meetings), of the frameworks that follow
it, of its method, of the partners it names. Nothing is left out and nothing is summed up; free texts stay sealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.agenda import Agenda
from domain.claims.calendar import Claims
from domain.convention.state import TerritorialConvention
from domain.frameworks import TerritoryAttached
from domain.indicators.indicator import Indicator
from domain.indicators.satisfaction import Satisfaction
from domain.kernel import Aggregate, Irregularity, Origin
from domain.pledges.pledge import Pledge
from domain.values import Code, Evidence, Prose
from projections import engine
from projections.engine import Dossier, Facts

MOST: Final = 500
"""Entries on one page, at most."""


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
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """Some entries; `after` is the cursor of the next page, None on the last one."""

    entries: tuple[Entry, ...]
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What to keep; both ends of a period are included, an empty tuple keeps everything. `among`: by their ids."""

    occurred_from: date | None = None
    occurred_to: date | None = None
    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    topics: tuple[Code, ...] = ()
    actors: tuple[UUID, ...] = ()
    correlation_id: UUID | None = None
    irregular_only: bool = False
    among: frozenset[UUID] | None = None


EVERYTHING: Final = Filter()


def history(
    dossier: Dossier,
    only: Filter = EVERYTHING,
    *,
    after: int | None = None,
    limit: int = 50,
    newest_first: bool = True,
) -> Page:
    """A page of a convention's trail, in the order of recording."""
    limit = max(1, min(limit, MOST))
    trail = trail_of(dossier)
    kept = (
        entry
        for entry in (reversed(trail) if newest_first else trail)
        if (after is None or (entry.position < after if newest_first else entry.position > after))
        and _keeps(only, entry)
    )
    found = [entry for entry, _ in zip(kept, range(limit + 1), strict=False)]
    shown = tuple(entry_of(dossier, entry) for entry in found[:limit])
    return Page(shown, shown[-1].position if len(found) > limit else None)


def entry(dossier: Dossier, event_id: UUID) -> Entry | None:
    """One event of the trail, None when it holds none with this id."""
    found = (one for one in trail_of(dossier) if one.event.envelope.event_id == event_id)
    return next((entry_of(dossier, one) for one in found), None)


def position_of(dossier: Dossier, event_id: UUID) -> int | None:
    """Where an event stands in a convention's trail, to go on from there; None for one that is not in it."""
    found = (one for one in trail_of(dossier) if one.event.envelope.event_id == event_id)
    return next((one.position for one in found), None)


def kinds_and_actors(dossier: Dossier) -> tuple[tuple[Code, ...], tuple[UUID, ...]]:
    """The topics and the actors found in a convention's trail: what a page offers to filter by."""
    trail = trail_of(dossier)
    topics = {Code(one.event.TOPIC) for one in trail}
    return tuple(sorted(topics)), tuple(sorted({one.event.envelope.actor_id for one in trail}))


def count(dossier: Dossier, only: Filter = EVERYTHING) -> int:
    """How many entries a filter keeps."""
    return sum(_keeps(only, one) for one in trail_of(dossier))


def chosen(dossier: Dossier, only: Filter = EVERYTHING) -> list[engine.Entry]:
    """The entries that a filter keeps, the latest recorded first."""
    return [one for one in reversed(trail_of(dossier)) if _keeps(only, one)]


def trail_of(dossier: Dossier) -> tuple[engine.Entry, ...]:
    """Every event that concerns a convention, in the order of recording.

    Of what is about it, what concerns another one only is left out: that its framework follows some other territory.
    """
    concerned = [one for one in dossier.entries if _concerns(dossier, one)]
    reserved = dossier.register.reserved.get(dossier.convention_id, ())
    return tuple(sorted((*concerned, *reserved), key=lambda one: one.position))


def _concerns(dossier: Dossier, entry: engine.Entry) -> bool:
    event = entry.event
    return not isinstance(event, TerritoryAttached) or event.attached_territory_id == dossier.territory_id


def _keeps(only: Filter, entry: engine.Entry) -> bool:
    return all(_met(only, entry))


def _met(only: Filter, entry: engine.Entry) -> Iterator[bool]:
    event = entry.event
    envelope = event.envelope
    if only.occurred_from is not None:
        yield event.occurred_on >= only.occurred_from
    if only.occurred_to is not None:
        yield event.occurred_on <= only.occurred_to
    if only.recorded_from is not None:
        yield event.recorded_at >= only.recorded_from
    if only.recorded_to is not None:
        yield event.recorded_at <= only.recorded_to
    if only.topics:
        yield event.TOPIC in only.topics
    if only.actors:
        yield envelope.actor_id in only.actors
    if only.correlation_id is not None:
        yield envelope.correlation_id == only.correlation_id
    if only.irregular_only:
        yield bool(envelope.irregularities)
    if only.among is not None:
        yield envelope.event_id in only.among


def entry_of(dossier: Dossier, one: engine.Entry) -> Entry:
    """An event of the trail, with what a page or a tool is told of it."""
    stream = dossier.streams.get(one.event.originator_id)
    own = stream is not None and _is_own(stream.state)
    return told(one, dossier.convention_id if own else None, stream.state.territory_id if stream is not None else None)


def told(one: engine.Entry, convention_id: UUID | None, territory_id: UUID | None) -> Entry:
    """An event and where it belongs, with what a page or a tool is told of it."""
    event = one.event
    envelope = event.envelope
    return Entry(
        position=one.position,
        event_id=envelope.event_id,
        stream_id=event.originator_id,
        version=event.originator_version,
        topic=Code(event.TOPIC),
        occurred_on=envelope.occurred_on,
        recorded_at=event.recorded_at,
        actor_id=envelope.actor_id,
        actor_role=envelope.actor_role,
        on_behalf_of=envelope.on_behalf_of,
        reason=envelope.reason,
        evidence=envelope.evidence,
        irregularities=envelope.irregularities,
        origin=envelope.origin,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.causation_id,
        convention_id=convention_id,
        territory_id=territory_id,
        facts=Facts(event),
    )


def _is_own(state: Aggregate) -> bool:
    return isinstance(state, TerritorialConvention | Agenda | ActionSheet | Pledge | Claims | Indicator | Satisfaction)
