"""A partner pledges something, and says later that it pledges something else: both stay visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.prototyping import check_tested
from domain.action_sheets.state import ActionSheet
from domain.convention.beside import convention_of_new
from domain.convention.closed import check_not_closed, check_open
from domain.convention.deciding import ease_before
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    CreatedEvent,
    Event,
    Level,
    NothingToCite,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    record_from,
    required_text,
    start_from,
    unique,
)
from domain.money import PledgedYear
from domain.partners import Partner
from domain.pledges.pledge import (
    Pledge,
    Terms,
)
from domain.pledges.saying import NothingRevised, SaysMeans, check_kind, check_party, check_shares, terms_of
from domain.values import Code, InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class MoneyOfSheets(BrokenRule):
    """The money of a sheet is a line of that sheet: pledged here too, each euro would count twice."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "amounts"
    sheets_count: int


@event("pledge.resource-pledged")
class ResourcePledged(CreatedEvent):
    """A partner pledged a means, alone or with another one (`co_partner_id`); it binds whoever signed (R17)."""

    convention_id: UUID
    home_territory_id: UUID
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
    sheets: tuple[UUID, ...]
    priority_id: LocalId | None
    amounts: tuple[PledgedYear, ...]

    def apply(self, pledge: Pledge) -> None:
        """Take the terms."""
        pledge.convention_id = self.convention_id
        pledge.home_territory_id = self.home_territory_id
        pledge.partner_id = self.partner_id
        pledge.co_partner_id = self.co_partner_id
        pledge.kind = self.kind
        pledge.pledged_on = self.occurred_on
        pledge.terms = terms_of(Terms, self, self.what)


@event("pledge.pledge-revised")
class PledgeRevised(Event):
    """The terms of a pledge are others from `occurred_on` on, and why; `what` only where its words changed."""

    partner_id: UUID
    certainty: Code
    what: Prose | None
    quantity_hundredths: int | None
    unit: Code | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    sheets: tuple[UUID, ...]
    priority_id: LocalId | None
    amounts: tuple[PledgedYear, ...]
    motive: Prose

    def apply(self, pledge: Pledge) -> None:
        """Take the new terms."""
        pledge.terms = terms_of(Terms, self, self.what or pledge.terms.what)


@dataclass(frozen=True, kw_only=True)
class _SaysTerms(SaysMeans):
    """What pledging and revising have in common."""

    priority_id: LocalId | None = None
    sheets: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.sheets and self.priority_id is not None:
            raise InvalidValue("sheets-or-priority", field="priority_id")
        unique(map(str, self.sheets), "sheets")

    @property
    def acting_partner(self) -> UUID:
        """A partner pledges and revises for itself (R33)."""
        return self.partner_id

    def check_serves(self, convention: TerritorialConvention, case: Case) -> None:
        """What it serves is of this convention, and the money of sheets is theirs."""
        if self.priority_id is not None:
            PrioritiesChosen.of(convention).check_live(self.priority_id, case)
        for sheet_id in self.sheets:
            sheet = case.find(ActionSheet, sheet_id, "sheets")
            strange = sheet is not None and sheet.convention_id != convention.id
            case.breaks_if(strange, UnknownReference("sheets", str(sheet_id)))
            if sheet is not None:
                check_tested(sheet, case)
        case.breaks_if(self.sheets and self.amounts, MoneyOfSheets(len(self.sheets)))


@command(Pledge, starts=True, records=ResourcePledged)
@dataclass(frozen=True, kw_only=True)
class PledgeResource(_SaysTerms):
    """Pledge a means to a convention: for its plan as a whole, for a priority, or for some sheets."""

    convention_id: UUID
    home_territory_id: UUID
    co_partner_id: UUID | None = None
    kind: Code
    what: Prose

    def __post_init__(self) -> None:
        super().__post_init__()
        required_text(self.what, "what")
        check_kind(self.kind, self.partner_id, self.co_partner_id, self.amounts)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: Pledge | None, case: Case) -> Pledge:
        convention = convention_of_new(self, state, case)
        if convention is not None:
            self.check_serves(convention, case)
        case.find(Partner, self.partner_id, "partner_id")
        if self.co_partner_id is not None:
            case.find(Partner, self.co_partner_id, "co_partner_id")
        case.settle()
        started: Pledge = start_from(self, case)
        return started


def a_pledge(state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
    """What is in the way of an act on one of the pledges of a convention: there has to be one."""
    if not any(True for _ in around.states(Pledge)):
        case.broken(check_not_closed(state) or NothingToCite("stream_id", PledgeResource.NAME))
    return case.weighed()


@command(Pledge, records=PledgeRevised)
@dataclass(frozen=True, kw_only=True)
class RevisePledge(_SaysTerms):
    """Say a pledge otherwise, whole, and why: what is left out is pledged no more, so read it first (`GET …/pledges`)
    and send it back changed; only `what` is left out where its words stay."""

    what: Prose | None = None
    motive: Prose

    def __post_init__(self) -> None:
        super().__post_init__()
        required_text(self.motive, "motive")

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`."""
        if (closed := check_not_closed(state)) is not None:
            case.broken(closed)
            return case.weighed()
        return a_pledge(state, case, around)

    def decide(self, state: Pledge, case: Case) -> None:
        check_shares(self.amounts, state.co_partner_id)
        check_party(state, self.partner_id, case)
        convention = case.find(TerritorialConvention, state.convention_id, "convention_id")
        if convention is not None:
            ease_before(convention, case)
            check_open(convention, case, is_fact=False)
            self.check_serves(convention, case)
        same = self.what is None and terms_of(Terms, self, state.terms.what) == state.terms
        case.breaks_if(same, NothingRevised())
        case.settle()
        record_from(self, state, case)
