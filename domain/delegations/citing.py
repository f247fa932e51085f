"""A decision of a meeting that was taken under a delegation: a fact, weighed where it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.delegations.delegation import (
    BODY,
    MATTERS,
    NETWORK,
    BeyondDelegation,
    Delegation,
    DelegationNotYet,
    DelegationOver,
    MatterNotDelegated,
    Used,
)
from domain.delegations.granting import NOT_OF_HERE
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DoesNotFit,
    Event,
    Level,
    UnknownReference,
    command,
    event,
    record_from,
)
from domain.money import check_amount
from domain.steering import DecisionReference, SteeringBody
from domain.values import Code, InvalidValue, LocalId

NOT_YET: Final = Code("NOT_YET")
OVER: Final = Code("OVER")
MATTER: Final = Code("MATTER")
LIMIT: Final = Code("LIMIT")
RECEIVER: Final = Code("RECEIVER")
"""It was given to somebody else than the body that decided."""

_WHY: Final[dict[type[BrokenRule], Code]] = {
    DelegationNotYet: NOT_YET,
    DelegationOver: OVER,
    MatterNotDelegated: MATTER,
    BeyondDelegation: LIMIT,
}


@dataclass(frozen=True)
class DecidedOutsideDelegation(BrokenRule):
    """R08: the meeting decided what the delegation does not cover: it is kept as it was said, and covers nothing."""

    RULE = "R08"
    LEVEL = Level.IRREGULAR
    FIELD = "stream_id"
    outside: Code


def use_of(decided_in: DecisionReference) -> LocalId:
    """Under what id a delegation keeps a decision of a meeting: it is used once by each."""
    return LocalId(f"{decided_in.meeting_id}.{decided_in.decision_id}")


@event("delegation.delegated-decision-recorded")
class DelegatedDecisionRecorded(Event):
    """A body decided under the delegation on `decided_on`: about which matter, for how much (in cents). Where that was
    outside of it, nothing of the delegation is used."""

    decided_in: DecisionReference
    decided_on: date
    matter: Code
    amount_cents: int | None

    @property
    def is_outside(self) -> bool:
        """Whether the delegation did not cover it."""
        return any(mark.code == DecidedOutsideDelegation.CODE for mark in self.envelope.irregularities)

    def apply(self, delegation: Delegation) -> None:
        """Keep it, where it counts."""
        delegation.cited.add(self.decided_in)
        if not self.is_outside:
            used = Used(self.decided_on, self.matter, self.amount_cents)
            delegation.uses[use_of(self.decided_in)] = used


@command(Delegation, records=DelegatedDecisionRecorded, derived=("decided_on",))
@dataclass(frozen=True, kw_only=True)
class RecordDelegatedDecision(Command):
    """Record under which delegation a decision of a meeting was taken. What a delegation does not cover is kept as
    irregular: the meeting did decide so."""

    decided_in: DecisionReference
    matter: Code
    amount_cents: int | None = None

    def __post_init__(self) -> None:
        if self.matter not in MATTERS:
            raise InvalidValue("unknown-code", field="matter", value=self.matter, allowed=MATTERS)
        if self.amount_cents is not None:
            check_amount(self.amount_cents, "amount_cents")

    def decide(self, state: Delegation, case: Case) -> None:
        case.breaks_if(self.decided_in in state.cited, AlreadyExists(self.decided_in.word))
        decided_on = case.occurred_on
        body = case.find(SteeringBody, self.decided_in.body_id, "decided_in")
        if body is not None:
            if body.places() != state.places():
                case.broken(DoesNotFit("decided_in", str(body.id), NOT_OF_HERE))
            meeting = body.meetings.get(self.decided_in.meeting_id)
            if meeting is None or self.decided_in.decision_id not in meeting.decisions:
                case.broken(UnknownReference("decided_in", self.decided_in.word))
            else:
                decided_on = meeting.held_on
        case.broken(*map(DecidedOutsideDelegation, self._outside(state, decided_on)))
        case.settle()
        record_from(self, state, case, decided_on=decided_on)

    def _outside(self, state: Delegation, decided_on: date) -> Iterator[Code]:
        to_it = state.given_to == NETWORK or (state.given_to == BODY and state.to_body_id == self.decided_in.body_id)
        if not to_it:
            yield RECEIVER
        for one in state.why_not(self.matter, self.amount_cents, decided_on):
            yield _WHY[type(one)]
