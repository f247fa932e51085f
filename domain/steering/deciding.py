"""What a body decides: kinds, words, and where a choice was made. It proposes and validates; it binds nobody (R08)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.kernel import BrokenRule, Event, Level, event, required_text
from domain.steering.body import SteeringBody
from domain.values import Code, InvalidValue, LocalId, Prose

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
