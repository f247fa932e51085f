# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The audit trail over the API, a page at a time, the latest first; positions are internal, cursors opaque."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request

from api.access import policy
from api.reading import LARGEST_PAGE, PAGE, Asker, ConventionId, about_convention, cursor_of, last_of, opened, reading
from api.schemas import WRITTEN, Day, Id
from domain.kernel import EVENTS, Irregularity
from domain.policy import READ_AUDIT_TRAIL
from domain.values import Code, Evidence, InvalidValue, Prose
from projections import what_happened
from projections.engine import Dossier
from workflows.instants import PARIS

ID_BYTES = 16
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Days of recording that are asked for are brought between these, which every clock can tell."""


@dataclass(frozen=True)
class TrailEntry:
    """One event: when it happened, when it was recorded, by whom, why, on what documents, what it says."""

    event_id: UUID
    stream_id: UUID
    version: int
    type: Code
    occurred_on: date
    recorded_at: datetime
    actor_id: UUID
    actor_role: Code
    on_behalf_of: UUID | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    irregularities: tuple[Irregularity, ...]
    origin: str
    correlation_id: UUID
    causation_id: UUID | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Trail:
    """A page of the audit trail; `next_cursor` asks for the following one, null at the end."""

    events: tuple[TrailEntry, ...]
    next_cursor: str | None


@policy(READ_AUDIT_TRAIL)
def audit_trail(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    occurred_from: Annotated[Day | None, Query(description="Première date des faits")] = None,
    occurred_to: Annotated[Day | None, Query(description="Dernière date des faits")] = None,
    recorded_from: Annotated[Day | None, Query(description="Premier jour d’enregistrement, Europe/Paris")] = None,
    recorded_to: Annotated[Day | None, Query(description="Dernier jour d’enregistrement, Europe/Paris")] = None,
    type: Annotated[str | None, Query(description="Type des événements", max_length=100, pattern=WRITTEN)] = None,  # noqa: A002
    actor_id: Annotated[Id | None, Query(description="Qui a enregistré")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> Any:
    """What happened, newest first: both dates, who, in what role, why, on which documents."""
    _in_order(occurred_from, occurred_to, "occurred_to")
    _in_order(recorded_from, recorded_to, "recorded_to")
    only = what_happened.Filter(
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        recorded_from=_midnight(recorded_from),
        recorded_to=_midnight(recorded_to, days_later=1),
        topics=(_known_topic(type),) if type is not None else (),
        actors=(actor_id,) if actor_id is not None else (),
    )
    dossier = about_convention(request, visitor, convention_id)
    after = _position_after(dossier, cursor)
    page = what_happened.history(dossier, only, after=after, limit=limit)
    following = cursor_of(page.entries[-1].event_id.bytes) if page.after is not None else None
    shown = Trail(tuple(TrailEntry(*_shown(one)) for one in page.entries), following)
    with reading(request) as connection:
        return opened(request, connection, shown)


def _shown(one: what_happened.Entry) -> tuple[Any, ...]:
    """An entry without its position, which is internal."""
    return (
        one.event_id,
        one.stream_id,
        one.version,
        one.topic,
        one.occurred_on,
        one.recorded_at,
        one.actor_id,
        one.actor_role,
        one.on_behalf_of,
        one.reason,
        one.evidence,
        one.irregularities,
        one.origin.value,
        one.correlation_id,
        one.causation_id,
        one.facts,
    )


def _known_topic(given: str) -> Code:
    """A topic of the log. Raises `InvalidValue`: a filter by what does not exist would hide everything."""
    if given not in EVENTS:
        raise InvalidValue("unknown-event", field="type", value=given)
    return Code(given)


def _in_order(begins: date | None, ends: date | None, field: str) -> None:
    """Raise `InvalidValue` for a period that ends before it begins."""
    if begins is not None and ends is not None and ends < begins:
        raise InvalidValue("period-reversed", field=field)


def _position_after(dossier: Dossier, cursor: str | None) -> int | None:
    """The place in this trail of the event that ended a page. Raises `InvalidValue` for an event of another one."""
    if cursor is None:
        return None
    last = last_of(cursor)
    found = what_happened.position_of(dossier, UUID(bytes=last)) if len(last) == ID_BYTES else None
    if found is None:
        raise InvalidValue("cursor", field="cursor")
    return found


def _midnight(day: date | None, days_later: int = 0) -> datetime | None:
    """The instant at which a day begins in Paris, some days later."""
    if day is None:
        return None
    known = min(max(day, EARLIEST), LATEST)
    return datetime.combine(known + timedelta(days_later), time(), PARIS).astimezone(UTC)
