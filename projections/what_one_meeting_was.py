"""One meeting whole: what was planned, who sits there that day, who came, what it decided, which one comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.adjusting import AdjustmentDecided
from domain.calendar import add_months
from domain.steering import SteeringBody, SteeringDecisionRecorded, SteeringMeetingHeld
from domain.steering.deciding import SteeringDecisionTaken
from domain.steering.planning import Planned
from domain.steering.quorum import QuorumTold, Rules, quorum_of
from domain.steering.reference import DecisionReference
from domain.steering.seats import Seats
from domain.values import Code, LocalId, Prose
from projections.engine import Entry, Steered
from projections.which_meetings_there_are import MeetingTold, SeatTold, sittings


@dataclass(frozen=True)
class DecidedThere:
    """One decision as it was recorded, with its votes where there were any. `counts`: nothing was irregular then;
    `item_id`: the point of the agenda that it is about."""

    reference: DecisionReference
    event_id: UUID
    kind: Code
    text: Prose
    owner_id: UUID | None
    due_on: date | None
    proof: Prose | None
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    counts: bool
    item_id: LocalId | None


@dataclass(frozen=True)
class OneMeeting:
    """`seats`: those that the body has on the day of the meeting; `record_id`: the fact that says who came, None before
    it was held; `next_on`: the next meeting of the body that is planned, `next_by`: by when its rhythm wants one;
    `later`: the meetings of the body held since, the latest first."""

    told: MeetingTold
    seats: tuple[SeatTold, ...]
    record_id: UUID | None
    decisions: tuple[DecidedThere, ...]
    next_id: LocalId | None
    next_on: date | None
    next_by: date | None
    later: tuple[LocalId, ...]

    @property
    def is_held(self) -> bool:
        """Whether somebody said that it took place."""
        return self.record_id is not None


def one_meeting(place: Steered, meeting_id: str, body_id: UUID | None, today: date) -> OneMeeting | None:
    """The meeting of that id; of several bodies that meet together, that of `body_id`, else of the first."""
    found = [one for one in sittings(place, today) if one.meeting_id == meeting_id]
    told = next((one for one in found if one.body_id == body_id), found[0] if found and body_id is None else None)
    if told is None:
        return None
    body = next(one for one in place.bodies if one.id == told.body_id)
    record = _record(place, told)
    later = sorted(
        ((one.held_on, each) for each, one in body.meetings.items() if one.held_on > told.on and told.held_on),
        reverse=True,
    )
    to_come = min(
        ((one.planned_on, each) for each, one in Planned.of(body).awaited(body).items() if each != meeting_id),
        default=None,
    )
    rules = Rules.of(body).on(told.on)
    months = rules.rhythm_months if rules is not None else None
    return OneMeeting(
        told=told,
        seats=_seats(body, told.on),
        record_id=record.envelope.event_id if record is not None else None,
        decisions=tuple(_decided(place, told)),
        next_id=to_come[1] if to_come is not None else None,
        next_on=to_come[0] if to_come is not None else None,
        next_by=add_months(told.on, months) if months is not None else None,
        later=tuple(each for _, each in later),
    )


def quorum_if(place: Steered, told: MeetingTold, held_on: date, present: tuple[LocalId, ...]) -> QuorumTold:
    """The quorum that these seats would make, were they there that day."""
    body = next(one for one in place.bodies if one.id == told.body_id)
    return quorum_of(body, held_on, present)


def _record(place: Steered, told: MeetingTold) -> SteeringMeetingHeld | None:
    """What says who came, as it counts now."""
    found = [
        event
        for _, event in place.of(SteeringBody, SteeringMeetingHeld)
        if (event.originator_id, event.meeting_id) == (told.body_id, told.meeting_id)
    ]
    return found[-1] if found else None


def _seats(body: SteeringBody, day: date) -> tuple[SeatTold, ...]:
    return tuple(
        SeatTold(
            seat_id, one.partner_id, one.seat_role, one.college, one.person_id, one.substitute_id, one.vacant_since
        )
        for seat_id, one in Seats.of(body).given.items()
        if one.held_on(day)
    )


def _decided(place: Steered, told: MeetingTold) -> Iterator[DecidedThere]:
    said_there: list[tuple[Entry, SteeringDecisionRecorded | AdjustmentDecided]] = [
        *place.of(SteeringBody, SteeringDecisionRecorded),
        *place.of(SteeringBody, AdjustmentDecided),
    ]
    for _, event in sorted(said_there, key=lambda one: one[0].position):
        if (event.originator_id, event.meeting_id) != (told.body_id, told.meeting_id):
            continue
        said = event if isinstance(event, SteeringDecisionRecorded) else None
        yield DecidedThere(
            DecisionReference(event.originator_id, event.meeting_id, event.decision_id),
            event.envelope.event_id,
            event.kind,
            event.text,
            event.owner_id,
            event.due_on,
            said.proof if said is not None else None,
            said.votes_for if said is not None else None,
            said.votes_against if said is not None else None,
            said.abstentions if said is not None else None,
            not event.envelope.irregularities,
            event.item_id if isinstance(event, SteeringDecisionTaken) else None,
        )
