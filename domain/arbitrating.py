"""Arbitrations: a decision with the alternatives that were weighed, those set aside kept in view with it.

An arbitration is a decision of a meeting, told with what there was to choose from. It ages, is entrusted, done and
cited as any decision is; one that was postponed comes back to the next agenda by that alone. Opened again, it is
replaced by the arbitration that cites it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.following import COMMITTEE, ITSELF, SteeringDecisionReplaced, taken_in
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    DoesNotFit,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.money import check_amount
from domain.participation.participation import TerritoryParticipation, participation_stream
from domain.participation.proposing import Proposals
from domain.partners import Partner
from domain.steering.acting import BodyCommand
from domain.steering.body import SteeringBody
from domain.steering.deciding import OTHER, DeciderNotEntitled, Decision, SteeringDecisionRecorded
from domain.steering.followed import REPLACED, DecisionsFollowed
from domain.steering.meetings import RecordMeeting, check_quorum
from domain.steering.quorum import quorum_at
from domain.steering.reference import DecisionReference
from domain.subjects import AboutPlan, FactReference, check_fact
from domain.values import Code, InvalidValue, LocalId, Prose

CHOSEN: Final = Code("CHOSEN")
NONE_CHOSEN: Final = Code("NONE")
POSTPONED: Final = Code("POSTPONED")
OUTCOMES: Final = (CHOSEN, NONE_CHOSEN, POSTPONED)
"""One of the alternatives was chosen, none was, or the choice was put off."""

FEWEST: Final = 2
"""With fewer alternatives nothing was weighed."""
MOST: Final = 6
"""Alternatives of one arbitration: with more, a question is cut in two."""


@dataclass(frozen=True)
class Alternative:
    """What could have been chosen: what speaks for and against it, what it would cost where that is known, and the
    partner who defended it."""

    what: Prose
    in_favour: Prose | None = None
    against: Prose | None = None
    cost_cents: int | None = None
    defended_by: UUID | None = None

    def __post_init__(self) -> None:
        required_text(self.what, "alternatives")
        if self.cost_cents is not None:
            check_amount(self.cost_cents, "alternatives.cost_cents")


@dataclass(frozen=True)
class TooFewAlternatives(BrokenRule):
    """Who arbitrates had something to choose from: at least two alternatives."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "alternatives"
    told: int
    fewest: int


@dataclass(frozen=True)
class ChosenUnclear(BrokenRule):
    """One of the alternatives was chosen, and which one is said; or none was, and none is named."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "chosen"


@dataclass(frozen=True)
class ArbitratedAlready(BrokenRule):
    """What was weighed for a decision is told once: it is corrected, or arbitrated again by a later decision."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "decision_id"


