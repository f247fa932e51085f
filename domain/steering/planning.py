"""Meetings to come: planned, convened with an agenda and papers, moved, cancelled, by one body or by several together.

A joint meeting stands in the journal of each of its bodies under one id; each holds it and decides for itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import ClassVar
from uuid import UUID

from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    required_text,
    unique,
)
from domain.steering.acting import BodyCommand
from domain.steering.body import SteeringBody
from domain.steering.joint import bodies_asked, ours, record_in_each
from domain.values import InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class AgendaItem:
    """One point of an agenda."""

    item_id: LocalId
    text: Prose

    def __post_init__(self) -> None:
        required_text(self.text, "agenda")


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting that was planned, as it stands; one that was held stays here too. `papers`: whether any was joined to
    the invitation that went out last."""

    planned_on: date
    starts_at: time | None
    joint_with: tuple[UUID, ...] = ()
    convened_on: date | None = None
    cancelled_on: date | None = None
    agenda: tuple[AgendaItem, ...] = ()
    papers: bool = False


@part(SteeringBody, "planned")
@dataclass
class Planned(Part):
    """The meetings that were planned, by id."""

    meetings: dict[LocalId, PlannedMeeting] = field(default_factory=dict)

    def awaited(self, body: SteeringBody) -> dict[LocalId, PlannedMeeting]:
        """Those that are neither held nor cancelled."""
        return {
            one: each for one, each in self.meetings.items() if each.cancelled_on is None and one not in body.meetings
        }


def is_awaited(body: SteeringBody) -> bool:
    """Whether a meeting is to come."""
    return bool(Planned.of(body).awaited(body))


@dataclass(frozen=True)
class MeetingIsOver(BrokenRule):
    """What was held or cancelled is neither moved, nor convened, nor cancelled any more."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "meeting_id"
    planned_on: date


@dataclass(frozen=True)
class PlannedInThePast(BrokenRule):
    """A meeting is planned for a day to come; one that took place is recorded as held."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "planned_on"
    planned_on: date
    today: date


@event("steering-body.steering-meeting-planned")
class SteeringMeetingPlanned(Event):
    """The body is to meet on `planned_on`, alone or with others; `occurred_on` is the day on which that was set."""

    meeting_id: LocalId
    planned_on: date
    starts_at: time | None
    place: Prose | None
    link: Prose | None
    joint_with: tuple[UUID, ...]

    def apply(self, body: SteeringBody) -> None:
        """Keep it."""
        Planned.of(body).meetings[self.meeting_id] = PlannedMeeting(self.planned_on, self.starts_at, self.joint_with)


@event("steering-body.steering-meeting-convened")
class SteeringMeetingConvened(Event):
    """The invitation went out on `occurred_on` with its agenda; its papers are the documents of this fact."""

    meeting_id: LocalId
    agenda: tuple[AgendaItem, ...]

    def apply(self, body: SteeringBody) -> None:
        """Keep since when it is convened, and the last agenda."""
        planned = Planned.of(body).meetings
        if (one := planned.get(self.meeting_id)) is not None:
            first = one.convened_on or self.occurred_on
            papers = one.papers or bool(self.envelope.evidence)
            planned[self.meeting_id] = replace(one, convened_on=first, agenda=self.agenda, papers=papers)


@event("steering-body.steering-meeting-moved")
class SteeringMeetingMoved(Event):
    """The meeting is to take place on another day, at another hour or place."""

    meeting_id: LocalId
    planned_on: date
    starts_at: time | None
    place: Prose | None
    link: Prose | None

    def apply(self, body: SteeringBody) -> None:
        """Take the new day."""
        planned = Planned.of(body).meetings
        if (one := planned.get(self.meeting_id)) is not None:
            planned[self.meeting_id] = replace(one, planned_on=self.planned_on, starts_at=self.starts_at)


@event("steering-body.steering-meeting-cancelled")
class SteeringMeetingCancelled(Event):
    """The meeting does not take place, and why."""

    meeting_id: LocalId
    motive: Prose

    def apply(self, body: SteeringBody) -> None:
        """Keep since when."""
        planned = Planned.of(body).meetings
        if (one := planned.get(self.meeting_id)) is not None:
            planned[self.meeting_id] = replace(one, cancelled_on=self.occurred_on)


