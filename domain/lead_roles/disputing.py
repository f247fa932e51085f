"""Who leads is contested by a partner, which may claim the role itself; that is resolved by a second person, who may
say that nobody leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.contesting import ContestationClosed, NobodyElseResolves, OwnContestation, somebody_else
from domain.kernel import (
    Actor,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    EndsBeforeStart,
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
from domain.lead_roles.leading import Dispute, Lead, LeadRoles, LeadsAlready, check_cited, check_holder, method_of
from domain.partners import Partner
from domain.steering import DecisionReference
from domain.values import Code, InvalidValue, LocalId, Prose

HOLD: Final = Code("HOLD")
SHARE: Final = Code("SHARE")
NO_CLAIM: Final = Code("NO_CLAIM")
WISHES: Final = (HOLD, SHARE, NO_CLAIM)
"""What whoever contests wants: to lead itself, to lead too, or only that this is not so."""

KEPT: Final = Code("KEPT")
GIVEN: Final = Code("GIVEN")
SHARED: Final = Code("SHARED")
LEFT_OPEN: Final = Code("LEFT_OPEN")
OUTCOMES: Final = (KEPT, GIVEN, SHARED, LEFT_OPEN)
"""How it is resolved: nothing changes, whoever contests leads, or leads too, or nobody leads for now."""


@dataclass(frozen=True)
class LeadContestedAlready(BrokenRule):
    """The same partner contests it already, and nobody resolved that yet."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "partner_id"
    since: date


@event("lead-role.lead-role-contested")
class LeadRoleContested(Event):
    """A partner holds that another should lead, and why: itself, itself too, or it does not say who (`wish`)."""

    contestation_id: LocalId
    lead_id: LocalId
    partner_id: UUID
    wish: Code
    motive: Prose

    def apply(self, roles: LeadRoles) -> None:
        """Who leads stays so until this is settled."""
        roles.disputes[self.contestation_id] = Dispute(
            self.lead_id, self.partner_id, self.wish, self.occurred_on, self.envelope.actor_id
        )


@event("lead-role.lead-role-resolved")
class LeadRoleResolved(Event):
    """What became of a contestation (`outcome`), why, and where that was decided; `partner_id`: who contested."""

    contestation_id: LocalId
    lead_id: LocalId
    partner_id: UUID
    outcome: Code
    motive: Prose
    decided_in: DecisionReference | None

    def apply(self, roles: LeadRoles) -> None:
        """From now on it is held so."""
        roles.close(self.contestation_id, self.occurred_on)
        roles.change(self.lead_id, lambda lead: lead._replace(holders=self._holders(lead)))

    def _holders(self, lead: Lead) -> tuple[UUID, ...]:
        led = {GIVEN: (self.partner_id,), SHARED: (*lead.holders, self.partner_id), LEFT_OPEN: ()}
        return led.get(self.outcome, lead.holders)


@event("lead-role.lead-contestation-withdrawn")
class LeadContestationWithdrawn(Event):
    """The partner contests it no more."""

    contestation_id: LocalId
    partner_id: UUID

    def apply(self, roles: LeadRoles) -> None:
        """It is settled, and nothing changes."""
        roles.close(self.contestation_id, self.occurred_on)


@command(LeadRoles, records=LeadRoleContested)
@dataclass(frozen=True, kw_only=True)
class ContestLeadRole(Command):
    """Contest who leads, for a partner, and say why; whoever leads does so until it is resolved."""

    contestation_id: LocalId
    lead_id: LocalId
    partner_id: UUID
    wish: Code
    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        if self.wish not in WISHES:
            raise InvalidValue("unknown-code", field="wish", value=self.wish, allowed=WISHES)

    @property
    def acting_partner(self) -> UUID:
        """The partner that contests; who steers may record it for the partner."""
        return self.partner_id

    def decide(self, state: LeadRoles, case: Case) -> None:
        case.breaks_if(self.contestation_id in state.disputes, AlreadyExists(self.contestation_id))
        lead = state.known(self.lead_id, case)
        case.find(Partner, self.partner_id, "partner_id")
        if lead is not None:
            claims = self.wish in (HOLD, SHARE)
            if claims:
                check_holder(lead.kind, self.partner_id, case)
            shares = self.partner_id in lead.holders and self.wish == SHARE
            case.breaks_if(shares or lead.holders == (self.partner_id,), LeadsAlready(self.partner_id))
        for one in state.open_disputes(self.lead_id):
            case.breaks_if(one.partner_id == self.partner_id, LeadContestedAlready(one.since))
        case.settle()
        record_from(self, state, case)


@command(LeadRoles, records=LeadRoleResolved, derived=("lead_id", "partner_id"))
@dataclass(frozen=True, kw_only=True)
class ResolveLeadRole(Command):
    """Resolve a contestation of who leads: nothing changes, whoever contests leads, or leads too, or nobody does."""

    contestation_id: LocalId
    outcome: Code
    motive: Prose
    decided_in: DecisionReference | None = None

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        if self.outcome not in OUTCOMES:
            raise InvalidValue("unknown-code", field="outcome", value=self.outcome, allowed=OUTCOMES)

    def decide(self, state: LeadRoles, case: Case) -> None:
        dispute = _open_one(state, self.contestation_id, case)
        lead = state.known(dispute.lead_id, case)
        if lead is not None:
            if self.outcome in (GIVEN, SHARED):
                check_holder(lead.kind, dispute.partner_id, case, "contestation_id")
            if self.decided_in is not None:
                check_cited(state.places(), self.decided_in, method_of(state.places(), lead.convention_id, case), case)
        if dispute.actor_id == case.context.actor.actor_id:
            case.broken(OwnContestation() if somebody_else(state, case) else NobodyElseResolves())
        case.settle()
        record_from(self, state, case, lead_id=dispute.lead_id, partner_id=dispute.partner_id)


@command(LeadRoles, records=LeadContestationWithdrawn, derived=("partner_id",))
@dataclass(frozen=True, kw_only=True)
class WithdrawLeadContestation(Command):
    """Take back a contestation of who leads: by the partner that contests, or whoever recorded it for the partner."""

    contestation_id: LocalId

    def right(self, streams: Streams, actor: Actor) -> Right:
        """Its partner's, or their own of whoever recorded it."""
        known = streams.standing(self.stream_id)
        found = known.disputes.get(self.contestation_id) if isinstance(known, LeadRoles) else None
        if found is None:
            return Right(self.NAME, own=True)
        return Right(self.NAME, found.partner_id, own=found.actor_id == actor.actor_id)

    def decide(self, state: LeadRoles, case: Case) -> None:
        dispute = _open_one(state, self.contestation_id, case)
        case.settle()
        record_from(self, state, case, partner_id=dispute.partner_id)


def _open_one(state: LeadRoles, contestation_id: LocalId, case: Case) -> Dispute:
    """A contestation that nobody settled, begun by the day of the act. Raises `Refused`."""
    found = state.disputes.get(contestation_id)
    if found is None:
        case.broken(UnknownReference("contestation_id", contestation_id))
    elif found.closed_on is not None:
        case.broken(ContestationClosed(found.closed_on))
    elif case.occurred_on < found.since:
        case.broken(EndsBeforeStart("occurred_on", found.since, case.occurred_on))
    case.settle()
    assert found is not None
    return found
