# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""The log as partners follow it: every event that a key may read, once and in order, from a cursor on."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Request
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, policy, services_of, tool_allowed
from api.reading import LARGEST_PAGE, PAGE, Asker, opened, reading
from api.schemas import WRITTEN, Day, Id
from api.services import Services
from api.trail import TrailEntry, known_topic, shown
from api.waking import LogWatch
from domain.frameworks import TerritoryAttached
from domain.kernel import Event
from domain.policy import READ_AUDIT_TRAIL, READ_REFERENCE
from domain.values import InvalidValue
from projections import what_happened, which_mistakes_are_mended
from projections.engine import Entry, History, Register
from workflows.application import UnknownStream
from workflows.feed import CursorOfAnotherLog, Feed, Followed, Page, UnknownCursor, Wanted
from workflows.instants import PARIS
from workflows.log import PlacedRow

LONGEST_WAIT: Final = 30
MOST_TOPICS: Final = 50
CURSOR_LENGTH: Final = 100

_OF_ALL: Final = frozenset({"partner", "method-profile"})
"""The streams that are of no territory and that whoever reads the register knows."""


@dataclass(frozen=True)
class FeedEvent(TrailEntry):
    """One event as the audit trail tells it, and where it belongs: each is null for what is not of one in particular.

    `mistake` says what became of it when it was read; what corrects or annuls it is an event of its own, which comes
    after it.
    """

    convention_id: UUID | None
    territory_id: UUID | None
    framework_id: UUID | None


@dataclass(frozen=True)
class Events:
    """Some events, in the order of the log. `next_cursor` is where to go on, now or in years; `has_more` says that
    there is something to go through already."""

    events: tuple[FeedEvent, ...]
    next_cursor: str
    has_more: bool


