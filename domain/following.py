"""What becomes of a decision, where somebody has to say it: entrusted, done, replaced by another one, abandoned.

That an act cites it needs nobody to say so. A decision that ended is said of no more; a mistake is annulled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    DatesDoNotFit,
    DoesNotFit,
    Event,
    Level,
    Right,
    Streams,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
)
from domain.partners import Partner
from domain.policy import ABANDON_ALONE
from domain.steering.acting import BodyCommand
from domain.steering.body import HeldMeeting, SteeringBody
from domain.steering.deciding import DeciderNotEntitled, DueBeforeDecided
from domain.steering.followed import ABANDONED, DONE, REPLACED, DecisionFollowed, DecisionsFollowed
from domain.steering.meetings import RecordMeeting
from domain.steering.reference import DecisionReference
from domain.values import Code, Prose

BY_ITS_ACTIONS: Final = Code("BY_ITS_ACTIONS")
"""Why an adjustment is not said to be done: its actions show it."""
ITSELF: Final = Code("ITSELF_DECIDED")
"""Why a decision does not replace, or end, that one: it is the same."""
COMMITTEE: Final = "COPIL"
"""The kind of body whose decisions replace those of every other one of its place."""


@dataclass(frozen=True)
class DecisionEnded(BrokenRule):
    """Somebody said already how this decision ended."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "decision"
    ended: Code
    ended_on: date


