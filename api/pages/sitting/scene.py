"""A meeting as it is asked for: which one, for whom, in which view; and where each of its parts is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from api.pages.contexts import Act, Phrase
from api.pages.forms.refilled import is_id
from api.pages.sitting.addresses import (
    BODY,
    FOLLOW,
    HOLD,
    MINUTES,
    POINT,
    PREPARE,
    PROJECTOR,
    VIEW,
    meeting_at,
)
from api.pages.steered import SteeredView
from domain.steering.meetings import RecordDecision, RecordMeeting
from projections.what_became_of_decisions import DecisionStanding
from projections.what_one_meeting_was import OneMeeting, one_meeting
from projections.which_meetings_there_are import APPROVED, CONVENED, DRAFTED, HELD, PLANNED, MeetingTold
from workflows.application import UnknownStream

FIRST_STEP: Final = {HELD: HOLD, DRAFTED: MINUTES, APPROVED: FOLLOW}
"""What one comes to first, by how far the meeting is; of one that is to come, its preparation until its day."""


@dataclass
class Sitting:
    """One meeting being shown."""

    view: SteeredView
    one: OneMeeting
    asked: Mapping[str, str]
    step: str

    @property
    def told(self) -> MeetingTold:
        """The meeting itself."""
        return self.one.told

    @property
    def body_id(self) -> str:
        """The body that holds it here."""
        return str(self.told.body_id)

    @property
    def projector(self) -> bool:
        """Whether it is shown large, to a whole room."""
        return self.asked.get(VIEW) == PROJECTOR and self.step == HOLD

    @cached_property
    def may_attend(self) -> bool:
        """Whether the reader may say who is there."""
        return self._may(RecordMeeting.NAME)

    @cached_property
    def may_decide(self) -> bool:
        """Whether the reader may record what is decided."""
        return self._may(RecordDecision.NAME)

    def _may(self, name: str) -> bool:
        return not self.view.is_closed and self.view.may(name)

    @property
    def point(self) -> int:
        """The point of the agenda that is being dealt with: the first, unless the address names another."""
        given = self.asked.get(POINT, "")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
        return min(max(number, 1), max(len(self.told.agenda), 1))

    @property
    def list_href(self) -> str:
        """All the meetings."""
        return self.view.meetings_href

    def at(self, step: str, **asked: str) -> str:
        """A part of the meeting, in the same view."""
        body_id = self.told.body_id if self.asked.get(BODY) else None
        kept = {VIEW: PROJECTOR} if self.projector and step.startswith(self.step) and VIEW not in asked else {}
        return meeting_at(self.list_href, self.told.meeting_id, step, {**kept, **asked}, body_id)

    def act(self, name: str, **chosen: str) -> Act | None:
        """The link to an act on this meeting, for whoever may do it."""
        if self.view.is_closed:
            return None
        about = {"stream_id": self.body_id, "meeting_id": str(self.told.meeting_id)}
        return self.view.act(name, None, **about, **chosen)

    @cached_property
    def followed(self) -> tuple[DecisionStanding, ...]:
        """What it decided, and what became of it."""
        here = self.told.body_id, self.told.meeting_id
        return tuple(one for one in self.view.decisions if (one.reference.body_id, one.reference.meeting_id) == here)

    @property
    def why_not(self) -> Phrase | None:
        """Why the reader may only read, None for whoever may hold it."""
        if self.may_attend or self.may_decide:
            return None
        return Phrase("page.session.over" if self.view.is_closed else "page.session.read-only")


def sitting_of(view: SteeredView, meeting_id: str, asked: Mapping[str, str], step: str) -> Sitting:
    """The meeting that an address names. Raises `UnknownStream` for one that is not there."""
    given = asked.get(BODY, "")
    body_id = UUID(given) if is_id(given) else None
    one = one_meeting(view.place, meeting_id, body_id, view.ask.today)
    if one is None:
        raise UnknownStream(meeting_id)
    view.ask.open(one)
    seated = (each for seat in one.seats for each in (seat.person_id, seat.substitute_id))
    view.ask.meet(each for each in seated if each is not None)
    return Sitting(view, one, asked, step or first_step(one, view))


def first_step(one: OneMeeting, view: SteeredView) -> str:
    """The step at which a meeting is."""
    told = one.told
    if told.state in (PLANNED, CONVENED) and told.on > view.ask.today:
        return PREPARE
    if told.state == HELD and told.on < view.ask.today:
        return MINUTES
    return FIRST_STEP.get(told.state, HOLD if told.is_to_come else PREPARE)
