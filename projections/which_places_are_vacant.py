"""Which places have nobody: roles and seats that elections emptied, that somebody left, that nobody ever held?

What elections emptied is told by the renewal that did; what is told as vacant is so today, whatever emptied it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.calendar import add_days
from domain.method import MethodProfile
from domain.roles import FRAMEWORK_PILOT, PARTNER_ROLES, PILOT, TERRITORY_ROLES, Assignment, Renewal
from domain.steering import SteeringBody
from domain.steering.seat import Seat, Vacancy
from domain.steering.seats import RENEWAL, Seats
from domain.territories import Territory
from domain.values import Code, LocalId, PublicName

LEFT: Final = Code("LEFT")
"""Its last holder left it to nobody."""
NEVER_HELD: Final = Code("NEVER_HELD")
"""The method counts on it, and nobody ever held it."""


@dataclass(frozen=True)
class SeatOf:
    """A seat, and the body that has it."""

    body_id: UUID
    body: PublicName
    seat_id: LocalId


@dataclass(frozen=True)
class VacantPlace:
    """A role, else a seat, for a partner where it speaks for one. `vacant_since`: None where nobody ever held it.

    `filled_on`: since when somebody holds it again, `filled_by`: the event that says so; None while nobody does.
    `cause`: what left it empty, a renewal, or why its holder left.
    """

    role: Code
    partner_id: UUID | None
    cause: Code
    vacant_since: date | None
    filled_on: date | None = None
    filled_by: UUID | None = None
    seat: SeatOf | None = None

    def waits_on(self, day: date) -> bool:
        """Whether it has nobody that day."""
        begun = self.vacant_since is None or self.vacant_since <= day
        return begun and (self.filled_on is None or day < self.filled_on)


def renewed_places(territory: Territory, bodies: Iterable[SteeringBody], renewal: Renewal) -> tuple[VacantPlace, ...]:
    """What one renewal emptied of a territory and its bodies, each role of a partner once, then seat by seat."""
    seats = (one for one, vacancy in _vacancies(bodies) if vacancy.renewal_id == renewal.event_id)
    return (*_emptied(territory.assignments, renewal.event_id), *seats)


def vacant_places(
    territory: Territory, bodies: Iterable[SteeringBody], today: date, method: MethodProfile
) -> tuple[VacantPlace, ...]:
    """The places of a territory that have nobody today: what elections emptied, the latest that did; roles that the
    method counts on; seats."""
    return _vacant(territory.assignments, bodies, today, needed(method))


def vacant_on_framework(
    assignments: Iterable[Assignment], bodies: Iterable[SteeringBody], today: date
) -> tuple[VacantPlace, ...]:
    """The places of a framework that have nobody today, its pilot's first."""
    return _vacant(assignments, bodies, today, (FRAMEWORK_PILOT,))


def needed(method: MethodProfile) -> tuple[Code, ...]:
    """The local roles that the method counts on: the pilot's, and those that it reminds."""
    reminded = {role for rule in method.active_deadlines for step in rule.reminders for role in step.recipients}
    return tuple(role for role in TERRITORY_ROLES if role == PILOT or (role in reminded and role not in PARTNER_ROLES))


def over_on(one: Assignment) -> date:
    """The first day on which a role is held no more."""
    last = add_days(one.ends_on, 1) if one.ends_on is not None else date.max
    return min(last, one.ended_on or date.max)


def _vacant(
    assignments: Iterable[Assignment], bodies: Iterable[SteeringBody], today: date, counted_on: Iterable[Code]
) -> tuple[VacantPlace, ...]:
    known = tuple(assignments)
    renewals = sorted({(over_on(one), one.renewed_by) for one in known if one.renewed_by is not None})
    renewed = {(one.role, one.partner_id): one for _, renewal in renewals for one in _emptied(known, renewal)}
    told = {one.role for one in renewed.values() if one.waits_on(today)}
    others = (
        _unheld([one for one in known if one.role == role], role, today) for role in counted_on if role not in told
    )
    seats = (one for one, vacancy in _vacancies(bodies) if vacancy.filled_on is None or today < vacancy.filled_on)
    found = (*(one for one in others if one is not None), *renewed.values(), *seats)
    return tuple(one for one in found if one.waits_on(today))


def _unheld(assignments: Iterable[Assignment], role: Code, today: date) -> VacantPlace | None:
    """A role that nobody holds today nor is to hold; None where somebody does."""
    known = tuple(one for one in assignments if one.role == role)
    if any(today < over_on(one) for one in known):
        return None
    since = max((over_on(one) for one in known), default=None)
    return VacantPlace(role, None, LEFT if since is not None else NEVER_HELD, since)


def _emptied(assignments: Iterable[Assignment], renewal_id: UUID) -> Iterator[VacantPlace]:
    known = tuple(assignments)
    left = {(one.role, one.partner_id): over_on(one) for one in known if one.renewed_by == renewal_id}
    for (role, partner_id), since in left.items():
        after = (
            one
            for one in known
            if (one.role, one.partner_id) == (role, partner_id)
            and one.starts_on >= since
            and one.holds_on(one.starts_on)
        )
        first = min(after, key=lambda one: one.starts_on, default=None)
        filled = (first.starts_on, first.assignment_id) if first is not None else (None, None)
        yield VacantPlace(role, partner_id, RENEWAL, since, *filled)


def _vacancies(bodies: Iterable[SteeringBody]) -> Iterator[tuple[VacantPlace, Vacancy]]:
    """Each time that a seat was left to nobody; one that was ended waits no more."""
    for body in bodies:
        for seat_id, seat in Seats.of(body).given.items():
            for one in seat.vacancies:
                yield _seat_place(body, seat_id, seat, one), one


def _seat_place(body: SteeringBody, seat_id: LocalId, seat: Seat, one: Vacancy) -> VacantPlace:
    filled_on = one.filled_on or seat.ended_on
    where = SeatOf(body.id, body.name, seat_id)
    return VacantPlace(seat.seat_role, seat.partner_id, one.cause, one.since, filled_on, one.filled_by, where)
