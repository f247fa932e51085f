"""An operator sent what a funder awaited of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from domain.claims.calendar import Claims, ClaimSentAlready, StateClaimDates
from domain.convention.closed import Closing, RecordedAfterClosing, check_not_closed
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Actor,
    BrokenRule,
    Case,
    Command,
    Event,
    Level,
    NothingToCite,
    Right,
    Streams,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
)
from domain.values import Code, LocalId


@dataclass(frozen=True)
class SentWithoutProof(BrokenRule):
    """A claim was sent, and no document shows it."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "evidence"


@event("claims.claim-sent")
class ClaimSent(Event):
    """What a funder awaited was sent on `occurred_on`."""

    claim_id: LocalId
    funder_id: UUID
    operator_id: UUID
    year: int
    claim: Code

    def apply(self, claims: Claims) -> None:
        """Nothing more is awaited of it."""
        if self.claim_id in claims.known:
            claims.known[self.claim_id] = replace(claims.known[self.claim_id], sent_on=self.occurred_on)


@command(Claims, records=ClaimSent, derived=("funder_id", "operator_id", "year", "claim"))
@dataclass(frozen=True, kw_only=True)
class RecordClaimSent(Command):
    """Record that an operator sent what a funder awaited of it; `occurred_on` is the day."""

    claim_id: LocalId

    def right(self, streams: Streams, actor: Actor) -> Right:
        """The operator's own record."""
        claims = streams.find(Claims, self.stream_id)
        claim = claims.known.get(self.claim_id) if claims is not None else None
        return Right(self.NAME, claim.operator_id if claim is not None else None)

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`: something has to be awaited."""
        waiting = (one for claims in around.states(Claims) for one in claims.known.values() if one.sent_on is None)
        if next(waiting, None) is None:
            case.broken(check_not_closed(state) or NothingToCite("claim_id", StateClaimDates.NAME))
        return case.weighed()

    def decide(self, state: Claims, case: Case) -> None:
        convention = case.find(TerritorialConvention, state.convention_id, "convention_id")
        if convention is not None:
            pinned_profile(case, *convention.profile_key)
            closed_on = Closing.of(convention).closed_on
            if closed_on is not None:
                case.broken(RecordedAfterClosing(closed_on))
        claim = state.known.get(self.claim_id)
        if claim is None:
            case.broken(UnknownReference("claim_id", self.claim_id))
        elif claim.sent_on is not None:
            case.broken(ClaimSentAlready(claim.claim, claim.year, claim.sent_on))
        case.breaks_if(not case.context.evidence, SentWithoutProof())
        case.settle()
        assert claim is not None
        record_from(
            self,
            state,
            case,
            funder_id=claim.funder_id,
            operator_id=claim.operator_id,
            year=claim.year,
            claim=claim.claim,
        )
