"""A lead role shared with another partner, handed over, or given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.kernel import BrokenRule, Case, Command, Event, Level, command, event, record_from, required_text
from domain.lead_roles.leading import LeadRoles, LeadsAlready, check_holder
from domain.values import InvalidValue, LocalId, Prose

ITSELF: Final = "same-partner"
"""Why nobody follows whoever stops: it is the same partner."""


@dataclass(frozen=True)
class DoesNotLead(BrokenRule):
    """The partner does not lead it: there is nothing to end."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "partner_id"
    partner_id: UUID


@event("lead-role.lead-role-shared")
class LeadRoleShared(Event):
    """Another partner leads too from `occurred_on` on."""

    lead_id: LocalId
    partner_id: UUID

    def apply(self, roles: LeadRoles) -> None:
        """Both hold it."""
        roles.change(self.lead_id, lambda lead: lead._replace(holders=(*lead.holders, self.partner_id)))


@event("lead-role.lead-role-ended")
class LeadRoleEnded(Event):
    """A partner leads no more, and why; `successor_id` leads in its place, None where nobody follows it."""

    lead_id: LocalId
    partner_id: UUID
    successor_id: UUID | None
    motive: Prose

    def apply(self, roles: LeadRoles) -> None:
        """Whoever follows takes its place; where it led alone and nobody does, the role is over."""
        lead = roles.leads.get(self.lead_id)
        if lead is None:
            return
        followed = (self.successor_id,) if self.successor_id is not None else ()
        holders = tuple(each for one in lead.holders for each in (followed if one == self.partner_id else (one,)))
        over_on = lead.over_on if holders else self.occurred_on
        roles.change(self.lead_id, lambda known: known._replace(holders=holders, over_on=over_on))


@command(LeadRoles, records=LeadRoleShared)
@dataclass(frozen=True, kw_only=True)
class ShareLeadRole(Command):
    """Have another partner lead too: they share it, as co-leads."""

    lead_id: LocalId
    partner_id: UUID

    def decide(self, state: LeadRoles, case: Case) -> None:
        lead = state.known(self.lead_id, case)
        if lead is not None:
            state.check_settled(self.lead_id, case)
            check_holder(lead.kind, self.partner_id, case)
            case.breaks_if(self.partner_id in lead.holders, LeadsAlready(self.partner_id))
        case.settle()
        record_from(self, state, case)


@command(LeadRoles, records=LeadRoleEnded)
@dataclass(frozen=True, kw_only=True)
class EndLeadRole(Command):
    """End the lead of a partner and say why; another may lead in its place (`successor_id`). The partner itself gives
    up what it leads."""

    lead_id: LocalId
    partner_id: UUID
    successor_id: UUID | None = None
    motive: Prose

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        if self.successor_id == self.partner_id:
            raise InvalidValue(ITSELF, field="successor_id")

    @property
    def acting_partner(self) -> UUID:
        """A partner gives up what it leads."""
        return self.partner_id

    def decide(self, state: LeadRoles, case: Case) -> None:
        lead = state.known(self.lead_id, case)
        if lead is not None:
            state.check_settled(self.lead_id, case)
            case.breaks_if(self.partner_id not in lead.holders, DoesNotLead(self.partner_id))
            if self.successor_id is not None:
                check_holder(lead.kind, self.successor_id, case, "successor_id")
                case.breaks_if(self.successor_id in lead.holders, LeadsAlready(self.successor_id))
        case.settle()
        record_from(self, state, case)
