"""Who is invited to a meeting, and who cannot be written to? What was said of it since: convened, moved, cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.kernel import People
from domain.steering import SteeringBody
from domain.steering.planning import (
    Planned,
    SteeringMeetingCancelled,
    SteeringMeetingConvened,
    SteeringMeetingMoved,
)
from domain.steering.seats import Seats
from domain.values import LocalId, deterministic_id
from projections.engine import Steered

Call: TypeAlias = SteeringMeetingConvened | SteeringMeetingMoved | SteeringMeetingCancelled
"""What those who sit are written to about."""


@dataclass(frozen=True)
class Invited:
    """A seat, and who is written to for it: whoever sits there, else who replaces them (`stands_in`); `person_id` None:
    nobody can be written to, so somebody has to tell them otherwise."""

    seat_id: LocalId
    partner_id: UUID
    person_id: UUID | None
    stands_in: bool


def invited(body: SteeringBody, day: date, people: People) -> tuple[Invited, ...]:
    """The seats of a day. Whoever was forgotten or has closed accounts only is not written to."""
    there = {one: seat for one, seat in Seats.of(body).given.items() if seat.held_on(day)}
    named = {one for seat in there.values() for one in (seat.person_id, seat.substitute_id) if one is not None}
    out = people.out_of_reach(named)
    found = []
    for seat_id, seat in there.items():
        own = seat.person_id if seat.person_id not in out else None
        instead = seat.substitute_id if seat.substitute_id not in out else None
        found.append(Invited(seat_id, seat.partner_id, own or instead, own is None and instead is not None))
    return tuple(found)


def calls(place: Steered, body_id: UUID) -> tuple[Call, ...]:
    """What was said of the meetings of a body to those who sit, in its order, of what counts."""
    kinds = (SteeringMeetingConvened, SteeringMeetingMoved, SteeringMeetingCancelled)
    told = (event for _, event in place.of(SteeringBody, *kinds) if event.originator_id == body_id)
    return tuple(one for one in told if isinstance(one, kinds))


def invitation_id(body_id: UUID, meeting_id: LocalId, seat_id: LocalId) -> UUID:
    """The name of the invitation of one seat to one meeting, the same however often it moves."""
    return deterministic_id("invitation", body_id, meeting_id, seat_id)


def invitations(body: SteeringBody, today: date) -> Iterator[tuple[UUID, LocalId, LocalId]]:
    """The invitations that await answers on a day: the name of each, its meeting, its seat."""
    for meeting_id, one in Planned.of(body).awaited(body).items():
        if one.convened_on is not None and one.planned_on >= today:
            for seat_id, seat in Seats.of(body).given.items():
                if seat.held_on(today):
                    yield invitation_id(body.id, meeting_id, seat_id), meeting_id, seat_id


def found(body: SteeringBody, name: UUID | None, today: date) -> tuple[LocalId, LocalId] | None:
    """The meeting and the seat of an invitation; None where it awaits no answer any more."""
    return next(((meeting, seat) for one, meeting, seat in invitations(body, today) if one == name), None)


def seats_of(asked: Iterable[Invited], person_id: UUID) -> tuple[Invited, ...]:
    """Those for which somebody is written to."""
    return tuple(one for one in asked if one.person_id == person_id)