@dataclass(frozen=True)
class DoneWithoutProof(BrokenRule):
    """A decision is done when something shows it: a document, or words that say what."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "shown_by"


def taken_in(body: SteeringBody, reference: DecisionReference) -> HeldMeeting | None:
    """The meeting that took a decision of a body; None where there is no such decision."""
    meeting = body.meetings.get(reference.meeting_id)
    known = meeting is not None and reference.body_id == body.id and reference.decision_id in meeting.decisions
    return meeting if known else None


def _said(reference: DecisionReference) -> str:
    return f"{reference.meeting_id}/{reference.decision_id}"


def _has_open(body: SteeringBody) -> bool:
    followed = DecisionsFollowed.of(body).decisions.values()
    return any(one.ended is None for meeting in followed for one in meeting.values())


@dataclass(frozen=True, kw_only=True)
class _OfDecision(BodyCommand):
    """What is said of one decision of the body that has not ended."""

    WANTS = (_has_open, "decision", RecordMeeting.NAME)

    decision: DecisionReference

    def known(self, state: SteeringBody, case: Case) -> DecisionFollowed | None:
        """The decision, where it was taken by then and has not ended; the act is refused otherwise."""
        meeting = taken_in(state, self.decision)
        if meeting is None:
            case.broken(UnknownReference("decision", _said(self.decision)))
            return None
        if meeting.held_on > case.occurred_on:
            case.broken(DatesDoNotFit("decision", meeting.held_on, case.occurred_on))
        found = DecisionsFollowed.of(state).find(self.decision)
        if found is None:
            case.broken(DoesNotFit("decision", self.decision.decision_id, BY_ITS_ACTIONS))
        elif found.ended is not None and found.ended_on is not None:
            case.broken(DecisionEnded(found.ended, found.ended_on))
        return found

    def other(self, state: SteeringBody, reference: DecisionReference, field: str, case: Case) -> None:
        """Another decision of the place, taken by then and standing, by a body that may say so of this one: itself, the
        one that mandated it, or the steering committee (R08)."""
        own = reference.body_id == state.id
        body = state if own else case.find(SteeringBody, reference.body_id, field)
        if body is None:
            return
        if reference == self.decision:
            case.broken(DoesNotFit(field, reference.decision_id, ITSELF))
            return
        entitled = own or body.id == state.mandated_by or body.kind == COMMITTEE
        case.breaks_if(not entitled or body.places() != state.places(), DeciderNotEntitled(body.kind))
        meeting = taken_in(body, reference)
        if meeting is None:
            case.broken(UnknownReference(field, _said(reference)))
            return
        decided = taken_in(state, self.decision)
        if meeting.held_on > case.occurred_on or (decided is not None and meeting.held_on < decided.held_on):
            case.broken(DatesDoNotFit(field, meeting.held_on, case.occurred_on))
        told = DecisionsFollowed.of(body).find(reference)
        if told is not None and told.ended in (REPLACED, ABANDONED) and told.ended_on is not None:
            case.broken(DecisionEnded(told.ended, told.ended_on))


class SaidOfDecision(Event):
    """What everything said of a decision has in common: which one, and its words."""

    decision: DecisionReference
    text: Prose


@event("steering-body.steering-decision-entrusted")
class SteeringDecisionEntrusted(SaidOfDecision):
    """Who sees to a decision, by when, and what will show that it is done: said again whole."""

    owner_id: UUID
    due_on: date | None
    proof: Prose | None

    def apply(self, body: SteeringBody) -> None:
        """That partner sees to it."""
        DecisionsFollowed.of(body).entrust(self.decision, self.owner_id)


@event("steering-body.steering-decision-done")
class SteeringDecisionDone(SaidOfDecision):
    """A decision is done: the documents show it, or these words."""

    shown_by: Prose | None

    def apply(self, body: SteeringBody) -> None:
        """Nothing more is expected of it."""
        DecisionsFollowed.of(body).end(self.decision, DONE, self.occurred_on)


@event("steering-body.steering-decision-replaced")
class SteeringDecisionReplaced(SaidOfDecision):
    """Another decision stands in its place."""

    replaced_by: DecisionReference

    def apply(self, body: SteeringBody) -> None:
        """The other one is expected instead."""
        DecisionsFollowed.of(body).end(self.decision, REPLACED, self.occurred_on)


@event("steering-body.steering-decision-abandoned")
class SteeringDecisionAbandoned(SaidOfDecision):
    """A decision is given up, and why: as another decision says, or as the chair does alone."""

    motive: Prose
    given_up_in: DecisionReference | None

    def apply(self, body: SteeringBody) -> None:
        """It is expected no more."""
        DecisionsFollowed.of(body).end(self.decision, ABANDONED, self.occurred_on)


@command(SteeringBody, records=SteeringDecisionEntrusted, derived=("text",))
@dataclass(frozen=True, kw_only=True)
class EntrustDecision(_OfDecision):
    """Say who sees to a decision, by when, and what will show that it is done."""

    owner_id: UUID
    due_on: date | None = None
    proof: Prose | None = None

    def decide(self, state: SteeringBody, case: Case) -> None:
        found = self.known(state, case)
        meeting = taken_in(state, self.decision)
        if meeting is not None and self.due_on is not None and self.due_on < meeting.held_on:
            case.broken(DueBeforeDecided(self.due_on, meeting.held_on))
        case.find(Partner, self.owner_id, "owner_id")
        case.settle()
        assert found is not None
        record_from(self, state, case, text=found.text)


@command(SteeringBody, records=SteeringDecisionDone, derived=("text",))
@dataclass(frozen=True, kw_only=True)
class RecordDecisionDone(_OfDecision):
    """Record that a decision is done, with what shows it: a document, or words."""

    shown_by: Prose | None = None

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The partner that sees to it says so itself."""
        body = streams.find(SteeringBody, self.stream_id)
        found = DecisionsFollowed.of(body).find(self.decision) if body is not None else None
        return Right(self.NAME, found.owner_id if found is not None else None)

    def decide(self, state: SteeringBody, case: Case) -> None:
        found = self.known(state, case)
        case.breaks_if(not self.shown_by and not case.context.evidence, DoneWithoutProof())
        case.settle()
        assert found is not None
        record_from(self, state, case, text=found.text)


@command(SteeringBody, records=SteeringDecisionReplaced, derived=("text",))
@dataclass(frozen=True, kw_only=True)
class ReplaceDecision(_OfDecision):
    """Say that another decision stands in the place of this one."""

    replaced_by: DecisionReference

    def decide(self, state: SteeringBody, case: Case) -> None:
        found = self.known(state, case)
        self.other(state, self.replaced_by, "replaced_by", case)
        case.settle()
        assert found is not None
        record_from(self, state, case, text=found.text)


@command(SteeringBody, records=SteeringDecisionAbandoned, derived=("text",))
@dataclass(frozen=True, kw_only=True)
class AbandonDecision(_OfDecision):
    """Give a decision up and say why: another decision says so (`given_up_in`), or whoever chairs does, alone."""

    motive: Prose
    given_up_in: DecisionReference | None = None

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Without a decision that says so, the chair's."""
        return Right(self.NAME if self.given_up_in is not None else ABANDON_ALONE)

    def decide(self, state: SteeringBody, case: Case) -> None:
        found = self.known(state, case)
        if self.given_up_in is not None:
            self.other(state, self.given_up_in, "given_up_in", case)
        case.settle()
        assert found is not None
        record_from(self, state, case, text=found.text)
