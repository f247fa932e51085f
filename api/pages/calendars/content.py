"""What is in a calendar: the days of a convention, or those of all that somebody is in charge of, with the meetings
of the frameworks on which they have a role, and the trainings of those that follow their territories.

Rights are those of the moment of reading: of what somebody may not read any more, nothing is told.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

from api.pages.framework_addresses import MEETINGS, framework_address
from api.services import Services
from domain.agenda import REMINDER, PendingStep
from domain.entitlement import may_see
from domain.values import Code, PublicName
from projections.engine import Dossier, Register
from projections.which_days_are_set import DaySet, days_set, days_set_of_framework
from workflows.calendar_feeds import CalendarFeed
from workflows.recipients import people_of

GONE_FOR: Final = timedelta(days=60)
"""How long what is not expected any more is told as such: programs that read seldom must see it."""

MOST_KEPT: Final = 500
_Key = tuple[UUID, UUID, int, date]
_kept: OrderedDict[_Key, tuple[DaySet, ...]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class InCalendar:
    """A day, and of which convention or framework it is: how that is called, in what département, where its page is."""

    of: UUID
    name: PublicName
    department: Code
    path: str
    register: Register
    day: DaySet


def content(services: Services, feed: CalendarFeed) -> tuple[InCalendar, ...] | None:
    """What a calendar holds now; None for one that nobody may read: its account is closed, or its convention out of
    reach."""
    if not services.steering.people.may_sign_in(feed.person_id):
        return None
    today = services.clock.today()
    roles = services.roles_of(feed.person_id, today)
    if feed.convention_id is not None:
        dossier = services.reader.dossier(feed.convention_id)
        if dossier is None or not may_see(roles, dossier.territory_id, None):
            return None
        own = {dossier.territory_id}
        return (
            *(_of(dossier, one) for one in _days(services, dossier, today)),
            *_trainings_for(services, own, dossier.register, today),
        )
    own = {one.territory_id for one in roles if one.territory_id is not None}
    reached = own | {territory for one in roles for territory in one.follows}
    seen = [one for one in reached if may_see(roles, one, None)]
    found: list[InCalendar] = []
    for dossier in services.reader.dossiers(services.reader.conventions(seen)).values():
        days = _days(services, dossier, today)
        found += (_of(dossier, one) for one in _own(services, dossier, days, feed.person_id, own))
    steered = {one.framework_id for one in roles if one.framework_id is not None}
    for framework_id in steered:
        found += _of_framework(services, framework_id, today)
    found += _trainings_for(services, own, services.reader.register(), today, besides=steered)
    return tuple(found)


def _trainings_for(
    services: Services,
    own: AbstractSet[UUID],
    register: Register,
    today: date,
    besides: AbstractSet[UUID] = frozenset(),
) -> Iterator[InCalendar]:
    """What frameworks hold for those of some territories."""
    following = {each for one in own for each in register.followed_by.get(one, ())} - besides
    for framework_id in following:
        for told in _of_framework(services, framework_id, today):
            if told.day.is_training and (not told.day.territories or own & set(told.day.territories)):
                yield told


def _of(dossier: Dossier, day: DaySet) -> InCalendar:
    territory, path = dossier.territory, f"/conventions/{dossier.convention_id}"
    return InCalendar(dossier.convention_id, territory.name, territory.department, path, dossier.register, day)


def _of_framework(services: Services, framework_id: UUID, today: date) -> Iterator[InCalendar]:
    """The meetings of the whole of a framework, and its trainings."""
    place = services.reader.of_framework(framework_id)
    path = f"{framework_address(place.register, framework_id)}{MEETINGS}"
    key = (framework_id, place.entries[-1].event.envelope.event_id, place.basis, today)
    for one in _told(services, key, lambda: days_set_of_framework(place)):
        yield InCalendar(framework_id, place.framework.name, place.framework.department, path, place.register, one)


def _own(
    services: Services, dossier: Dossier, days: tuple[DaySet, ...], person_id: UUID, own: set[UUID]
) -> Iterator[DaySet]:
    """Of a convention, the deadlines that somebody is in charge of and, on their own territory, all other days."""
    people = people_of(dossier, services.clock.today(), services.steering.people)
    for one in days:
        if one.line is None:
            if dossier.territory_id in own:
                yield one
            continue
        step = PendingStep(one.line.occurrence, one.on, 0, REMINDER, (), one.roles)
        if any(holder.person_id == person_id for holder in people.told(step)):
            yield one


def _days(services: Services, dossier: Dossier, today: date) -> tuple[DaySet, ...]:
    """The days of a convention that are told."""
    key = (dossier.convention_id, dossier.entries[-1].event.envelope.event_id, dossier.basis, today)
    return _told(services, key, lambda: days_set(dossier, today, services.holidays.of(dossier.territory.department)))


def _told(services: Services, key: _Key, ask: Callable[[], tuple[DaySet, ...]]) -> tuple[DaySet, ...]:
    """Days, but for what is gone for long. Kept until something is recorded."""
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = ask()
        with _lock:
            _kept[key] = found
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    limit = services.clock.now() - GONE_FOR
    return tuple(one for one in found if not one.is_gone or (one.changed_at is not None and one.changed_at > limit))
