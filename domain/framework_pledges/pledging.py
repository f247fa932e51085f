"""A partner pledges something to the framework, and says later that it pledges something else: both stay visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.framework_pledges.pledge import FrameworkPledge, FrameworkPledges, FrameworkTerms
from domain.frameworks import FrameworkConvention
from domain.kernel import (
    AlreadyExists,
    Case,
    Event,
    UnknownReference,
    command,
    event,
    record_from,
    required_text,
    unique,
)
from domain.money import PledgedYear
from domain.partners import Partner
from domain.pledges.saying import NothingRevised, SaysMeans, check_kind, check_party, check_shares, terms_of
from domain.values import Code, LocalId, Prose


@event("framework.framework-pledge-made")
class FrameworkPledgeMade(Event):
    """A partner pledged a means to the framework, alone or with another one; it binds whoever signed it (R17)."""

    pledge_id: LocalId
    partner_id: UUID
    co_partner_id: UUID | None
    kind: Code
    certainty: Code
    what: Prose
    quantity_hundredths: int | None
    unit: Code | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    territories: tuple[UUID, ...]
    amounts: tuple[PledgedYear, ...]

    def apply(self, framework: FrameworkConvention) -> None:
        """Keep it."""
        FrameworkPledges.of(framework).made[self.pledge_id] = FrameworkPledge(
            self.partner_id, self.co_partner_id, self.kind, self.occurred_on, terms_of(FrameworkTerms, self, self.what)
        )


@event("framework.framework-pledge-revised")
class FrameworkPledgeRevised(Event):
    """The terms of a pledge are others from `occurred_on` on, and why; `what` only where its words changed."""

    pledge_id: LocalId
    partner_id: UUID
    certainty: Code
    what: Prose | None
    quantity_hundredths: int | None
    unit: Code | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    territories: tuple[UUID, ...]
    amounts: tuple[PledgedYear, ...]
    motive: Prose

    def apply(self, framework: FrameworkConvention) -> None:
        """Take the new terms; of a pledge that was annulled there is nothing to take."""
        pledge = FrameworkPledges.of(framework).made.get(self.pledge_id)
        if pledge is not None:
            pledge.terms = terms_of(FrameworkTerms, self, self.what or pledge.terms.what)


@dataclass(frozen=True, kw_only=True)
class _SaysTerms(SaysMeans):
    """What pledging to a framework and revising it have in common. `territories` empty: all that it follows."""

    pledge_id: LocalId
    territories: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        unique(map(str, self.territories), "territories")

    @property
    def acting_partner(self) -> UUID:
        """A partner pledges and revises for itself (R33)."""
        return self.partner_id

    def check_territories(self, framework: FrameworkConvention, case: Case) -> None:
        """Whom it serves is followed by the framework."""
        for one in self.territories:
            case.breaks_if(one not in framework.territories, UnknownReference("territories", str(one)))


@command(FrameworkConvention, records=FrameworkPledgeMade)
@dataclass(frozen=True, kw_only=True)
class PledgeToFramework(_SaysTerms):
    """Pledge a means to the framework: for the territories that it serves, or for all of them."""

    co_partner_id: UUID | None = None
    kind: Code
    what: Prose

    def __post_init__(self) -> None:
        super().__post_init__()
        required_text(self.what, "what")
        check_kind(self.kind, self.partner_id, self.co_partner_id, self.amounts)

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        known = self.pledge_id in FrameworkPledges.of(state).made
        case.breaks_if(known, AlreadyExists(self.pledge_id))
        self.check_territories(state, case)
        case.find(Partner, self.partner_id, "partner_id")
        if self.co_partner_id is not None:
            case.find(Partner, self.co_partner_id, "co_partner_id")
        case.settle()
        record_from(self, state, case)


@command(FrameworkConvention, records=FrameworkPledgeRevised)
@dataclass(frozen=True, kw_only=True)
class ReviseFrameworkPledge(_SaysTerms):
    """Say a pledge to the framework otherwise, whole, and why; `what` is left out where its words stay."""

    what: Prose | None = None
    motive: Prose

    def __post_init__(self) -> None:
        super().__post_init__()
        required_text(self.motive, "motive")

    def decide(self, state: FrameworkConvention, case: Case) -> None:
        pledge = FrameworkPledges.of(state).known(self.pledge_id, case)
        if pledge is not None:
            check_shares(self.amounts, pledge.co_partner_id)
            check_party(pledge, self.partner_id, case)
            same = self.what is None and terms_of(FrameworkTerms, self, pledge.terms.what) == pledge.terms
            case.breaks_if(same, NothingRevised())
        self.check_territories(state, case)
        case.settle()
        record_from(self, state, case)
