"""Steering bodies: their meetings and what was decided there. They propose and validate; they bind nobody (R08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    Event,
    Level,
    NothingToCite,
    Places,
    Surroundings,
    Weighed,
    aggregate,
    command,
    event,
    record_from,
    required_text,
    start_from,
    unique,
)
from domain.partners import Partner
from domain.territories import Territory
from domain.values import Code, InvalidValue, LocalId, Prose, PublicName

BODY_KINDS = tuple(Code(kind) for kind in ("COPIL", "COTECH", "FOLLOW_UP", "WORKING_GROUP"))
DIAGNOSIS_VALIDATED = Code("DIAGNOSIS_VALIDATED")
PRIORITY_CHOSEN = Code("PRIORITY_CHOSEN")
PRIORITY_WITHDRAWN = Code("PRIORITY_WITHDRAWN")
PLAN_VALIDATED = Code("PLAN_VALIDATED")
PLAN_ADAPTED = Code("PLAN_ADAPTED")
SIGNATORIES_CHANGED = Code("SIGNATORIES_CHANGED")
THEMES_CHANGED = Code("THEMES_CHANGED")
CONVENTION_GIVEN_UP = Code("CONVENTION_GIVEN_UP")
CONVENTION_EXTENDED = Code("CONVENTION_EXTENDED")
WAIVER = Code("WAIVER")
REMINDERS_SUSPENDED = Code("REMINDERS_SUSPENDED")
DECISION_KINDS = (
    DIAGNOSIS_VALIDATED,
    PRIORITY_CHOSEN,
    PRIORITY_WITHDRAWN,
    PLAN_VALIDATED,
    PLAN_ADAPTED,
    SIGNATORIES_CHANGED,
    THEMES_CHANGED,
    CONVENTION_GIVEN_UP,
    CONVENTION_EXTENDED,
    WAIVER,
    REMINDERS_SUSPENDED,
    Code("REVIEW_VALIDATED"),
    Code("OTHER"),
)


@dataclass(frozen=True)
class Decision:
    """One decision of a meeting: its kind and its words as recorded."""

    decision_id: LocalId
    kind: Code
    text: Prose

    def __post_init__(self) -> None:
        if self.kind not in DECISION_KINDS:
            raise InvalidValue("unknown-code", field="decisions", value=self.kind, allowed=DECISION_KINDS)
        required_text(self.text, "decisions")


@dataclass(frozen=True)
class DecisionReference:
    """Where a choice was made: the body, its meeting, the decision."""

    body_id: UUID
    meeting_id: LocalId
    decision_id: LocalId


@dataclass(frozen=True)
class DeciderNotEntitled(BrokenRule):
    """R08: decided in the steering committee of the territory or a body mandated by it, not by an officer alone."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"
    body_kind: str


LARGEST_MEETING: Final = 5_000
"""People at one meeting of a committee or a group: more is a mistake of typing."""


@dataclass(frozen=True)
class MeetingOfThatDay(BrokenRule):
    """The body already met that day: recorded twice, or a second meeting of the same day; told, for both happen."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "occurred_on"
    held_on: date


class HeldMeeting(NamedTuple):
    """A meeting of a body: its day, and the kind of each decision taken there."""

    held_on: date
    decisions: dict[LocalId, Code]


@aggregate("steering-body", "steering-bodies")
class SteeringBody(Aggregate):
    """A committee or group of a territory, or of a whole framework when it has no territory."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    kind: Code
    name: PublicName
    mandated_by: UUID | None
    meetings: dict[LocalId, HeldMeeting]

    def __init__(self) -> None:
        self.home_territory_id = None
        self.home_framework_id = None
        self.kind = Code("")
        self.mandated_by = None
        self.meetings = {}

    @property
    def territory_id(self) -> UUID | None:
        """The territory it steers."""
        return self.home_territory_id

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework it steers as a whole."""
        return self.home_framework_id

    @property
    def called(self) -> tuple[PublicName | Prose, ...]:
        """Its name."""
        return (self.name,)

    def places(self) -> Places:
        """What it steers."""
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)


@event("steering-body.steering-body-constituted")
class SteeringBodyConstituted(CreatedEvent):
    """The body exists; `mandated_by` names the steering committee that lets it decide in its place, if any."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    kind: Code
    name: PublicName
    mandated_by: UUID | None

    def apply(self, body: SteeringBody) -> None:
        """Take its kind."""
        body.home_territory_id = self.home_territory_id
        body.home_framework_id = self.home_framework_id
        body.kind = self.kind
        body.name = self.name
        body.mandated_by = self.mandated_by


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


@event("steering-body.steering-decision-recorded")
class SteeringDecisionRecorded(Event):
    """The body decided something in a meeting."""

    meeting_id: LocalId
    decision_id: LocalId
    kind: Code
    text: Prose

    def apply(self, body: SteeringBody) -> None:
        """Keep the decision, where its meeting stands."""
        meeting = body.meetings.get(self.meeting_id)
        if meeting is not None:
            meeting.decisions[self.decision_id] = self.kind


@command(SteeringBody, starts=True, records=SteeringBodyConstituted)
@dataclass(frozen=True, kw_only=True)
class ConstituteSteeringBody(Command):
    """Constitute a committee or group of a territory, else of a whole framework."""

    home_territory_id: UUID | None = None
    home_framework_id: UUID | None = None
    kind: Code
    name: PublicName
    mandated_by: UUID | None = None

    def __post_init__(self) -> None:
        if self.kind not in BODY_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=BODY_KINDS)
        if (self.home_territory_id is None) == (self.home_framework_id is None):
            raise InvalidValue("territory-or-framework", field="home_territory_id")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory it will steer."""
        return self.home_territory_id

    def whole_framework(self, state: Aggregate | None) -> UUID | None:
        """The framework it will steer."""
        return self.home_framework_id

    @property
    def _home(self) -> Places:
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)

    def decide(self, state: SteeringBody | None, case: Case) -> SteeringBody:
        case.breaks_if(state is not None, AlreadyExists(str(self.stream_id)))
        if self.home_territory_id is not None:
            case.find(Territory, self.home_territory_id, "home_territory_id")
        if self.home_framework_id is not None:
            case.find(FrameworkConvention, self.home_framework_id, "home_framework_id")
        if self.mandated_by is not None:
            committee = case.find(SteeringBody, self.mandated_by, "mandated_by")
            if committee is not None and (committee.kind != "COPIL" or committee.places() != self._home):
                case.broken(DeciderNotEntitled(committee.kind))
        case.settle()
        started: SteeringBody = start_from(self, case)
        return started


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
