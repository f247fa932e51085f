"""Meetings that were held, told after the fact with what was decided there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DatesDoNotFit,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
    unique,
)
from domain.partners import Partner
from domain.steering.acting import BodyCommand
from domain.steering.body import HeldMeeting, SteeringBody
from domain.steering.constituting import ConstituteSteeringBody
from domain.steering.deciding import (
    Decision,
    DueBeforeDecided,
    PointNotOnTheAgenda,
    SteeringDecisionRecorded,
    SteeringDecisionTaken,
    check_votes,
)
from domain.steering.planning import Planned
from domain.steering.quorum import Presence, QuorumTold, Rules, quorum_at, quorum_of
from domain.steering.seats import Seats
from domain.values import Code, InvalidValue, LocalId, Prose

QUORUM: Final = "R35"
"""The rule about how many have to be there."""

LARGEST_MEETING: Final = 5_000
"""People at one meeting of a committee or a group: more is a mistake of typing."""


@dataclass(frozen=True)
class MeetingOfThatDay(BrokenRule):
    """The body already met that day: recorded twice, or a second meeting of the same day; told, for both happen."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    held_on: date


@dataclass(frozen=True)
class DecidedWithoutQuorum(BrokenRule):
    """R35: the body decided although too few of its seats were there: kept, and nothing rests on it until it decides
    again, or until who was there is corrected."""

    RULE = QUORUM
    LEVEL = Level.IRREGULAR
    FIELD = "seats_present"
    present: int
    needed: int


@dataclass(frozen=True)
class MeetingHadBeenCancelled(BrokenRule):
    """What was cancelled was held all the same: told, for a fact is a fact."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "meeting_id"
    cancelled_on: date


@dataclass(frozen=True)
class Proxy:
    """A seat that votes by another one."""

    seat_id: LocalId
    held_by: LocalId


@event("steering-body.steering-meeting-held")
class SteeringMeetingHeld(Event):
    """The body met on `occurred_on`; partners present, and how many people attended (nobody is named), None when
    nobody counted; by seats who was there, in person or by a substitute, who was excused, who gave a proxy to whom."""

    meeting_id: LocalId
    partners_present: tuple[UUID, ...]
    attendance: int | None
    seats_present: tuple[LocalId, ...]
    seats_excused: tuple[LocalId, ...]
    proxies: tuple[Proxy, ...]

    def apply(self, body: SteeringBody) -> None:
        """Keep the meeting, and who was there."""
        body.meetings[self.meeting_id] = HeldMeeting(self.occurred_on, {})
        Rules.of(body).presences[self.meeting_id] = Presence(self.occurred_on, self.seats_present)


def _has_met(body: SteeringBody) -> bool:
    return bool(body.meetings)


@command(SteeringBody, records=SteeringMeetingHeld)
@dataclass(frozen=True, kw_only=True)
class RecordMeeting(Command):
    """Record that the body met and what it decided; `occurred_on` is the day of the meeting."""

    meeting_id: LocalId
    attendance: int | None = None
    partners_present: tuple[UUID, ...] = ()
    seats_present: tuple[LocalId, ...] = ()
    seats_excused: tuple[LocalId, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        told = (*self.seats_present, *self.seats_excused, *(one.seat_id for one in self.proxies))
        unique(told, "seats_present")
        unique((decision.decision_id for decision in self.decisions), "decisions")
        unique((str(partner_id) for partner_id in self.partners_present), "partners_present")
        if self.attendance is not None and self.attendance < 0:
            raise InvalidValue("negative-count", field="attendance")
        if self.attendance is not None and self.attendance > LARGEST_MEETING:
            raise InvalidValue("number", field="attendance", limit=LARGEST_MEETING)
        if self.attendance == 0 and self.decisions:
            raise InvalidValue("nobody-decided", field="attendance")

    @classmethod
    def gate(cls, state: Aggregate, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it for a territory, its convention being `state`: a body has to be there to meet."""
        bodies = [one for one in around.states(SteeringBody) if one.home_territory_id == state.territory_id]
        case.breaks_if(not bodies, NothingToCite("stream_id", ConstituteSteeringBody.NAME))
        return case.weighed()

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """Its decisions are events of their own."""
        return {
            "decisions": tuple(
                Decision(**{each.name: getattr(one, each.name) for each in fields(Decision)}) for one in caused
            )
        }

    def decide(self, state: SteeringBody, case: Case) -> None:
        case.breaks_if(self.meeting_id in state.meetings, AlreadyExists(self.meeting_id))
        again = any(one.held_on == case.occurred_on for one in state.meetings.values())
        case.breaks_if(again, MeetingOfThatDay(case.occurred_on))
        for partner_id in self.partners_present:
            case.find(Partner, partner_id, "partners_present")
        self._check_seats(state, case)
        for decision in self.decisions:
            check_follow_up(decision.owner_id, decision.due_on, case.occurred_on, case)
        if self.decisions:
            check_quorum(quorum_of(state, case.occurred_on, self.seats_present), case)
        case.settle()
        held = record_from(self, state, case)
        for decision in self.decisions:
            state.record(
                SteeringDecisionRecorded, case, caused_by=held, meeting_id=self.meeting_id, **decision_fields(decision)
            )

    def _check_seats(self, state: SteeringBody, case: Case) -> None:
        """Who is told to have been there, excused or represented has a seat that day."""
        given = Seats.of(state).given
        by_proxy = [one for each in self.proxies for one in (each.seat_id, each.held_by)]
        named = {"seats_present": self.seats_present, "seats_excused": self.seats_excused, "proxies": by_proxy}
        for field_name, seats in named.items():
            for one in dict.fromkeys(seats):
                there = one in given and given[one].held_on(case.occurred_on)
                case.breaks_if(not there, UnknownReference(field_name, one))
        planned = Planned.of(state).meetings.get(self.meeting_id)
        if planned is not None and planned.cancelled_on is not None:
            case.broken(MeetingHadBeenCancelled(planned.cancelled_on))


