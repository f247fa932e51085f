"""Adjustments: what a committee that looked back changes for what comes, with its actions, who sees to it and by when.

An adjustment is a decision of the meeting that reviewed, told with what it is about. Whether it was carried out is an
answer (`projections/what_became_of_adjustments.py`), and no field of anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.closed import check_not_closed
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    Case,
    Command,
    DatesDoNotFit,
    Event,
    NothingToCite,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
    required_text,
    unique,
)
from domain.partners import Partner
from domain.steering import PLAN_ADAPTED, RecordMeeting, SteeringBody
from domain.steering.deciding import DueBeforeDecided
from domain.values import Code, InvalidValue, LocalId, Prose

ACTION_CONTINUED: Final = Code("ACTION_CONTINUED")
ACTION_ADAPTED: Final = Code("ACTION_ADAPTED")
ACTION_STOPPED: Final = Code("ACTION_STOPPED")
ACTION_STARTED: Final = Code("ACTION_STARTED")
TARGETS_REVISED: Final = Code("TARGETS_REVISED")
ADJUSTMENT_KINDS: Final = (
    ACTION_CONTINUED,
    ACTION_ADAPTED,
    ACTION_STOPPED,
    ACTION_STARTED,
    TARGETS_REVISED,
    PLAN_ADAPTED,
)
"""All that a review may lead to; a signed plan is adapted by an act that cites the decision (R22)."""


@event("steering-body.adjustment-decided")
class AdjustmentDecided(Event):
    """A meeting decided to adjust something for what comes: which actions, who sees to it, by when."""

    meeting_id: LocalId
    decision_id: LocalId
    kind: Code
    text: Prose
    sheets: tuple[UUID, ...]
    owner_id: UUID | None
    due_on: date | None

    def apply(self, body: SteeringBody) -> None:
        """Keep it among the decisions, where its meeting stands: what is done of it may cite it."""
        meeting = body.meetings.get(self.meeting_id)
        if meeting is not None:
            meeting.decisions[self.decision_id] = self.kind


@command(SteeringBody, records=AdjustmentDecided)
@dataclass(frozen=True, kw_only=True)
class DecideAdjustment(Command):
    """Say what a meeting that was held decided to adjust; `owner_id`: the partner who sees to it, where it is one."""

    meeting_id: LocalId
    decision_id: LocalId
    kind: Code
    sheets: tuple[UUID, ...] = ()
    text: Prose
    owner_id: UUID | None = None
    due_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in ADJUSTMENT_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=ADJUSTMENT_KINDS)
        required_text(self.text, "text")
        unique((str(sheet) for sheet in self.sheets), "sheets")
        if not self.sheets:
            raise InvalidValue("at-least-one", field="sheets")

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it for a territory, its convention being `state`: a meeting and an action."""
        bodies = [one for one in around.states(SteeringBody) if one.home_territory_id == state.territory_id]
        met = any(one.meetings for one in bodies)
        case.breaks_if(not met, NothingToCite("meeting_id", RecordMeeting.NAME))
        written = any(one.home_territory_id == state.territory_id for one in around.states(ActionSheet))
        case.breaks_if(not written, check_not_closed(state) or NothingToCite("sheets", "draft-action-sheet"))
        return case.weighed()

    def decide(self, state: SteeringBody, case: Case) -> None:
        meeting = state.meetings.get(self.meeting_id)
        if meeting is None:
            case.broken(UnknownReference("meeting_id", self.meeting_id))
        else:
            case.breaks_if(self.decision_id in meeting.decisions, AlreadyExists(self.decision_id))
            if meeting.held_on > case.occurred_on:
                case.broken(DatesDoNotFit("meeting_id", meeting.held_on, case.occurred_on))
            if self.due_on is not None and self.due_on < meeting.held_on:
                case.broken(DueBeforeDecided(self.due_on, meeting.held_on))
        for sheet_id in self.sheets:
            sheet = case.find(ActionSheet, sheet_id, "sheets")
            elsewhere = sheet is not None and sheet.home_territory_id != state.home_territory_id
            case.breaks_if(elsewhere, UnknownReference("sheets", str(sheet_id)))
        if self.owner_id is not None:
            case.find(Partner, self.owner_id, "owner_id")
        case.settle()
        record_from(self, state, case)