@dataclass(frozen=True, kw_only=True)
class _OfMeeting(BodyCommand):
    """An act on a meeting that is to come, in the journal of each of its bodies."""

    WANTS: ClassVar[tuple[Callable[[SteeringBody], bool], str, str] | None] = (is_awaited, "meeting_id", "plan-meeting")

    meeting_id: LocalId

    def check(self, state: SteeringBody, case: Case) -> PlannedMeeting | None:
        """The meeting; the act is refused where there is none, or where it is over."""
        one = Planned.of(state).meetings.get(self.meeting_id)
        if one is None:
            case.broken(UnknownReference("meeting_id", self.meeting_id))
        elif one.cancelled_on is not None or self.meeting_id in state.meetings:
            case.broken(MeetingIsOver(one.planned_on))
        return one

    def beside(self, one: PlannedMeeting | None, case: Case) -> tuple[SteeringBody, ...]:
        """The bodies that still await the same meeting."""
        together = (case.streams.find(SteeringBody, other) for other in (one.joint_with if one is not None else ()))
        await_it = (body for body in together if body is not None and self.meeting_id in Planned.of(body).awaited(body))
        return ours(self, await_it, case)


@command(SteeringBody, records=SteeringMeetingPlanned)
@dataclass(frozen=True, kw_only=True)
class PlanMeeting(_OfMeeting):
    """Plan a meeting of the body: its day, and the hour and place where they are known; `joint_with`: the bodies that
    meet with it."""

    WANTS = None

    planned_on: date
    starts_at: time | None = None
    place: Prose | None = None
    link: Prose | None = None
    joint_with: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        unique((str(one) for one in self.joint_with), "joint_with")
        if self.stream_id in self.joint_with:
            raise InvalidValue("repeated-id", field="joint_with", value=str(self.stream_id))

    def decide(self, state: SteeringBody, case: Case) -> None:
        known = self.meeting_id in Planned.of(state).meetings or self.meeting_id in state.meetings
        case.breaks_if(known, AlreadyExists(self.meeting_id))
        case.breaks_if(self.planned_on < case.occurred_on, PlannedInThePast(self.planned_on, case.occurred_on))
        others = bodies_asked(self, self.joint_with, case, "joint_with")
        for one in others:
            taken = self.meeting_id in Planned.of(one).meetings or self.meeting_id in one.meetings
            case.breaks_if(taken, AlreadyExists(self.meeting_id))
        case.settle()
        record_in_each(self, state, others, case)


@command(SteeringBody, records=SteeringMeetingConvened)
@dataclass(frozen=True, kw_only=True)
class ConveneMeeting(_OfMeeting):
    """Convene a planned meeting: its agenda, and its papers as documents; done again with what was missing."""

    agenda: tuple[AgendaItem, ...] = ()

    def __post_init__(self) -> None:
        unique((one.item_id for one in self.agenda), "agenda")
        if not self.agenda:
            raise InvalidValue("at-least-one", field="agenda")

    def decide(self, state: SteeringBody, case: Case) -> None:
        others = self.beside(self.check(state, case), case)
        case.settle()
        record_in_each(self, state, others, case)


@command(SteeringBody, records=SteeringMeetingMoved)
@dataclass(frozen=True, kw_only=True)
class MoveMeeting(_OfMeeting):
    """Move a planned meeting: its day, hour and place, said again whole."""

    planned_on: date
    starts_at: time | None = None
    place: Prose | None = None
    link: Prose | None = None

    def decide(self, state: SteeringBody, case: Case) -> None:
        one = self.check(state, case)
        case.breaks_if(self.planned_on < case.occurred_on, PlannedInThePast(self.planned_on, case.occurred_on))
        others = self.beside(one, case)
        case.settle()
        record_in_each(self, state, others, case)


@command(SteeringBody, records=SteeringMeetingCancelled)
@dataclass(frozen=True, kw_only=True)
class CancelMeeting(_OfMeeting):
    """Cancel a planned meeting, and say why."""

    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def decide(self, state: SteeringBody, case: Case) -> None:
        one = self.check(state, case)
        others = self.beside(one, case)
        case.settle()
        record_in_each(self, state, others, case)
