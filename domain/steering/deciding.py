"""What a body decides: kinds, words, and where a choice was made. It proposes and validates; it binds nobody (R08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel import BrokenRule, Event, Level, event, required_text
from domain.steering.body import SteeringBody
from domain.steering.followed import DecisionsFollowed
from domain.steering.reference import DecisionReference
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
OTHER = Code("OTHER")
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
    OTHER,
)


MOST_VOTES: Final = 5_000
"""Votes cast on one decision: more is a mistake of typing."""


def check_votes(*counted: int | None) -> None:
    """Votes are counted from nought to as many as people meet."""
    for votes in counted:
        if votes is not None and not 0 <= votes <= MOST_VOTES:
            raise InvalidValue("number", field="votes_for", limit=MOST_VOTES)


@dataclass(frozen=True)
class Decision:
    """One decision of a meeting: its kind and its words as recorded; the partner who sees to it, by when, and what will
    show that it was done, where that was said; the votes, where there were any."""

    decision_id: LocalId
    kind: Code
    text: Prose
    owner_id: UUID | None = None
    due_on: date | None = None
    proof: Prose | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in DECISION_KINDS:
            raise InvalidValue("unknown-code", field="decisions", value=self.kind, allowed=DECISION_KINDS)
        required_text(self.text, "decisions")
        check_votes(self.votes_for, self.votes_against, self.abstentions)


@dataclass(frozen=True)
class DeciderNotEntitled(BrokenRule):
    """R08: decided in the steering committee of the territory or a body mandated by it, not by an officer alone."""

    RULE = "R08"
    LEVEL = Level.HARD
    FIELD = "decided_in"
    MENDED_BY = "record-meeting"
    body_kind: str


@dataclass(frozen=True)
class DueBeforeDecided(BrokenRule):
    """Nothing is due before the day on which it was decided."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "due_on"
    due_on: date
    decided_on: date


@dataclass(frozen=True)
class PointNotOnTheAgenda(BrokenRule):
    """A decision is about a point of the agenda of its own meeting, as it went out last, or about none."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "item_id"


@event("steering-body.steering-decision-recorded")
class SteeringDecisionRecorded(Event):
    """The body decided something in a meeting."""

    meeting_id: LocalId
    decision_id: LocalId
    kind: Code
    text: Prose
    owner_id: UUID | None
    due_on: date | None
    proof: Prose | None
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None

    def apply(self, body: SteeringBody) -> None:
        """Keep the decision, where its meeting stands."""
        meeting = body.meetings.get(self.meeting_id)
        if meeting is not None:
            meeting.decisions[self.decision_id] = self.kind
            reference = DecisionReference(body.id, self.meeting_id, self.decision_id)
            DecisionsFollowed.of(body).begin(reference, self.text, self.owner_id)


@event("steering-body.steering-decision-taken")
class SteeringDecisionTaken(SteeringDecisionRecorded):
    """The same, recorded by an act of its own after its meeting was: it is mended alone, and does not fall with a
    correction of who was there. `item_id`: the point of the agenda that it is about, where one was named."""

    item_id: LocalId | None