@dataclass(frozen=True)
class ReopenedAlready(BrokenRule):
    """An arbitration is opened again once: the one that took its place is the one to open."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "reopens"
    replaced_on: date


@part(SteeringBody, "arbitrations")
@dataclass
class Arbitrations(Part):
    """The decisions that were arbitrated, by their meeting and their own id: how."""

    outcomes: dict[LocalId, dict[LocalId, Code]] = field(default_factory=dict)

    def holds(self, meeting_id: LocalId, decision_id: LocalId) -> bool:
        """Whether what was weighed for that decision was told."""
        return decision_id in self.outcomes.get(meeting_id, {})


@event("steering-body.arbitration-recorded")
class ArbitrationRecorded(Event):
    """The meeting arbitrated: the question, what could have been chosen, what was (`chosen`: its number, from 1), why
    and by which criteria; what it settles, by id; the arbitration that it `reopens`."""

    meeting_id: LocalId
    decision_id: LocalId
    question: Prose
    alternatives: tuple[Alternative, ...]
    outcome: Code
    chosen: int | None
    motive: Prose
    criteria: Prose | None
    convention_id: UUID | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    pledge_id: UUID | None
    proposal_id: LocalId | None
    settled_fact: FactReference | None
    reopens: DecisionReference | None

    def apply(self, body: SteeringBody) -> None:
        """Keep that it was told of that decision."""
        Arbitrations.of(body).outcomes.setdefault(self.meeting_id, {})[self.decision_id] = self.outcome


def _has_met(body: SteeringBody) -> bool:
    return bool(body.meetings)


@command(SteeringBody, records=ArbitrationRecorded)
@dataclass(frozen=True, kw_only=True)
class RecordArbitration(AboutPlan, BodyCommand):
    """Record what a meeting arbitrated. `decision_id`: a decision of the meeting that carries it, or a new one, which
    then says what was chosen, else the question, and is of that `kind`."""

    WANTS = (_has_met, "meeting_id", RecordMeeting.NAME)

    meeting_id: LocalId
    decision_id: LocalId
    question: Prose
    alternatives: tuple[Alternative, ...]
    outcome: Code = CHOSEN
    chosen: int | None = None
    motive: Prose
    criteria: Prose | None = None
    kind: Code = OTHER
    proposal_id: LocalId | None = None
    settled_fact: FactReference | None = None
    reopens: DecisionReference | None = None

    def __post_init__(self) -> None:
        required_text(self.question, "question")
        required_text(self.motive, "motive")
        if self.outcome not in OUTCOMES:
            raise InvalidValue("unknown-code", field="outcome", value=self.outcome, allowed=OUTCOMES)
        if len(self.alternatives) > MOST:
            raise InvalidValue("number", field="alternatives", limit=MOST)
        Decision(self.decision_id, self.kind, self.question)

    @classmethod
    def said_otherwise(cls, event: Any, caused: Sequence[Any]) -> Mapping[str, Any]:
        """The kind is said by the decision that it recorded."""
        taken = (one.kind for one in caused if isinstance(one, SteeringDecisionRecorded))
        return {"kind": next(taken, OTHER)}

    def decide(self, state: SteeringBody, case: Case) -> None:
        self._check_choice(case)
        self._check_meeting(state, case)
        for one in self.alternatives:
            if one.defended_by is not None:
                case.find(Partner, one.defended_by, "alternatives.defended_by")
        self._check_settled(state, case)
        earlier = self._reopened(state, case)
        case.settle()
        meeting = state.meetings[self.meeting_id]
        told = record_from(self, state, case)
        if self.decision_id not in meeting.decisions:
            self._decide_it(state, case, told)
        if earlier is not None:
            self._replace(earlier, state, case, told)

    def _check_choice(self, case: Case) -> None:
        told = len(self.alternatives)
        case.breaks_if(told < FEWEST, TooFewAlternatives(told, FEWEST))
        named = self.chosen is not None and 1 <= self.chosen <= told
        unclear = not named if self.outcome == CHOSEN else self.chosen is not None
        case.breaks_if(unclear, ChosenUnclear())

    def _check_meeting(self, state: SteeringBody, case: Case) -> None:
        meeting = state.meetings.get(self.meeting_id)
        if meeting is None:
            case.broken(UnknownReference("meeting_id", self.meeting_id))
            return
        if meeting.held_on > case.occurred_on:
            case.broken(DatesDoNotFit("meeting_id", meeting.held_on, case.occurred_on))
        case.breaks_if(Arbitrations.of(state).holds(self.meeting_id, self.decision_id), ArbitratedAlready())
        if self.decision_id in meeting.decisions:
            known = DecisionsFollowed.of(state).find(self._reference(state))
            case.breaks_if(known is None, AlreadyExists(self.decision_id))
        check_quorum(quorum_at(state, self.meeting_id), case)

    def _check_settled(self, state: SteeringBody, case: Case) -> None:
        territory_id = state.home_territory_id
        self.check_plan(territory_id, case)
        if self.settled_fact is not None:
            check_fact(self.settled_fact, "settled_fact", territory_id, state.home_framework_id, case)
        if self.proposal_id is not None:
            here = None
            if territory_id is not None:
                here = case.streams.find(TerritoryParticipation, participation_stream(territory_id))
            known = here is not None and self.proposal_id in Proposals.of(here).known
            case.breaks_if(not known, UnknownReference("proposal_id", self.proposal_id))

    def _reopened(self, state: SteeringBody, case: Case) -> SteeringBody | None:
        """The body whose arbitration is opened again: this one, or one that it may decide for (R08)."""
        cited = self.reopens
        if cited is None:
            return None
        own = cited.body_id == state.id
        body = state if own else case.find(SteeringBody, cited.body_id, "reopens")
        if body is None:
            return None
        if cited == self._reference(state):
            case.broken(DoesNotFit("reopens", cited.decision_id, ITSELF))
            return None
        entitled = own or state.id == body.mandated_by or state.kind == COMMITTEE
        case.breaks_if(not entitled or body.places() != state.places(), DeciderNotEntitled(state.kind))
        meeting = taken_in(body, cited)
        if meeting is None or not Arbitrations.of(body).holds(cited.meeting_id, cited.decision_id):
            case.broken(UnknownReference("reopens", cited.word))
            return None
        here = state.meetings.get(self.meeting_id)
        if here is not None and here.held_on < meeting.held_on:
            case.broken(DatesDoNotFit("reopens", meeting.held_on, here.held_on))
        followed = DecisionsFollowed.of(body).find(cited)
        if followed is not None and followed.ended == REPLACED and followed.ended_on is not None:
            case.broken(ReopenedAlready(followed.ended_on))
        return body

    def _reference(self, state: SteeringBody) -> DecisionReference:
        return DecisionReference(state.id, self.meeting_id, self.decision_id)

    def _decide_it(self, state: SteeringBody, case: Case, told: Event) -> None:
        """The decision itself: what was chosen, else the question that stays."""
        text = self.alternatives[self.chosen - 1].what if self.chosen is not None else self.question
        said = Decision(self.decision_id, self.kind, text)
        blank = {"owner_id": None, "due_on": None, "proof": None}
        blank |= {"votes_for": None, "votes_against": None, "abstentions": None}
        state.record(
            SteeringDecisionRecorded,
            case,
            caused_by=told,
            meeting_id=self.meeting_id,
            decision_id=said.decision_id,
            kind=said.kind,
            text=said.text,
            **blank,
        )

    def _replace(self, body: SteeringBody, state: SteeringBody, case: Case, told: Event) -> None:
        """What it opens again is expected no more, unless it had ended otherwise."""
        assert self.reopens is not None
        followed = DecisionsFollowed.of(body).find(self.reopens)
        if followed is None or followed.ended is not None:
            return
        body.record(
            SteeringDecisionReplaced,
            case,
            caused_by=told,
            decision=self.reopens,
            text=followed.text,
            replaced_by=self._reference(state),
        )
        if body is not state:
            case.streams.change(body)
