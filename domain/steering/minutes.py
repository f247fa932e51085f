"""The minutes of a meeting: drafted from what was recorded, approved by the chair or at the next meeting, corrected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from domain.kernel import (
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    NothingToCite,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.steering.acting import BodyCommand
from domain.steering.body import HeldMeeting, SteeringBody
from domain.steering.meetings import RecordMeeting
from domain.values import Code, InvalidValue, LocalId, Prose

BY_CHAIR: Final = Code("CHAIR")
AT_MEETING: Final = Code("MEETING")
APPROVED_BY: Final = (BY_CHAIR, AT_MEETING)


@dataclass(frozen=True)
class MinutesOf:
    """How far the minutes of a meeting are."""

    drafted_on: date
    approved_on: date | None = None


@part(SteeringBody, "minutes")
@dataclass
class Minutes(Part):
    """The minutes of the meetings that have any, by meeting."""

    of_meeting: dict[LocalId, MinutesOf] = field(default_factory=dict)


def approved_on(body: SteeringBody, meeting_id: LocalId) -> date | None:
    """Since when the minutes of a meeting are approved."""
    known = Minutes.of(body).of_meeting.get(meeting_id)
    return known.approved_on if known is not None else None


@dataclass(frozen=True)
class MinutesApprovedAlready(BrokenRule):
    """What is approved is drafted no more: it is corrected by the next meeting."""

    RULE = "R21"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "meeting_id"
    approved_on: date


@dataclass(frozen=True)
class MinutesNotApproved(BrokenRule):
    """What is not approved yet is drafted again, not corrected."""

    RULE = "R21"
    LEVEL = Level.HARD
    FIELD = "meeting_id"
    MENDED_BY = "approve-minutes"


@event("steering-body.minutes-drafted")
class MinutesDrafted(Event):
    """Minutes were written of a meeting: what they add to what was recorded there, or a document."""

    meeting_id: LocalId
    text: Prose | None

    def apply(self, body: SteeringBody) -> None:
        """Keep the first day; what is drafted again is the same minutes."""
        known = Minutes.of(body).of_meeting
        if self.meeting_id not in known:
            known[self.meeting_id] = MinutesOf(self.occurred_on)


@event("steering-body.minutes-approved")
class MinutesApproved(Event):
    """The minutes of a meeting are approved from `occurred_on` on: by the chair, or by the meeting `approved_in`."""

    meeting_id: LocalId
    approved_by: Code
    approved_in: LocalId | None

    def apply(self, body: SteeringBody) -> None:
        """Keep the day."""
        known = Minutes.of(body).of_meeting
        if (one := known.get(self.meeting_id)) is not None:
            known[self.meeting_id] = replace(one, approved_on=self.occurred_on)


@event("steering-body.minutes-corrected")
class MinutesCorrected(Event):
    """A later meeting said something of the approved minutes otherwise; both stay to be read."""

    meeting_id: LocalId
    corrected_in: LocalId
    text: Prose

    def apply(self, body: SteeringBody) -> None:
        """Its words are read from the history."""


def _is_to_write(body: SteeringBody) -> bool:
    """Whether a meeting was held whose minutes are not approved."""
    return any(approved_on(body, one) is None for one in body.meetings)


def _is_to_approve(body: SteeringBody) -> bool:
    """Whether minutes were drafted that are not approved."""
    return any(one.approved_on is None for one in Minutes.of(body).of_meeting.values())


def _is_to_correct(body: SteeringBody) -> bool:
    """Whether a meeting came after one whose minutes are approved."""
    approved = (one.held_on for key, one in body.meetings.items() if approved_on(body, key) is not None)
    first = min(approved, default=None)
    return first is not None and any(one.held_on > first for one in body.meetings.values())


def _held(state: SteeringBody, meeting_id: LocalId, case: Case, field_name: str = "meeting_id") -> HeldMeeting | None:
    """A meeting that was held by then."""
    meeting = state.meetings.get(meeting_id)
    if meeting is None:
        case.broken(UnknownReference(field_name, meeting_id))
    elif meeting.held_on > case.occurred_on:
        case.broken(DatesDoNotFit(field_name, meeting.held_on, case.occurred_on))
    return meeting


def _later(state: SteeringBody, later: LocalId, meeting: HeldMeeting | None, case: Case, field_name: str) -> None:
    """The meeting that speaks of the minutes of another comes after it."""
    one = _held(state, later, case, field_name)
    if one is not None and meeting is not None and one.held_on <= meeting.held_on:
        case.broken(DatesDoNotFit(field_name, meeting.held_on, one.held_on))


@command(SteeringBody, records=MinutesDrafted)
@dataclass(frozen=True, kw_only=True)
class DraftMinutes(BodyCommand):
    """Write the minutes of a meeting, or write them again before they are approved: what was recorded stands in them by
    itself, `text` adds to it."""

    WANTS = (_is_to_write, "meeting_id", RecordMeeting.NAME)

    meeting_id: LocalId
    text: Prose | None = None

    def decide(self, state: SteeringBody, case: Case) -> None:
        _held(state, self.meeting_id, case)
        if (approved := approved_on(state, self.meeting_id)) is not None:
            case.broken(MinutesApprovedAlready(approved))
        case.settle()
        record_from(self, state, case)


@command(SteeringBody, records=MinutesApproved)
@dataclass(frozen=True, kw_only=True)
class ApproveMinutes(BodyCommand):
    """Approve the minutes of a meeting: the chair does, or a later meeting (`approved_in`)."""

    WANTS = (_is_to_approve, "meeting_id", DraftMinutes.NAME)

    meeting_id: LocalId
    approved_by: Code = BY_CHAIR
    approved_in: LocalId | None = None

    def __post_init__(self) -> None:
        if self.approved_by not in APPROVED_BY:
            raise InvalidValue("unknown-code", field="approved_by", value=self.approved_by, allowed=APPROVED_BY)
        if (self.approved_by == AT_MEETING) != (self.approved_in is not None):
            raise InvalidValue("at-least-one", field="approved_in")

    def decide(self, state: SteeringBody, case: Case) -> None:
        meeting = _held(state, self.meeting_id, case)
        known = Minutes.of(state).of_meeting.get(self.meeting_id)
        if meeting is not None and known is None:
            case.broken(NothingToCite("meeting_id", DraftMinutes.NAME))
        if known is not None and known.approved_on is not None:
            case.broken(MinutesApprovedAlready(known.approved_on))
        elif known is not None and known.drafted_on > case.occurred_on:
            case.broken(DatesDoNotFit("meeting_id", known.drafted_on, case.occurred_on))
        if self.approved_in is not None:
            _later(state, self.approved_in, meeting, case, "approved_in")
        case.settle()
        record_from(self, state, case)


@command(SteeringBody, records=MinutesCorrected)
@dataclass(frozen=True, kw_only=True)
class CorrectMinutes(BodyCommand):
    """Say what a later meeting corrects of approved minutes."""

    WANTS = (_is_to_correct, "corrected_in", RecordMeeting.NAME)

    meeting_id: LocalId
    corrected_in: LocalId
    text: Prose

    def __post_init__(self) -> None:
        required_text(self.text, "text")

    def decide(self, state: SteeringBody, case: Case) -> None:
        meeting = _held(state, self.meeting_id, case)
        if meeting is not None and approved_on(state, self.meeting_id) is None:
            case.broken(MinutesNotApproved())
        _later(state, self.corrected_in, meeting, case, "corrected_in")
        case.settle()
        record_from(self, state, case)