def check_quorum(told: QuorumTold | None, case: Case) -> None:
    """R35: enough seats were there for the body to decide, as far as anybody told."""
    if told is not None and told.reached is False:
        case.broken(DecidedWithoutQuorum(told.present, told.needed or 0))


def check_follow_up(owner_id: UUID | None, due_on: date | None, decided_on: date, case: Case) -> None:
    """Who sees to a decision exists, and nothing is due before it was decided."""
    if owner_id is not None:
        case.find(Partner, owner_id, "owner_id")
    if due_on is not None and due_on < decided_on:
        case.broken(DueBeforeDecided(due_on, decided_on))


def decision_fields(said: Any) -> dict[str, Any]:
    """What a decision says, as its event says it, and the other way."""
    return {one.name: getattr(said, one.name) for one in fields(Decision)}


@command(SteeringBody, records=SteeringDecisionTaken)
@dataclass(frozen=True, kw_only=True)
class RecordDecision(BodyCommand):
    """Record one decision of a meeting that was held, on the spot or afterwards; `item_id`: the point of its agenda
    that it is about."""

    WANTS = (_has_met, "meeting_id", RecordMeeting.NAME)

    meeting_id: LocalId
    decision_id: LocalId
    kind: Code = Code("OTHER")
    text: Prose
    owner_id: UUID | None = None
    due_on: date | None = None
    proof: Prose | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    item_id: LocalId | None = None

    def __post_init__(self) -> None:
        Decision(self.decision_id, self.kind, self.text)
        check_votes(self.votes_for, self.votes_against, self.abstentions)

    def decide(self, state: SteeringBody, case: Case) -> None:
        meeting = state.meetings.get(self.meeting_id)
        if meeting is None:
            case.broken(UnknownReference("meeting_id", self.meeting_id))
        else:
            case.breaks_if(self.decision_id in meeting.decisions, AlreadyExists(self.decision_id))
            if meeting.held_on > case.occurred_on:
                case.broken(DatesDoNotFit("meeting_id", meeting.held_on, case.occurred_on))
            check_follow_up(self.owner_id, self.due_on, meeting.held_on, case)
            planned = Planned.of(state).meetings.get(self.meeting_id)
            points = {one.item_id for one in planned.agenda} if planned is not None else set()
            case.breaks_if(self.item_id is not None and self.item_id not in points, PointNotOnTheAgenda())
            check_quorum(quorum_at(state, self.meeting_id), case)
        case.settle()
        record_from(self, state, case)
