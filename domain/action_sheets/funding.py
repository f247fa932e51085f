"""The money of a sheet: what it needs by year, and who brings what with what certainty, down to each payment.

A line is one partner's money in one year. Paid or not, a euro is in one line only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from domain.action_sheets.acting import NothingChanged, SheetCommand
from domain.action_sheets.prototyping import check_tested
from domain.action_sheets.state import ActionSheet, SheetPart
from domain.convention.state import TerritorialConvention
from domain.kernel import (
    AlreadyExists,
    BrokenRule,
    Case,
    Event,
    Level,
    UnknownReference,
    command,
    event,
    part,
    record_from,
)
from domain.method import MethodProfile
from domain.money import CERTAINTIES, PAID, YearAmount, check_amount, check_year, check_years
from domain.partners import Partner
from domain.values import Code, InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class FundingLine:
    """What one partner brings in one year; `paid_cents`: how much of it came, payment by payment."""

    partner_id: UUID
    year: int
    amount_cents: int
    certainty: Code
    label: Prose | None
    paid_cents: int = 0

    @property
    def settled_cents(self) -> int:
        """What of it is paid, told by payments or at once."""
        return max(self.paid_cents, self.amount_cents if self.certainty == PAID else 0)

    @property
    def open_cents(self) -> int:
        """What of it is still to come, with its certainty."""
        return max(0, self.amount_cents - self.settled_cents)


@part(ActionSheet, "funding")
@dataclass
class Funding(SheetPart):
    """What the sheet needs by year, and its lines of money."""

    budget: tuple[YearAmount, ...] = ()
    lines: dict[LocalId, FundingLine] = field(default_factory=dict)

    def adopted(self) -> Any:
        """What a committee adopts of it with the plan: need and lines, not what was paid of them."""
        said = {one: replace(line, paid_cents=0) for one, line in self.lines.items()}
        return {"budget": self.budget, "lines": said} if self.budget or said else None

    def line(self, line_id: LocalId, case: Case) -> FundingLine | None:
        """A line that an act cites; the act is refused when there is none."""
        known = self.lines.get(line_id)
        case.breaks_if(known is None, UnknownReference("line_id", line_id))
        return known


@dataclass(frozen=True)
class FundedAlready(BrokenRule):
    """The sheet has a line of the same partner, year and amount: perhaps the same money, which counts once."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "amount_cents"
    partner_id: UUID
    year: int
    amount_cents: int


@event("action-sheet.budget-estimated")
class BudgetEstimated(Event):
    """What the action needs by year, whoever will bring it: the whole of it, as it is estimated from now on."""

    budget: tuple[YearAmount, ...]

    def apply(self, sheet: ActionSheet) -> None:
        """Keep the last one."""
        Funding.of(sheet).budget = self.budget


@event("action-sheet.funding-pledged")
class FundingPledged(Event):
    """A partner brings money to the action in a year: asked of it, promised, firm or paid."""

    line_id: LocalId
    partner_id: UUID
    year: int
    amount_cents: int
    certainty: Code
    label: Prose | None

    def apply(self, sheet: ActionSheet) -> None:
        """Keep the line."""
        line = FundingLine(self.partner_id, self.year, self.amount_cents, self.certainty, self.label)
        Funding.of(sheet).lines[self.line_id] = line


@command(ActionSheet, records=BudgetEstimated)
@dataclass(frozen=True, kw_only=True)
class EstimateBudget(SheetCommand):
    """Say what an action needs by year, whole: a year that is left out needs nothing any more."""

    budget: tuple[YearAmount, ...]

    def __post_init__(self) -> None:
        if not self.budget:
            raise InvalidValue("at-least-one", field="budget")
        check_years((one.year for one in self.budget), "budget")
        for one in self.budget:
            check_amount(one.amount_cents, "budget")

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        case.breaks_if(self.budget == Funding.of(state).budget, NothingChanged())
        case.settle()
        record_from(self, state, case)


def check_line(year: int, amount_cents: int, certainty: Code) -> None:
    check_year(year, "year")
    check_amount(amount_cents, "amount_cents")
    if certainty not in CERTAINTIES:
        raise InvalidValue("unknown-code", field="certainty", value=certainty, allowed=CERTAINTIES)


@command(ActionSheet, records=FundingPledged)
@dataclass(frozen=True, kw_only=True)
class PledgeFunding(SheetCommand):
    """Write down what a partner brings to an action in a year."""

    line_id: LocalId
    partner_id: UUID
    year: int
    amount_cents: int
    certainty: Code
    label: Prose | None = None

    def __post_init__(self) -> None:
        check_line(self.year, self.amount_cents, self.certainty)

    @property
    def acting_partner(self) -> UUID:
        """A partner writes its own money (R33)."""
        return self.partner_id

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        lines = Funding.of(state).lines
        case.breaks_if(self.line_id in lines, AlreadyExists(self.line_id))
        case.find(Partner, self.partner_id, "partner_id")
        said = (self.partner_id, self.year, self.amount_cents)
        same = any((one.partner_id, one.year, one.amount_cents) == said for one in lines.values())
        case.breaks_if(same, FundedAlready(*said))
        check_tested(state, case)
        case.settle()
        record_from(self, state, case)
