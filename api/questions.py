# No `from __future__ import annotations` here: FastAPI reads the signatures that are made below.
"""One GET for each question. Free texts are opened here, when it answers; an erased one is `null`."""

import base64
import binascii
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel
from sqlalchemy import Connection

from api.access import Visitor, policy, services_of, tool_allowed
from api.commands import ERRORS
from api.schemas import WRITTEN, model_of, plain
from domain.kernel import Irregularity
from domain.policy import (
    POLICY,
    READ_AUDIT_TRAIL,
    READ_CONVENTION,
    READ_DEPARTMENT,
    READ_POLICY,
    READ_REFERENCE,
    Permission,
)
from domain.values import Code, Evidence, InvalidValue, Prose, PublicName, ValidityPeriod, parse_siren
from projections import (
    what_happened,
    what_is_due,
    what_the_committee_decided,
    what_the_plan_rests_on,
    where_conventions_stand,
    which_partners_and_places_are_known,
    which_signatures_are_missing,
    which_themes_are_crossed,
)
from projections.engine import prose_tokens
from workflows.application import UnknownStream
from workflows.texts import PARIS

PAGE = 50
LARGEST_PAGE = 200
POSITION_BYTES = 8
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Days of recording that are asked for are brought between these, which every clock can tell."""


@dataclass(frozen=True)
class NextDeadline:
    """The deadline of a convention to look at first: the oldest missed one, else the next to come."""

    deadline: Code
    due_on: date
    state: Code
    days_late: int


@dataclass(frozen=True)
class ConventionLine:
    """One convention in the list, under the SIREN of its territory."""

    convention_id: UUID
    territory_id: UUID
    siren: Code
    territory_name: PublicName
    holder_name: PublicName | None
    period: ValidityPeriod | None
    phase: Code
    since: date | None
    flags: tuple[Code, ...]
    next_deadline: NextDeadline | None


@dataclass(frozen=True)
class ConventionList:
    """A page of conventions; `next_cursor` asks for the following one, null at the end."""

    conventions: tuple[ConventionLine, ...]
    next_cursor: str | None


def names(request: Request) -> Callable[[UUID], str]:
    """The official names of partners and territories, read once for a request; an unknown id stays an id."""
    known: dict[UUID, str] = {}

    def name_of(one: UUID) -> str:
        if not known:
            with services_of(request).engine.connect() as connection:
                for partner in which_partners_and_places_are_known.partners(connection, None):
                    known[partner.partner_id] = partner.name
                for territory in which_partners_and_places_are_known.territories(connection, None):
                    known[territory.territory_id] = territory.name
        return known.get(one, str(one))

    return name_of


@contextmanager
def reading(request: Request) -> Iterator[Connection]:
    """A connection that only reads."""
    with services_of(request).engine.connect() as connection:
        yield connection


def opened(request: Request, connection: Connection, answer: Any) -> Any:
    """An answer as plain data, its free texts opened with one query."""
    texts = services_of(request).vault.open_texts(prose_tokens(answer), connection)

    def text_of(prose: Prose) -> str | None:
        return texts[prose.token] if prose.token is not None else prose.text

    return plain(answer, text_of)


def line_of(
    standing: where_conventions_stand.Standing, sheet: tuple[what_is_due.Deadline, ...]
) -> ConventionLine | None:
    """A convention as the list shows it, None for a territory that has none."""
    if standing.convention_id is None:
        return None
    first = next(iter(what_is_due.late(sheet)), None) or what_is_due.next_deadline(sheet)
    flags = standing.flags
    if what_is_due.review_is_late(sheet):
        flags = (*flags, Code("REVIEW_LATE"))
    return ConventionLine(
        standing.convention_id,
        standing.territory_id,
        standing.siren,
        standing.territory_name,
        standing.holder_name,
        standing.period,
        standing.phase,
        standing.since,
        flags,
        NextDeadline(first.id, first.due_on, first.state, first.days_late) if first is not None else None,
    )


def _cursor(last: bytes) -> str:
    return base64.urlsafe_b64encode(last).decode().rstrip("=")


def _last_of(cursor: str) -> bytes:
    """What `_cursor` made a cursor of. Raises `InvalidValue`."""
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (ValueError, binascii.Error) as error:
        raise InvalidValue("cursor", field="cursor") from error


def _start_after(cursor: str | None, ids: list[UUID | None]) -> int:
    """Where the page begins that follows the one a cursor ended. Raises `InvalidValue` for a cursor of no page."""
    if cursor is None:
        return 0
    last = _last_of(cursor)
    found = next((place for place, one in enumerate(ids, 1) if one is not None and one.bytes == last), None)
    if found is None:
        raise InvalidValue("cursor", field="cursor")
    return found


def _position_after(cursor: str | None) -> int | None:
    """The place in the trail where a cursor ended. Raises `InvalidValue`."""
    if cursor is None:
        return None
    last = _last_of(cursor)
    if len(last) != POSITION_BYTES:
        raise InvalidValue("cursor", field="cursor")
    return int.from_bytes(last, signed=True)


def _midnight(day: date | None, days_later: int = 0) -> datetime | None:
    """The instant at which a day begins in Paris, some days later."""
    if day is None:
        return None
    known = min(max(day, EARLIEST), LATEST)
    return datetime.combine(known + timedelta(days_later), time(), PARIS).astimezone(UTC)


Asker = Annotated[Visitor, Depends(tool_allowed)]
ConventionId = Annotated[UUID, Path(description="The convention's id")]


@policy(READ_DEPARTMENT)
def conventions(
    request: Request,
    visitor: Asker,
    siren: Annotated[str | None, Query(description="Only the territory with this SIREN")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> ConventionList:
    """The conventions that the key may read, with phase and next deadline."""
    services = services_of(request)
    wanted = parse_siren(siren) if siren is not None else None
    with reading(request) as connection:
        today = services.clock.today()
        standings = where_conventions_stand.conventions_of(connection, visitor.territories, today)
        if wanted is not None:
            standings = tuple(one for one in standings if one.siren == wanted)
        ids = [one.convention_id for one in standings]
        start = _start_after(cursor, ids)
        kept = standings[start : start + limit]
        shown = [one.convention_id for one in kept if one.convention_id is not None]
        sheets = what_is_due.sheets(connection, shown, today, services.holidays)
    lines = [line_of(one, sheets.get(one.convention_id, ())) for one in kept if one.convention_id is not None]
    more = start + limit < len(standings)
    return ConventionList(tuple(line for line in lines if line), _cursor(shown[-1].bytes) if more and shown else None)


def about_convention(connection: Connection, visitor: Visitor, convention_id: UUID) -> UUID:
    """The territory of a convention that the visitor may read. Raises `UnknownStream` for any other."""
    territory_id = where_conventions_stand.territory_of(connection, convention_id)
    if territory_id is None:
        raise UnknownStream(str(convention_id))
    visitor.look_at(territory_id)
    return territory_id


Question = Callable[[Connection, UUID, UUID, date, Container[date]], Any]
"""What a question about one convention is asked with: connection, convention, territory, today, holidays."""

ABOUT_CONVENTION: tuple[tuple[str, str, Any, Question], ...] = (
    (
        "",
        "Where the convention stands, its phases and milestones",
        where_conventions_stand.ConventionStanding,
        lambda cx, convention, territory, today, holidays: where_conventions_stand.convention(cx, convention, today),
    ),
    (
        "/deadlines",
        "What is due and what was missed",
        tuple[what_is_due.Deadline, ...],
        lambda cx, convention, territory, today, holidays: what_is_due.sheet(cx, convention, today, holidays),
    ),
    (
        "/themes",
        "Which themes are crossed, and what is missing",
        tuple[which_themes_are_crossed.ThemeCrossing, ...],
        lambda cx, convention, territory, today, holidays: which_themes_are_crossed.crossing(cx, convention),
    ),
    (
        "/signatures",
        "Which signatures are missing or do not count",
        which_signatures_are_missing.SignatureSheet,
        lambda cx, convention, territory, today, holidays: which_signatures_are_missing.signatures(cx, convention),
    ),
    (
        "/plan",
        "Diagnoses, findings, forums, priorities, action sheets and validated plans",
        what_the_plan_rests_on.PlanBasis,
        lambda cx, convention, territory, today, holidays: what_the_plan_rests_on.basis(cx, convention),
    ),
    (
        "/meetings",
        "Meetings of the territory's bodies and their decisions",
        tuple[what_the_committee_decided.Meeting, ...],
        lambda cx, convention, territory, today, holidays: what_the_committee_decided.meetings(cx, territory),
    ),
    (
        "/waivers",
        "Rules set aside by the committee",
        tuple[what_the_committee_decided.WaiverInForce, ...],
        lambda cx, convention, territory, today, holidays: what_the_committee_decided.waivers(cx, convention, today),
    ),
)


def _about(question: Question) -> Callable[..., Any]:
    @policy(READ_CONVENTION)
    def ask(request: Request, convention_id: ConventionId, visitor: Asker) -> Any:
        services = services_of(request)
        with reading(request) as connection:
            territory_id = about_convention(connection, visitor, convention_id)
            answer = question(connection, convention_id, territory_id, services.clock.today(), services.holidays)
            return opened(request, connection, answer)

    return ask


@policy(READ_AUDIT_TRAIL)
def audit_trail(
    request: Request,
    convention_id: ConventionId,
    visitor: Asker,
    occurred_from: Annotated[date | None, Query(description="First business date")] = None,
    occurred_to: Annotated[date | None, Query(description="Last business date")] = None,
    recorded_from: Annotated[date | None, Query(description="First day of recording, Europe/Paris")] = None,
    recorded_to: Annotated[date | None, Query(description="Last day of recording, Europe/Paris")] = None,
    type: Annotated[str | None, Query(description="Topic of the events", max_length=100, pattern=WRITTEN)] = None,  # noqa: A002
    actor_id: Annotated[UUID | None, Query(description="Who recorded")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> Any:
    """What happened, newest first: both dates, who, in what role, why, on which documents."""
    only = what_happened.Filter(
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        recorded_from=_midnight(recorded_from),
        recorded_to=_midnight(recorded_to, days_later=1),
        topics=(Code(type),) if type else (),
        actors=(actor_id,) if actor_id is not None else (),
    )
    with reading(request) as connection:
        about_convention(connection, visitor, convention_id)
        page = what_happened.history(connection, convention_id, only, after=_position_after(cursor), limit=limit)
        following = _cursor(page.after.to_bytes(POSITION_BYTES, signed=True)) if page.after is not None else None
        shown = Trail(tuple(TrailEntry(*_shown(one)) for one in page.entries), following)
        return opened(request, connection, shown)


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


@policy(READ_DEPARTMENT)
def territories(request: Request, visitor: Asker) -> Any:
    """The territories that the key may read, with a convention or not (`NOT_COVERED`)."""
    with reading(request) as connection:
        today = services_of(request).clock.today()
        return opened(request, connection, where_conventions_stand.departments(connection, visitor.territories, today))


@policy(READ_REFERENCE)
def partners(request: Request, visitor: Asker) -> Any:
    """The institutions of the register."""
    with reading(request) as connection:
        return opened(request, connection, which_partners_and_places_are_known.partners(connection, None))


@policy(READ_POLICY)
def policy_table(request: Request, visitor: Asker) -> Any:
    """The one table of who may do and read what; what is not in it is allowed to nobody."""
    return plain(POLICY, lambda prose: None)


def router() -> APIRouter:
    """The operations of every question."""
    made = APIRouter()

    def add(path: str, ask: Callable[..., Any], summary: str, answer: Any, tag: str) -> None:
        operation_id = path.replace("{convention_id}", "one").strip("/").replace("/", "-")
        made.add_api_route(
            path,
            ask,
            methods=["GET"],
            summary=summary,
            operation_id=operation_id,
            response_model=_response(answer),
            responses={status: ERRORS[status] for status in (400, 401, 403, 404, 500, 503)},
            tags=[tag],
        )

    add("/conventions", conventions, "The conventions and what they must do next", ConventionList, "conventions")
    for path, summary, answer, question in ABOUT_CONVENTION:
        add(f"/conventions/{{convention_id}}{path}", _about(question), summary, answer, "conventions")
    add("/conventions/{convention_id}/events", audit_trail, "What happened", Trail, "conventions")
    known = which_partners_and_places_are_known
    add("/territories", territories, "Territories", tuple[where_conventions_stand.Standing, ...], "territories")
    add("/partners", partners, "Partners", tuple[known.PartnerKnown, ...], "partners")
    add("/policy", policy_table, "Who may do what", tuple[Permission, ...], "policy")
    return made


def _response(answer: Any) -> Any:
    arguments = getattr(answer, "__args__", None)
    if arguments:
        line: Any = model_of(arguments[0], answers=True)
        return list[line]
    made: type[BaseModel] = model_of(answer, answers=True)
    return made
