# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The audit trail over the API, a page at a time, the latest first; positions are internal, cursors opaque."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request

from api.access import policy, services_of
from api.reading import LARGEST_PAGE, PAGE, Asker, ConventionId, about_convention, cursor_of, last_of, opened, reading
from api.schemas import WRITTEN, Day, Id
from domain.kernel import EVENTS, Irregularity
from domain.policy import READ_AUDIT_TRAIL
from domain.values import Code, Evidence, InvalidValue, Prose
from projections import what_happened, which_mistakes_are_mended
from projections.engine import Dossier
from workflows.instants import PARIS

ID_BYTES = 16
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Days of recording that are asked for are brought between these, which every clock can tell."""


@dataclass(frozen=True)
class SaidOfMistake:
    """Who said something about a mistake, by which event, when and why."""

    event_id: UUID
    recorded_at: datetime
    actor_id: UUID
    actor_role: Code
    reason: Prose | None


@dataclass(frozen=True)
class Mistake:
    """Whether an event counts, and what became of it when it does not.

    `stands`: `COUNTS`; `CORRECTED` (`replaced_by` stands in its place); `ANNULLED`; `FALLEN` (with `target_id`);
    `ONLY_PROPOSED` (in the place of `instead_of`, while nobody has confirmed it). `mended`: who said that it was
    mistaken; `confirmed`: the second person, where it took one (R28). `proposal_id`: what is proposed about it and
    waits until `lapses_on`. `corrected_by`: the command that may say it again, null for what nobody may correct.
    """

    stands: Code
    target_id: UUID | None
    mended: SaidOfMistake | None
    confirmed: SaidOfMistake | None
    replaced_by: UUID | None
    instead_of: UUID | None
    proposal_id: UUID | None
    lapses_on: date | None
    corrected_by: Code | None


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
    mistake: Mistake


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
        topics=(known_topic(type),) if type is not None else (),
        actors=(actor_id,) if actor_id is not None else (),
    )
    dossier = about_convention(request, visitor, convention_id)
    after = _position_after(dossier, cursor)
    page = what_happened.history(dossier, only, after=after, limit=limit)
    fates = which_mistakes_are_mended.fates(dossier, services_of(request).clock.today())
    following = cursor_of(page.entries[-1].event_id.bytes) if page.after is not None else None
    told = Trail(tuple(TrailEntry(*shown(one, fates.get(one.event_id))) for one in page.entries), following)
    with reading(request) as connection:
        return opened(request, connection, told)


def shown(one: what_happened.Entry, fate: which_mistakes_are_mended.Fate | None) -> tuple[Any, ...]:
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
        _mistake(fate),
    )


def _mistake(fate: which_mistakes_are_mended.Fate | None) -> Mistake:
    """What became of an event; what no stream of the convention holds counts."""
    if fate is None:
        return Mistake(which_mistakes_are_mended.COUNTS, None, None, None, None, None, None, None, None)
    mended, proposal = fate.mended, fate.proposal
    return Mistake(
        fate.stands,
        mended.target_id if mended is not None else None,
        _said(mended.said) if mended is not None else None,
        _said(mended.confirmed) if mended is not None else None,
        mended.replaced_by if mended is not None else None,
        fate.instead_of,
        proposal.proposal_id if proposal is not None else None,
        proposal.lapses_on if proposal is not None else None,
        fate.act,
    )


def _said(one: which_mistakes_are_mended.Said | None) -> SaidOfMistake | None:
    return SaidOfMistake(one.event_id, one.at, one.by, one.role, one.reason) if one is not None else None


def known_topic(given: str) -> Code:
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
