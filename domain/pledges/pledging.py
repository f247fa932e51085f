"""A partner pledges something, and says later that it pledges something else: both stay visible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.beside import convention_of_new
from domain.convention.closed import check_not_closed
from domain.convention.deciding import ease_before
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    CreatedEvent,
    DoesNotFit,
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
from domain.money import PledgedYear, check_amount, check_years
from domain.partners import Partner
from domain.pledges.pledge import (
    MONEY,
    NOT_A_PARTY,
    PLEDGE_CERTAINTIES,
    PLEDGE_KINDS,
    POST,
    UNITS,
    Pledge,
    Terms,
)
from domain.values import Code, InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class MoneyOfSheets(BrokenRule):
    """The money of a sheet is a line of that sheet: pledged here too, each euro would count twice."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "amounts"
    sheets_count: int


@dataclass(frozen=True)
class NothingRevised(BrokenRule):
    """The pledge says already what it is revised to."""

    RULE = ""
    LEVEL = Level.HARD


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
        pledge.terms = terms_of(self, self.what)


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
        pledge.terms = terms_of(self, self.what or pledge.terms.what)


def terms_of(said: ResourcePledged | PledgeRevised | _SaysTerms, what: Prose) -> Terms:
    """The terms that an event or a command says."""
    return Terms(
        said.certainty,
        what,
        said.quantity_hundredths,
        said.unit,
        said.starts_on,
        said.ends_on,
        said.due_on,
        said.sheets,
        said.priority_id,
        said.amounts,
    )


@dataclass(frozen=True, kw_only=True)
class _SaysTerms(Command):
    """What pledging and revising have in common. `quantity_hundredths`: 50 is half a unit."""

    partner_id: UUID
    certainty: Code
    quantity_hundredths: int | None = None
    unit: Code | None = None
    amounts: tuple[PledgedYear, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None
    priority_id: LocalId | None = None
    sheets: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        if self.certainty not in PLEDGE_CERTAINTIES:
            raise InvalidValue("unknown-code", field="certainty", value=self.certainty, allowed=PLEDGE_CERTAINTIES)
        if self.unit is not None and self.unit not in UNITS:
            raise InvalidValue("unknown-code", field="unit", value=self.unit, allowed=UNITS)
        if self.quantity_hundredths is not None and self.quantity_hundredths <= 0:
            raise InvalidValue("quantity", field="quantity_hundredths")
        if (self.quantity_hundredths is None) != (self.unit is None):
            raise InvalidValue("quantity-and-unit", field="unit")
        if self.starts_on is not None and self.ends_on is not None and self.ends_on < self.starts_on:
            raise InvalidValue("period-reversed", field="ends_on")
        if self.sheets and self.priority_id is not None:
            raise InvalidValue("sheets-or-priority", field="priority_id")
        unique(map(str, self.sheets), "sheets")
        check_years((one.year for one in self.amounts), "amounts")
        for one in self.amounts:
            check_amount(one.amount_cents, "amounts")
            check_amount(one.co_amount_cents or 0, "amounts")

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
        if self.kind not in PLEDGE_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=PLEDGE_KINDS)
        if self.co_partner_id == self.partner_id:
            raise InvalidValue("same-partner", field="co_partner_id")
        if self.kind == POST and self.co_partner_id is None:
            raise InvalidValue("co-funder-required", field="co_partner_id")
        if self.kind == MONEY and not self.amounts:
            raise InvalidValue("at-least-one", field="amounts")
        check_shares(self.amounts, self.co_partner_id)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory of its convention."""
        return self.home_territory_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it on the convention `state`."""
        if (closed := check_not_closed(state)) is not None:
            case.broken(closed)
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


def check_shares(amounts: Iterable[PledgedYear], co_partner_id: UUID | None) -> None:
    """A second share is the second partner's. Raises `InvalidValue`."""
    if co_partner_id is None and any(one.co_amount_cents for one in amounts):
        raise InvalidValue("co-funder-required", field="co_partner_id")


def a_pledge(state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
    """What is in the way of an act on one of the pledges of a convention: there has to be one."""
    if not any(True for _ in around.states(Pledge)):
        case.broken(check_not_closed(state) or NothingToCite("stream_id", PledgeResource.NAME))
    return case.weighed()


def check_party(pledge: Pledge, partner_id: UUID, case: Case) -> None:
    """Whether the pledge is this partner's."""
    case.breaks_if(partner_id not in pledge.parties, DoesNotFit("partner_id", str(partner_id), NOT_A_PARTY))


@command(Pledge, records=PledgeRevised)
@dataclass(frozen=True, kw_only=True)
class RevisePledge(_SaysTerms):
    """Say a pledge otherwise, whole, and why; `what` is left out where its words stay."""

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
            if (closed := check_not_closed(convention)) is not None:
                case.broken(closed)
            self.check_serves(convention, case)
        same = self.what is None and terms_of(self, state.terms.what) == state.terms
        case.breaks_if(same, NothingRevised())
        case.settle()
        record_from(self, state, case)
