"""Meetings that were held, told after the fact with what was decided there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    Weighed,
    command,
    event,
    record_from,
    unique,
)
from domain.partners import Partner
from domain.steering.body import HeldMeeting, SteeringBody
from domain.steering.constituting import ConstituteSteeringBody
from domain.steering.deciding import Decision, SteeringDecisionRecorded
from domain.values import InvalidValue, LocalId

LARGEST_MEETING: Final = 5_000
"""People at one meeting of a committee or a group: more is a mistake of typing."""


@dataclass(frozen=True)
class MeetingOfThatDay(BrokenRule):
    """The body already met that day: recorded twice, or a second meeting of the same day; told, for both happen."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    held_on: date


@event("steering-body.steering-meeting-held")
class SteeringMeetingHeld(Event):
    """The body met on `occurred_on`; partners present, and how many people attended (nobody is named), None when
    nobody counted."""

    meeting_id: LocalId
    partners_present: tuple[UUID, ...]
    attendance: int | None

    def apply(self, body: SteeringBody) -> None:
        """Keep the meeting."""
        body.meetings[self.meeting_id] = HeldMeeting(self.occurred_on, {})


@command(SteeringBody, records=SteeringMeetingHeld)
@dataclass(frozen=True, kw_only=True)
class RecordMeeting(Command):
    """Record that the body met and what it decided; `occurred_on` is the day of the meeting."""

    meeting_id: LocalId
    attendance: int | None = None
    partners_present: tuple[UUID, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
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
        return {"decisions": tuple(Decision(one.decision_id, one.kind, one.text) for one in caused)}

    def decide(self, state: SteeringBody, case: Case) -> None:
        case.breaks_if(self.meeting_id in state.meetings, AlreadyExists(self.meeting_id))
        again = any(one.held_on == case.occurred_on for one in state.meetings.values())
        case.breaks_if(again, MeetingOfThatDay(case.occurred_on))
        for partner_id in self.partners_present:
            case.find(Partner, partner_id, "partners_present")
        case.settle()
        held = record_from(self, state, case)
        for decision in self.decisions:
            state.record(
                SteeringDecisionRecorded,
                case,
                caused_by=held,
                meeting_id=self.meeting_id,
                decision_id=decision.decision_id,
                kind=decision.kind,
                text=decision.text,
            )
