"""What those who sit answer to an invitation: they come, they are excused, or another seat votes for them.

The last answer counts. It is an answer for a day: a meeting that moves to another one asks again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    Event,
    Level,
    Part,
    Right,
    Streams,
    UnknownReference,
    command,
    event,
    part,
    record_from,
)
from domain.steering.acting import BodyCommand
from domain.steering.body import SteeringBody
from domain.steering.planning import ConveneMeeting, Planned
from domain.steering.seats import Seats
from domain.values import Code, InvalidValue, LocalId

PRESENT: Final = Code("PRESENT")
EXCUSED: Final = Code("EXCUSED")
PROXY: Final = Code("PROXY")
"""Another seat votes for it."""
ANSWERS: Final = (PRESENT, EXCUSED, PROXY)


class SeatAnswer(NamedTuple):
    """The answer of a seat, given on `on` for a meeting that was then to be on `planned_on`."""

    answer: Code
    proxy_seat_id: LocalId | None
    on: date
    planned_on: date


@part(SteeringBody, "answers")
@dataclass
class Answers(Part):
    """The last answer of each seat to each invitation."""

    by_meeting: dict[LocalId, dict[LocalId, SeatAnswer]] = field(default_factory=dict)

    def to(self, meeting_id: LocalId, planned_on: date) -> dict[LocalId, SeatAnswer]:
        """The answers for the day on which a meeting is to be, by seat."""
        found = self.by_meeting.get(meeting_id, {})
        return {seat: one for seat, one in found.items() if one.planned_on == planned_on}


def is_convened(body: SteeringBody) -> bool:
    """Whether an invitation waits for answers."""
    return any(one.convened_on is not None for one in Planned.of(body).awaited(body).values())


@dataclass(frozen=True)
class AnsweredTooLate(BrokenRule):
    """What was held or cancelled, or whose day is past, awaits no answer any more."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "meeting_id"
    planned_on: date


@dataclass(frozen=True)
class NotConvenedYet(BrokenRule):
    """One answers to an invitation."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "meeting_id"
    MENDED_BY = ConveneMeeting.NAME
    planned_on: date


@event("steering-body.steering-invitation-answered")
class SteeringInvitationAnswered(Event):
    """The holder of a seat, or whoever was told so, answered the invitation."""

    meeting_id: LocalId
    seat_id: LocalId
    answer: Code
    proxy_seat_id: LocalId | None

    def apply(self, body: SteeringBody) -> None:
        """Keep it in the place of the one before, with the day that it is for."""
        planned = Planned.of(body).meetings.get(self.meeting_id)
        if planned is not None:
            Answers.of(body).by_meeting.setdefault(self.meeting_id, {})[self.seat_id] = SeatAnswer(
                self.answer, self.proxy_seat_id, self.occurred_on, planned.planned_on
            )


@command(SteeringBody, records=SteeringInvitationAnswered)
@dataclass(frozen=True, kw_only=True)
class AnswerInvitation(BodyCommand):
    """Answer the invitation to a meeting for a seat: whoever sits there does, or the pilot for them."""

    WANTS = (is_convened, "meeting_id", ConveneMeeting.NAME)

    meeting_id: LocalId
    seat_id: LocalId
    answer: Code = PRESENT
    proxy_seat_id: LocalId | None = None

    def __post_init__(self) -> None:
        if self.answer not in ANSWERS:
            raise InvalidValue("unknown-code", field="answer", value=self.answer, allowed=ANSWERS)
        if (self.answer == PROXY) != (self.proxy_seat_id is not None):
            raise InvalidValue("proxy-and-seat", field="proxy_seat_id")
        if self.proxy_seat_id == self.seat_id:
            raise InvalidValue("repeated-id", field="proxy_seat_id", value=self.seat_id)

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Whoever sits there answers for themselves."""
        body = streams.find(SteeringBody, self.stream_id)
        seat = Seats.of(body).given.get(self.seat_id) if body is not None else None
        own = seat is not None and actor.actor_id in (seat.person_id, seat.substitute_id)
        return Right(self.NAME, own=own)

    def decide(self, state: SteeringBody, case: Case) -> None:
        one = Planned.of(state).meetings.get(self.meeting_id)
        if one is None:
            case.broken(UnknownReference("meeting_id", self.meeting_id))
        elif self.meeting_id not in Planned.of(state).awaited(state) or one.planned_on < case.occurred_on:
            case.broken(AnsweredTooLate(one.planned_on))
        elif one.convened_on is None:
            case.broken(NotConvenedYet(one.planned_on))
        seats = Seats.of(state)
        seats.known(self.seat_id, case)
        if self.proxy_seat_id is not None:
            proxy = seats.given.get(self.proxy_seat_id)
            case.breaks_if(
                proxy is None or not proxy.votes_on(case.occurred_on),
                UnknownReference("proxy_seat_id", self.proxy_seat_id),
            )
        case.settle()
        record_from(self, state, case)