@policy(READ_AUDIT_TRAIL)
async def events(
    request: Request,
    visitor: Asker,
    convention_id: Annotated[Id | None, Query(description="Ce qui est de cette convention seulement")] = None,
    territory_id: Annotated[Id | None, Query(description="Ce qui est de ce territoire seulement")] = None,
    type: Annotated[  # noqa: A002
        list[Annotated[str, Query(max_length=100, pattern=WRITTEN)]] | None,
        Query(description="Ces types d’événements seulement", max_length=MOST_TOPICS),
    ] = None,
    since: Annotated[Day | None, Query(description="Premier jour d’enregistrement, Europe/Paris")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    cursor: Annotated[str | None, Query(max_length=CURSOR_LENGTH)] = None,
    wait: Annotated[int, Query(ge=0, le=LONGEST_WAIT, description="Secondes à attendre qu’il y ait du nouveau")] = 0,
) -> Any:
    """Every event that the key may read, in the order of the log, from a cursor on; waits for news where asked to."""
    wanted = Wanted(
        convention_id=convention_id,
        territory_id=territory_id,
        topics=tuple(known_topic(one) for one in type or ()),
        since=datetime.combine(since, time(), PARIS).astimezone(UTC) if since is not None else None,
    )
    loop, watch = asyncio.get_running_loop(), _watch_of(request)
    last = loop.time() + wait
    stopping: Callable[[], bool] = request.scope.get("stopping", lambda: False)
    begins = await run_in_threadpool(_beginning, request, cursor)
    found = await run_in_threadpool(_read, request, visitor, wanted, begins, limit)
    while not found.events and not found.more and (left := last - loop.time()) > 0:
        if not await watch.moved(found.position, left, stopping):
            break
        # A key may have been closed meanwhile: what is read is within the rights of this moment.
        visitor = await run_in_threadpool(tool_allowed, request)
        found = await run_in_threadpool(_read, request, visitor, wanted, found.position, limit)
    return await run_in_threadpool(_answer, request, found)


def _watch_of(request: Request) -> LogWatch:
    """The one that all who wait in this process share."""
    state = request.app.state
    if not hasattr(state, "log_watch"):
        log = services_of(request).steering.log
        state.log_watch = LogWatch(lambda: log.max_notification_id() or 0)
    watch: LogWatch = state.log_watch
    return watch


def _feed(services: Services) -> Feed:
    return Feed(services.steering.log.log, services.vault)


def _beginning(request: Request, cursor: str | None) -> int:
    """From where to read. Raises `InvalidValue` for a cursor that leads nowhere."""
    feed = _feed(services_of(request))
    try:
        return feed.position(cursor) if cursor is not None else 0
    except UnknownCursor as error:
        raise InvalidValue("cursor", field="cursor") from error
    except CursorOfAnotherLog as error:
        raise InvalidValue("cursor-of-another-log", field="cursor") from error


def _read(request: Request, visitor: Visitor, wanted: Wanted, after: int, limit: int) -> Page:
    services = services_of(request)
    for place in _places(services, wanted):
        visitor.look_at(place)
    return _feed(services).read(after, limit, wanted, _Rights(visitor, services.reader.register()))


def _places(services: Services, wanted: Wanted) -> Sequence[UUID]:
    """The territories that the filters name. Raises `UnknownStream` for what there is not."""
    found = []
    if wanted.convention_id is not None:
        with services.engine.connect() as connection:
            heads = services.reader.journal.heads(connection, [wanted.convention_id])
        if not heads or heads[0].convention_id != wanted.convention_id or heads[0].territory_id is None:
            raise UnknownStream(str(wanted.convention_id))
        found.append(heads[0].territory_id)
    if wanted.territory_id is not None:
        if wanted.territory_id not in services.reader.register().territories:
            raise UnknownStream(str(wanted.territory_id))
        found.append(wanted.territory_id)
    return found


class _Rights:
    """What a key may read now. What was recorded before it could is not told again by itself."""

    def __init__(self, visitor: Visitor, register: Register) -> None:
        self._visitor = visitor
        self._territories = visitor.territories
        self._may_read_all = visitor.may_somewhere(READ_REFERENCE)
        ever = register.ever_followed_by
        visible = ever if self._territories is None else self._territories
        self._frameworks = frozenset(one for territory_id in visible for one in ever.get(territory_id, ()))
        self._known: dict[tuple[str, UUID | None, UUID | None], bool] = {}

    def reach(self, row: PlacedRow) -> bool:
        """See `workflows.feed.Rights`."""
        place = (row.kind, row.territory_id, row.framework_id)
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = self._reaches(*place)
        return found

    def _reaches(self, kind: str, territory_id: UUID | None, framework_id: UUID | None) -> bool:
        visitor = self._visitor
        if territory_id is not None:
            visible = self._territories is None or territory_id in self._territories
            return visible and visitor.may(READ_AUDIT_TRAIL, territory_id)
        if framework_id is not None:
            followed = kind == "framework" and framework_id in self._frameworks
            return followed or visitor.may(READ_AUDIT_TRAIL, framework_id=framework_id)
        if kind in _OF_ALL:
            return self._may_read_all
        return self._territories is None  # what the engine keeps about everybody, such as which perimeters are taken

    def tell(self, event: Event) -> bool:
        """A framework's own events also name the territories that it follows."""
        if not isinstance(event, TerritoryAttached) or self._territories is None:
            return True
        return event.attached_territory_id in self._territories


# --- the answer -------------------------------------------------------------------------------------------------------


def _answer(request: Request, page: Page) -> Any:
    services = services_of(request)
    fates = _fates(services, page.events)
    told = tuple(_told(one, fates.get(one.event.envelope.event_id)) for one in page.events)
    answer = Events(told, _feed(services).cursor(page.position), page.more)
    with reading(request) as connection:
        return opened(request, connection, answer)


def _told(one: Followed, fate: which_mistakes_are_mended.Fate | None) -> FeedEvent:
    row = one.row
    entry = what_happened.told(Entry(row.position, one.event), row.convention_id, row.territory_id)
    return FeedEvent(*(*shown(entry, fate), row.convention_id, row.territory_id, row.framework_id))


def _fates(services: Services, events: Sequence[Followed]) -> dict[UUID, which_mistakes_are_mended.Fate]:
    """What became of each event, by what is known now."""
    today, reader = services.clock.today(), services.reader
    register = reader.register()
    rows = [one.row for one in events]
    shared = {row.stream_id: register.streams[row.stream_id] for row in rows if row.stream_id in register.streams}
    conventions = {row.convention_id for row in rows if row.convention_id is not None}
    homes = {row.territory_id for row in rows if row.territory_id is not None and row.convention_id is None}
    histories: list[History] = [History(shared, register), *reader.dossiers(conventions).values()]
    histories += [reader.surroundings(one) for one in homes]
    return {key: fate for one in histories for key, fate in which_mistakes_are_mended.fates(one, today).items()}
